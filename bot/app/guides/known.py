"""«Det ved jeg fra sagen»: the sharing guide asked about a case reads the consents and the exchange register there.

They are read anew at every turn, so that a consent taken back counts at once. What the person answers herself stands.
"""

from __future__ import annotations

from dataclasses import replace

from bot.app.cases.filing import Room, enter
from bot.app.cases.pages import AREAS
from bot.app.papers import consenting, exchanging
from bot.app.turns.sheet import Sheet
from bot.app.turns.turn import Turn
from dialogs.access.disclosure import stated_yes
from dialogs.cases.model import must_wait
from dialogs.cases.words import and_words, day_words
from dialogs.channels import CLOSED
from dialogs.law.book import PER_CONCERN
from dialogs.law.known import Known, Registers, known, refill
from dialogs.law.named import QUESTION, recipients_of
from dialogs.papers import exchanges
from dialogs.position import Position, locate
from dialogs.replies import Card, Entry
from dialogs.types import Draft
from dialogs.values import picks_of


def refresh(t: Turn, draft: Draft, said: str = "") -> Draft:
    """The draft with what its case's registers say now; the very same draft when it is about no case.

    `said` is the question that the person has just answered.
    """
    if not draft.about:
        return draft
    now = refill(draft, _found(t, draft), said)
    return draft if now == draft else now


def told(t: Turn, now: Sheet, before: Sheet | None = None) -> tuple[Card, ...]:
    """What has just been filled in, said where it spares a question; at the beginning also which case it is about."""
    draft = now.draft
    if not draft.about:
        return ()
    at = now.at
    old = _passed(before.draft, before.at) if before is not None else ()
    lines = [_line(t, draft, at, one) for one in _passed(draft, at) if one not in old]
    if before is None and (room := enter(t.world, t.uow, t.person, draft.about, t.now)) is not None:
        key = "here" if _readable(t, draft.about) is not None else "not_here"
        lines.insert(0, t.words(f"known.{key}", code=room.scene.case.code))
    return (Card(kind="say", text="\n".join(lines), data_class=CLOSED),) if lines else ()


def beside_answer(t: Turn, draft: Draft, at: Position) -> tuple[str, ...]:
    """What the answer rests on that the person did not say herself."""
    return tuple(_line(t, draft, at, one) for one in _passed(draft, at)) if draft.about else ()


def asked_otherwise(t: Turn, draft: Draft, card: Card) -> Card:
    """The open question in other words where the registers, or what led here, know a part of the answer."""
    question = locate(t.content.form(draft.form_id), draft).current if draft.about or draft.named else None
    if question is None or card.entry is None:
        return card
    if draft.named and question.id == QUESTION:
        return _named(t, draft.named, card, card.entry)
    found = _found(t, draft)
    part = next((part for name, part in found.parts.items() if name == question.id), None)
    if part is None:
        return card
    key = f"known.{question.id}.{part.key}"
    text = t.words(key, names=_names(t, part.to), date=_until(found))
    asked = t.words(f"{key}_ask") if t.content.words.has(f"{key}_ask") else card.entry.label
    labels = {one.id: t.words(f"{key}_{one.id}") for one in question.options if t.content.words.has(f"{key}_{one.id}")}
    left = (one for one in card.entry.choices if one.id not in part.out)
    choices = tuple(replace(one, label=labels.get(one.id, one.label)) for one in left)
    entry = replace(card.entry, label=asked, choices=choices)
    _, _, help_ = card.text.partition("\n\n")
    parts = (asked, f"{t.words('known.lead')} {text}", help_)
    return replace(card, text="\n\n".join(part for part in parts if part), entry=entry, data_class=CLOSED)


def _named(t: Turn, profession_id: str, card: Card, entry: Entry) -> Card:
    """Who shall have it, with the one that was named first: for a yes, or to say in which house they are."""
    profession = t.content.directory.professions.get(profession_id)
    answers = recipients_of(profession) if profession is not None else ()
    if profession is None or not answers:
        return card
    key = "yes" if len(answers) == 1 else "house"
    ask = t.words(f"known.recipient.{key}_ask", who=profession.definite)
    choices = {one.id: one for one in entry.choices}
    who = profession.definite[0].upper() + profession.definite[1:]
    first = tuple(
        replace(choices.pop(one), label=t.words(f"known.recipient.{_label(answers, one)}", who=who)) for one in answers
    )
    _, _, help_ = card.text.partition("\n\n")
    return replace(card, text=f"{ask}\n\n{help_}", entry=replace(entry, label=ask, choices=(*first, *choices.values())))


def _label(answers: tuple[str, ...], answer: str) -> str:
    """The words of an offered answer: in the circle of the law there is room for more than the one that was named."""
    if len(answers) > 1:
        return answer
    return "circle" if answer == "ssd" else "yes"


def _readable(t: Turn, case_id: str) -> Room | None:
    """The case, when this person works with it and this channel may read what is filed on it."""
    room = enter(t.world, t.uow, t.person, case_id, t.now)
    if room is None or not room.works:
        return None
    # An outline has no answers beyond its areas; there nothing read does not mean that nothing is filed.
    return room if room.scene.case.answers.keys() - {AREAS} else None


def _found(t: Turn, draft: Draft) -> Known:
    room = _readable(t, draft.about)
    return Known() if room is None else known(_registers(t, room), draft.answers)


def _registers(t: Turn, room: Room) -> Registers:
    case, tie = room.scene.case, exchanging.child_of(room)
    rows = exchanging.register(room, tie.group) if tie is not None else ()
    if PER_CONCERN in t.content.local.jurist.relaxed:
        rows = tuple(row for row in rows if row.case_id == room.case_id)
    return Registers(
        consents=consenting.of_case(room.uow, case.id),
        held=exchanges.used(rows),
        child=t.content.signs.band(case.band) is not None,
        abuse=must_wait(case),
        stated=stated_yes(case.answers),
        today=t.world.handbook.today(t.now),
    )


def _passed(draft: Draft, at: Position) -> tuple[str, ...]:
    """The questions that the registers have answered and that the person has been spared so far."""
    shown = [question.id for question in at.visible]
    end = shown.index(at.current.id) if at.current is not None else len(shown)
    return tuple(one for one in shown[:end] if one in draft.filled)


def _line(t: Turn, draft: Draft, at: Position, question: str) -> str:
    found = _found(t, draft)
    pick = next(iter(picks_of(at.values[question])))
    names = _names(t, found.yes if pick == "valid" else found.no)
    said = t.words(f"known.{question}.{pick}", names=names, date=_until(found))
    return f"{t.words('known.lead')} {said}"


def _names(t: Turn, to: tuple[str, ...]) -> str:
    names = [t.content.papers(f"consent.to.{one}") for one in to]
    return and_words([name[:1].lower() + name[1:] for name in names])


def _until(found: Known) -> str:
    return f"{day_words(found.until)} {found.until.year}" if found.until is not None else ""
