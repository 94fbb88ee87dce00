"""Passkeys against a software key: the good answer opens, every bent one does not."""

from __future__ import annotations

import json
from typing import Any

import pytest

from tests.identity.authenticator import SoftKey
from tests.identity.kit import JONAS, MAJA, ORIGIN, RP, Guest, Town


async def test_a_passkey_is_made_from_an_invitation_and_opens_cases_at_once() -> None:
    town = Town()
    guest, key = await town.with_key()
    assert town.session(guest).assurance == "two"  # type: ignore[union-attr]
    back = town.browser()
    page = await back.key_in(key, til="/sager")
    assert (page.status, back.where) == (200, "/sager")
    assert town.session(back).method == "passkey"  # type: ignore[union-attr]


async def test_a_passkey_makes_a_session_surer_under_a_new_token() -> None:
    town = Town()
    _, key = await town.with_key()
    back = await town.invited(MAJA)
    old = back.token
    await back.key_in(key)
    assert back.token != old
    assert await town.ports.doors.who(old) is None
    assert town.session(back).assurance == "two"  # type: ignore[union-attr]


async def test_an_answer_works_once() -> None:
    town = Town()
    _, key = await town.with_key()
    back = town.browser()
    answer = key.use((await back.json("/log-ind/noegle/valg"))[1])
    assert (await back.post("/log-ind/noegle", answer=answer)).status == 200
    back.client.cookies.delete("trivselsbot")
    assert (await back.post("/log-ind/noegle", answer=answer)).status == 403


async def test_an_answer_belongs_to_the_browser_that_asked() -> None:
    town = Town()
    _, key = await town.with_key()
    one, other = town.browser(), town.browser()
    await other.json("/log-ind/noegle/valg")
    answer = key.use((await one.json("/log-ind/noegle/valg"))[1])
    assert (await other.post("/log-ind/noegle", answer=answer)).status == 403


async def test_too_late_is_too_late() -> None:
    town = Town()
    _, key = await town.with_key()
    back = town.browser()
    answer = key.use((await back.json("/log-ind/noegle/valg"))[1])
    town.clock.move(minutes=10)
    assert (await back.post("/log-ind/noegle", answer=answer)).status == 403


BENT: dict[str, Any] = {
    "another origin": {"origin": "http://localhost:8001"},
    "a look-alike": {"origin": "https://trivse1.example"},
    "another host": {"rp_id": "trivse1.example"},
    "nobody was verified": {"verified": False},
    "a copied key whose count stands still": {"count": -1},
}


@pytest.mark.parametrize("lie", BENT.values(), ids=BENT)
async def test_a_bent_answer_is_refused(lie: dict[str, Any]) -> None:
    town = Town()
    _, key = await town.with_key()
    await town.browser().key_in(key)  # the count stands at one now
    back = town.browser()
    for name, value in lie.items():
        setattr(key, name, value)
    assert (await back.key_in(key)).status == 403
    assert back.token == ""


async def test_another_keys_signature_is_refused() -> None:
    town = Town()
    _, key = await town.with_key()
    thief = SoftKey(ORIGIN, RP, key_id=key.key_id, count=9)
    assert (await town.browser().key_in(thief)).status == 403


@pytest.mark.parametrize("lie", [BENT["another origin"], BENT["another host"], BENT["nobody was verified"]])
async def test_a_key_that_was_made_elsewhere_is_not_taken(lie: dict[str, Any]) -> None:
    town = Town()
    guest = await town.invited()
    key = SoftKey(**{"origin": ORIGIN, "rp_id": RP, **lie})
    answer = key.make((await guest.json("/min-adgang/noegle/valg"))[1])
    page = await guest.post("/min-adgang/noegle", answer=answer)
    assert "blev ikke gemt" in page.words
    assert town.session(guest).assurance == "one"  # type: ignore[union-attr]


@pytest.mark.parametrize(
    "answer", ["", "{}", "[]", "null", '{"id": 7}', '{"id":"x"}', "{" * 99, "æ" * 30_000, '"\\ud83d"']
)
async def test_a_made_up_answer_is_refused_in_words(answer: str) -> None:
    town = Town()
    guest, key = await town.with_key()
    back = town.browser()
    await back.json("/log-ind/noegle/valg")
    assert (await back.post("/log-ind/noegle", answer=answer)).status == 403
    known = {**json.loads(key.use({"challenge": "x"})), "response": answer}
    await back.json("/log-ind/noegle/valg")
    assert (await back.post("/log-ind/noegle", answer=json.dumps(known))).status == 403
    await guest.json("/min-adgang/noegle/valg")
    assert (await guest.post("/min-adgang/noegle", answer=answer)).status == 422


async def test_a_colleagues_key_does_not_take_over_my_session() -> None:
    town = Town()
    _, theirs = await town.with_key(JONAS)
    mine = await town.invited(MAJA)
    page = await mine.key_in(theirs)
    assert "hører til en anden" in page.words
    assert town.session(mine).person_id == MAJA  # type: ignore[union-attr]


async def test_nobodys_key_is_taken_by_another() -> None:
    town = Town()
    _, key = await town.with_key(MAJA)
    jonas = await town.invited(JONAS)
    answer = key.make((await jonas.json("/min-adgang/noegle/valg"))[1])
    assert (await jonas.post("/min-adgang/noegle", answer=answer)).status == 422
    assert town.session(jonas).assurance == "one"  # type: ignore[union-attr]


async def test_the_options_tell_nothing_about_anybody() -> None:
    town = Town()
    await town.with_key()
    status, options = await town.browser().json("/log-ind/noegle/valg")
    assert status == 200
    assert options["allowCredentials"] == []
    assert options["userVerification"] == "required"
    assert options["rpId"] == RP


async def test_one_of_two_keys_can_be_taken_away_and_opens_nothing_more() -> None:
    town = Town()
    guest, key = await town.with_key()
    second = SoftKey(ORIGIN, RP)
    await guest.post("/min-adgang/noegle", answer=second.make((await guest.json("/min-adgang/noegle/valg"))[1]))
    rows = (await town.ways.own.of(guest.token)).keys  # type: ignore[union-attr]
    assert len(rows) == 2
    await guest.post("/min-adgang/fjern", way=rows[0].id)
    left = [await _opens(town.browser(), one) for one in (key, second)]
    assert sorted(left) == [False, True]


async def _opens(guest: Guest, key: SoftKey) -> bool:
    return (await guest.key_in(key)).status == 200
