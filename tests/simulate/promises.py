"""Four hundred days of promises on cases with a sender that is often away: every reminder that no meeting's hour makes.

Follow-ups of a case and of its plan, efforts over time, the baton, a keeper who is missing, consents that run out, and
what was agreed at meetings: made, moved, settled, handed on and asked for help with at random, by a seed. What went out
is held against a ledger that was kept aside.
"""

from __future__ import annotations

import asyncio
import random
from collections import Counter
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Final

from bot.delivery.budget import Budget
from bot.delivery.policy import Policy
from bot.worker import Outfit, Worker
from dialogs.notice_texts import NoticeText
from dialogs.notices import OutboxRow
from tests.clocks import HandClock
from tests.simulate.casework import Casework
from tests.simulate.kept import Key
from tests.simulate.letterbox import Post
from tests.simulate.oracle import UTC
from tests.simulate.people import Ids
from tests.simulate.year import BEGINS, CALENDAR, PATTERNS, _joined

ON_TIME: Final = timedelta(seconds=60)  # one message a second in a chat
KINDS: Final = frozenset({
    "followup_due", "followup_missed", "plan_followup", "plan_missed", "plan_effort", "keeper_asked", "keeper_needed",
    "consent_ends", "agreement_due", "agreement_late", "agreement_missed", "agreement_help",
    "agreement_given", "agreement_left",
})  # fmt: skip
REASONS: Final = ("Du får besked, fordi", "Du får den, fordi", "Du bliver spurgt, fordi", "så den ikke bliver glemt")


@dataclass
class Report:
    """What one run came to."""

    pattern: str
    days: int
    sent: int = 0
    expected: int = 0
    kinds: int = 0
    wrong: dict[str, int] = field(default_factory=dict[str, int])
    first: str = ""  # the first thing that is wrong, for whoever has to find out why

    @property
    def clean(self) -> bool:
        """Whether what was sent is what should have been."""
        return not any(self.wrong.values()) and self.sent == self.expected > 0

    def line(self) -> str:
        """The run in one line."""
        wrong = ", ".join(f"{name} {number}" for name, number in self.wrong.items())
        return (
            f"{self.pattern:<24} {self.sent:>5} sent == {self.expected:>5} expected, of {self.kinds} kinds; "
            f"{wrong}{f'; first {self.first}' if self.first else ''}"
        )


class Run:
    """One run over some days."""

    def __init__(self, pattern: str, days: int, seed: int) -> None:
        self.pattern, self.days, self.chance = pattern, days, random.Random(f"promises-{pattern}-{seed}")
        self.clock = HandClock(BEGINS.astimezone(UTC))
        self.end = self.clock.at + timedelta(days=days)
        self.downs = _joined(PATTERNS[pattern](self.chance, days))
        self.work = Casework(self.clock, self.chance, self.end.date())
        self.raw, world = self.work.raw, self.work.world
        self.post = Post(self.clock)
        self.worker = Worker(
            Outfit(
                store=self.work.store,
                messengers={"telegram": self.post},
                texts=world.content.notices,
                rules=Policy(world.handbook.workdays, frozenset({"telegram"})),
                pace=Budget(),
                clock=self.clock,
                ids=Ids(),
                base_url="https://trivsel.example.org",
            )
        )

    # --- the passing of time ---

    def go(self) -> Report:
        """All days; then what was sent is held against what should have been."""
        asyncio.run(self._go())
        return self._judge()

    async def _go(self) -> None:
        while self.clock.at < self.end:
            await self._work()
            if CALENDAR.is_open(self.clock.at, school=True) and self.clock.at.minute == 0 and not self._comes_back():
                self.clock.at = self.clock.at.replace(second=0, microsecond=0) + timedelta(
                    minutes=7
                )  # between two looks
                self.work.something_happens()
                await self._work()
            self.clock.at = self._next_look()

    async def _work(self) -> None:
        if self.up(self.clock.at) != self.clock.at:
            return
        await self.worker.drain()
        while (due := self.raw.run(lambda uow: uow.outbox.next_due())) is not None:
            if due > self.clock.at + timedelta(seconds=5):
                return
            self.clock.at = max(due, self.clock.at)  # one message a second in a chat
            await self.worker.drain()

    def _next_look(self) -> datetime:
        now = self.clock.at
        whole = datetime.fromtimestamp((now.timestamp() // 3600 + 1) * 3600, UTC)
        due = self.raw.run(lambda uow: uow.outbox.next_due())
        soon = [max(due, now + timedelta(seconds=1))] if due is not None and self.up(now) == now else []
        return min([whole, *soon, *(end for start, end in self.downs if start <= now < end)])

    def _comes_back(self) -> bool:
        """Whether a sender comes back in these minutes: it looks at once, and nothing may happen in its place."""
        return any(self.clock.at < end <= self.clock.at + timedelta(minutes=8) for _, end in self.downs)

    def up(self, at: datetime) -> datetime:
        """The first moment from then on when the sender is up."""
        return next((end for start, end in self.downs if start <= at < end), at)

    # --- what should have been ---

    def _judge(self) -> Report:
        last = self.end - timedelta(days=1)
        got = [one for one in self.post.got if one[1].wish.template in KINDS and one[0] < last]
        sent = {_key(row): at for at, row, _ in got}
        wanted = {key: at for key, at in self.work.ledger.expected(self.up).items() if at < last}
        report = Report(self.pattern, self.days, len(got), len(wanted), len({key[0] for key in sent}))
        missed, extra = sorted(wanted.keys() - sent.keys()), sorted(sent.keys() - wanted.keys())
        moved = sorted(key for key in sent.keys() & wanted.keys() if abs(sent[key] - wanted[key]) > ON_TIME)
        twice = sorted(key for key, times in Counter(_key(row) for _, row, _ in got).items() if times > 1)
        report.wrong = {
            "missed": len(missed),
            "too much": len(extra),
            "twice": len(got) - len(sent),
            "at another time": len(moved),
            "out of date": sum(row.wish.until is not None and at >= row.wish.until for at, row, _ in got),
            "on a closed day": sum(not CALENDAR.is_open(at) for at, _, _ in got),
            "without a reason": sum(not _says_why(row, notice) for _, row, notice in got),
        }
        report.first = next((f"{name} {' '.join(keys[0])}" for name, keys in (
            ("twice", twice), ("missed", missed), ("too much", extra), ("moved", moved)) if keys), "")  # fmt: skip
        return report


def _key(row: OutboxRow) -> Key:
    """What the row is about, as the ledger has it."""
    wish, parts = row.wish, row.wish.dedupe_key.split(":")
    about = wish.case_id or ""
    if wish.template.startswith("agreement_"):
        about = f"{wish.meeting_id}:{parts[2]}"
    elif wish.template in ("plan_effort", "keeper_asked"):  # which effort, or the how manieth time
        about = f"{about}:{parts[-2]}"
    elif wish.template == "consent_ends":
        about = f"{about}:{parts[2]}"
    return wish.template, wish.recipient, about, f"{wish.due_at.astimezone(UTC):%Y-%m-%dT%H:%M}"


def _says_why(row: OutboxRow, notice: NoticeText) -> bool:
    """Whether it says why it comes, what it is about, and asks for one thing."""
    why = any(reason in notice.text for reason in REASONS)
    return why and str(row.wish.params["code"]) in notice.text and bool(notice.act)
