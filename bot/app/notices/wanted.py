"""Whether a notice is still of use at the moment of sending, so that a reminder stops itself."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from typing import Final

from bot.app.meetings.wishes import meeting_reason
from bot.app.papers.reportclock import report_of
from bot.app.plans import watch as planwatch
from bot.ports import UnitOfWork
from dialogs.cases.model import UNDECIDED, Case, Entry, open_question
from dialogs.facts import LENGTH, SHORT
from dialogs.notices import Still, Wish
from dialogs.plans.filed import Bare, load_bare
from dialogs.types import Draft
from dialogs.values import picks_of

_FOR_THE_KEEPER = frozenset({"plan_followup", "plan_effort"})

# What the plan's bare facts tell, which go with the outline of a case.
_OF_PLAN: Final = frozenset({planwatch.FOLLOW_UP, planwatch.EFFORT, planwatch.ASKED, planwatch.NEEDED})

# A closed case asks nothing of anybody. These tell what has happened, and that stays true.
_AFTER_CLOSING = frozenset({
    "glass_team", "dpo_glass", "dpo_alarm", "access_asked",
    "team_changed", "writer_decided", "writer_lowered", "writer_raised", "writer_followup", "writer_closed",
})  # fmt: skip


def not_wanted(uow: UnitOfWork, wish: Wish, now: datetime) -> str | None:
    """Why this notice should not be sent any more, as a code for the record; None when it should."""
    if wish.until is not None and now >= wish.until:
        return "expired"
    person = uow.people.get(wish.recipient)
    if person is None or not person.active:
        return "person_gone"
    case = uow.cases.get(wish.case_id) if wish.case_id is not None else None
    entries = uow.cases.entries(case.id) if case is not None and wish.still == "question_open" else ()
    if wish.case_id is not None and (reason := _case_reason(case, entries, wish)) is not None:
        return reason
    if wish.meeting_id is not None and (reason := meeting_reason(uow, wish)) is not None:
        return reason
    draft = uow.drafts.get(wish.draft_id) if wish.draft_id is not None else None
    if wish.still in FILED and (reason := FILED[wish.still](uow, wish)) is not None:
        return reason
    if wish.still in DRAFT_STATES and (reason := _draft_reason(draft, wish, now)) is not None:
        return reason
    return None


def settled(uow: UnitOfWork, case: Case, wish: Wish) -> str | None:
    """Why a reminder of this case is of no use any more, as far as an outline of the case tells; None where it is."""
    entries = uow.cases.entries(case.id) if wish.still == "question_open" else ()
    reason = _case_reason(case, entries, wish)
    return reason or (_plan_settled(uow, wish) if wish.still in _OF_PLAN else None)


def _case_reason(case: Case | None, entries: Sequence[Entry], wish: Wish) -> str | None:
    if case is None:
        return "case_gone"
    if wish.recipient in case.excluded:
        return "excluded"
    if case.state == "closed" and wish.template not in _AFTER_CLOSING:
        return "case_closed"
    if wish.still == "question_open":  # the team may ask in any state, so the timeline tells, not the state
        return None if open_question(entries) is not None else "question_answered"
    resolved = CASE_STATES.get(wish.still)
    return resolved(case, wish) if resolved is not None else None


def _draft_reason(draft: Draft | None, wish: Wish, now: datetime) -> str | None:
    if draft is None or draft.owner != wish.recipient:
        return "draft_gone"
    if draft.status != "open":
        return f"draft_{draft.status}"
    if draft.expires_at <= now:
        return "draft_expired"
    if wish.still == "draft_short" and picks_of(draft.answers.get(LENGTH)) != (SHORT,):
        return "draft_not_short"
    return None


def _followed_up(case: Case, wish: Wish) -> str | None:
    """A follow-up that was held or moved has another date, or none; one that was handed over has another owner."""
    if wish.template == "followup_due" and wish.recipient != case.owner_id:
        return "handed_over"
    wanted = wish.params.get("date")
    if case.follow_up is None or (wanted is not None and case.follow_up.isoformat() != wanted):
        return "followed_up"
    return None


def _opened(case: Case, wish: Wish) -> str | None:
    return "opened" if case.opened_at is not None else None


def _no_meeting(case: Case, wish: Wish) -> str | None:
    return None if case.state in UNDECIDED else "talked_about"


def _settled(case: Case, wish: Wish) -> str | None:
    return None if case.colour.lowering_by is not None else "lowering_settled"


CASE_STATES: Mapping[Still | None, Callable[[Case, Wish], str | None]] = {
    "case_unopened": _opened,
    "followup_open": _followed_up,
    "lowering_open": _settled,
    "writer_waits": _no_meeting,
}


def _consent_ended(uow: UnitOfWork, wish: Wish) -> str | None:
    """A consent that was taken back, or that another has taken the place of, needs no warning of its end."""
    given = [
        filing.body["until"] for filing in uow.filings.of_case(wish.case_id or "", "consent") if filing.state == "given"
    ]
    if wish.params.get("date") not in given:
        return "consent_over"
    return "consent_renewed" if max(given) != wish.params.get("date") else None


def _chat_shown(uow: UnitOfWork, wish: Wish) -> str | None:
    return "chat_shown" if uow.receipts.get(wish.dedupe_key) is not None else None


def _receipt_came(uow: UnitOfWork, wish: Wish) -> str | None:
    """The receipt is registered: nobody needs to ask for it any more."""
    report = uow.filings.get(report_of(wish))
    return "receipt_came" if report is None or report.state != "sent" else None


def _plan_of(uow: UnitOfWork, wish: Wish) -> Bare | None:
    found = uow.filings.of_case(wish.case_id or "", "plan")
    return load_bare(found[0]) if found else None


def _handed_over(uow: UnitOfWork, plan: Bare, wish: Wish) -> bool:
    """Whether somebody else keeps the threads now; while that one is gone, whoever stands in still hears of it."""
    keeper = uow.people.get(plan.keeper) if plan.keeper is not None else None
    return keeper is not None and keeper.active and keeper.id != wish.recipient


def _plan_settled(uow: UnitOfWork, wish: Wish) -> str | None:
    """Whether what the plan asked for has been done, moved or handed to another; all from its bare facts."""
    plan = _plan_of(uow, wish)
    if plan is None or not plan.open:
        return "plan_over"
    if wish.template in _FOR_THE_KEEPER and _handed_over(uow, plan, wish):
        return "handed_over"
    day = wish.params.get("date")
    match wish.still:
        case planwatch.FOLLOW_UP:
            return None if plan.follow_up is not None and plan.follow_up.isoformat() == day else "followed_up"
        case planwatch.EFFORT:
            ends = plan.ends.get(planwatch.effort_of(wish))
            return None if ends is not None and ends.isoformat() == day else "effort_done"
        case planwatch.ASKED:
            return None if plan.offered == wish.recipient else "keeper_answered"
        case _:
            return None if plan.keeper is None and plan.offered is None else "keeper_found"


def _keeper_back(uow: UnitOfWork, wish: Wish) -> str | None:
    """The one who keeps the threads is another by now, and so is the question."""
    plan = _plan_of(uow, wish)
    mine = plan is not None and plan.open and plan.keeper == planwatch.keeper_of(wish)
    return None if mine else "keeper_found"


FILED: Mapping[Still | None, Callable[[UnitOfWork, Wish], str | None]] = {
    "consent_valid": _consent_ended,
    "receipt_open": _receipt_came,
    "chat_behind": _chat_shown,
    planwatch.FOLLOW_UP: _plan_settled,
    planwatch.EFFORT: _plan_settled,
    planwatch.ASKED: _plan_settled,
    planwatch.NEEDED: _plan_settled,
    planwatch.KEEPER_GONE: _keeper_back,
}
DRAFT_STATES: frozenset[Still] = frozenset({"draft_open", "draft_short", "chat_behind"})
