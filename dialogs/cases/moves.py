"""The one function that changes a case: one act in; the case, the new lines and the wishes out."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import Any, Final, assert_never

from dialogs.cases import light as caselight
from dialogs.cases.acts import (
    AcceptBaton,
    Act,
    Add,
    Ask,
    Baton,
    CaseStep,
    Close,
    ConfirmLowering,
    Decide,
    Discuss,
    FollowUp,
    GiveTo,
    Mover,
    Open,
    Plan,
    ProposeLowering,
    Raise,
    RefuseLowering,
    Reopen,
    Reply,
    Talk,
    Tell,
)
from dialogs.cases.model import Case, CaseState, Entry, EntryKind
from dialogs.cases.table import blocked, state_after
from dialogs.types import Problem

MAX_TEXT: Final = 4_000  # characters; a page, and more than a meeting reads
FARTHEST: Final = timedelta(days=366)  # "a year from now" is the last honest promise to look again
EFFECTS: Final = range(11)  # 0–10, as the follow-up question asks


@dataclass(frozen=True)
class _Turn:
    """What every handler needs; `target` is the state that the table gives."""

    case: Case
    entries: Sequence[Entry]
    mover: Mover
    now: datetime
    today: date
    owners: Collection[str]
    target: CaseState

    def done(
        self, case: Case, kind: EntryKind, data: dict[str, Any], *tells: Tell, event_at: datetime | None = None
    ) -> CaseStep:
        entry = Entry(case.id, kind, self.mover.person_id, self.now, event_at or self.now, data)
        return CaseStep(replace(case, state=self.target, changed_at=self.now), (entry,), (), tells)

    def refused(self, code: str, **params: str | int) -> CaseStep:
        return _refused(self.case, code, **params)


def move(
    case: Case,
    entries: Sequence[Entry],
    mover: Mover,
    act: Act,
    now: datetime,
    *,
    today: date,
    owners: Collection[str] = (),
) -> CaseStep:
    """Do one act, or refuse it and return the very same case with a problem.

    `today` is the municipality's date at `now`: UTC has another one for an hour or two each night. `owners` are the
    people who may be made responsible: the school's team and the writer, without anyone who is excluded.
    """
    if (code := blocked(case, entries, mover, type(act))) is not None:
        return _refused(case, code, state=case.state)
    turn = _Turn(case, entries, mover, now, today, owners, state_after(case, entries, act))
    match act:
        case Ask() | Reply() | Add():
            step = _talk(turn, act)
        case ProposeLowering() | ConfirmLowering() | RefuseLowering() | Raise():
            step = _recolour(turn, act)
        case GiveTo() | AcceptBaton():
            step = _baton(turn, act)
        case Decide():
            step = _decide(turn, act)
        case Open() | Plan() | Discuss() | FollowUp() | Close() | Reopen():
            step = _course(turn, act)
        case _:
            assert_never(act)
    return _numbered(_opened_by_acting(turn, act, step), entries)


def _opened_by_acting(turn: _Turn, act: Act, step: CaseStep) -> CaseStep:
    """Whoever acts for the team has seen the case, also when no page was opened; the act itself tells the writer."""
    if step.problems or step.case.opened_at or turn.mover.side == "writer" or isinstance(act, Open):
        return step
    entry = Entry(turn.case.id, "opened", turn.mover.person_id, turn.now, turn.now, {"role": turn.mover.role})
    return replace(step, case=replace(step.case, opened_at=turn.now), entries=(entry, *step.entries))


def _numbered(step: CaseStep, entries: Sequence[Entry]) -> CaseStep:
    if not step.entries:
        return step
    lines = tuple(replace(entry, seq=len(entries) + place) for place, entry in enumerate(step.entries, 1))
    return replace(step, case=replace(step.case, revision=step.case.revision + 1), entries=lines)


def _refused(case: Case, code: str, **params: str | int) -> CaseStep:
    return CaseStep(case, problems=(Problem(code, None, tuple(params.items())),))


# --- handlers ---


def _bad_text(text: str, missing: str) -> str | None:
    if not text.strip():
        return missing
    return "text_too_long" if len(text) > MAX_TEXT else None


def _bad_day(day: date | None, today: date, name: str, earliest: timedelta) -> str | None:
    if day is None:
        return f"{name}_missing"
    if day < today + earliest:
        return f"{name}_past"
    return f"{name}_far" if day > today + FARTHEST else None


def _talk(turn: _Turn, act: Talk) -> CaseStep:
    if code := _bad_text(act.text, "text_missing"):
        return turn.refused(code, most=MAX_TEXT)
    data = {"text": act.text}
    match act:
        case Ask():
            return turn.done(turn.case, "asked", data, Tell("writer", "writer_question"))
        case Reply():
            return turn.done(turn.case, "replied", data, Tell("team", "team_changed"))
        case Add():
            if act.event_at > turn.now:
                return turn.refused("event_in_future")
            return turn.done(turn.case, "added", data, Tell("team", "team_changed"), event_at=act.event_at)
        case _:
            assert_never(act)


def _course(turn: _Turn, act: Open | Plan | Discuss | FollowUp | Close | Reopen) -> CaseStep:
    case = turn.case
    match act:
        case Open():
            if case.opened_at:
                return CaseStep(case)
            seen = turn.done(case, "opened", {"role": turn.mover.role}, Tell("writer", "writer_opened"))
            return replace(seen, case=replace(seen.case, opened_at=turn.now, changed_at=case.changed_at))
        case Plan():
            if code := _bad_day(act.day, turn.today, "plan", timedelta(0)):
                return turn.refused(code)
            data: dict[str, Any] = {"day": act.day.isoformat()} | ({"again": True} if act.again else {})
            return turn.done(replace(case, planned_for=act.day), "planned", data, Tell("writer", "writer_planned"))
        case Discuss():
            # No notice: the answer itself follows, and it says that the case was discussed. Two messages within
            # a minute would teach the writer to read neither. Her page shows the state at once.
            return turn.done(case, "discussed", {})
        case FollowUp():
            return _follow_up(turn, act)
        case Close():
            if code := _bad_text(act.words, "words_missing"):
                return turn.refused(code, most=MAX_TEXT)
            closed = replace(case, closed_at=turn.now, follow_up=None)
            closed = replace(closed, colour=replace(case.colour, lowering_by=None, lowering_reason=""))
            return turn.done(closed, "closed", {"words": act.words}, Tell("writer", "writer_closed"))
        case Reopen():
            return _reopen(turn, act)
        case _:
            assert_never(act)


def _decide(turn: _Turn, act: Decide) -> CaseStep:
    code = (
        _bad_text(act.reason, "reason_missing")
        or _bad_text(act.words, "words_missing")
        or _bad_day(act.follow_up, turn.today, "follow_up", timedelta(days=1))
    )
    if code:
        return turn.refused(code, most=MAX_TEXT)
    if act.outcome == "no_action" and caselight.needs_two(turn.case.colour, turn.entries):
        return turn.refused("red_alone")
    if act.owner_id not in turn.owners:
        return turn.refused("owner_unknown" if act.owner_id else "owner_missing")
    day = act.follow_up.isoformat() if act.follow_up else ""
    data = {"outcome": act.outcome, "owner": act.owner_id, "reason": act.reason, "follow_up": day}
    tells = [Tell("writer", "writer_decided")]
    if act.owner_id not in (turn.mover.person_id, turn.case.writer_id):
        tells.append(Tell("owner", "owner_new"))
    case = replace(
        turn.case,
        owner_id=act.owner_id,
        follow_up=act.follow_up,
        answered_at=turn.case.answered_at or turn.now,
    )
    step = turn.done(case, "decided", data, *tells)
    answer = replace(step.entries[0], kind="answered", data={"words": act.words})
    return replace(step, entries=(*step.entries, answer))


def _follow_up(turn: _Turn, act: FollowUp) -> CaseStep:
    if act.effect is not None and act.effect not in EFFECTS:
        return turn.refused("effect_range")
    if act.effect is None and not act.note.strip():
        return turn.refused("follow_up_empty")
    if len(act.note) > MAX_TEXT:
        return turn.refused("text_too_long", most=MAX_TEXT)
    if act.next and (code := _bad_day(act.next, turn.today, "follow_up", timedelta(days=1))):
        return turn.refused(code)
    data = {"effect": act.effect, "note": act.note, "next": act.next.isoformat() if act.next else None}
    # The writer may be the one who follows up; then it is the team that has not heard of it.
    tell = Tell("team", "team_changed") if turn.mover.side == "writer" else Tell("writer", "writer_followup")
    return turn.done(replace(turn.case, follow_up=act.next), "followed_up", data, tell)


def _reopen(turn: _Turn, act: Reopen) -> CaseStep:
    if code := _bad_text(act.reason, "reason_missing"):
        return turn.refused(code, most=MAX_TEXT)
    # A new round starts: it needs its own meeting, its own answer and its own holder. The timeline keeps the old ones.
    case = replace(turn.case, planned_for=None, answered_at=None, closed_at=None, follow_up=None, owner_id=None)
    return turn.done(case, "reopened", {"reason": act.reason}, Tell("writer", "writer_opened"))


def _recolour(turn: _Turn, act: ProposeLowering | ConfirmLowering | RefuseLowering | Raise) -> CaseStep:
    if not isinstance(act, ConfirmLowering) and (code := _bad_text(act.reason, "reason_missing")):
        return turn.refused(code, most=MAX_TEXT)
    change = caselight.change(turn.case.colour, turn.entries, turn.mover, act)
    if isinstance(change, str):
        return turn.refused(change)
    return turn.done(replace(turn.case, colour=change.colour), change.kind, change.data, *change.tells)


def _baton(turn: _Turn, act: Baton) -> CaseStep:
    match act:
        case GiveTo():
            if act.owner_id not in turn.owners or act.owner_id == turn.case.owner_id:
                return turn.refused("owner_unknown" if act.owner_id else "owner_missing")
            # The inbox of the asked one asks for a yes. "You are responsible" would not be true before it.
            return turn.done(turn.case, "owner", {"offered": act.owner_id})
        case AcceptBaton():
            case = replace(turn.case, owner_id=turn.mover.person_id)
            return turn.done(case, "owner", {"owner": turn.mover.person_id})
        case _:
            assert_never(act)
