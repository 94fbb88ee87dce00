"""Commands that are imported when they are asked for: an editor's `content` needs neither the database nor the web."""

from __future__ import annotations

from collections.abc import Mapping
from importlib import import_module
from typing import Any, Final

import typer
from typer.core import TyperGroup
from typer.main import get_command, get_group

COMMANDS: Final[Mapping[str, str]] = {
    "demo": "serve:demo",
    "web": "serve:web",
    "worker": "serve:worker",
    "telegram": "serve:telegram",
    "migrate": "admin:migrate",
    "invite": "admin:invite",
    "check": "admin:check",
    "retention": "keeping:retention",
    "inventory": "keeping:inventory",
    "digest": "figures:digest",
    "erase": "keeping:erase",
    "backup": "keeping:backup",
    "restore": "keeping:restore",
    "demo-people": "admin:demo_people",
    "people": "people:people",
    "outbox": "admin:outbox",
    "keys": "keeping:keys",
    "audit": "audit:audit",
    "subject-access": "access:access",
    "content": "content:app",
}
HIDDEN: Final = {"demo-people"}


class Lazily(TyperGroup):
    """The commands by name; the help of all of them is the only thing that imports all of them."""

    # The context's type is typer's own affair: it brings a copy of click with it.
    def list_commands(self, ctx: Any) -> list[str]:
        """In the order of `COMMANDS`."""
        return list(COMMANDS)

    def get_command(self, ctx: Any, cmd_name: str) -> Any:
        """Import one command; None when there is no such."""
        if cmd_name not in COMMANDS:
            return None
        module, _, attribute = COMMANDS[cmd_name].partition(":")
        found = getattr(import_module(f".{module}", __package__), attribute)
        if isinstance(found, typer.Typer):
            group = get_group(found)
            group.name = cmd_name
            return group
        alone = typer.Typer(add_completion=False)
        alone.command(cmd_name, hidden=cmd_name in HIDDEN)(found)
        return get_command(alone)
