"""Which {holes} each text may have: those that the program fills. Anything else would be shown to a person as it is.

notices.yaml and cases.yaml have their own lists, next to the code that fills them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from dialogs.lint.texts import Text
from dialogs.reading.issues import Issue

_BRACE = re.compile(r"\{[^{}]*\}|[{}]")
_CHECKED_BY_LOADER = ("notices.yaml", "cases.yaml")
NONE: frozenset[str] = frozenset()


def _names(words: str) -> frozenset[str]:
    return frozenset(words.split())


# A test reads every call in the code and holds this list against it.
MESSAGES: Mapping[str, frozenset[str]] = {
    "start.bound": _names("name school"),
    "basis.chosen": _names("who date"),
    "basis.chosen_old": _names("date"),
    "basis.chosen_early": _names("date"),
    "start.claimed": _names("number"),
    "menu.resume": _names("code"),
    "menu.drafts": _names("n"),
    "menu.cases": _names("n"),
    "question.why": _names("why"),
    "question.example": _names("example"),
    "question.of": _names("at of"),
    "question.pick_left": _names("n max"),
    "question.chosen": _names("picks"),
    "question.now": _names("answer"),
    "question.begun": _names("answer"),
    "question.each": _names("item"),
    "changed.dropped": _names("questions"),
    "changed.hidden": _names("questions"),
    "changed.shown": _names("questions"),
    "changed.again": _names("questions"),
    "problems.too_long": _names("max length"),
    "problems.too_many_items": _names("max"),
    "problems.not_a_number": _names("low high"),
    "problems.too_many_picks": _names("max"),
    "problems.missing": _names("count"),
    "secure.link": _names("minutes"),
    "coach.text": _names("hint"),
    "drafts.row": _names("date at of"),
    "drafts.started": _names("code"),
    "drafts.resumed": _names("code"),
    "drafts.saved": _names("code"),
    "drafts.saved_short": _names("code date"),
    "drafts.discard": _names("code"),
    "drafts.discarded": _names("code"),
    "drafts.stopped": _names("code"),
    "drafts.delete": _names("code"),
    "drafts.expires": _names("date"),
    "summary.missing": _names("questions"),
    "summary.skipped": _names("questions"),
    "summary.recipients": _names("names"),
    "summary.nobody": _names("phone_role"),
    "summary.left_out": _names("name"),
    "summary.leave_out_one": _names("name"),
    "summary.back_in": _names("name"),
    "summary.take_in": _names("name"),
    "light.suggest": _names("colour"),
    "light.protective": _names("list"),
    "light.both": _names("child care"),
    "light.reported": _names("what"),
    "light.agreed": _names("what"),
    "light.told": _names("what"),
    "light.heard": _names("what"),
    "light.heard_you": _names("what"),
    "light.denied": _names("what"),
    "light.denied_you": _names("what"),
    "professions.first": _names("names"),
    "professions.consider": _names("names"),
    "professions.exchange_no": _names("name"),
    "professions.exchange_maybe": _names("name"),
    "menu.back_draft": _names("code"),
    "who.asks": _names("question"),
    "who.consider": _names("names"),
    "who.consider_closed": _names("names"),
    "who.here": _names("who"),
    "who.deputy": _names("who"),
    "who.stale": _names("date"),
    "who.no_forum": _names("leader"),
    "forum.text": _names("leader"),
    "who.in_forum": _names("forum rhythm"),
    "who.next_forum": _names("forum"),
    "forum.step": _names("level name"),
    "forum.members": _names("names"),
    "forum.rhythm": _names("rhythm"),
    "forum.sends": _names("who"),
    "crew.count": _names("staff family"),
    "crew.needs_yes": _names("names"),
    "crew.ask_jurist": _names("names"),
    "profile.said_by": _names("role date"),
    "profile.reviewed": _names("date by"),
    "profile.unreviewed": _names("date"),
    "acute.heard": _names("flow"),
    "acute.heard_too": _names("flow"),
    "acute.cleared": _names("flow"),
    "acute.aside": _names("flow"),
    "acute.dont_wait": _names("leder"),
    "acute.numbers": _names("modtagelse"),
    "acute.intake_phone": _names("name phone"),
    "acute.intake_unknown": _names("name"),
    "sent.stored": _names("code time"),
    "sent.text": _names("team code time"),
    "sent.next": _names("date"),
    "sent.red": _names("names time"),
    "sent.red_closed": _names("names time"),
    "sent.red_past_leader": _names("names time"),
    "known.here": _names("code"),
    "known.not_here": _names("code"),
    "known.recipient.yes_ask": _names("who"),
    "known.recipient.yes": _names("who"),
    "known.recipient.circle": _names("who"),
    "known.recipient.house_ask": _names("who"),
    "known.recipient.own_unit": _names("who"),
    "known.recipient.ssd": _names("who"),
    "known.consent.valid": _names("names date"),
    "known.consent.refused": _names("names"),
    "known.consent.some": _names("names date"),
    "known.consent.refused_some": _names("names"),
    "basis.rule": _names("rule"),
    "prepare.sent": _names("code"),
    "prepare.begin": _names("code"),
    "basis.formerly": _names("old"),
    "basis.checked": _names("date"),
    "basis.text_of": _names("date"),
    "basis.reviewed": _names("who"),
    "basis.was": _names("what old new"),
    "basis.means": _names("means"),
    "cases.thread_ask": _names("question"),
    "cases.thread_hidden": _names("code"),
    "cases.add_ask": _names("code"),
    "cases.added": _names("code"),
}
# A test renders every paper and looks for a hole that was left.
PAPERS: Mapping[str, frozenset[str]] = {
    "report.lead": _names("code intake"),
    "exchange.call": _names("intake"),
    "report.made": _names("date"),
    "report.left_out": _names("what"),
    "report.urgent_now": _names("what"),
    "report.urgent_maybe": _names("what"),
    "consent.last_day": _names("day"),
    "consent.heard_by": _names("who"),
    "consent.noted_by": _names("who"),
    "consent.noted": _names("who day"),
    "consent.taken_back": _names("party day"),
    "consent.paper_foot": _names("code"),
    "problems.consent_too_long": _names("most"),
    "problems.exchange_too_long": _names("most"),
    "exchange.foot": _names("code"),
    "sparring.too_long": _names("most"),
    "dossier.access_lead": _names("code"),
    "dossier.journal_lead": _names("code"),
    "dossier.form_version": _names("id version"),
    "dossier.review_lead": _names("n"),
    "dossier.review_name": _names("label"),
    "dossier.foot": _names("code"),
    "dossier.period": _names("since until"),
    "dossier.notice.to": _names("who subject"),
    "dossier.notice.waits": _names("subject"),
    "clock.sent": _names("when"),
    "clock.assessed": _names("when"),
    "clock.wait": _names("day"),
    "clock.late": _names("day"),
    "clock.received": _names("day"),
}
MEETINGS: Mapping[str, frozenset[str]] = {
    "said_yes": _names("code"),
    "deputy": _names("role"),
    "instead": _names("name"),
    "absent.ask": _names("code"),
    "absent.must": _names("code"),
    "absent.sent": _names("code"),
    "quorum.waiting": _names("n"),
    "agenda.early": _names("day"),
    "agenda.counted": _names("done left"),
    "agenda.postponed_to": _names("day"),
    "agenda.agreed_on": _names("what who day"),
    "agenda.told_in_time": _names("n"),
    "agenda.told_late": _names("n"),
    "agenda.told_waiting": _names("codes"),
    **{f"earlier.{one}": _names("day") for one in ("by_day", "late", "done_by")},
    "quorum.empty": _names("role"),
    "reminders.gathering_hint.daily": _names("hour"),
    "reminders.hour": _names("hour"),
}
# The same for the plan: its page and its paper are rendered whole.
PLANS: Mapping[str, frozenset[str]] = {
    "done_on": _names("day"),
    "agreed_by": _names("day"),
    "keeper_is": _names("name"),
    "keeper_asked": _names("name"),
    "keeper_stays": _names("name"),
    "shared_lost": _names("who"),
    "follow_up_on": _names("day"),
    "follow_up_late": _names("day"),
    "score_now": _names("value"),
    "curve": _names("sign"),
    "day_of": _names("day"),
    "gap.need_without_effort": _names("what"),
    "gap.need_without_goal": _names("what"),
    "gap.effort_without_need": _names("what"),
    "gap.goal_without_need": _names("what"),
    "gap.no_sign_of_child": _names("what"),
    "gap.no_sign_of_adults": _names("what"),
    "gap.sign_unwatched": _names("what"),
    "gap.vague_goal": _names("what"),
    "paper.lead": _names("code day"),
    "paper.foot": _names("code"),
    "chat.ask": _names("sign"),
    "chat.saved": _names("value"),
    "chat.done": _names("code"),
    "chat.no_signs": _names("code"),
    "chat.next": _names("code day"),
    "chat.no_day": _names("code"),
    "chat.hidden": _names("code"),
}
NETWORK: Mapping[str, frozenset[str]] = {
    "call.purpose": _names("code"),
    "call.last": _names("code"),
    "call.guests": _names("names"),
    "call.done": _names("code"),
    "lawful.ratio": _names("staff family"),
    "lawful.no_longer": _names("names"),
    "letter.minutes_text": _names("n"),
    "letter.foot": _names("code"),
    **{f"agreed.{one}_on": _names("day") for one in ("open", "late", "help", "done")},
    "agreed.not_yet": _names("day"),
    "framing.read": _names("when"),
    "steps.minutes": _names("n"),
    "steps.loose_effort": _names("what"),
    "steps.loose_need": _names("what"),
    "steps.done": _names("day"),
    "joint.ask": _names("name question"),
    "problems.meeting_text_long": _names("most"),
    "problems.agreement_many": _names("most"),
    "problems.step_many": _names("most"),
}
_SENTENCES: Mapping[str, frozenset[str]] = {
    "sentences.mentioned": _names("emner"),
    "sentences.chosen": _names("emner"),
    "sentences.likely": _names("emner"),
    "sentences.named": _names("fag"),
}


def allowed(text: Text) -> frozenset[str]:
    """The holes that the program fills in this text."""
    match text.document.file:
        case "messages.yaml":
            return MESSAGES.get(text.id, NONE)
        case "papers.yaml":
            return PAPERS.get(text.id, NONE)
        case "meetings.yaml":
            return MEETINGS.get(text.id, NONE)
        case "plans.yaml":
            return PLANS.get(text.id, NONE)
        case "network.yaml":
            return NETWORK.get(text.id, NONE)
        case "cards.yaml":
            return _names("modtagelse") if text.path[0] == "duty" else _names("modtagelse leder_nu leder_i_dag")
        case "report.yaml":
            return _names("modtagelse")
        case "sharing.yaml":
            return _names("names" if text.id == "own_unit" else "modtagelse")
        case "topics.yaml":
            return _SENTENCES.get(text.id, NONE)
        case _:
            rows = text.document.file.startswith("forms/") and text.path[-1] == "ask" and _makes_rows(text)
            return frozenset({"row"}) if rows else NONE


def _makes_rows(text: Text) -> bool:
    return (*text.path[:-1], "rows_from") in text.document.lines


def unfilled(text: Text) -> Iterator[Issue]:
    """Holes that nobody fills, and loose braces."""
    if text.document.file in _CHECKED_BY_LOADER:
        return
    names = allowed(text)
    for found in dict.fromkeys(_BRACE.findall(text.text)):
        if found[1:-1] in names and len(found) > 1:
            continue
        known = " ".join(f"{{{name}}}" for name in sorted(names)) or "ingen"
        yield text.issue("unknown_hole", f"{found} bliver ikke fyldt ud her. Brug kun: {known}.")
