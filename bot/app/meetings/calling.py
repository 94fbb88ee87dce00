"""Calling a network meeting in the chat by five presses: what for, when, where, who leads, yes. The page has the rest.

What is chosen so far stands in the conversation's place, and a press carries one choice, so an old button chooses
nothing in another call. Those are asked whom the answers suggest and who may come today without anything more; whoever
must be asked about first is for the page. Telegram names nobody. Where the municipality takes no case on Telegram (the
strict policy), or somebody must be asked first, it says why in a sentence and has the way to the page.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Final

from bot.app.cases import filing
from bot.app.cases.filing import Room
from bot.app.meetings import network
from bot.app.meetings.network import PLACES, PURPOSES, Offer, Wanted
from bot.app.papers import cards as papercards
from bot.app.turns import menu
from bot.app.turns.turn import Turn, say
from dialogs.acts import Go, encode
from dialogs.cases.words import moment_said
from dialogs.channels import WEB
from dialogs.replies import Button, Card, Reply

PLACE: Final = "call"
# Families need time, and some can come in the morning only: working days from now, and the clock on the wall.
SUGGESTED: Final = ((5, time(14)), (7, time(8, 15)), (9, time(14)))
MINUTES, PARENTS = 60, 2  # as the page has them from the start
YES: Final = "yes"
_STAMP: Final = "%Y%m%d-%H%M"
_MAX_ID: Final = 22  # with the letter before it, what a press can carry


@dataclass(frozen=True)
class Chosen:
    """What has been chosen so far, in the order in which it is asked."""

    case_id: str
    purpose: str = ""
    when: str = ""
    where: str = ""
    chair: str = ""

    @property
    def place(self) -> str:
        """Where the conversation is with it."""
        parts = (PLACE, self.case_id, self.purpose, self.when, self.where, self.chair)
        return ":".join(parts).rstrip(":")


def begin(t: Turn, case_id: str) -> Reply | None:
    """Ask what the meeting is for; where it can't be called here, the way to the page."""
    found = _offer(t, case_id)
    if found is None or t.actor.ceiling < WEB:
        return papercards.show(t, "network", case_id)
    if not _by_presses(found[1]):
        why = found[1].wait or found[1].caution or t.content.network("call.why_page")
        return say(papercards.page_of(t, "network", case_id, why))
    return _ask(t, found[0], found[1], Chosen(case_id))


def _by_presses(offer: Offer) -> bool:
    """Whether nothing has to be weighed first: what must be, stands on the page."""
    return not offer.wait and not offer.caution and bool(_guests(offer)) and bool(offer.people)


def current(t: Turn) -> Reply | None:
    """The open question about the meeting; None when the chat is about something else."""
    now = _chosen(t)
    if now is None:
        return None
    found = _offer(t, now.case_id)
    return _ask(t, *found, now) if found is not None and t.actor.ceiling >= WEB else None


def pick(t: Turn, word: str) -> Reply | None:
    """One choice, and the next question; the last one calls the meeting. None for a press of another question."""
    now = _chosen(t)
    found = _offer(t, now.case_id) if now is not None else None
    if now is None or found is None or t.actor.ceiling < WEB:
        return None
    if word == YES and now.chair:
        return _call(t, *found, now)
    after = _with(now, word, found[1])
    return None if after is None else _ask(t, *found, after)


def _chosen(t: Turn) -> Chosen | None:
    kind, rest = t.subject
    return Chosen(*rest.split(":")[:5]) if kind == PLACE and rest else None


def _offer(t: Turn, case_id: str) -> tuple[Room, Offer] | None:
    room = filing.enter(t.world, t.uow, t.person, case_id, t.now)
    offer = network.offer(room) if room is not None else None
    return (room, offer) if room is not None and offer is not None else None


def _with(now: Chosen, word: str, offer: Offer) -> Chosen | None:
    """With one choice more: the letter before it says which question it answers."""
    letter, _, value = word.partition("-")
    match letter:
        case "p" if not now.purpose and value in PURPOSES[:-1]:
            return Chosen(now.case_id, value)
        case "t" if now.purpose and not now.when and _moment(value) is not None:
            return Chosen(now.case_id, now.purpose, value)
        case "w" if now.when and not now.where and value in PLACES:
            return Chosen(now.case_id, now.purpose, now.when, value)
        case "c" if now.where and not now.chair and value in dict(offer.people):
            return Chosen(now.case_id, now.purpose, now.when, now.where, value)
        case _:
            return None


def _moment(value: str) -> datetime | None:
    try:
        return datetime.strptime(value, _STAMP)  # noqa: DTZ007 - the wall; the meeting adds the zone
    except ValueError:
        return None


def _ask(t: Turn, room: Room, offer: Offer, now: Chosen) -> Reply:
    t.visit(now.place)
    say_ = t.content.network
    if not now.purpose:
        return _question(t, offer, "purpose", [(f"p-{one}", say_(f"purpose.{one}")) for one in PURPOSES[:-1]])
    if not now.when:
        return _question(t, offer, "when", list(_times(t)))
    if not now.where:
        return _question(t, offer, "where", [(f"w-{one}", say_(f"place.{one}")) for one in PLACES])
    if not now.chair:
        return _question(t, offer, "chair", list(_leaders(t, room, offer)))
    return _last(t, offer, now)


def _question(t: Turn, offer: Offer, key: str, choices: list[tuple[str, str]]) -> Reply:
    rows = tuple((Button(label, encode(Go("called", word))),) for word, label in choices)
    leave = (t.go("menu.menu", "menu", style="quiet"),)
    text = t.content.network(f"call.{key}", code=offer.code)
    return say(Card(kind="question", text=text, buttons=(*rows, leave), data_class=WEB), _page(t, offer))


def _page(t: Turn, offer: Offer) -> Card:
    """The page, where everything can be chosen otherwise."""
    words, path = t.content.network, f"/sag/{offer.case_id}/moede"
    text = words("call.otherwise")
    if t.actor.channel == "web":
        return Card(kind="say", text=text, link=path, link_label=words("call.page"))
    return Card(kind="say", text=f"{text}\n{t.world.public_url}{path}" if t.world.public_url else text)


def _times(t: Turn) -> Iterator[tuple[str, str]]:
    days = t.world.workdays.school()
    for ahead, clock in SUGGESTED:
        at = days.plus_days(t.now, ahead, clock)
        yield f"t-{at.astimezone(days.zone).strftime(_STAMP)}", moment_said(at, t.now, days.zone)


def _leaders(t: Turn, room: Room, offer: Offer) -> Iterator[tuple[str, str]]:
    """Who may lead: oneself first; on Telegram others by what they are, where that means one person."""
    ids = [one for one, _ in offer.people if len(one) <= _MAX_ID]
    roles = {one: network.role_of(room, one) for one in ids}
    how_many = Counter(roles.values())
    for one, called in sorted(offer.people, key=lambda who: who[0] != t.person.id):
        if one == t.person.id and one in ids:
            yield f"c-{one}", t.content.network("call.me")
        elif one in ids and t.actor.channel == "web":
            yield f"c-{one}", called
        elif one in ids and how_many[roles[one]] == 1:
            yield f"c-{one}", roles[one][:1].upper() + roles[one][1:]


def _last(t: Turn, offer: Offer, now: Chosen) -> Reply:
    """All of it, to look at before anybody is asked."""
    words, zone = t.content.network, t.world.workdays.zone
    at = _moment(now.when)
    when = "" if at is None else moment_said(at.replace(tzinfo=zone), t.now, zone)
    lines = (
        words("call.last", code=offer.code),
        f"{words(f'purpose.{now.purpose}')}. {words(f'place.{now.where}')}.",
        f"{when[:1].upper()}{when[1:]}.",
        words("call.guests", names=", ".join(name for _, name in _guests(offer))),
        words("call.family"),
    )
    yes = (Button(words("call.yes"), encode(Go("called", YES)), "primary"),)
    leave = (t.go("menu.menu", "menu", style="quiet"),)
    card = Card(kind="question", text="\n\n".join(lines), buttons=(yes, leave), data_class=WEB)
    return say(card, _page(t, offer))


def _guests(offer: Offer) -> list[tuple[str, str]]:
    """The professions that are asked: suggested, and lawful without anything more."""
    return [(one.id, one.name) for one in offer.suggested if one.first]


def _call(t: Turn, room: Room, offer: Offer, now: Chosen) -> Reply:
    words, at = t.content.network, _moment(now.when)
    day: date | None = at.date() if at is not None else None
    wanted = Wanted(
        day=day,
        clock=at.time() if at is not None else None,
        minutes=MINUTES,
        place=words(f"place.{now.where}"),
        purpose=words(f"purpose.{now.purpose}"),
        chair=now.chair,
        scribe="",
        professions=tuple(one for one, _ in _guests(offer)),
        parents=PARENTS,
    )
    gathering, problems = network.create(room, wanted)
    if gathering is None:
        key = f"problems.{problems[0].code}"
        said = words(key) if words.has(key) else t.content.meetings(key)
        return say(Card(kind="problem", text=said), _page(t, offer), *menu.cards(t))
    t.go_to("")
    told = Card(kind="receipt", text=words("call.done", code=gathering.meeting.code), data_class=1)
    path = f"/moede/{gathering.meeting.id}/brev"
    letter = Card(kind="say", text=words("call.letter"), link=path, link_label=words("call.letter_open"))
    if t.actor.channel != "web" and t.world.public_url:
        letter = Card(kind="say", text=f"{letter.text}\n{t.world.public_url}{path}")
    return say(told, letter, *menu.cards(t))
