"""Hostile requests at every route: a first look; the long run is `python -m tests.attacks routes`."""

from __future__ import annotations

import httpx
import pytest

from tests.attacks.routes import MARK, Attackers, attack, flaws

HEADERS = {"content-type": "text/html", "content-security-policy": "default-src 'none'"}


async def test_no_request_crashes_tells_of_others_or_is_echoed() -> None:
    found = await attack(1, 600)
    assert found.wrong == []
    assert found.answers[200] > 60


async def test_every_route_of_the_table_is_asked() -> None:
    crowd = Attackers()
    found = await attack(2, len(crowd.routes))
    assert {line.split(" ", 1)[1] for line in found.routes} == {route.path for route in crowd.routes}


@pytest.mark.parametrize(
    ("status", "text", "headers", "why"),
    [
        (500, "Noget gik galt", HEADERS, "a crash"),
        (200, f"<p>{MARK}</p>", HEADERS, "an echo that is not escaped"),
        (404, "Traceback (most recent call last)", HEADERS, "words from inside"),
        (200, "Mandag sad han alene i frikvarteret.", HEADERS, "somebody else's case"),
        (200, "Hej", {"content-type": "text/html"}, "headers"),
    ],
)
def test_what_must_never_be_in_an_answer_is_seen(status: int, text: str, headers: dict[str, str], why: str) -> None:
    answer = httpx.Response(status, headers=headers, text=text)
    assert list(flaws(answer, ["Mandag sad han alene i frikvarteret."])) == [why]
