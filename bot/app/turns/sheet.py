"""A draft laid out on today's form, with what is looked up once a turn."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from dialogs.engine import view
from dialogs.position import Position, locate
from dialogs.replies import Card
from dialogs.types import Draft, Form, Step, View


@dataclass(frozen=True)
class Sheet:
    """A draft as it stands on today's form. `told` is what the person must hear about the form having changed.

    `looked` is the engine's own view of this draft, where it has just made one: looking walks the whole form.
    """

    form: Form
    draft: Draft
    told: tuple[Card, ...] = ()
    looked: View | None = None

    @cached_property
    def at(self) -> Position:
        """Where the person is; looked up once a turn, since it walks the whole form."""
        return locate(self.form, self.draft)

    @cached_property
    def seen(self) -> View:
        """The view of this position."""
        return self.looked or view(self.form, self.draft, at=self.at)


def after_step(sheet: Sheet, step: Step, draft: Draft) -> Sheet:
    """The sheet after a step of the engine, with the draft that was made of the step's own."""
    return Sheet(sheet.form, draft, looked=step.view if draft is step.draft else None)
