"""What may be stored on a case is decided in the use case: a new door can't forget it."""

from __future__ import annotations

import pytest

from bot.app.cases import team
from bot.app.cases.stored import KINDS, all_said
from bot.app.cases.team import Acted
from bot.ports import UnitOfWork
from dialogs.cases.acts import Act, Add, Ask, Decide, Plan, Raise
from dialogs.cases.acts import Reply as Answer
from dialogs.types import Problem
from tests.core.case_kit import HANDBOOK, MONDAY, Office
from tests.core.form_kit import danish

CPR = "Hans nummer er 010180-1233."
LEADER, WRITER, STRANGER = "laerke-leder", "laerke-laerer", "laerke-paedagog"


@pytest.mark.parametrize(
    ("who", "act"), [(LEADER, Ask(CPR)), (LEADER, Raise(CPR)), (WRITER, Add(CPR, MONDAY)), (WRITER, Answer(CPR))]
)
def test_a_cpr_number_is_stored_for_nobody_and_the_refusal_writes_nothing(who: str, act: Act) -> None:
    office = Office()
    case_id = office.sent()
    before = (office.case(case_id), office.kinds(case_id))
    assert office.act(who, case_id, act).problems == (Problem("refused_cpr"),)
    assert (office.case(case_id), office.kinds(case_id)) == before


def test_the_team_may_name_a_colleague_and_the_writer_nobody() -> None:
    office = Office()
    case_id = office.sent()
    words = "Ring til Birgit Sørensen på 22 33 44 55."
    assert office.act(LEADER, case_id, Ask(words)).problems == ()
    refused = [one.code for one in office.act(WRITER, case_id, Answer(words)).problems]
    assert refused == ["refused_phones", "refused_names"]


def test_a_decision_at_the_table_that_holds_a_number_does_not_even_put_the_case_on() -> None:
    office = Office()
    case_id = office.sent()
    before, leader = office.kinds(case_id), office.person(LEADER)
    what = Decide("local_effort", LEADER, CPR, "Vi taler med jer.", HANDBOOK.today(MONDAY))

    def decides(uow: UnitOfWork) -> Acted:
        return team.act_in_meeting(HANDBOOK, uow, leader, case_id, what, MONDAY)

    assert office.acting(LEADER, MONDAY, decides).problems == (Problem("refused_cpr"),)
    assert office.kinds(case_id) == before


def test_an_act_without_words_is_not_in_the_way() -> None:
    office = Office()
    assert office.act(LEADER, office.sent(), Plan(HANDBOOK.today(MONDAY))).problems == ()


def test_whoever_may_not_see_the_case_hears_nothing_of_their_words() -> None:
    office = Office()
    assert office.act(STRANGER, office.sent(), Add(CPR, MONDAY)).problems == (Problem("not_found"),)


def test_every_refusal_has_words_of_its_own() -> None:
    said = all_said(danish(), [Problem(f"refused_{kind}") for kind in KINDS])
    assert all("Jeg har ikke gemt" in words for words in said)
    assert len(set(said)) == len(KINDS)
