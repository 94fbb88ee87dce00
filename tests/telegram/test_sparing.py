"""aiogram is imported without building what is never used, and all of it can be used none the less."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
MOST_MB = 120  # 185 where all types are built; 85 where they wait
_LOOK = """
import resource
from pathlib import Path
import bot.telegram_gateway
# What it has now: the peak of a process is at first that of whoever started it.
print("MB", int(Path("/proc/self/statm").read_text().split()[1]) * resource.getpagesize() // 2**20)
import aiogram.methods, aiogram.types
from pydantic import BaseModel
for room in (aiogram.types, aiogram.methods):
    for name in room.__all__:
        if isinstance(model := getattr(room, name), type) and issubclass(model, BaseModel):
            model.model_rebuild(raise_errors=False)
            print("whole" if model.__pydantic_complete__ else "lacking", name)
"""


@pytest.fixture(scope="module")
def seen() -> list[list[str]]:
    """What a fresh process says about its memory after the import, and about each type when it is built."""
    said = subprocess.run(
        [sys.executable, "-c", _LOOK], cwd=ROOT, env=os.environ, capture_output=True, text=True, check=True
    )
    return [line.split() for line in said.stdout.splitlines()]


@pytest.mark.process
def test_the_door_to_telegram_costs_the_memory_of_what_is_used(seen: list[list[str]]) -> None:
    (megabytes,) = [int(line[1]) for line in seen if line[0] == "MB"]
    assert megabytes < MOST_MB


@pytest.mark.process
def test_every_type_and_every_call_can_still_be_built(seen: list[list[str]]) -> None:
    built = [line[1] for line in seen if line[0] == "whole"]
    assert [line[1] for line in seen if line[0] == "lacking"] == []
    assert len(built) > 500
    assert {"Update", "Message", "SendMessage", "SetMyCommands"} <= set(built)
