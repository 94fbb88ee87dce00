"""Every pinned library with its version and since when we pin it, the oldest first: `python scripts/pins.py [FILE]`.

Asks git and nobody else, so it works without a network. It tells how long we have stayed with a version; it can't tell
when that version came out, nor whether a newer one or a known fault is there (SECURITY.md says how that is asked).
"""

from __future__ import annotations

import re
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
_PIN = re.compile(r"([A-Za-z0-9._-]+)==([^ \\;]+)")


@dataclass(frozen=True, order=True)
class Pin:
    """One line of a lock file; `since` is the day on which the line came in."""

    since: date
    name: str
    version: str


def pins(blame: str) -> Iterator[Pin]:
    """The pins in what `git blame --line-porcelain` says of a lock file."""
    since = date.min
    for line in blame.splitlines():
        if line.startswith("committer-time "):
            since = datetime.fromtimestamp(int(line.split()[1]), UTC).date()
        elif line.startswith("\t") and (found := _PIN.match(line[1:])):
            yield Pin(since, found[1], found[2])


def blamed(lock: Path) -> str:
    """What git knows of each line; raises CalledProcessError outside of a clone."""
    command = ["git", "-C", str(ROOT), "blame", "--line-porcelain", "--", str(lock)]
    # S603: git and a file of our own; nothing from outside.
    return subprocess.run(command, check=True, capture_output=True, text=True).stdout  # noqa: S603


def main(lock: Path) -> None:
    """Print them all."""
    today = datetime.now(UTC).date()
    for pin in sorted(pins(blamed(lock))):
        print(f"{pin.since}  {(today - pin.since).days:4d} days  {pin.name} {pin.version}")  # noqa: T201


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else ROOT / "requirements.lock")
