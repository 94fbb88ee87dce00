"""Frames: every place must be there, close together and in any order."""

from __future__ import annotations

import pytest

from dialogs.guards.loading import read_acute
from dialogs.reading.yamlio import ContentError, parse

RULES = """
persons: voksen
words:
  voksen: far mor
ordinary: lederen
idioms: |
  til +kaffe
phrases:
- id: a
  flow: violence
  say: |
    far .. rasler
"""
FRAMES = """
words:
  hjemme: onkel far
  haard: kyler knalder
  offer: ham barnet
phrases:
- id: p
  flow: danger
  say: |
    onkel +rasler
frames:
- id: r
  flow: violence
  say: |
    <hjemme> + <haard> + <offer>
    <ikke> + kommet + hjem
  unless: |
    bold
- id: s
  flow: sexual
  within: 3
  say: |
    <hjemme> + seng
"""


def framed(text: str, frames: str = FRAMES) -> str:
    guard = read_acute(parse(RULES, "acute.yaml"), parse(frames, "frames.yaml"))
    return " ".join(hit.phrase_id for hit in guard.find(text.replace(",", " ,").replace(".", " .").split()))


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("far kyler ham", "r"),
        ("ham , den lille , kyler onkel", "r"),
        ("onkel er her . så knalder det . barnet græder", "r"),
        ("onkel er her . a . b . c . nu knalder det med barnet", ""),
        ("far kyler", ""),
        ("far far far kyler kyler", ""),
        ("far kyler a b c d e f g h i j k l ham", ""),
        ("far kyler en bold til ham", ""),
        ("far kyler ikke ham", ""),
        ("hun er ikke kommet hjem", "r"),
        ("hjem er hun ikke kommet", "r"),
        ("hun er kommet hjem", ""),
        ("far ligger i seng", "s"),
        ("far ligger nu i hendes egen seng", ""),
        ("onkel rasler", "p"),
        ("far rasler", "a"),
    ],
)
def test_a_frame_has_all_its_places_close_together_in_any_order(text: str, found: str) -> None:
    assert framed(text) == found


@pytest.mark.parametrize(
    ("before", "after", "code"),
    [
        ("<haard> +", "<hård> +", "pattern"),
        ("flow: sexual", "flow: fare", "unknown_flow"),
        ("id: s", "navn: s", "unknown_key"),
    ],
)
def test_a_mistake_in_a_frame_names_file_line_and_cause(before: str, after: str, code: str) -> None:
    with pytest.raises(ContentError) as caught:
        framed("far", FRAMES.replace(before, after))
    assert (caught.value.code, caught.value.file) == (code, "frames.yaml")
    assert caught.value.line > 13


JUDGE = """
judge:
  need: 5
  doubt: -9
  strong: 3
  lead: 3
  words: |
    4 <voksen>
    1 regn
  kinds:
  - flow: violence
    start: 0
    words: |
      2 <voksen>
"""


def weighed(text: str, judge: str = JUDGE) -> str:
    guard = read_acute(parse(RULES + judge, "acute.yaml"))
    return " ".join(hit.phrase_id for hit in guard.find(text.split()))


def test_a_group_of_words_weighs_once_whichever_of_its_words_are_said() -> None:
    long = "a b c d e f g h i"
    assert weighed(f"mor i regn {long}") == "vejet_violence"
    assert weighed(f"far i regn {long}") == "vejet_violence"
    assert weighed(f"mor og far {long}") == ""


def test_a_number_weighs_nothing_since_it_may_be_a_telephone() -> None:
    numbered = JUDGE.replace("    4 <voksen>", "    4 <alder>\n    4 <voksen>")
    guard = read_acute(parse(RULES.replace("far mor", "far mor\n  alder: 20 30 tyve") + numbered, "acute.yaml"))
    long = "a b c d e f g h i"
    assert [hit.phrase_id for hit in guard.find(f"mor er tyve {long}".split())] == ["vejet_violence"]
    assert guard.find(f"mor er 20 {long}".split()) == ()


def test_points_for_a_group_that_does_not_exist_name_file_and_line() -> None:
    with pytest.raises(ContentError) as caught:
        weighed("far", JUDGE.replace("4 <voksen>", "4 <voksne>"))
    assert (caught.value.code, caught.value.file) == ("pattern", "acute.yaml")
