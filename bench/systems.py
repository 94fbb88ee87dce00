"""The systems that are compared: how each is started, and how a person talks to it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

from bench import ours
from bench.script import PeerScript, Script

FIRST_CHAT = 500_000


@dataclass(frozen=True, slots=True)
class System:
    """One bot; `prepare(people, env)` returns the chat ids of people who may use it."""

    name: str
    arguments: tuple[str, ...]
    script: Callable[[], Script]
    environment: Callable[[Path], dict[str, str]]
    prepare: Callable[[int, Mapping[str, str]], list[int]]
    by_default: bool = True


def _nothing(_: Path) -> dict[str, str]:
    return {}


def _anyone(people: int, _: Mapping[str, str]) -> list[int]:
    return list(range(FIRST_CHAT, FIRST_CHAT + people))


SYSTEMS = (
    System("aiogram", ("-m", "bench.peers.aiogram_form"), PeerScript, _nothing, _anyone),
    System("aiogram-uv", ("-m", "bench.peers.aiogram_form", "uvloop"), PeerScript, _nothing, _anyone),
    System("ptb", ("-m", "bench.peers.ptb_form"), PeerScript, _nothing, _anyone),
    System("ours", ours.ARGUMENTS, ours.WorryScript, ours.environment, ours.prepare_ours),
    System("floor", ("-m", "bench.peers.floor"), PeerScript, _nothing, _anyone, by_default=False),
)
