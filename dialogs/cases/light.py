"""How the light of a case may change after sending: up at once, down only with a reason and a second role's yes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any, assert_never

from dialogs.cases.acts import (
    ActType,
    Close,
    ConfirmLowering,
    Mover,
    ProposeLowering,
    Raise,
    Recolour,
    RefuseLowering,
    Tell,
)
from dialogs.cases.model import WEIGHT, Case, Colour, Entry, EntryKind, last_of


@dataclass(frozen=True)
class Change:
    """A new colour, the line of the timeline that records it, and who hears of it."""

    colour: Colour
    kind: EntryKind
    data: dict[str, Any]
    tells: tuple[Tell, ...]


def locked(colour: Colour) -> bool:
    """Whether this light can never be lowered in the bot: a locked sign, danger now, or one of the flows."""
    return colour.locked or colour.acute or colour.flow is not None


def needs_two(colour: Colour, entries: Sequence[Entry]) -> bool:
    """Whether nobody may let this worry rest alone: red, and no report decided since it was last opened again.

    Two ways lead out: the decision that a report is sent, or a lower colour, which takes a second role's yes.
    """
    if colour.now != "red" and not locked(colour):
        return False
    for entry in reversed(entries):
        if entry.kind == "reopened":  # what is new since then has been reported by nobody
            break
        if entry.kind == "decided" and entry.data.get("outcome") == "notified":
            return False
    return True


def blocked(case: Case, entries: Sequence[Entry], mover: Mover, act: ActType) -> str | None:
    """Why the colour forbids this kind of act to this person now; None when it doesn't."""
    colour = case.colour
    if act is ProposeLowering:
        if locked(colour):
            return "locked_red"
        if colour.lowering_by:
            return "lowering_waits"
        return "not_lower" if colour.now not in ("red", "yellow") else None
    if act is Raise:
        return "not_higher" if colour.now == "red" else None
    if act is Close and needs_two(colour, entries):
        return "red_alone"
    if act is ConfirmLowering or act is RefuseLowering:
        return _not_second(colour, entries, mover)
    return None


def _not_second(colour: Colour, entries: Sequence[Entry], mover: Mover) -> str | None:
    proposal = last_of(entries, "lowering_proposed")
    if colour.lowering_by is None or proposal is None:
        return "no_lowering"
    if mover.person_id == colour.lowering_by:
        return "own_proposal"
    # Two people in one role see with the same eyes, also when one of them is the other's deputy.
    return "same_role" if mover.role == proposal.data["role"] else None


def change(colour: Colour, entries: Sequence[Entry], mover: Mover, act: Recolour) -> Change | str:
    """The change that the act makes, or a problem code when the wanted light lies the wrong way."""
    none_waits = replace(colour, lowering_by=None, lowering_reason="")
    match act:
        case ProposeLowering():
            if act.to not in ("yellow", "green") or WEIGHT[act.to] >= WEIGHT[colour.now]:
                return "not_lower"
            asked = replace(colour, lowering_by=mover.person_id, lowering_reason=act.reason)
            data = {"from": colour.now, "to": act.to, "reason": act.reason, "role": mover.role}
            return Change(asked, "lowering_proposed", data, (Tell("second", "lowering_second"),))
        case ConfirmLowering():
            proposal = last_of(entries, "lowering_proposed")
            data = dict(proposal.data) if proposal else {}
            data["role"] = mover.role
            return Change(replace(none_waits, now=data["to"]), "lowered", data, (Tell("writer", "writer_lowered"),))
        case RefuseLowering():
            data = {"reason": act.reason, "role": mover.role}
            return Change(none_waits, "lowering_refused", data, ())
        case Raise():
            if act.to == "none" or WEIGHT[act.to] <= WEIGHT[colour.now]:
                return "not_higher"
            data = {"from": colour.now, "to": act.to, "reason": act.reason, "role": mover.role}
            reds = (Tell("red_team", "team_red"),) if act.to == "red" else ()
            return Change(replace(none_waits, now=act.to), "raised", data, (Tell("writer", "writer_raised"), *reds))
        case _:
            assert_never(act)
