"""The cards of the professions: what they help with and can't, what to ask, how to invite, and what colleagues add."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from bot.app.drafts import acute
from bot.app.guides import library, who
from bot.app.turns.turn import Turn, say
from dialogs.acts import Go, encode
from dialogs.cases.words import day_words
from dialogs.guides.directory import Profession
from dialogs.replies import Button, Card, Reply, Row


def listing(t: Turn) -> Reply:
    """All professions, as presses."""
    t.visit(who.PLACE)
    presses = [Button(card.name, encode(Go("prof", card.id))) for card in t.content.directory.professions.values()]
    rows = tuple(tuple(presses[at : at + 2]) for at in range(0, len(presses), 2))
    last = ((t.go("who.other", "who"), t.go("menu.menu", "menu", style="quiet")),)
    return say(Card(kind="say", title=t.words("profile.all"), text=t.words("profile.ask"), buttons=(*rows, *last)))


def show(t: Turn, profession: str) -> Reply:
    """One profession's card; the list for an id that is none."""
    found = t.content.directory.professions.get(profession)
    if found is None:
        return listing(t)
    if t.subject[0] != who.PLACE:  # who came from their own worry stays with it
        t.visit(who.PLACE)
    last = (t.go("who.professions", "prof"), t.go("who.other", "who"), t.go("menu.menu", "menu", style="quiet"))
    return say(replace(card(t, found), buttons=((last[0],), last[1:])))


def card(t: Turn, found: Profession) -> Card:
    """The card of a profession with what is local."""
    rows = [
        Row(t.words("profile.helps"), found.helps_with),
        Row(t.words("profile.cannot"), found.cannot),
        Row(t.words("profile.questions"), "\n".join(f"«{one}»" for one in found.ask)),
        *_inviting(t, found),
        Row(t.words("profile.duty"), found.duty),
    ]
    if found.note:
        rows.append(Row(t.words("profile.note"), found.note))
    if local := who.contact_lines(t, found.id):
        rows.append(Row(t.words("profile.local"), "\n".join(local)))
    note = library.current(t.uow.notes.versions(found.id, t.person.home))
    if note is not None:
        day = day_words(note.at.astimezone(t.world.workdays.zone).date())
        said = t.words("profile.said_by", role=t.content.case_words.roles[note.role], date=day)
        rows.append(Row(t.words("profile.local_note"), f"{note.text}\n{said}"))
    return Card(kind="say", title=found.name, text="", rows=tuple(rows), detail=checked(t, found))


def _inviting(t: Turn, found: Profession) -> tuple[Row, ...]:
    """How to invite them; where the parents must not hear of it yet, that comes before any invitation."""
    if acute.parents_wait_here(t):
        return (Row(t.words("profile.invite"), t.words("who.family_closed")),)
    return (
        Row(t.words("profile.invite"), found.how_to_invite),
        Row(t.words("profile.consent"), found.exchange_text),
    )


def checked(t: Turn, found: Profession) -> str:
    """When the text was read through, and by whom of the profession; it says so when nobody has."""
    day = day_words(date.fromisoformat(found.checked))
    if found.reviewed_by:
        return t.words("profile.reviewed", date=day, by=found.reviewed_by)
    return t.words("profile.unreviewed", date=day)
