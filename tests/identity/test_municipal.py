"""The municipality's sign-in against a real provider on this machine: the good token opens, every bent one does not."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from typing import Any

import httpx
import pytest

from bot.identity.oidc import OidcConfig, is_safe_url
from tests.identity.kit import JONAS, MAJA, ORIGIN, Guest, Town
from tests.identity.provider import CLIENT, CLIENT_SECRET, OpenIdProvider
from tests.web.visitor import Page

BACK = f"{ORIGIN}/log-ind/svar"


@dataclass
class City:
    """A town with a provider beside it."""

    town: Town
    provider: OpenIdProvider

    async def go(self, guest: Guest, path: str = "/log-ind/kommune") -> str:
        """Out to the provider and to its answer: the address that the browser is sent back to."""
        out = await guest.client.get(path)
        assert out.status_code == 303, out.text
        async with httpx.AsyncClient(verify=False) as outside:
            answer = await outside.get(out.headers["location"])
        return answer.headers["location"].removeprefix(ORIGIN)

    async def sign_in(self, guest: Guest, path: str = "/log-ind/kommune") -> Page:
        return await guest.get(await self.go(guest, path))

    def assurance(self, guest: Guest) -> str | None:
        session = self.town.session(guest) if guest.token else None
        return session.assurance if session else None


@pytest.fixture
def provider() -> Iterator[OpenIdProvider]:
    town = Town()
    found = OpenIdProvider(town.clock.now)
    found.town = town  # type: ignore[attr-defined]
    yield found
    found.stop()


@pytest.fixture
def city(provider: OpenIdProvider) -> City:
    return with_provider(provider)


def with_provider(provider: OpenIdProvider, **config: Any) -> City:
    town: Town = provider.town  # type: ignore[attr-defined]
    town.with_oidc(
        OidcConfig(provider.issuer, CLIENT, CLIENT_SECRET, BACK, two=frozenset({"mfa", "Substantial"}), **config)
    )
    return City(town, provider)


async def test_an_invitation_binds_the_subject_and_later_it_opens_by_itself(city: City) -> None:
    guest = await city.town.invited()
    await city.sign_in(guest)
    assert city.assurance(guest) == "two"
    back = city.town.browser()
    page = await city.sign_in(back, "/log-ind/kommune?til=/sager")
    assert (page.status, back.where) == (200, "/sager")
    assert city.town.session(back).person_id == MAJA  # type: ignore[union-attr]


async def test_an_unknown_subject_is_told_to_get_an_invitation(city: City) -> None:
    page = await city.sign_in(city.town.browser())
    assert page.status == 403
    assert "invitation" in page.words


@pytest.mark.parametrize(
    ("claims", "assurance"),
    [
        ({"amr": ["pwd", "mfa"]}, "two"),
        ({"acr": "Substantial"}, "two"),
        ({"amr": ["pwd"]}, "one"),
        ({"acr": "Low", "amr": "mfa"}, "one"),
        ({}, "one"),
    ],
)
async def test_what_the_provider_has_proved_is_what_the_session_proves(
    city: City, claims: dict[str, Any], assurance: str
) -> None:
    city.provider.claims = {"sub": "person-1", **claims}
    guest = await city.town.invited()
    await city.sign_in(guest)
    assert city.assurance(guest) == assurance
    if assurance == "one":
        page = await guest.get("/sager")
        assert "Sæt din adgang op nu" in page.words  # and not round and round to the same provider


@pytest.mark.parametrize(
    ("email", "verified", "person"),
    [
        ("maja@solbaek.example", True, MAJA),
        ("MAJA@Solbaek.example", True, MAJA),
        ("maja@solbaek.example", False, None),
        ("maja@solbaek.example", "true", None),
        ("to@solbaek.example", True, None),
        ("ukendt@solbaek.example", True, None),
        ("", True, None),
    ],
)
async def test_a_verified_email_binds_where_the_operator_says_so(
    provider: OpenIdProvider, email: str, verified: Any, person: str | None
) -> None:
    city = with_provider(provider, bind="email")
    for who, mail in (
        (MAJA, "maja@solbaek.example"),
        (JONAS, "to@solbaek.example"),
        ("fjord-laerer", "to@solbaek.example"),
    ):
        city.town.do(lambda uow, w=who, m=mail: uow.people.save(replace(uow.people.get(w), email=m)))
    provider.claims = {"sub": "s", "email": email, "email_verified": verified}
    guest = city.town.browser()
    await city.sign_in(guest)
    session = city.town.session(guest) if guest.token else None
    assert (session.person_id if session else None) == person


def claim(name: str, value: Any) -> Callable[[OpenIdProvider], None]:
    def lie(provider: OpenIdProvider) -> None:
        def bend(header: dict[str, Any], claims: dict[str, Any]) -> None:
            claims[name] = value
            if value is None:
                del claims[name]

        provider.bend = bend

    return lie


def signed(how: str) -> Callable[[OpenIdProvider], None]:
    return lambda provider: setattr(provider, "sign", how)


LIES: dict[str, Callable[[OpenIdProvider], None]] = {
    "another nonce": claim("nonce", "x"),
    "no nonce": claim("nonce", None),
    "another issuer": claim("iss", "http://127.0.0.1:1"),
    "meant for another": claim("aud", "journalsystem"),
    "for several, asked by another": claim("aud", [CLIENT, "andre"]),
    "asked by another": claim("azp", "andre"),
    "out of date": claim("exp", 1_000_000_000),
    "never out of date": claim("exp", None),
    "from the future": claim("iat", 99_999_999_999),
    "nobody": claim("sub", None),
    "an empty somebody": claim("sub", ""),
    "unsigned": signed("none"),
    "signed with another key": signed("other"),
    "signed with the public key as a secret": signed("shared"),
    "away": lambda provider: setattr(provider, "down", True),
}


@pytest.mark.parametrize("lie", LIES.values(), ids=LIES)
async def test_a_bent_answer_signs_nobody_in(city: City, lie: Callable[[OpenIdProvider], None]) -> None:
    first = await city.town.invited()
    await city.sign_in(first)  # the subject is known, so only the lie can be what stops it
    guest = city.town.browser()
    back = await city.go(guest)
    lie(city.provider)
    page = await guest.get(back)
    assert page.status == 403
    assert guest.token == ""


async def test_a_state_works_once_in_its_own_browser_and_in_time(city: City) -> None:
    await city.sign_in(await city.town.invited())
    guest, other = city.town.browser(), city.town.browser()
    await city.go(other)
    back = await city.go(guest)
    assert (await other.get(back)).status == 403
    assert (await guest.get(back)).status == 403  # the try has used it up
    late = await city.go(guest)
    city.town.clock.move(minutes=10)
    assert (await guest.get(late)).status == 403
    good = await city.go(guest)
    assert (await guest.get(good)).status == 200
    guest.client.cookies.delete("trivselsbot")
    assert (await guest.get(good)).status == 403


@pytest.mark.parametrize("bent", ["state=x", "code=x", "iss=https://ond.example", "error=access_denied"])
async def test_a_bent_way_back_signs_nobody_in(city: City, bent: str) -> None:
    await city.sign_in(await city.town.invited())
    guest = city.town.browser()
    back = await city.go(guest)
    name = bent.split("=")[0]
    kept = [part for part in back.split("?")[1].split("&") if not part.startswith(f"{name}=")]
    query = "&".join([*kept, bent] if name != "error" else [p for p in kept if p.startswith("state")] + [bent])
    assert (await guest.get(f"/log-ind/svar?{query}")).status == 403
    assert guest.token == ""


async def test_the_code_is_worth_nothing_without_the_browsers_secret(city: City) -> None:
    await city.sign_in(await city.town.invited())
    guest, thief = city.town.browser(), city.town.browser()
    stolen = (await city.go(guest)).split("code=")[1].split("&")[0]
    own = await city.go(thief)
    mixed = own.replace(own.split("code=")[1].split("&")[0], stolen)
    assert (await thief.get(mixed)).status == 403


async def test_a_new_key_of_the_provider_is_found(city: City) -> None:
    await city.sign_in(await city.town.invited())
    city.provider.turn_the_key()
    guest = city.town.browser()
    await city.sign_in(guest)
    assert city.assurance(guest) == "two"


@pytest.mark.parametrize("says", [{"issuer": "https://ond.example"}, {"token_endpoint": "http://ond.example/token"}])
async def test_a_provider_that_points_elsewhere_is_not_followed(city: City, says: dict[str, str]) -> None:
    city.provider.says = says
    page = await city.town.browser().get("/log-ind/kommune")
    assert page.status == 503
    assert "svarer ikke" in page.words


async def test_a_colleagues_sign_in_does_not_take_over_my_session(city: City) -> None:
    await city.sign_in(await city.town.invited(MAJA))
    mine = await city.town.invited(JONAS)
    page = await city.sign_in(mine)
    assert "hører til en anden" in page.words
    assert city.town.session(mine).person_id == JONAS  # type: ignore[union-attr]


async def test_without_a_provider_there_is_no_such_way() -> None:
    guest = Town().browser()
    assert (await guest.get("/log-ind/kommune")).status == 404
    assert "/log-ind/kommune" not in (await guest.get("/log-ind")).html


@pytest.mark.parametrize(
    ("url", "safe"),
    [
        ("https://a.example", True),
        ("http://localhost:1", True),
        ("http://a.example", False),
        ("ftp://x", False),
        ("", False),
    ],
)
def test_a_provider_is_asked_over_tls_or_on_this_machine(url: str, safe: bool) -> None:
    assert is_safe_url(url) is safe
