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
