"""What an authority may tell whoever reported (barnets lov § 138): closed sentences, chosen by ticks.

Whether something was started may be told; type and length only where it matters for the reporter's own support of
the child; nothing more than the receipt where there are special circumstances. There is no field for own words.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, Literal, get_args

from dialogs.types import Problem

Started = Literal["mapping", "investigation", "support", "nothing"]
Kind = Literal["advice", "family", "contact", "relief", "group", "other_home"]
Length = Literal["short", "middle", "long", "open"]
STARTED: Final[tuple[Started, ...]] = get_args(Started)
KINDS: Final[tuple[Kind, ...]] = get_args(Kind)
LENGTHS: Final[tuple[Length, ...]] = get_args(Length)


@dataclass(frozen=True)
class Ticks:
    """What was ticked. `matters`: type and length are important for what the reporter does for the child."""

    received: bool = False
    started: tuple[Started, ...] = ()
    special: bool = False
    matters: bool = False
    kind: Kind | None = None
    length: Length | None = None


def compose(ticks: Ticks) -> tuple[str, ...] | Problem:
    """The codes of the sentences that may be told, in their order; a problem for ticks that say nothing or clash."""
    started = tuple(one for one in STARTED if one in ticks.started)
    if "nothing" in started and len(started) > 1:
        return Problem("told_clash")
    if ticks.special and (started or ticks.kind or ticks.length):
        return Problem("told_special")
    details = ticks.kind is not None or ticks.length is not None
    if details and ("support" not in started or not ticks.matters):
        return Problem("told_details")
    codes = (
        *(("received",) if ticks.received else ()),
        *(f"started_{one}" for one in started),
        *((f"kind_{ticks.kind}",) if ticks.kind else ()),
        *((f"length_{ticks.length}",) if ticks.length else ()),
        *(("special",) if ticks.special else ()),
    )
    return codes or Problem("told_nothing")
