"""What the team and the writer read: the order of the inbox, what is new, and true words at every step."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from bot.app.cases import team
from bot.app.drafts.sending import Worry
from dialogs.cases.acts import (
    Add,
    Ask,
    Close,
    ConfirmLowering,
    Decide,
    Discuss,
    FollowUp,
    GiveTo,
    Plan,
    ProposeLowering,
    Raise,
    RefuseLowering,
    Reopen,
    Reply,
)
from dialogs.notice_texts import TEMPLATES
from dialogs.records import Moved
from tests.core.case_kit import ANSWERS, HANDBOOK, MONDAY, Office, at, colour

YELLOW = Worry("B3", colour("yellow"))
RED = Worry("B3", colour("red"))
WEDNESDAY = date(2026, 11, 25)
DECIDE = Decide("local_effort", "laerke-psykolog", "Det kan løses her.", "Nadia kommer torsdag.", date(2026, 12, 21))


def row(office: Office, case_id: str, person: str = "laerke-leder", now=MONDAY):
    found = office.inbox(person, now)
    assert found is not None
    return next(row for row in found.rows if row.case_id == case_id)


def status(office: Office, case_id: str, now=MONDAY):
    mine = office.mine("laerke-laerer", case_id, now)
    assert mine is not None
    return mine.status


def notices_of(office: Office, person: str, case_id: str, prefix: str) -> list[str]:
    return [t for t, who in office.notices(case_id) if who == person and t.startswith(prefix)]


# --- the inbox ---


def test_the_inbox_is_sorted_by_colour_then_by_waiting_then_by_deadline() -> None:
    office = Office()
    sent = [
        ("green", "2026-11-16 10:00"),
        ("yellow", "2026-11-20 10:00"),
        ("none", "2026-11-17 10:00"),
        ("yellow", "2026-11-18 10:00"),
        ("red", "2026-11-23 10:00"),
    ]
    for number, (light, when) in enumerate(sent):
        office.send(Worry("B3", colour(light)), now=at(when), draft_id=f"{number}kladde")  # type: ignore[arg-type]
    found = office.inbox("laerke-leder")
    assert found is not None
    assert [(r.colour, r.waiting_days) for r in found.rows] == [
        ("red", 0),
        ("yellow", 5),
        ("yellow", 3),
        ("none", 6),
        ("green", 7),
    ]


def test_waiting_the_same_the_nearest_deadline_comes_first() -> None:
    office = Office()
    later, sooner = (office.send(YELLOW, draft_id=name).case for name in ("a", "b"))
    assert later is not None and sooner is not None
    office.done("laerke-leder", later.id, Plan(date(2026, 12, 2)))
    assert office.codes("laerke-leder") == (sooner.id, later.id)


def test_a_row_tells_age_subjects_state_and_what_to_do_next() -> None:
    office = Office()
    found = row(office, office.sent())
    assert (found.band, found.areas, found.state, found.colour_words) == ("6–12 år", "venner", "Ny", "gul")
    assert (found.asks, found.new, found.changed, found.owner, found.overdue) == ("Åbn den", True, False, "", False)


def test_new_until_seen_and_changed_when_something_came_after() -> None:
    office = Office()
    case_id = office.sent()
    office.page("laerke-leder", case_id, at("2026-11-23 11:00"))
    assert (row(office, case_id).new, row(office, case_id).changed) == (False, False)
    office.done("laerke-laerer", case_id, Add("Der er mere.", MONDAY), at("2026-11-23 12:00"))
    assert row(office, case_id).changed and row(office, case_id, "laerke-psykolog").new
    page = office.page("laerke-leder", case_id, at("2026-11-23 13:00"))
    assert page is not None and [line.kind for line in page.timeline if line.new] == ["added"]
    assert not row(office, case_id).changed


@pytest.mark.parametrize("now", ["2026-11-23 10:00", "2026-11-24 10:00"])
def test_ones_own_act_is_no_news_to_oneself(now) -> None:
    office = Office()
    case_id = office.sent()
    office.done("laerke-leder", case_id, Plan(WEDNESDAY), at(now))
    assert not row(office, case_id, now=at(now)).changed


def test_what_the_row_asks_follows_the_case_all_the_way() -> None:
    office = Office()
    case_id = office.sent()
    asked: list[str] = []

    def note(now=MONDAY, person="laerke-leder") -> None:
        found = row(office, case_id, person, now)
        asked.append(found.asks or (f"({found.waits})" if found.waits else ""))

    office.page("laerke-leder", case_id)
    note()
    office.done("laerke-leder", case_id, Ask("Hvornår?"))
    note()
    office.done("laerke-laerer", case_id, Reply("I går."))
    office.done("laerke-leder", case_id, Plan(WEDNESDAY))
    note()
    note(at("2026-11-25 12:00"))
    office.done("laerke-leder", case_id, Discuss(), at("2026-11-25 12:40"))
    note(at("2026-11-25 12:40"))
    office.done("laerke-leder", case_id, DECIDE, at("2026-11-25 12:50"))
    note(at("2026-11-26 12:00"))
    note(at("2026-12-21 08:00"))
    office.done("laerke-psykolog", case_id, GiveTo("laerke-raadgiver"), at("2026-12-21 09:00"))
    note(at("2026-12-21 10:00"), "laerke-raadgiver")
    office.done("laerke-psykolog", case_id, FollowUp(7, "Han leger."), at("2026-12-21 11:00"))
    note(at("2026-12-21 12:00"))
    assert asked == [
        "Sæt på dagsordenen",
        "(Venter på skriveren)",  # a state, not something to press
        "",
        "Tag den op på mødet",
        "Skriv et svar",
        "",
        "Følg op",
        "Sig ja til at tage over",
        "Slut af, eller aftal en ny dag",
    ]


def test_a_proposal_asks_the_other_roles_and_not_the_one_who_made_it() -> None:
    office = Office()
    case_id = office.sent(RED)
    office.done("laerke-leder", case_id, ProposeLowering("yellow", "Moren henter hjælp."))
    assert row(office, case_id, "laerke-raadgiver").asks == "Se på farven"
    assert row(office, case_id, "laerke-leder").asks == "Tag stilling i dag"
    page = office.page("laerke-raadgiver", case_id)
    assert page is not None and "Moren henter hjælp." in page.lowering
    assert {"confirm_lowering", "refuse_lowering"} <= {act.name for act in page.acts}


def test_without_a_second_role_nobody_proposes() -> None:
    office = Office()
    case_id = office.sent(Worry("B3", colour("yellow"), suspect="staff"))
    found = office.act("solbaek-chef", case_id, ProposeLowering("green", "Det går."))
    assert [problem.code for problem in found.problems] == ["nobody_second"]


def test_a_late_deadline_is_marked() -> None:
    office = Office()
    case_id = office.sent()
    assert row(office, case_id, now=at("2026-11-25 08:00")).overdue
    page = office.page("laerke-leder", case_id, at("2026-11-24 08:00"))
    assert page is not None and not page.overdue and page.deadline == WEDNESDAY


# --- the first look ---


def test_the_first_responsible_look_tells_the_writer_and_the_second_does_not() -> None:
    office = Office()
    case_id = office.sent()
    assert status(office, case_id).title == "Ligger hos teamet"
    office.page("laerke-leder", case_id)
    office.page("laerke-psykolog", case_id)
    office.page("laerke-leder", case_id)
    assert office.kinds(case_id) == ["sent", "stored", "opened"]
    assert notices_of(office, "laerke-laerer", case_id, "writer_opened") == ["writer_opened"]
    assert status(office, case_id).title == "Åbnet"


def test_the_writers_own_look_opens_nothing() -> None:
    office = Office()
    case_id = office.sent()
    office.mine("laerke-laerer", case_id)
    assert office.case(case_id).opened_at is None


# --- the writer's page ---


def test_the_status_says_what_happens_next_and_by_when_at_every_step() -> None:
    office = Office()
    case_id = office.sent()
    assert status(office, case_id).next == (
        "Jeg rykker for dig. Er den ikke åbnet torsdag den 26. november, får du besked."
    )
    office.page("laerke-leder", case_id)
    assert "onsdag den 25. november" in status(office, case_id).next
    office.done("laerke-leder", case_id, Plan(WEDNESDAY))
    planned = status(office, case_id)
    assert planned.text == "Teamet tager din bekymring op onsdag den 25. november."
    assert planned.next == "Du får svar senest torsdag den 26. november."
    office.done("laerke-leder", case_id, Discuss(), at("2026-11-25 12:40"))
    assert "senest i morgen" in status(office, case_id, at("2026-11-25 12:41")).next
    office.done("laerke-leder", case_id, DECIDE, at("2026-11-25 12:50"))
    decided = status(office, case_id, at("2026-11-25 13:00"))
    assert "Nadia Rahimi" in decided.text and "mandag den 21. december" in decided.next


def test_red_names_the_people_the_hour_and_what_she_can_do_now() -> None:
    office = Office()
    case_id = office.sent(RED)
    found = status(office, case_id)
    assert "lederen og socialrådgiveren" in found.text
    assert found.next == (
        "Vent ikke på mig: Gå til lederen og socialrådgiveren nu. Er den ikke åbnet i dag kl. 15, får du besked."
    )


def test_when_the_leader_is_suspected_the_writer_is_never_sent_to_the_leader() -> None:
    office = Office()
    case_id = office.sent(Worry("B3", colour("red"), flow="violence", suspect="leader"))
    for now in (MONDAY, at("2026-11-23 22:00"), at("2026-11-26 10:00")):
        found = status(office, case_id, now)
        assert "til lederen " not in found.next and "din leder" not in f"{found.text} {found.next}"
    assert "lederens chef" in status(office, case_id).next


def test_at_night_red_says_that_it_is_closed_and_whom_to_call() -> None:
    office = Office()
    case_id = office.sent(RED, now=at("2026-11-23 22:00"))
    found = status(office, case_id, at("2026-11-23 22:00"))
    assert "Der er lukket nu" in found.next and "112" in found.next and "114" in found.next
    assert "i morgen kl. 7." in found.next


def test_a_promise_that_was_not_kept_is_not_repeated() -> None:
    office = Office()
    case_id = office.sent()
    assert "Jeg har rykket tre gange" in status(office, case_id, at("2026-11-26 10:00")).next
    office.done("laerke-leder", case_id, Plan(WEDNESDAY), at("2026-11-24 10:00"))
    assert "Det skulle være sket i går" in status(office, case_id, at("2026-11-27 10:00")).next


def test_the_thread_and_the_open_question_are_on_the_writers_page() -> None:
    office = Office()
    case_id = office.sent()
    office.done("laerke-leder", case_id, Ask("Hvad sagde han?"))
    mine = office.mine("laerke-laerer", case_id)
    assert mine is not None and mine.question == "Hvad sagde han?"
    assert {act.name for act in mine.acts} == {"reply", "add"}
    office.done("laerke-laerer", case_id, Reply("Ingenting."))
    mine = office.mine("laerke-laerer", case_id)
    assert mine is not None and mine.question == ""
    assert [(one.kind, one.mine) for one in mine.thread] == [("asked", False), ("replied", True)]


def test_an_addition_shows_when_it_happened_and_when_it_was_written() -> None:
    office = Office()
    case_id = office.sent()
    office.done("laerke-laerer", case_id, Add("Det skete i fredags.", at("2026-11-20 12:00")))
    page = office.page("laerke-leder", case_id)
    assert page is not None
    added = next(line for line in page.timeline if line.kind == "added")
    assert added.late and (added.at, added.event_at) == (MONDAY, at("2026-11-20 12:00"))


def test_the_writer_is_not_told_the_reason_that_is_for_the_file_nor_of_a_proposal() -> None:
    office = Office()
    case_id = office.sent(RED)
    office.done("laerke-leder", case_id, ProposeLowering("yellow", "Fortroligt forslag."))
    office.done("laerke-raadgiver", case_id, RefuseLowering("Fortroligt nej."))
    office.done("laerke-leder", case_id, DECIDE)
    assert row(office, case_id, "laerke-psykolog").informed is False  # whoever is made responsible may read
    mine = office.mine("laerke-laerer", case_id)
    assert mine is not None
    told = " ".join(line.text for line in mine.timeline)
    assert "Fortroligt" not in told and "Det kan løses her." not in told and "Nadia kommer torsdag." in told


def test_the_timeline_shows_the_watchdogs_steps_where_nobody_had_opened_it() -> None:
    office = Office()
    case_id = office.sent(RED)
    page = office.page("laerke-leder", case_id, at("2026-11-23 13:30"))
    assert page is not None
    assert [line.kind for line in page.timeline] == ["sent", "stored", "watchdog_same", "watchdog_deputy", "opened"]


def test_a_lowered_colour_is_told_with_its_reason() -> None:
    office = Office()
    case_id = office.sent(RED)
    office.done("laerke-leder", case_id, ProposeLowering("yellow", "Moren henter hjælp."))
    office.done("laerke-raadgiver", case_id, ConfirmLowering())
    mine = office.mine("laerke-laerer", case_id)
    assert mine is not None and mine.colour_words == "gul"
    assert mine.timeline[-1].text == "Farven er nu gul. Grund: Moren henter hjælp."


def test_my_cases_show_open_ones_first_and_what_is_new() -> None:
    office = Office()
    old = office.sent()
    close(office, old)
    new = office.send(YELLOW, draft_id="ny", now=at("2026-12-22 10:00")).case
    assert new is not None
    who = office.person("laerke-laerer")
    rows = office.acting(
        who.id, at("2026-12-22 11:00"), lambda uow: team.my_cases(HANDBOOK, uow, who, at("2026-12-22 11:00"))
    )
    assert [(r.case_id, r.closed, r.changed, r.asked) for r in rows] == [
        (new.id, False, False, False),
        (old, True, True, False),
    ]
    assert rows[1].title == "Afsluttet"
    other = office.person("laerke-paedagog")
    assert office.acting(other.id, MONDAY, lambda uow: team.my_cases(HANDBOOK, uow, other, MONDAY)) == ()


def close(office: Office, case_id: str) -> None:
    office.done("laerke-leder", case_id, Plan(WEDNESDAY))
    office.done("laerke-leder", case_id, Discuss(), at("2026-11-25 12:40"))
    office.done("laerke-leder", case_id, DECIDE, at("2026-11-25 12:50"))
    office.done("laerke-psykolog", case_id, FollowUp(8, "Han leger."), at("2026-12-21 10:00"))
    office.done("laerke-leder", case_id, Close("Godt gået."), at("2026-12-21 10:10"))


def test_after_closing_the_writer_adds_the_team_hears_and_may_open_it_again() -> None:
    office = Office()
    case_id = office.sent()
    close(office, case_id)
    assert office.codes("laerke-leder") == ()
    office.done("laerke-laerer", case_id, Add("Det er begyndt igen.", MONDAY), at("2027-01-04 10:00"))
    assert notices_of(office, "laerke-psykolog", case_id, "team_changed") == ["team_changed"]
    page = office.page("laerke-leder", case_id, at("2027-01-04 11:00"))
    assert page is not None and [act.name for act in page.acts] == ["reopen"]
    office.done("laerke-leder", case_id, Reopen("Det er kommet igen."), at("2027-01-04 11:00"))
    assert row(office, case_id, now=at("2027-01-05 10:00")).waiting_days == 1
    assert status(office, case_id, at("2027-01-04 12:00")).title == "Åbnet igen"


def test_two_who_act_at_once_do_not_overwrite_each_other() -> None:
    office = Office()
    case_id = office.sent()
    leader = office.person("laerke-leder")

    def overtaken(uow) -> None:
        save, stale = uow.cases.save, uow.cases.get(case_id)

        def first(case, expected):  # somebody else's commit lands between our read and our write
            assert stale is not None
            uow.cases.save = save
            assert save(replace(stale, planned_for=WEDNESDAY, revision=stale.revision + 1), stale.revision)
            return save(case, expected)

        uow.cases.save = first
        team.act(HANDBOOK, uow, leader, case_id, Ask("Hvornår?"), MONDAY)

    with pytest.raises(Moved):
        office.acting(leader.id, MONDAY, overtaken)
    assert office.kinds(case_id) == ["sent", "stored"]


def test_every_notice_that_a_step_can_wish_for_has_its_text() -> None:
    office = Office()
    case_id = office.sent()
    close(office, case_id)
    office.done("laerke-laerer", case_id, Add("Mere.", MONDAY))
    office.done("laerke-leder", case_id, Reopen("Igen."))
    office.done("laerke-leder", case_id, Raise("Mere end vi troede."))
    office.done("laerke-leder", case_id, ProposeLowering("yellow", "Alligevel ikke."))
    office.done("laerke-raadgiver", case_id, ConfirmLowering())
    office.done("laerke-leder", case_id, Plan(WEDNESDAY))
    office.done("laerke-leder", case_id, Discuss())
    office.done("laerke-leder", case_id, DECIDE)
    office.done("laerke-psykolog", case_id, GiveTo("laerke-raadgiver"))
    wished = {template for template, _ in office.notices(case_id)}
    assert len(wished) >= 15
    assert wished <= TEMPLATES, wished - TEMPLATES


def test_a_case_page_names_everything_a_meeting_needs() -> None:
    office = Office()
    page = office.page("laerke-leder", office.sent())
    assert page is not None
    assert page.writer == "Maja Holm" and page.duty and page.next_meeting == at("2026-11-25 12:30")
    assert [line.question for line in page.answers] == [name for name in ANSWERS if name != "q15_omkring"]
    assert {outcome for outcome, _, ready in page.outcomes if ready} == {
        "local_effort",
        "school_team",
        "taken_home",
        "notified",
        "no_action",
    }
