"""The guards around every request: headers, a cap on the body, and proof that a form came from our own page."""

from __future__ import annotations

import hashlib
import hmac
import logging
import re
import secrets
from urllib.parse import urlsplit

from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

log = logging.getLogger(__name__)

MAX_BODY = 1_000_000  # bytes; the longest form is a hundredth of this
NONCE = re.compile(r"[A-Za-z0-9_-]{16,64}")
CSP = "; ".join(
    (
        "default-src 'none'",
        *(f"{kind}-src 'self'" for kind in ("script", "style", "img", "font", "connect", "manifest")),
        "form-action 'self'",
        "base-uri 'none'",
        "frame-ancestors 'none'",
    )
)
# What no page of ours needs, and no script that slipped in should have.
CLOSED = (
    "accelerometer", "autoplay", "browsing-topics", "camera", "display-capture", "encrypted-media",
    "fullscreen", "geolocation", "gyroscope", "hid", "idle-detection", "magnetometer", "microphone", "midi", "payment",
    "screen-wake-lock", "serial", "usb", "xr-spatial-tracking",
)  # fmt: skip
OWN = ("publickey-credentials-get", "publickey-credentials-create")  # passkeys, on our own pages only
TELEGRAM = "https://web.telegram.org https://webk.telegram.org https://weba.telegram.org https://webz.telegram.org"
HEADERS = {
    "Content-Security-Policy": CSP,
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "X-Frame-Options": "DENY",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": ", ".join([*(f"{one}=()" for one in CLOSED), *(f"{one}=(self)" for one in OWN)]),
}


def framed(path: str) -> bool:
    """Whether a page may stand inside Telegram's own site: the Mini App's first page, and no other."""
    return path == "/m"


class SecureHeaders:
    """Puts the same headers on every answer; only files under /static may be kept by a browser."""

    def __init__(self, app: ASGIApp, *, https: bool, origin: str = "") -> None:
        self.app = app
        self.headers = {**HEADERS, **({"Strict-Transport-Security": _hsts(origin)} if https else {})}
        in_telegram = CSP.replace("frame-ancestors 'none'", f"frame-ancestors {TELEGRAM}")
        self.framed = {**self.headers, "Content-Security-Policy": in_telegram}
        del self.framed["X-Frame-Options"]  # it knows no list of origins, and would forbid the frame

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return

        ours = self.framed if framed(scope["path"]) else self.headers

        async def send_guarded(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in ours.items():
                    headers[name] = value
                headers.setdefault("Cache-Control", "no-store")
            await send(message)

        await self.app(scope, receive, send_guarded)


def _hsts(origin: str) -> str:
    """A year of https, for names below ours too: unless ours is a whole domain, whose names are not ours to bind."""
    below = (urlsplit(origin).hostname or "").count(".") >= 2
    return f"max-age=31536000{'; includeSubDomains' if below else ''}"


class NoTraceback:
    """The crash page has been sent; the server above must not print the error's text, which may be personal."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Let nothing out but the name of what happened."""
        if scope["type"] != "http":
            return await self.app(scope, receive, send)
        try:
            await self.app(scope, receive, send)
        except Exception as error:
            log.error("a request crashed: %s", type(error).__name__)


class BodyTooLarge(Exception):  # noqa: N818 - a state, told in words by the error page
    """The body is larger than any form of ours."""


class BodyCap:
    """Refuses a body over MAX_BODY: at once when it says so itself, else as soon as it has come that far."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        declared = Headers(scope=scope).get("content-length", "0")
        if not declared.isdigit() or int(declared) > MAX_BODY:
            await too_large(scope, receive, send)
            return
        seen = 0

        async def receive_capped() -> Message:
            nonlocal seen
            message = await receive()
            seen += len(message.get("body", b""))
            if seen > MAX_BODY:
                raise BodyTooLarge
            return message

        await self.app(scope, receive_capped, send)


async def too_large(scope: Scope, receive: Receive, send: Send) -> None:
    text = "Det er for meget på én gang. Del din tekst op, og prøv igen. Intet er gemt.\n"
    await PlainTextResponse(text, status_code=413)(scope, receive, send)


def from_our_page(headers: Headers, host: str, *, token_decides: bool) -> bool:
    """Whether the browser says that a POST comes from this very site.

    Every current browser sends Sec-Fetch-Site. Without it Origin is asked, but our own Referrer-Policy makes older
    browsers say "null" there: then the token in the form decides, and a form without one is refused. A client that
    sends neither is no browser, and nobody can make it act for somebody else.
    """
    site, origin = headers.get("sec-fetch-site"), headers.get("origin")
    if site is not None:
        return site == "same-origin"
    if origin == "null":
        return token_decides
    try:
        return origin is None or urlsplit(origin).netloc == host
    except ValueError:  # "http://[::1": no browser writes that
        return False


def csrf_token(secret: bytes, session: str) -> str:
    """The token of one session's forms. It cannot be guessed without our secret, and dies with the session."""
    return _mac(secret, "csrf", session)


def csrf_holds(secret: bytes, session: str, token: str) -> bool:
    return hmac.compare_digest(csrf_token(secret, session).encode(), token.encode("utf-8", "replace"))


def fresh_nonce() -> str:
    """A mark for one rendered page, so that a form sent twice is known as the same."""
    return secrets.token_urlsafe(18)


def receipt_key(secret: bytes, person_id: str, nonce: str, *parts: str) -> str | None:
    """The key under which one deed is done once, or None for a nonce that we never made.

    It binds the person (nobody can ask for another's stored reply) and the deed itself (another button on the same
    old page is another deed). It is keyed, so that a stored receipt tells nothing about what was written.
    """
    if not NONCE.fullmatch(nonce):
        return None
    return "web:" + _mac(secret, "deed", person_id, nonce, *parts)


def _mac(secret: bytes, *parts: str) -> str:
    # Lengths in front: no two lists of parts may look alike once they are joined.
    message = b"".join(len(raw).to_bytes(4, "big") + raw for raw in (p.encode("utf-8", "replace") for p in parts))
    return hmac.new(secret, message, hashlib.sha256).hexdigest()[:40]
