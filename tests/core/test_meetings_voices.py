"""Preparation: everyone's words, merged by voice; the child's houses; the board; the curve over the meetings."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dialogs.meetings import agreements, board, houses, voices
from dialogs.meetings.agreements import MAX_AGREEMENTS, Agreement
from dialogs.meetings.houses import Houses
from dialogs.meetings.model import Meeting
from dialogs.meetings.stored import dump_meeting, load_meeting
from dialogs.meetings.voices import Dot, Said
from dialogs.types import Problem
from tests.core.meeting_kit import TODAY, done, meeting


def code(result: Meeting | Problem) -> str:
    assert isinstance(result, Problem)
    return result.code


def prepared() -> Meeting:
    said = {"s1": Said("a", "b", "c", scale=4), "s2": Said("d", scale=6), "s4": Said(worries="f", scale=2)}
    found = meeting()
    for seat, words in said.items():
        found = done(voices.say(found, seat, words))
    return found


def test_what_is_said_is_merged_by_voice_in_the_order_of_the_seats() -> None:
    sheets = {sheet.voice: sheet for sheet in voices.merged(prepared())}
    assert sheets["school"].columns["works"] == ("a", "d") and sheets["school"].marks == (4, 6)
    assert sheets["family"].columns["worries"] == ("f",) and sheets["family"].columns["works"] == ()
    assert sheets["child"].marks == () and sheets["other"].columns["works"] == ()


def test_who_has_spoken_is_reminded_no_more_and_the_others_are_known() -> None:
    found = prepared()
    assert [seat.id for seat in found.seats if seat.prepared] == ["s1", "s2", "s4"]
    assert [seat.id for seat in voices.silent(found)] == ["s3", "s5"]


def test_saying_it_again_takes_the_place_of_what_was_said() -> None:
    again = done(voices.say(prepared(), "s1", Said(wishes="ny")))
    assert voices.said_by(again, "s1") == Said(wishes="ny")


@pytest.mark.parametrize(
    ("seat", "said", "why"),
    [
        ("s9", Said("a"), "not_invited"),
        ("s1", Said("  ", "\n"), "voice_empty"),
        ("s1", Said(scale=5), "voice_empty"),
        ("s1", Said("a", scale=11), "voice_scale"),
        ("s1", Said("a", scale=-1), "voice_scale"),
        ("s1", Said("a" * 1501), "meeting_text_long"),
    ],
)
def test_what_can_not_be_kept_is_refused(seat: str, said: Said, why: str) -> None:
    assert code(voices.say(meeting(), seat, said)) == why


@pytest.mark.parametrize("status", ["cancelled", "closed"])
def test_nobody_prepares_for_what_is_over(status: str) -> None:
    assert code(voices.say(replace(meeting(), status=status), "s1", Said("a"))) == "meeting_too_late"


def test_a_curve_holds_every_meeting_that_was_not_called_off_and_every_voice_that_gave_a_mark() -> None:
    first = replace(prepared(), status="closed")
    off = replace(prepared(), id="m2", status="cancelled")
    later = done(voices.say(meeting(meeting_id="m3", day=date(2027, 1, 12)), "s4", Said("x", scale=5)))
    found = voices.curves((later, off, first))
    assert found == {
        "family": (Dot(date(2026, 12, 1), 2.0), Dot(date(2027, 1, 12), 5.0)),
        "school": (Dot(date(2026, 12, 1), 5.0),),
    }


def test_a_house_that_the_child_keeps_is_read_by_nobody_but_who_listened() -> None:
    drawn = done(houses.draw(meeting(), Houses("svær", "god", "", frozenset({"good"}), by="p-laer")))
    found = houses.of(drawn)
    assert found is not None
    assert houses.open_to(found, "p-led") == {"good": "god"}
    assert houses.open_to(found, "p-laer") == {"hard": "svær", "good": "god"}
    assert code(houses.draw(meeting(), Houses(" ", "", ""))) == "houses_empty"


def test_the_board_begins_with_what_was_said_and_keeps_what_is_written_on_it() -> None:
    found = prepared()
    assert board.of(found).cells["school", "resources"] == "a\nd"
    written = done(
        board.write(found, {**board.of(found).cells, ("school", "problems"): "rettet"}, "Det blev gjort.", "")
    )
    late = done(voices.say(written, "s3", Said("sent")))
    assert board.of(late).cells["school", "problems"] == "rettet"
    assert board.of(late).cells["other", "resources"] == "sent"  # said after the board was opened, and still shown
    assert board.of(late).earlier == "Det blev gjort."


@pytest.mark.parametrize(
    ("new", "why"),
    [
        (Agreement("", "Mor", TODAY), "agreement_names"),
        (Agreement("Ringer", " ", TODAY), "agreement_names"),
        (Agreement("Ringer", "Mor", date(2026, 11, 22)), "agreement_past"),
    ],
)
def test_an_agreement_has_a_name_and_a_day_to_come(new: Agreement, why: str) -> None:
    assert code(agreements.agree(meeting("held"), new, TODAY)) == why


def test_agreements_are_kept_until_there_are_more_than_anybody_remembers() -> None:
    found = meeting("held")
    for _ in range(MAX_AGREEMENTS):
        found = done(agreements.agree(found, Agreement("Ringer", "Mor", TODAY), TODAY))
    assert len(agreements.of(found)) == MAX_AGREEMENTS
    assert code(agreements.agree(found, Agreement("Ringer", "Mor", TODAY), TODAY)) == "agreement_many"


@given(st.lists(st.tuples(st.sampled_from(["s1", "s2", "s3", "s4", "s5"]), st.text(max_size=40), st.text(max_size=40))))
def test_whatever_is_said_survives_the_store_and_a_refusal_changes_nothing(
    lines: list[tuple[str, str, str]],
) -> None:
    found = meeting()
    for seat, works, worries in lines:
        after = voices.say(found, seat, Said(works, worries))
        if isinstance(after, Meeting):
            assert after.revision == found.revision + 1
            found = after
        else:
            assert not works.strip() and not worries.strip()
    assert load_meeting(dump_meeting(found)) == found
    heard = {text for _, works, worries in lines for text in (works.strip(), worries.strip())}
    shown = {text for sheet in voices.merged(found) for texts in sheet.columns.values() for text in texts}
    assert shown <= heard
