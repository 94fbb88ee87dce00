"""Red comes to rest by a report or by two roles, never by one person alone."""

from __future__ import annotations

from datetime import date

import pytest

from bot.app.drafts.sending import Worry
from dialogs.cases.acts import Act, Close, ConfirmLowering, Decide, FollowUp, Mover, ProposeLowering, Reopen
from dialogs.cases.model import OUTCOMES, Case, Entry, Outcome
from dialogs.cases.moves import move
from tests.core.case_kit import DAY, MONDAY, PSYCHOLOGIST, WORDS, Office, a_case, colour, on_team

LEADER = on_team()
LOCKS = ({"locked": True}, {"acute": True}, {"flow": "violence"}, {"flow": "suicide"})
Played = tuple[Case, tuple[Entry, ...]]


def begin(light: str = "red", **lock: object) -> Played:
    return a_case(colour=colour(light, **lock), opened_at=MONDAY), ()  # type: ignore[arg-type]  # a light


def decide(outcome: Outcome) -> Decide:
    return Decide(outcome, "laerke-leder", "Grund.", "Ord.", date(2026, 12, 21))


def play(played: Played, *acts: Act, who: Mover = LEADER) -> Played:
    case, entries = played
    for act in acts:
        step = move(case, entries, who, act, MONDAY, today=DAY, owners=("laerke-leder",))
        assert not step.problems, step.problems
        case, entries = step.case, (*entries, *step.entries)
    return case, entries


def refusal(played: Played, act: Act, who: Mover = LEADER) -> list[str]:
    case, entries = played
    step = move(case, entries, who, act, MONDAY, today=DAY, owners=("laerke-leder",))
    assert not step.problems or step.case is case
    return [problem.code for problem in step.problems]


@pytest.mark.parametrize("lock", [{}, *LOCKS])
def test_nobody_decides_alone_to_do_nothing_about_red(lock) -> None:
    assert refusal(begin(**lock), decide("no_action")) == ["red_alone"]


@pytest.mark.parametrize("lock", [{}, *LOCKS])
@pytest.mark.parametrize("outcome", [one for one in OUTCOMES if one not in ("no_action", "notified")])
def test_nobody_closes_red_alone_whatever_was_decided_first(lock, outcome) -> None:
    followed = play(begin(**lock), decide(outcome), FollowUp(8, "Bedre."))
    assert refusal(followed, Close("Slut.")) == ["red_alone"]
    assert refusal(followed, decide("no_action")) == ["red_alone"]


@pytest.mark.parametrize("lock", [{}, *LOCKS])
def test_a_report_lets_red_rest(lock) -> None:
    reported = play(begin(**lock), decide("notified"))
    assert play(reported, decide("no_action"))[0].state == "no_action"
    assert play(reported, FollowUp(8, ""), Close("Slut."))[0].state == "closed"


def test_a_report_of_an_earlier_round_says_nothing_of_what_is_new() -> None:
    again = play(begin(locked=True), decide("notified"), FollowUp(8, ""), Close("Slut."), Reopen("Der er nyt."))
    assert refusal(again, decide("no_action")) == ["red_alone"]


def test_two_roles_who_lower_the_colour_let_it_rest() -> None:
    asked = play(begin(), ProposeLowering("yellow", "Moren henter selv hjælp."))
    assert refusal(asked, decide("no_action")) == ["red_alone"]  # asked is not answered
    lowered = play(asked, ConfirmLowering(), who=PSYCHOLOGIST)
    assert refusal(lowered, decide("no_action")) == ["discuss_first"]  # yellow has its meeting first, as any yellow


@pytest.mark.parametrize("light", ["yellow", "green", "none"])
def test_below_red_a_case_comes_to_rest_as_before(light) -> None:
    followed = play(_decided(light), FollowUp(8, ""), Close("Slut."))
    assert followed[0].state == "closed"


def _decided(light: str) -> Played:
    case = a_case(colour=colour(light), state="local_effort", opened_at=MONDAY, answered_at=MONDAY)  # type: ignore[arg-type]
    return case, ()


@pytest.mark.parametrize("flow", ["violence", "suicide"])
def test_the_page_keeps_what_to_do_now_until_it_is_reported_and_says_why(flow) -> None:
    office = Office()
    case_id = office.sent(Worry("B3", colour("red", flow=flow), flow=flow))
    office.done("laerke-leder", case_id, decide("local_effort"))
    office.done("laerke-leder", case_id, FollowUp(8, "Bedre."))
    page = office.page("laerke-leder", case_id)
    inbox = office.inbox("laerke-leder")
    assert page is not None and inbox is not None
    assert page.now and page.alone == WORDS.problems["red_alone"]
    assert "close" not in {act.name for act in page.acts} and "no_action" not in {name for name, *_ in page.outcomes}
    assert inbox.rows[0].asks == "Tag stilling i dag"
    office.done("laerke-leder", case_id, decide("notified"))
    after = office.page("laerke-leder", case_id)
    assert after is not None and (after.now, after.alone) == ((), "")
    assert "no_action" in {name for name, *_ in after.outcomes}
