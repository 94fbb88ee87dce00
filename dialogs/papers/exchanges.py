"""Exchange without consent: one meeting a child, one follow-up for a special reason (retssikkerhedsloven § 11 e).

The statute gives a right, never a duty. What makes it possible here is written down before the meeting, what was
exchanged after it; the second attempt finds the way closed and the other ways named.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any, Final, Literal, get_args

from dialogs.papers.filings import Filing
from dialogs.people import Role
from dialogs.types import Problem

State = Literal["proposed", "planned", "held", "cancelled"]
Seat = Literal[
    "teacher", "leader", "sfo", "psychologist", "speech", "social_worker", "health_visitor", "daycare", "family_court",
    "club", "doctor", "hospital", "police", "other",
]  # fmt: skip
Kind = Literal["wellbeing", "learning", "absence", "health", "family", "tried"]

SEATS: Final[tuple[Seat, ...]] = get_args(Seat)
KINDS: Final[tuple[Kind, ...]] = get_args(Kind)
# Not on the statute's list: with one of these in the room it is no such meeting.
OUTSIDE: Final[frozenset[Seat]] = frozenset({"club", "doctor", "hospital", "police", "other"})
MOST: Final = 2  # a first meeting and one follow-up
FARTHEST: Final = timedelta(days=60)  # a meeting that can wait longer can wait for a consent
MAX_TEXT: Final = 1_500
WAIT_DAYS: Final = 7  # for the answer to a consent that was asked for; a longer silence is a reason to write down
FEWEST: Final = 2  # an exchange needs two who exchange
LEADERS: Final[frozenset[Role]] = frozenset({"leader", "superior"})


@dataclass(frozen=True)
class Grounds:
    """Why this way, in the words of those who chose it; every one of them is asked for."""

    necessary: str
    not_anonymous: str
    not_consent: str
    special: str = ""  # the follow-up's own reason


@dataclass(frozen=True)
class Exchange:
    """One meeting. `number` is its place in the child's row: 1 the first, 2 the follow-up."""

    id: str
    case_id: str
    child: str
    number: int
    state: State
    grounds: Grounds
    seats: tuple[Seat, ...]
    day: date
    made_by: str
    confirmed_by: str | None = None
    kinds: tuple[Kind, ...] = ()
    decisions: str = ""
    parents: str = ""  # whether they are told, or why not
    starts: str = ""  # wall time "13:00"; "" for one that was planned before the hour was asked for
    revision: int = 0


@dataclass(frozen=True)
class Plan:
    """A meeting that somebody wants to hold."""

    grounds: Grounds
    seats: tuple[Seat, ...]
    day: date
    starts: str = ""


@dataclass(frozen=True)
class Confirm:
    pass


@dataclass(frozen=True)
class Hold:
    """It was held: which kinds of information were exchanged, what was decided, and what the parents are told."""

    kinds: tuple[Kind, ...]
    decisions: str
    parents: str


@dataclass(frozen=True)
class Cancel:
    """It was not held: nothing was exchanged, so nothing is used up."""


Act = Confirm | Hold | Cancel
MOVES: Final[Mapping[tuple[State, type[Act]], State]] = {
    ("proposed", Confirm): "planned",
    ("proposed", Cancel): "cancelled",
    ("planned", Hold): "held",
    ("planned", Cancel): "cancelled",
}


def live(exchanges: Sequence[Exchange]) -> tuple[Exchange, ...]:
    """Those that count: held, or about to be."""
    return tuple(sorted((one for one in exchanges if one.state != "cancelled"), key=lambda one: one.number))


def used(exchanges: Sequence[Exchange]) -> int:
    """How many meetings have been held about this child, as the sharing table asks for it."""
    return sum(one.state == "held" for one in exchanges)


def closed(exchanges: Sequence[Exchange]) -> str | None:
    """Why no meeting can be planned now, as a problem code; None when one can."""
    counted = live(exchanges)
    if any(one.state != "held" for one in counted):
        return "exchange_waits"
    return "exchange_used" if len(counted) >= MOST else None


def plan(
    new_id: str,
    case_id: str,
    child: str,
    before: Sequence[Exchange],
    wanted: Plan,
    by: str,
    today: date,
    *,
    leader_confirms_first: bool = False,
    asked_on: date | None = None,
) -> Exchange | Problem:
    """A planned exchange, or why not. `asked_on` is the day of a request for consent that waits for its answer.

    A follow-up always waits for the leader's yes; a first one only by a switch.
    """
    if code := closed(before):
        return Problem(code)
    if asked_on is not None and today < asked_on + timedelta(days=WAIT_DAYS):
        return Problem("exchange_asked")
    number = len(live(before)) + 1
    if code := _flaw(wanted, number, today):
        return Problem(code, None, (("most", MAX_TEXT),))
    state: State = "proposed" if number > 1 or leader_confirms_first else "planned"
    return Exchange(
        new_id, case_id, child, number, state, wanted.grounds, wanted.seats, wanted.day, by, starts=wanted.starts
    )


def _flaw(wanted: Plan, number: int, today: date) -> str | None:
    grounds = wanted.grounds
    words = (grounds.necessary, grounds.not_anonymous, grounds.not_consent, grounds.special)
    if not all(text.strip() for text in words[:3]):
        return "exchange_grounds"
    if number > 1 and not grounds.special.strip():
        return "exchange_special"
    if any(len(text) > MAX_TEXT for text in words):
        return "exchange_too_long"
    if len(set(wanted.seats)) < FEWEST:
        return "exchange_seats"
    if OUTSIDE & set(wanted.seats):
        return "exchange_outside"
    return None if today <= wanted.day <= today + FARTHEST else "exchange_day"


def move(exchange: Exchange, act: Act, by: str, role: Role, today: date, clock: str = "24:00") -> Exchange | Problem:
    """Do one act, or say why not; `clock` is the wall time "13:05" on `today`."""
    target = MOVES.get((exchange.state, type(act)))
    if target is None:
        return Problem("exchange_over")
    after = replace(exchange, state=target, revision=exchange.revision + 1)
    match act:
        case Confirm():
            return replace(after, confirmed_by=by) if role in LEADERS else Problem("exchange_leader")
        case Hold():
            if (exchange.day, exchange.starts) > (today, clock):
                return Problem("exchange_not_yet")
            if not act.kinds or not act.decisions.strip() or not act.parents.strip():
                return Problem("exchange_note")
            if max(len(act.decisions), len(act.parents)) > MAX_TEXT:
                return Problem("exchange_too_long", None, (("most", MAX_TEXT),))
            return replace(after, kinds=act.kinds, decisions=act.decisions, parents=act.parents)
        case Cancel():
            return after


def slot(exchange: Exchange) -> str | None:
    """What can be taken once: this child's first or second meeting. One that was called off gives it back."""
    return None if exchange.state == "cancelled" else f"exchange:{exchange.child}:{exchange.number}"


def numbered_on(key: str, there: Sequence[Exchange], coming: Sequence[Exchange]) -> Iterator[Exchange]:
    """Another child's meetings under this child's key, after its own: both children were one all the time."""
    number = 1 + max((one.number for one in live(there)), default=0)
    for one in sorted(coming, key=lambda one: one.number):
        after = replace(one, child=key, revision=one.revision + 1)
        if one.state != "cancelled":
            after, number = replace(after, number=number), number + 1
        yield after


# --- as it is filed ---


def dump(exchange: Exchange) -> Filing:
    """The exchange as it is filed on its case, under the child's opaque key."""
    grounds = exchange.grounds
    body: dict[str, Any] = {
        "number": exchange.number,
        "grounds": [grounds.necessary, grounds.not_anonymous, grounds.not_consent, grounds.special],
        "seats": list(exchange.seats),
        "day": exchange.day.isoformat(),
        "made_by": exchange.made_by,
        "confirmed_by": exchange.confirmed_by,
        "kinds": list(exchange.kinds),
        "decisions": exchange.decisions,
        "parents": exchange.parents,
        "starts": exchange.starts,
    }
    return Filing(
        exchange.id,
        exchange.case_id,
        "exchange",
        exchange.state,
        body,
        group=exchange.child,
        slot=slot(exchange),
        revision=exchange.revision,
    )


def load(filing: Filing) -> Exchange:
    """The exchange that `dump` wrote."""
    body = filing.body
    state: State = next(one for one in get_args(State) if one == filing.state)
    return Exchange(
        filing.id,
        filing.case_id,
        filing.group,
        body["number"],
        state,
        Grounds(*body["grounds"]),
        tuple(body["seats"]),
        date.fromisoformat(body["day"]),
        body["made_by"],
        body["confirmed_by"],
        tuple(body["kinds"]),
        body["decisions"],
        body["parents"],
        body.get("starts", ""),
        filing.revision,
    )
