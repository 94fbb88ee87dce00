"""Who has looked, opening a case in an emergency, and the page of whoever watches over privacy."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from bot.app.cases.oversight import unjudged_too_long, watch_over
from dialogs.access import OPERATOR, WORKER
from dialogs.cases.glass import JUDGED_WITHIN, LASTS
from dialogs.people import Membership
from tests.bare import bare
from tests.web.demo_house import DEPUTY, LEADER, PEDAGOGUE, PSYCHOLOGIST, QUIET, TEACHER, Guest, demo_house

DPO, ADMIN, CHIEF = "solbaek-tilsyn", "solbaek-administrator", "solbaek-chef"
CODE = "K7RT-Måge"
WHY = "Lederen er syg, og barnets mor står her."
SECRET = "Mandag sad han alene i frikvarteret."


async def broken_by(who: str, house=None, **other: str) -> Guest:
    guest = Guest(house=house or demo_house())
    await guest.become(who)
    await guest.get("/noedadgang")
    await guest.post("/noedadgang", **({"code": CODE, "cause": "absence", "reason": WHY} | other))
    return guest


# --- who has looked ---


async def test_the_people_on_a_case_see_in_which_role_it_was_read_and_no_name() -> None:
    house = demo_house()
    psychologist, maja = Guest(house=house), Guest(house=house)
    await psychologist.become(PSYCHOLOGIST)
    await psychologist.get(f"/team/sag/{QUIET}")
    await maja.become(TEACHER)
    page = await maja.get(f"/sag/{QUIET}")
    told = page.words[page.words.index("Hvem har set sagen") :]
    assert "PPR-psykolog: arbejder med sagen" in told and "Lærer: læste sin egen bekymring" in told
    assert "Nadia" not in told[: told.index("Spørgsmål og svar")]


async def test_the_leader_prints_an_access_report_and_nobody_else_does() -> None:
    house = demo_house()
    leader = Guest(house=house)
    await leader.become(LEADER)
    page = await leader.get(f"/team/sag/{QUIET}")
    assert f"/team/sag/{QUIET}/indsigt" in page.links
    page = await leader.get(f"/team/sag/{QUIET}/indsigt")
    assert page.status == 200 and "Leder: arbejder med sagen" in page.words
    assert SECRET not in page.words and "Nadia" not in page.words
    for who in (TEACHER, PSYCHOLOGIST, PEDAGOGUE, ADMIN, DPO):
        other = Guest(house=house)
        await other.become(who)
        assert (await other.get(f"/team/sag/{QUIET}/indsigt")).status == 404, who


# --- break-glass ---


async def test_a_deputy_reads_for_an_hour_writes_nothing_and_everybody_hears_of_it() -> None:
    house = demo_house()
    deputy = Guest(house=house)
    await deputy.become(DEPUTY)
    assert (await deputy.get(f"/team/sag/{QUIET}")).status == 404
    deputy = await broken_by(DEPUTY, house)
    page = await deputy.get(f"/team/sag/{QUIET}")
    assert page.status == 200 and SECRET in page.words and "Nødadgang. Du kan læse sagen til" in page.words
    assert "Hvad vil I gøre?" not in page.words
    before = bare(house).run(lambda raw: raw.cases.get(QUIET))
    await deputy.post(f"/team/sag/{QUIET}", act="ask", text="Hvad nu?")
    assert bare(house).run(lambda raw: raw.cases.get(QUIET)) == before
    told = bare(house).run(
        lambda raw: {(row.wish.template, row.wish.recipient) for row in raw.outbox.listing(["pending"], 999)}
    )
    assert {("glass_team", LEADER), ("glass_team", TEACHER), ("dpo_glass", DPO)} <= told
    assert ("glass_team", DEPUTY) not in told
    rows = bare(house).run(lambda raw: [row for row in raw.members.of_case(QUIET) if row.relation == "glass"])
    bare(house).run(lambda raw: raw.members.end(rows[0], rows[0].since))
    assert (await deputy.get(f"/team/sag/{QUIET}")).status == 404


async def test_the_row_of_an_emergency_ends_by_itself_after_an_hour() -> None:
    house = demo_house()
    await broken_by(DEPUTY, house)
    (row,) = bare(house).run(lambda raw: [row for row in raw.members.of_case(QUIET) if row.relation == "glass"])
    assert row.until is not None and row.until - row.since == LASTS == timedelta(minutes=60)
    assert row.active(row.until - timedelta(seconds=1)) and not row.active(row.until)


@pytest.mark.parametrize(
    ("other", "words"),
    [
        ({"cause": "nysgerrig"}, "Vælg, hvorfor det haster."),
        ({"reason": "Haster."}, "Mindst 20 tegn."),
        ({"reason": "Barnet 010115-1234 står her og græder."}, "CPR"),
        ({"code": "X2X2-Ugle"}, "Der er ingen sag med den kode"),
    ],
)
async def test_a_refusal_says_why_keeps_the_words_and_opens_nothing(other: dict[str, str], words: str) -> None:
    guest = await broken_by(DEPUTY, **other)
    assert guest.page is not None and guest.page.status == 422 and words in guest.page.words
    assert bare(guest.house).run(lambda raw: raw.emergencies.of_case(QUIET)) == []


async def test_the_same_case_opens_once_a_day() -> None:
    house = demo_house()
    await broken_by(DEPUTY, house)
    again = await broken_by(DEPUTY, house)
    assert again.page is not None and "Du har åbnet sagen i dag." in again.page.words


@pytest.mark.parametrize("who", [TEACHER, PSYCHOLOGIST, "fjord-laerer", CHIEF, ADMIN, DPO])
async def test_only_a_leader_has_the_hammer(who: str) -> None:
    guest = await broken_by(who)
    assert guest.page is not None and guest.page.status in (403, 404)
    assert (await guest.get("/noedadgang")).status == 404
    assert bare(guest.house).run(lambda raw: raw.emergencies.of_case(QUIET)) == []


async def test_another_schools_leader_hears_that_there_is_no_such_case() -> None:
    guest = await broken_by("fjord-leder")
    assert guest.page is not None and "Der er ingen sag med den kode" in guest.page.words


@pytest.mark.parametrize("how", ["excluded", "superior"])
async def test_an_emergency_is_no_way_around_a_conflict_of_interest(how: str) -> None:
    house = demo_house()

    def led_around(raw) -> None:
        case = raw.cases.get(QUIET)
        change = {"excluded": (DEPUTY,)} if how == "excluded" else {"route": "superior"}
        assert raw.cases.save(replace(case, **change, revision=case.revision + 1), case.revision)

    bare(house).run(led_around)
    guest = await broken_by(DEPUTY, house)
    assert guest.page is not None and "Der er ingen sag med den kode" in guest.page.words
    assert bare(house).run(lambda raw: raw.emergencies.of_case(QUIET)) == []


# --- oversight ---


async def test_the_protection_officer_judges_an_opening_once_and_sees_no_content() -> None:
    house = demo_house()
    await broken_by(DEPUTY, house)
    ida = Guest(house=house)
    await ida.become(DPO)
    page = await ida.get("/tilsyn")
    assert "Anders Krog" in page.words and WHY in page.words and SECRET not in page.words
    (one,) = bare(house).run(lambda raw: raw.emergencies.unjudged())
    await ida.post(f"/tilsyn/noedadgang/{one.id}", verdict="justified")
    await ida.get("/tilsyn")
    await ida.post(f"/tilsyn/noedadgang/{one.id}", verdict="not_justified")
    stored = bare(house).run(lambda raw: raw.emergencies.get(one.id))
    assert (stored.verdict, stored.judged_by) == ("justified", DPO)
    page = await ida.get(f"/tilsyn/sag/{QUIET}")
    assert page.status == 200 and "Birgit Søe" in page.words and SECRET not in page.words
    for path in (f"/team/sag/{QUIET}", f"/sag/{QUIET}", "/team"):
        assert (await ida.get(path)).status == 404, path


@pytest.mark.parametrize("who", [TEACHER, LEADER, CHIEF, ADMIN])
async def test_nobody_else_sees_the_page_of_oversight(who: str) -> None:
    house = demo_house()
    guest = Guest(house=house)
    await guest.become(who)
    for path in ("/tilsyn", f"/tilsyn/sag/{QUIET}"):
        assert (await guest.get(path)).status == 404, path


async def test_an_opening_that_nobody_judges_is_a_warning_after_three_days() -> None:
    house = demo_house()
    await broken_by(DEPUTY, house)
    now = house.clock.now()
    count = lambda at: house.store.run(WORKER, lambda uow: unjudged_too_long(uow, at))  # noqa: E731
    assert (count(now), count(now + JUDGED_WITHIN)) == (0, 1)
    ready = await Guest(house=house).client.get("/readyz")
    assert ready.status_code == 200 and "warnings" not in ready.json()


async def test_reading_right_after_leaving_a_case_is_told_to_the_protection_officer_once() -> None:
    house = demo_house()
    psychologist = Guest(house=house)
    await psychologist.become(PSYCHOLOGIST)
    seat = bare(house).run(lambda raw: raw.people.get(PSYCHOLOGIST))
    moved = replace(seat, memberships=(Membership("fjordskolen", "psychologist"),))
    house.store.run(OPERATOR, lambda uow: uow.people.save(moved))
    assert (await psychologist.get(f"/team/sag/{QUIET}")).status == 404
    chore = watch_over(house.settings.zone)
    for _ in range(2):
        house.store.run(WORKER, lambda uow: chore(uow, house.clock.now()))
    rows = bare(house).run(lambda raw: [row.wish for row in raw.outbox.listing(["pending"], 999)])
    alarms = [wish for wish in rows if wish.template == "dpo_alarm" and f":{PSYCHOLOGIST}:" in wish.dedupe_key]
    assert [(wish.recipient, dict(wish.params)["code"]) for wish in alarms] == [(DPO, CODE)]


# --- a request for access, and new functions ---


async def asked_by(who: str, house, code: str = CODE) -> Guest:
    guest = Guest(house=house)
    await guest.become(who)
    await guest.get("/tilsyn" if who == DPO else "/chat")
    await guest.post("/tilsyn/indsigt", code=code)
    return guest


async def test_the_officer_passes_a_request_on_and_the_leader_makes_the_package() -> None:
    house = demo_house()
    officer = await asked_by(DPO, house)
    assert "Lederen på sagen har fået besked" in officer.page.words
    rows = bare(house).run(lambda raw: raw.outbox.listing(["pending"], 999))
    told = [(row.wish.recipient, row.wish.template) for row in rows if row.wish.template == "access_asked"]
    assert told == [(LEADER, "access_asked")]
    lines = bare(house).run(lambda raw: [line for line in raw.audit.lines() if line.action == "access.ask"])
    assert [(line.actor, line.case_id, line.purpose, line.outcome) for line in lines] == [
        (DPO, QUIET, "access", "allow")
    ]
    leader = Guest(house=house)
    await leader.become(LEADER)
    assert f"/sag/{QUIET}/udlevering" in (await leader.get("/beskeder")).links
    await leader.get(f"/sag/{QUIET}/udlevering")
    made = await leader.client.post(f"/sag/{QUIET}/udlevering", data={**leader.own, "kind": "access"})
    assert made.status_code == 200 and made.headers["content-type"] == "application/zip"
    seen = await officer.get(f"/tilsyn/sag/{QUIET}")
    assert "Birgit Søe" in seen.words
    for path in (f"/sag/{QUIET}/udlevering", f"/team/sag/{QUIET}", f"/sag/{QUIET}"):
        assert (await officer.get(path)).status == 404, "passing on is not reading"


async def test_a_wrong_code_tells_nobody_and_is_kept() -> None:
    house = demo_house()
    officer = await asked_by(DPO, house, "K7RT-Due")
    assert officer.page.status == 422 and 'value="K7RT-Due"' in officer.page.html
    assert "ingen sag med den kode" in officer.page.words


@pytest.mark.parametrize("who", [TEACHER, LEADER, ADMIN, CHIEF])
async def test_nobody_else_asks_there(who: str) -> None:
    house = demo_house()
    other = await asked_by(who, house)
    assert other.page.status == 404
    rows = bare(house).run(lambda raw: raw.outbox.listing(["pending"], 999))
    assert not [row for row in rows if row.wish.template == "access_asked"]


async def test_the_officer_sees_who_was_given_a_place_that_opens_cases() -> None:
    house = demo_house()
    admin, officer = Guest(house=house), Guest(house=house)
    await admin.become(ADMIN)
    await admin.get("/medarbejdere")
    await admin.post("/medarbejdere/fjord-laerer", act="give", role="psychologist", school="laerkeskolen")
    await admin.post("/medarbejdere/fjord-laerer", act="give", role="teacher", school="laerkeskolen")
    await officer.become(DPO)
    page = await officer.get("/tilsyn")
    assert "Emil Dahl blev PPR-psykolog. Det gjorde Rasmus Vinther." in page.words
    assert "Emil Dahl blev lærer" not in page.words


async def test_whoever_comes_in_as_somebody_else_is_seen() -> None:
    house = demo_house()
    admin, officer = Guest(house=house), Guest(house=house)
    await admin.become(ADMIN)
    await admin.get("/medarbejdere")
    await admin.post(f"/medarbejdere/{LEADER}", act="reset", sure="ja")
    await admin.post(f"/medarbejdere/{LEADER}", act="code", hours="24")
    await admin.post(f"/medarbejdere/{TEACHER}", act="code", hours="24")
    await officer.become(DPO)
    page = await officer.get("/tilsyn")
    assert "Birgit Søe fik fjernet alle måder at logge ind på. Det gjorde Rasmus Vinther." in page.words
    assert "Birgit Søe fik en kode til at komme ind med. Det gjorde Rasmus Vinther." in page.words
    assert "Maja Holm fik en kode" not in page.words, "a teacher's access opens nobody else's case"
