"""Signing in with a passphrase and a code from an app, and setting both up."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from bot.identity import totp
from bot.identity.common import WAIT, No, Outcome, Outfit, arrive, enroller, live, lookup_of, used
from bot.identity.passphrase import Passphrases, TooBusy, weak
from bot.identity.sessions import Place, fresh_token
from bot.identity.throttle import Guess
from bot.ports import Challenge, Credential, UnitOfWork, WebSession
from dialogs.access import DOOR
from dialogs.identity import Method
from dialogs.records import Moved

SHORTEST_NAME, LONGEST_NAME = 3, 64
BUSY, WRONG, SLOW = No("busy"), No("wrong"), No("slow")


@dataclass(frozen=True)
class Setup:
    """A seed that waits to be confirmed: as a picture, and to type."""

    seed: str
    picture: str


@dataclass(frozen=True)
class Confirmed:
    """The app is set up: the surer session, and codes for the day the phone is gone. They are shown once."""

    token: str
    recovery: tuple[str, ...]


class Phrases:
    """Passphrase and code over the store."""

    def __init__(self, outfit: Outfit, passphrases: Passphrases, place: str = "") -> None:
        self.o, self.passphrases, self.place = outfit, passphrases, place

    async def sign_in(self, name: str, phrase: str, place: Place, address: str, old: str = "") -> Outcome:
        """Sign in with a passphrase. The same answer in the same time for a name that nobody has.

        1. Count the try and read the hash. 2. Compare outside of any transaction: it takes a third of a second. 3. Open
        the session where the hash is still the same.
        """
        lookup, now = lookup_of("passphrase", name.strip().casefold()), self.o.clock.now()
        guesses: tuple[tuple[Guess, str], ...] = (("account", lookup), ("address", address))

        def count(uow: UnitOfWork) -> tuple[bool, str | None, str]:
            allowed = self.o.throttle.begin(uow, now, *guesses)
            found = uow.identity.get(lookup) if allowed else None
            return allowed, str(found.data["hash"]) if found else None, found.person_id if found else ""

        allowed, stored, whose = await self.o.store.submit(DOOR, count)
        if not allowed:
            return SLOW
        try:
            fits = await self.passphrases.fits(phrase, stored)
        except TooBusy:
            return BUSY
        if not fits:
            await self.o.store.submit(DOOR, lambda uow: uow.exits.missed(whose, "wrong_phrase"))
            return WRONG
        token = fresh_token()

        def enter(uow: UnitOfWork) -> Outcome:
            found = uow.identity.get(lookup)
            person = uow.people.get(found.person_id) if found else None
            if found is None or found.data["hash"] != stored or person is None or not person.active:
                return WRONG
            self.o.throttle.succeeded(uow, now, *guesses)
            if not uow.identity.save(used(found, now)):
                raise Moved
            return arrive(uow, token, person.id, ("one", "passphrase"), place, now, live(uow, old, now))

        return await self.o.store.submit(DOOR, enter)

    async def code(self, token: str, digits: str, address: str) -> Outcome:
        """Make a session surer with a code from the app or a recovery code; each works once."""
        now, fresh = self.o.clock.now(), fresh_token()

        def work(uow: UnitOfWork) -> Outcome:
            session = live(uow, token, now)
            if session is None or session.assurance == "practice":
                return No("signed_out")
            guesses: tuple[tuple[Guess, str], ...] = (("second", session.person_id), ("address", address))
            if not self.o.throttle.begin(uow, now, *guesses):
                return SLOW
            method = _take_code(uow, session, digits, now)
            if method is None:
                uow.exits.missed(session.person_id, "wrong_code")
                return No("wrong_code")
            self.o.throttle.succeeded(uow, now, *guesses)
            return arrive(uow, fresh, session.person_id, ("two", method), Place(), now, session)

        return await self.o.store.submit(DOOR, work)

    async def set_phrase(self, token: str, name: str, phrase: str) -> No | None:
        """Set or change the passphrase and the name to sign in with; None when it is done."""
        now, plain = self.o.clock.now(), name.strip()
        if not SHORTEST_NAME <= len(plain) <= LONGEST_NAME or any(c.isspace() for c in plain):
            return No("bad_name")

        def ask(uow: UnitOfWork) -> list[str] | No:
            session = enroller(uow, token, now)
            return session if isinstance(session, No) else _known_of(uow, session.person_id)

        asked = await self.o.store.submit(DOOR, ask)
        if isinstance(asked, No):
            return asked
        if (why := weak(phrase, (*asked, *plain.split("@"), plain, *self.place.split()))) is not None:
            return No(why)
        try:
            stored = await self.passphrases.hash(phrase)
        except TooBusy:
            return BUSY
        lookup = lookup_of("passphrase", plain.casefold())

        def work(uow: UnitOfWork) -> No | None:
            session = enroller(uow, token, now)
            if isinstance(session, No):
                return session
            taken = uow.identity.get(lookup)
            if taken is not None and taken.person_id != session.person_id:
                return No("name_taken")
            uow.identity.remove_of(session.person_id, "passphrase")
            data = {"name": plain, "hash": stored}
            uow.identity.add(Credential(lookup, session.person_id, "passphrase", data, now))
            return None

        return await self.o.store.submit(DOOR, work)

    async def begin_code(self, token: str) -> Setup | No:
        """A seed for the app; the same one while it waits, so that a page that is loaded again still fits."""
        now, seed = self.o.clock.now(), totp.fresh_seed()

        def work(uow: UnitOfWork) -> tuple[str, str] | No:
            session = enroller(uow, token, now)
            if isinstance(session, No):
                return session
            phrase = next(iter(uow.identity.of_person(session.person_id, "passphrase")), None)
            if phrase is None:
                return No("phrase_first")
            key = _setup_key(session)
            waiting = uow.identity.challenge(key, now)
            mine = str(waiting.data["seed"]) if waiting else seed
            uow.identity.put_challenge(Challenge(key, "totp", now + WAIT, session.person_id, {"seed": mine}))
            return mine, str(phrase.data["name"])

        found = await self.o.store.submit(DOOR, work)
        if isinstance(found, No):
            return found
        return Setup(found[0], totp.picture_of(totp.address_of(*found)))

    async def confirm_code(self, token: str, digits: str) -> Confirmed | No:
        """Take the app into use when its first code fits."""
        now, fresh, recovery = self.o.clock.now(), fresh_token(), totp.recovery_codes()

        def work(uow: UnitOfWork) -> Confirmed | No:
            session = enroller(uow, token, now)
            if isinstance(session, No):
                return session
            waiting = uow.identity.challenge(_setup_key(session), now)
            if waiting is None:
                return No("too_late")
            if not self.o.throttle.begin(uow, now, ("second", session.person_id)):
                return SLOW
            seed = str(waiting.data["seed"])
            step = totp.step_of(seed, digits, now)
            if step is None:
                return No("wrong_code")
            self.o.throttle.succeeded(uow, now, ("second", session.person_id))
            uow.identity.take_challenge(waiting.key_hash, "totp", now)
            _keep_code(uow, session.person_id, seed, step, recovery, now)
            arrive(uow, fresh, session.person_id, ("two", "totp"), Place(), now, session)
            return Confirmed(fresh, recovery)

        return await self.o.store.submit(DOOR, work)


def _known_of(uow: UnitOfWork, person_id: str) -> list[str]:
    """The words that anybody knows of somebody: their name, where they work, and the address of their mail."""
    person = uow.people.get(person_id)
    if person is None:
        return []
    places = {membership.school_id for membership in person.memberships}
    schools = " ".join(school.name for school in uow.people.schools() if school.id in places)
    return [*person.name.split(), *schools.split(), *(person.email or "").split("@")]


def _setup_key(session: WebSession) -> str:
    return lookup_of("totp-setup", session.token_hash)


def _keep_code(uow: UnitOfWork, person_id: str, seed: str, step: int, codes: tuple[str, ...], now: datetime) -> None:
    uow.identity.remove_of(person_id, "totp")
    uow.identity.remove_of(person_id, "recovery")
    seeded = {"seed": seed, "last": step}
    hashes = {"hashes": [totp.recovery_hash(code) for code in codes]}
    uow.identity.add(Credential(lookup_of("totp", person_id), person_id, "totp", seeded, now))
    uow.identity.add(Credential(lookup_of("recovery", person_id), person_id, "recovery", hashes, now))


def _take_code(uow: UnitOfWork, session: WebSession, digits: str, now: datetime) -> Method | None:
    """Use a code up and say which kind it was; None when it is no good. Raises Moved when another took it meanwhile."""
    app = uow.identity.get(lookup_of("totp", session.person_id))
    step = totp.step_of(str(app.data["seed"]), digits, now, int(app.data["last"])) if app else None
    if app is not None and step is not None:
        if not uow.identity.save(used(app, now, last=step)):
            raise Moved
        return "totp"
    paper = uow.identity.get(lookup_of("recovery", session.person_id))
    left = totp.left_after(paper.data["hashes"], digits) if paper else None
    if paper is None or left is None:
        return None
    if not uow.identity.save(used(paper, now, hashes=list(left))):
        raise Moved
    return "recovery"
