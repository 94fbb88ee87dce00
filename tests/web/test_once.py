"""A form that is sent twice does its deed once; one that was refused may come again with better words."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from bot.web.once import Done, once
from storage import open_store
from tests.core.case_kit import MONDAY

REFUSED, MADE = Done(("Skriv lidt mere.",)), Done(danger="violence", made="moede")


class Form:
    """One form with its key; what the deed gives is told each time it is sent."""

    def __init__(self, key: str | None) -> None:
        self.key, self.done = key, 0
        self.store: Any = open_store("memory:", lambda: MONDAY)

    def sent(self, gives: Done | None) -> Done | None:
        def deed() -> Done | None:
            self.done += 1
            return gives

        return self.store.run(lambda uow: once(uow, self.key, MONDAY + timedelta(minutes=self.done), deed))


def test_the_second_time_the_same_is_said_and_nothing_is_done() -> None:
    form = Form("web:1")
    assert form.sent(MADE) == MADE
    assert form.sent(Done(made="et andet")) == MADE
    assert form.done == 1


@pytest.mark.parametrize("before", [REFUSED, None])
def test_what_was_not_done_may_be_tried_again_under_the_same_key(before: Done | None) -> None:
    form = Form("web:1")
    assert form.sent(before) == before
    assert form.sent(MADE) == MADE


def test_without_a_key_each_time_is_its_own() -> None:
    form = Form(None)
    assert [form.sent(MADE), form.sent(MADE)] == [MADE, MADE]
    assert form.done == 2
