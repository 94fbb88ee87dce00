"""People who fill in forms through the webhook: as many as possible at once, or so many updates a second."""

from __future__ import annotations

import asyncio
import time
from collections import deque
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from urllib.parse import urlsplit

import orjson

from bench.script import Act, Press, Say, Script, Shown
from bench.sink import Message, Sink
from tests.botapi import updates
from tests.botapi.client import HttpClient
from tests.botapi.webhook import Target

PATIENCE = 30.0
BETWEEN_TRIES = 0.05
clock = time.perf_counter


@dataclass(slots=True)
class Tally:
    """What one phase of load saw; latencies in seconds, from when the update was due to its reply."""

    latencies: list[float] = field(default_factory=list[float])
    answered: int = 0  # those answered after the time was up as well
    lost: int = 0
    finished: int = 0  # forms sent, in a closed loop
    retried: int = 0
    late: int = 0  # updates that were due while every person still waited for a reply
    seconds: float = 0.0

    def quantile(self, share: float) -> float:
        """The latency in milliseconds that this share of the updates did not exceed; nan without any."""
        ordered = sorted(self.latencies)
        return ordered[min(int(share * len(ordered)), len(ordered) - 1)] * 1000 if ordered else float("nan")

    @property
    def rate(self) -> float:
        """Answered updates per second."""
        return len(self.latencies) / self.seconds if self.seconds else 0.0


class Walker:
    """One person: sends the next update of her script and waits for its reply."""

    __slots__ = ("_act", "_message", "_reply", "chat", "script", "user")

    def __init__(self, chat_id: int, script: Script) -> None:
        self.chat = updates.private_chat(chat_id)
        self.user = updates.user(chat_id)
        self.script = script
        self._act: Act = script.begin()
        self._message: Message | None = None
        self._reply: asyncio.Future[None] | None = None

    def show(self, message: Message) -> None:
        """The bot has sent or edited a message; the newest stands."""
        if self._reply is None or self._reply.done():
            return
        act = self.script.next(Shown.of(message))
        if act is not None:
            self._act, self._message = act, message
            self._reply.set_result(None)

    def expect(self) -> asyncio.Future[None]:
        """A future for the reply to the update that is about to be sent."""
        self._reply = asyncio.get_running_loop().create_future()
        return self._reply

    def give_up(self) -> None:
        """No reply came: begin a new form."""
        self._reply = None
        self._act = self.script.begin()

    def update(self, update_id: int) -> bytes:
        """The next update as JSON."""
        match self._act:
            case Say(text):
                body = updates.text_message(update_id, self.chat, self.user, text, date=int(time.time()))
                return orjson.dumps(updates.message(update_id, body))
            case Press(data):
                query = updates.callback_query(update_id, str(update_id), self.user, self._message, data)
                return orjson.dumps(query)


class Crowd:
    """All the people of a run, and the ways to let them loose on a bot."""

    def __init__(self) -> None:
        self._walkers: dict[int, Walker] = {}
        self._client: HttpClient | None = None
        self._path = ""
        self._headers = b""
        self._update_id = 1_000_000
        self.sink = Sink(self._on_message)

    def aim(self, target: Target) -> None:
        """Send to this webhook from now on, over as many connections as it asked Telegram for."""
        parts = urlsplit(target.url)
        self._client = HttpClient(parts.hostname or "", parts.port or 80, target.max_connections, PATIENCE)
        self._path = parts.path
        self._headers = b"x-telegram-bot-api-secret-token: %s\r\n" % target.secret.encode()

    def people(self, chat_ids: Iterable[int], script: Callable[[], Script]) -> list[Walker]:
        """Fresh people with these chats."""
        walkers = [Walker(chat_id, script()) for chat_id in chat_ids]
        self._walkers.update({int(walker.chat["id"]): walker for walker in walkers})
        return walkers

    def close(self) -> None:
        """Drop the connections."""
        if self._client is not None:
            self._client.close()

    async def closed_loop(self, people: list[Walker], seconds: float) -> Tally:
        """Everyone sends the next update when the reply has come, until the time is up."""
        tally = Tally()
        since = clock()
        until = since + seconds
        finished = sum(walker.script.finished for walker in people)

        async def walk(walker: Walker) -> None:
            while (due := clock()) < until:
                await self._step(walker, due, tally, until)

        await asyncio.gather(*(walk(walker) for walker in people))
        tally.seconds = seconds
        tally.finished = sum(walker.script.finished for walker in people) - finished
        return tally

    async def steps(self, people: list[Walker], count: int, at_once: int = 200) -> Tally:
        """Let everyone take `count` steps, at most `at_once` people at a time."""
        tally = Tally()
        since = clock()
        waiting = deque(people)

        async def walk_some() -> None:
            while waiting:
                walker = waiting.popleft()
                for _ in range(count):
                    await self._step(walker, clock(), tally)

        await asyncio.gather(*(walk_some() for _ in range(at_once)))
        tally.seconds = clock() - since
        return tally

    async def open_loop(self, people: list[Walker], per_second: float, seconds: float) -> Tally:
        """Send an update at each due time, whatever has been answered; latency counts from the due time."""
        tally = Tally()
        idle = deque(people)
        overdue: deque[float] = deque()
        tasks: set[asyncio.Task[None]] = set()

        async def walk(walker: Walker, due: float) -> None:
            await self._step(walker, due, tally)
            while overdue:
                await self._step(walker, overdue.popleft(), tally)
            idle.append(walker)

        start = clock() + 0.05
        for number in range(int(per_second * seconds)):
            due = start + number / per_second
            if (ahead := due - clock()) > 0:
                await asyncio.sleep(ahead)
            if idle:
                task = asyncio.create_task(walk(idle.popleft(), due))
                tasks.add(task)
                task.add_done_callback(tasks.discard)
            else:
                tally.late += 1
                overdue.append(due)
        while tasks:
            await asyncio.wait(set(tasks))
        tally.seconds = clock() - start
        return tally

    async def first_reply(self, walker: Walker, give_up: Callable[[], bool]) -> None:
        """Return when the bot has answered its first update; knock until it listens or `give_up` says so."""
        while not give_up():
            tally = Tally()
            await self._step(walker, clock(), tally, tries=1)
            if tally.latencies:
                return
            await asyncio.sleep(0.01)

    def _on_message(self, chat_id: int, message: Message) -> None:
        walker = self._walkers.get(chat_id)
        if walker is not None:
            walker.show(message)

    async def _step(
        self, walker: Walker, due: float, tally: Tally, until: float = float("inf"), tries: int = 5
    ) -> None:
        reply = walker.expect()
        self._update_id += 1
        body = walker.update(self._update_id)
        if not await self._post(body, tally, tries):
            walker.give_up()
            tally.lost += 1
            return
        if not reply.done():
            timer = asyncio.get_running_loop().call_later(PATIENCE, reply.cancel)
            try:
                await reply
            except asyncio.CancelledError:
                if not reply.cancelled():
                    raise
                walker.give_up()
                tally.lost += 1
                return
            finally:
                timer.cancel()
        now = clock()
        tally.answered += 1
        if now <= until:
            tally.latencies.append(now - due)

    async def _post(self, body: bytes, tally: Tally, tries: int) -> bool:
        """Deliver as Telegram does: again until a 2xx."""
        if self._client is None:
            raise RuntimeError("aim at a webhook first")
        for attempt in range(tries):
            try:
                answer = await self._client.post(self._path, body, self._headers)
            except OSError:
                answer = None
            if answer is not None and 200 <= answer.status < 300:
                self.sink.take_reply(answer)
                return True
            tally.retried += 1
            if attempt + 1 < tries:
                await asyncio.sleep(BETWEEN_TRIES)
        return False
