"""The acute guard: hear danger in any text, show what to do, and ask. It never decides, and it never loses the text."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from bot.app.drafts import finishing
from bot.app.drafts.keeping import here, near, save
from bot.app.drafts.showing import show
from bot.app.turns import menu
from bot.app.turns.lightcards import duty
from bot.app.turns.sheet import Sheet
from bot.app.turns.turn import Turn, say
from dialogs.cases.model import must_wait
from dialogs.engine import advance, view
from dialogs.facts import LENGTH, PARENTS_WAIT, parents_wait, red_lane
from dialogs.guards import FLOWS as ORDER
from dialogs.guards import Flow
from dialogs.guards.standing import NO, heard_in, marked, marks_of, standing, texts_of
from dialogs.light.cards import ActionCard, way_to_leader
from dialogs.light.signs import Sign
from dialogs.position import locate
from dialogs.replies import Button, Card, Reply
from dialogs.types import Answer, Form, Step
from dialogs.values import Value, picks_of

CLOSED_FLOWS = frozenset({"violence", "sexual", "suicide", "control"})
FLOWS = ("violence", "sexual", "suicide", "control", "danger", "other")


def card_of(
    t: Turn, card: ActionCard, suspect: str | None = None, *, ask: tuple[tuple[Button, ...], ...] = (), lead: str = ""
) -> Card:
    """An action card as a bubble: the lead, the numbers, the steps, and always the personal duty to report."""
    book = t.content.cards
    places = book.places(t.content.intake, way_to_leader(card.flow, suspect))
    parts = [lead, numbers(t), card.text(places)]
    return Card(
        kind="acute",
        title=card.title,
        text="\n\n".join(part for part in parts if part),
        buttons=ask,
        detail_title="",
        detail=duty(t),
    )


def numbers(t: Turn) -> str:
    """Whom to ring: at once, when the municipality is open, and when it is closed. Besides this one way everywhere."""
    local = t.content.local
    key = "acute.intake_phone" if local.intake_phone else "acute.intake_unknown"
    name = f"{local.intake[:1].upper()}{local.intake[1:]}"
    return t.words("acute.numbers", modtagelse=t.words(key, name=name, phone=local.intake_phone))


def hears(t: Turn, text: str, answers: Mapping[str, Value]) -> Flow | None:
    """The gravest danger in a text that the person has not answered for."""
    return next(iter(_new(t, text, answers)), None)


def _new(t: Turn, text: str, answers: Mapping[str, Value]) -> list[Flow]:
    """The dangers of a text: neither named in the red lane, nor in words that have had their answer."""
    flows = t.scan(text).flows if text else ()
    if not flows:
        return []
    named = set(picks_of(answers.get("q04_hvad"))) if red_lane(answers) else set[str]()
    answered = marked((*(sheet.draft.heard if (sheet := near(t)) else ()), *t.conversation.cleared))
    return standing(t.content.guards, text, answered, [flow for flow in flows if flow not in named])


def listen(
    t: Turn, text: str, answers: Mapping[str, Value], *, kept: bool, stored: Iterable[str] = ()
) -> tuple[Card, ...] | None:
    """Look for danger in a text, and ask about it; `kept` when the text is stored, for the person is told so.

    `stored` are the words as they were kept, where a number or a name of a choice was taken off them.
    """
    flows = _new(t, text, answers)
    if not flows:
        return None
    return _wonder(t, [(flow, one) for one in (text, *stored) for flow in flows], kept=kept)


def remaining(t: Turn, sheet: Sheet) -> tuple[Card, ...] | None:
    """Ask about words of danger that stand unanswered in a whole draft; a red worry is not held up by it."""
    if sheet.form.purpose != "worry" or red_lane(sheet.at.values):
        return None
    answered = marked((*sheet.draft.heard, *t.conversation.cleared))
    texts = texts_of(sheet.form, sheet.at.values)
    found: list[tuple[Flow, str]] = [
        (flow, text) for text in texts for flow in standing(t.content.guards, text, answered)
    ]
    return _wonder(t, found, kept=True) if found else None


def _wonder(t: Turn, found: Iterable[tuple[Flow, str]], *, kept: bool) -> tuple[Card, ...]:
    """Remember which words are asked about, and ask: the gravest first, whatever was asked before."""
    marks = [mark for flow, text in found for mark in marks_of(t.content.guards, text, flow)]
    before, asked = t.conversation.asked, tuple(dict.fromkeys((*t.conversation.asked, *marks)))
    first = next(flow for flow in ORDER if flow in _flows_of(asked))
    t.note(alert=first, asked=asked)
    others = [flow for flow in ORDER if flow != first and flow in _flows_of(asked)] if before else []
    return (alert_card(t, first, kept=kept), *(_heard_too(t, flow) for flow in others))


def _flows_of(marks: Iterable[str]) -> set[str]:
    """The dangers that some marks are about."""
    return {mark.partition(":")[0] for mark in marks}


def _heard_too(t: Turn, flow: str) -> Card:
    """The card of a danger that waits behind a graver one: what to do is told at once, the question comes later."""
    lead = t.words("acute.heard_too", flow=t.words(f"acute.flows.{flow}"))
    return card_of(t, t.content.cards.for_flow(flow), lead=lead)


def parents_wait_here(t: Turn) -> bool:
    """Whether nothing may point to the parents: by what was just heard, the open or waiting draft, or a sign there."""
    if not PARENTS_WAIT.isdisjoint(_flows_of(t.conversation.asked)):
        return True
    kind, thing = t.subject
    if kind == "who" and (case := t.uow.cases.get(thing)) is not None:
        return must_wait(case)
    sheet = near(t)
    if sheet is None:
        return False
    values = sheet.at.values
    ticked = {pick for value in values.values() for pick in picks_of(value)} & t.content.signs.by_id.keys()
    if parents_wait(values) or any(t.content.signs.by_id[pick].flow in PARENTS_WAIT for pick in ticked):
        return True
    heard = heard_in(t.content.guards, sheet.form, values, sheet.draft.heard)
    return not PARENTS_WAIT.isdisjoint((*heard.standing, *heard.denied))


def alert_card(t: Turn, flow: str, *, kept: bool = False) -> Card:
    """The card of a flow that was heard, with the one question that the bot asks now."""
    lead = t.words("acute.heard", flow=t.words(f"acute.flows.{flow}"))
    if kept:
        lead = f"{lead} {t.words('acute.kept')}"
    ask = (
        (t.go("acute.yes", "alert", "ja", "danger"), t.go("acute.unsure", "alert", "maaske")),
        (t.go("acute.no", "alert", "nej", "quiet"),),
    )
    card = card_of(t, t.content.cards.for_flow(flow), lead=lead, ask=ask)
    return replace(card, text=f"{card.text}\n\n{t.words('acute.ask')}")


def answered(t: Turn, said: str) -> Reply | None:
    """What the person made of the alert. None when nothing was asked, so that the caller shows where they are.

    The answer is about the words that were heard, and no others; what was heard besides is asked about next.
    """
    flow, asked = t.conversation.alert, t.conversation.asked
    if flow is None or said not in ("ja", "maaske", NO):
        return None
    mine = tuple(mark for mark in asked if mark.startswith(f"{flow}:"))
    rest = tuple(mark for mark in asked if mark not in mine)
    cleared = t.conversation.cleared
    sheet = near(t)
    if sheet is not None:
        t.go_to(f"draft:{sheet.draft.id}")  # a question was asked from there, and its danger belongs there
    t.note(alert=next((one for one in ORDER if one in _flows_of(rest)), None), asked=rest)
    told: tuple[Card, ...] = ()
    if sheet is None:
        t.note(cleared=(*cleared, *(f"{said}:{mark}" for mark in mine)))
    else:
        sheet, told = _remember(t, sheet, said, mine)
    if said == NO:
        return say(t.card("acute.cleared", flow=t.words(f"acute.flows.{flow}")), *told, *_where(t, sheet))
    if sheet is None or sheet.form.purpose != "worry":
        back = (_back(t),) if t.conversation.alert is None else ()
        card = card_of(t, t.content.cards.for_flow(flow), ask=(*_write(t, flow), *back))
        return say(card, *(_where(t, sheet) if t.conversation.alert else ()))
    return urgent(t, sheet, flow, said)


def _remember(t: Turn, sheet: Sheet, said: str, marks: Sequence[str]) -> tuple[Sheet, tuple[Card, ...]]:
    """Keep with the draft what was answered about its words; a colour that changes by it is looked at again."""
    heard = tuple(dict.fromkeys((*sheet.draft.heard, *(f"{said}:{mark}" for mark in marks))))
    draft, told = finishing.ask_colour_again(t, sheet, replace(sheet.draft, heard=heard))
    draft = replace(draft, revision=sheet.draft.revision + 1)
    save(t, draft, sheet.draft.revision)
    return Sheet(sheet.form, draft), told


def urgent(t: Turn, sheet: Sheet, flow: str, said: str = "ja") -> Reply:
    """Turn the draft to the red lane on the person's own word; what it holds already is kept and goes along.

    A second danger never makes the first one smaller: "yes" stays yes, and a flow where the parents must wait stays.
    """
    values = sheet.at.values
    sure = "ja" if "ja" in picks_of(values.get("q04_sikkerhed")) else said
    named = next(iter(picks_of(values.get("q04_hvad"))), "")
    kind = named if parents_wait(values) and flow not in PARENTS_WAIT else flow
    first = kept_whole(sheet.form, advance(sheet.form, sheet.draft, Answer("q04_sikkerhed", (sure,)), sheet.at))
    last = advance(sheet.form, first.draft, Answer("q04_hvad", (kind,)))
    draft, recoloured = finishing.ask_colour_again(t, sheet, last.draft)
    save(t, replace(draft, revision=sheet.draft.revision + 1, focus=None), sheet.draft.revision)
    return say(t.card("acute.go_on"), *recoloured, *_where(t, here(t)))


def kept_whole(form: Form, step: Step) -> Step:
    """A worry that turns red keeps its answers: what would fall asleep stays, and the rest may still be answered."""
    asleep = set(step.changes.hidden) - {LENGTH}
    if not asleep or not red_lane(step.draft.answers):
        return step
    more = advance(form, step.draft, Answer("q04_mere", ("rest",)))
    draft = replace(more.draft, revision=step.draft.revision)
    seen = {question.id for question in locate(form, draft).visible}
    hidden = tuple(i for i in step.changes.hidden if i in asleep and i not in seen)
    return replace(step, draft=draft, view=view(form, draft), changes=replace(step.changes, hidden=hidden))


def cards_in_form(t: Turn, values: Mapping[str, Value], question_id: str) -> tuple[Card, ...]:
    """The action card after the question about what it is, or after whom the suspicion is about."""
    flow = next(iter(picks_of(values.get("q04_hvad"))), "other")
    suspect = next(iter(picks_of(values.get("q04_hvem"))), None)
    if question_id == "q04_hvad" and flow in PARENTS_WAIT and suspect is None:
        first = Card(kind="acute", text=f"{t.words('acute.first')}\n\n{numbers(t)}")
        return (first,)  # the card follows as soon as we know whom it is about: it may be the leader
    return (card_of(t, t.content.cards.for_flow(flow, suspect), suspect), t.card("acute.go_on"))


def gravest_sign(t: Turn, picks: Sequence[str]) -> Sign | None:
    """The first ticked sign that leaves the light at once, or whose flow closes the circle."""
    signs = [t.content.signs.by_id[pick] for pick in picks if pick in t.content.signs.by_id]
    urgent = [s for s in signs if s.acute or (s.locked and s.flow in CLOSED_FLOWS)]
    return min(urgent, key=lambda s: not s.acute, default=None)


def cards_for_sign(t: Turn, sign: Sign) -> tuple[Card, ...]:
    """What to do about a sign that can't wait; on from here is a red worry, or the rest of the questions."""
    book, flow = t.content.cards, sign.flow or "other"
    card = book.cards.get(sign.card or "") or book.for_flow(flow)
    return (card_of(t, card, ask=_write(t, flow)), t.card("acute.or_go_on"))


def aside(t: Turn) -> tuple[Card, ...]:
    """Put what was asked about danger aside, with a way back to its card; nothing when nothing was asked.

    It is no answer: danger in the next text is asked about again.
    """
    flow = t.conversation.alert
    if flow is None:
        return ()
    t.note(alert=None, asked=())
    text = t.words("acute.aside", flow=t.words(f"acute.flows.{flow}"))
    return (Card(kind="say", text=text, buttons=((t.go("acute.again", "card", flow, "danger"),),)),)


def choose(t: Turn, *, guessed: bool = False) -> Reply:
    """The way out that is on every step: what is it about? When the bot `guessed`, it may be told that it was wrong."""
    rows = tuple(
        (Button(t.words(f"acute.flows.{flow}").capitalize(), t.go("menu.acute", "card", flow).act),) for flow in FLOWS
    )
    leader = t.content.cards.leader_now["unasked"]
    card = Card(
        kind="acute",
        title=t.words("acute.title"),
        text=f"{t.words('acute.dont_wait', leder=leader)}\n\n{numbers(t)}\n\n{t.words('acute.choose')}",
        buttons=(*rows, tuple(replace(way, label=t.words("acute.no")) for way in _back(t)) if guessed else _back(t)),
    )
    return say(card)


def show_card(t: Turn, flow: str) -> Reply:
    """One action card, and on with a red worry: the open draft, or a new one."""
    flow = flow if flow in FLOWS else "other"
    return say(card_of(t, t.content.cards.for_flow(flow), ask=(*_write(t, flow), _back(t))))


def _write(t: Turn, flow: str) -> tuple[tuple[Button, ...], ...]:
    return ((t.go("acute.write", "tell", flow, "primary"),),)


def _back(t: Turn) -> tuple[Button, ...]:
    sheet = here(t)
    if sheet is not None:
        return (t.go("menu.back_to", "resume", sheet.draft.id, "quiet"),)
    return (t.go("menu.menu", "menu", style="quiet"),)


def _where(t: Turn, sheet: Sheet | None) -> tuple[Card, ...]:
    if t.conversation.alert is not None:  # one danger had its answer, and another still waits for it
        return (alert_card(t, t.conversation.alert),)
    return menu.cards(t) if sheet is None else show(t, sheet)
