"""The draft of a report: every answer where it belongs, nothing retyped, names to fill in by hand."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pytest

from dialogs.cases.model import Colour
from dialogs.papers.documents import Blanks, Paper, as_text
from dialogs.papers.reports import Source, report
from dialogs.values import Picked, Value
from tests.app.kit import YELLOW
from tests.core.form_kit import danish

CONTENT = danish()
FORM = CONTENT.form("worry")
RED: Mapping[str, Value] = {
    "q04_sikkerhed": "ja",
    "q04_hvad": "violence",
    "q04_hvem": "home",
    "q01_barn": "Uglen",
    "q02_alder": "k46",
    "q03_rolle": Picked(("laerer",), "To år"),
    "q05_set": "Han havde mærker på armen.",
}


def made(answers: Mapping[str, Value], **more: Any) -> Paper:
    colour = more.pop("colour", Colour("yellow", "yellow"))
    source = Source("K7RT-Måge", FORM, answers, colour, **more)
    return report(CONTENT.papers, source, intake="modtagelsen", date="mandag den 23. november")


def section(paper: Paper, title: str) -> str:
    """One section as plain text."""
    found = [one for one in paper.sections if one.title == title]
    assert len(found) == 1, [one.title for one in paper.sections]
    return as_text(Paper("", (found[0],), ""))


def test_every_answer_of_the_writer_is_there_without_retyping() -> None:
    text = as_text(made(YELLOW))
    own = (
        "Mandag sad han alene",
        "Der er ikke nogen",
        "en ven",
        "De ser det også",
        "To hjem",
        "Ny plads",
        "Se på frikvarteret",
    )
    assert [words for words in own if words not in text] == []


def test_facts_stand_apart_from_what_is_thought() -> None:
    paper = made(YELLOW)
    facts, thought = section(paper, "Det, der er set og hørt"), section(paper, "Din vurdering")
    assert "Mandag sad han alene" in facts
    assert "Se på frikvarteret" in thought
    assert "Se på frikvarteret" not in facts
    assert "Mandag sad han alene" not in thought


@pytest.mark.parametrize("light", ["yellow", "red"])
def test_the_schools_own_light_and_ways_are_no_news_for_the_authority(light: Any) -> None:
    text = as_text(made({**YELLOW, "q17_uger": "nej"}, colour=Colour(light, light))).lower()
    assert [word for word in ("gul", "rød", "enig", "udgave", "seks uger:") if word in text] == []


def test_help_that_ran_for_six_weeks_in_vain_is_told_and_nothing_is_told_otherwise() -> None:
    vain = made({**YELLOW, "q17_uger": "ja"})
    assert "seks uger uden at hjælpe" in section(vain, "Det, I har prøvet")
    assert "seks uger" not in section(made({**YELLOW, "q17_uger": "nej"}), "Det, I har prøvet")


def test_a_report_by_another_than_the_writer_says_whose_eyes_it_was() -> None:
    assert "fra en kollega" in section(made(YELLOW, second_hand=True), "Det, der er set og hørt")
    assert "kollega" not in as_text(made(YELLOW))


def test_a_thing_tried_stands_with_how_it_worked() -> None:
    assert "- Ny plads ved vinduet: Lidt" in section(made(YELLOW), "Det, I har prøvet")


def test_names_are_lines_to_fill_in_and_the_alias_is_not_on_the_paper() -> None:
    paper = made(YELLOW)
    blanks = [block for one in paper.sections for block in one.blocks if isinstance(block, Blanks)]
    assert blanks[0].labels[:2] == ("Barnets navn og CPR", "Barnets adresse")
    assert "Uglen" not in as_text(paper)


@pytest.mark.parametrize("flow", ["violence", "sexual", "control"])
def test_nobody_is_sent_to_the_parents_where_the_authority_decides(flow: str) -> None:
    stated = made({**RED, "q04_hvad": flow, "q13_foraeldre": Picked(("nej",))})
    seen = made(YELLOW, colour=Colour("red", "red", locked=True, flow=flow))
    for paper in (stated, seen):
        parents = section(paper, "Forældrenes syn")
        assert "myndigheden" in parents
        assert "Skriv" not in parents
        assert "De ser det også" not in parents
    assert "Forældrene" not in section(stated, "Det mangler")


def test_in_another_flow_the_reason_for_not_asking_is_asked_for() -> None:
    paper = made({**RED, "q04_hvad": "danger", "q13_foraeldre": Picked(("nej",))})
    assert "Grunden til det: ___" in section(paper, "Forældrenes syn")


def test_urgency_comes_first_and_says_to_call() -> None:
    assert made(RED).sections[0].title == "Haster det?"
    assert "Ring først" in section(made(RED), "Haster det?")
    assert "vold" in section(made(RED), "Haster det?")
    assert "i tvivl" in section(made({**RED, "q04_sikkerhed": "maaske"}), "Haster det?")
    calm = section(made(YELLOW), "Haster det?")
    assert "Ring først" not in calm
    assert "112" in calm
    assert "i dag" in section(made(YELLOW, colour=Colour("red", "red")), "Haster det?")


def test_what_is_missing_is_named_and_holds_nothing_back() -> None:
    gaps = section(made({**YELLOW, "q11_barnets_ord": "ikke_spurgt", "q10_styrker": ""}), "Det mangler")
    assert "Barnets egne ord" in gaps
    assert "Styrker" in gaps
    assert "uden" in gaps
    assert all(one.title != "Det mangler" for one in made(YELLOW).sections)


def test_what_is_kept_from_a_reader_is_no_gap() -> None:
    without = {key: value for key, value in YELLOW.items() if key != "q10_styrker"}
    assert all(one.title != "Det mangler" for one in made(without, hidden=("q10_styrker",)).sections)


def test_a_child_who_has_not_been_asked_is_said_so_and_never_questioned_in_a_closed_flow() -> None:
    calm = section(made({**YELLOW, "q11_barnets_ord": "ikke_spurgt", "q12_barnets_oenske": ""}), "Barnets egne ord")
    assert "ikke spurgt" in calm
    assert "Spørg ikke barnet ud" in section(made(RED), "Barnets egne ord")


def test_the_clocks_and_the_personal_duty_are_on_the_paper() -> None:
    after = section(made(YELLOW), "Det sker der bagefter")
    assert "24 timer" in after
    assert "seks hverdage" in after
    assert "selv om" not in after


@pytest.mark.parametrize("answers", [YELLOW, RED, {}], ids=["whole", "red", "nothing"])
def test_no_hole_is_left_in_the_paper_and_its_name_says_nothing(answers: Mapping[str, Value]) -> None:
    paper = made(answers)
    assert "{" not in as_text(paper)
    assert paper.name == "underretning-K7RT-Måge"


def test_what_was_written_later_has_its_place() -> None:
    assert "En dreng fra klubben" in section(
        made(YELLOW, later=("mandag: En dreng fra klubben",)), "Skrevet til senere"
    )


def test_whoever_may_not_see_all_of_it_is_told_what_is_left_out_and_whom_to_ask() -> None:
    known = {key: value for key, value in YELLOW.items() if key not in ("q15_omkring", "q02_alder")}
    text = section(
        made(known, hidden=("q15_omkring", "q02_alder"), left_out=("q02_alder", "q15_omkring")), "Det mangler"
    )
    assert "Her er noget skjult for dig: alder" in text and "Spørg den, der skrev" in text
    assert "skjult for dig" not in as_text(made(YELLOW))
