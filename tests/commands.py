"""The operator's commands: which there are, and running one inside this process, with no second Python to start."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Mapping
from typing import Any

import pytest
import typer
from typer.core import TyperGroup

from bot.cli import app, main

Run = Callable[[str, Mapping[str, str]], tuple[int, list[str]]]
ROOT_COMMAND = typer.main.get_group(app)
FOREIGN = ("PATH", "HOME", "LANG", "PYTEST_")  # what stays of the machine's own variables


@pytest.fixture
def run(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Run:
    """Runs a command that ends by itself; its exit code and what it said on stderr, line by line.

    The settings are those given and no others.
    """

    def command(name: str, env: Mapping[str, str]) -> tuple[int, list[str]]:
        for key in [key for key in os.environ if not key.startswith(FOREIGN)]:
            monkeypatch.delenv(key)
        for key, value in env.items():
            monkeypatch.setenv(key, value)
        monkeypatch.setattr(sys, "argv", ["bot", name])
        with pytest.raises(SystemExit) as ended:
            main()
        code = ended.value.code
        return code if isinstance(code, int) else 0, [line for line in capsys.readouterr().err.splitlines() if line]

    return command


def parts_of(group: TyperGroup) -> dict[str, Any]:
    """The commands in a group by name, each imported."""
    about: Any = None  # no command line stands behind it
    return {name: group.get_command(about, name) for name in group.list_commands(about)}
