"""Running the operator's commands inside this process: no second Python has to start for one line and a code."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Mapping

import pytest

from bot.cli import main

Run = Callable[[str, Mapping[str, str]], tuple[int, list[str]]]
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
