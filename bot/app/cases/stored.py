"""What may be stored on a case, whichever door the words come through: asked inside the use case, by neutral codes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import fields
from datetime import date
from typing import Final

from bot.app.turns.handbook import Hears
from dialogs.cases.acts import Act
from dialogs.cases.words import day_words
from dialogs.content import Content
from dialogs.guards import Findings
from dialogs.types import Problem
from dialogs.workdays import Workdays

KINDS: Final = ("cpr", "phones", "emails", "addresses", "names")
# The team names colleagues and gives their numbers: that is its work. A CPR number is never stored, whoever writes it.
_FROM_TEAM: Final = ("cpr",)
_REFUSED: Final = "refused_"
_OWN_WORDS: Final = ("text", "reason", "words", "note")  # the fields of an act that hold somebody's sentences


def words_of(act: Act) -> str:
    """The sentences in an act."""
    names = {field.name for field in fields(act)}
    return "\n".join(str(getattr(act, name)) for name in _OWN_WORDS if name in names)


def refused(hears: Hears, words: str, *, writer: bool = False) -> tuple[Problem, ...]:
    """Why these words can't be kept, kind by kind; nothing when they can."""
    if not words.strip():
        return ()
    found = hears(words)
    return tuple(Problem(f"{_REFUSED}{kind}") for kind in (KINDS if writer else _FROM_TEAM) if getattr(found, kind))


def closed_day(workdays: Workdays, day: date | None, today: date) -> Problem | None:
    """Why nobody can look again on this day: there is nobody. It names the nearest days when there is."""
    if day is None or workdays.opens_on(day):
        return None
    near = " eller ".join(day_words(one) for one in workdays.open_around(day, today))
    return Problem("follow_up_closed", None, (("days", near),))


def refused_on_paper(found: Findings) -> Problem | None:
    """The same for what is filed, where even a name is too much: it is read by those who are not on the case."""
    if found.cpr:
        return Problem("consent_cpr")
    return Problem("consent_name") if found.refused else None


def said(content: Content, problem: Problem) -> str:
    """A problem of a case in words."""
    kind = problem.code.removeprefix(_REFUSED)
    return content.words(f"refused.{kind}") if kind in KINDS else content.case_words.problem(problem)


def all_said(content: Content, problems: Sequence[Problem]) -> tuple[str, ...]:
    """All of them."""
    return tuple(said(content, one) for one in problems)
