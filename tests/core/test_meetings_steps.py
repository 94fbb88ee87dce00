"""Five steps: soft locks, what does not hang together, and an end with names and a day. And the framing before it."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from dialogs.meetings import framing, steps
from dialogs.meetings.model import Meeting, Seat
from dialogs.meetings.steps import Add, Effort, Finish, GoTo, Help, Observe, Side, Write
from dialogs.types import Problem
from tests.core.meeting_kit import TODAY, done, meeting

LATER = date(2027, 1, 12)
EFFORT = Effort("Ringer mandag", "Mor", date(2026, 12, 7), 0)


def after(*acts: steps.Act) -> Meeting:
    found = meeting("held")
    for act in acts:
        found = done(steps.do(found, act, TODAY))
    return found


def why(found: Meeting, act: steps.Act) -> str:
    refused = steps.do(found, act, TODAY)
    assert isinstance(refused, Problem)
    return refused.code


def heard(*sides: Side) -> tuple[Observe, ...]:
    return tuple(Observe(side, "Det går bedst om morgenen.") for side in sides)


def test_help_is_not_chosen_before_every_side_is_heard_and_something_is_needed() -> None:
    assert steps.locks(steps.of(meeting())) == ("side_family", "side_school", "side_other", "need")
    assert steps.locks(steps.of(after(*heard("school"), Add("needs", "Ro om morgenen")))) == (
        "side_family",
        "side_other",
    )
    assert why(after(), GoTo(4)) == "step_locked"
    assert why(after(), GoTo(5)) == "step_locked"
    opened = after(*heard("family", "school", "other"), Add("needs", "Ro"), GoTo(4))
    assert steps.of(opened).step == 4 and steps.of(opened).passed == ()


def test_the_lock_is_soft_and_it_is_kept_that_it_was_passed() -> None:
    story = steps.of(after(GoTo(4, anyway=True), GoTo(2)))
    assert (story.step, story.passed) == (2, (4,))


def test_what_does_not_hang_together_is_said() -> None:
    story = steps.of(
        after(Add("needs", "Ro"), Add("needs", "En ven"), Help(EFFORT), Help(replace(EFFORT, what="Tur", need=7)))
    )
    assert steps.gaps(story) == ("effort:Tur", "need:En ven")


def test_the_end_is_firm_names_a_day_and_the_next_meeting() -> None:
    assert why(after(), Finish(LATER)) == "step_no_effort"
    assert why(after(Help(EFFORT)), Finish(TODAY)) == "step_no_day"
    assert why(after(), Help(replace(EFFORT, who=" "))) == "agreement_names"
    assert why(after(), Help(replace(EFFORT, by=date(2026, 11, 22)))) == "agreement_past"
    story = steps.of(after(Help(EFFORT), Finish(LATER)))
    assert story.done and story.next_day == LATER


def test_lines_end_somewhere_and_empty_ones_are_none() -> None:
    assert why(after(), Add("needs", " ")) == "step_empty"
    assert why(after(*(Add("signs", "a") for _ in range(steps.MAX_LINES))), Add("signs", "b")) == "step_many"
    assert steps.of(after(Write("strengths", " Kan læse. "))).strengths == "Kan læse."
    assert why(after(), Write("strengths", "a" * 1501)) == "meeting_text_long"


def test_a_story_is_the_same_after_the_store() -> None:
    story = steps.of(
        after(
            *heard("family"), Add("needs", "Ro"), Add("explanations", "Ny i klassen"), Help(EFFORT), GoTo(5, True),
            Finish(LATER),
        )
    )  # fmt: skip
    assert steps.load(steps.dump(story)) == story
    assert steps.load({}) == steps.Story()


@pytest.mark.parametrize(
    ("roles", "words"), [(("LED", "parent", "child"), "child"), (("LED", "parent"), "family"), (("LED",), "staff")]
)
def test_the_framing_fits_the_people_in_the_room(roles: tuple[str, ...], words: str) -> None:
    seats = tuple(Seat(f"s{at}", role) for at, role in enumerate(roles))
    assert framing.variant(replace(meeting(), seats=seats)) == words


def test_the_framing_keeps_when_it_was_first_read_and_everybody_who_said_yes() -> None:
    first, second = datetime(2026, 12, 1, 13, tzinfo=UTC), datetime(2026, 12, 1, 13, 5, tzinfo=UTC)
    once = done(framing.read(meeting("held"), ("s4", "s9"), first))
    twice = done(framing.read(once, ("s1",), second))
    assert framing.of(twice) == framing.Framing(first, ("s1", "s4"))
