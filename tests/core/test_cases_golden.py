"""Played histories of cases (tests/golden/cases/*.yaml), written so that a professional can read and correct them.

Every step says who does what, when; `then` is what comes of it: a refusal in words, the state, the notices that go out,
and what the writer reads. Rewrite the `then` lists with `pytest tests/core/test_cases_golden.py --update-golden`, or
with UPDATE_GOLDEN=1 in the environment, and read the difference.
"""

from __future__ import annotations

import json
import os
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from ruamel.yaml import YAML

from bot.app.drafts.sending import Worry
from bot.app.notices.wanted import not_wanted
from dialogs.cases.file import dump_case, load_case
from dialogs.cases.forms import FIELDS, read_act
from dialogs.types import Problem
from dialogs.workdays import COPENHAGEN
from tests.core.case_kit import WORDS, Office, at, colour

HISTORIES = sorted((Path(__file__).parents[1] / "golden" / "cases").glob("*.yaml"))
_yaml = YAML()
_yaml.width, _yaml.preserve_quotes = 4096, True
_yaml.indent(mapping=2, sequence=4, offset=2)


class Player:
    """Plays one history over the real use cases and writes down what everybody would see."""

    def __init__(self, sent: dict[str, Any]) -> None:
        self.office, self.writer = Office(), str(sent["by"])
        light = colour(sent["colour"], locked=bool(sent.get("locked")))
        roles = tuple(sent.get("excluded_roles", ()))
        worry = Worry("B3", light, flow=sent.get("flow"), suspect=sent.get("suspect"), excluded_roles=roles)
        self.now = at(str(sent["at"]))
        self.case_id = self.office.sent(worry, self.writer, self.now)
        self.first = [*self._went_out(self.now, self.now), *self._read()]

    def step(self, step: dict[str, Any]) -> list[str]:
        before, self.now = self.now, at(str(step["at"]))
        due = self._went_out(before + timedelta(microseconds=1), self.now)
        said = self._do(step)
        case = self.office.case(self.case_id)
        assert load_case(json.loads(json.dumps(dump_case(case)))) == case
        after = [line for line in self._went_out(self.now, self.now) if line not in due]
        return [*said, *due, *after, *self._read()]

    def _do(self, step: dict[str, Any]) -> list[str]:
        who, does = str(step.get("who", "")), str(step["does"])
        if does == "wait":
            return []
        if does == "look":
            page = self.office.page(who, self.case_id, self.now)
            return [f"ser: {page.banner}" if page else "ser: ingenting (sagen findes ikke for dem)"]
        fields = {name: str(step.get(name, "")) for name in FIELDS[does]}
        act = read_act(does, fields, self.now, COPENHAGEN)
        assert not isinstance(act, Problem), act
        return [f"nej: {WORDS.problem(p)}" for p in self.office.act(who, self.case_id, act, self.now).problems]

    def _went_out(self, since: datetime, until: datetime) -> list[str]:
        """Notices due in this stretch that are still wanted, in the order in which they go out."""
        rows = self.office.run(lambda uow: uow.outbox.listing(["pending"], 999))
        wishes = [row.wish for row in sorted(rows, key=lambda row: (row.wish.due_at, row.id))]
        due = [wish for wish in wishes if since <= wish.due_at <= until]
        return [
            f"besked {wish.due_at.astimezone(COPENHAGEN):%H.%M}: {wish.template} → {wish.recipient}"
            for wish in due
            if self.office.run(lambda uow, w=wish: not_wanted(uow, w, w.due_at)) is None
        ]

    def _read(self) -> list[str]:
        case = self.office.case(self.case_id)
        mine = self.office.mine(self.writer, self.case_id, self.now)
        assert mine is not None
        state = (
            f"tilstand: {WORDS.team_state(case, self.office.entries(self.case_id))} · {WORDS.lights[case.colour.now]}"
        )
        return [state, f"skriveren læser: {mine.status.title}. {mine.status.text} {mine.status.next}"]


def played(history: Any) -> Any:
    """The history with fresh `then` lists."""
    player = Player(history["sent"])
    history.pop("then", None)
    history.insert(2, "then", player.first)  # below "sent", where a reader looks for it
    for step in history["steps"]:
        step["then"] = player.step(step)
    return history


@pytest.mark.parametrize("path", HISTORIES, ids=lambda path: path.stem)
def test_the_history_goes_as_it_is_written(path: Path, request: pytest.FixtureRequest) -> None:
    written = _yaml.load(path.read_text("utf-8"))
    expected = [list(written.get("then", [])), *(list(step.get("then", [])) for step in written["steps"])]
    fresh = played(written)
    if request.config.getoption("--update-golden", default=False) or os.environ.get("UPDATE_GOLDEN"):
        for step in fresh["steps"]:
            step.fa.set_block_style()
        _yaml.dump(fresh, path)
        return
    assert [list(fresh["then"]), *(list(step["then"]) for step in fresh["steps"])] == expected


def test_there_is_a_history_for_every_way_that_a_case_can_go() -> None:
    assert len(HISTORIES) >= 9
