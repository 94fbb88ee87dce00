"""Invitations to calendars: right by the standards, the same meeting for ever, and nothing about a child."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st
from icalendar import Calendar

from dialogs.meetings.calendar import Appointment, appointment, download, invitation
from dialogs.meetings.model import Meeting, Seat, Wall
from dialogs.meetings.moves import Cancel, Move, move
from tests.core.ics_grammar import breaches, plain, read

STAMP = datetime(2026, 11, 2, 8, 30, tzinfo=UTC)
SENDER, TO = "moeder@solbaek.example", "mette@solbaek.example"
LINK = "https://trivsel.solbaek.example/moede/abcdefghijkl"
MEETING = Meeting(
    "abcdefghijkl",
    "network",
    "birk",
    Wall(date(2026, 12, 1), time(14)),
    60,
    (Seat("s1", "LED", "p1"), Seat("s2", "PSY", "p2")),
    chair="s1",
    place="Lokale 12 på Birkeskolen",
    purpose="Mila kommer ikke i skole",
    case_id="case-of-mila",
)


def told(meeting: Meeting = MEETING) -> Appointment:
    return appointment(meeting, title="Møde i Trivselsbot", text="Læs mere, og svar her:", link=LINK)


def asked(meeting: Meeting = MEETING) -> bytes:
    return invitation(told(meeting), sender=SENDER, to=TO, stamp=STAMP).encode()


def test_an_invitation_holds_nothing_of_the_child_the_purpose_or_the_place() -> None:
    text = asked().decode().replace("\r\n ", "")
    for secret in ("Mila", "skole", "Birk", "birk", "Lokale", "case-of-mila", "LED", "PSY", "p1", "network"):
        assert secret not in text


def test_an_independent_parser_reads_when_the_meeting_is() -> None:
    (event,) = Calendar.from_ical(asked()).walk("VEVENT")
    assert event.decoded("dtstart") == MEETING.starts.utc
    assert event.decoded("dtstart") + event.decoded("duration") == MEETING.ends
    assert (event["uid"], event["sequence"], str(event["status"])) == ("abcdefghijkl@moede.trivselsbot", 0, "CONFIRMED")
    assert event["attendee"] == f"mailto:{TO}" and event["organizer"] == f"mailto:{SENDER}"


def test_a_meeting_that_is_moved_and_called_off_is_the_same_meeting_with_a_higher_count() -> None:
    now = datetime(2026, 11, 3, tzinfo=UTC)
    moved = move(MEETING, Move(Wall(date(2026, 12, 3), time(9)), 45, ""), now).meeting
    off = move(moved, Cancel("Vi mødes ikke."), now).meeting
    seen = [read(asked(one)) for one in (MEETING, moved, off)]
    events = [one.part("VEVENT") for one in seen]
    assert len({event.one("UID") for event in events}) == 1
    assert [event.one("SEQUENCE") for event in events] == ["0", "1", "2"]
    assert [one.one("METHOD") for one in seen] == ["REQUEST", "REQUEST", "CANCEL"]
    assert events[2].one("STATUS") == "CANCELLED"


@pytest.mark.parametrize("day", [date(2027, 3, 28), date(2026, 10, 25), date(2026, 10, 24), date(2027, 3, 29)])
@pytest.mark.parametrize("clock", [time(1, 30), time(2), time(2, 30), time(3), time(14)])
def test_wall_time_and_length_hold_in_the_nights_when_the_clocks_change(day: date, clock: time) -> None:
    meeting = replace(MEETING, starts=Wall(day, clock))
    (event,) = Calendar.from_ical(asked(meeting)).walk("VEVENT")
    start = event.decoded("dtstart")
    assert start.astimezone(UTC) == meeting.starts.utc
    assert start.astimezone(UTC) + event.decoded("duration") == meeting.ends


def test_the_rules_for_summer_time_are_those_of_the_zone_itself() -> None:
    (zone,) = Calendar.from_ical(asked()).walk("VTIMEZONE")
    theirs, ours = zone.to_tz(lookup_tzid=False), ZoneInfo("Europe/Copenhagen")
    first = datetime(2026, 1, 1, 12, tzinfo=UTC)
    for day in range(0, 366 * 4):
        noon = (first + timedelta(days=day)).replace(tzinfo=None)
        assert noon.replace(tzinfo=theirs).utcoffset() == noon.replace(tzinfo=ours).utcoffset(), noon


def test_another_zone_is_told_in_utc() -> None:
    far = replace(MEETING, starts=Wall(date(2026, 12, 1), time(14), ZoneInfo("America/Nuuk")))
    calendar = read(asked(far))
    assert [one.name for one in calendar.inside] == ["VEVENT"]
    assert calendar.part("VEVENT").one("DTSTART") == f"{far.starts.utc:%Y%m%dT%H%M%SZ}"


def test_what_is_fetched_from_the_page_names_nobody_who_is_invited() -> None:
    raw = download(told(), sender=SENDER, stamp=STAMP).encode()
    assert breaches(raw) == []
    assert read(raw).one("METHOD") == "PUBLISH" and b"ATTENDEE" not in raw


walls = st.builds(
    Wall,
    st.dates(date(2020, 1, 1), date(2060, 12, 31)),
    st.times().map(lambda one: one.replace(microsecond=0)),
    st.sampled_from([ZoneInfo("Europe/Copenhagen"), ZoneInfo("America/Nuuk"), ZoneInfo("UTC")]),
)
words = st.text(max_size=200)
addresses = st.from_regex(r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~.-]{1,40}@[a-z0-9.-]{1,40}\.example", fullmatch=True)
appointments = st.builds(
    Appointment,
    st.text("abcdefghijklmnopqrstuvwxyz234567@.", min_size=1, max_size=40),
    st.integers(0, 10**9),
    walls,
    st.integers(1, 240),
    words,
    words,
    st.from_regex(r"https://[a-z.]{1,60}/[A-Za-zæøå0-9/_-]{0,90}", fullmatch=True),
    st.booleans(),
)


@given(appointments, addresses, addresses)
def test_whatever_the_words_every_object_holds_to_the_grammar(what: Appointment, sender: str, to: str) -> None:
    raw = invitation(what, sender=sender, to=to, stamp=STAMP).encode()
    assert breaches(raw) == []
    event = read(raw).part("VEVENT")
    meant = "".join(sign for sign in what.title if sign == "\n" or sign.isprintable())
    assert plain(event.one("SUMMARY")) == meant
    (independent,) = Calendar.from_ical(raw).walk("VEVENT")
    assert independent["summary"] == meant and independent["sequence"] == what.sequence
    assert independent.decoded("dtstart") == what.starts.utc


@pytest.mark.parametrize(
    ("good", "bad"),
    [
        (b"\r\n", b"\n"),
        (b"SEQUENCE:0\r\n", b""),
        (b"SEQUENCE:0\r\n", b"SEQUENCE:0\r\nSEQUENCE:1\r\n"),
        (b"METHOD:REQUEST", b"METHOD:CANCEL"),
        (b"TZID:Europe/Copenhagen", b"TZID:Europe/Oslo"),
        (b"SUMMARY;LANGUAGE=da:", b"SUMMARY;LANGUAGE=da:Et, to; tre"),
        (b"STATUS:CONFIRMED", b"STATUS:CONFIRMED\r\nX" + b"x" * 80 + b":1"),
        (b"DTSTAMP:20261102T083000Z", b"DTSTAMP:20261102T083000"),
    ],
)
def test_the_grammar_of_these_tests_forgives_nothing(good: bytes, bad: bytes) -> None:
    assert breaches(asked()) == []
    assert good in asked() and breaches(asked().replace(good, bad)) != []


def test_a_long_danish_line_is_folded_by_octets_and_never_through_a_letter() -> None:
    what = replace(told(), title="æøå" * 60, text="a" + "å" * 90)
    raw = invitation(what, sender=SENDER, to=TO, stamp=STAMP).encode()
    assert breaches(raw) == []
    event = read(raw).part("VEVENT")
    assert (event.one("SUMMARY"), event.one("DESCRIPTION")) == (what.title, what.text)
