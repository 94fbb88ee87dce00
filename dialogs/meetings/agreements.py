"""What was agreed at a meeting: what, who and by when; and what has come of it. Each has a name and a day.

An agreement outlives its meeting: it can be done, get another day, or wait for help, long after everybody has gone.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any, Final, Literal, assert_never

from dialogs.meetings.model import Meeting
from dialogs.meetings.notes import note, too_long, with_note
from dialogs.types import Problem

MAX_AGREEMENTS: Final = 12  # more than anybody keeps
State = Literal["open", "help", "done"]


@dataclass(frozen=True)
class Agreement:
    """What was agreed. `seat` is who does it, where they sat at the table; `turn` counts the days that it has had."""

    what: str
    who: str
    by: date
    id: str = ""
    seat: str = ""
    state: State = "open"
    turn: int = 0
    asks: str = ""  # what help is needed for, in the words of whoever asks
    given: str = ""  # why somebody else has it now
    since: date | None = None  # when it was done


@dataclass(frozen=True)
class Done:
    """It is done, or somebody says that it is."""


@dataclass(frozen=True)
class MoveTo:
    """It gets another day; one that was done, or waited for help, is open again."""

    by: date


@dataclass(frozen=True)
class AskHelp:
    """Whoever has it can't do it alone, and says so."""

    words: str = ""


@dataclass(frozen=True)
class HandTo:
    """Somebody else at the table has it from now on: who, by when, and why."""

    seat: str
    who: str
    by: date
    why: str


Act = Done | MoveTo | AskHelp | HandTo
MOVES: Final[Mapping[tuple[State, type[Act]], State]] = {
    ("open", Done): "done",
    ("open", MoveTo): "open",
    ("open", AskHelp): "help",
    ("open", HandTo): "open",
    ("help", HandTo): "open",
    ("help", Done): "done",
    ("help", MoveTo): "open",
    ("done", MoveTo): "open",
}


def of(meeting: Meeting) -> tuple[Agreement, ...]:
    """All that was agreed, in the order of the board. In outline the days and states are there, and the words not."""
    kept = note(meeting, "agreed") or note(meeting, "board")  # they stood on the board itself in earlier versions
    return tuple(_load(at, one) for at, one in enumerate(kept.get("agreements", ())))


def find(meeting: Meeting, agreement_id: str) -> Agreement | None:
    """The agreement with this id, or None."""
    return next((one for one in of(meeting) if one.id == agreement_id), None)


def outline(meeting: Meeting, withheld: str) -> Mapping[str, Any]:
    """What is kept of the agreements, without a word that anybody wrote."""
    found = [
        replace(
            one,
            what=withheld,
            who=withheld,
            asks=withheld if one.asks else "",
            given=withheld if one.given else "",
        )
        for one in of(meeting)
    ]
    return {"agreements": [_plain(one) for one in found]}


def agree(meeting: Meeting, new: Agreement, today: date) -> Meeting | Problem:
    """The meeting with one more agreement; it gets the next number as its id."""
    before = of(meeting)
    if not new.what.strip() or not new.who.strip():
        return Problem("agreement_names")
    if new.by < today:
        return Problem("agreement_past")
    if len(before) >= MAX_AGREEMENTS:
        return Problem("agreement_many", None, (("most", MAX_AGREEMENTS),))
    if (problem := too_long(new.what, new.who)) is not None:
        return problem
    seat = new.seat if meeting.seat(new.seat) is not None else ""
    return _kept(meeting, (*before, replace(new, id=str(len(before)), seat=seat)))


def move(meeting: Meeting, agreement_id: str, act: Act, today: date) -> Meeting | Problem:
    """The meeting after one act on one agreement, or why not."""
    found = find(meeting, agreement_id)
    if found is None:
        return Problem("agreement_gone")
    target = MOVES.get((found.state, type(act)))
    if target is None:
        return Problem("agreement_done" if found.state == "done" else "agreement_asked")
    if isinstance(act, HandTo) and (act.seat == found.seat or meeting.seat(act.seat) is None):
        return Problem("agreement_taker")
    after = _after(found, act, today)
    if isinstance(after, Problem):
        return after
    moved = replace(after, state=target)
    return _kept(meeting, tuple(moved if one.id == agreement_id else one for one in of(meeting)))


def _after(found: Agreement, act: Act, today: date) -> Agreement | Problem:
    match act:
        case Done():
            return replace(found, since=today, asks="")
        case MoveTo(by):
            if by < today:
                return Problem("agreement_past")
            return replace(found, by=by, turn=found.turn + 1, asks="", since=None)
        case AskHelp(words):
            return too_long(words) or replace(found, asks=words.strip())
        case HandTo(seat, who, by, why):
            return _handed(found, seat, who, by, why.strip(), today)
        case _:
            assert_never(act)


def _handed(found: Agreement, seat: str, who: str, by: date, why: str, today: date) -> Agreement | Problem:
    if not why:
        return Problem("agreement_why")
    if by < today:
        return Problem("agreement_past")
    handed = replace(found, seat=seat, who=who, by=by, turn=found.turn + 1, asks="", given=why)
    return too_long(why) or handed


def _kept(meeting: Meeting, agreements: tuple[Agreement, ...]) -> Meeting | Problem:
    return with_note(meeting, "agreed", {"agreements": [_plain(one) for one in agreements]})


def _plain(one: Agreement) -> dict[str, Any]:
    return {
        "id": one.id,
        "what": one.what,
        "who": one.who,
        "by": one.by.isoformat(),
        "seat": one.seat,
        "state": one.state,
        "turn": one.turn,
        "asks": one.asks,
        "given": one.given,
        "since": one.since.isoformat() if one.since is not None else None,
    }


def _load(at: int, kept: Mapping[str, Any]) -> Agreement:
    since = kept.get("since")
    state: State = kept.get("state", "done" if kept.get("done") else "open")
    return Agreement(
        what=kept["what"],
        who=kept["who"],
        by=date.fromisoformat(kept["by"]),
        id=kept.get("id", str(at)),
        seat=kept.get("seat", ""),
        state=state,
        turn=kept.get("turn", 0),
        asks=kept.get("asks", ""),
        given=kept.get("given", ""),
        since=date.fromisoformat(since) if since else None,
    )
