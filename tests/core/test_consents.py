"""Consent: who must say yes, one refusal is no consent, a blanket is none, and a no counts at once."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest

from dialogs.papers.consentpaper import form_of
from dialogs.papers.consents import (
    AGES,
    GIVERS,
    KINDS,
    MOVES,
    RECEIVERS,
    SEATS,
    Back,
    Consent,
    Record,
    Scope,
    Withdraw,
    Word,
    a_year_after,
    ages_of,
    covers,
    dump,
    flaw,
    health_alone,
    load,
    move,
    must_say,
    standing,
    standing_for,
    usual_giver,
)
from dialogs.papers.documents import as_text
from dialogs.types import Problem
from tests.core.form_kit import danish

TODAY = date(2026, 11, 23)
SCOPE = Scope(("psychologist", "social_worker"), ("wellbeing",), "Mødet om frikvartererne i december", date(2027, 2, 1))


def consent(state: Any = "asked", parties: Any = ("holder_1", "holder_2"), **more: Any) -> Consent:
    return Consent("s1", "c1", state, SCOPE, parties, "ada", TODAY - timedelta(days=3), **more)


def said(
    party: Any, answer: Any = "yes", way: Any = "written", why: str = "", day: date = TODAY, heard: str = "lederen"
) -> Record:
    return Record(Word(party, answer, way, day, "ada", why, heard if way == "oral" else ""))


def done(one: Consent, *acts: Any) -> Consent:
    for act in acts:
        after = move(one, act, TODAY)
        assert isinstance(after, Consent), after
        one = after
    return one


def code(result: object) -> str:
    assert isinstance(result, Problem), result
    return result.code


@pytest.mark.parametrize(
    ("place", "giver"), [("d35", "daycare"), ("sfo", "daycare"), ("k46", "school"), ("", "school")]
)
def test_who_tells_is_proposed_by_where_the_child_spends_the_day(place: str, giver: str) -> None:
    assert usual_giver(place) == giver


@pytest.mark.parametrize(
    ("age", "custody", "health", "who"),
    [
        ("u15", "two", False, ("holder_1", "holder_2")),
        ("u15", "one", False, ("holder_1",)),
        ("u15", "one", True, ("holder_1",)),
        ("15_17", "two", False, ("holder_1", "holder_2", "young")),
        ("15_17", "one", False, ("holder_1", "young")),
        ("15_17", "two", True, ("young",)),
        ("adult", "two", False, ("young",)),
        ("adult", "placed", False, ("young",)),
    ],
)
def test_who_must_say_yes_by_age_and_custody(age: Any, custody: Any, health: bool, who: tuple[str, ...]) -> None:
    assert must_say(age, custody, health_only=health) == who


@pytest.mark.parametrize("age", ["u15", "15_17"])
def test_of_a_placed_child_the_case_worker_knows_who_may_say_yes(age: Any) -> None:
    assert code(must_say(age, "placed")) == "consent_placed"
    assert code(must_say(age, "placed", health_only=True)) == "consent_placed"


def test_it_stands_when_everybody_has_said_yes_and_not_before() -> None:
    half = done(consent(), said("holder_1"))
    assert (half.state, standing(half, TODAY), half.waits_for) == ("asked", "not_asked", ("holder_2",))
    whole = done(half, said("holder_2"))
    assert (whole.state, standing(whole, TODAY)) == ("given", "valid")


@pytest.mark.parametrize("first", ["yes", "no"])
def test_one_refusal_is_no_consent_whoever_came_first(first: Any) -> None:
    other = "no" if first == "yes" else "yes"
    after = done(consent(), said("holder_1", first))
    if first == "yes":
        after = done(after, said("holder_2", other))
    assert (after.state, standing(after, TODAY)) == ("refused", "refused")
    assert code(move(after, said("holder_2"), TODAY)) == "consent_over"


def test_a_yes_can_be_taken_back_at_any_time_and_is_over_then() -> None:
    given = done(consent(parties=("holder_1",)), said("holder_1"))
    back = done(given, Withdraw("holder_1", TODAY, "tove"))
    assert back.back == Back("holder_1", "tove", TODAY)
    assert load(dump(back)) == back
    assert (back.state, standing(back, TODAY), back.ended_on) == ("withdrawn", "refused", TODAY)
    for act in (said("holder_1"), Withdraw("holder_1", TODAY, "tove")):
        assert code(move(back, act, TODAY)) == "consent_over"


def test_it_stands_to_the_end_of_its_last_day_and_is_not_asked_after() -> None:
    given = consent("given")
    assert standing(given, SCOPE.until) == "valid"
    assert standing(given, SCOPE.until + timedelta(days=1)) == "not_asked"


def test_an_oral_yes_says_why_it_was_oral_and_who_heard_it_and_a_no_needs_no_reason() -> None:
    assert code(move(consent(), said("holder_1", way="oral"), TODAY)) == "consent_why_oral"
    assert code(move(consent(), said("holder_1", way="oral", why="De ringede", heard=" "), TODAY)) == "consent_receiver"
    assert done(consent(), said("holder_1", way="oral", why="De ringede fra arbejde")).words[0].heard_by == "ada"
    assert done(consent(), said("holder_1", "no", way="oral")).state == "refused"


@pytest.mark.parametrize(
    ("act", "problem"),
    [
        (said("young"), "consent_party"),
        (Withdraw("young", TODAY, "tove"), "consent_party"),
        (said("holder_1", day=TODAY + timedelta(days=1)), "consent_day"),
        (said("holder_1", day=TODAY - timedelta(days=4)), "consent_day"),
        (Withdraw("holder_1", TODAY + timedelta(days=1), "tove"), "consent_day"),
        (said("holder_1", way="oral", why="x" * 601), "consent_too_long"),
    ],
)
def test_an_answer_that_can_not_be_is_refused(act: Any, problem: str) -> None:
    assert code(move(consent(), act, TODAY)) == problem


def test_nobody_answers_twice() -> None:
    assert code(move(done(consent(), said("holder_1")), said("holder_1", "no"), TODAY)) == "consent_party"


@pytest.mark.parametrize(
    "purpose",
    [
        "Til alle relevante samarbejdspartnere",
        "Samarbejde med relevante parter",
        "Udveksling af alle oplysninger",
        "Vi taler med PPR m.fl.",
        "Møder, trivsel osv.",
        "Alt om skolen",
    ],
)
def test_a_blanket_is_refused(purpose: str) -> None:
    assert code(flaw(replace(SCOPE, purpose=purpose), TODAY)) == "consent_blanket"


@pytest.mark.parametrize("changes", [{"to": RECEIVERS}, {"kinds": KINDS}])
def test_everybody_or_everything_ticked_is_a_blanket_too(changes: dict[str, Any]) -> None:
    assert code(flaw(replace(SCOPE, **changes), TODAY)) == "consent_blanket"


@pytest.mark.parametrize(
    "purpose", ["Mødet om frikvartererne", "Hjælp til at komme i skole efter jul", "Et møde med PPR om læsning"]
)
def test_one_purpose_in_plain_words_is_taken(purpose: str) -> None:
    assert flaw(replace(SCOPE, purpose=purpose), TODAY) is None


@pytest.mark.parametrize(
    ("changes", "problem"),
    [
        ({"givers": ()}, "consent_no_giver"),
        ({"givers": ("psychologist",), "to": ("psychologist",)}, "consent_to_self"),
        ({"to": ()}, "consent_nobody"),
        ({"kinds": ()}, "consent_nothing"),
        ({"purpose": " "}, "consent_no_purpose"),
        ({"purpose": "x" * 601}, "consent_too_long"),
        ({"excluded": "x" * 601}, "consent_too_long"),
        ({"until": TODAY}, "consent_past"),
        ({"until": TODAY + timedelta(days=366)}, "consent_too_far"),
    ],
)
def test_what_is_missing_or_too_much_is_refused(changes: dict[str, Any], problem: str) -> None:
    assert code(flaw(replace(SCOPE, **changes), TODAY)) == problem


def test_a_consent_holds_for_a_year_to_the_day_and_no_day_more() -> None:
    assert a_year_after(TODAY) == date(2027, 11, 23)
    assert a_year_after(date(2028, 2, 29)) == date(2029, 2, 28)
    assert flaw(replace(SCOPE, until=a_year_after(TODAY)), TODAY) is None


def test_it_covers_whom_and_what_it_names_and_nobody_else() -> None:
    given = [consent("given")]
    assert covers(given, "psychologist", TODAY) == "valid"
    assert covers(given, "doctor", TODAY) == "not_asked"
    assert covers(given, "psychologist", TODAY, "wellbeing") == "valid"
    assert covers(given, "psychologist", TODAY, "family") == "not_asked"
    assert covers([], "psychologist", TODAY) == "not_asked"


@pytest.mark.parametrize("givers", [("health_visitor",), ("dental", "social_worker")])
def test_a_yes_to_what_others_may_tell_opens_nothing_that_the_house_wrote(givers: Any) -> None:
    theirs = consent("given")
    theirs = replace(theirs, scope=replace(SCOPE, givers=givers))
    assert covers([theirs], "psychologist", TODAY) == "not_asked"
    both = replace(theirs, scope=replace(SCOPE, givers=("school", *givers)))
    assert covers([both], "psychologist", TODAY) == "valid"


@pytest.mark.parametrize(
    ("kinds", "givers", "alone"),
    [
        (("health",), ("health_visitor",), True),
        (("health",), ("health_visitor", "dental"), True),
        (("health", "family"), ("health_visitor",), False),
        (("health",), ("school",), False),
        (("health",), ("health_visitor", "school"), False),
        (("health",), (), False),
    ],
)
def test_a_young_person_alone_says_yes_to_health_told_by_health_staff(kinds: Any, givers: Any, alone: bool) -> None:
    assert health_alone(replace(SCOPE, kinds=kinds, givers=givers)) is alone


@pytest.mark.parametrize(("band", "ages"), [("B1", 1), ("B2", 1), ("B3", 1), ("B4", 3), ("", 3)])
def test_the_age_that_is_asked_about_fits_the_age_on_the_case(band: str, ages: int) -> None:
    assert ages_of(band) == AGES[:ages]


def test_one_filed_before_it_was_asked_who_tells_is_the_schools() -> None:
    filing = dump(done(consent(), said("holder_1")))
    old = {key: value for key, value in filing.body.items() if key != "givers"}
    old["words"] = [{key: value for key, value in one.items() if key != "receiver"} for one in old["words"]]
    assert load(replace(filing, body=old)).scope.givers == ("school",)


def test_a_later_no_outweighs_an_older_yes_and_a_newer_yes_an_older_no() -> None:
    yes = consent("given")
    no = replace(consent("refused"), id="s2", asked_on=TODAY, ended_on=TODAY)
    assert covers([yes, no], "psychologist", TODAY) == "refused"
    newer = replace(yes, id="s3", asked_on=TODAY + timedelta(days=1))
    assert covers([yes, no, newer], "psychologist", TODAY + timedelta(days=1)) == "valid"
    same_day = replace(yes, id="s4", asked_on=TODAY)
    assert covers([no, same_day], "psychologist", TODAY) == "refused", "in doubt it is a no"


def test_a_reader_of_another_seat_is_not_covered() -> None:
    given = [consent("given")]
    assert standing_for(given, "psychologist", TODAY) == "valid"
    assert standing_for(given, "leader", TODAY) == "not_asked"
    assert standing_for(given, "superior", TODAY) == "not_asked"
    assert standing_for([], "psychologist", TODAY) is None
    assert set(SEATS.values()) <= set(RECEIVERS)


def test_it_comes_back_as_it_was_filed() -> None:
    one = done(consent(), said("holder_1", way="oral", why="Æ"), Withdraw("holder_2", TODAY, "tove"))
    assert load(dump(one)) == one
    assert load(dump(consent())) == consent()


def test_what_has_ended_has_no_way_on() -> None:
    assert {state for state, _ in MOVES} == {"asked", "given"}


def test_every_choice_has_danish_words() -> None:
    words = danish().papers
    keys = [f"consent.to.{one}" for one in RECEIVERS] + [f"consent.kinds.{one}" for one in KINDS]
    keys += [f"consent.from.{one}" for one in GIVERS]
    assert [key for key in keys if not words.has(key)] == []


def paper_words(parties: Any) -> str:
    return as_text(form_of(danish().papers, consent(parties=parties), "K7RT-Måge", "Lærkeskolen, Solbæk Kommune"))


def test_a_parent_is_spoken_to_about_the_child_and_who_says_yes_alone_about_themself() -> None:
    parent, young = paper_words(("holder_1",)), paper_words(("young",))
    assert "om dit barn?" in parent and "Hvordan barnet har det" in parent
    assert "om dig?" in young and "Hvordan du har det" in young and "dit barn" not in young
    assert "Du er fyldt 15 år" not in parent + young
    both = paper_words(("holder_1", "young"))
    assert "om dit barn?" in both and "Du er fyldt 15 år" in both
    for paper in (parent, young, both):
        assert "Lærkeskolen, Solbæk Kommune" in paper and "Til og med" in paper
