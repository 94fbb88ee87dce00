"""The log at work: alarms for whoever watches over privacy, and exported heads."""

from __future__ import annotations

import logging
from collections.abc import Callable
from datetime import datetime, timedelta
from functools import partial
from zoneinfo import ZoneInfo

from bot.ports import UnitOfWork
from dialogs.access.oversight import WATCHED, Alarm, alarms, endings
from dialogs.audit import Head, seal_of
from dialogs.cases.glass import overdue
from dialogs.notices import Wish

log = logging.getLogger("trivselsbot.audit")
LOOK_BACK = timedelta(hours=26)  # a day, and what a worker that was away has missed
HEAD_EVERY = timedelta(hours=1)
HEAD_LINES = 1_000


def watch_over(zone: ZoneInfo) -> Callable[[UnitOfWork, datetime], None]:
    """The worker's chore: tell of what stands out, once each."""
    return partial(_raise_alarms, zone)


def _raise_alarms(zone: ZoneInfo, uow: UnitOfWork, now: datetime) -> None:
    lines = uow.audit.since(now - LOOK_BACK, WATCHED)
    if not lines:
        return
    readers = {line.actor for line in lines}
    ended = {one: endings(uow.members.ended(one)) for one in readers}
    found = alarms(lines, ended, zone)
    if not found:
        return
    watchers = [p.id for p in uow.people.everyone() if p.active and any(m.role == "dpo" for m in p.memberships)]
    for alarm in found:
        # An opening is told of at once and by itself; a case that has been erased has nothing to look at.
        case = uow.cases.get(alarm.case_id) if alarm.kind != "glass" else None
        for watcher in watchers if case is not None else ():
            uow.outbox.add(_notice(alarm, case.code if case is not None else "", watcher, now))


def _notice(alarm: Alarm, code: str, watcher: str, now: datetime) -> Wish:
    """No name: who it was is on the page. Two reasons to look at one case are one notice, since both say the same."""
    return Wish(
        dedupe_key=f"alarm:{alarm.person_id}:{alarm.day.isoformat()}:{alarm.case_id}:{watcher}",
        recipient=watcher,
        template="dpo_alarm",
        due_at=now,
        params={"code": code, "date": alarm.day.isoformat()},
        delivery="alert",
        case_id=alarm.case_id,
    )


class Heads:
    """Writes how far the log has come where the log can't be changed: one line to the process's own log.

    Every hour and every thousand lines; whoever collects the process's log has the heads outside this machine.
    """

    def __init__(self) -> None:
        self._seq, self._at = -1, None

    _at: datetime | None

    def look(self, uow: UnitOfWork, now: datetime) -> tuple[Head, str] | None:
        """The head with its seal when it is time to tell it; else None."""
        head = uow.audit.head()
        moved = head.seq != self._seq
        if moved and (self._at is None or now >= self._at + HEAD_EVERY or head.seq >= self._seq + HEAD_LINES):
            return head, seal_of(uow.audit.keys().heads, head)
        return None

    def tell(self, found: tuple[Head, str] | None, now: datetime) -> None:
        """After the commit: a head that was taken back with its transaction would accuse a log that is whole."""
        if found is not None:
            head, seal = found
            log.info("audit head %d %s %s", head.seq, head.mac, seal)
            self._seq, self._at = head.seq, now


def unjudged_too_long(uow: UnitOfWork, now: datetime) -> int:
    """Emergency openings that nobody has judged in time: a warning where the operator looks."""
    return sum(overdue(one, now) for one in uow.emergencies.unjudged())
