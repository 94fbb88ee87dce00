"""Which names this house answers to: its own and this machine's. Any other name in `Host` is somebody else's trick."""

from __future__ import annotations

import ipaddress
from urllib.parse import urlsplit

from starlette.datastructures import Headers
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Receive, Scope, Send

LOOPBACK = frozenset({"localhost", "127.0.0.1", "[::1]"})
PROBED = ("/healthz", "/readyz", "/metrics")  # asked for by address, from inside


class HostCheck:
    """Refuses a request for another host with 421, so that no link of ours is ever made from a stranger's name."""

    def __init__(self, app: ASGIApp, *, origin: str) -> None:
        self.app = app
        self.own = (urlsplit(origin).hostname or "").casefold()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http" or self.answers_to(Headers(scope=scope).get("host", ""), scope["path"]):
            await self.app(scope, receive, send)
            return
        text = "Adressen hører ikke til her. Brug det link, du har fået.\n"
        await PlainTextResponse(text, status_code=421)(scope, receive, send)

    def answers_to(self, host: str, path: str) -> bool:
        """Whether this name, with or without a port, is ours."""
        name = host.rpartition("]")[0] + "]" if host.startswith("[") else host.partition(":")[0]
        name = name.casefold().rstrip(".")
        if not self.own or name in LOOPBACK or name == self.own:
            return True
        # Without a public name, the machine's own number is as good: a name is what a rebinding attack needs.
        return (path in PROBED or self.own in LOOPBACK) and _is_number(name)


def _is_number(name: str) -> bool:
    try:
        ipaddress.ip_address(name.strip("[]"))
    except ValueError:
        return False
    return True
