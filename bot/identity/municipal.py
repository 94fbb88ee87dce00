"""Signing in through the municipality: out to the provider and back to the same browser, once."""

from __future__ import annotations

import hmac
from dataclasses import dataclass
from datetime import datetime

from bot.identity.common import FRESH, WAIT, No, Outcome, Outfit, arrive, live, lookup_of, may_enrol, stale, used
from bot.identity.oidc import Identified, Provider, ProviderTrouble
from bot.identity.sessions import Place, fresh_token
from bot.ports import Challenge, Credential, UnitOfWork, WebSession
from dialogs.access import DOOR
from dialogs.people import Person
from dialogs.records import Moved


@dataclass(frozen=True)
class Back:
    """What came of it, and where the person was going."""

    outcome: Outcome
    til: str = ""


class Municipal:
    """The provider over the store. `browser` is a random word that the browser keeps in a cookie for these minutes."""

    def __init__(self, outfit: Outfit, provider: Provider) -> None:
        self.o, self.provider = outfit, provider

    async def start(self, browser: str, til: str, *, anew: bool = False) -> str | No:
        """Where the browser should go; what must come back is stored under the hash of the state.

        `anew`: the provider is to ask the person, though it knows them from this morning.
        """
        now, state, nonce, verifier = self.o.clock.now(), fresh_token(), fresh_token(), fresh_token()
        try:
            address = await self.provider.address(state, nonce, verifier, now, anew=anew)
        except ProviderTrouble:
            return No("provider_away")
        data = {"nonce": nonce, "verifier": verifier, "browser": lookup_of("oidc-browser", browser), "til": til}
        waiting = Challenge(lookup_of("oidc-state", state), "oidc", now + WAIT, None, data)
        await self.o.store.submit(DOOR, lambda uow: uow.identity.put_challenge(waiting))
        return address

    async def finish(self, browser: str, answer: dict[str, str], place: Place, old: str = "") -> Back:
        """Sign in with what the provider sent back.

        1. Use the state up; it must be this browser's. 2. Ask the provider, outside of any transaction. 3. Find or bind
        the person, and open the session.
        """
        now, token = self.o.clock.now(), fresh_token()
        key = lookup_of("oidc-state", answer.get("state", ""))
        waiting = await self.o.store.submit(DOOR, lambda uow: uow.identity.take_challenge(key, "oidc", now))
        if waiting is None or not hmac.compare_digest(str(waiting.data["browser"]), lookup_of("oidc-browser", browser)):
            return Back(No("too_late"))
        til, issuer = str(waiting.data["til"]), self.provider.config.issuer
        if answer.get("iss", issuer) != issuer or not answer.get("code"):
            return Back(No("provider_refused"), til)
        nonce, verifier = str(waiting.data["nonce"]), str(waiting.data["verifier"])
        try:
            who = await self.provider.identified(answer["code"], nonce, verifier, now)
        except ProviderTrouble:
            return Back(No("provider_refused"), til)

        def enter(uow: UnitOfWork) -> Outcome:
            session = live(uow, old, now)
            person = self._person(uow, who, session, now)
            if isinstance(person, No):
                return person
            recent = who.signed_at is not None and now - who.signed_at <= FRESH
            sure = ("two" if who.sure else "one", "oidc")
            return arrive(uow, token, person.id, sure, place, now, session, anew=recent)  # type: ignore[arg-type]  # two words of the union

        return Back(await self.o.store.submit(DOOR, enter), til)

    def _person(self, uow: UnitOfWork, who: Identified, session: WebSession | None, now: datetime) -> Person | No:
        lookup = lookup_of("oidc", f"{self.provider.config.issuer}|{who.subject}")
        known = uow.identity.get(lookup)
        if known is not None:
            person = uow.people.get(known.person_id)
            if person is None or not person.active:
                return No("unknown_subject")
            if session is not None and session.person_id != person.id:
                return No("other_person")
            if not uow.identity.save(used(known, now)):
                raise Moved
            return person
        found = self._new(uow, who, session, now)
        if isinstance(found, Person):
            uow.identity.add(Credential(lookup, found.id, "oidc", {"issuer": self.provider.config.issuer}, now, now))
        return found

    def _new(self, uow: UnitOfWork, who: Identified, session: WebSession | None, now: datetime) -> Person | No:
        """Whom an unknown subject is: whoever came by invitation in this browser, else the one with this e-mail."""
        if session is not None and session.assurance != "practice":
            person = uow.people.get(session.person_id)
            if person is None or not may_enrol(uow, session, now):
                return No("prove_first")
            return No("prove_again") if stale(uow, session, now) else person
        if self.provider.config.bind != "email" or not who.email:
            return No("unknown_subject")
        email = who.email.casefold()
        same = [p for p in uow.people.everyone() if p.active and (p.email or "").casefold() == email]
        return same[0] if len(same) == 1 else No("unknown_subject")
