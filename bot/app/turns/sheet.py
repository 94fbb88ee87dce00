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
    """A draft as it stands on today's form. `told` is what the person must hear about the form having changed."""

    form: Form
    draft: Draft
    told: tuple[Card, ...] = ()

    @cached_property
    def at(self) -> Position:
        """Where the person is; looked up once a turn, since it walks the whole form."""
        return locate(self.form, self.draft)

    @cached_property
    def seen(self) -> View:
        """The view of this position."""
        return view(self.form, self.draft, at=self.at)


def after_step(sheet: Sheet, step: Step, draft: Draft) -> Sheet:
    """The sheet after a step of the engine, with the draft that was made of the step's own."""
    now = Sheet(sheet.form, draft)
    if draft is step.draft:
        now.__dict__["seen"] = step.view  # the engine has looked already; the cached view is the same
    return now
