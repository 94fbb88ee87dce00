"""Where a request comes from, in two words that a person knows their own computer by."""

from __future__ import annotations

import hashlib
import hmac

from starlette.requests import Request

from bot.identity.sessions import Place
from bot.web.ports import WebSettings

# Searched in this order: every browser claims to be several others.
BROWSERS = (("Edg", "Edge"), ("OPR", "Opera"), ("Firefox", "Firefox"), ("Chrom", "Chrome"), ("Safari", "Safari"))
SYSTEMS = (("Android", "Android"), ("iPhone", "iPhone"), ("iPad", "iPad"), ("CrOS", "Chromebook"))
DESKTOPS = (("Windows", "Windows"), ("Mac OS", "Mac"), ("Linux", "Linux"))


def place_of(request: Request, *, shared: bool = False) -> Place:
    """The browser and the system, without versions: enough to know one's own computer, too little to follow anybody."""
    return Place(device_words(request.headers.get("user-agent", "")), shared)


def device_words(user_agent: str) -> str:
    """Such as "Firefox, Windows"; "" for what says neither."""
    browser = next((word for mark, word in BROWSERS if mark in user_agent), "")
    system = next((word for mark, word in (*SYSTEMS, *DESKTOPS) if mark in user_agent), "")
    return ", ".join(word for word in (browser, system) if word)


def address_of(request: Request, settings: WebSettings) -> str:
    """A keyed hash of the client's address, for counting wrong tries; "" when nobody knows it. It is never stored raw.

    Behind a proxy that the operator trusts, the address is the last one that the proxy added.
    """
    peer = request.client.host if request.client else ""
    if peer in settings.proxies:
        peer = request.headers.get("x-forwarded-for", "").rpartition(",")[2].strip()
    key = hmac.new(settings.secret, f"address:{peer}".encode("utf-8", "replace"), hashlib.sha256)
    return key.hexdigest()[:32] if peer else ""
