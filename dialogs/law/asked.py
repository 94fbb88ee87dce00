"""A form over a law table: its questions are shown while the table needs them; no condition is written twice."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from dialogs.conditions import Condition, Some
from dialogs.forms import digest
from dialogs.tables import Step, Table, boundary_dates, when_to_ask
from dialogs.types import Form


def over_table(form: Form, table: Table, steps: Sequence[Step]) -> Form:
    """The form with each question shown as long as its answer can change the outcome, on some day of the table's.

    Asking for every period costs at most a question too much around a change of law, and never one too few.
    """
    periods = [when_to_ask(table, steps, day) for day in boundary_dates(table) or (None,)]
    shown = {step.id: _either([period[step.id] for period in periods]) for step in steps}
    first = steps[0].id
    questions = tuple(replace(q, show_if=None if q.id == first else shown.get(q.id)) for q in form.questions)
    asked = replace(form, questions=questions)
    return replace(asked, digest=digest(asked))


def _either(conditions: Sequence[Condition]) -> Condition:
    different = tuple(dict.fromkeys(conditions))
    return different[0] if len(different) == 1 else Some(different)


def misfits(form: Form, steps: Sequence[Step]) -> Iterator[tuple[str, str]]:
    """(question, Danish text) for each way in which the form's questions are not those of the table."""
    asked = [question.id for question in form.questions]
    wanted = [step.id for step in steps]
    if asked != wanted:
        yield form.id, f"Spørgsmålene skal være dem, tabellen har, i samme rækkefølge: {', '.join(wanted)}."
        return
    for question, step in zip(form.questions, steps, strict=True):
        if question.kind != "one" or not question.required or question.show_if is not None:
            yield question.id, "Spørgsmålet skal være kind: one og krævet og uden show_if."
        if {option.id for option in question.options} != set(step.gives):
            yield question.id, f"Svarene skal være: {', '.join(step.gives)}."
