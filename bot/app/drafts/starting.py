"""Beginning a draft, and coming back to one: from nothing, from the traffic light, in the red lane, days later."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import timedelta
from typing import Final

from bot.app.cases import mine as mycases
from bot.app.drafts import acute, lists, reminding
from bot.app.drafts.keeping import find, here, lay, save
from bot.app.drafts.showing import show
from bot.app.turns import menu
from bot.app.turns.sheet import Sheet
from bot.app.turns.turn import Turn, say
from dialogs import firstwords
from dialogs.channels import WORDS
from dialogs.guards.standing import marked
from dialogs.position import locate
from dialogs.replies import Card, Reply
from dialogs.types import Draft
from dialogs.values import Picked, Value, picks_of

LEFT_OUT: Final = "left_out"  # what the press of `leave_words_out` says
MAX_OPEN_DRAFTS: Final = 20  # more than anybody writes at a time; keeps the list readable on a phone


def start(
    t: Turn,
    form_id: str,
    answers: Mapping[str, Value] | None = None,
    about: str = "",
    words: str = "",
    named: str = "",
) -> Reply:
    """Begin a new draft of a form, with what is already known filled in, and show its first question.

    `named` is the profession that the question named which led here.
    `words` are what the person wrote to get here: in a worry they wait as a suggestion, where the channel may carry it.
    """
    form = t.content.form(form_id)
    if len(t.uow.drafts.open_of(t.person.id)) >= MAX_OPEN_DRAFTS:
        return lists.full(t)
    carried = form.purpose == "worry" and t.actor.ceiling >= WORDS and firstwords.tells(words)
    if carried:
        answers = {firstwords.FIELD: Picked((), words), **(answers or {})}
    draft = Draft(
        id=t.world.ids.new(),
        form_id=form.id,
        form_version=form.version,
        form_digest=form.digest,
        owner=t.person.id,
        code=t.world.ids.code(),
        started_at=t.now,
        expires_at=t.now + timedelta(days=form.retention_days),
        answers=dict(answers or {}),
        about=about,
        named=named,
        heard=t.conversation.cleared,  # what was answered about these words before they had a draft
    )
    draft = t.nature(form).refresh(t, draft, "")
    t.uow.drafts.add(draft)
    t.go_to(f"draft:{draft.id}")
    if form.purpose == "worry":
        reminding.later(t, draft)
    own = f"drafts.{form_id}_started"
    key = own if t.content.words.has(own) else "drafts.started"
    sheet = Sheet(form, draft)
    first = (t.card(key, code=draft.code), *(_carried(t) if carried else ()))
    return say(*first, *t.nature(form).told(t, sheet, None), *show(t, sheet))


def _carried(t: Turn) -> tuple[Card, ...]:
    """That what was written is with us, and the press that takes it out."""
    out = t.go("drafts.words_out", "meant", LEFT_OUT, "quiet")
    return (Card(kind="say", text=t.words("drafts.words_with"), buttons=((out,),)),)


def leave_words_out(t: Turn) -> Reply | None:
    """Take the suggestion out of the open worry again. None when none waits."""
    sheet = here(t)
    question = sheet.at.sees(firstwords.FIELD) if sheet is not None else None
    if sheet is None or question is None or not firstwords.begun(question, sheet.draft.answers.get(question.id)):
        return None
    left = {key: value for key, value in sheet.draft.answers.items() if key != question.id}
    draft = replace(sheet.draft, answers=left, revision=sheet.draft.revision + 1)
    save(t, draft, sheet.draft.revision)
    return say(t.card("drafts.words_gone"), *show(t, Sheet(sheet.form, draft)))


def resume(t: Turn, draft_id: str) -> Reply:
    """Go on with a draft where it was left, on any channel."""
    draft = find(t, draft_id)
    if draft is None or draft.status != "open":
        return mycases.sent_already(t, draft_id) or say(t.problem("gone"), *menu.cards(t))
    t.go_to(f"draft:{draft.id}")
    sheet = lay(t, draft)
    resumed = t.card("drafts.resumed", code=draft.code)
    if t.conversation.alert is not None:  # what was asked about danger is answered first
        return say(resumed, *sheet.told, acute.alert_card(t, t.conversation.alert))
    return say(resumed, *sheet.told, *show(t, sheet))


def urgent(t: Turn, flow: str) -> Reply:
    """A red worry, now: the open draft turned to the red lane, or a new one already in it."""
    flow = flow if flow in acute.FLOWS else ""
    sheet = here(t)
    if sheet is not None and sheet.form.purpose == "worry":
        return acute.urgent(t, sheet, flow or "other")
    filled: dict[str, Value] = {"q04_sikkerhed": _sure(t, flow), **({"q04_hvad": flow} if flow else {})}
    return start(t, "worry", filled, words=t.conversation.pending or "")


def _sure(t: Turn, flow: str) -> str:
    """How sure she was of the danger that the bot heard: "maybe" is never written down as "yes"."""
    cleared = t.conversation.cleared
    said = {verdict for verdict in ("ja", "maaske") if any(m.startswith(f"{flow}:") for m in marked(cleared, verdict))}
    return "maaske" if said == {"maaske"} else "ja"


def worry_from_light(t: Turn, draft_id: str) -> Reply:
    """A worry from the traffic light: areas and signs go along, so that nothing is answered twice."""
    light = find(t, draft_id)
    if light is None or t.content.purpose(light) != "light":
        return say(t.problem("gone"), *menu.cards(t))
    values = locate(t.content.form(light.form_id), light).values
    ticked = {p for key, value in values.items() if key.startswith("l_B") for p in picks_of(value)}
    signs = [s for s in t.content.signs.by_id.values() if s.id in ticked and s.colour != "green"]
    rows = [row for band in t.content.signs.bands for row in band.rows if any(s in row.signs for s in signs)]
    areas = tuple(dict.fromkeys(area for row in rows for area in row.areas))[:MAX_AREAS]
    filled: dict[str, Value] = {"q06_omraader": areas} if areas else {}
    for question, subject in (("q06_tegn", "child"), ("q06_omsorg", "parent")):
        if found := tuple(s.id for s in signs if s.subject == subject):
            filled[question] = found
    t.uow.drafts.delete(light.id)
    return start(t, "worry", filled)


MAX_AREAS: Final = 4  # as many as the worry's own question takes
