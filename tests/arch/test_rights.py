"""No door without a line in the table of rights: web routes, slash commands, buttons and the operator's commands."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, get_args

import pytest
from starlette.routing import Route
from typer.core import TyperGroup

from bot.app.chat.spoken import COMMANDS
from bot.web import create_app
from dialogs.access import declared
from dialogs.access.rules import LOGGED, PEOPLE, SERVICES, Action, Tie
from dialogs.acts import DraftVerb, GoVerb
from tests.commands import ROOT_COMMAND, parts_of
from tests.web.preview import scripted

HOW = "say in dialogs/access/declared.py what it asks for, or take the line away when the door is gone"


def routes() -> set[str]:
    found = [route for route in create_app(scripted()).routes if isinstance(route, Route)]
    return {f"{method} {route.path}" for route in found for method in (route.methods or ()) if method != "HEAD"}


def commands(group: Any = None, path: str = "") -> Iterator[str]:
    group = group or ROOT_COMMAND
    if not isinstance(group, TyperGroup):
        yield path
        return
    for name, command in parts_of(group).items():
        yield from commands(command, f"{path} {name}".strip())


@pytest.mark.parametrize(
    ("doors", "lines"),
    [
        (routes(), declared.ROUTES),
        (set(COMMANDS), declared.COMMANDS),
        (set(get_args(DraftVerb)), declared.PRESSES),
        (set(get_args(GoVerb)), declared.PLACES),
        (set(commands()), declared.OPERATOR),
    ],
    ids=["routes", "commands", "presses", "places", "operator"],
)
def test_every_door_says_what_it_asks_for(doors: set[str], lines: Mapping[str, Any]) -> None:
    assert doors ^ set(lines) == set(), HOW


def test_every_action_can_be_done_by_somebody_and_is_known() -> None:
    done = set(PEOPLE) | {action for actions in SERVICES.values() for action in actions}
    assert done == set(get_args(Action))
    assert set(get_args(Action)) >= LOGGED
    assert {tie for ties in PEOPLE.values() for tie in ties} <= set(get_args(Tie))


def test_the_operators_commands_ask_for_nothing_that_an_operator_may_not() -> None:
    asked = {action for actions in declared.OPERATOR.values() for action in actions}
    assert asked <= SERVICES["operator"]
    assert not asked & {"case.read", "case.overview", "case.write", "draft.read", "glass.open", "glass.read"}
