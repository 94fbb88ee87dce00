"""All the ways in, put together once."""

from __future__ import annotations

from dataclasses import dataclass

from bot.identity.common import Outfit
from bot.identity.keys import Keys
from bot.identity.own import Ownership
from bot.identity.passkey import Passkeys
from bot.identity.passphrase import Passphrases
from bot.identity.phrases import Phrases
from bot.identity.throttle import Throttle
from bot.ports import Clock, Store


@dataclass(frozen=True)
class Ways:
    """How a person can sign in on the web, and what they have."""

    phrases: Phrases
    keys: Keys
    own: Ownership


def build_ways(store: Store, clock: Clock, secret: bytes, origin: str, passphrases: Passphrases | None = None) -> Ways:
    """The ways over one store; `origin` is the address that passkeys are bound to."""
    outfit = Outfit(store, clock, Throttle(secret))
    return Ways(
        phrases=Phrases(outfit, passphrases or Passphrases()),
        keys=Keys(outfit, Passkeys(origin)),
        own=Ownership(outfit),
    )
