"""Telegram's proof of who opened a Mini App, checked to the letter.

Our own reading, since the libraries' accept old and repeated strings (ADR 40): every key once, strict percent
encoding, the HMAC of core.telegram.org/bots/webapps, at most five minutes old. One use is for the caller to see to.
"""

from __future__ import annotations

import hashlib
import hmac
import json
import re
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final
from urllib.parse import unquote_to_bytes

MAX_AGE, MAX_AHEAD = 300, 30  # seconds: the page is opened at once
MAX_LENGTH: Final = 4_096
MAX_ID: Final = 2**52
_PAIR = re.compile(r"([A-Za-z_]{1,32})=([A-Za-z0-9%_.~!*'()+:,/@;$-]*)")
_ESCAPES = re.compile(r"%(?![0-9A-Fa-f]{2})")
_HASH = re.compile(r"[0-9a-f]{64}")
_WHEN = re.compile(r"[1-9][0-9]{0,11}")


@dataclass(frozen=True)
class Opened:
    """Who opened the Mini App; `mark` names this one string, so that it can be used up."""

    user_id: int
    mark: str


def check(raw: str, token: str, now: datetime) -> Opened | None:
    """Who this string is from, or None for anything that is not Telegram's own, fresh and whole."""
    fields = _fields(raw)
    if fields is None:
        return None
    given = fields.pop("hash", "")
    if not _HASH.fullmatch(given):
        return None
    secret = hmac.new(b"WebAppData", token.encode(), hashlib.sha256).digest()
    lines = "\n".join(f"{name}={fields[name]}" for name in sorted(fields))
    if not hmac.compare_digest(hmac.new(secret, lines.encode(), hashlib.sha256).hexdigest(), given):
        return None
    when, user_id = fields.get("auth_date", ""), _user(fields.get("user", ""))
    if user_id is None or not _WHEN.fullmatch(when) or not -MAX_AHEAD <= now.timestamp() - int(when) <= MAX_AGE:
        return None
    return Opened(user_id, hashlib.sha256(given.encode()).hexdigest())


def _fields(raw: str) -> dict[str, str] | None:
    """Every field once, decoded; None when a key comes twice or anything is not as Telegram writes it."""
    if not raw or len(raw) > MAX_LENGTH:
        return None
    fields: dict[str, str] = {}
    for part in raw.split("&"):
        pair = _PAIR.fullmatch(part)
        if pair is None or pair[1] in fields or _ESCAPES.search(pair[2]):
            return None
        try:
            fields[pair[1]] = unquote_to_bytes(pair[2].replace("+", " ")).decode("utf-8")
        except UnicodeDecodeError:
            return None
    return fields


def _user(text: str) -> int | None:
    """The id in the user's JSON, which must be one object with every key once."""
    try:
        user = json.loads(text, object_pairs_hook=_once)
    except (ValueError, RecursionError):
        return None
    found = user.get("id") if isinstance(user, dict) else None
    return found if type(found) is int and 0 < found < MAX_ID else None


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) != len(pairs):
        raise ValueError("a key comes twice")
    return found
