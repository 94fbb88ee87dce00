"""Many weak signs add up to a danger that no phrase foresaw, and outweigh a phrase that only sounds alarming."""

from __future__ import annotations

import pytest

from dialogs.guards.loading import read_danger
from dialogs.guards.points import read_ideas
from dialogs.reading.yamlio import ContentError, parse

ACUTE = """
persons: voksen
words:
  voksen: "far mor"
idioms: |
  isen alene
phrases:
- id: a
  flow: violence
  say: |
    <voksen> rasler
- id: f
  flow: violence
  firm: true
  say: |
    <voksen> tæver
ordinary: lederen
"""
FRAMES = """
words:
  sted: "stuen"
phrases:
- id: p
  flow: violence
  say: |
    <sted> ryster
frames:
- id: r
  flow: violence
  say: |
    <sted> + larm
"""
IDEAS = """
words:
  vand: "sø søen kyst* 40"
  hygge: "kage"
"""
POINTS = """
need: 5
soft: 3
firm: 9
lead: 3
start: -1
signs: |
  4 <vand>
  3 mørke* bange+hjem
  2 alene (hvad)
  -2 (0) <hygge>
  -9 vits
kinds:
- flow: danger
  start: 0
  signs: |
    2 <vand>
- flow: suicide
  start: 1
  signs: |
    9 sorg
- flow: violence
  start: 0
  signs: |
    1 rasle*
"""
LONG = "a b c d e f g h"


def heard(text: str, points: str = POINTS, ideas: str = IDEAS) -> str:
    documents = zip((ACUTE, FRAMES, ideas, points), ("acute", "frames", "ideas", "points"), strict=True)
    guard = read_danger(*(parse(body, f"{name}.yaml") for body, name in documents))
    words = text.replace(",", " ,").replace(".", " .").split()
    return " ".join(hit.phrase_id for hit in guard.find(words))


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("alene ved søen i dag", "vejet_danger"),
        ("alene ved kysten i dag", "vejet_danger"),
        ("søen og kysten i dag", ""),
        ("mørket ved søen her", "vejet_danger"),
        ("mørkets ved søen her", "vejet_danger"),
        ("hvad alene i søen", "vejet_danger"),
        ("i hvad alene søen", "vejet_danger"),
        ("hvad er der ved søen", "vejet_danger"),
        ("der er hvad ved søen", ""),
        ("alene ved søen og kage", ""),
        ("mørket ved søen med kage", ""),
        ("bange for hjem ved søen", "vejet_danger"),
        ("bange for at hjem ved søen", ""),
        ("hjem bange i søen nu", ""),
        ("alene ved 40 i dag", "vejet_danger"),
        ("isen alene ved søen i dag", ""),
    ],
)
def test_words_pairs_ideas_and_shape_add_up(text: str, found: str) -> None:
    assert heard(f"{text} {LONG}") == found


def test_a_few_words_need_more_to_be_heard_than_a_whole_sentence() -> None:
    assert heard("alene ved søen i dag") == ""
    assert heard("alene i mørket ved søen i dag") == "vejet_danger"


def test_a_sign_counts_once_in_a_passage_and_what_stands_far_off_is_another_story() -> None:
    assert heard("søen " * 9) == ""
    assert heard("alene " + "og " * 40 + "søen") == "vejet_danger"
    assert heard("alene " + "og " * 50 + "søen") == ""
    assert heard("vits " + "og " * 50 + "mørket ved søen") == "vejet_danger"
    assert heard("mørket ved søen " + "og " * 50 + "vits") == "vejet_danger"


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("far rasler", "a"),
        (f"far rasler {LONG}", ""),
        (f"far tæver {LONG}", "f"),
        (f"far tæver {LONG} vits", ""),
        (f"far rasler alene {LONG} mørket", "a"),
        (f"stuen ryster {LONG} alene mørket", "p"),
        (f"stuen og larm {LONG} alene mørket", "r"),
    ],
)
def test_a_phrase_adds_points_and_in_a_few_words_it_is_enough(text: str, found: str) -> None:
    assert heard(text) == found


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("far rasler ved søen alene", "a"),
        ("far rasler ved søen alene med sorg", "a vejet_suicide"),
        ("far rasler med sorg", "a"),
    ],
)
def test_a_second_danger_is_named_only_when_it_leads_and_would_be_heard_alone(text: str, found: str) -> None:
    assert heard(text) == found


def test_a_phrase_that_is_denied_takes_points_away() -> None:
    assert heard("alene ved søen om mørket far kom") == "vejet_danger"
    assert heard("alene ved søen og far rasler ikke") == ""


@pytest.mark.parametrize(
    ("before", "after", "code"),
    [
        ("  4 <vand>", "  fire <vand>", "number"),
        ("  4 <vand>", "  4 <land>", "idea"),
        ("need: 5", "need: fem", "not_number"),
        ("flow: danger", "flow: vand", "unknown"),
    ],
)
def test_a_mistake_in_the_points_names_file_line_and_cause(before: str, after: str, code: str) -> None:
    assert before in POINTS
    with pytest.raises(ContentError) as caught:
        heard("far", POINTS.replace(before, after, 1))
    assert caught.value.file == "points.yaml"
    assert caught.value.code.startswith(code)
    assert caught.value.line > 1


def test_an_idea_knows_its_words_by_beginning_and_without_danish_letters() -> None:
    ideas = read_ideas(parse(IDEAS, "ideas.yaml"))
    assert ideas.of("kystens") == ideas.of("soeen") == ideas.of("søen") == ("<vand>",)
    assert ideas.of("ukendt") == ()
