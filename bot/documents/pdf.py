"""A PDF made in a child process with limits: the caller gets the bytes, or why there are none."""

from __future__ import annotations

import logging
import subprocess
import sys
from pathlib import Path
from typing import Final

from bot.documents.html import page
from bot.documents.jail import MISSING
from bot.ports import NoPaper
from dialogs.papers.documents import Paper

log = logging.getLogger(__name__)

JAIL: Final = Path(__file__).with_name("jail.py")
WALL_SECONDS: Final = 30.0  # the limit is on work; this one is for a child that waits
MAX_BYTES: Final = 10_000_000
# The child must not see the token, the key or the database's address. Its words are Danish whatever the machine says.
ENVIRONMENT: Final = {"LANG": "C.UTF-8", "LC_ALL": "C.UTF-8", "PATH": "/usr/bin:/bin", "HOME": "/nonexistent"}


def make(paper: Paper) -> bytes:
    """The paper as a tagged PDF. Raises NoPaper("missing") or NoPaper("stopped"); takes about half a second."""
    try:
        # S603: our own interpreter and our own file; what people wrote goes in on standard input only.
        done = subprocess.run(  # noqa: S603
            [sys.executable, "-I", str(JAIL)],
            input=page(paper).encode("utf-8", "replace"),
            capture_output=True,
            env=ENVIRONMENT,
            timeout=WALL_SECONDS,
            check=False,
        )
    except (subprocess.TimeoutExpired, OSError) as error:
        log.warning("a paper was not made: %s", type(error).__name__)
        raise NoPaper("stopped") from None
    if done.returncode == MISSING:
        raise NoPaper("missing")
    if done.returncode != 0 or not done.stdout.startswith(b"%PDF-") or len(done.stdout) > MAX_BYTES:
        # What the child said may quote the text, so it is not kept: how it ended and how much came says enough.
        log.warning("a paper was not made: its maker ended with %d and %d bytes", done.returncode, len(done.stdout))
        raise NoPaper("stopped")
    return done.stdout
