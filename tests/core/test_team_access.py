"""Who sees a case: its team, and nobody by accident. Not yours and not there are the same answer."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from bot.app.drafts.sending import Worry
from bot.demo import FJORD, PEOPLE
from dialogs.cases.acts import Add, Ask, Close, Decide, Discuss, FollowUp, GiveTo, Open, Plan, ProposeLowering, Raise
from tests.core.case_kit import MONDAY, WORDS, Office, at, colour

YELLOW = Worry("B3", colour("yellow"))
RED = Worry("B3", colour("red"))
FLOW = Worry("B3", colour("red", locked=True), flow="violence", suspect="home")
LATER = at("2026-11-23 11:00")


def readers(office: Office, case_id: str, now=MONDAY) -> set[str]:
    """Everybody who has it in an inbox at the school; asking opens nothing."""
    return {person.id for person in PEOPLE if case_id in office.codes(person.id, now)}


@pytest.mark.parametrize(
    ("worry", "people"),
    [
        (YELLOW, {"laerke-leder", "laerke-psykolog", "laerke-raadgiver"}),
        (RED, {"laerke-leder", "laerke-psykolog", "laerke-raadgiver"}),
        (FLOW, {"laerke-leder"}),
        (replace(FLOW, suspect="leader"), {"solbaek-chef"}),
        (replace(YELLOW, excluded_roles=("leader",)), {"laerke-souschef", "laerke-psykolog", "laerke-raadgiver"}),
    ],
)
def test_only_the_people_it_was_sent_to_see_it(worry, people) -> None:
    office = Office()
    case_id = office.sent(worry)
    assert readers(office, case_id) == people
    for person in PEOPLE:
        if person.id not in people:
            assert office.page(person.id, case_id) is None
            assert office.act(person.id, case_id, Ask("Hvad?")).problems
    assert office.case(case_id).opened_at is None


def test_not_yours_and_not_there_are_the_same_answer() -> None:
    office = Office()
    case_id = office.sent(FLOW)
    for stranger in ("laerke-psykolog", "fjord-leder", "laerke-paedagog"):
        assert office.act(stranger, case_id, Open()) == office.act(stranger, "findes-ikke", Open())
        assert office.page(stranger, case_id) is office.page(stranger, "findes-ikke") is None
        assert office.mine(stranger, case_id) is None


def test_an_excluded_person_sees_and_does_nothing_also_when_made_a_team_member() -> None:
    office = Office()
    case_id = office.sent(replace(YELLOW, excluded_people=("laerke-leder",)))
    assert office.codes("laerke-leder") == ()
    for act in (Open(), Plan(date(2026, 11, 25)), Raise("Fordi."), GiveTo("laerke-leder")):
        found = office.act("laerke-leder", case_id, act)
        assert found.case is None and [problem.code for problem in found.problems] == ["not_found"]
    decided = red_decision("laerke-leder")
    office.done("laerke-psykolog", case_id, Raise("Fordi."))
    assert [p.code for p in office.act("laerke-psykolog", case_id, decided).problems] == ["owner_unknown"]


def red_decision(owner: str) -> Decide:
    return Decide("notified", owner, "Grund.", "Svar.", date(2026, 12, 21))


def test_the_other_school_has_no_inbox_here() -> None:
    office = Office()
    office.sent()
    assert office.inbox("fjord-leder") is None
    assert office.inbox("laerke-leder", school=FJORD) is None
    assert office.inbox("laerke-laerer") is None
    assert office.inbox("laerke-leder", school="findes-ikke") is None
    mine = office.inbox("fjord-leder", school=FJORD)
    assert mine is not None and mine.rows == ()


def test_locked_comes_before_any_other_reason_not_to_lower() -> None:
    office = Office()
    case_id = office.sent(FLOW)
    found = office.act("laerke-leder", case_id, ProposeLowering("yellow", "Jeg kender dem."))
    assert [problem.code for problem in found.problems] == ["locked_red"]


def test_a_person_who_has_left_sees_nothing() -> None:
    office = Office()
    case_id = office.sent()
    leader = office.person("laerke-leder")
    office.change(replace(leader, active=False))
    assert office.inbox("laerke-leder") is None and office.page("laerke-leder", case_id) is None


def test_a_team_member_who_writes_does_not_meet_her_own_worry_in_the_inbox() -> None:
    office = Office()
    case_id = office.sent(writer="laerke-psykolog")
    assert readers(office, case_id) == {"laerke-leder", "laerke-raadgiver"}
    assert office.page("laerke-psykolog", case_id) is None
    assert office.mine("laerke-psykolog", case_id) is not None
    found = office.act("laerke-psykolog", case_id, Plan(date(2026, 11, 25)))
    assert [problem.code for problem in found.problems] == ["own_case"]


# --- deputies come in with the watchdog, and stay when they have opened it ---


def test_a_deputy_gets_in_when_nobody_has_opened_it_and_not_a_minute_before() -> None:
    office = Office()
    case_id = office.sent(RED)
    deputies = {"laerke-souschef", "laerke-raadgiver-2"}
    assert not deputies & readers(office, case_id, at("2026-11-23 12:59"))
    assert deputies <= readers(office, case_id, at("2026-11-23 13:00"))
    assert "solbaek-chef" not in readers(office, case_id, at("2026-11-23 14:59"))
    assert "solbaek-chef" in readers(office, case_id, at("2026-11-23 15:00"))


def test_an_opened_case_lets_no_deputy_in() -> None:
    office = Office()
    case_id = office.sent(RED)
    office.page("laerke-leder", case_id, LATER)
    assert "laerke-souschef" not in readers(office, case_id, at("2026-11-24 12:00"))


def test_a_deputy_who_has_opened_it_keeps_it_and_the_others_go() -> None:
    office = Office()
    case_id = office.sent(RED)
    assert office.page("laerke-souschef", case_id, at("2026-11-23 13:30")) is not None
    later = readers(office, case_id, at("2026-11-24 10:00"))
    assert "laerke-souschef" in later and not {"laerke-raadgiver-2", "solbaek-chef"} & later


def test_in_a_closed_circle_the_watchdog_climbs_past_the_team() -> None:
    office = Office()
    case_id = office.sent(FLOW)
    assert readers(office, case_id, at("2026-11-25 10:00")) == {"laerke-leder", "laerke-souschef", "solbaek-chef"}


# --- for information ---


def test_red_for_information_shows_age_subjects_and_signs_and_nothing_else() -> None:
    office = Office()
    case_id = office.sent(RED)
    page = office.page("laerke-psykolog", case_id)
    assert page is not None and page.informed
    assert [line.question for line in page.answers] == ["q01_barn", "q06_omraader"]
    assert set(page.hidden) == {"q05_set", "q14_samtykke", "q15_omkring"}
    assert page.acts == () and page.owners == () and page.thread == ()
    assert office.case(case_id).opened_at is None, "a look for information is nobody's answer"


def test_red_for_information_hides_what_people_write_to_each_other() -> None:
    office = Office()
    case_id = office.sent(RED)
    office.done("laerke-leder", case_id, Ask("Hvad sagde han?"))
    office.done("laerke-laerer", case_id, Add("Han græd.", MONDAY))
    page = office.page("laerke-psykolog", case_id)
    assert page is not None
    assert [row.kind for row in page.timeline] == ["sent", "stored", "opened"]
    assert [p.code for p in office.act("laerke-psykolog", case_id, Ask("Hvad?")).problems] == ["read_only"]


def test_putting_red_on_the_agenda_lets_the_whole_team_in() -> None:
    office = Office()
    case_id = office.sent(RED)
    office.done("laerke-leder", case_id, Plan(date(2026, 11, 25)))
    page = office.page("laerke-psykolog", case_id)
    assert page is not None and not page.informed and "discuss" in {act.name for act in page.acts}


def test_without_the_parents_yes_the_banner_says_so_and_circumstances_are_kept_back() -> None:
    office = Office()
    case_id = office.sent(YELLOW)
    page = office.page("laerke-leder", case_id)
    assert page is not None and page.hidden == ("q15_omkring",)
    assert page.banner == WORDS.banners["nameless"]
    assert "q05_set" in {line.question for line in page.answers}


@pytest.mark.parametrize("yes", ["skriftligt", "mundtligt"])
def test_with_the_parents_yes_all_answers_are_shown(yes) -> None:
    office = Office()
    case = office.send(YELLOW, answers={"q14_samtykke": yes, "q15_omkring": "Flyttet."}).case
    assert case is not None
    page = office.page("laerke-leder", case.id)
    assert page is not None and page.hidden == () and "sagt ja" in page.banner


@pytest.mark.parametrize(
    ("flow", "suspect", "says"),
    [
        ("violence", "home", "Kontakt ikke forældrene"),
        ("sexual", "child", "Kontakt ikke forældrene"),
        ("control", "unknown", "Kontakt ikke forældrene"),
        ("suicide", None, "Kun du har fået den"),
        (None, "staff", "Kun du har fået den"),
    ],
)
def test_outside_the_team_all_is_shown_and_nobody_is_sent_to_the_parents(flow, suspect, says) -> None:
    office = Office()
    case_id = office.sent(Worry("B3", colour("red"), flow=flow, suspect=suspect))
    page = office.page("solbaek-chef" if suspect == "staff" else "laerke-leder", case_id)
    assert page is not None and page.hidden == () and says in page.banner
    assert "sagt ja" not in page.banner  # nothing that sounds like a wish to ask them


def test_the_writer_sees_all_her_own_words() -> None:
    office = Office()
    mine = office.mine("laerke-laerer", office.sent(RED))
    assert mine is not None and "q15_omkring" in {line.question for line in mine.answers}


def test_the_one_who_is_asked_to_take_over_may_read_and_a_responsible_writer_acts_on_her_own_page() -> None:
    office = Office()
    case_id = office.sent(FLOW)
    office.done("laerke-leder", case_id, red_decision("laerke-laerer"))
    mine = office.mine("laerke-laerer", case_id)
    assert mine is not None and {act.name for act in mine.acts} == {"add", "follow_up", "give_to"}
    assert {owner.id for owner in mine.owners} == {"laerke-leder", "laerke-souschef", "laerke-laerer"}
    office.done("laerke-laerer", case_id, GiveTo("laerke-souschef"))
    page = office.page("laerke-souschef", case_id)
    assert page is not None and "accept_baton" in {act.name for act in page.acts}
    office.done("laerke-laerer", case_id, FollowUp(8, "Det går bedre."))
    office.done("laerke-leder", case_id, Close("Tak for hjælpen."))
    assert Discuss not in {type(act) for act in page.acts}
