"""Can a question or an option ever be shown? Try the earlier answers that its condition depends on, and no others.

Bounded: single choices first, then pairs of a many-question; what is still not settled after MAX_TRIES is let pass,
since a false alarm would stop an editor who has done nothing wrong.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import combinations, islice, product

from dialogs.conditions import Condition, fact_names, holds, refs
from dialogs.facts import FACTS, Reader
from dialogs.types import Form, Question
from dialogs.values import Value

MAX_TRIES = 50_000  # a form of 20 questions needs about a thousand
_ANY_TEXT = "x"  # stands for whatever a person writes

Values = Mapping[str, Value]
Key = tuple[str, str]  # question id, option id ("" for the question itself)


class _Asked(Mapping[str, Value]):
    """Answers that remember which questions were looked up, so that a fact tells what it reads."""

    def __init__(self, values: Values) -> None:
        self._values, self.ids = values, set[str]()

    def __getitem__(self, key: str) -> Value:
        self.ids.add(key)
        return self._values[key]

    def __iter__(self) -> Iterator[str]:
        return iter(self._values)

    def __len__(self) -> int:
        return len(self._values)


def fact_reads(name: str, form: Form) -> frozenset[str]:
    """The questions that a fact looks at, found by asking it with every answer to those that it is known to read."""
    known: list[str] = []
    while True:
        seen: set[str] = set()
        choices = [(None, *_choices(form.question(one), pairs=False)) for one in known]
        for values in islice(product(*choices), MAX_TRIES):
            asked = _Asked({one: value for one, value in zip(known, values, strict=True) if value is not None})
            FACTS[name](asked)
            seen |= asked.ids
        if seen <= {*known}:
            return frozenset(known)
        known = sorted({*known, *seen})


def reads(form: Form, condition: Condition | None) -> frozenset[str]:
    """The questions that a condition depends on directly: those it names and those its facts read."""
    if condition is None:
        return frozenset()
    facts = (fact_reads(name, form) for name in fact_names(condition) if name in FACTS)
    return refs(condition).union(*facts)


def unreachable(form: Form) -> list[Key]:
    """The questions, and the options of reachable questions, that no answers ever bring on show."""
    direct = {question.id: reads(form, question.show_if) for question in form.questions}
    waiting: dict[frozenset[str], dict[Key, tuple[Condition, ...]]] = {}
    for key, needed in _conditions(form):
        asks = _closure({one for condition in needed for one in reads(form, condition)}, direct)
        waiting.setdefault(asks, {})[key] = needed
    never = [key for asks, group in waiting.items() for key in _unmet(form, asks, group)]
    hidden = {question for question, option in never if not option}
    return [(question, option) for question, option in never if not option or question not in hidden]


def _conditions(form: Form) -> Iterator[tuple[Key, tuple[Condition, ...]]]:
    """Each question and option that is not always on show, with all the conditions that must hold for it."""
    for question in form.questions:
        shown = () if question.show_if is None else (question.show_if,)
        if shown:
            yield (question.id, ""), shown
        for option in question.options:
            if option.show_if is not None:
                yield (question.id, option.id), (*shown, option.show_if)


def _closure(ids: set[str], direct: Mapping[str, frozenset[str]]) -> frozenset[str]:
    """These questions, those that decide whether they are shown, and so on."""
    found, queue = set(ids), list(ids)
    while queue:
        for one in direct.get(queue.pop(), frozenset()) - found:
            found.add(one)
            queue.append(one)
    return frozenset(found)


def _unmet(form: Form, asks: frozenset[str], group: Mapping[Key, tuple[Condition, ...]]) -> list[Key]:
    left = dict(group)
    questions = [question for question in form.questions if question.id in asks]
    for pairs in (False, True):
        tries = 0
        for values in islice(_answers(questions, {}, pairs), MAX_TRIES):
            tries += 1
            fact = Reader(values)
            for key in [key for key, needed in left.items() if all(holds(one, values, fact) for one in needed)]:
                del left[key]
            if not left:
                return []
        if tries == MAX_TRIES:
            return []
    return list(left)


def _answers(questions: Sequence[Question], values: dict[str, Value], pairs: bool) -> Iterator[Values]:
    """Every way to answer these questions in order; a hidden question has no answer, a shown one may have none."""
    if not questions:
        yield values
        return
    question, *rest = questions
    if question.show_if is None or holds(question.show_if, values, Reader(values)):
        for value in _choices(question, pairs=pairs):
            yield from _answers(rest, {**values, question.id: value}, pairs)
    yield from _answers(rest, values, pairs)


def _choices(question: Question | None, *, pairs: bool) -> list[Value]:
    """The answers worth trying: each option, pairs of a many-question, and any text or number."""
    if question is None:
        return []
    ids = [option.id for option in question.options]
    match question.kind:
        case "many" if pairs:
            return [tuple(two) for two in combinations(ids, 2)]
        case "many" | "each":
            return [(one,) for one in ids]
        case "number":
            limits = question.limits
            return [*islice(range(limits.low, limits.high + 1), MAX_TRIES)]
        case "list":
            return [(_ANY_TEXT,)]
        case "text" | "date":
            return [*ids, _ANY_TEXT]
        case "one" | "yesno" | "person_role":
            return [*ids]
