"""What the ways in share: the outcome of a try, whose session it is, and what a person may add to their access."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from bot.identity.sessions import Place, begin, ends_at, hashed, raised
from bot.identity.throttle import Throttle
from bot.ports import Challenge, Clock, Credential, Store, UnitOfWork, WebSession
from dialogs.identity import SECOND, Assurance, Method

WAIT = timedelta(minutes=10)  # how long the browser may take to come back with an answer
FRESH = timedelta(minutes=10)  # how long a proof counts as just given, for what a stolen session must not do
FIRST_DAYS = timedelta(
    hours=72
)  # a fresh passphrase alone may add its second factor so long; then it takes an invitation


@dataclass(frozen=True)
class Into:
    """The person is in, or surer than before: the session's new token."""

    token: str


@dataclass(frozen=True)
class No:
    """It did not succeed; `code` has Danish words in pages.yaml."""

    code: str


Outcome = Into | No


@dataclass(frozen=True)
class Outfit:
    """What every way in needs."""

    store: Store
    clock: Clock
    throttle: Throttle


def lookup_of(kind: str, value: str) -> str:
    """What a credential or a challenge is found by."""
    return hashlib.sha256(f"{kind}:{value}".encode("utf-8", "replace")).hexdigest()


def live(uow: UnitOfWork, token: str, now: datetime) -> WebSession | None:
    """The session of this token while it lasts and its person works here."""
    session = uow.doors.session(hashed(token)) if token else None
    if session is None or ends_at(session) <= now:
        return None
    person = uow.people.get(session.person_id)
    return session if person is not None and person.active else None


def may_enrol(uow: UnitOfWork, session: WebSession, now: datetime) -> bool:
    """Whether this session may add a way in.

    With a second factor it takes that factor: else a stolen passphrase or an old invitation would be worth as much. A
    passphrase alone may get its second factor in its first days only, since the person set it from an invitation then.
    """
    if session.assurance in ("two", "practice"):
        return session.assurance == "two"
    mine = uow.identity.of_person(session.person_id)
    if any(one.kind in SECOND for one in mine):
        return session.method == "oidc" and {one.kind for one in mine if one.kind in SECOND} == {"oidc"}
    if session.method == "passphrase":
        fresh = [one for one in mine if one.kind == "passphrase" and _since(one, now) <= FIRST_DAYS]
        return bool(fresh)
    return session.method in ("invite", "oidc")


def enroller(uow: UnitOfWork, token: str, now: datetime) -> WebSession | No:
    """The session that may add a way in; else why it may not."""
    session = live(uow, token, now)
    if session is None:
        return No("signed_out")
    if not may_enrol(uow, session, now):
        return No("prove_first")
    return No("prove_again") if stale(uow, session, now) else session


def stale(uow: UnitOfWork, session: WebSession, now: datetime) -> bool:
    """Whether a sure session was proved too long ago for a change of what opens for its person.

    Whoever sits down at an open computer, or has a session's token, has hours. They must not come away with a key of
    their own. Without a second factor there is nothing to prove again: then `may_enrol` alone decides.
    """
    return session.assurance == "two" and uow.identity.challenge(_fresh_key(session.token_hash), now) is None


def _fresh_key(token_hash: str) -> str:
    return lookup_of("fresh", token_hash)


def _since(credential: Credential, now: datetime) -> timedelta:
    return now - (credential.created_at or now - 2 * FIRST_DAYS)


def arrive(
    uow: UnitOfWork,
    token: str,
    person_id: str,
    proof: tuple[Assurance, Method],
    place: Place,
    now: datetime,
    old: WebSession | None = None,
    *,
    anew: bool = True,
) -> Into:
    """Sign the person in under `token`. Their own old session becomes surer; anybody else's in this browser ends.

    `anew`: the person has proved it just now; a provider may answer for what they did this morning.
    A token is never taken over, so that one which was planted or seen before the sign-in opens nothing after it.
    """
    assurance, method = proof
    if assurance == "two" and anew:
        uow.identity.put_challenge(Challenge(_fresh_key(hashed(token)), "fresh", now + FRESH, person_id))
    if old is not None and old.person_id == person_id:
        surest: Assurance = "two" if "two" in (assurance, old.assurance) else "one"
        raised(uow, old, token, surest, method, now)
        return Into(token)
    if old is not None:
        uow.doors.end_session(old.token_hash)
    begin(uow, WebSession(hashed(token), person_id, now, now, assurance, method, place.device, place.shared))
    return Into(token)


def used(credential: Credential, now: datetime, **data: object) -> Credential:
    """The credential after it was used, with what is new in its data."""
    return replace(credential, data={**credential.data, **data}, used_at=now)
