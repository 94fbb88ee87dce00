"""From the fields of a form to an act: the one place where typed dates and numbers become values."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime, time
from typing import Final, cast
from zoneinfo import ZoneInfo

from dialogs.cases.acts import (
    AcceptBaton,
    Act,
    Add,
    Ask,
    Close,
    ConfirmLowering,
    Decide,
    Discuss,
    FollowUp,
    GiveTo,
    Open,
    Plan,
    ProposeLowering,
    Raise,
    RefuseLowering,
    Reopen,
    Reply,
)
from dialogs.cases.model import OUTCOMES, WEIGHT, Light, Outcome
from dialogs.types import Problem

# The fields that each act reads. All are texts; dates are written 2026-12-01, `event_at` a date or a date and a time.
FIELDS: Final[Mapping[str, tuple[str, ...]]] = {
    "open": (),
    "ask": ("text",),
    "reply": ("text",),
    "add": ("text", "event_at"),
    "plan": ("day",),
    "discuss": (),
    "decide": ("outcome", "owner", "reason", "words", "follow_up"),
    "propose_lowering": ("to", "reason"),
    "confirm_lowering": (),
    "refuse_lowering": ("reason",),
    "raise": ("to", "reason"),
    "follow_up": ("effect", "note", "next"),
    "close": ("words",),
    "reopen": ("reason",),
    "give_to": ("owner",),
    "accept_baton": (),
}


class _BadField(Exception):  # noqa: N818 - carries a problem code to read_act, and never leaves this module
    pass


def read_act(name: str, fields: Mapping[str, str], now: datetime, zone: ZoneInfo) -> Act | Problem:
    """The act with these fields, or the problem with them; whether it may be done is for `move` to say."""
    known = FIELDS.get(name)
    if known is None:
        return Problem("act_unknown")
    try:
        return _Reader({key: fields.get(key, "").strip() for key in known}, now, zone).act(name)
    except _BadField as bad:
        return Problem(str(bad))


class _Reader:
    def __init__(self, fields: Mapping[str, str], now: datetime, zone: ZoneInfo) -> None:
        self._fields, self._now, self._zone = fields, now, zone

    def act(self, name: str) -> Act:
        f = self._fields
        simple: Mapping[str, Act] = {
            "open": Open(),
            "discuss": Discuss(),
            "confirm_lowering": ConfirmLowering(),
            "accept_baton": AcceptBaton(),
        }
        if name in simple:
            return simple[name]
        return self._told(name) if "text" in f or ("words" in f and name == "close") else self._decided(name)

    def _told(self, name: str) -> Act:
        f = self._fields
        match name:
            case "ask":
                return Ask(f["text"])
            case "reply":
                return Reply(f["text"])
            case "close":
                return Close(f["words"])
            case _:
                return Add(f["text"], self._moment(f["event_at"]))

    def _decided(self, name: str) -> Act:
        f = self._fields
        match name:
            case "plan":
                return Plan(self._needed_day(f["day"]))
            case "decide":
                outcome, day = self._outcome(f["outcome"]), self._day(f["follow_up"])
                return Decide(outcome, f["owner"], f["reason"], f["words"], day)
            case "propose_lowering":
                return ProposeLowering(self._light(f["to"]), f["reason"])
            case "refuse_lowering":
                return RefuseLowering(f["reason"])
            case "raise":
                return Raise(f["reason"], self._light(f["to"] or "red"))
            case "follow_up":
                return FollowUp(self._effect(f["effect"]), f["note"], self._day(f["next"]))
            case "reopen":
                return Reopen(f["reason"])
            case _:
                return GiveTo(f["owner"])

    def _day(self, text: str) -> date | None:
        if not text:
            return None
        try:
            return date.fromisoformat(text)
        except ValueError:
            raise _BadField("day_unreadable") from None

    def _needed_day(self, text: str) -> date:
        if (day := self._day(text)) is None:
            raise _BadField("plan_missing")
        return day

    def _moment(self, text: str) -> datetime:
        """When it happened: now when nothing is said; a bare date today is now, another one is its noon."""
        if not text:
            return self._now
        try:
            found = datetime.fromisoformat(text)
        except ValueError:
            raise _BadField("day_unreadable") from None
        if "T" not in text and " " not in text:
            if found.date() == self._now.astimezone(self._zone).date():
                return self._now
            found = datetime.combine(found.date(), time(12))
        return found if found.tzinfo else found.replace(tzinfo=self._zone)

    def _outcome(self, text: str) -> Outcome:
        if text not in OUTCOMES:
            raise _BadField("outcome_missing")
        return text

    def _light(self, text: str) -> Light:
        if text not in WEIGHT:
            raise _BadField("light_missing")
        return cast(Light, text)

    def _effect(self, text: str) -> int | None:
        if not text:
            return None
        if not text.isdecimal() or len(text) > 3:
            raise _BadField("effect_range")
        return int(text)
