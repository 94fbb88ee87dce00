"""What each reader of a case is told, as one table: who reads, what stands about consent, and what follows."""

from __future__ import annotations

import pytest

from dialogs.access.disclosure import Disclosure, Reader, disclosure
from dialogs.cases.words import BANNERS
from dialogs.papers import exchanges
from tests.core.case_kit import DAY, WORDS, Office, a_case, colour
from tests.core.test_team_access import YELLOW

BACK, WHO = {"q15_omkring"}, {"q02_alder", "q03_rolle"}
NO, YES = "nej", "mundtligt"
ANSWERS = {
    "q01_barn": "Uglen",
    "q02_alder": "k46",
    "q03_rolle": "laerer",
    "q05_set": "Alene.",
    "q15_omkring": "Flyttet.",
}


def told(reader: Reader, says: str = NO, route: str = "trio", flow: str | None = None) -> Disclosure:
    answers = {**ANSWERS, "q14_samtykke": says}
    return disclosure(
        a_case(answers=answers, route=route, colour=colour("red" if flow else "yellow", flow=flow)), reader
    )


@pytest.mark.parametrize(
    ("role", "standing", "met", "says", "banner", "kept", "nameless"),
    [
        ("leader", None, False, NO, "nameless", BACK, False),
        ("leader", "not_asked", False, NO, "nameless", BACK, False),
        ("leader", "refused", False, YES, "consent_ended", BACK, False),
        ("leader", None, False, YES, "named", set(), False),
        ("superior", None, False, NO, "nameless", BACK, False),
        ("psychologist", None, False, NO, "nameless_outside", BACK | WHO, True),
        ("psychologist", "not_asked", False, NO, "nameless_outside", BACK | WHO, True),
        ("psychologist", "refused", False, YES, "consent_ended", BACK | WHO, True),
        ("psychologist", None, False, YES, "named", set(), False),
        ("psychologist", "valid", False, NO, "covered", set(), False),
        ("social_worker", None, False, NO, "nameless_outside", BACK | WHO, True),
        ("social_worker", None, True, NO, "told", BACK, False),
        ("social_worker", "valid", True, NO, "covered", set(), False),
    ],
)
def test_a_member_is_told_what_the_consent_covers(role, standing, met, says, banner, kept, nameless) -> None:
    found = told(Reader("member", role, standing, met), says)
    assert found == Disclosure(banner, frozenset(kept), nameless)


@pytest.mark.parametrize(
    ("flow", "banner"),
    [
        ("violence", "parents_wait"),
        ("sexual", "parents_wait"),
        ("control", "parents_wait"),
        ("suicide", "closed_circle"),
    ],
)
@pytest.mark.parametrize("standing", [None, "refused", "valid"])
def test_who_must_act_today_is_told_all_of_it(flow, banner, standing) -> None:
    assert told(Reader("member", "leader", standing), NO, "leader", flow) == Disclosure(banner)


@pytest.mark.parametrize(("flow", "banner"), [("violence", "glass_wait"), (None, "glass")])
def test_an_emergency_reader_is_never_told_that_only_they_have_it(flow, banner) -> None:
    assert told(Reader("glass", "leader"), NO, "leader" if flow else "trio", flow) == Disclosure(banner)
    assert "Kun du" not in WORDS.banners[banner]


def test_for_information_means_the_childs_code_and_the_signs() -> None:
    found = told(Reader("informed", "psychologist"))
    assert found.kept == set(ANSWERS) - {"q01_barn"} | {"q14_samtykke"} and found.nameless


def test_the_writer_is_told_everything() -> None:
    assert told(Reader("writer", "teacher")).kept == frozenset()


def test_every_banner_has_its_words() -> None:
    assert set(BANNERS) < set(WORDS.banners)


@pytest.mark.parametrize("person", ["laerke-psykolog", "laerke-raadgiver"])
def test_the_page_of_a_case_without_consent_names_the_writer_nowhere(person) -> None:
    office = Office()
    page = office.page(person, office.sent(YELLOW))
    assert page is not None and "Maja" not in repr(page) and page.writer == "læreren"
    assert "kendes alligevel" in page.banner
    leader = office.page("laerke-leder", page.case_id)
    assert leader is not None and leader.writer == "Maja Holm"


@pytest.mark.parametrize(
    ("seats", "state", "banner"),
    [
        (("teacher", "psychologist"), "held", "told"),
        (("teacher", "psychologist"), "planned", "nameless_outside"),
        (("teacher", "social_worker"), "held", "nameless_outside"),
    ],
)
def test_a_meeting_without_consent_tells_those_who_sat_there_once_it_is_held(seats, state, banner) -> None:
    office = Office()
    case_id = office.sent(YELLOW)
    grounds = exchanges.Grounds("Nødvendigt.", "Alle kender barnet.", "Det er ikke trygt at spørge.")
    held = exchanges.Exchange("moedeaaaaaaa", case_id, "barnaaaaaaaa", 1, state, grounds, seats, DAY, "laerke-leder")
    office.run(lambda uow: uow.filings.add(exchanges.dump(held)))
    page = office.page("laerke-psykolog", case_id)
    assert page is not None and page.banner == WORDS.banners[banner]
    assert ("Maja" in repr(page)) == (banner == "told")


def test_no_banner_claims_that_more_is_hidden_than_the_answers_that_are_kept_back() -> None:
    """What was seen and tried is written freely, and may tell of the family: only the one answer stays back."""
    about = [text for text in WORDS.banners.values() if "skjult" in text or "ser du ikke" in text]
    assert about
    assert not [text for text in about if "baggrund" in text]
    assert "kendes alligevel" in WORDS.banners["nameless_outside"]
