"""Passphrase and code from an app: set up from an invitation, each code once, guesses slowed, nobody named."""

from __future__ import annotations

import asyncio
import re

import pytest
from argon2 import extract_parameters

from bot.identity.passphrase import AT_ONCE, MOST_WAITING, Passphrases, TooBusy, weak
from bot.identity.throttle import LIMITS
from bot.identity.totp import left_after, recovery_codes, recovery_hash
from tests.identity.kit import JONAS, MAJA, PHRASE, Town, quick


async def test_from_an_invitation_to_both_factors_and_back_in() -> None:
    town = Town()
    guest, seed = await town.with_app()
    assert "Skriv koderne ned" in guest.page.words  # type: ignore[union-attr]
    session = town.session(guest)
    assert session is not None
    assert (session.assurance, session.method) == ("two", "totp")
    back = town.browser()
    page = await back.log_in()
    assert "Vis, at det er dig" in page.words
    page = await back.post("/log-ind/kode", code=town.digits(seed), til="/sager")
    assert back.where == "/sager"
    assert page.status == 200


async def test_a_fresh_invitation_opens_no_case_and_leads_to_setting_up() -> None:
    guest = await Town().invited()
    for path in ("/chat", "/sager", "/team", "/sag/sag1", "/team/sag/sag1"):
        page = await guest.get(path)
        assert guest.where.startswith("/min-adgang")
        assert "Sæt din adgang op nu" in page.words
    assert (await guest.get("/beskeder")).status == 200
    assert (await guest.get("/hjaelp")).status == 200


async def test_a_passphrase_alone_opens_no_case() -> None:
    town = Town()
    await town.with_app()
    back = town.browser()
    await back.log_in()
    assert "Vis, at det er dig" in (await back.get("/sager")).words
    assert town.session(back).assurance == "one"  # type: ignore[union-attr]


async def test_a_code_works_once_even_in_its_own_half_minute() -> None:
    town = Town()
    _, seed = await town.with_app()
    one, other = town.browser(), town.browser()
    await one.log_in()
    await other.log_in()
    code = town.digits(seed)
    await one.post("/log-ind/kode", code=code)
    page = await other.post("/log-ind/kode", code=code)
    assert page.status == 403
    assert "En kode virker kun én gang" in page.words
    assert town.session(other).assurance == "one"  # type: ignore[union-attr]


@pytest.mark.parametrize(("steps", "good"), [(-2, False), (-1, True), (0, True), (1, True), (2, False)])
async def test_a_phones_clock_may_be_half_a_minute_off(steps: int, good: bool) -> None:
    town = Town()
    _, seed = await town.with_app()
    back = town.browser()
    await back.log_in()
    await back.post("/log-ind/kode", code=town.digits(seed, steps))
    assert (town.session(back).assurance == "two") is good  # type: ignore[union-attr]


async def test_the_code_that_set_the_app_up_is_used_up() -> None:
    town = Town()
    guest = await town.invited()
    await guest.post("/min-adgang/saetning", name="maja", phrase=PHRASE, again=PHRASE)
    setup = await town.ways.phrases.begin_code(guest.token)
    code = town.digits(setup.seed)  # type: ignore[union-attr]
    await guest.post("/min-adgang/app", code=code)
    back = town.browser()
    await back.log_in()
    assert (await back.post("/log-ind/kode", code=code)).status == 403


async def test_a_key_that_is_typed_by_hand_is_shown_in_fours() -> None:
    town = Town()
    guest = await town.invited()
    await guest.post("/min-adgang/saetning", name="maja", phrase=PHRASE, again=PHRASE)
    shown = re.findall(r'class="seed">([^<]+)<', guest.page.html)  # type: ignore[union-attr]
    assert shown and all(re.fullmatch(r"[A-Z2-7]{4}", four) for four in shown[0].split()) and len(shown[0].split()) == 8


async def test_a_paper_code_works_once_and_they_count_down() -> None:
    town = Town()
    guest, _ = await town.with_app()
    paper = guest.page.html.split("<code>")[1].split("</code>")[0]  # type: ignore[union-attr]
    for good in (True, False):
        back = town.browser()
        await back.log_in()
        await back.post("/log-ind/kode", code=paper.upper().replace("-", " "))
        assert (town.session(back).assurance == "two") is good  # type: ignore[union-attr]
    own = await town.ways.own.of(guest.token)
    assert own is not None
    assert own.recovery == 7


async def test_the_sixth_guess_at_a_code_is_not_even_looked_at() -> None:
    town = Town()
    _, seed = await town.with_app()
    back = town.browser()
    await back.log_in()
    for _ in range(LIMITS["second"]):
        assert "Koden passer ikke" in (await back.post("/log-ind/kode", code="000000")).words
    page = await back.post("/log-ind/kode", code=town.digits(seed))
    assert "prøvet for mange gange" in page.words
    town.clock.move(minutes=29)
    await back.get("/min-adgang")
    town.clock.move(minutes=29)
    await back.get("/min-adgang")
    town.clock.move(minutes=2)
    await back.post("/log-ind/kode", code=town.digits(seed))
    assert town.session(back).assurance == "two"  # type: ignore[union-attr]


async def test_guesses_at_a_passphrase_are_slowed_for_names_that_nobody_has_too() -> None:
    town = Town()
    await town.with_app()
    for name in ("maja", "findes-ikke"):
        said = [(await town.browser().log_in(name, "forkert forkert nu")).words for _ in range(LIMITS["account"] + 1)]
        assert len(set(said[:-1])) == 1
        assert "passer ikke" in said[0]
        assert "prøvet for mange gange" in said[-1]
    assert "prøvet for mange gange" in (await town.browser().log_in()).words
    town.clock.move(hours=1)
    assert "Vis, at det er dig" in (await town.browser().log_in()).words


async def test_the_right_passphrase_gives_the_tries_back() -> None:
    town = Town()
    await town.with_app()
    for _ in range(3):
        for _ in range(LIMITS["account"] - 1):
            await town.browser().log_in(phrase="forkert forkert nu")
        assert "Vis, at det er dig" in (await town.browser().log_in()).words


async def test_a_hundred_guesses_at_once_are_counted_as_a_hundred() -> None:
    town = Town()
    await town.with_app()
    from bot.identity.sessions import ANYWHERE

    tries = [town.ways.phrases.sign_in("maja", f"forkert nummer {n}", ANYWHERE, "") for n in range(100)]
    codes = [outcome.code for outcome in await asyncio.gather(*tries)]  # type: ignore[union-attr]
    assert codes.count("slow") == 100 - LIMITS["account"]


async def test_an_unknown_name_costs_as_much_as_a_known_one() -> None:
    passphrases = quick()
    stored = await passphrases.hash(PHRASE)
    assert await passphrases.fits(PHRASE, stored) is True
    assert await passphrases.fits("the passphrase of nobody at all", None) is False
    hasher = Passphrases()._hasher
    nobody, somebody = extract_parameters(Passphrases()._nobodys), extract_parameters(hasher.hash("x"))
    assert nobody == somebody
    assert (somebody.type.name, somebody.memory_cost, somebody.time_cost) == ("ID", 65536, 3)


async def test_a_flood_is_told_to_come_again() -> None:
    passphrases = quick()
    stored = await passphrases.hash(PHRASE)
    asked = await asyncio.gather(
        *(passphrases.fits(PHRASE, stored) for _ in range(MOST_WAITING + 5)), return_exceptions=True
    )
    assert [type(one) for one in asked].count(TooBusy) == 5
    assert asked.count(True) == MOST_WAITING
    assert AT_ONCE == 2


@pytest.mark.parametrize(
    ("phrase", "why"),
    [
        ("kort", "phrase_short"),
        ("x" * 129, "phrase_long"),
        ("aaaaaaaaaaaaaa", "phrase_obvious"),
        ("hejhejhejhej", "phrase_obvious"),
        ("Adgangskode123", "phrase_obvious"),
        ("qwerty12345678", "phrase_obvious"),
        ("majaholm2026!!", "phrase_obvious"),
        ("202620262026202", "phrase_obvious"),
        (PHRASE, None),
        ("æble hest trommer nu", None),
    ],
)
def test_the_obvious_is_refused(phrase: str, why: str | None) -> None:
    assert weak(phrase, ("majaholm@solbaek.example", "majaholm")) == why


async def test_two_people_cannot_have_one_name_and_names_have_no_capitals() -> None:
    town = Town()
    await town.with_app(MAJA, "maja@solbaek.example")
    other = await town.invited(JONAS)
    page = await other.post("/min-adgang/saetning", name="Maja@Solbaek.example", phrase=PHRASE, again=PHRASE)
    assert "Det navn er taget" in page.words
    assert "Vis, at det er dig" in (await town.browser().log_in("MAJA@solbaek.example")).words


async def test_a_stolen_passphrase_cannot_replace_the_app() -> None:
    town = Town()
    await town.with_app()
    thief = town.browser()
    await thief.log_in()
    page = await thief.post(
        "/min-adgang/saetning", name="maja", phrase="en helt anden sætning", again="en helt anden sætning"
    )
    assert "Vis først, at det er dig" in page.words
    assert "Vis først" in (await thief.get("/min-adgang/app")).words
    assert (await thief.json("/min-adgang/noegle/valg"))[0] == 422


async def test_a_new_invitation_cannot_replace_the_app_either() -> None:
    town = Town()
    await town.with_app()
    again = await town.invited(MAJA)
    assert "Vis først" in (await again.get("/min-adgang/app")).words


async def test_a_passphrase_gets_its_app_in_the_first_days_only() -> None:
    town = Town()
    guest = await town.invited()
    await guest.post("/min-adgang/saetning", name="maja", phrase=PHRASE, again=PHRASE)
    for days, good in ((2, True), (2, False)):
        town.clock.move(days=days)
        back = town.browser()
        await back.log_in()
        assert ("Skan billedet" in (await back.get("/min-adgang/app")).words) is good


async def test_nothing_secret_is_stored_as_it_is() -> None:
    town = Town()
    guest, _ = await town.with_app()
    paper = guest.page.html.split("<code>")[1].split("</code>")[0]  # type: ignore[union-attr]
    rows = repr(town.do(lambda uow: [uow.identity.of_person(MAJA), uow.doors.sessions_of(MAJA)]))
    assert PHRASE not in rows
    assert paper not in rows
    assert guest.token not in rows


async def test_somebody_who_has_left_cannot_sign_in() -> None:
    from dataclasses import replace

    town = Town()
    await town.with_app()
    town.do(lambda uow: uow.people.save(replace(uow.people.get(MAJA), active=False)))
    assert "passer ikke" in (await town.browser().log_in()).words


async def test_the_last_way_to_open_cases_stays() -> None:
    town = Town()
    guest, _ = await town.with_app()
    mine = town.do(lambda uow: uow.identity.of_person(MAJA, "totp"))
    page = await guest.post("/min-adgang/fjern", way=mine[0].lookup[:16])
    assert "sidste måde" in page.words
    assert town.do(lambda uow: len(uow.identity.of_person(MAJA, "totp"))) == 1


async def test_every_try_that_is_no_good_is_in_the_log_without_what_was_typed() -> None:
    town = Town()
    await town.with_app()
    guest = town.browser()
    for name in ("maja", "nogen-ukendt"):
        await guest.post("/log-ind", name=name, phrase="en helt anden cykel")
    await guest.post("/log-ind", name="maja", phrase=PHRASE)
    await guest.post("/log-ind/kode", code="000000")
    lines = [line for line in town.do(lambda uow: list(uow.audit.lines())) if line.outcome == "deny"]
    assert [(line.action, line.object, line.details) for line in lines] == [
        ("session.open", f"session:{MAJA}", "wrong_phrase"),
        ("session.open", "session:", "wrong_phrase"),
        ("session.open", f"session:{MAJA}", "wrong_code"),
    ]
    assert "cykel" not in str(lines) and "ukendt" not in str(lines)


def test_a_code_on_paper_is_too_long_to_be_turned_back_from_its_hash() -> None:
    codes = recovery_codes()
    letters = [code.replace("-", "") for code in codes]
    assert len(set(codes)) == len(codes) and all(32 ** len(one) >= 2**112 for one in letters)
    assert all(left_after([recovery_hash(one)], one.upper().replace("-", " ")) == () for one in codes)
