"""`/hvem`: who can help, from typed words, from chosen topics, or from one's own worry. Nothing typed is kept."""

from __future__ import annotations

from dataclasses import dataclass, replace

from bot.app.drafts import acute
from bot.app.drafts.keeping import find as find_draft
from bot.app.drafts.keeping import lay
from bot.app.meetings import crewing
from bot.app.turns import lightcards, menu
from bot.app.turns.turn import Turn, say
from dialogs.acts import Go, encode
from dialogs.cases.words import day_words
from dialogs.channels import CLOSED
from dialogs.guides.forums import step_for
from dialogs.guides.lookup import Advice, Suggestion, find, suggest_for_topics
from dialogs.local import Contact
from dialogs.replies import Button, Card, Reply, Row
from dialogs.worry import advice_for, flow_of, summarise

PLACE = "who"
_PER_ROW = 2


@dataclass(frozen=True)
class Setting:
    """What narrows an answer: a closed circle, a party who is never sent to, and no forum where it can't wait."""

    closed: bool = False
    urgent: bool = False
    past_leader: bool = False


def start(t: Turn) -> Reply:
    """Ask what it is about: typed words, or one of the areas. What was open waits behind one press."""
    t.visit(PLACE)
    own = _own_worry(t)
    first: tuple[tuple[Button, ...], ...] = ((t.go("who.own", "who", own, "primary"),),) if own else ()
    cards = tuple(Button(_area_name(t, area), encode(Go("area", area))) for area in t.content.directory.areas)
    rows = tuple(cards[at : at + _PER_ROW] for at in range(0, len(cards), _PER_ROW))
    last = ((t.go("who.professions", "prof"), t.go("menu.menu", "menu", style="quiet")),)
    return say(Card(kind="say", title=t.words("who.title"), text=t.words("who.ask"), buttons=(*first, *rows, *last)))


def _own_worry(t: Turn) -> str:
    """The draft that one came from; else the latest worry that is being written."""
    kind, thing = t.conversation.left
    if kind == "draft" and (draft := find_draft(t, thing)) is not None and t.content.purpose(draft) == "worry":
        return draft.id
    return next((draft.id for draft in t.uow.drafts.open_of(t.person.id) if t.content.purpose(draft) == "worry"), "")


def _area_name(t: Turn, area: str) -> str:
    name = t.content.directory.areas[area].name
    return name[:1].upper() + name[1:]


def area(t: Turn, name: str) -> Reply:
    """The topics of one area of a child's life; a topic's own press answers."""
    t.visit(PLACE)
    book = t.content.directory
    if name in book.topics:
        return say(*answer(t, suggest_for_topics(book, (name,))))
    if name not in book.areas:
        return start(t)
    topics = [topic for topic in book.topics.values() if name in topic.areas]
    presses = [Button(topic.name[:1].upper() + topic.name[1:], encode(Go("area", topic.id))) for topic in topics]
    rows = tuple(tuple(presses[at : at + _PER_ROW]) for at in range(0, len(presses), _PER_ROW))
    back = ((t.go("who.other", "who"), t.go("menu.menu", "menu", style="quiet")),)
    return say(Card(kind="say", title=_area_name(t, name), text=t.words("who.which"), buttons=(*rows, *back)))


def said(t: Turn, text: str) -> tuple[Card, ...] | None:
    """Who can help with typed words; None when nothing in them is understood. The words are kept nowhere."""
    advice = find(t.content.directory, text)
    return None if advice.unknown else answer(t, advice)


def unknown(t: Turn) -> tuple[Card, ...]:
    """Say that it is not known, and ask one question."""
    book = t.content.directory
    card = start(t).cards[-1]
    rows = ((t.go("question.acute", "acute", style="danger"),), *card.buttons)
    text = f"{book.unknown_say} {book.unknown_ask}\n\n{t.words('acute.afraid')}"
    return (replace(card, title="", text=text, buttons=rows),)


def of_own(t: Turn, thing: str) -> Reply:
    """Who can help with one's own draft or case, by its answers; without an id, the question what it is about."""
    if not thing:
        return start(t)
    found = _of_draft(t, thing) or _of_case(t, thing)
    if found is None:
        return say(t.problem("gone"), *menu.cards(t))
    advice, setting = found
    t.visit(f"{PLACE}:{thing}")  # so that a profession's card knows what it was opened from
    return say(*unknown(t)) if not advice.first else say(*answer(t, advice, setting))


def _of_draft(t: Turn, draft_id: str) -> tuple[Advice, Setting] | None:
    draft = find_draft(t, draft_id)
    if draft is None or draft.status != "open" or t.content.purpose(draft) != "worry":
        return None
    sheet = lay(t, draft)
    found = summarise(t.content, sheet.form, sheet.draft)
    past = found.suspect == "leader" or "leader" in draft.left_out
    urgent = found.flow is not None or found.worry_light.colour.now == "red"
    return found.advice, Setting(found.waits or found.flow is not None, urgent, past)


def _of_case(t: Turn, case_id: str) -> tuple[Advice, Setting] | None:
    case = t.uow.cases.get(case_id)
    if case is None or case.writer_id != t.person.id:
        return None
    flow = flow_of(case.answers) or case.colour.flow
    advice = advice_for(t.content, t.content.form("worry"), case.answers, case.colour.now, flow)
    return advice, Setting(flow is not None, flow is not None or case.colour.now == "red", case.route == "superior")


def answer(t: Turn, advice: Advice, setting: Setting = Setting()) -> tuple[Card, ...]:
    """At most three first, each with why, what to ask and whether they may come without consent; then the rest."""
    if setting.past_leader:
        advice = replace(advice, first=tuple(one for one in advice.first if one.id != "LED"))
    topics = [t.content.directory.topics[one] for one in advice.topics]
    closed = setting.closed or acute.parents_wait_here(t) or any(topic.closed for topic in topics)
    urgent = closed or setting.urgent or any(topic.flow for topic in topics)
    rows = tuple(_row(t, one, closed=closed) for one in advice.first)
    first = Card(kind="list", title=t.words("who.first"), text=t.words("who.mine"), rows=rows, data_class=CLOSED)
    return (first, _rest(t, advice, closed=closed, urgent=urgent))


def _row(t: Turn, one: Suggestion, *, closed: bool) -> Row:
    lines = [one.why]
    if one.ask:
        lines.append(t.words("who.asks", question=one.ask[0]))
    if not closed:
        lines.append(t.words(f"who.without.{_said(t, one.id)}"))
    lines += contact_lines(t, one.id)
    return Row(one.name, "\n".join(lines), encode(Go("prof", one.id)))


def _said(t: Turn, profession: str) -> str:
    return t.content.directory.professions[profession].said


def _rest(t: Turn, advice: Advice, *, closed: bool, urgent: bool) -> Card:
    parts: list[str] = []
    if advice.consider:
        key = "who.consider_closed" if closed else "who.consider"
        parts.append(t.words(key, names=_named(t, advice.consider, closed=closed)))
    parts.append(t.words("who.family_closed" if closed else "who.family"))
    parts.append(forum_line(t, [one.id for one in advice.first], urgent=urgent))
    buttons: list[tuple[Button, ...]] = []
    if not closed:
        people = [one.id for one in (*advice.first, *advice.consider)]
        buttons.append((crewing.button(t, people, [one.id for one in advice.first]),))
    buttons.append((t.go("who.other", "who"), t.go("who.forum", "forum")))
    new = () if t.conversation.back else (t.go("menu.new", "new"),)
    buttons.append((*new, t.go("menu.menu", "menu", style="quiet")))
    text = "\n\n".join(part for part in parts if part)
    return Card(kind="say", text=text, buttons=tuple(buttons), detail=lightcards.duty(t), data_class=CLOSED)


def _named(t: Turn, some: tuple[Suggestion, ...], *, closed: bool) -> str:
    """Names, each with its yes or no; in a closed circle nobody is asked whether the family agrees."""
    if closed:
        return ", ".join(one.name for one in some)
    said = ((one.name, _said(t, one.id)) for one in some)
    return ", ".join(f"{name} ({t.words(f'who.short.{key}')})" for name, key in said)


def contact_lines(t: Turn, profession: str) -> list[str]:
    """How the profession is reached from the person's own school; what nobody has checked for long is flagged."""
    found = contact_of(t, profession)
    if found is None:
        return []
    said = ", ".join(part for part in (found.name, found.phone, found.hours) if part)
    lines = [t.words("who.here", who=said)]
    if found.deputy:
        lines.append(t.words("who.deputy", who=found.deputy))
    if found.stale(t.now.astimezone(t.world.workdays.zone).date()):
        lines.append(t.words("who.stale", date=day_words(found.checked)))
    return lines


def contact_of(t: Turn, profession: str) -> Contact | None:
    """The local entry of a profession, the person's own school before the municipality."""
    home = t.person.memberships[0].school_id if t.person.memberships else None
    return t.content.local.contact(profession, home)


def forum_line(t: Turn, wanted: list[str], *, urgent: bool) -> str:
    """The forum that this belongs to; what can't wait belongs to none."""
    if urgent:
        return t.words("who.no_forum", leader=t.content.cards.leader_now["unasked"])
    step = step_for(t.content.ladder, wanted)
    if step.now is None:
        return ""
    line = t.words("who.in_forum", forum=step.now.name, rhythm=step.now.rhythm)
    return f"{line} {t.words('who.next_forum', forum=step.after.name)}" if step.after else line
