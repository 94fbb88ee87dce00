"""A small town where people sign in for real: a store, a clock that tests move, and browsers without a screen."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from functools import partial
from typing import Any

import pyotp
from argon2 import PasswordHasher

from bot import demo
from bot.app.entry.admission import accept, invite
from bot.guard import GuardedStore
from bot.identity.oidc import OidcConfig
from bot.identity.passphrase import Passphrases
from bot.identity.sessions import hashed
from bot.identity.ways import build_ways
from bot.ports import UnitOfWork, WebSession
from bot.runtime import RandomIds
from bot.web.entry.sessions import Sessions
from bot.web.ports import Ports
from dialogs.access import OPERATOR, SETUP
from storage.memory import MemoryStore
from tests.clocks import HandClock
from tests.core.case_kit import WORDS, WORKDAYS
from tests.identity.authenticator import SoftKey
from tests.web.preview import scripted
from tests.web.visitor import Page, Visitor

START = datetime(2026, 11, 23, 8, 0, tzinfo=UTC)
ORIGIN, RP = "http://localhost:8000", "localhost"
MAJA, JONAS = "laerke-laerer", "laerke-paedagog"
PHRASE = "gul cykel under kastanjen"
SECRET = b"a secret of the tests, long enough"


def quick() -> Passphrases:
    """The same algorithm with little work, for tests that are not about its cost."""
    return Passphrases(PasswordHasher(time_cost=1, memory_cost=8, parallelism=1))


@dataclass
class Town:
    """The demo's people in a store, and every way in."""

    clock: HandClock = field(default_factory=lambda: HandClock(START))
    store: MemoryStore = field(init=False)
    ports: Ports = field(init=False)

    def __post_init__(self) -> None:
        self.store = MemoryStore(self.clock.now)
        guarded = GuardedStore(self.store, self.clock, WORKDAYS)
        guarded.run(SETUP, lambda uow: demo.seed(uow, self.clock.now(), WORDS))
        self.ways = build_ways(
            guarded, self.clock, SECRET, ORIGIN, RandomIds(), passphrases=quick(), place="Solbæk Kommune"
        )
        doors = Sessions(guarded, self.clock, self._admit)
        base = scripted(demo=False)
        self.ports = replace(base, doors=doors, ways=self.ways, clock=self.clock)

    def with_oidc(self, config: OidcConfig) -> None:
        """Put a provider beside the other ways in."""
        self.ways = build_ways(
            GuardedStore(self.store, self.clock, WORKDAYS),
            self.clock,
            SECRET,
            ORIGIN,
            RandomIds(),
            passphrases=quick(),
            oidc=config,
        )
        settings = replace(self.ports.settings, oidc_name="kommunens login", telegram=True)
        self.ports = replace(self.ports, ways=self.ways, settings=settings)

    @staticmethod
    def _admit(uow: UnitOfWork, code: str, now: datetime) -> str | None:
        person = accept(uow, RandomIds(), code, now)
        return person.id if person is not None and person.active else None

    def browser(self) -> Guest:
        return Guest(self.ports)

    def code_for(self, person_id: str = MAJA) -> str:
        """A fresh invitation for somebody who is known."""
        now = self.clock.now()
        return self.store.run(lambda uow: invite(uow, RandomIds(), "teacher", demo.LAERKE, now, person_id))

    async def invited(self, person_id: str = MAJA) -> Guest:
        """A browser that has just come in by an invitation."""
        guest = self.browser()
        await guest.post("/ind", code=self.code_for(person_id))
        return guest

    async def with_app(self, person_id: str = MAJA, name: str = "maja") -> tuple[Guest, str]:
        """Somebody who has a passphrase and an app; the app's seed. The browser is signed in with both."""
        guest = await self.invited(person_id)
        await guest.post("/min-adgang/saetning", name=name, phrase=PHRASE, again=PHRASE)
        setup = await self.ways.phrases.begin_code(guest.token)
        seed = setup.seed  # type: ignore[union-attr]
        await guest.post("/min-adgang/app", code=self.digits(seed))
        self.clock.move(seconds=60)
        return guest, seed

    async def with_key(self, person_id: str = MAJA) -> tuple[Guest, SoftKey]:
        """Somebody who has a passkey; the browser is signed in with it."""
        guest, key = await self.invited(person_id), SoftKey(ORIGIN, RP)
        options = (await guest.json("/min-adgang/noegle/valg"))[1]
        await guest.post("/min-adgang/noegle", answer=key.make(options))
        return guest, key

    def digits(self, seed: str, steps: int = 0) -> str:
        """What the app shows now, or so many steps from now."""
        return pyotp.TOTP(seed).at(self.clock.now() + timedelta(seconds=30 * steps))

    def session(self, guest: Guest) -> WebSession | None:
        """The stored session of this browser."""
        return self.store.run(lambda uow: uow.doors.session(hashed(guest.token)))

    def do(self, work: Any, *values: Any) -> Any:
        """Run something in one transaction."""
        return self.store.run(partial(_with, work, values))

    def keep(self, work: Any) -> Any:
        """The same in the hands of whoever keeps the machine."""
        guarded = GuardedStore(self.store, self.clock, WORKDAYS)
        return guarded.run(OPERATOR, work)


def _with(work: Any, values: tuple[Any, ...], uow: UnitOfWork) -> Any:
    return work(uow, *values)


class Guest(Visitor):
    """A browser in the town."""

    @property
    def token(self) -> str:
        return self.client.cookies.get("trivselsbot") or ""

    async def json(self, path: str, **data: str) -> tuple[int, Any]:
        """Ask as the page's own script does."""
        csrf = self.own.get("csrf", "")
        response = await self.client.post(path, data={"csrf": csrf, **data})
        return response.status_code, response.json()

    async def log_in(self, name: str = "maja", phrase: str = PHRASE, **more: str) -> Page:
        return await self.post("/log-ind", name=name, phrase=phrase, **more)

    async def key_in(self, key: SoftKey, **more: str) -> Page:
        """Sign in, or prove more, with a passkey."""
        options = (await self.json("/log-ind/noegle/valg"))[1]
        return await self.post("/log-ind/noegle", answer=key.use(options), **more)

    async def get(self, path: str) -> Page:
        return await self._follow(await self.client.get(path))

    async def post(self, path: str, *, bare: bool = False, headers: Any = None, **fields: Any) -> Page:
        hidden = {} if bare or self.page is None else self.page.hidden
        own = {name: hidden[name] for name in ("csrf", "key", "shown") if name in hidden}
        return await self._follow(await self.client.post(path, data={**own, **fields}, headers=headers))

    async def _follow(self, response: Any) -> Page:
        for _ in range(5):
            if response.status_code != 303:
                break
            response = await self.client.get(response.headers["location"])
        self.where = str(response.url.raw_path, "ascii") if isinstance(response.url.raw_path, bytes) else ""
        return self._seen(response)
