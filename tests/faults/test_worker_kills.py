"""A short form of the kill loops; `python -m tests.faults.outbox_kills` runs the long one."""

from __future__ import annotations

import signal
from dataclasses import replace

import pytest

from tests.contracts.postgres import postgres_url
from tests.contracts.stores import clean_postgres, migrated_postgres
from tests.faults.outbox_kills import run

__all__ = ["clean_postgres", "migrated_postgres", "postgres_url"]

pytestmark = pytest.mark.process


async def test_workers_killed_while_sending_repeat_nothing_and_lose_nothing() -> None:
    report = await run(200, 10, drop_percent=1.0)
    assert report.clean, report
    assert report.kills == 10
    assert report.states.keys() <= {"sent", "uncertain"}


@pytest.mark.postgres
async def test_two_workers_on_one_postgresql_share_the_work_and_repeat_nothing(clean_postgres: str) -> None:
    report = await run(100, 4, database=clean_postgres, beside=1)
    # Two workers may send two notices to one person at the same moment; with one worker the order is kept.
    assert replace(report, out_of_order=0).clean, report
    assert report.kills == 4
    assert report.states.keys() <= {"sent", "uncertain"}


async def test_workers_told_to_stop_leave_nothing_in_doubt() -> None:
    report = await run(60, 6, how=signal.SIGTERM, drop_percent=0.0)
    assert report.clean, report
    assert (report.kills, report.uncertain, report.arrived) == (6, 0, 60)
    assert report.states == {"sent": 60}
