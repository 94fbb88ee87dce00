"""A red case in the team's hands: what to do now stands first, and the deadline is told as people say it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime

import pytest

from bot.app.drafts.sending import Worry
from dialogs.cases.acts import Ask, Decide, Plan
from tests.core.case_kit import ANSWERS, MONDAY, WORDS, Office, at, colour

WEDNESDAY = date(2026, 11, 25)
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


FRIDAY = "2026-11-20 09:00"
SHUT = WORDS.instead["due_closed"]


def due(office: Office, case_id: str, now: datetime) -> tuple[str, bool]:
    """The deadline as the list and the page of the case tell it: in the same words."""
    found = office.inbox("laerke-leder", now)
    page = office.page("laerke-leder", case_id, now)
    assert found is not None and page is not None
    told = {(row.due, row.overdue) for row in found.rows if row.case_id == case_id} | {(page.due, page.overdue)}
    assert len(told) == 1, told
    return told.pop()


@pytest.mark.parametrize("flow", [None, "violence"])
def test_undecided_red_is_for_today_opened_or_not_and_asked_or_not(flow: str | None) -> None:
    office = Office()
    case_id = office.sent(Worry("B3", colour("red", flow=flow), flow=flow))
    assert due(office, case_id, MONDAY) == ("i dag", False)
    office.done("laerke-leder", case_id, Ask("Hvornår?"))
    assert due(office, case_id, MONDAY) == ("i dag", False)
    found = office.inbox("laerke-leder")
    assert found is not None and [row.asks for row in found.rows] == ["Tag stilling i dag"]


@pytest.mark.parametrize("sent", ["2026-11-20 18:00", "2026-11-21 12:00", "2026-11-22 10:00"])
def test_outside_hours_red_points_to_the_telephone(sent: str) -> None:
    office = Office()
    case_id = office.sent(Worry("B3", colour("red")), now=at(sent))
    assert due(office, case_id, at("2026-11-22 11:00")) == (SHUT, False)
    assert "114" in SHUT


def test_red_that_was_left_over_a_weekend_is_late_and_names_its_day() -> None:
    office = Office()
    case_id = office.sent(Worry("B3", colour("red")), now=at(FRIDAY))
    office.done("laerke-leder", case_id, Ask("Hvornår?"), at(FRIDAY))
    assert due(office, case_id, at("2026-11-22 11:00")) == ("fredag den 20. november", True)


def test_a_calm_worry_keeps_its_own_days_and_locked_red_on_the_agenda_is_still_for_today() -> None:
    office = Office()
    calm = office.sent()
    office.done("laerke-leder", calm, Plan(WEDNESDAY))
    assert due(office, calm, MONDAY) == ("onsdag den 25. november", False)
    red = office.send(Worry("B3", colour("red", locked=True)), draft_id="andenkladde").case
    assert red is not None
    office.done("laerke-leder", red.id, Plan(WEDNESDAY))
    assert due(office, red.id, MONDAY) == ("i dag", False)


def test_a_danger_that_was_sent_at_once_says_in_the_list_what_it_is_about() -> None:
    office = Office()
    sent = office.send(VIOLENCE, answers={"q04_sikkerhed": "ja", "q04_hvad": "violence"})
    found = office.inbox("laerke-leder")
    assert sent.case is not None and found is not None
    assert [row.areas for row in found.rows] == ["violence"]  # as the labels of these tests put it


def test_what_nobody_has_opened_stands_above_what_waits_for_an_answer() -> None:
    office = Office()
    asked = office.send(Worry("B3", colour("red")), now=at(FRIDAY), draft_id="a").case
    assert asked is not None
    office.done("laerke-leder", asked.id, Ask("Hvornår?"), at(FRIDAY))
    fresh = office.send(VIOLENCE, draft_id="b").case
    opened = office.send(Worry("B3", colour("red", locked=True)), draft_id="c").case
    calm = office.send(Worry("B3", colour("yellow")), draft_id="d").case
    assert fresh is not None and opened is not None and calm is not None
    office.page("laerke-leder", opened.id)
    assert office.codes("laerke-leder") == (fresh.id, opened.id, asked.id, calm.id)


def test_an_unopened_red_stands_above_an_older_locked_one_that_somebody_has_read() -> None:
    office = Office()
    read = office.send(Worry("B3", colour("red", locked=True)), now=at(FRIDAY), draft_id="a").case
    fresh = office.send(Worry("B3", colour("red")), draft_id="b").case
    assert read is not None and fresh is not None
    office.page("laerke-leder", read.id)
    assert office.codes("laerke-leder") == (fresh.id, read.id)
