"""What operators ask, and what the answers must never say."""

from __future__ import annotations

import httpx

from tests.web.visitor import Visitor


async def ask(visitor: Visitor, path: str) -> httpx.Response:
    return await visitor.client.get(path)


async def test_alive_needs_nothing() -> None:
    visitor = Visitor()
    visitor.health.works = False
    assert (await ask(visitor, "/healthz")).status_code == 200


async def test_ready_names_the_part_that_does_not_work() -> None:
    visitor = Visitor()
    good = await ask(visitor, "/readyz")
    assert (good.status_code, good.json()["ready"]) == (200, True)
    visitor.health.works = False
    bad = await ask(visitor, "/readyz")
    assert (bad.status_code, bad.json()) == (503, {"ready": False, "parts": {"database": False, "worker": True}})


async def test_metrics_count_by_route_and_name_no_case_person_or_made_up_path() -> None:
    visitor = await Visitor().become("laerke-laerer")
    await visitor.get("/sag/sag1")
    await visitor.get("/sag/sag9")
    await visitor.get("/hemmelig-sti")
    await visitor.client.request("HEMMELIG", "/chat")
    text = (await ask(visitor, "/metrics")).text
    assert 'trivselsbot_http_requests_total{method="GET",route="/sag/{case_id}",status="200"} 1.0' in text
    assert 'route="/sag/{case_id}",status="404"} 1.0' in text
    assert 'method="other"' in text
    assert not any(word in text for word in ("sag1", "sag9", "laerke", "hemmelig", "HEMMELIG"))
