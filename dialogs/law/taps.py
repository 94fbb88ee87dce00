"""How many answers «Må jeg dele det?» asks of a person: for situations from a file, and at the worst."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from statistics import median

from dialogs.conditions import holds
from dialogs.law.answer import facts_of
from dialogs.law.book import LawBook
from dialogs.tables import decide
from dialogs.types import Form, Question
from dialogs.values import Value

FEW = 6  # what a person in a corridor has patience for

Answers = Mapping[str, str]


@dataclass(frozen=True)
class Situation:
    """A situation from everyday life: what is answered to each question, and the outcome that it must have."""

    text: str
    answers: Answers
    outcome: str


@dataclass(frozen=True)
class Taps:
    """Each situation's taps, those that went wrong, and the longest of all ways through the questions."""

    taps: tuple[int, ...]
    wrong: tuple[str, ...]
    longest_way: int

    @property
    def middle(self) -> float:
        """The median; 0 when there is nothing to measure."""
        return median(self.taps) if self.taps else 0

    @property
    def share_of_few(self) -> float:
        """The share of situations that are answered in `FEW` taps or less."""
        return sum(number <= FEW for number in self.taps) / len(self.taps) if self.taps else 1.0


def measure(form: Form, law: LawBook, situations: Sequence[Situation], on: date) -> Taps:
    """The taps of these situations on a day. One is wrong when what is asked is not what it answers, or it ends
    elsewhere."""
    asked = [_asked(form, one.answers) for one in situations]
    wrong = tuple(
        one.text
        for one, questions in zip(situations, asked, strict=True)
        if questions != list(one.answers)
        or decide(law.table, facts_of(law.guide, one.answers), on, explain=False).outcome != one.outcome
    )
    return Taps(tuple(map(len, asked)), wrong, max(map(len, walks(form))))


def _asked(form: Form, answers: Answers) -> list[str]:
    """The questions that are asked, given the answers, up to the first that they do not answer."""
    given: dict[str, Value] = {}
    asked: list[str] = []
    for question in form.questions:
        if _shows(question, given):
            asked.append(question.id)
            if question.id not in answers:
                break
            given[question.id] = answers[question.id]
    return asked


def walks(form: Form) -> Iterator[Answers]:
    """Every way to answer a form of closed questions to its end."""
    return _onward(form.questions, {})


def _onward(questions: Sequence[Question], given: dict[str, str]) -> Iterator[Answers]:
    if not questions:
        yield given
        return
    first, rest = questions[0], questions[1:]
    if not _shows(first, given):
        yield from _onward(rest, given)
        return
    for option in first.options:
        yield from _onward(rest, {**given, first.id: option.id})


def _shows(question: Question, given: Mapping[str, Value]) -> bool:
    return question.show_if is None or holds(question.show_if, given)
