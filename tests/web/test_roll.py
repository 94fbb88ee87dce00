"""The administrator's pages: people, functions and codes; nothing of any case, and nothing for anybody else."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from bot.bootstrap import House
from bot.identity.sessions import hashed
from bot.ports import Forbidden
from dialogs.access import Actor
from dialogs.identity import Credential, WebSession
from dialogs.people import Membership
from dialogs.records import Invite
from tests.bare import bare
from tests.web.demo_house import LEADER, PSYCHOLOGIST, QUIET, TEACHER, Guest, demo_house

ADMIN, DPO = "solbaek-administrator", "solbaek-tilsyn"
LIST = "/medarbejdere"
NEW = {"act": "new", "name": "Kim Ny", "email": "kim@skole.example", "role": "teacher", "school": "laerkeskolen",
       "hours": "24"}  # fmt: skip
CODE = re.compile(r"/ind/([\w-]{20,})")


async def admin(house: House | None = None) -> Guest:
    guest = Guest(house=house or demo_house())
    await guest.become(ADMIN)
    await guest.get(LIST)
    return guest


def person(house: House, person_id: str) -> Any:
    return bare(house).run(lambda raw: raw.people.get(person_id))


def named(house: House, name: str) -> Any:
    return bare(house).run(lambda raw: [one for one in raw.people.everyone() if one.name == name])


def lines(house: House, actor: str) -> list[tuple[str, str, str]]:
    found = bare(house).run(lambda raw: list(raw.audit.lines()))
    return [(line.action, line.outcome, line.details) for line in found if line.actor == actor]


# --- who sees it ---


@pytest.mark.parametrize("who", [TEACHER, LEADER, PSYCHOLOGIST, DPO, "solbaek-chef", "fjord-leder"])
async def test_nobody_else_finds_the_pages_or_does_anything_there(who: str) -> None:
    house = demo_house()
    other = Guest(house=house)
    await other.become(who)
    assert LIST not in (await other.get("/chat")).links
    before = bare(house).run(lambda raw: raw.people.everyone())
    # The protection officer may look people up, and changes nothing.
    assert (await other.get(LIST)).status == 404 and (await other.get(f"{LIST}/{TEACHER}")).status == 404
    await other.get("/chat")
    assert (await other.post(LIST, **NEW)).status == 404
    for act in ("leave", "reset", "back", "code", "give", "take"):
        await other.get("/chat")
        sent = await other.post(f"{LIST}/fjord-laerer", act=act, role="leader", school="laerkeskolen", hours="24")
        assert sent.status == 404, act
    assert bare(house).run(lambda raw: raw.people.everyone()) == before
    assert any(outcome == "deny" for _, outcome, _ in lines(house, who))


async def test_the_administrator_sees_people_and_nothing_of_any_case() -> None:
    house = demo_house()
    guest = await admin(house)
    page = guest.page
    assert page is not None and LIST in page.links
    assert "Maja Holm" in page.words and "Leder, stedfortræder" in page.words
    assert "K7RT" not in page.html and "Stjernen" not in page.html
    one = await guest.get(f"{LIST}/{TEACHER}")
    assert "Lærer på Lærkeskolen" in one.words and "K7RT" not in one.html
    for path in (f"/team/sag/{QUIET}", f"/sag/{QUIET}", f"/sag/{QUIET}/plan", "/team", "/team/tal", "/tilsyn"):
        assert (await guest.get(path)).status == 404, path
    assert ("person.find", "allow", "") in lines(house, ADMIN)


async def test_a_form_from_another_page_changes_nothing() -> None:
    guest = await admin()
    sent = await guest.post(f"{LIST}/{TEACHER}", act="leave", csrf="forkert")
    assert sent.status == 403 and person(guest.house, TEACHER).active


# --- letting in ---


async def test_somebody_new_gets_a_code_that_is_shown_once_and_lets_in_once() -> None:
    house = demo_house()
    guest = await admin(house)
    own = dict(guest.own)
    page = await guest.post(LIST, **NEW)
    found = CODE.search(page.html)
    assert page.status == 200 and found is not None
    again = await guest.post(LIST, bare=True, **own, **NEW)
    assert again.status == 422 and not CODE.search(again.html) and "kun vist én gang" in again.words
    assert len(named(house, "Kim Ny")) == 1
    assert found[1] not in (await guest.get(LIST)).html
    kim = Guest(house=house)
    await kim.post("/ind", code=found[1], bare=True)
    assert (await kim.get("/min-adgang")).status == 200
    stranger = Guest(house=house)
    await stranger.post("/ind", code=found[1], bare=True)
    assert "Log ud" not in (await stranger.get("/min-adgang")).words
    assert ("invite.make", "allow", "teacher") in lines(house, ADMIN)
    assert ("person.write", "allow", "new +teacher") in lines(house, ADMIN)


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"name": "  "}, "Skriv et navn"),
        ({"email": "kim@skole.example, ond@andet.example"}, "Skriv e-mailen"),
        ({"role": "konge"}, "Vælg en funktion"),
        ({"school": "findes-ikke"}, "Vælg en funktion"),
        ({"deputy": "ja"}, "stedfortræder"),
    ],
)
async def test_a_refusal_says_why_and_keeps_what_was_written(fields: dict[str, str], words: str) -> None:
    guest = await admin()
    page = await guest.post(LIST, **(NEW | fields))
    assert page.status == 422 and words in page.words
    assert 'value="kim@skole.example"' in page.html or "email" in fields
    assert named(guest.house, "Kim Ny") == []


async def test_one_mail_address_is_one_person() -> None:
    guest = await admin()
    await guest.post(LIST, **NEW)
    await guest.get(LIST)
    page = await guest.post(LIST, **(NEW | {"name": "Kim Igen", "email": "KIM@skole.example"}))
    assert page.status == 422 and "allerede en person" in page.words and named(guest.house, "Kim Igen") == []


async def test_an_invitation_is_taken_back_and_its_code_opens_nothing() -> None:
    house = demo_house()
    guest = await admin(house)
    found = CODE.search((await guest.post(LIST, **NEW)).html)
    assert found is not None
    await guest.get(LIST)
    assert guest.page is not None
    page = await guest.post(LIST, act="withdraw", invite=guest.page.hidden["invite"])
    assert "trukket tilbage" in page.words and "der venter" not in page.words
    kim = Guest(house=house)
    await kim.post("/ind", code=found[1], bare=True)
    assert "Log ud" not in (await kim.get("/min-adgang")).words
    assert ("invite.withdraw", "allow", "gone") in lines(house, ADMIN)


async def test_a_new_code_makes_the_old_one_useless() -> None:
    house = demo_house()
    guest = await admin(house)
    codes = []
    for _ in range(2):
        await guest.get(f"{LIST}/{TEACHER}")
        found = CODE.search((await guest.post(f"{LIST}/{TEACHER}", act="code", hours="72")).html)
        assert found is not None
        codes.append(found[1])
    assert len(bare(house).run(lambda raw: raw.doors.open_invites(house.clock.now()))) == 1
    old = Guest(house=house)
    await old.post("/ind", code=codes[0], bare=True)
    assert "Log ud" not in (await old.get("/min-adgang")).words


# --- functions ---


async def test_a_function_is_given_and_taken_and_the_cases_follow_at_once() -> None:
    house = demo_house()
    guest = await admin(house)
    emil = Guest(house=house)
    await emil.become("fjord-laerer")
    assert (await emil.get(f"/team/sag/{QUIET}")).status == 404
    seat = {"role": "psychologist", "school": "laerkeskolen"}
    await guest.post(f"{LIST}/fjord-laerer", act="give", **seat)
    assert Membership("laerkeskolen", "psychologist") in person(house, "fjord-laerer").memberships
    assert (await emil.get(f"/team/sag/{QUIET}")).status == 200
    await guest.post(f"{LIST}/fjord-laerer", act="take", **seat)
    assert (await emil.get(f"/team/sag/{QUIET}")).status == 404
    assert ("person.write", "allow", "seats +psychologist") in lines(house, ADMIN)
    assert ("person.write", "allow", "seats -psychologist") in lines(house, ADMIN)


@pytest.mark.parametrize("act", ["give", "take", "leave", "reset", "code"])
async def test_nobody_helps_themselves(act: str) -> None:
    guest = await admin()
    before = person(guest.house, ADMIN)
    page = await guest.post(f"{LIST}/{ADMIN}", act=act, role="admin", school="laerkeskolen", hours="24")
    assert page.status == 422 and "Det er ikke gjort" in page.words
    assert person(guest.house, ADMIN) == before and (await guest.get(LIST)).status == 200


def test_the_guard_refuses_it_too_whatever_a_page_asks_for() -> None:
    house = demo_house()
    actor = Actor(ADMIN, "web", 2, "two")
    me = person(house, ADMIN)
    more = replace(me, memberships=(*me.memberships, Membership("laerkeskolen", "leader")))
    for work in (
        lambda uow: uow.people.save(more),
        lambda uow: uow.exits.shut(ADMIN, ways=True),
        lambda uow: uow.exits.renew(ADMIN, house.clock.now()),
    ):
        with pytest.raises(Forbidden):
            house.store.run(actor, work)
    assert person(house, ADMIN) == me


# --- leaving ---


async def test_who_is_let_go_loses_everything_in_one_transaction_and_can_come_back() -> None:
    house = demo_house()
    guest, maja = await admin(house), Guest(house=house)
    await maja.become(TEACHER)
    now = house.clock.now()

    def ways(raw: Any) -> None:
        raw.people.save(replace(raw.people.get(TEACHER), telegram_chat=77))
        raw.identity.add(Credential("vej", TEACHER, "passkey", {}, now))
        raw.doors.add_session(WebSession(hashed("anden"), TEACHER, now, now))
        raw.doors.add_invite(Invite("kode", "teacher", "laerkeskolen", TEACHER, now + timedelta(hours=1)))

    bare(house).run(ways)
    await guest.get(f"{LIST}/{TEACHER}")
    page = await guest.post(f"{LIST}/{TEACHER}", act="leave", sure="ja")
    assert "Personen er stoppet" in page.words
    left = person(house, TEACHER)
    assert (left.active, left.memberships, left.telegram_chat) == (False, (), None)
    rest = bare(house).run(
        lambda raw: (raw.doors.sessions_of(TEACHER), raw.identity.of_person(TEACHER),
                     raw.doors.open_invites(now), raw.members.cases_of(TEACHER, house.clock.now()))
    )  # fmt: skip
    assert [len(one) for one in rest] == [0, 0, 0, 0]
    assert "Log ud" not in (await maja.get("/sager")).words
    await guest.post(f"{LIST}/{TEACHER}", act="back")
    assert person(house, TEACHER).active and person(house, TEACHER).memberships == ()
    actions = [action for action, _, _ in lines(house, ADMIN)]
    assert "access.end" in actions and "access.renew" in actions


async def test_a_lost_telephone_takes_ways_in_and_telegram_and_keeps_functions() -> None:
    house = demo_house()
    guest = await admin(house)
    bare(house).run(lambda raw: raw.people.save(replace(raw.people.get(TEACHER), telegram_chat=77)))
    await guest.post(f"{LIST}/{TEACHER}", act="reset", sure="ja")
    after = person(house, TEACHER)
    assert (after.active, after.telegram_chat, len(after.memberships)) == (True, None, 1)


async def test_the_last_administrator_can_not_be_let_go_by_a_second_one_who_is_gone() -> None:
    house = demo_house()
    first = await admin(house)
    await first.post(f"{LIST}/fjord-leder", act="give", role="admin", school="fjordskolen")
    second = Guest(house=house)
    await second.become("fjord-leder")
    await second.get(LIST)
    await second.post(f"{LIST}/{ADMIN}", act="leave", sure="ja")
    assert not person(house, ADMIN).active
    assert (await first.get(LIST)).status != 200
    page = await second.post(f"{LIST}/fjord-leder", act="take", role="admin", school="fjordskolen")
    assert page.status == 422 and "egne funktioner" in page.words
