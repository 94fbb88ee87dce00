"""Asking the editors' commands, inside this process or as one of their own."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

from typer.testing import CliRunner, Result

from bot.cli.content import app

ROOT = Path(__file__).parents[2]
EXAMPLE = ROOT / "docs" / "eksempler" / "overlay"
CORPORA = ROOT / "tests" / "content"


def run(*args: str, said: str = "") -> Result:
    return CliRunner().invoke(app, list(args), input=said)


def answer(*args: str) -> dict[str, Any]:
    result = run(*args, "--json")
    assert result.exit_code == 0, result.output
    found = json.loads(result.stdout)
    assert isinstance(found, dict)
    return found


def lines(*args: str, said: str) -> list[dict[str, Any]]:
    result = run(*args, said=said)
    assert result.exit_code == 0, result.output
    return [json.loads(line) for line in result.stdout.splitlines()]


def process(*args: str, said: str = "") -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "bot", "content", *args]
    return subprocess.run(command, cwd=ROOT, input=said, capture_output=True, text=True, check=False, timeout=120)
