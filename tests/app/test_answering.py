"""An invitation is answered in the chat: yes, by a colleague, or on the page at exactly that answer."""

from __future__ import annotations

from dataclasses import replace

import pytest

from bot import demo
from bot.app.meetings import deeds as meetings
from bot.app.turns import ways
from bot.app.turns.incoming import Pressed
from dialogs.acts import Go, encode
from dialogs.local import Forum
from dialogs.meetings.model import Meeting
from tests.app.kit import Chat
from tests.app.test_meetings import LEADER, PSYCHOLOGIST, SCHOOL, SOCIAL, TEACHER, Place

NAMES = tuple(person.name for person in demo.PEOPLE if any(one.school_id == SCHOOL for one in person.memberships))


class Asked(Place):
    """A school where the psychologist is asked to a meeting."""

    def __init__(self) -> None:
        super().__init__()
        self.meeting: Meeting = self.book(people=(PSYCHOLOGIST,))


@pytest.fixture
def place() -> Asked:
    return Asked()


def asked(place: Asked, channel: str = "web", ceiling: int = 2) -> Chat:
    """The psychologist, who can't come."""
    chat = Chat(place.house, PSYCHOLOGIST, channel, ceiling)
    chat.commands("moeder")
    chat.presses("Jeg kan ikke selv")
    return chat


def of_forum(place: Asked, *, must: bool) -> None:
    """The forum that the next meeting is of sends a substitute, always."""
    content = place.house.app.world.content
    ladder = (Forum("her", "Her", ("LED",), "hver uge", must_substitute=must),)
    place.house.app.world = replace(place.house.app.world, content=replace(content, forums=ladder))


def answers(place: Asked) -> dict[str | None, str]:
    return {seat.person_id: seat.answer for seat in place.now(place.meeting).seats}


def test_on_the_web_a_colleague_is_chosen_by_name_and_invited(place: Asked) -> None:
    chat = asked(place)
    social = next(person.name for person in demo.PEOPLE if person.id == SOCIAL)
    assert "Tak. Jeg inviterer din kollega" in chat.presses(social)
    assert answers(place) == {LEADER: "yes", PSYCHOLOGIST: "substitute", SOCIAL: "open"}
    assert place.heard("meeting_invited") == sorted([PSYCHOLOGIST, SOCIAL])
    assert place.heard("meeting_answer") == [LEADER]


@pytest.mark.parametrize("ceiling", [1, 2])
def test_on_telegram_no_colleague_is_named_and_what_they_are_is_enough(place: Asked, ceiling: int) -> None:
    chat = asked(place, "telegram", ceiling)
    everything = chat.text + " ".join(press.label for press in chat.presses_shown)
    assert not [name for name in NAMES if name in everything]
    chat.presses("Socialrådgiver")
    assert answers(place)[PSYCHOLOGIST] == "substitute"
    assert answers(place)[SOCIAL] == "open"


def test_the_other_answers_lead_to_the_page_at_exactly_that_answer(place: Asked) -> None:
    web = asked(place)
    meeting = place.meeting
    links = [card.link for card in web.reply.cards if card.link]
    assert links == [f"/moede/{meeting.id}?svar=anden#svar", f"/moede/{meeting.id}?svar=nej#svar"]
    phone = Chat(place.house, PSYCHOLOGIST, "telegram", 1)
    phone.commands("moeder")
    phone.presses("Jeg kan ikke selv")
    for label, kind in (("Vælg en anden på siden", "meeting_substitute"), ("Ingen kan komme for mig", "meeting_no")):
        act = phone.find(label).act
        target = ways.read(act.removeprefix("go:secure:"))
        assert target is not None
        assert (target.kind, target.id) == (kind, meeting.id)
        assert "Her er dit link" in phone.presses(label)
        phone.commands("moeder")
        phone.presses("Jeg kan ikke selv")


@pytest.mark.parametrize("channel", ["web", "telegram"])
def test_nobody_just_stays_away_from_a_forum_that_asks_for_another(place: Asked, channel: str) -> None:
    of_forum(place, must=True)
    place.house.run(lambda uow: uow.meetings.save(replace(place.meeting, forum="her", revision=1), 0))
    chat = Chat(place.house, PSYCHOLOGIST, channel, 2)
    chat.commands("moeder")
    said = chat.presses("Jeg kan ikke selv")
    assert "sender man altid en anden" in said
    assert not [press for press in chat.presses_shown if "Ingen kan" in press.label]
    assert not [card.link for card in chat.reply.cards if "svar=nej" in (card.link or "")]
    assert answers(place)[PSYCHOLOGIST] == "open"
    who, now, world = place.house.person(PSYCHOLOGIST), place.house.clock.now(), place.house.app.world
    room = place.house.acting(PSYCHOLOGIST, lambda uow: meetings.enter(world, uow, who, place.meeting.id, now))
    assert meetings.must_substitute(room)


def test_a_press_of_an_old_question_answers_nothing(place: Asked) -> None:
    chat = asked(place, "telegram", 2)
    old = chat.find("Socialrådgiver")
    chat.commands("menu")
    chat.presses_old(old)
    assert answers(place) == {LEADER: "yes", PSYCHOLOGIST: "open"}


def test_a_colleague_who_sits_there_already_is_refused_with_the_question_still_there(place: Asked) -> None:
    chat = asked(place, "telegram", 2)
    press = chat.find("Socialrådgiver")
    chat.presses("Socialrådgiver")
    other = Chat(place.house, PSYCHOLOGIST, "telegram", 2)
    other.commands("moeder")
    assert not [one for one in other.presses_shown if one.label.startswith("Jeg kan ikke selv")]
    other.presses_old(press)
    assert answers(place)[SOCIAL] == "open"


def test_who_is_not_asked_can_not_send_anybody(place: Asked) -> None:
    asked(place)
    stranger = Chat(place.house, TEACHER)
    stranger.does(Pressed(encode(Go("absent", place.meeting.id))))
    assert "kan ikke selv komme" not in stranger.text
    stranger.does(Pressed(encode(Go("send", SOCIAL))))
    assert answers(place) == {LEADER: "yes", PSYCHOLOGIST: "open"}
