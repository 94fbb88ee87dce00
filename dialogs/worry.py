"""From the answers of a worry to what a team needs: five lines, a suggested light with reasons, and who may help."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Literal, get_args

from dialogs.answers import answer_text
from dialogs.cases.model import DENIED, Colour
from dialogs.cases.model import Light as LightName
from dialogs.cases.team import Suspect
from dialogs.content import Content
from dialogs.facts import PARENTS_WAIT, parents_wait
from dialogs.guards.standing import NOTHING, Heard, heard_in, without
from dialogs.guides.lookup import Advice, suggest_for_worry
from dialogs.light.triage import Light, Refused, judge
from dialogs.position import Position, locate
from dialogs.types import Draft, Form
from dialogs.values import Picked, Value, note_of, picks_of

_URGENT = frozenset({"ja", "maaske"})
ALIAS = "q01_barn"  # what the child is called here: a nickname or a code, never a name


STATED = "stated"  # the code of a colour that the person's own answer about safety gave
HEARD = "heard"  # the code of words of danger that nobody has said no to; they make it red


@dataclass(frozen=True)
class WorryLight:
    """The suggested colour of a worry. `stated` is the danger that the writer named, which makes it red by itself."""

    colour: Colour
    light: Light | None
    stated: str | None
    heard: Heard = NOTHING


@dataclass(frozen=True)
class WorrySummary:
    """Everything that is shown before sending. Lines are (words key, text)."""

    lines: tuple[tuple[str, str], ...]
    worry_light: WorryLight
    advice: Advice
    missing: tuple[str, ...]
    child_missing: bool
    band: str
    flow: str | None
    suspect: Suspect | None
    waits: bool  # nothing here may send anybody to the parents: the one source for every text about them


def band_of(form: Form, values: Mapping[str, Value], question: str = "q02_alder") -> str:
    """The sign band that the age answer points to, or an empty text."""
    return next((form.bands[p] for p in picks_of(values.get(question)) if p in form.bands), "")


def flow_of(values: Mapping[str, Value]) -> str | None:
    """The action flow that the writer named, if the worry can't wait."""
    if not set(picks_of(values.get("q04_sikkerhed"))) & _URGENT:
        return None
    return next(iter(picks_of(values.get("q04_hvad"))), "other")


def suspect_of(values: Mapping[str, Value]) -> Suspect | None:
    """Whom the suspicion is about, as the writer said it."""
    said = picks_of(values.get("q04_hvem"))
    return next((suspect for suspect in get_args(Suspect) if suspect in said), None)


def worry_light(content: Content, form: Form, values: Mapping[str, Value], marks: Collection[str] = ()) -> WorryLight:
    """The suggested light: the answer about safety, then words of danger nobody said no to, then the signs.

    `marks` are what the writer has answered about words that sounded like danger (`Draft.heard`).
    """
    light = _judge(content, form, values)
    heard = heard_in(content.guards, form, values, marks)
    says, why = _writer_says(values)
    stated = flow_of(values)
    colour = _told(values, stated, heard, light) if stated or heard.standing else _seen(light)
    denied = tuple(f"{DENIED}:{flow}" for flow in heard.denied)
    now = colour.now if stated or heard.standing else _as_said(colour.suggested, says)
    said = replace(colour, now=now, because=(*colour.because, *denied), writer_says=says, writer_reason=why)
    return WorryLight(said, light, stated, heard)


def _told(values: Mapping[str, Value], stated: str | None, heard: Heard, light: Light | None) -> Colour:
    """Red by the writer's own words: what they answered about safety, or what they wrote and did not take back."""
    signs = light.because if light and light.light == "red" else ()
    flow = _gravest(stated, heard.standing)
    why = tuple(f"{HEARD}:{one}" for one in heard.standing if one != stated)
    if stated is not None:
        why = (STATED if flow == stated else stated_code(stated), *why)
    return Colour(
        suggested="red",
        now="red",
        locked=stated != "other" if stated else bool(light and light.locked),
        acute="ja" in picks_of(values.get("q04_sikkerhed")) if stated else bool(light and light.acute),
        flow=flow,
        because=(*why, *signs),
        child=light.child if light else "none",
        care=light.care if light else "none",
        rule=STATED if stated else HEARD,
    )


def _gravest(stated: str | None, standing: Sequence[str]) -> str:
    """The flow that decides who gets it: one where the parents must wait goes before what the writer named."""
    closed = next((flow for flow in standing if flow in PARENTS_WAIT), None)
    if closed is None or stated in PARENTS_WAIT:
        return stated or standing[0]
    return closed


def _seen(light: Light | None) -> Colour:
    """The colour of the ticked signs alone."""
    if light is None:
        return Colour("none", "none")
    return Colour(
        suggested=light.light,
        now=light.light,
        locked=light.locked,
        acute=light.acute,
        flow=_closing_flow(light),
        because=light.because,
        child=light.child,
        care=light.care,
        rule=light.rule,
    )


def _closing_flow(light: Light) -> str | None:
    """The flow that closes the circle to the leader.

    A locked sign of neglect or absence is red for the leader and the social worker together; only an acute danger,
    and the flows where the wrong reader can harm the child, go to the leader alone.
    """
    return light.flow if light.acute or (light.locked and light.flow != "danger") else None


def _as_said(suggested: LightName, says: str) -> LightName:
    """The colour that the team gets: the writer may raise it one step; a "lower" is shown beside it, never applied."""
    if says != "higher":
        return suggested
    raised: dict[LightName, LightName] = {"none": "yellow", "green": "yellow", "yellow": "red", "red": "red"}
    return raised[suggested]


def _writer_says(values: Mapping[str, Value]) -> tuple[Literal["agree", "higher", "lower", ""], str]:
    value = values.get("q19_farve")
    said = next(iter(picks_of(value)), "")
    words: dict[str, Literal["agree", "higher", "lower"]] = {"enig": "agree", "hoejere": "higher", "lavere": "lower"}
    return words.get(said, ""), note_of(value) if isinstance(value, Picked) else ""


def _judge(content: Content, form: Form, values: Mapping[str, Value]) -> Light | None:
    ticked = {*picks_of(values.get("q06_tegn")), *picks_of(values.get("q06_omsorg"))}
    places = [p for p in picks_of(values.get("q09_hvor")) if p != "ved_ikke"]
    light = judge(
        content.signs,
        band=band_of(form, values),
        ticked=ticked,
        weeks=_number(form, values, "q07_hvornaar"),
        places=len(places) or None,
        tried=_tried(values),
    )
    return None if isinstance(light, Refused) else light


def _tried(values: Mapping[str, Value]) -> str | None:
    """Whether an effort of at least six weeks was without effect; unknown when nothing was said."""
    return {"ja": "yes", "nej": "no"}.get(next(iter(picks_of(values.get("q17_uger"))), ""))


def _number(form: Form, values: Mapping[str, Value], question_id: str) -> int | None:
    question = form.question(question_id)
    picked = picks_of(values.get(question_id))
    return next((o.number for o in question.options if o.id in picked), None) if question else None


def light_alone(content: Content, form: Form, values: Mapping[str, Value]) -> Light | Refused:
    """The light of the stand-alone guide (`/trafiklys`)."""
    if "b5" in picks_of(values.get("l_alder")):
        return Refused("adult")
    ticked = {p for key, value in values.items() if key.startswith("l_B") for p in picks_of(value) if p != "ved_ikke"}
    return judge(
        content.signs,
        band=band_of(form, values, "l_alder"),
        ticked=ticked,
        weeks=_number(form, values, "l_uger"),
        places=_number(form, values, "l_steder"),
        tried={"ja": "yes", "nej": "no"}.get(next(iter(picks_of(values.get("l_proevet"))), "")),
        protective=picks_of(values.get("l_styrker")),
    )


def summarise(content: Content, form: Form, draft: Draft) -> WorrySummary:
    """What the writer sees before sending, and the team after."""
    at = locate(form, draft)
    light = worry_light(content, form, at.values, draft.heard)
    flow = light.colour.flow
    band = band_of(form, at.values)
    spoken = picks_of(at.values.get("q11_barnets_ord"))
    dangers = (*light.heard.standing, *((light.stated,) if light.stated else ()))
    advice = advice_for(content, form, at.values, light.colour.now, flow, draft.heard, dangers)
    return WorrySummary(
        lines=five_lines(content, at, flow),
        worry_light=light,
        advice=advice,
        missing=tuple(q.id for q in at.visible if q.id not in at.values and (q.required or q.id in draft.skipped)),
        child_missing=not spoken or "ikke_spurgt" in spoken,
        band=band,
        flow=flow,
        suspect=suspect_of(at.values),
        waits=flow in PARENTS_WAIT or not PARENTS_WAIT.isdisjoint(light.heard.denied) or closes(content, advice),
    )


def closes(content: Content, advice: Advice) -> bool:
    """Whether some topic of the advice closes the circle, so that nobody is sent to the family from it."""
    return any(content.directory.topics[topic].closed for topic in advice.topics)


def advice_for(
    content: Content,
    form: Form,
    values: Mapping[str, Value],
    light: LightName,
    flow: str | None,
    marks: Collection[str] = (),
    also: Collection[str] = (),
) -> Advice:
    """Who can help with a worry, by its answers, its colour and its flow; words that were denied don't count."""
    texts = [note_of(values.get(q)) for q in ("q05_set", "q11_barnets_ord", "q15_omkring", "q18_hjaelp")]
    return suggest_for_worry(
        content.directory,
        areas=picks_of(values.get("q06_omraader")),
        texts=[without(text, marks) for text in texts if text],
        light=light,
        flow=flow if flow != "other" else None,
        also=also,
        band=band_of(form, values) or None,
    )


def five_lines(content: Content, at: Position, flow: str | None) -> tuple[tuple[str, str], ...]:
    """Set · Siden, hvor tit og hvor · Styrker · Barn og forældre · Ønske."""
    nothing = content.words("summary.nothing")

    def said(*ids: str, between: str = " · ") -> str:
        parts = [(at.sees(i), at.values.get(i)) for i in ids]
        shown = [answer_text(q, value, at.values) for q, value in parts if q is not None]
        return between.join(part for part in shown if part) or nothing

    parents = said("q13_foraeldre", "q14_samtykke")
    if parents_wait(at.values) or flow in PARENTS_WAIT:
        waits = content.words("summary.parents_wait")
        parents = waits if parents == nothing else f"{parents} · {waits}"
    return (
        ("set", said("q05_set")),
        ("time", said("q07_hvornaar", "q08_hvortit", "q08_retning", "q09_hvor")),
        ("strengths", said("q10_styrker")),
        ("voices", " · ".join(dict.fromkeys((said("q11_barnets_ord", "q12_barnets_oenske"), parents)))),
        ("wish", said("q18_hjaelp")),
    )


def because_words(content: Content, codes: Sequence[str]) -> tuple[str, ...]:
    """The reasons of a colour in words: the danger that was answered for, the rule that fired, and its signs."""
    return tuple(words for words in (_because(content, code) for code in codes) if words)


def known_as(code: str, answers: Mapping[str, Value]) -> str:
    """A worry's code with the nickname that its writer gave; for her own pages only."""
    called = answers.get(ALIAS)
    return f"{called} ({code})" if isinstance(called, str) and called not in ("", code) else code


def stated_code(flow: str | None) -> str:
    """The reason "stated" together with what was stated, so that it can be told in the answer's own words."""
    return f"{STATED}:{flow or 'other'}"


def _because(content: Content, code: str) -> str:
    stated, _, flow = code.partition(":")
    if stated == STATED:
        return content.words("light.told", what=content.words(f"acute.flows.{flow or 'other'}"))
    if stated in (HEARD, DENIED):
        return content.words(f"light.{stated}", what=content.words(f"acute.flows.{flow}"))
    signs = content.signs.by_id
    return content.cards.because.get(code) or (signs[code].text if code in signs else "")


def labels_for(content: Content, form: Form, question_id: str, value: Value) -> tuple[str, str]:
    """The short label of a question and the answer in words, for pages that hold only ids and values."""
    question = form.question(question_id)
    if question is None:
        return question_id, note_of(value) or ", ".join(picks_of(value))
    return question.summary or question.ask, answer_text(question, value, {question_id: value})
