"""Where a request comes from, in two words that a person knows their own computer by."""

from __future__ import annotations

from starlette.requests import Request

from bot.web.ports import Place

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
