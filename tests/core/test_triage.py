"""The traffic light: one rule at a time."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import cast

import pytest

import dialogs
from dialogs.light.signs import SignBook, load_signs, read_signs
from dialogs.light.triage import SHADES, Light, Refused, contract, judge
from dialogs.reading import yamlio
from dialogs.tables import Rule, gaps_and_clashes, reach, unreachable

CONTENT = Path(dialogs.__file__).parent / "content" / "da"
BOOK = read_signs(CONTENT)
EXAMPLES = Path(__file__).parents[1] / "content" / "triage_examples.yaml"


def lit(band: str, *ticked: str, **known: object) -> Light:
    light = judge(BOOK, band=band, ticked=ticked, **known)  # pyright: ignore[reportArgumentType]
    assert isinstance(light, Light)
    return light


def refused(band: str, *ticked: str, **known: object) -> Refused:
    answer = judge(BOOK, band=band, ticked=ticked, **known)  # pyright: ignore[reportArgumentType]
    assert isinstance(answer, Refused)
    return answer


# --- the worked examples that professionals read ---


def examples() -> list[dict[str, yamlio.Plain]]:
    return cast("list[dict[str, yamlio.Plain]]", yamlio.read(EXAMPLES).data)


def test_there_are_at_least_forty_worked_examples_and_each_is_told_once() -> None:
    told = [str(example["what"]) for example in examples()]
    assert len(told) == len(set(told)) >= 40


@pytest.mark.parametrize("example", examples(), ids=lambda example: str(example["what"]))
def test_a_worked_example_comes_out_as_written(example: dict[str, yamlio.Plain]) -> None:
    signs = cast("list[str]", example["signs"])
    known = {name: example[name] for name in ("weeks", "places", "tried") if name in example}
    light = contract(lit(str(example["band"]), *signs, **known))
    wanted = {
        "light": example["light"],
        "rule": example["rule"],
        "locked": example.get("locked", False),
        "acute": example.get("acute", False),
        "attention": example.get("attention", False),
        "flow": example.get("flow"),
        "ask": example.get("ask", []),
    }
    wanted |= {name: example[name] for name in ("child", "care", "card") if name in example}
    assert {name: light[name] for name in wanted} == wanted


def test_every_rule_of_the_table_is_shown_by_an_example() -> None:
    assert {str(example["rule"]) for example in examples()} == {rule.id for rule in BOOK.table.rules}


# --- the table as a whole ---


def test_every_combination_is_decided_and_every_rule_can_fire() -> None:
    assert gaps_and_clashes(BOOK.table) == ()
    assert unreachable(BOOK.table) == ()
    assert sum(reach(BOOK.table).values()) == 248_832


def test_every_outcome_of_the_table_has_a_shade_and_every_shade_is_used() -> None:
    assert {rule.outcome for rule in BOOK.table.rules} == SHADES.keys()


def test_the_rules_stand_in_the_order_of_gravity() -> None:
    ranks = [SHADES[rule.outcome].rank for rule in BOOK.table.rules if rule.outcome not in ("none", "green")]
    assert ranks == sorted(ranks, reverse=True)


# --- reasons ---


@pytest.mark.parametrize(
    ("ticked", "because"),
    [
        (("B3CR5", "B3CR1", "B3CY1"), ("acute_sign", "B3CR5")),
        (("B3CR1", "B3CR2", "B3CY1"), ("locked_sign", "B3CR1")),
        (("B3CR2", "B3CY1", "B3CG3"), ("red_sign", "B3CR2")),
        (("B3PY1", "B3CY1", "B3CG3"), ("several_yellow", "B3CY1", "B3PY1")),
        (("B3CG3", "B3CG1", "B3CG2"), ("all_green", "B3CG1", "B3CG2", "B3CG3")),
        ((), ("too_little",)),
    ],
)
def test_the_reasons_are_the_rule_and_the_signs_it_stands_on(ticked: tuple[str, ...], because: tuple[str, ...]) -> None:
    assert lit("B3", *ticked).because == because


def test_the_gravest_sign_chooses_the_action_card() -> None:
    light = lit("B4", "B4CY5", "B4CR1", "B4PR8")
    assert (light.flow, light.card) == ("danger", "henterisiko")
    light = lit("B4", "B4CY5", "B4CR10")
    assert (light.flow, light.card) == ("control", None)
    light = lit("B4", "B4CY5", "B4CR3")
    assert (light.flow, light.card) == (None, "selvmord")


def test_a_light_without_such_a_sign_opens_no_card() -> None:
    light = lit("B3", "B3CR2")
    assert (light.flow, light.card) == (None, None)


# --- protective factors ---


@pytest.mark.parametrize("ticked", ["B3CR2", "B3CR1", "B3CR5"])
def test_what_speaks_for_the_child_never_lowers_red(ticked: str) -> None:
    everything = [factor.id for factor in BOOK.factors]
    light = lit("B3", ticked, protective=everything)
    assert replace(light, protective=()) == lit("B3", ticked)
    assert light.protective == tuple(everything)


def test_what_speaks_for_the_child_is_kept_in_the_order_of_the_book() -> None:
    assert lit("B3", "B3CY1", protective=["ven", "tryg_voksen"]).protective == ("tryg_voksen", "ven")


# --- refusals ---


def test_from_eighteen_on_the_traffic_light_does_not_judge() -> None:
    assert refused("18+").code == "adult"


@pytest.mark.parametrize(
    ("age", "band"), [(0, "B1"), (2, "B1"), (3, "B2"), (5, "B2"), (6, "B3"), (12, "B3"), (13, "B4"), (17, "B4")]
)
def test_every_age_below_eighteen_has_one_band(age: int, band: str) -> None:
    assert [one.id for one in BOOK.bands if one.ages[0] <= age <= one.ages[1]] == [band]


def test_an_unknown_band_or_sign_is_refused_and_never_guessed() -> None:
    assert refused("B5").code == "unknown_band"
    assert refused("B3", "B3CY1", "B3CY99", "nonsense") == Refused("unknown_sign", ("B3CY99", "nonsense"))


def test_a_sign_of_another_age_is_refused() -> None:
    assert refused("B3", "B3CY1", "B2CY1") == Refused("other_band", ("B2CY1",))


def test_impossible_circumstances_are_refused() -> None:
    assert refused("B3", weeks=-1) == Refused("bad_number", ("weeks",))
    assert refused("B3", places=0) == Refused("bad_number", ("places",))
    assert refused("B3", tried="maybe") == Refused("bad_tried")
    assert refused("B3", protective=["ven", "hund"]) == Refused("unknown_factor", ("hund",))


def test_a_refusal_has_no_colour_and_names_its_code() -> None:
    assert contract(refused("B3", "B2CY1")) == {
        "light": "none",
        "locked": False,
        "acute": False,
        "attention": False,
        "because": ["other_band", "B2CY1"],
        "error": "other_band",
    }


# --- a table that an editor has broken ---


def book_with(*rules: Rule) -> SignBook:
    return replace(BOOK, table=replace(BOOK.table, rules=rules))


@pytest.mark.parametrize(
    ("book", "rule"),
    [
        (book_with(Rule("odd", "purple")), "unknown_outcome"),
        (book_with(), "period"),
        (book_with(replace(BOOK.table.rules[0])), "gap"),
    ],
)
def test_a_broken_table_gives_no_colour(book: SignBook, rule: str) -> None:
    light = judge(book, band="B3", ticked=["B3CG1", "B3CG2", "B3CG3"])
    assert isinstance(light, Light)
    assert (light.light, light.rule, light.child, light.care) == ("none", rule, "none", "none")


# --- the outside contract ---


def test_the_outside_answer_has_its_promised_keys_and_is_plain_data() -> None:
    assert contract(lit("B3", "B3CY1", "B3CY4", protective=["ven"])) == {
        "light": "yellow",
        "locked": False,
        "acute": False,
        "attention": False,
        "because": ["several_yellow", "B3CY1", "B3CY4"],
        "rule": "several_yellow",
        "flow": None,
        "card": None,
        "child": "yellow",
        "care": "none",
        "protective": ["ven"],
        "ask": [],
    }


def test_the_same_book_comes_from_the_documents_themselves() -> None:
    bands = [yamlio.read(CONTENT / "signs" / f"{band.id}.yaml") for band in BOOK.bands]
    factors = yamlio.read(CONTENT / "signs" / "beskyttelse.yaml")
    assert load_signs(bands, factors, yamlio.read(CONTENT / "tables" / "triage.yaml")) == BOOK
