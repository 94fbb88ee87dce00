"""Codes from an app (RFC 6238): a seed, a picture of it, and each code once. Recovery codes for a lost phone."""

from __future__ import annotations

import base64
import hashlib
import hmac
import secrets
from collections.abc import Sequence
from datetime import datetime

STEP = 30  # seconds that one code is shown
DRIFT = 1  # steps that a phone's clock may be off, each way
RECOVERY_CODES = 8
ISSUER = "Trivselsbot"


def fresh_seed() -> str:
    """160 random bits in base32, as authenticator apps want them."""
    return base64.b32encode(secrets.token_bytes(20)).decode()


def step_of(seed: str, digits: str, now: datetime, after: int = -1) -> int | None:
    """The time step that these digits are the code of, or None; steps up to `after` have been used.

    The caller stores the step, so that nobody who looked over a shoulder can use the same code again.
    """
    from pyotp.totp import TOTP

    plain = "".join(digits.split())
    if len(plain) != 6 or not (plain.isascii() and plain.isdigit()):
        return None
    app, current = TOTP(seed), int(now.timestamp()) // STEP
    fits = [
        step
        for step in range(current - DRIFT, current + DRIFT + 1)
        if hmac.compare_digest(app.generate_otp(step), plain)
    ]
    return next((step for step in fits if step > after), None)


def address_of(seed: str, name: str) -> str:
    """What the picture says to the app."""
    from pyotp.totp import TOTP

    return TOTP(seed).provisioning_uri(name=name, issuer_name=ISSUER)


def picture_of(address: str) -> str:
    """A QR code as SVG to stand in a page: dark on light in both colour schemes, no style of its own."""
    import segno

    code = segno.make(address, error="m")
    return code.svg_inline(scale=4, border=4, dark="#000", light="#fff", svgclass="qr", lineclass=None, omitsize=True)


def recovery_codes() -> tuple[str, ...]:
    """Fresh codes of 120 bits in groups of four, for paper: no plain hash of so many can be turned back."""

    def one() -> str:
        letters = base64.b32encode(secrets.token_bytes(15)).decode().lower()
        return "-".join(letters[i : i + 4] for i in range(0, 24, 4))

    return tuple(one() for _ in range(RECOVERY_CODES))


def recovery_hash(code: str) -> str:
    """What is stored of a recovery code; blanks, dashes and capitals do not matter."""
    plain = "".join(c for c in code.casefold() if c.isalnum())
    return hashlib.sha256(f"recovery:{plain}".encode("utf-8", "replace")).hexdigest()


def left_after(hashes: Sequence[str], code: str) -> tuple[str, ...] | None:
    """The stored hashes without this code's; None when it is none of them."""
    wanted = recovery_hash(code)
    rest = tuple(one for one in hashes if not hmac.compare_digest(one, wanted))
    return rest if len(rest) < len(hashes) else None
