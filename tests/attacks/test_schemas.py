"""schemathesis at every route: a first look; the long run is `python -m tests.attacks schema`."""

from __future__ import annotations

import pytest

from tests.attacks import schemas
from tests.attacks.routes import Attackers


def test_nothing_that_is_made_up_from_the_description_ends_in_a_crash() -> None:
    found = schemas.ask(1, 120)
    assert found.wrong == []
    assert len(found.operations) > 35
    assert found.answers[200] > 20


def test_every_route_is_described_with_the_names_in_its_path() -> None:
    crowd = Attackers()
    told = schemas.described(crowd, "token")["paths"]
    assert len(told) > 80
    for path, ways in told.items():
        for way in ways.values():
            assert [one["name"] for one in way["parameters"] if one["in"] == "path"] == schemas.PATH_NAME.findall(path)


def test_a_crash_is_seen(monkeypatch: pytest.MonkeyPatch) -> None:
    async def crash(scope: object, receive: object, send: object) -> None:
        raise RuntimeError("planted")

    def broken(crowd: Attackers) -> None:
        whole(crowd)
        for route in crowd.routes:
            if route.path == "/hjaelp":
                monkeypatch.setattr(route, "app", crash)  # the route is the program's own: it must be whole again

    whole = Attackers.__init__
    monkeypatch.setattr(Attackers, "__init__", broken)
    found = schemas.ask(1, 2, path="/hjaelp")
    assert len(found.wrong) == found.tried > 0
