"""The ladder of forums: the lowest step first, the next by who is lacking, never a common forum for one child."""

from __future__ import annotations

import pytest

from dialogs.guides.forums import Step, ladder, load_forums, step_after, step_for
from dialogs.local import Forum
from dialogs.reading.yamlio import ContentError, parse
from tests.core.form_kit import danish


def forum(name: str, level: int, *members: str, one_child: bool = True) -> Forum:
    return Forum(name, name.upper(), members, "hver uge", level, one_child=one_child)


LADDER = (
    forum("chef", 5, "SUND", "BUP", one_child=False),
    forum("team", 3, "SOC", "FAMB"),
    forum("helse", 2, "SUND"),
    forum("trio", 1, "LED", "SOC"),
)


def test_the_ladder_goes_from_the_lowest_step() -> None:
    assert [one.id for one in ladder(LADDER)] == ["trio", "helse", "team", "chef"]


def test_everything_begins_on_the_lowest_step_and_the_next_is_where_the_lacking_sit() -> None:
    assert step_for(LADDER, ["SUND"]) == Step(LADDER[3], LADDER[2])
    assert step_for(LADDER, ["FAMB", "SOC"]) == Step(LADDER[3], LADDER[1])
    assert step_for(LADDER, []) == Step(LADDER[3], LADDER[2])


def test_a_forum_about_common_things_is_no_step_for_one_child() -> None:
    assert step_after(LADDER, "team") == Step(LADDER[1], None)
    assert step_for([LADDER[0]], ["SUND"]) == Step(None, None)
    assert step_for(LADDER, ["BUP"]) == Step(LADDER[3], LADDER[2]), "nor is it the next one for who sits there alone"


def test_an_unknown_forum_is_the_lowest() -> None:
    assert step_after(LADDER, "findes-ikke").now == LADDER[3]


def test_a_municipality_that_says_nothing_has_the_usual_ladder() -> None:
    assert [one.id for one in danish().ladder] == ["trio", "skoleteam"]


@pytest.mark.parametrize(
    ("line", "code"),
    [("niveau: 10", "bounds"), ("om: alt", "unknown_value"), ("leder: mig", "unknown_key")],
)
def test_a_bad_line_is_refused(line: str, code: str) -> None:
    text = f"fora:\n  - id: a\n    navn: A\n    medlemmer: [LED]\n    rytme: hver uge\n    {line}\n"
    with pytest.raises(ContentError) as caught:
        load_forums(parse(text, "forums.yaml"), ["LED"])
    assert caught.value.code == code and caught.value.line == 6
