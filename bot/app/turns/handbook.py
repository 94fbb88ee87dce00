"""The handbook of the team's use cases: what they look up besides the database, the same for everybody."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import partial

from dialogs.cases.words import CaseWords
from dialogs.content import Content
from dialogs.guards import Findings
from dialogs.local import Forum
from dialogs.papers.consents import KINDS
from dialogs.values import Value
from dialogs.workdays import Workdays
from dialogs.worry import because_words, labels_for

Labels = Callable[[str, Value], tuple[str, str]]
Hears = Callable[[str], Findings]
Because = Callable[[Sequence[str]], tuple[str, ...]]


def unexplained(codes: Sequence[str]) -> tuple[str, ...]:
    """No words for the reasons of a colour, for a place that shows none."""
    return ()


@dataclass(frozen=True)
class Handbook:
    """The words, the calendar, and what reads an answer: made once from the content (`handbook_of`).

    `labels(question id, value)` is a short name and an answer in words; `because(codes)` are reasons; `hears(text)` is
    what the guards find in somebody's words before they are kept.
    """

    words: CaseWords
    workdays: Workdays
    labels: Labels
    hears: Hears
    because: Because = unexplained
    intake: str = "modtagelsen"  # whom a report is rung in to, with the number when there is one
    ladder: Sequence[Forum] = ()
    kinds: Mapping[str, str] = field(default_factory=dict[str, str])  # what a consent may be for, in words

    def today(self, now: datetime) -> date:
        """The municipality's date at this moment."""
        return now.astimezone(self.workdays.zone).date()


def handbook_of(content: Content, workdays: Workdays) -> Handbook:
    """The handbook that this content makes, with a municipality's own words and numbers in it."""
    phone = content.local.intake_phone
    return Handbook(
        words=content.case_words,
        workdays=workdays,
        labels=partial(labels_for, content, content.form("worry")),
        hears=content.guards.scan,
        because=partial(because_words, content),
        intake=f"{content.intake} på {phone}" if phone else content.intake,
        ladder=content.ladder,
        kinds={kind: content.papers(f"consent.kinds.{kind}") for kind in KINDS},
    )
