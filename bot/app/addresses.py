"""What kind of address `PUBLIC_URL` is."""

from __future__ import annotations

import ipaddress
from urllib.parse import urlsplit


def is_public(url: str) -> bool:
    """Whether Telegram takes this address on a button: one with a real domain, never localhost or a number."""
    try:
        parts = urlsplit(url)
    except ValueError:  # "http://[::1"
        return False
    host = parts.hostname or ""
    if parts.scheme not in ("http", "https") or "." not in host:
        return False
    try:
        ipaddress.ip_address(host)
    except ValueError:
        return not host.endswith((".localhost", ".local", ".internal"))
    return False
