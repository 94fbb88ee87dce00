"""Nobody comes in as somebody else by administering: a second person has to say who it is (ADR 63)."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Any

import pytest

from bot.bootstrap import House
from bot.identity.sessions import hashed
from bot.ports import Forbidden, Invite, WebSession
from dialogs.access import Actor
from dialogs.access.vouching import locked
from dialogs.identity import Credential
from dialogs.people import Membership
from tests.bare import bare
from tests.web.demo_house import DEPUTY, LEADER, PSYCHOLOGIST, QUIET, TEACHER, Guest, demo_house

ADMIN, DPO, OTHER_LEADER = "solbaek-administrator", "solbaek-tilsyn", "fjord-leder"
LIST, VOUCH = "/medarbejdere", "/sig-god-for"
CODE = re.compile(r"/ind/([\w-]{20,})")
NEW = {"act": "new", "name": "Kim Ny", "email": "kim@skole.example", "school": "laerkeskolen", "hours": "24"}


async def being(who: str, house: House) -> Guest:
    guest = Guest(house=house)
    await guest.become(who)
    return guest


def person(house: House, person_id: str) -> Any:
    return bare(house).run(lambda raw: raw.people.get(person_id))


def told(house: House, template: str) -> set[str]:
    rows = bare(house).run(lambda raw: raw.outbox.listing(["pending"], 999))
    return {row.wish.recipient for row in rows if row.wish.template == template}


def proven(house: House, who: str) -> Guest:
    """A browser in which somebody has proved two things as this person, whoever it is."""
    now, guest = house.clock.now(), Guest(house=house)
    token = f"to-beviser-{who}"
    bare(house).run(lambda raw: raw.doors.add_session(WebSession(hashed(token), who, now, now, "two", "passkey")))
    guest.client.cookies.set("trivselsbot", token)
    return guest


async def taken_over(house: House, who: str) -> str:
    """The administrator takes somebody's ways in away and makes a code; the code."""
    guest = await being(ADMIN, house)
    await guest.get(LIST)
    await guest.post(f"{LIST}/{who}", act="reset", sure="ja")
    found = CODE.search((await guest.post(f"{LIST}/{who}", act="code", hours="24")).html)
    assert found is not None
    return found[1]


@pytest.mark.parametrize("who", [LEADER, TEACHER, PSYCHOLOGIST])
async def test_an_administrator_who_comes_in_as_somebody_sees_nothing_of_any_child(who: str) -> None:
    house = demo_house()
    code = await taken_over(house, who)
    thief = Guest(house=house)
    await thief.post("/ind", code=code, bare=True)
    assert "Min adgang" in (await thief.get("/min-adgang")).words
    thief = proven(house, who)  # they have set a key of their own up
    for path in ("/chat", "/sager", "/team", f"/team/sag/{QUIET}", f"/sag/{QUIET}", "/noedadgang", "/tilsyn"):
        page = await thief.get(path)
        if page.status == 303:
            page = await thief.get(page.headers["location"])
        assert "Du mangler et ja" in page.words and "K7RT" not in page.html, path
    await thief.get("/min-adgang")
    sent = await thief.post("/chat", act="", text="Jeg er bekymret for et barn")
    assert sent.status == 403 and "IKKE gemt" in sent.words and "Jeg er bekymret for et barn" in sent.html
    await thief.get("/min-adgang")
    asked = await thief.post("/min-adgang/telegram")
    assert "En anden skal først sige" in asked.words, "a chat would be a second way in"


async def test_a_leader_who_knows_them_opens_it_again() -> None:
    house = demo_house()
    await taken_over(house, TEACHER)
    assert told(house, "access_vouch") == {LEADER, DEPUTY} and told(house, "access_reset") == {TEACHER}
    birgit = await being(LEADER, house)
    page = await birgit.get(VOUCH)
    assert "Maja Holm" in page.words and "Rasmus Vinther har lukket personen ind" in page.words
    page = await birgit.post(VOUCH, person=TEACHER, known="ja")
    assert "Tak. Nu kan personen" in page.words and "Ingen venter" in page.words
    assert person(house, TEACHER).let_in_by == () and not locked(person(house, TEACHER))
    assert "Du mangler et ja" not in (await proven(house, TEACHER).get("/chat")).words
    watcher = await being(DPO, house)
    assert (
        "Maja Holm fik fjernet alle måder at logge ind på. Det gjorde Rasmus Vinther."
        in (await watcher.get("/tilsyn")).words
    )
    assert "Maja Holm fik et ja: Det er dem. Det gjorde Birgit Søe." in (await watcher.get("/tilsyn")).words


async def test_a_leader_who_does_not_know_them_shuts_it_and_the_officer_hears() -> None:
    house = demo_house()
    await taken_over(house, TEACHER)
    thief = proven(house, TEACHER)
    birgit = await being(LEADER, house)
    await birgit.get(VOUCH)
    page = await birgit.post(VOUCH, person=TEACHER, known="nej")
    assert "Personen er lukket ude" in page.words and told(house, "access_disputed") == {DPO}
    assert "Log ud" not in (await thief.get("/min-adgang")).words and locked(person(house, TEACHER))
    watcher = await being(DPO, house)
    assert "Maja Holm blev ikke kendt og er lukket ude." in (await watcher.get("/tilsyn")).words


@pytest.mark.parametrize("who", [ADMIN, TEACHER, OTHER_LEADER, DPO, PSYCHOLOGIST])
async def test_nobody_else_can_say_so(who: str) -> None:
    house = demo_house()
    await taken_over(house, TEACHER)
    guest = await being(who, house)
    await guest.get("/min-adgang")
    page = await guest.post(VOUCH, person=TEACHER, known="ja")
    assert page.status in (403, 404, 422) and locked(person(house, TEACHER)), who


async def test_who_waits_can_not_say_it_of_somebody_else() -> None:
    house = demo_house()
    await taken_over(house, LEADER)
    await taken_over(house, TEACHER)
    thief = proven(house, LEADER)
    await thief.get("/min-adgang")
    assert (await thief.post(VOUCH, person=TEACHER, known="ja")).status == 403
    assert locked(person(house, TEACHER)) and locked(person(house, LEADER))


async def test_both_of_two_administrators_who_made_a_code_are_nobody_to_say_so() -> None:
    house = demo_house()
    second = replace(person(house, OTHER_LEADER), memberships=(Membership("fjordskolen", "admin"),))
    bare(house).run(lambda raw: raw.people.save(second))
    await taken_over(house, TEACHER)
    other = await being(OTHER_LEADER, house)
    assert "Maja Holm" in (await other.get(VOUCH)).words
    await other.get(f"{LIST}/{TEACHER}")
    await other.post(f"{LIST}/{TEACHER}", act="code", hours="24")
    page = await other.post(VOUCH, person=TEACHER, known="ja")
    assert page.status == 422 and "Du har selv lavet koden" in page.words
    assert set(person(house, TEACHER).let_in_by) == {ADMIN, OTHER_LEADER}


@pytest.mark.parametrize(
    ("role", "waits"), [("teacher", False), ("leader", True), ("psychologist", True), ("dpo", True)]
)
async def test_somebody_new_waits_only_where_the_function_opens_cases(role: str, waits: bool) -> None:
    house = demo_house()
    guest = await being(ADMIN, house)
    await guest.get(LIST)
    await guest.post(LIST, **NEW, role=role)
    kim = next(one for one in bare(house).run(lambda raw: raw.people.everyone()) if one.name == "Kim Ny")
    assert locked(kim) is waits and bool(told(house, "access_vouch")) is waits
    page = await proven(house, kim.id).get("/min-adgang")
    assert ("En anden skal sige, at det er dig" in page.words) is waits


async def test_an_invention_that_is_made_a_leader_later_waits_then() -> None:
    house = demo_house()
    guest = await being(ADMIN, house)
    await guest.get(LIST)
    await guest.post(LIST, **NEW, role="teacher")
    kim = next(one for one in bare(house).run(lambda raw: raw.people.everyone()) if one.name == "Kim Ny")
    await guest.post(f"{LIST}/{kim.id}", act="give", role="leader", school="laerkeskolen")
    assert locked(person(house, kim.id)) and "Du mangler et ja" in await _after(proven(house, kim.id), "/team")


async def _after(guest: Guest, path: str) -> str:
    page = await guest.get(path)
    return (await guest.get(page.headers["location"])).words if page.status == 303 else page.words


async def test_nobody_makes_a_code_for_who_has_a_key_and_no_code_binds_the_chat_of_who_has_been_in() -> None:
    house = demo_house()
    guest, now = await being(ADMIN, house), house.clock.now()
    bare(house).run(lambda raw: raw.identity.add(Credential("saetning", TEACHER, "passphrase", {}, now)))
    await guest.get(LIST)
    assert CODE.search((await guest.post(f"{LIST}/{TEACHER}", act="code", hours="0")).html)
    invite = bare(house).run(lambda raw: raw.doors.open_invites(house.clock.now()))[0]
    assert invite.web_only and locked(person(house, TEACHER)), "it would bind the administrator's own chat as hers"
    bare(house).run(lambda raw: raw.identity.add(Credential("noegle", PSYCHOLOGIST, "passkey", {}, now)))
    page = await guest.post(f"{LIST}/{PSYCHOLOGIST}", act="code", hours="24")
    assert page.status == 422 and "har en nøgle" in page.words and not CODE.search(page.html)
    code = Invite("h", "psychologist", "laerkeskolen", PSYCHOLOGIST, now)
    with pytest.raises(Forbidden):
        house.store.run(Actor(ADMIN, "web", 2, "two"), lambda uow: uow.doors.add_invite(code))
    assert not locked(person(house, PSYCHOLOGIST))


@pytest.mark.parametrize("path", ["/beskeder", "/moeder", "/paamindelser"])
async def test_neither_meetings_nor_notices_are_shown_to_who_waits(path: str) -> None:
    house = demo_house()
    await taken_over(house, TEACHER)
    thief = proven(house, TEACHER)
    assert "Du mangler et ja" in await _after(thief, path)
    await thief.get("/min-adgang")
    assert (await thief.post("/paamindelser", gathering="daily", hour="8", first="email")).status == 403


def test_the_guard_keeps_it_whatever_a_use_case_asks_for() -> None:
    house = demo_house()
    admin, now = Actor(ADMIN, "web", 2, "two"), house.clock.now()
    maja = person(house, TEACHER)
    for work in (
        lambda uow: uow.doors.add_invite(Invite("h", "leader", "laerkeskolen", None, now)),
        lambda uow: uow.people.save(replace(maja, telegram_chat=99)),
        lambda uow: uow.people.save(replace(maja, email="administrator@example.org")),
        lambda uow: uow.people.save(replace(maja, let_in_by=("x",))),
    ):
        with pytest.raises(Forbidden):
            house.store.run(admin, work)
    house.store.run(admin, lambda uow: uow.exits.shut(TEACHER, ways=True))
    assert locked(person(house, TEACHER))
    with pytest.raises(Forbidden):
        house.store.run(admin, lambda uow: uow.people.save(maja))
    assert house.store.run(admin, lambda uow: uow.exits.vouch(TEACHER, known=True)) is None
    other = Actor(OTHER_LEADER, "web", 2, "two")
    with pytest.raises(Forbidden):
        house.store.run(other, lambda uow: uow.exits.vouch(TEACHER, known=True))
    assert locked(person(house, TEACHER))
