"""The cards of the professions on the web: what is local beside them, and the note that the profession writes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from bot.app.cases.stored import KINDS
from bot.ports import UnitOfWork
from dialogs.content import Content
from dialogs.guards import FLOWS, clean
from dialogs.guides.directory import Profession
from dialogs.guides.localnotes import MAX_NOTE, LocalNote, may_write
from dialogs.light.cards import way_to_leader
from dialogs.local import Contact
from dialogs.people import Person, Role
from dialogs.records import Moved

_CHILD = frozenset({"cpr", "names"})


@dataclass(frozen=True)
class AcuteHelp:
    """One card of what to do now, told without anybody's case."""

    id: str
    title: str
    text: str


@dataclass(frozen=True)
class NoteLine:
    """One version of a note in words; an empty text took the note back."""

    text: str
    role: str
    at: datetime


@dataclass(frozen=True)
class ProfilePage:
    """One card with what is known of it at the reader's school. `history` holds older versions, the newest first."""

    profession: Profession
    contact: Contact | None
    stale: bool
    note: NoteLine | None
    history: tuple[NoteLine, ...]
    writes_as: Role | None
    checked: date  # when the card was read through


def current(versions: Sequence[LocalNote]) -> LocalNote | None:
    """The note that counts now: the last version, unless it took the note back."""
    return versions[-1] if versions and versions[-1].text else None


def page(uow: UnitOfWork, content: Content, me: Person, profession: str, now: datetime) -> ProfilePage | None:
    """The card as this person may see it; None when there is no such profession."""
    found = content.directory.professions.get(profession)
    if found is None:
        return None
    versions = uow.notes.versions(profession, me.home)
    lines = tuple(NoteLine(one.text, content.case_words.roles[one.role], one.at) for one in reversed(versions))
    shown = lines[0] if current(versions) else None
    contact = content.local.contact(profession, me.home or None)
    return ProfilePage(
        profession=found,
        contact=contact,
        stale=contact is not None and contact.stale(now.date()),
        note=shown,
        history=lines[1:] if shown else lines,
        writes_as=may_write(me, profession, me.home),
        checked=date.fromisoformat(found.checked),
    )


def write(
    uow: UnitOfWork, content: Content, me: Person, profession: str, text: str, now: datetime
) -> tuple[str, ...] | None:
    """Store the next version of the note. Why not, in words; None where this person may not write at all."""
    role = may_write(me, profession, me.home)
    if role is None or profession not in content.directory.professions:
        return None
    words = clean(text)
    if len(words) > MAX_NOTE:
        return (content.words("problems.too_long", max=MAX_NOTE, length=len(words)),)
    found = content.guards.scan(words)
    # A number and an address are what a colleague needs here; who the children are is not.
    if refused := tuple(content.words(f"refused.{kind}") for kind in KINDS if kind in _CHILD and getattr(found, kind)):
        return refused
    versions = uow.notes.versions(profession, me.home)
    last = versions[-1] if versions else None
    if (last.text if last else "") == words:
        return ()
    version = last.version + 1 if last else 1
    if not uow.notes.add(LocalNote(profession, me.home, version, me.id, role, words, now)):
        raise Moved
    return ()


def acute_help(content: Content) -> tuple[AcuteHelp, ...]:
    """What to do for each kind of danger, and for what is only worrying: each card once, the gravest first."""
    book = content.cards
    cards = [*(book.for_flow(flow) for flow in FLOWS), *book.choices()]
    found: dict[str, AcuteHelp] = {}
    for card in cards:
        places = book.places(content.intake, way_to_leader(card.flow, None))
        found.setdefault(card.id, AcuteHelp(card.id, card.title, card.text(places)))
    return tuple(found.values())
