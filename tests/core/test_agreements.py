"""What was agreed at a meeting: a name and a day, done, moved, asked for help with, and known of without its words."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dialogs.access.overview import WITHHELD, overview_meeting
from dialogs.meetings import agreements, board
from dialogs.meetings.agreements import MOVES, Act, Agreement, AskHelp, Done, MoveTo, State
from dialogs.meetings.model import Meeting
from dialogs.meetings.notes import MAX_TEXT
from dialogs.meetings.stored import dump_meeting, load_meeting
from dialogs.types import Problem
from tests.core.meeting_kit import TODAY, done, meeting

SOON, LATER = TODAY + timedelta(days=7), TODAY + timedelta(days=14)
ACTS: tuple[Act, ...] = (Done(), MoveTo(LATER), AskHelp("Jeg mangler tid"))


def agreed(seat: str = "s2") -> Meeting:
    new = Agreement("Ringer hjem hver fredag", "Lærer", SOON, seat=seat)
    return done(agreements.agree(meeting("held"), new, TODAY))


def the_one(found: Meeting | Problem) -> Agreement:
    return agreements.of(done(found))[0]


def in_state(state: State) -> Meeting:
    moved = {"open": None, "help": AskHelp("Jeg mangler tid"), "done": Done()}[state]
    return agreed() if moved is None else done(agreements.move(agreed(), "0", moved, TODAY))


@pytest.mark.parametrize(("state", "act"), list(product(("open", "help", "done"), ACTS)))
def test_what_the_table_has_no_key_for_is_refused_and_changes_nothing(state: State, act: Act) -> None:
    before = in_state(state)
    after = agreements.move(before, "0", act, TODAY)
    target = MOVES.get((state, type(act)))
    if target is None:
        assert isinstance(after, Problem)
    else:
        assert the_one(after).state == target
        assert done(after).revision == before.revision + 1


def test_another_day_is_another_turn_and_whoever_asked_for_help_asks_no_more() -> None:
    moved = the_one(agreements.move(in_state("help"), "0", MoveTo(LATER), TODAY))
    assert (moved.by, moved.turn, moved.asks, moved.state) == (LATER, 1, "", "open")


def test_a_day_that_has_gone_is_no_new_day() -> None:
    after = agreements.move(agreed(), "0", MoveTo(TODAY - timedelta(days=1)), TODAY)
    assert isinstance(after, Problem)
    assert after.code == "agreement_past"


def test_done_says_when_and_a_slip_can_be_taken_back() -> None:
    there = in_state("done")
    assert the_one(there).since == TODAY
    assert the_one(agreements.move(there, "0", MoveTo(LATER), TODAY)).since is None


def test_an_agreement_is_kept_after_everybody_has_gone_and_not_where_nobody_met() -> None:
    assert the_one(agreements.move(replace(agreed(), status="closed"), "0", Done(), TODAY)).state == "done"
    assert isinstance(agreements.move(replace(agreed(), status="cancelled"), "0", Done(), TODAY), Problem)


def test_a_seat_that_is_not_at_the_table_takes_nothing() -> None:
    assert the_one(agreed("s2")).seat == "s2"
    assert the_one(agreed("elsewhere")).seat == ""


def test_too_many_words_are_refused() -> None:
    assert isinstance(agreements.move(agreed(), "0", AskHelp("x" * (MAX_TEXT + 1)), TODAY), Problem)
    assert isinstance(agreements.move(agreed(), "7", Done(), TODAY), Problem)


def test_writing_on_the_board_leaves_what_was_agreed() -> None:
    there = agreed()
    written = done(board.write(there, board.of(there).cells, "Det blev gjort.", ""))
    assert agreements.of(written) == agreements.of(there) == board.of(written).agreements


def test_what_an_earlier_version_wrote_on_the_board_is_still_agreed() -> None:
    kept = {"agreements": [{"what": "Ringer", "who": "Mor", "by": SOON.isoformat(), "done": False}]}
    old = replace(meeting("closed"), notes={"board": kept})
    assert agreements.of(old) == (Agreement("Ringer", "Mor", SOON, id="0"),)
    after = done(agreements.move(old, "0", Done(), TODAY))
    assert the_one(after).state == "done"


def test_in_outline_the_day_and_the_state_are_there_and_no_word() -> None:
    there = overview_meeting(in_state("help"))
    found = agreements.of(there)[0]
    assert (found.by, found.state, found.seat, found.id) == (SOON, "help", "s2", "0")
    assert {found.what, found.who, found.asks} == {WITHHELD}
    assert "Ringer" not in str(dump_meeting(there))
    assert overview_meeting(meeting("held")).notes == {}


@given(st.lists(st.sampled_from([Done(), AskHelp("hjælp"), MoveTo(LATER), MoveTo(date(2020, 1, 1))]), max_size=8))
def test_whatever_is_done_survives_the_store_and_a_turn_never_comes_again(acts: list[Act]) -> None:
    found, turns = agreed(), [0]
    for act in acts:
        after = agreements.move(found, "0", act, TODAY)
        if isinstance(after, Problem):
            continue
        assert (the_one(after).turn > turns[-1]) == isinstance(act, MoveTo)
        found, turns = after, [*turns, the_one(after).turn]
        assert load_meeting(dump_meeting(found)) == found
