"""Deliver updates as the real server does: per lane one in flight, again until a 2xx or the end of its life."""

from __future__ import annotations

import asyncio
import random
import re
from collections import defaultdict, deque
from collections.abc import Callable
from dataclasses import dataclass
from urllib.parse import urlsplit

import orjson

from tests.botapi import params as p
from tests.botapi.client import ClientAnswer, HttpClient
from tests.botapi.errors import bad_request
from tests.botapi.params import Params
from tests.botapi.queue import Lane, Queue, Waiting

LONGEST_PAUSE = 60.0
LONGEST_RETRY_AFTER = 3600.0
_SECRET = re.compile(r"[A-Za-z0-9_-]{1,256}")
CarryOut = Callable[[ClientAnswer], None]


@dataclass(frozen=True, slots=True)
class Target:
    """Where updates go, as `setWebhook` gave it."""

    url: str
    secret: str = ""
    max_connections: int = 40

    @staticmethod
    def read(params: Params) -> Target:
        """Check the parameters of setWebhook; plain http is taken, as a local Bot API server does."""
        url = p.text(params, "url")
        parts = urlsplit(url)
        if parts.scheme not in {"http", "https"} or not parts.hostname:
            raise bad_request("bad webhook: An HTTPS URL must be provided for webhook")
        secret = p.text(params, "secret_token")
        if secret and not _SECRET.fullmatch(secret):
            raise bad_request("secret token contains unallowed characters")
        connections = p.integer(params, "max_connections", 40)
        return Target(url, secret, min(max(connections, 1), 100))


@dataclass(slots=True)
class Tuning:
    """How deliveries differ from the real server's, chosen by the test.

    `pace` scales the back-off (1.0 is real time). Each update is delivered `copies[0]` to `copies[1]` times;
    with `overlapping` its copies are under way at the same time. With `shuffled` the chats take turns at random.
    """

    pace: float = 0.005
    timeout: float = 20.0
    copies: tuple[int, int] = (1, 1)
    overlapping: bool = False
    shuffled: bool = False


class Pump:
    """Moves updates from the queue to one webhook address."""

    def __init__(self, target: Target, queue: Queue, tuning: Tuning, dice: random.Random, carry_out: CarryOut):
        parts = urlsplit(target.url)
        self.target = target
        self.last_error = ""
        self._path = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
        self._client = HttpClient(
            parts.hostname or "", parts.port or 80, target.max_connections * 3, timeout=tuning.timeout
        )
        self._headers = (
            f"x-telegram-bot-api-secret-token: {target.secret}\r\n".encode("ascii") if target.secret else b""
        )
        self._queue = queue
        self._tuning = tuning
        self._dice = dice
        self._carry_out = carry_out
        self._lanes: defaultdict[Lane, deque[Waiting]] = defaultdict(deque)
        self._ready: deque[Lane] = deque()
        self._in_flight: dict[Lane, asyncio.Task[None]] = {}
        self._timers: set[asyncio.TimerHandle] = set()
        self._closed = False

    def add(self, item: Waiting) -> None:
        """Put an update behind the others of its lane."""
        lane = self._lanes[item.lane]
        lane.append(item)
        if len(lane) == 1:
            self._ready.append(item.lane)
            self._turn()

    def close(self) -> None:
        """Stop delivering; what is not acknowledged stays in the queue."""
        self._closed = True
        for timer in self._timers:
            timer.cancel()
        for task in list(self._in_flight.values()):
            task.cancel()
        self._client.close()

    def _turn(self) -> None:
        while self._ready and not self._closed and len(self._in_flight) < self.target.max_connections:
            if self._tuning.shuffled:
                self._ready.rotate(self._dice.randrange(len(self._ready)))
            lane = self._ready.popleft()
            self._in_flight[lane] = asyncio.get_running_loop().create_task(self._deliver_head(lane))

    async def _deliver_head(self, lane: Lane) -> None:
        item = self._lanes[lane][0]
        try:
            pause = await self._deliver(item)
        finally:
            self._in_flight.pop(lane, None)
        if pause is None:
            self._queue.remove(item.id)
            self._lanes[lane].popleft()
            if not self._lanes[lane]:
                del self._lanes[lane]
                self._turn()
                return
            pause = 0.0
        self._later(lane, pause)

    async def _deliver(self, item: Waiting) -> float | None:
        """Send once; None when the update is done with, else the seconds until the next try."""
        if self._queue.expired(item):
            return None
        body = orjson.dumps(item.update)
        together = item.copies if self._tuning.overlapping else 1
        results = await asyncio.gather(*(self._post(body) for _ in range(together)))
        accepted = [answer for answer in results if answer is not None and 200 <= answer.status < 300]
        for answer in accepted:
            self._carry_out(answer)
        item.copies -= len(accepted)
        if item.copies <= 0:
            return None
        if len(accepted) == together:
            return 0.0
        item.failures += 1
        return self._tuning.pace * _pause(item.failures, results)

    async def _post(self, body: bytes) -> ClientAnswer | None:
        try:
            answer = await self._client.post(self._path, body, self._headers)
        except OSError as error:
            self.last_error = f"Connection failed: {type(error).__name__}"
            return None
        if not 200 <= answer.status < 300:
            self.last_error = f"Wrong response from the webhook: {answer.status}"
        return answer

    def _later(self, lane: Lane, pause: float) -> None:
        if pause <= 0:
            self._ready.append(lane)
            self._turn()
            return

        def ready() -> None:
            self._timers.discard(timer)
            self._ready.append(lane)
            self._turn()

        timer = asyncio.get_running_loop().call_later(pause, ready)
        self._timers.add(timer)


def _pause(failures: int, results: list[ClientAnswer | None]) -> float:
    """Seconds before the next try: at once, then 2, 4, 8 … 60, or what Retry-After asks for."""
    asked = [answer.headers.get(b"retry-after", b"") for answer in results if answer is not None]
    seconds = [int(value) for value in asked if value.isdigit()]
    if seconds:
        return min(float(max(seconds)), LONGEST_RETRY_AFTER)
    return 0.0 if failures == 1 else min(2.0 ** (failures - 1), LONGEST_PAUSE)
