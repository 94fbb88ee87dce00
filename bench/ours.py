"""Our own bot in the benchmark: how to start it, who may use it, and how a person answers its worry form."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

from bench.process import ROOT
from bench.script import Act, Press, Say, Shown

ARGUMENTS = ("-m", "bot", "web")
PREPARATION_SECONDS = 300

# What a person never presses while she answers: ways out, ways back, help.
NOT_ANSWERS = (
    "akut",
    "tilbage",
    "hjælp",
    "spring over",
    "gem",
    "ret",
    "ved ikke",
    "behold",
    "hvorfor",
    "vis ",
    "slet",
    "en af dem",
)
# Buttons that move on; the first that stands there is pressed when nothing is left to choose.
ONWARD = ("send", "færdig", "uden flere ord", "videre", "skriv en bekymring")
MARKS = ("☑", "✓", "✅")
# Labels chosen before others: the quiet way through the whole form.
PREFERRED = ("nej", "hele skemaet", "ikke spurgt")
# Questions that a practised user passes over when she may, by a word of the question.
SKIPPED = ("tegn", "prøvet")
SKIP = "spring over"
# By a word of the question: what to write. The last is for every other question.
TEXTS = (
    ("kalde barnet", "Uglen"),
    ("", "Mandag i timen ville han ikke være med. Han gik ud og satte sig på gangen."),
)
OPENING = "/ny"
SENT = "fået din bekymring"


class WorryScript:
    """Answers whatever the worry form asks: by its buttons when there are any, else by a table of texts."""

    def __init__(self) -> None:
        self.finished = 0

    def begin(self) -> Act:
        """Open a new form."""
        return Say(OPENING)

    def next(self, shown: Shown) -> Act | None:
        """Pass over, choose once, move on, or write; from the top when the form is sent."""
        if SENT in shown.text:
            self.finished += 1
            return self.begin()
        labels = [(label.lower(), data) for label, data in shown.buttons if data]
        if any(word in shown.text for word in SKIPPED):
            skip = [data for label, data in labels if label.startswith(SKIP)]
            if skip:
                return Press(skip[0])
        return _choose(labels) or _write(shown.text)


def _choose(labels: list[tuple[str, str]]) -> Act | None:
    answers = [(label, data) for label, data in labels if not _is_way_out(label)]
    onward = [pair for pair in answers if pair[0].startswith(ONWARD)]
    options = [pair for pair in answers if pair not in onward]
    if onward and (not options or any(label.startswith(MARKS) for label, _ in options)):
        return Press(onward[0][1])
    preferred = [pair for pair in options if pair[0].startswith(PREFERRED)]
    chosen = (preferred or options)[:1]
    return Press(chosen[0][1]) if chosen else None


def _write(text: str) -> Act | None:
    # A message that asks nothing comes before the one that does.
    return Say(next(words for word, words in TEXTS if word in text)) if "?" in text else None


def _is_way_out(label: str) -> bool:
    return label.lstrip("←⬅↩✎❓⚠️🆘🚨💾☐ ").startswith(NOT_ANSWERS)


def environment(directory: Path) -> dict[str, str]:
    """The settings of our bot beside those every bot gets; the database is a file on a real disk."""
    for old in directory.glob("ours.sqlite3*"):
        old.unlink()
    return {
        "DATABASE_URL": f"sqlite:///{directory / 'ours.sqlite3'}",
        "TELEGRAM_POLICY": "pseudonym",
        "SECRET_KEY": "only-for-the-benchmark-0123456789abcdef0123456789abcdef",
    }


def prepare_ours(people: int, env: Mapping[str, str]) -> list[int]:
    """Create the tables and so many bound teachers; returns their chat ids. Raises RuntimeError with the reason."""
    _run(["migrate"], env)
    lines = _run(["demo-people", str(people)], env).split()
    chats = [int(line) for line in lines if line.isdigit()]
    if len(chats) < people:
        raise RuntimeError(f"`bot demo-people {people}` named {len(chats)} chats")
    return chats


def _run(arguments: list[str], env: Mapping[str, str]) -> str:
    done = subprocess.run(
        [sys.executable, "-m", "bot", *arguments],
        env={**os.environ, **env},
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=PREPARATION_SECONDS,
        check=False,
    )
    if done.returncode != 0:
        said = (done.stderr or done.stdout).strip().splitlines()
        raise RuntimeError(f"`bot {' '.join(arguments)}` failed: {said[-1] if said else 'no output'}")
    return done.stdout
