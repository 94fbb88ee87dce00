"""A short form of the kill loops; `python -m tests.faults.outbox_kills` runs the long one."""

from __future__ import annotations

import signal

import pytest

from tests.faults.outbox_kills import run

pytestmark = pytest.mark.process


async def test_workers_killed_while_sending_repeat_nothing_and_lose_nothing() -> None:
    report = await run(200, 10, drop_percent=1.0)
    assert report.clean, report
    assert report.kills == 10
    assert report.states.keys() <= {"sent", "uncertain"}


async def test_workers_told_to_stop_leave_nothing_in_doubt() -> None:
    report = await run(60, 6, how=signal.SIGTERM, drop_percent=0.0)
    assert report.clean, report
    assert (report.kills, report.uncertain, report.arrived) == (6, 0, 60)
    assert report.states == {"sent": 60}
