"""One planted mistake."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Fault:
    """Someone replaces `old` by `new` in `file`; `test` must fail. `old` stands there exactly once."""

    what: str
    file: str
    old: str
    new: str
    test: str
