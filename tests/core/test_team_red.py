"""A red case in the team's hands: what to do now stands first, and the deadline is told as people say it."""

from __future__ import annotations

from dataclasses import replace

import pytest

from bot.app.sending import Worry
from dialogs.caseacts import Decide
from tests.core.case_kit import ANSWERS, MONDAY, Office, at, colour

VIOLENCE = Worry("B3", colour("red", flow="violence"), flow="violence")
SAID = {**ANSWERS, "q04_sikkerhed": "ja", "q04_hvad": "violence"}


def opened(worry: Worry, reader: str, **answers: str) -> tuple[Office, str, tuple[str, ...]]:
    office = Office()
    sent = office.send(worry, answers={**SAID, **answers})
    assert sent.case is not None
    page = office.page(reader, sent.case.id)
    assert page is not None
    return office, sent.case.id, page.now


@pytest.mark.parametrize("flow", ["violence", "sexual", "control"])
def test_where_home_may_be_the_danger_the_list_keeps_the_parents_out(flow: str) -> None:
    *_, now = opened(replace(VIOLENCE, colour=colour("red", flow=flow), flow=flow), "laerke-leder")
    assert now[0].startswith("Find Maja Holm nu.")
    assert any("modtagelsen" in line and "114" in line and "112" in line for line in now)
    assert any(line.startswith("Kontakt ikke forældrene.") for line in now)


def test_a_suspected_leader_is_told_nothing_and_the_next_level_knows_it() -> None:
    *_, now = opened(replace(VIOLENCE, suspect="leader"), "solbaek-chef", q04_hvem="leader")
    assert any(line.startswith("Sig ikke noget til den, det handler om.") for line in now)


def test_a_child_who_wants_to_die_is_never_left_alone() -> None:
    *_, now = opened(replace(VIOLENCE, colour=colour("red", flow="suicide"), flow="suicide"), "laerke-leder")
    assert "Barnet må ikke være alene." in now[0]


def test_the_list_is_gone_when_it_is_decided_and_was_never_there_for_yellow() -> None:
    office, calm = Office(), Office()
    red, yellow = office.sent(Worry("B3", colour("red"))), calm.sent()
    first, other = office.page("laerke-leder", red), calm.page("laerke-leder", yellow)
    assert first is not None and first.now
    assert other is not None and other.now == ()
    done = Decide("local_effort", "laerke-psykolog", "Aftalt.", "Vi hjælper nu.", at("2026-12-01 09:00").date())
    office.done("laerke-leder", red, done)
    after = office.page("laerke-leder", red)
    assert after is not None and after.now == ()


def test_who_is_only_informed_gets_no_list() -> None:
    *_, now = opened(Worry("B3", colour("red")), "laerke-psykolog")
    assert now == ()


def test_an_unopened_red_is_due_at_the_hour_when_the_watchdog_begins() -> None:
    office = Office()
    case_id = office.sent(Worry("B3", colour("red")))
    found = office.inbox("laerke-leder", MONDAY)
    assert found is not None
    assert [row.due for row in found.rows if row.case_id == case_id] == ["i dag kl. 11"]
    page = office.page("laerke-leder", case_id)
    assert page is not None and page.due == "i dag"
