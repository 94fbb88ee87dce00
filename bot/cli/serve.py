"""The commands that go on until they are stopped: demo, web, worker, telegram."""

from __future__ import annotations

import asyncio
import gc
import os
import signal
import socket
from collections.abc import Callable
from pathlib import Path
from typing import Annotated, Any, NoReturn

import typer

from bot.bootstrap import (
    ContentBroken,
    House,
    build,
    build_gateway,
    build_web,
    build_worker,
)
from bot.footing import told
from bot.ports import StorageBusy
from bot.settings import Needs, Settings, cautions, dangers, read_settings
from bot.worker import serve as run_alone
from storage.faults import SchemaMismatch
from storage.footing import weak_points
from storage.keys import KeyProblem

DEMO_DATABASE = "sqlite:///var/demo.db"


def open_house(settings: Settings, *, practice: bool = False, migrate: bool = False) -> House:
    """Build the house, or stop with one line that an operator can act on."""
    try:
        return build(settings, practice=practice, migrate=migrate)
    except ContentBroken as error:
        fail(error.lines, 1)
    except SchemaMismatch as error:
        fail([f"DATABASE_URL: {error}"], 2)
    except KeyProblem as error:
        fail([str(error)], 2)
    except (StorageBusy, OSError) as error:
        fail([f"DATABASE_URL: the database can't be opened ({type(error).__name__})"], 2)


def fail(lines: list[str], code: int) -> NoReturn:
    """Say each line on stderr and end with this code."""
    for line in lines:
        typer.echo(line, err=True)
    raise typer.Exit(code)


def demo(
    port: Annotated[int | None, typer.Option(help="Port to listen on; PORT or 8000 when left out.")] = None,
    fresh: Annotated[bool, typer.Option(help="Throw the demo's database away and begin again.")] = False,
) -> None:
    """Open the demo: a fictional municipality, web chat and worker in one process. No token, no server, no account."""
    settings = read_settings()
    overrides: dict[str, object] = {"telegram_bot_token": None, "smtp_url": None}
    if "database_url" not in settings.model_fields_set:
        overrides["database_url"] = DEMO_DATABASE
    if port is not None:
        overrides["port"] = port
    settings = settings.model_copy(update=overrides)
    if fresh:
        _forget(settings.database_url)
    _claim_port(settings)
    typer.echo("Trivselsbot: the demo opens …", err=True)
    house = open_house(settings, practice=True, migrate=True)
    typer.echo(f"Trivselsbot: http://localhost:{settings.port} (stop with Ctrl-C)", err=True)
    _serve(house.settings, build_web(house, worker=build_worker(house)))


def web() -> None:
    """Serve the web chat, the team's pages and, with a token, Telegram's webhook."""
    settings = _sound(Needs(secret_key=True, webhook=True, sign_in=True))
    _claim_port(settings)
    house = open_house(settings)
    _caution(settings, house)
    wants_telegram = settings.telegram_bot_token is not None
    gateway = build_gateway(house) if wants_telegram else None
    typer.echo(f"Trivselsbot: web on port {settings.port}", err=True)
    _serve(settings, build_web(house, gateway=gateway))


def worker() -> None:
    """Send what is due: notices, reminders, watchdogs. Run one on SQLite, any number on PostgreSQL."""
    settings = _sound()
    _must_be_mail_server(settings)
    house = open_house(settings)
    _caution(settings, house)
    if settings.telegram_bot_token is None and settings.smtp_url is None:
        typer.echo("Trivselsbot: neither TELEGRAM_BOT_TOKEN nor SMTP_URL is set; notices stay on the web", err=True)
    typer.echo("Trivselsbot: worker started", err=True)
    asyncio.run(_work(house))


def telegram() -> None:
    """Receive from Telegram by long polling, for a machine without a public address."""
    settings = _sound(Needs(token=True))
    if settings.telegram_policy == "off":
        fail(["TELEGRAM_POLICY: is off, so there is nothing to receive"], 2)
    house = open_house(settings)
    _caution(settings, house)
    typer.echo("Trivselsbot: polling Telegram", err=True)
    asyncio.run(_poll(house))


def _sound(needs: Needs | None = None) -> Settings:
    """The settings, or the end where one of them is missing, malformed or unsafe."""
    settings = read_settings(needs)
    if lines := dangers(settings, os.environ):
        fail(lines, 2)
    return settings


def _caution(settings: Settings, house: House) -> None:
    """What starts all the same, but would surprise whoever runs it; the end where the database forgets."""
    stops, notes = told(weak_points(settings.database_url, house.clock.now), settings)
    if stops:
        house.store.close()
        fail(stops, 2)
    lines = [*cautions(settings, os.environ), *notes]
    if not house.content.local.intake_phone:
        lines.append(
            "CONTENT_OVERLAY: gives no phone number for the municipality's intake; people are told to look it up"
        )
    for line in lines:
        typer.echo(f"note: {line}", err=True)


def _must_be_mail_server(settings: Settings) -> None:
    from bot.delivery.email import SmtpUrlError, parse_smtp_url

    try:
        if settings.smtp_url is not None:
            parse_smtp_url(settings.smtp_url.get_secret_value())
    except SmtpUrlError as error:
        fail([str(error)], 2)


async def _work(house: House) -> None:
    await run_alone(build_worker(house))
    house.store.close()


async def _poll(house: House) -> None:
    from bot.telegram_gateway import poll

    gateway = build_gateway(house)
    stop = asyncio.Event()
    _on_stop(stop.set)
    await gateway.introduce()
    await poll(gateway, stop)
    await gateway.close()
    house.store.close()


def _on_stop(call: Callable[[], None]) -> None:
    loop = asyncio.get_running_loop()
    for name in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(name, call)


def _serve(settings: Settings, app: Any) -> None:
    import uvicorn

    config = uvicorn.Config(
        app,
        host=settings.host,
        port=settings.port,
        log_level="warning",
        access_log=False,
        server_header=False,
        date_header=False,
        timeout_graceful_shutdown=10,
        lifespan="on",
        proxy_headers=False,  # PUBLIC_URL tells the scheme; the one address that is read asks TRUSTED_PROXY
    )
    server = uvicorn.Server(config)
    settle_memory()
    server.run()
    if not server.started:
        fail([f"PORT: could not listen on {settings.port}"], 2)


def settle_memory() -> None:
    """Content and libraries live as long as the process: take them out of the garbage collector's rounds.

    From here on it looks as often as Python's does (`bot/__main__.py` lets it rest until now).
    """
    gc.collect()
    gc.freeze()
    gc.set_threshold(700)


def _claim_port(settings: Settings) -> None:
    """Find out now, before anything slow, that the port is taken."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((settings.host, settings.port))
        except OSError:
            fail([f"PORT: {settings.port} is in use; set another"], 2)


def _forget(url: str) -> None:
    for suffix in ("", "-wal", "-shm", ".key"):
        Path(url.removeprefix("sqlite:///") + suffix).unlink(missing_ok=True)
