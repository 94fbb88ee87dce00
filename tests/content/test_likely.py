"""What no phrase is heard in may still be like what people tell: said to be likely, and never where it can harm."""

from pathlib import Path

import pytest

from dialogs.guides import likely
from dialogs.guides.corpora import lookup_report, rows_of
from dialogs.guides.lookup import find
from tests.core.form_kit import danish

DIRECTORY = danish().directory
HERE = Path(__file__).parent


@pytest.mark.parametrize(
    ("name", "rows", "right", "forbidden"),
    [
        ("lookup_many.yaml", 336, 292, 3),  # 221 and 3 at first sight; learned from
        ("lookup_kept.yaml", 224, 156, 1),  # 140 and 1; never learned from
        ("lookup_new.yaml", 300, 238, 4),  # 209 and 4; by somebody else, never learned from
    ],
)
def test_strangers_questions_bring_one_who_can_help(name: str, rows: int, right: int, forbidden: int) -> None:
    """What it was at first sight, before any of it or its like was read, stands behind each line."""
    report = lookup_report(DIRECTORY, rows_of(HERE / name))
    assert report.tuned.rows == rows
    assert report.tuned.right >= right
    assert report.tuned.forbidden <= forbidden


def test_what_is_only_likely_is_said_to_be_so() -> None:
    advice = find(DIRECTORY, "ingen kom til fødselsdagen, stolene stod tomme")
    assert not advice.unknown
    assert all(one.why.startswith("Det lyder som ") for one in advice.first)


def test_what_is_heard_comes_before_what_is_likely() -> None:
    advice = find(DIRECTORY, "hun stammer, og ingen kom til fødselsdagen")
    assert advice.topics == ("i16",)
    assert [one.id for one in advice.first][:2] == ["TALE", "SUND"]
    assert all(one.why.startswith("Du nævner ") for one in advice.first[:2])
    assert all(one.why.startswith("Det lyder som ") for one in advice.first[2:])


@pytest.mark.parametrize(
    "text",
    [
        "vi har ikke set tegn på mobning overhovedet",
        "en ven skiftede skole",
        "vi slår græsset i dag",
        "mødet er flyttet til tirsdag",
        "bange",
        "",
    ],
)
def test_what_is_denied_or_told_in_passing_is_like_nothing(text: str) -> None:
    assert find(DIRECTORY, text).unknown


def test_a_colour_or_a_danger_is_never_guessed_past() -> None:
    told = "ingen kom til hans fødselsdag og han går alene"
    assert all("Det lyder som" not in one.why for one in find(DIRECTORY, told, light="red").first)
    assert all("Det lyder som" not in one.why for one in find(DIRECTORY, told, flow="violence").first)


def test_danger_is_not_likely_besides_something_else() -> None:
    flows = {topic.id for topic in DIRECTORY.topics.values() if topic.flow or topic.closed}
    found = [likely.besides(DIRECTORY, str(row["text"]), ()) for row in rows_of(HERE / "lookup_many.yaml")]
    assert sum(bool(one) for one in found) > 100
    assert all(flows.isdisjoint(one) for one in found)
