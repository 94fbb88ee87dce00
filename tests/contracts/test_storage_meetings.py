"""What every store promises about meetings: all of it comes back, compare and set, and a week has one meeting."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

import pytest

from dialogs.cases.teamdays import Weekly
from dialogs.meetings.model import Meeting, Point, Seat, Wall
from storage import Refused
from tests.contracts.stores import NOW, a_case, a_wish

SEATS = (Seat("s1", "leader", "bo", needed=True), Seat("s2", "parent", reason="på arbejde 🙂"))
WALL = Wall(date(2026, 11, 25), time(12, 30))
EARLY, LATE = datetime(2026, 11, 25, 11, tzinfo=UTC), datetime(2026, 11, 25, 12, tzinfo=UTC)


def meeting(meeting_id: str = "m1", **other: Any) -> Meeting:
    values: dict[str, Any] = {"kind": "trio", "school_id": "skov", "starts": WALL, "minutes": 60, "seats": SEATS}
    return Meeting(meeting_id, chair="s1", code=f"K7RT-{meeting_id}", **values | other)


@pytest.fixture
def rooms(filled: Any) -> Any:
    filled.run(lambda u: [u.cases.add(a_case(c)) for c in ("c1", "c2")])
    return filled


def test_a_meeting_comes_back_as_it_was_stored(rooms: Any) -> None:
    points = (Point("c1", 10, "done", NOW, "bo"), Point("c2", 5))
    one = meeting(points=points, notes={"skala": [1, 7]}, slot="trio:skov:2026-11-25", purpose="Hvad nu?", revision=3)
    rooms.run(lambda u: u.meetings.add(one))
    assert rooms.run(lambda u: (u.meetings.get("m1"), u.meetings.get("x"))) == (one, None)
    assert rooms.run(lambda u: u.meetings.by_slot("trio:skov:2026-11-25")) == one
    assert rooms.run(lambda u: u.meetings.by_slot("trio:eng:2026-11-25")) is None


def test_it_is_saved_only_where_its_revision_is_the_expected_one(rooms: Any) -> None:
    rooms.run(lambda u: u.meetings.add(meeting()))
    ours, late = meeting(status="held", revision=1), meeting(status="cancelled", revision=1)
    assert rooms.run(lambda u: (u.meetings.save(ours, 0), u.meetings.save(late, 0))) == (True, False)
    assert rooms.run(lambda u: u.meetings.get("m1")) == ours
    with pytest.raises(ValueError, match="revision"):
        rooms.run(lambda u: u.meetings.save(ours, 1))


def test_lists_are_by_person_school_case_and_time(rooms: Any) -> None:
    later = Wall(date(2026, 12, 2), time(9))
    rows = [
        meeting("m2", starts=later, case_id="c1", kind="network"),
        meeting("m1"),
        meeting("m3", school_id="eng", seats=(Seat("s1", "leader", "ada"),)),
    ]
    rooms.run(lambda u: [u.meetings.add(row) for row in rows])

    def ids(read: Any) -> list[str]:
        return [one.id for one in rooms.run(read)]

    assert ids(lambda u: u.meetings.of_person("bo", EARLY)) == ["m1", "m2"]
    assert ids(lambda u: u.meetings.of_person("bo", LATE)) == ["m2"]
    assert ids(lambda u: u.meetings.of_school("skov", EARLY)) == ["m1", "m2"]
    assert ids(lambda u: u.meetings.of_case("c1")) == ["m2"]
    assert ids(lambda u: u.meetings.between(EARLY, LATE)) == ["m1", "m3"]


def test_the_calendar_of_a_school_has_its_weekly_meetings_as_they_stand(rooms: Any) -> None:
    moved = Wall(date(2026, 11, 26), time(9))
    rows = [
        meeting("m1", slot="trio:skov:2026-12-02", starts=Wall(date(2026, 12, 2), time(12, 30)), status="cancelled"),
        meeting("m2", slot="trio:skov:2026-11-25", starts=moved),
        meeting("m3", slot="trio:eng:2026-11-25", school_id="eng", seats=()),
        meeting("m4", case_id="c1", kind="network"),
    ]
    rooms.run(lambda u: [u.meetings.add(row) for row in rows])
    assert rooms.run(lambda u: u.meetings.calendar("skov")) == [
        Weekly(date(2026, 11, 25), moved.utc, stands=True),
        Weekly(date(2026, 12, 2), datetime(2026, 12, 2, 11, 30, tzinfo=UTC), stands=False),
    ]


def test_who_has_left_their_seat_finds_it_no_more(rooms: Any) -> None:
    rooms.run(lambda u: u.meetings.add(meeting()))
    without = meeting(seats=(Seat("s1", "leader", "ada"),), revision=1)
    assert rooms.run(lambda u: u.meetings.save(without, 0))
    found = rooms.run(lambda u: [len(u.meetings.of_person(who, EARLY)) for who in ("bo", "ada")])
    assert found == [0, 1]


def test_a_week_has_one_weekly_meeting_whoever_comes(rooms: Any) -> None:
    rooms.run(lambda u: [u.meetings.add(meeting(one)) for one in ("m1", "m2")])
    rooms.run(lambda u: u.meetings.add(meeting("m3", slot="trio:skov:2026-11-25")))
    with pytest.raises(Refused):
        rooms.run(lambda u: u.meetings.add(meeting("m4", slot="trio:skov:2026-11-25")))


@pytest.mark.parametrize("other", [{"school_id": "ukendt"}, {"case_id": "ukendt"}, {"seats": (Seat("s", "x", "z"),)}])
def test_a_meeting_needs_its_school_its_case_and_its_people(rooms: Any, other: dict[str, Any]) -> None:
    with pytest.raises(Refused):
        rooms.run(lambda u: u.meetings.add(meeting(**other)))


def test_a_meeting_about_a_case_goes_with_it_and_others_when_their_time_is_up(rooms: Any) -> None:
    rows = [meeting("m1"), meeting("m2", case_id="c1"), meeting("m3", starts=replace(WALL, day=date(2027, 1, 6)))]
    rooms.run(lambda u: [u.meetings.add(row) for row in rows])
    rooms.run(lambda u: u.outbox.add(a_wish("k", meeting_id="m2")))
    counts = rooms.run(lambda u: u.retention.erase_case("c1"))
    assert (counts["notices"], counts["rows"]) == (1, 2)
    assert rooms.run(lambda u: [u.meetings.get(one.id) is None for one in rows]) == [False, True, False]
    assert rooms.run(lambda u: u.meetings.sweep(LATE + timedelta(days=1))) == 1
    assert rooms.run(lambda u: [u.meetings.get(one.id) is None for one in rows]) == [True, True, False]
