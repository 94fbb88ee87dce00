"""What may follow what: the table of a case, and who may do it. A missing key is a refusal."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final, Literal

from dialogs.cases import light as caselight
from dialogs.cases.acts import (
    AcceptBaton,
    Act,
    ActType,
    Add,
    Ask,
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
)
from dialogs.cases.model import DECIDED, UNDECIDED, Case, CaseState, Entry, last_of, offered_to, open_question
from dialogs.people import TRIO

Target = CaseState | Literal["same", "back", "outcome"]

_LIVE: Final = (*UNDECIDED, *DECIDED)
_ROWS: Final[tuple[tuple[tuple[CaseState, ...], ActType, Target], ...]] = (
    ((*_LIVE, "closed"), Open, "same"),
    ((*_LIVE, "closed"), Add, "same"),
    (UNDECIDED, Ask, "waiting"),
    (DECIDED, Ask, "same"),
    (("waiting",), Reply, "back"),
    (("sent", "planned", "discussed", *DECIDED), Reply, "same"),
    ((*UNDECIDED, "follow_up"), Plan, "planned"),
    (("planned",), Discuss, "discussed"),
    (("discussed", *DECIDED), Decide, "outcome"),
    (DECIDED, FollowUp, "follow_up"),
    (("follow_up",), Close, "closed"),
    (("closed",), Reopen, "sent"),
    (_LIVE, ProposeLowering, "same"),
    (_LIVE, ConfirmLowering, "same"),
    (_LIVE, RefuseLowering, "same"),
    (_LIVE, Raise, "same"),
    (DECIDED, GiveTo, "same"),
    (DECIDED, AcceptBaton, "same"),
)
MOVES: Final[Mapping[tuple[CaseState, ActType], Target]] = {
    (state, act): target for states, act, target in _ROWS for state in states
}
# Red does not wait for a weekly meeting: the team may talk at once, or act first and talk afterwards.
RED_MOVES: Final[Mapping[tuple[CaseState, ActType], Target]] = {
    ("sent", Discuss): "discussed",
    ("waiting", Discuss): "discussed",
    ("sent", Decide): "outcome",
    ("waiting", Decide): "outcome",
    ("planned", Decide): "outcome",
}
# What a missing key means to a person, where there is more to say than "not now".
_WHY: Final[Mapping[tuple[CaseState, ActType], str]] = {
    **{(state, Decide): "discuss_first" for state in UNDECIDED},
    **{(state, Close): "answer_first" for state in UNDECIDED},
    **{(state, Close): "follow_up_first" for state in DECIDED},
    **{(state, FollowUp): "decide_first" for state in UNDECIDED},
    **{(state, GiveTo): "decide_first" for state in UNDECIDED},
    **{(state, Discuss): "plan_first" for state in UNDECIDED},
    **{(state, Reopen): "not_closed" for state in _LIVE},
}


def open_acts(case: Case, entries: Sequence[Entry], mover: Mover) -> tuple[ActType, ...]:
    """The acts that this person could do now, whatever words they fill in: what a page should offer."""
    acts = dict.fromkeys(act for _, act, _ in _ROWS)
    return tuple(act for act in acts if blocked(case, entries, mover, act) is None)


def blocked(case: Case, entries: Sequence[Entry], mover: Mover, act: ActType) -> str | None:
    """Why this person can't do this kind of act now, as a problem code; None when they can."""
    if mover.person_id in case.excluded:
        return "not_found"  # to them the case does not exist, so no other reason may be given
    if (code := _not_theirs(case, entries, mover, act)) is not None:
        return code
    if _target(case, act) is None:
        return "reopen_first" if case.state == "closed" else _WHY.get((case.state, act), "not_now")
    if act is Reply and open_question(entries) is None:
        return "nothing_asked"
    if act is Close and case.answered_at is None:
        return "answer_first"
    return caselight.blocked(case, entries, mover, act)


def _not_theirs(case: Case, entries: Sequence[Entry], mover: Mover, act: ActType) -> str | None:
    owner = mover.person_id == case.owner_id
    if act is Reply or act is Add:
        return None if mover.side == "writer" else "writer_only"
    if act is AcceptBaton:
        return None if mover.person_id == offered_to(entries) else "not_offered"
    if act is GiveTo and not owner and mover.role != "leader":
        return "owner_or_leader_only"
    if mover.side == "team" or (owner and act in (FollowUp, GiveTo)):
        return None
    # A team member who is worried writes like anybody else: another one looks at it.
    return "own_case" if mover.role in TRIO else "team_only"


def _target(case: Case, act: ActType) -> Target | None:
    key = (case.state, act)
    return MOVES.get(key) or (RED_MOVES.get(key) if case.colour.now == "red" else None)


def state_after(case: Case, entries: Sequence[Entry], act: Act) -> CaseState:
    target = _target(case, type(act))
    match target:
        case "back":
            latest = last_of(entries, "planned", "discussed", "reopened")
            return latest.kind if latest is not None and latest.kind in ("planned", "discussed") else "sent"
        case "outcome":
            return act.outcome if isinstance(act, Decide) else case.state
        case "same" | None:
            return case.state
        case _:
            return target
