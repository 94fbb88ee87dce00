"""The fictional municipality: always the same, filled once, and its histories are ones that could have happened."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from bot import demo
from bot.guard import GuardedStore
from dialogs.access import SETUP
from dialogs.cases.team import hat
from dialogs.drafts import reconcile
from dialogs.plans.coherence import gaps
from dialogs.plans.filed import load
from storage.memory import MemoryStore
from tests.clocks import HandClock
from tests.core.case_kit import WORDS, WORKDAYS, at
from tests.core.form_kit import danish

STARTS = [
    at("2026-11-24 10:00"),
    at("2026-11-28 23:30"),
    at("2026-12-24 12:00"),
    at("2027-01-01 00:10"),
    at("2026-07-15 03:00"),
    at("2027-03-29 11:00"),
]


def guarded(store: MemoryStore, now: datetime) -> GuardedStore:
    return GuardedStore(store, HandClock(now), WORKDAYS)


def seeded(now: datetime) -> MemoryStore:
    store = MemoryStore()
    assert guarded(store, now).run(SETUP, lambda uow: demo.seed(uow, now, WORDS))
    return store


@pytest.mark.parametrize("now", STARTS)
def test_it_can_be_filled_at_any_hour_of_the_year(now: datetime) -> None:
    store = seeded(now)
    cases = store.run(lambda uow: uow.cases.of_school(demo.LAERKE))
    assert [case.state for case in cases] == ["local_effort", "waiting", "sent"]
    (followed,) = store.run(lambda uow: uow.cases.of_school(demo.FJORD))
    plan = load(store.run(lambda uow: uow.filings.of_case(followed.id, "plan"))[0])
    assert [len(sign.scores) for sign in plan.signs()] == [3, 3, 3]
    assert [gap.kind for gap in gaps(plan, (), 3)] == []
    for case in (*cases, followed):
        lines = store.run(lambda uow, key=case.id: uow.cases.entries(key))
        assert all(line.at <= now for line in lines)
        assert [line.seq for line in lines] == list(range(1, len(lines) + 1))
        assert [line.at for line in lines] == sorted(line.at for line in lines)


def test_filling_twice_changes_nothing() -> None:
    store = seeded(STARTS[0])
    before = store.run(lambda uow: (uow.cases.open_cases(), uow.outbox.count(), uow.people.everyone()))
    later = STARTS[0] + timedelta(days=3)
    assert not guarded(store, later).run(SETUP, lambda uow: demo.seed(uow, later, WORDS))
    assert store.run(lambda uow: (uow.cases.open_cases(), uow.outbox.count(), uow.people.everyone())) == before


def test_both_schools_have_a_full_team_and_the_writers_have_a_school() -> None:
    for school in demo.SCHOOLS:
        roles = {hat(person, school.id) for person in demo.PEOPLE} - {None}
        assert roles == {"leader", "psychologist", "social_worker", "superior"}
    assert all(person.home in {demo.LAERKE, demo.FJORD} for person in demo.PEOPLE)
    assert len({person.id for person in demo.PEOPLE}) == len({person.name for person in demo.PEOPLE}) == 15


def test_the_demos_answers_fit_the_form_of_today() -> None:
    form = danish().form("worry")
    store = seeded(STARTS[0])
    for case in store.run(lambda uow: uow.cases.of_school(demo.LAERKE)):
        draft = store.run(lambda uow, key=case.draft_id: uow.drafts.get(key))
        assert draft is not None and (draft.status, draft.answers) == ("submitted", {})
        fresh = reconcile(form, replace(draft, answers=case.answers))
        assert dict(fresh.draft.answers) == dict(case.answers), case.code


def test_the_demo_starts_without_a_pile_of_old_notices() -> None:
    store = seeded(STARTS[0])
    rows = store.run(lambda uow: uow.outbox.listing(["pending"], 999))
    assert rows and all(row.wish.due_at >= STARTS[0] - demo.JUST_SENT for row in rows)


def test_times_are_stored_in_utc() -> None:
    store = seeded(STARTS[0])
    for case in store.run(lambda uow: uow.cases.open_cases()):
        assert all(line.at.tzinfo is UTC for line in store.run(lambda uow, key=case.id: uow.cases.entries(key)))
