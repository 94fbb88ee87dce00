"""For operators: is it alive, can it work, and how much does it do. Nothing here says who or what."""

from __future__ import annotations

import time

from prometheus_client import CONTENT_TYPE_LATEST, CollectorRegistry, Counter, Histogram, generate_latest
from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse, Response
from starlette.routing import Route
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from bot.web.site import site_of

BUCKETS = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 10.0)  # seconds


async def alive(request: Request) -> Response:
    return PlainTextResponse("ok\n")


async def ready(request: Request) -> Response:
    """200 when every part works, else 503; the parts by name."""
    parts = dict(await site_of(request).ports.health.ready())
    works = all(parts.values())
    warnings = list(await site_of(request).ports.health.warnings()) if works else []
    # Only when there are any: whoever compares the whole answer of a healthy house goes on working.
    told = {"warnings": warnings} if warnings else {}
    return JSONResponse({"ready": works, "parts": parts, **told}, 200 if works else 503)


async def metrics(request: Request) -> Response:
    return Response(generate_latest(request.app.state.registry), media_type=CONTENT_TYPE_LATEST)


class Measure:
    """Counts and times requests by route pattern, method and status; never by address, person or case."""

    def __init__(self, app: ASGIApp, *, registry: CollectorRegistry) -> None:
        self.app = app
        labels = ("route", "method", "status")
        self.count = Counter("trivselsbot_http_requests", "HTTP requests", labels, registry=registry)
        self.seconds = Histogram(
            "trivselsbot_http_seconds", "Seconds per HTTP request", ("route",), buckets=BUCKETS, registry=registry
        )

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        started, status = time.perf_counter(), 500

        async def send_noting(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
            await send(message)

        try:
            await self.app(scope, receive, send_noting)
        finally:
            route = str(getattr(scope.get("route"), "path", "-"))
            method = scope["method"] if scope["method"] in ("GET", "POST", "HEAD") else "other"
            self.count.labels(route, method, str(status)).inc()
            self.seconds.labels(route).observe(time.perf_counter() - started)


routes = [
    Route("/healthz", alive, methods=["GET"]),
    Route("/readyz", ready, methods=["GET"]),
    Route("/metrics", metrics, methods=["GET"]),
]
