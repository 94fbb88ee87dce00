"""The composition root: the only module that knows concrete classes and puts them together."""

from __future__ import annotations

import asyncio
import logging
import secrets
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import AbstractAsyncContextManager, asynccontextmanager, suppress
from contextvars import ContextVar
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from bot import demo
from bot.app.cases.oversight import Heads, unjudged_too_long, watch_over
from bot.app.chat.handle import App
from bot.app.chat.securepages import SecurePages
from bot.app.chores import Chore
from bot.app.entry.admission import accept
from bot.app.meetings import promised, weekly
from bot.app.meetings.leftbehind import look_for_holders
from bot.app.meetings.netviews import appointment_of
from bot.app.notices.gathering import Gatherer
from bot.app.plans.watch import look_for_keepers
from bot.app.turns.handbook import Handbook, handbook_of
from bot.app.turns.turn import World
from bot.footing import weaknesses
from bot.guard import GuardedStore, staff_all
from bot.ports import Store, UnitOfWork
from bot.runtime import RandomIds, SystemClock
from bot.settings import Settings
from bot.worker import Outfit, Road, Worker
from dialogs.access import SETUP, WORKER
from dialogs.content import Content, load_content
from dialogs.notices import Channel
from dialogs.people import School
from dialogs.reading.parts import Parts
from dialogs.retention import Deletion, keeping
from dialogs.workdays import Workdays
from storage.backups import ledger_file, write_ledger
from storage.footing import weak_points
from storage.keys import Kek, Keks, kek_from_file, kek_from_secret, new_key_file
from storage.schema import upgrade
from storage.store import open_store

if TYPE_CHECKING:
    from bot.identity.oidc import OidcConfig
    from bot.telegram_gateway import Gateway
    from bot.web.ports import WebSettings
    from bot.web.ports.entry import DemoPerson

log = logging.getLogger(__name__)

QUIET_SECONDS = 2.0  # after the start: by then the first page is out
SENDERS = 4  # sends at the same time: at 100 ms each they fill the 25 a second that a token may send
CALENDAR_YEARS = (-1, 3)  # a year back for what is shown, three ahead for follow-up dates

# Set by whoever runs many commands in one process: then the same text is made into content once.
kept_parts: ContextVar[Parts | None] = ContextVar("kept_parts", default=None)


class ContentBroken(Exception):  # noqa: N818 - told to the operator as a list, not as a crash
    """The content has errors: the lines name file, line and what to do."""

    def __init__(self, lines: list[str]) -> None:
        super().__init__("\n".join(lines))
        self.lines = lines


@dataclass(frozen=True)
class House:
    """Everything that a process may need; each command takes its part."""

    settings: Settings
    content: Content
    store: Store
    app: App
    clock: SystemClock
    ids: RandomIds
    workdays: Workdays
    handbook: Handbook
    practice: bool  # the demo: invented people, and nothing leaves the machine


def build(
    settings: Settings, *, practice: bool = False, migrate: bool = False, content: Content | None = None
) -> House:
    """Open the store, read the content and wire the use cases. Raises ContentBroken; storage's own errors pass.

    `content` is for whoever has read it already.
    """
    clock, ids = SystemClock(), RandomIds()
    # The database first, since reading the content takes longer: a wrong setting is told at once.
    keys = keys_for(settings, practice=practice)
    if migrate:
        prepare_database(settings.database_url, keys)
    raw = open_store(settings.database_url, clock.now, keys=keys)
    try:
        content = content or read_content(settings.content_overlay)
    except ContentBroken:
        raw.close()
        raise
    if practice and not content.local.intake_phone:
        content = replace(content, local=replace(content.local, intake_phone=demo.INTAKE_PHONE))
    year = clock.now().year
    years = range(year + CALENDAR_YEARS[0], year + CALENDAR_YEARS[1])
    workdays = content.local.workdays(settings.zone, years)
    raw.run(lambda unit: staff_all(unit, workdays, clock.now()))
    store = GuardedStore(raw, clock, workdays)
    handbook = handbook_of(content, workdays)
    world = World(content, ids, handbook, settings.public_url)
    app = App(store, world, clock)
    house = House(settings, content, store, app, clock, ids, workdays, handbook, practice)
    if practice:
        store.run(SETUP, lambda uow: demo.open_house(uow, world, clock.now()))
        store.run(
            WORKER, lambda uow: weekly.prepare_all(world, uow, clock.now())
        )  # also where no worker runs beside the pages
    for school in content.local.schools:
        store.run(SETUP, partial(_put_school, school))
    return house


def _put_school(school: School, uow: UnitOfWork) -> None:
    uow.people.put_school(school)


def read_content(overlay: Path | None) -> Content:
    """The content with the municipality's overlay; raise ContentBroken with every line that is wrong."""
    content, issues = load_content(overlay=overlay, parts=kept_parts.get())
    if content is None or issues:
        raise ContentBroken([str(issue) for issue in issues])
    return content


def keys_for(settings: Settings, *, practice: bool = False) -> list[Kek]:
    """The keys that may open the database: KEY_FILE alone, or a practice key beside the database, and SECRET_KEY.

    The demo makes its practice key itself, so that it needs no setting; every other command finds it there.
    """
    if settings.database_url == "memory:":
        return []
    if settings.key_file is not None:
        return [kek_from_file(settings.key_file)]
    beside = practice_key(settings.database_url)
    if practice and not beside.exists():
        new_key_file(beside)
    keys = [kek_from_file(beside)] if beside.exists() else []
    if settings.secret_key is not None:
        keys.append(kek_from_secret(settings.secret_key.get_secret_value()))
    return keys


def practice_key(url: str) -> Path:
    """Where the demo keeps its key: beside its database, since nothing in it needs to be kept from anybody."""
    path = url.removeprefix("sqlite:///")
    return Path("var/demo.key") if path == url else Path(f"{path}.key")


def prepare_database(url: str, keys: Keks, progress: Callable[[str], None] = lambda line: None) -> None:
    """Make the SQLite file's folder and bring the schema to head."""
    if url.startswith("sqlite:///"):
        Path(url.removeprefix("sqlite:///")).parent.mkdir(parents=True, exist_ok=True)
    if url != "memory:":
        upgrade(url, progress, keys=keys)


def build_worker(house: House) -> Worker:
    """The sender with the channels that the settings open; without any, notices wait in each person's web inbox."""
    from bot.delivery.budget import Budget
    from bot.delivery.policy import Policy

    messengers = _messengers(house)
    outfit = Outfit(
        store=house.store,
        messengers=messengers,
        texts=house.content.notices,
        rules=Policy(house.workdays, frozenset(messengers), on_call=house.workdays),
        pace=Budget(),
        clock=house.clock,
        ids=house.ids,
        roads=_roads(house.settings),
        senders=SENDERS,
        base_url=base_url(house.settings),
        chores=_chores(house),
        keep_ledger=_ledger_keeper(house.settings.database_url),
        kept=keeping(house.settings.retention),
        gatherer=Gatherer(house.workdays),
        appointment=partial(appointment_of, house.content.network, base_url=base_url(house.settings)),
    )
    return Worker(outfit)


def _chores(house: House) -> tuple[Chore[Any], ...]:
    heads, world = Heads(), house.app.world
    return (
        Chore("heads", heads.look, done=heads.tell),
        Chore("alarms", watch_over(house.settings.zone)),
        # Reading everybody costs: this is how soon a new colleague is at the table.
        Chore("weekly", partial(weekly.prepare_all, world), every=timedelta(minutes=10)),
        Chore("unsent", partial(weekly.remind_writers, world)),
        Chore("promised", partial(promised.tell_writers, world), every=timedelta(minutes=1)),
        Chore("holders", partial(look_for_holders, house.handbook), every=timedelta(hours=1)),
        Chore("keepers", partial(look_for_keepers, house.handbook), every=timedelta(hours=1)),
    )


def _ledger_keeper(url: str) -> Callable[[Sequence[Deletion]], None] | None:
    return None if url == "memory:" else partial(write_ledger, ledger_file(url))


def base_url(settings: Settings) -> str:
    """Where links in notices lead."""
    return settings.public_url or f"http://localhost:{settings.port}"


def _messengers(house: House) -> dict[Channel, Any]:
    settings, found = house.settings, dict[Channel, Any]()
    if house.practice:
        return found
    token = settings.telegram_bot_token
    if token is not None and settings.telegram_policy != "off":
        from bot.delivery.telegram import Telegram

        found["telegram"] = Telegram(token.get_secret_value(), settings.telegram_api_url, partial(_moved, house))
    if settings.smtp_url is not None:
        from bot.delivery.email import Email, parse_smtp_url

        found["email"] = Email(parse_smtp_url(settings.smtp_url.get_secret_value()), house.clock.now)
    return found


def _roads(settings: Settings) -> dict[Channel, Road]:
    """The pace that all processes with the same token share."""
    if settings.telegram_bot_token is None:
        return {}
    from bot.delivery.telegram import PER_SECOND, road_of

    name = road_of(settings.telegram_bot_token.get_secret_value())
    return {"telegram": Road(name, timedelta(seconds=1 / PER_SECOND))}


async def _moved(house: House, person_id: str, chat: int) -> None:
    """Store a person's new chat when Telegram says that it has another number."""

    def work(uow: UnitOfWork) -> None:
        person = uow.people.get(person_id)
        if person is not None:
            uow.people.save(replace(person, telegram_chat=chat))

    await house.store.submit(WORKER, work)


def build_gateway(house: House) -> Gateway:
    """Telegram's door; imports aiogram, which takes half a second and 50 MB."""
    from bot.telegram_gateway import Gateway

    house.content.guards.prepare()
    settings = house.settings
    token, secret = settings.telegram_bot_token, settings.telegram_webhook_secret
    if token is None:
        raise ValueError("a gateway needs a token")
    hook_secret = secret.get_secret_value() if secret else secrets.token_urlsafe(32)
    return Gateway(
        house.app, token.get_secret_value(), settings.telegram_api_url, hook_secret, settings.telegram_policy
    )


def build_web(house: House, *, worker: Worker | None = None, gateway: Gateway | None = None) -> Any:
    """The web as one ASGI application: pages, health, and Telegram's webhook when there is a gateway."""
    from bot.documents import Press
    from bot.identity.ways import build_ways
    from bot.web.app import create_app
    from bot.web.cases.desk import CaseDesk
    from bot.web.cases.ears import Ears
    from bot.web.cases.figuredesk import FigureDesk
    from bot.web.cases.watchdesk import WatchDesk
    from bot.web.entry.rolldesk import RollDesk
    from bot.web.entry.securedoor import SecureDoor
    from bot.web.entry.sessions import Sessions
    from bot.web.meetings.comingdesk import ComingDesk
    from bot.web.meetings.desk import MeetingDesk
    from bot.web.meetings.networkdesk import NetworkDesk
    from bot.web.noticeboard import NoticeBoard
    from bot.web.papers.desk import PaperDesk
    from bot.web.plans.desk import PlanDesk
    from bot.web.ports import Ports
    from bot.web.shelf import Shelf

    house.content.guards.prepare()
    settings, home = house.settings, base_url(house.settings)
    papers = PaperDesk(house.store, house.app.world, house.clock)
    ports = Ports(
        chat=house.app,
        doors=Sessions(house.store, house.clock, partial(_admit, house.ids), _demo_people(house)),
        ways=build_ways(
            house.store,
            house.clock,
            _page_key(house),
            home,
            house.ids,
            oidc=_oidc(settings),
            place=settings.municipality,
        ),
        team=CaseDesk(house.store, house.handbook, house.clock, Ears(house.content)),
        meetings=MeetingDesk(house.store, house.app.world, house.clock),
        reminders=ComingDesk(house.store, house.app.world, house.clock),
        papers=papers,
        plans=PlanDesk(house.store, house.app.world, house.clock),
        figures=FigureDesk(house.store, house.clock),
        networks=NetworkDesk(papers, home, _sender(settings)),
        press=Press(),
        library=Shelf(house.store, house.content, house.clock),
        oversight=WatchDesk(house.store, house.handbook, house.clock, house.ids, Ears(house.content)),
        roll=RollDesk(house.store, house.handbook, house.clock, house.ids),
        notices=NoticeBoard(house.store, house.content.notices, house.clock, settings.zone),
        health=Health(house, worker),
        clock=house.clock,
        secure=SecureDoor(SecurePages(house.app, _token(settings)), gateway.go_on if gateway else None),
        settings=_web_settings(house),
        words=house.content.pages,
    )
    web = create_app(ports, lifespan=_lifespan(house, worker, gateway))
    return web if gateway is None else WithWebhook(web, gateway)


def _demo_people(house: House) -> list[DemoPerson]:
    """Whom a visitor of the demo can be; nobody where people sign in."""
    from bot.web.ports.entry import DemoPerson

    schools, roles = {school.id: school.name for school in demo.SCHOOLS}, house.content.case_words.roles
    folk = demo.PEOPLE if house.practice else ()
    return [DemoPerson(p.id, p.name, demo.title(p, roles), demo.place(p, schools)) for p in folk]


def _web_settings(house: House) -> WebSettings:
    """What the pages know about the place that they run in."""
    from bot.web.ports import WebSettings

    settings = house.settings
    return WebSettings(
        secret=_page_key(house),
        zone=settings.zone,
        demo=house.practice,
        origin=base_url(settings),
        oidc_name=settings.oidc_name if _oidc(settings) else "",
        telegram=settings.telegram_bot_token is not None and settings.telegram_policy != "off",
        bot_name=settings.telegram_bot_name,
        proxies=frozenset(settings.trusted_proxy.split()),
        https=settings.public_url.startswith("https://"),
        municipality=demo.MUNICIPALITY if house.practice else settings.municipality,
        roles=house.content.case_words.roles,
        contact=settings.accessibility_contact,
        intake=house.content.local.intake,
        intake_phone=house.content.local.intake_phone,
    )


def _sender(settings: Settings) -> str:
    """Who invites people to meetings: the address that notices are mailed from, or one at this house."""
    if settings.smtp_url is None:
        return f"trivselsbot@{urlsplit(base_url(settings)).hostname}"
    from bot.delivery.email import parse_smtp_url

    return parse_smtp_url(settings.smtp_url.get_secret_value()).sender


def _oidc(settings: Settings) -> OidcConfig | None:
    """The municipality's own sign-in, when it is set up."""
    if not settings.oidc_issuer or settings.oidc_client_secret is None:
        return None
    from bot.identity.oidc import OidcConfig

    return OidcConfig(
        issuer=settings.oidc_issuer,
        client_id=settings.oidc_client_id,
        client_secret=settings.oidc_client_secret.get_secret_value(),
        redirect_uri=f"{base_url(settings)}/log-ind/svar",
        bind=settings.oidc_bind,
        two=frozenset(settings.oidc_two.split()),
        level_claim=settings.oidc_level_claim,
    )


def _token(settings: Settings) -> str | None:
    return settings.telegram_bot_token.get_secret_value() if settings.telegram_bot_token else None


def _page_key(house: House) -> bytes:
    """What the pages' forms are signed with. Without a setting a restart makes open pages old, except in the demo."""
    if house.settings.secret_key is not None:
        return house.settings.secret_key.get_secret_value().encode()
    # The tokens hang on each session's own random bits too, so an open key gives nobody another's session.
    return b"the demo has invented people and no secrets" if house.practice else secrets.token_bytes(32)


def _admit(ids: RandomIds, uow: UnitOfWork, code: str, now: datetime) -> str | None:
    person = accept(uow, ids, code, now)
    return person.id if person is not None and person.active else None


class Health:
    """What /readyz asks."""

    def __init__(self, house: House, worker: Worker | None) -> None:
        self.house, self.worker = house, worker

    async def ready(self) -> dict[str, bool]:
        """Every part that must work, by name."""
        parts = {"database": await asyncio.to_thread(self.house.store.healthy)}
        if self.worker is not None:
            parts["worker"] = self.worker.status()["trouble"] is None
        return parts

    async def warnings(self) -> Sequence[str]:
        """Emergency openings that nobody has judged within three days, and what is weak at the database's server."""
        settings, now = self.house.settings, self.house.clock.now
        late = await self.house.store.submit(WORKER, lambda uow: unjudged_too_long(uow, now()))
        weak = await asyncio.to_thread(weak_points, settings.database_url, now)
        return ([f"emergencies_unjudged:{late}"] if late else []) + weaknesses(weak, settings)


class WithWebhook:
    """Telegram's updates go straight to the gateway; everything else to the pages. A press should not pay for both."""

    def __init__(self, web: Any, gateway: Gateway) -> None:
        self.web, self.gateway = web, gateway

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        """One ASGI call."""
        if scope["type"] == "http" and scope["path"] == "/telegram/webhook":
            await self.gateway.webhook(scope, receive, send)
        else:
            await self.web(scope, receive, send)


def _lifespan(
    house: House, worker: Worker | None, gateway: Gateway | None
) -> Callable[[Any], AbstractAsyncContextManager[None]]:
    @asynccontextmanager
    async def live(_: Any) -> AsyncIterator[None]:
        sender = asyncio.create_task(worker.run()) if worker is not None else None
        introduced = asyncio.create_task(_introduce(house, gateway)) if gateway is not None else None
        counting = asyncio.create_task(_count_examples(house))
        try:
            yield
        finally:
            counting.cancel()
            if introduced is not None:
                introduced.cancel()
                with suppress(asyncio.CancelledError):
                    await introduced
            if gateway is not None:
                await gateway.close()
            if worker is not None and sender is not None:
                worker.stop()
                await sender
            house.store.close()

    return live


async def _count_examples(house: House) -> None:
    """Count the example sentences when the first pages are out, so that the first question need not wait for it."""
    await asyncio.sleep(QUIET_SECONDS)
    await asyncio.to_thread(house.content.count_examples)


async def _introduce(house: House, gateway: Gateway) -> None:
    """Register the webhook and the commands; Telegram being away must not keep the web from starting."""
    try:
        if house.settings.public_url and house.settings.telegram_policy != "off":
            await gateway.register(house.settings.public_url)
    except Exception as error:  # whatever it is, the web goes on and the operator is told by name
        log.error("the webhook is not registered: %s", type(error).__name__)
    try:
        await gateway.introduce()
    except Exception as error:
        log.error("the commands are not registered: %s", type(error).__name__)
