"""From the answers of a worry to what a team needs: the five lines, the suggested light, and who may help."""

from __future__ import annotations

import pytest

from dialogs.answers import answer_text
from dialogs.content import Content
from dialogs.light.triage import Light, Refused
from dialogs.types import Draft, Option
from dialogs.values import Picked, Value
from dialogs.worry import (
    WorrySummary,
    band_of,
    flow_of,
    labels_for,
    light_alone,
    summarise,
    suspect_of,
    worry_light,
)
from tests.core.form_kit import ask, danish, draft

WORRY, LIGHT = danish().form("worry"), danish().form("light")
CALM: dict[str, Value] = {"q04_sikkerhed": "nej", "q00_udgave": "hele", "q02_alder": "k46"}
RED: dict[str, Value] = {"q04_sikkerhed": "ja", "q04_mere": "send", "q02_alder": "k46"}


def worry(answers: dict[str, Value], **more: object) -> Draft:
    return draft(WORRY, answers, **more)


def lines(content: Content, answers: dict[str, Value]) -> dict[str, str]:
    return dict(summarise(content, WORRY, worry(answers)).lines)


def summary(content: Content, answers: dict[str, Value], **more: object) -> WorrySummary:
    return summarise(content, WORRY, worry(answers, **more))


# --- an answer in words ---


@pytest.mark.parametrize(
    ("question", "value", "text"),
    [
        (ask("q", "text"), None, ""),
        (ask("q", "text"), "Ord.", "Ord."),
        (ask("q", "text", Option("x", "Label")), Picked(("x",), ""), "Label"),
        (ask("q", "one", Option("x", "Label")), "x", "Label"),
        (ask("q", "one", Option("x", "Label")), "gone", "gone"),
        (ask("q", "one", Option("x", "Label")), Picked(("x",), "Ord."), "Label – Ord."),
        (ask("q", "one", Option("x", "Label")), Picked((), "Ord."), "Ord."),
        (ask("q", "many", Option("x", "Label"), Option("y", "Anden")), ("x", "y"), "Label, Anden"),
        (ask("q", "list"), ("a", "b"), "a\nb"),
        (ask("q", "number"), 3, "3"),
        (ask("q", "each", Option("x", "Label"), of="l"), ("x", "x"), "plads: Label\nmakker: Label"),
        (ask("q", "each", Option("x", "Label"), of="gone"), ("x", "x"), "Label, Label"),
    ],
)
def test_an_answer_is_told_in_labels_and_the_persons_own_words(
    question: object, value: Value | None, text: str
) -> None:
    assert answer_text(question, value, {"l": ("plads", "makker")}) == text


def test_a_page_that_holds_only_ids_gets_labels(content: Content) -> None:
    assert labels_for(content, WORRY, "q02_alder", "k46") == ("Alder og sted", "10–12 år, 4.–6. klasse")
    assert labels_for(content, WORRY, "q17_effekt", ("lidt", "god")) == ("Virkning", "Lidt, God virkning")
    assert labels_for(content, WORRY, "gone", "Ord") == ("gone", "Ord")
    assert labels_for(content, WORRY, "gone", 3) == ("gone", "3")


# --- what the answers say ---


def test_every_age_points_to_a_band_of_signs(content: Content) -> None:
    for form, question in ((WORRY, "q02_alder"), (LIGHT, "l_alder")):
        ages = {o.id for o in form.question(question).options} - {"b5"}  # 18 and over has no light
        assert set(form.bands) == ages
        assert all(content.signs.band(band_of(form, {question: age}, question)) for age in ages)
    assert band_of(WORRY, {}) == ""


@pytest.mark.parametrize(
    ("answers", "flow"),
    [
        ({}, None),
        ({"q04_sikkerhed": "nej", "q04_hvad": "violence"}, None),
        ({"q04_sikkerhed": "ja"}, "other"),
        ({"q04_sikkerhed": "maaske", "q04_hvad": "suicide"}, "suicide"),
    ],
)
def test_only_a_worry_that_cannot_wait_has_a_flow(answers: dict[str, Value], flow: str | None) -> None:
    assert flow_of(answers) == flow


def test_the_suspect_is_whom_the_writer_named() -> None:
    assert suspect_of({"q04_hvem": "leader"}) == "leader"
    assert suspect_of({}) is None


# --- the light ---


@pytest.mark.parametrize(
    ("flow", "locked"), [("violence", True), ("sexual", True), ("suicide", True), ("control", True), ("other", False)]
)
def test_what_is_said_about_safety_makes_it_red(content: Content, flow: str, locked: bool) -> None:
    found = worry_light(content, WORRY, {**RED, "q04_hvad": flow})
    assert found.stated
    assert (found.colour.suggested, found.colour.now, found.colour.locked) == ("red", "red", locked)
    assert (found.colour.acute, found.colour.flow, found.colour.because[0]) == (True, flow, "stated")


def test_maybe_is_red_too_but_not_acute(content: Content) -> None:
    colour = worry_light(content, WORRY, {**RED, "q04_sikkerhed": "maaske", "q04_hvad": "violence"}).colour
    assert (colour.now, colour.acute) == ("red", False)


def test_signs_stand_beside_what_was_stated(content: Content) -> None:
    colour = worry_light(content, WORRY, {**RED, "q04_hvad": "suicide", "q06_tegn": ("B3CR2", "B3CR4")}).colour
    assert colour.child == "red"
    assert set(colour.because) >= {"stated", "B3CR2"}


def test_two_yellow_signs_over_time_are_yellow(content: Content) -> None:
    answers: dict[str, Value] = {**CALM, "q06_tegn": ("B3CY2", "B3CY4"), "q07_hvornaar": Picked(("uger",), "")}
    colour = worry_light(content, WORRY, {**answers, "q09_hvor": Picked(("timer", "frikvarter"), "")}).colour
    assert (colour.suggested, colour.now, colour.child, colour.care) == ("yellow", "yellow", "yellow", "none")


def test_without_an_age_or_signs_there_is_no_colour_and_never_green(content: Content) -> None:
    assert worry_light(content, WORRY, {}).light is None
    assert worry_light(content, WORRY, {}).colour.suggested == "none"
    assert worry_light(content, WORRY, CALM).colour.suggested == "none"


@pytest.mark.parametrize(
    ("said", "now", "says"), [("enig", "yellow", "agree"), ("hoejere", "red", "higher"), ("lavere", "yellow", "lower")]
)
def test_the_writer_may_raise_the_colour_one_step_but_never_lower_it(
    content: Content, said: str, now: str, says: str
) -> None:
    signs: dict[str, Value] = {"q06_tegn": ("B3CY2", "B3CY4"), "q07_hvornaar": Picked(("uger",), "")}
    places: dict[str, Value] = {"q09_hvor": Picked(("timer", "frikvarter"), "")}
    colour = worry_light(content, WORRY, {**CALM, **signs, **places, "q19_farve": Picked((said,), "Fordi")}).colour
    assert (colour.suggested, colour.now, colour.writer_says, colour.writer_reason) == ("yellow", now, says, "Fordi")


def test_without_a_colour_the_writer_may_still_say_higher(content: Content) -> None:
    colour = worry_light(content, WORRY, {"q19_farve": Picked(("hoejere",), "Uro")}).colour
    assert (colour.suggested, colour.now) == ("none", "yellow")


def test_a_locked_sign_closes_the_circle_but_absence_does_not(content: Content) -> None:
    closed = worry_light(content, WORRY, {**CALM, "q06_omsorg": ("B3PR3",)}).colour
    assert (closed.now, closed.locked, closed.flow) == ("red", True, "violence")
    open_ = worry_light(content, WORRY, {**CALM, "q06_tegn": ("B3CR1",)}).colour
    assert (open_.now, open_.locked, open_.flow) == ("red", True, None)


@pytest.mark.parametrize(("said", "tried"), [("ja", "red"), ("nej", "yellow")])
def test_long_help_without_effect_can_make_it_red(content: Content, said: str, tried: str) -> None:
    band = content.signs.band("B3")
    assert band is not None
    band = content.signs.band("B3")
    assert band is not None
    answers: dict[str, Value] = {
        **CALM,
        "q06_tegn": tuple(sign.id for sign in band.signs if sign.colour == "yellow" and sign.subject == "child")[:5],
        "q07_hvornaar": Picked(("maaneder",), ""),
        "q09_hvor": Picked(("timer", "frikvarter", "ved_ikke"), ""),
        "q17_uger": said,
    }
    assert worry_light(content, WORRY, answers).colour.now == tried


# --- the summary ---


def test_the_five_lines_are_in_the_writers_words(content: Content) -> None:
    said = lines(
        content,
        {
            **CALM,
            "q05_set": "Sad alene.",
            "q07_hvornaar": Picked(("uger",), "Siden ferien"),
            "q08_hvortit": "dagligt",
            "q09_hvor": Picked(("timer",), ""),
            "q10_styrker": "Tegner.",
            "q11_barnets_ord": "Jeg keder mig.",
            "q12_barnets_oenske": "En makker.",
            "q13_foraeldre": Picked(("ja",), "De ser det."),
            "q14_samtykke": Picked(("nej",), ""),
            "q18_hjaelp": Picked(("raad",), ""),
        },
    )
    assert said == {
        "set": "Sad alene.",
        "time": "2–11 uger – Siden ferien · Dagligt · I timerne",
        "strengths": "Tegner.",
        "voices": "Jeg keder mig. · En makker. · Ja – De ser det. · Nej",
        "wish": "Råd",
    }


def test_what_is_not_written_is_named_as_such(content: Content) -> None:
    nothing = content.words("summary.nothing")
    assert set(lines(content, {**RED, "q04_hvad": "danger"}).values()) == {nothing}


@pytest.mark.parametrize("flow", ["violence", "sexual", "control", "suicide", "danger", "other"])
@pytest.mark.parametrize("more", ["send", "rest"])
def test_parents_wait_only_where_the_authority_decides(content: Content, flow: str, more: str) -> None:
    """With suicide a person tells the parents the same day, so nothing here may say that they are left out."""
    voices = lines(content, {**RED, "q04_hvad": flow, "q04_mere": more, "q11_barnets_ord": "Ord"})["voices"]
    assert (content.words("summary.parents_wait") in voices) == (flow in {"violence", "sexual", "control"})


def test_answers_asleep_reach_no_summary(content: Content) -> None:
    told = summary(content, {**RED, "q04_hvad": "violence", "q13_foraeldre": Picked(("ja",), "HEMMELIGT")})
    assert "HEMMELIGT" not in repr(told)


def test_what_is_missing_is_named_whether_passed_over_or_not_yet_reached(content: Content) -> None:
    told = summary(content, {**RED, "q04_hvad": "other"})
    assert told.missing == ("q01_barn", "q03_rolle", "q05_set")
    calm = {**CALM, "q05_set": "Ord"}
    assert "q08_retning" in summary(content, calm, skipped={"q08_retning": "unknown"}).missing
    assert "q08_retning" not in summary(content, calm).missing


@pytest.mark.parametrize(
    ("words", "missing"), [(None, True), (Picked(("ikke_spurgt",), ""), True), ("Jeg er træt.", False)]
)
def test_a_worry_without_the_childs_own_words_says_so(content: Content, words: Value | None, missing: bool) -> None:
    assert summary(content, CALM if words is None else {**CALM, "q11_barnets_ord": words}).child_missing is missing


def test_who_can_help_is_suggested_with_at_most_three_first(content: Content) -> None:
    told = summary(content, {**CALM, "q06_omraader": ("sprog",), "q05_set": "Siger kun enkelte ord."})
    assert 1 <= len(told.advice.first) <= 3
    assert told.band == "B3"


def test_the_flow_of_a_locked_sign_leads_the_summary(content: Content) -> None:
    assert summary(content, {**CALM, "q06_omraader": ("andet",), "q06_omsorg": ("B3PR3",)}).flow == "violence"


# --- the light alone ---


def test_18_and_over_gets_no_light(content: Content) -> None:
    found = light_alone(content, LIGHT, {"l_alder": "b5"})
    assert isinstance(found, Refused) and found.code == "adult"


def test_the_light_alone_reads_rows_time_places_and_strengths(content: Content) -> None:
    yellow: dict[str, Value] = {"l_alder": "b3", "l_B3_C2": "B3CY2", "l_B3_C4": "B3CY4", "l_B3_C3": "ved_ikke"}
    found = light_alone(content, LIGHT, {**yellow, "l_uger": "uger", "l_steder": "flere", "l_proevet": "nej"})
    assert isinstance(found, Light)
    assert (found.light, set(found.signs)) == ("yellow", {"B3CY2", "B3CY4"})


def test_ticking_nothing_is_never_green(content: Content) -> None:
    found = light_alone(content, LIGHT, {"l_alder": "b3", "l_B3_C2": "ved_ikke"})
    assert isinstance(found, Light) and found.light == "none"


def test_protective_factors_are_carried_along(content: Content) -> None:
    factor = content.signs.factors[0].id
    found = light_alone(content, LIGHT, {"l_alder": "b3", "l_B3_C2": "B3CR2", "l_styrker": (factor,)})
    assert isinstance(found, Light) and (found.light, found.protective) == ("red", (factor,))
