"""Which part of the program a turn's CPU is spent in, from a profiler's times. The profiler costs more than the turn
itself, so only the shares mean anything."""

from __future__ import annotations

import cProfile
import pstats
from collections import Counter

# By what stands in a function's file, or in the name of a built-in one; the first that fits.
AREAS = (
    ("SQLite itself", ("'sqlite3.",)),
    ("SQLAlchemy, where a statement is rare", ("sqlalchemy",)),
    ("sealing, opening and JSON", ("storage/vault", "storage/keyring", "AESGCM", "orjson", "urandom", "Cipher")),
    ("rows and statements", ("storage/",)),
    ("who may, and the log", ("bot/guard", "dialogs/access", "dialogs/audit", "_hashlib", "hmac")),
    (
        "hearing danger, names and professions",
        ("dialogs/guards", "dialogs/danish", "dialogs/guides/lookup", "re.Pattern", "re.Match"),
    ),
    (
        "walking the form",
        ("dialogs/position", "dialogs/compiled", "dialogs/facts", "dialogs/fitting", "dialogs/values"),
    ),
    ("rules, words and cards", ("dialogs/",)),
    ("use cases", ("bot/app",)),
)
REST = "Python's own functions, called by all of these"


def shares(profiler: cProfile.Profile) -> list[tuple[str, float]]:
    """Each part with its share of the whole, the largest first."""
    spent = Counter[str]()
    for (file, _, name), (_, _, own, _, _) in pstats.Stats(profiler).stats.items():  # type: ignore[attr-defined]
        spent[_area(f"{file} {name}")] += own
    whole = sum(spent.values()) or 1.0
    return [(area, seconds / whole) for area, seconds in spent.most_common()]


def _area(place: str) -> str:
    return next((area for area, marks in AREAS if any(mark in place for mark in marks)), REST)
