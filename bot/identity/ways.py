"""All the ways in, put together once."""

from __future__ import annotations

from dataclasses import dataclass

from bot.identity.chats import Chats
from bot.identity.common import Outfit
from bot.identity.keys import Keys
from bot.identity.municipal import Municipal
from bot.identity.oidc import OidcConfig, Provider
from bot.identity.own import Ownership
from bot.identity.passkey import Passkeys
from bot.identity.passphrase import Passphrases
from bot.identity.phrases import Phrases
from bot.identity.throttle import Throttle
from bot.ports import Clock, Ids, Store


@dataclass(frozen=True)
class Ways:
    """How a person can sign in on the web, and what they have."""

    phrases: Phrases
    keys: Keys
    own: Ownership
    chats: Chats
    municipal: Municipal | None = None  # the municipality's own sign-in, where it is set up


def build_ways(
    store: Store,
    clock: Clock,
    secret: bytes,
    origin: str,
    ids: Ids,
    *,
    passphrases: Passphrases | None = None,
    oidc: OidcConfig | None = None,
    place: str = "",
) -> Ways:
    """The ways over one store; `origin` is the address that passkeys are bound to, `place` the municipality's name."""
    outfit = Outfit(store, clock, Throttle(secret))
    return Ways(
        phrases=Phrases(outfit, passphrases or Passphrases(), place),
        keys=Keys(outfit, Passkeys(origin)),
        own=Ownership(outfit),
        chats=Chats(outfit, ids),
        municipal=Municipal(outfit, Provider(oidc)) if oidc else None,
    )
