"""Signing in with a passkey, and adding one: challenge out, answer in, once."""

from __future__ import annotations

import asyncio
import base64
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from bot.identity.common import WAIT, No, Outcome, Outfit, arrive, enroller, live, lookup_of, used
from bot.identity.passkey import NewKey, Passkeys, key_id_of
from bot.identity.sessions import Place, fresh_token
from bot.ports import Challenge, Credential, UnitOfWork, WebSession
from dialogs.access import DOOR

MOST_KEYS = 10
WRONG = No("wrong_key")


@dataclass(frozen=True)
class _Asked:
    """What waited under a challenge, with the key that was named."""

    challenge: bytes
    key: Credential


class Keys:
    """Passkeys over the store. `browser` is a random word that the browser keeps in a cookie for these minutes."""

    def __init__(self, outfit: Outfit, passkeys: Passkeys) -> None:
        self.o, self.passkeys = outfit, passkeys

    async def options(self, browser: str) -> dict[str, Any]:
        """What the browser should ask its keys for."""
        now, challenge = self.o.clock.now(), fresh_token().encode()
        await self.o.store.submit(DOOR, lambda uow: _wait(uow, _sign_in_key(browser), challenge, now))
        return await asyncio.to_thread(self.passkeys.options, challenge)

    async def sign_in(self, browser: str, answer: str, place: Place, address: str, old: str = "") -> Outcome:
        """Sign in, or make the session surer.

        1. Use the challenge up. 2. Check the answer. 3. Store the key's count where nobody else has.
        """
        now, token = self.o.clock.now(), fresh_token()

        def ask(uow: UnitOfWork) -> _Asked | None:
            waiting = uow.identity.take_challenge(_sign_in_key(browser), "passkey", now)
            found = uow.identity.get(lookup_of("passkey", key_id_of(answer) or ""))
            if waiting is None or found is None or not self.o.throttle.begin(uow, now, ("address", address)):
                return None
            return _Asked(_challenge_of(waiting), found)

        asked = await self.o.store.submit(DOOR, ask)
        if asked is None:
            return WRONG
        data = asked.key.data
        count = await asyncio.to_thread(
            self.passkeys.used, asked.challenge, answer, str(data["public"]), int(data["count"])
        )
        if count is None:
            await self.o.store.submit(DOOR, lambda uow: uow.exits.missed(asked.key.person_id, "wrong_key"))
            return WRONG

        def enter(uow: UnitOfWork) -> Outcome:
            session, person = live(uow, old, now), uow.people.get(asked.key.person_id)
            if person is None or not person.active:
                return WRONG
            if session is not None and session.person_id != person.id:
                return No("other_person")
            if not uow.identity.save(used(asked.key, now, count=count)):
                return WRONG  # the key was used or taken away meanwhile
            self.o.throttle.succeeded(uow, now, ("address", address))
            return arrive(uow, token, person.id, ("two", "passkey"), place, now, session)

        return await self.o.store.submit(DOOR, enter)

    async def new_options(self, token: str) -> dict[str, Any] | No:
        """What the browser needs to make a key for this person."""
        now, challenge = self.o.clock.now(), fresh_token().encode()

        def work(uow: UnitOfWork) -> tuple[str, str, list[str]] | No:
            session = enroller(uow, token, now)
            if isinstance(session, No):
                return session
            known = uow.identity.of_person(session.person_id, "passkey")
            if len(known) >= MOST_KEYS:
                return No("too_many_keys")
            _wait(uow, _new_key(session), challenge, now, session.person_id)
            person = uow.people.get(session.person_id)
            name = person.email or person.name if person else ""
            return session.person_id, name or "Trivselsbot", [str(one.data["id"]) for one in known]

        found = await self.o.store.submit(DOOR, work)
        if isinstance(found, No):
            return found
        return await asyncio.to_thread(self.passkeys.new_options, challenge, *found)

    async def add(self, token: str, answer: str, place: Place) -> Outcome:
        """Take a new key into use; making it has verified the person, so the session is surer from now on."""
        now, fresh = self.o.clock.now(), fresh_token()

        def ask(uow: UnitOfWork) -> bytes | None:
            session = live(uow, token, now)
            waiting = uow.identity.take_challenge(_new_key(session), "passkey", now) if session else None
            return _challenge_of(waiting) if waiting else None

        challenge = await self.o.store.submit(DOOR, ask)
        if challenge is None:
            return No("too_late")
        made = await asyncio.to_thread(self.passkeys.made, challenge, answer)
        if made is None:
            return No("key_refused")

        def keep(uow: UnitOfWork) -> Outcome:
            session = enroller(uow, token, now)
            if isinstance(session, No):
                return session
            if not uow.identity.add(_credential(made, session.person_id, place, now)):
                return No("key_refused")
            return arrive(uow, fresh, session.person_id, ("two", "passkey"), place, now, session)

        return await self.o.store.submit(DOOR, keep)


def _credential(made: NewKey, person_id: str, place: Place, now: datetime) -> Credential:
    data = {"id": made.key_id, "public": made.public_key, "count": made.count, "device": place.device}
    return Credential(lookup_of("passkey", made.key_id), person_id, "passkey", data, now)


def _wait(uow: UnitOfWork, key: str, challenge: bytes, now: datetime, person_id: str | None = None) -> None:
    data = {"challenge": base64.b64encode(challenge).decode()}
    uow.identity.put_challenge(Challenge(key, "passkey", now + WAIT, person_id, data))


def _challenge_of(waiting: Challenge) -> bytes:
    return base64.b64decode(str(waiting.data["challenge"]))


def _sign_in_key(browser: str) -> str:
    return lookup_of("passkey-browser", browser)


def _new_key(session: WebSession) -> str:
    return lookup_of("passkey-new", session.token_hash)
