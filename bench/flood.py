"""T27: one person floods the bot while fifty work; how long the fifty wait, beside how long they wait without."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from bench.forms import first_reply, started
from bench.load import Tally
from bench.process import Cores
from bench.systems import System

WORKERS: Final = 50
WORK, FLOOD = 50, 100  # updates a second, of the fifty together and of the one
TIMES: Final = 2.0  # T27: others' p95 stays below so many times what it was
LEAST_MS: Final = 5.0  # below this the two can't be told apart on a shared machine


@dataclass(frozen=True, slots=True)
class Flooded:
    """The p95 of fifty people in ms, without and with somebody who floods, and what that one got."""

    alone: float
    beside: float
    lost: int
    answered: int

    @property
    def times(self) -> float:
        """How many times as long the fifty wait."""
        return max(self.beside, LEAST_MS) / max(self.alone, LEAST_MS)

    @property
    def holds(self) -> bool:
        """Whether the fifty lost nothing and waited less than twice as long."""
        return not self.lost and self.times < TIMES

    def lines(self) -> list[str]:
        """For a person to read."""
        return [
            f"p95 of {WORKERS} people at {WORK} updates a second: {self.alone:.1f} ms",
            f"beside one who sends {FLOOD} a second: {self.beside:.1f} ms, {self.times:.2f} times (target < {TIMES})",
            f"of the fifty lost: {self.lost}; the one was answered {self.answered} times",
        ]


async def measure(system: System, cores: Cores, directory: Path, seconds: float) -> Flooded:
    """Both, one after the other, in one process. Raises RuntimeError when the bot does not serve."""
    async with started(system, WORKERS + 1, cores, directory) as bench:
        people = bench.crowd.people(bench.chats, system.script)
        await first_reply(bench, people[0])
        fifty, one = people[:WORKERS], people[WORKERS:]
        await bench.crowd.open_loop(fifty, WORK, 2.0)
        alone = await bench.crowd.open_loop(fifty, WORK, seconds)
        beside, flood = await asyncio.gather(
            bench.crowd.open_loop(fifty, WORK, seconds), bench.crowd.open_loop(one, FLOOD, seconds)
        )
        return _judged(alone, beside, flood)


def _judged(alone: Tally, beside: Tally, flood: Tally) -> Flooded:
    return Flooded(alone.quantile(0.95), beside.quantile(0.95), alone.lost + beside.lost, flood.answered)
