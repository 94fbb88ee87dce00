"""Played conversations (tests/golden/*.yaml), written so that a professional can read and correct them.

`samtale` is what the person does; `bot` is every line that the engine answers with; `slutter` is what is left at the
end. Rewrite `bot` and `slutter` with `pytest tests/golden --update-golden`, and read the difference.
"""

from __future__ import annotations

import re
from functools import cache

import pytest

from tests.core.form_kit import danish
from tests.golden.player import FOLDER, NAMES, Player, play_all, scripts, text, unused_questions, yaml


@cache
def played(name: str) -> tuple[Player, list[list[str]]]:
    """A conversation played to its end, once for all tests; nobody plays on from here."""
    return play_all(danish(), scripts(), name)


@pytest.mark.parametrize("name", NAMES)
def test_the_conversation_goes_as_it_is_written(name: str, pytestconfig: pytest.Config) -> None:
    player, lines = played(name)
    if pytestconfig.getoption("--update-golden"):
        _rewrite(name, lines, player.ending())
        return
    script = scripts()[name]
    assert [turn.get("bot") for turn in script["samtale"]] == lines
    assert script.get("slutter") == player.ending()


def _rewrite(name: str, lines: list[list[str]], ending: dict[str, object]) -> None:
    script = yaml.load(text(name))
    for turn, said in zip(script["samtale"], lines, strict=True):
        turn["bot"] = said
    script["slutter"] = ending
    with (FOLDER / f"{name}.yaml").open("w", encoding="utf-8") as out:
        yaml.dump(script, out)


def test_a_practised_yellow_worry_takes_at_most_25_steps() -> None:
    player, lines = played("gul_oevet")
    assert lines[-1] == ["Sendt."]
    assert player.ending()["farve"] == "gul"
    assert player.turns <= 25


def test_the_conversations_meet_every_refusal_that_the_forms_can_give() -> None:
    met = set[str]().union(*(played(name)[0].codes for name in NAMES))
    sources = "".join(
        (FOLDER.parents[1] / "dialogs" / f"{name}.py").read_text(encoding="utf-8") for name in ("engine", "parsing")
    )
    codes = {*re.findall(r'Problem\(\s*"(\w+)"', sources), "nothing_picked", "not_an_option"}
    assert codes - met == {"not_a_date"}  # no shipped form asks for a date


@pytest.mark.parametrize("form", ["worry", "preparation"])
def test_every_question_is_edited_in_some_conversation(form: str) -> None:
    players = [played(name)[0] for name in NAMES if scripts()[name].get("form") == form]
    assert unused_questions(danish().form(form), players) == []


def test_there_are_enough_conversations() -> None:
    assert len(NAMES) >= 25
