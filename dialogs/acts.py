"""The code behind a button: what it does, to which draft, at which revision. At most 64 bytes, no answers inside.

A press carries the draft's revision, so a doubled or an old press is seen at once; ids only, never a text.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal, assert_never, get_args

MAX_BYTES = 64  # Telegram's callback_data

DraftVerb = Literal[
    "answer", "mark", "clear", "done", "skip", "unknown", "keep", "edit", "back", "help", "fill", "send", "save",
    "leave",
]  # fmt: skip
GoVerb = Literal[
    "menu", "new", "drafts", "resume", "discard", "discard_yes", "cases", "case", "thread", "add", "light", "help",
    "acute", "card", "alert", "stop", "tell", "worry_from", "guide", "meant", "secure", "link",
    "back", "who", "area", "prof", "crew", "forum",
    "know", "share", "basis", "duty",
    "report", "consent", "exchange", "network", "prepare", "sparring",
    "meetings", "meeting", "told", "absent", "send", "call", "called", "plans", "plan", "score",
]  # fmt: skip
_SHORT: dict[DraftVerb, str] = {
    "answer": "a", "mark": "m", "clear": "c", "done": "d", "skip": "s", "unknown": "u", "keep": "k", "edit": "e",
    "back": "b", "help": "h", "fill": "f", "send": "x", "save": "g", "leave": "l",
}  # fmt: skip
_LONG: dict[str, DraftVerb] = {short: verb for verb, short in _SHORT.items()}
_DIGITS = "0123456789abcdefghijklmnopqrstuvwxyz"
_WORD = re.compile(r"[A-Za-z0-9_-]{0,24}\Z")


@dataclass(frozen=True)
class DraftAct:
    """A press about a draft; `revision` is the one that the button was drawn for."""

    verb: DraftVerb
    draft: str
    revision: int
    question: str = ""
    option: str = ""


@dataclass(frozen=True)
class Go:
    """A press about where to go, with at most one id or enumerated word."""

    verb: GoVerb
    arg: str = ""


Act = DraftAct | Go


def encode(act: Act) -> str:
    """The button's code; raise ValueError when an id is longer than the content rules allow."""
    match act:
        case DraftAct():
            code = ":".join((_SHORT[act.verb], act.draft, _base36(act.revision), act.question, act.option)).rstrip(":")
        case Go():
            code = f"go:{act.verb}:{act.arg}".rstrip(":")
        case _:
            assert_never(act)
    if len(code.encode()) > MAX_BYTES:
        raise ValueError("the button code is longer than 64 bytes")
    return code


def decode(code: str) -> Act | None:
    """The act behind a code, or None for anything that we never wrote."""
    parts = code.split(":")
    if len(code) > MAX_BYTES or not all(_WORD.match(part) for part in parts):
        return None
    if parts[0] == "go" and 2 <= len(parts) <= 3:
        verb = next((v for v in get_args(GoVerb) if v == parts[1]), None)
        return Go(verb, parts[2] if len(parts) == 3 else "") if verb else None
    if parts[0] in _LONG and 3 <= len(parts) <= 5:
        revision = _from_base36(parts[2])
        padded = [*parts, "", ""]
        return None if revision is None else DraftAct(_LONG[parts[0]], parts[1], revision, padded[3], padded[4])
    return None


def _base36(number: int) -> str:
    digits = ""
    while True:
        number, rest = divmod(number, 36)
        digits = _DIGITS[rest] + digits
        if number == 0:
            return digits


def _from_base36(text: str) -> int | None:
    if not text or len(text) > 6 or any(c not in _DIGITS for c in text):
        return None
    return int(text, 36)
