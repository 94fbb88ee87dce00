"""Exchange without consent: one meeting a child, one follow-up with its reason and the leader's yes, then no more."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from itertools import product
from typing import Any, get_args

import pytest

from dialogs.papers.documents import as_text
from dialogs.papers.exchangepaper import note_of
from dialogs.papers.exchanges import (
    MOVES,
    OUTSIDE,
    SEATS,
    Cancel,
    Confirm,
    Exchange,
    Grounds,
    Hold,
    Plan,
    State,
    closed,
    dump,
    load,
    move,
    plan,
    slot,
    used,
)
from dialogs.types import Problem
from tests.core.form_kit import danish

TODAY = date(2026, 11, 23)
WHY = Grounds("Vi ved ikke, hvordan vi hjælper.", "Alle kender barnet.", "Mor tog ikke telefonen.")
WANTED = Plan(WHY, ("teacher", "psychologist"), TODAY)
HELD = Hold(("wellbeing",), "Vi spørger forældrene.", "Lederen ringer i morgen.")


def planned(before: list[Exchange], wanted: Plan = WANTED, **options: Any) -> Exchange:
    found = plan(f"x{len(before)}", "c1", "barnet", before, wanted, "ada", TODAY, **options)
    assert isinstance(found, Exchange), found
    return found


def done(one: Exchange, act: Any, role: Any = "leader") -> Exchange:
    after = move(one, act, "bo", role, TODAY)
    assert isinstance(after, Exchange), after
    return after


def code(result: object) -> str:
    assert isinstance(result, Problem), result
    return result.code


def second(before: list[Exchange], special: str = "Psykologen kunne ikke komme.") -> Any:
    wanted = replace(WANTED, grounds=replace(WHY, special=special))
    return plan("x2", "c1", "barnet", before, wanted, "ada", TODAY)


def test_a_first_meeting_is_planned_held_and_used_up() -> None:
    first = planned([])
    assert (first.state, first.number, used([first])) == ("planned", 1, 0)
    held = done(first, HELD)
    assert (held.state, used([held])) == ("held", 1)


def test_the_leader_says_yes_to_the_first_one_only_where_the_municipality_wants_it() -> None:
    waits = planned([], leader_confirms_first=True)
    assert waits.state == "proposed"
    assert code(move(waits, HELD, "bo", "leader", TODAY)) == "exchange_over"
    assert code(move(waits, Confirm(), "bo", "psychologist", TODAY)) == "exchange_leader"
    confirmed = done(waits, Confirm())
    assert (confirmed.state, confirmed.confirmed_by) == ("planned", "bo")


def test_a_meeting_is_held_when_its_hour_has_come() -> None:
    first = planned([], replace(WANTED, starts="13:00"))
    assert code(move(first, HELD, "bo", "leader", TODAY, "12:59")) == "exchange_not_yet"
    assert isinstance(move(first, HELD, "bo", "leader", TODAY, "13:00"), Exchange)
    assert isinstance(move(first, HELD, "bo", "leader", TODAY + timedelta(days=1), "08:00"), Exchange)
    assert load(dump(first)) == first


@pytest.mark.parametrize(("days", "refused"), [(0, True), (6, True), (7, False), (30, False)])
def test_a_request_for_consent_gets_a_week_before_anybody_goes_around_it(days: int, refused: bool) -> None:
    asked_on = TODAY - timedelta(days=days)
    found = plan("x0", "c1", "barnet", [], WANTED, "ada", TODAY, asked_on=asked_on)
    assert (isinstance(found, Problem) and found.code == "exchange_asked") == refused


def test_while_one_is_on_its_way_there_is_no_other() -> None:
    assert closed([planned([])]) == "exchange_waits"
    assert code(second([planned([])])) == "exchange_waits"


def test_a_follow_up_needs_its_reason_and_always_the_leaders_yes() -> None:
    held = done(planned([]), HELD)
    assert code(second([held], " ")) == "exchange_special"
    again = second([held])
    assert (again.state, again.number) == ("proposed", 2)
    assert code(move(again, Confirm(), "bo", "social_worker", TODAY)) == "exchange_leader"
    assert done(again, Confirm()).state == "planned"


def test_after_the_follow_up_the_way_is_closed() -> None:
    held = done(planned([]), HELD)
    again = done(done(second([held]), Confirm()), HELD)
    assert used([held, again]) == 2
    assert closed([held, again]) == "exchange_used"
    assert code(second([held, again])) == "exchange_used"
    words = danish().papers("problems.exchange_used")
    assert all(way in words for way in ("samtykke", "uden navn", "underrette"))


def test_one_that_was_called_off_uses_nothing_up_and_gives_its_place_back() -> None:
    off = done(planned([]), Cancel())
    assert (slot(off), used([off]), closed([off])) == (None, 0, None)
    assert planned([off]).number == 1
    assert slot(planned([off])) == "exchange:barnet:1"


@pytest.mark.parametrize("seat", sorted(OUTSIDE))
def test_nobody_from_outside_the_circle_sits_in_it(seat: Any) -> None:
    wanted = replace(WANTED, seats=("teacher", "social_worker", seat))
    assert code(plan("x", "c1", "k", [], wanted, "ada", TODAY)) == "exchange_outside"


def test_everybody_of_the_circle_may_sit_in_it() -> None:
    inside = tuple(seat for seat in SEATS if seat not in OUTSIDE)
    assert planned([], replace(WANTED, seats=inside)).seats == inside
    assert {"psychologist", "family_court", "health_visitor"} <= set(inside)


@pytest.mark.parametrize(
    ("changes", "problem"),
    [
        ({"grounds": replace(WHY, necessary="")}, "exchange_grounds"),
        ({"grounds": replace(WHY, not_anonymous=" ")}, "exchange_grounds"),
        ({"grounds": replace(WHY, not_consent="")}, "exchange_grounds"),
        ({"grounds": replace(WHY, necessary="x" * 1501)}, "exchange_too_long"),
        ({"seats": ("teacher",)}, "exchange_seats"),
        ({"seats": ("teacher", "teacher")}, "exchange_seats"),
        ({"day": TODAY - timedelta(days=1)}, "exchange_day"),
        ({"day": TODAY + timedelta(days=61)}, "exchange_day"),
    ],
)
def test_a_plan_without_its_grounds_is_refused(changes: dict[str, Any], problem: str) -> None:
    assert code(plan("x", "c1", "k", [], replace(WANTED, **changes), "ada", TODAY)) == problem


@pytest.mark.parametrize(
    "hold",
    [replace(HELD, kinds=()), replace(HELD, decisions=" "), replace(HELD, parents="")],
)
def test_a_note_says_what_was_told_what_was_decided_and_what_the_parents_hear(hold: Hold) -> None:
    assert code(move(planned([]), hold, "bo", "leader", TODAY)) == "exchange_note"


def test_nobody_holds_a_meeting_before_its_day() -> None:
    tomorrow = planned([], replace(WANTED, day=TODAY + timedelta(days=1)))
    assert code(move(tomorrow, HELD, "bo", "leader", TODAY)) == "exchange_not_yet"


def test_every_state_and_act_is_in_the_table_or_refused() -> None:
    acts = (Confirm(), HELD, Cancel())
    for state, act in product(get_args(State), acts):
        found = move(replace(planned([]), state=state), act, "bo", "leader", TODAY)
        if (state, type(act)) in MOVES:
            assert isinstance(found, Exchange)
            assert found.state == MOVES[state, type(act)]
        else:
            assert code(found) == "exchange_over"


def test_it_comes_back_as_it_was_filed() -> None:
    held = done(planned([]), HELD)
    assert load(dump(held)) == held
    assert (dump(held).group, dump(held).slot) == ("barnet", "exchange:barnet:1")


def test_the_note_names_functions_and_grounds_and_is_not_for_before_the_meeting() -> None:
    words = danish().papers
    before, after = planned([]), done(planned([]), HELD)
    text = as_text(note_of(words, after, "K7RT-Måge"))
    for own in (WHY.necessary, WHY.not_anonymous, WHY.not_consent, "Psykolog fra PPR", HELD.decisions, HELD.parents):
        assert own in text
    assert "Ingen havde pligt" in text
    assert "ikke papiret til nogen før mødet" in as_text(note_of(words, before, "K7RT-Måge"))
    assert "{" not in text
    assert "Lederen sagde ja" not in text
    assert "Lederen sagde ja" in as_text(note_of(words, replace(after, confirmed_by="ada"), "K7RT-Måge"))


def test_every_seat_and_state_has_danish_words() -> None:
    words = danish().papers
    keys = [f"exchange.seat.{seat}" for seat in SEATS] + [f"exchange.state.{state}" for state in get_args(State)]
    assert [key for key in keys if not words.has(key)] == []
