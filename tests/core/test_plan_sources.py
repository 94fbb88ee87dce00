"""An effort that was agreed elsewhere: its day and its end stand there, and what is done to it here is told there."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

from dialogs.meetings.agreements import Agreement, Done, MoveTo
from dialogs.plans.acts import PutEffort
from dialogs.plans.filed import bare_of, dump, load
from dialogs.plans.model import Effort, Plan
from dialogs.plans.moves import move
from dialogs.plans.source import as_agreed, changes, is_of_meeting, meeting_of, of_decision, of_meeting

TODAY = date(2026, 11, 23)
SOON, LATER = TODAY + timedelta(days=7), TODAY + timedelta(days=14)
REF = of_meeting("m1", "0")
EFFORT = Effort("e1", "n1", "Spiser frokost med ham", "LAER", TODAY, SOON, agreed=REF)
PLAN = Plan("p1", "c1", efforts=(EFFORT, Effort("e2", "n1", "Leger", "PAED", TODAY, SOON)))


def test_a_source_says_which_meeting_and_which_agreement() -> None:
    assert meeting_of(REF) == ("m1", "0")
    assert is_of_meeting(REF)
    assert not is_of_meeting(of_decision(3))
    assert not is_of_meeting("")


def test_the_plan_shows_the_day_and_the_end_that_stand_where_it_was_agreed() -> None:
    moved = as_agreed(PLAN, {REF: Agreement("Spiser", "Lærer", LATER, state="help")})
    assert [(one.ends, one.done) for one in moved.efforts] == [(LATER, None), (SOON, None)]
    over = as_agreed(PLAN, {REF: Agreement("Spiser", "Lærer", SOON, state="done", since=TODAY)})
    assert [one.done for one in over.efforts] == [TODAY, None]
    assert as_agreed(PLAN, {}) == PLAN


def test_what_is_done_here_is_told_there_and_what_was_made_here_is_not() -> None:
    both = replace(PLAN, efforts=tuple(replace(one, done=TODAY) for one in PLAN.efforts))
    assert changes(PLAN, both) == ((REF, Done()),)
    later = replace(PLAN, efforts=tuple(replace(one, ends=LATER) for one in PLAN.efforts))
    assert changes(PLAN, later) == ((REF, MoveTo(LATER)),)
    endless = replace(PLAN, efforts=tuple(replace(one, ends=None) for one in PLAN.efforts))
    assert changes(PLAN, endless) == ()
    assert changes(Plan("p1", "c1"), PLAN) == ()  # taking it in changes nothing where it was agreed


def test_what_is_worded_anew_was_still_agreed_where_it_was() -> None:
    after = move(PLAN, PutEffort(replace(EFFORT, text="Går en tur med ham", agreed="")), TODAY).plan
    assert (after.efforts[0].text, after.efforts[0].agreed) == ("Går en tur med ham", REF)


def test_it_is_reminded_of_where_it_was_agreed_only() -> None:
    decided = replace(EFFORT, id="e3", agreed=of_decision(3))
    assert set(bare_of(replace(PLAN, efforts=(*PLAN.efforts, decided))).ends) == {"e2", "e3"}


def test_a_plan_of_an_earlier_version_has_efforts_without_a_source() -> None:
    filed = dump(PLAN)
    assert load(filed) == PLAN
    for effort in filed.body["efforts"]:
        del effort["agreed"]
    assert [one.agreed for one in load(filed).efforts] == ["", ""]
