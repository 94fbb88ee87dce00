"""The command line. Every mistake of an operator's is one line that names the setting, and exit code 2."""

from __future__ import annotations

import logging
import sys
import time

import typer

from bot.cli.lazily import Lazily
from bot.settings import SettingsError

app = typer.Typer(
    name="bot",
    cls=Lazily,
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)


@app.callback()
def bot() -> None:
    """Trivselsbot: from a worry about a child to the right people. Try `python -m bot demo`."""


def log_lines() -> logging.Formatter:
    """How a line is told: the time in UTC, a level, a module and a code, so that logs can be laid together."""
    lines = logging.Formatter("%(asctime)s %(levelname)s %(name)s %(message)s", "%Y-%m-%dT%H:%M:%SZ")
    lines.converter = time.gmtime
    return lines


def main() -> None:
    """Run one command; tell an operator's mistake in one line each."""
    told = logging.StreamHandler(sys.stderr)
    told.setFormatter(log_lines())
    logging.basicConfig(level=logging.INFO, handlers=[told])
    for name in ("alembic", "httpx", "httpcore", "telegram", "aiogram", "aiohttp.access"):
        logging.getLogger(name).setLevel(logging.WARNING)
    try:
        app()
    except SettingsError as error:
        _stop(error.lines, 2)


def _stop(lines: list[str], code: int) -> None:
    for line in lines:
        typer.echo(line, err=True)
    sys.exit(code)
