"""A yes opens what it names, and nothing of what was kept out of it; nobody reads there who has written."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from dialogs.access.disclosure import Reader, disclosure
from dialogs.papers.consents import Agreed, Consent, Kind, Scope, Word, agreed_for
from tests.core.case_kit import a_case, colour

TODAY = date(2026, 11, 23)
UNTIL = TODAY + timedelta(days=30)
ANSWERS = {"q01_barn": "Stjernen", "q05_set": "Sad alene", "q15_omkring": "Familien er lige flyttet", "q02_alder": "B3"}


def a_consent(*kinds: Kind, excluded: str = "", until: date = UNTIL) -> Consent:
    scope = Scope(("social_worker",), kinds, "Hjælp til at komme i skole", until, excluded)
    said = (Word("holder_1", "yes", "written", TODAY, "p"),)
    return Consent("s", "c", "given", scope, ("holder_1",), "p", TODAY, said)


def kept(*consents: Consent, role: str = "social_worker") -> frozenset[str]:
    agreed = agreed_for(consents, role, TODAY)  # pyright: ignore[reportArgumentType]
    case = a_case(answers=ANSWERS, route="trio", colour=colour("yellow"))
    return disclosure(case, Reader("member", role, "valid", agreed=agreed)).kept  # pyright: ignore[reportArgumentType]


@pytest.mark.parametrize(
    ("consent", "hidden"),
    [
        (a_consent("absence"), True),
        (a_consent("absence", "health", "tried"), True),
        (a_consent("family"), False),
        (a_consent("family", excluded="Intet om at vi er flyttet"), True),
    ],
)
def test_the_home_is_told_only_where_the_yes_is_for_just_that(consent: Consent, hidden: bool) -> None:
    assert ("q15_omkring" in kept(consent)) is hidden
    assert "q05_set" not in kept(consent)


def test_two_consents_are_taken_together_and_what_one_keeps_out_stays_out() -> None:
    both = a_consent("family"), a_consent("absence", excluded="flytning", until=UNTIL - timedelta(days=3))
    assert agreed_for(both, "social_worker", TODAY) == Agreed(("absence", "family"), UNTIL - timedelta(days=3), True)
    assert "q15_omkring" in kept(*both)


def test_a_consent_that_has_run_out_opens_nothing() -> None:
    assert agreed_for([a_consent("family", until=TODAY - timedelta(days=1))], "social_worker", TODAY) is None
    assert agreed_for([a_consent("family")], "psychologist", TODAY) is None
