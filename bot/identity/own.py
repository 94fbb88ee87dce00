"""What one person signs in with, and taking a way in away."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from bot.identity.common import No, Outfit, live, may_enrol, stale
from bot.ports import Credential, UnitOfWork, WebSession
from dialogs.access import DOOR
from dialogs.identity import SECOND, Assurance, Method


@dataclass(frozen=True)
class KeyRow:
    """One passkey, as its owner sees it."""

    id: str
    device: str
    since: datetime | None
    used: datetime | None


@dataclass(frozen=True)
class Own:
    """Everything that opens for one person."""

    assurance: Assurance
    may_enrol: bool
    login: str = ""  # the name that goes with the passphrase; "" without one
    phrase: bool = False
    app: bool = False
    recovery: int = 0
    keys: tuple[KeyRow, ...] = ()
    oidc: bool = False
    method: Method = "invite"  # what this session was made surer with last
    suggested: str = ""  # a name to sign in with, when there is none yet
    stale: bool = False  # a change takes a proof of the last minutes, and there is none

    @property
    def second(self) -> bool:
        """Whether there is anything to prove more, or again, with. A provider that has just been asked is none."""
        return self.app or bool(self.keys) or (self.oidc and (self.stale or self.method != "oidc"))


class Ownership:
    """The person's own list over the store."""

    def __init__(self, outfit: Outfit) -> None:
        self.o = outfit

    async def of(self, token: str) -> Own | None:
        """What the person of this session has; None when nobody is signed in."""
        now = self.o.clock.now()

        def work(uow: UnitOfWork) -> Own | None:
            session = live(uow, token, now)
            if session is None:
                return None
            mine = uow.identity.of_person(session.person_id)
            person = uow.people.get(session.person_id)
            email = (person.email or "") if person else ""
            old = stale(uow, session, now)
            return replace(_own(mine, session, email), may_enrol=may_enrol(uow, session, now) and not old, stale=old)

        return await self.o.store.submit(DOOR, work)

    async def remove(self, token: str, public: str) -> No | None:
        """Take a way in away; it takes a sure session, and the last one that opens cases stays. None when done."""
        now = self.o.clock.now()

        def work(uow: UnitOfWork) -> No | None:
            session = live(uow, token, now)
            if session is None:
                return No("signed_out")
            if session.assurance != "two":
                return No("prove_first")
            if stale(uow, session, now):
                return No("prove_again")
            mine = uow.identity.of_person(session.person_id)
            wanted = next((one for one in mine if one.lookup[:16] == public), None)
            if wanted is None:
                return None
            gone = _with_what_hangs_on_it(wanted, list(mine))
            if not any(one.kind in SECOND and one not in gone for one in mine):
                return No("last_way")
            for one in gone:
                uow.identity.remove(one.lookup)
            return None

        return await self.o.store.submit(DOOR, work)


def _with_what_hangs_on_it(wanted: Credential, mine: list[Credential]) -> list[Credential]:
    """A passphrase goes with its code, and a code with its recovery codes: alone they open nothing."""
    hanging = {"passphrase": ("passphrase", "totp", "recovery"), "totp": ("totp", "recovery")}
    kinds = hanging.get(wanted.kind)
    return [one for one in mine if one.kind in kinds] if kinds else [wanted]


def _own(credentials: Sequence[Credential], session: WebSession, email: str) -> Own:
    by_kind = {one.kind: one for one in credentials}
    phrase, paper = by_kind.get("passphrase"), by_kind.get("recovery")
    return Own(
        assurance=session.assurance,
        method=session.method,
        may_enrol=False,
        login=str(phrase.data["name"]) if phrase else "",
        phrase=phrase is not None,
        app="totp" in by_kind,
        recovery=len(paper.data["hashes"]) if paper else 0,
        keys=tuple(
            KeyRow(one.lookup[:16], str(one.data.get("device", "")), one.created_at, one.used_at)
            for one in credentials
            if one.kind == "passkey"
        ),
        oidc="oidc" in by_kind,
        suggested=email,
    )
