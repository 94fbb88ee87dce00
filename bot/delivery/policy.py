"""What happens to a notice before and after each try: pure rules, so that every case is a test.

uncertain   the request was written and no answer seen: that message is never sent again. A reminder or an alert is
            followed by a *new, numbered* one, by e-mail first; a reply or a nudge is let go.
permanent   this channel is closed for good: the next one is tried at once, and the web inbox is the last.
otherwise   not delivered for certain: the same message is tried again after 1 m, 5 m, 30 m, 2 h and 12 h.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from bot.ports import DeliveryError
from dialogs.gathering import is_silenced
from dialogs.notices import (
    IN_CALENDAR,
    OWN_CALENDAR,
    OWN_CANCELLED,
    ROAD,
    Channel,
    DeliveryClass,
    OutboxRow,
    Wish,
    number_of,
    numbered,
)
from dialogs.people import Person
from dialogs.workdays import Workdays

BACK_OFF = tuple(timedelta(minutes=minutes) for minutes in (1, 5, 30, 120, 720))
PATIENCE = 2  # failures in a row before what must be seen goes by the other channel
WORTH_WAITING = timedelta(minutes=10)  # most outages are shorter, and two channels for one thing is noise
LAST_NUMBER = 3  # "påmindelse 3" is the last: a person who has three of the same is not helped by a fourth
AGAIN_AFTER: Mapping[DeliveryClass, timedelta] = {"alert": timedelta(), "reminder": timedelta(minutes=30)}
# How long a notice is of use when its wish has no `until`. A reminder has no such limit, and what waits for a state
# (`still`) is of use as long as that state holds. An alert tells what stays true ("there is an answer"): after a long
# stop late is better than never, and the watchdog has told others meanwhile.
USEFUL: Mapping[DeliveryClass, timedelta] = {
    "turn": timedelta(minutes=15),
    "nudge": timedelta(hours=6),
    "alert": timedelta(days=7),
}
DELETABLE = timedelta(hours=48)  # Telegram deletes nothing older in a private chat

_ORDER: Mapping[Channel, tuple[Channel, ...]] = {
    "any": ("telegram", "email"),
    "telegram": ("telegram", "email"),
    "email": ("email", "telegram"),
    "web": (),
    "telegram_delete": ("telegram_delete",),
    "calendar": ("calendar",),
}


@dataclass(frozen=True)
class Policy:
    """The rules of one installation. `on_call` is when red may ring outside opening hours; None means at any hour."""

    workdays: Workdays
    channels: frozenset[Channel]
    on_call: Workdays | None = None

    def before(self, row: OutboxRow, to: Person | None, now: datetime, held: Mapping[Channel, datetime]) -> OutboxRow:
        """The claimed row with its channel in `sent_via`, still `sending`; or finished when it is not to be sent now.

        `held` are channels that do not work just now, each with the time when it is tried again.
        """
        if self._expired(row, now):
            return _dropped(row, "expired")
        usable = self._usable(row, to)
        if not usable:
            return self._without_channel(row, now)
        if (opens := self._quiet_until(row, now)) is not None:
            return self.later(row, opens)
        channel = usable[0]
        if channel in held:
            others = [other for other in usable if other not in held]
            if not others or not self._may_change_channel(row, now):
                return self.later(row, held[channel])
            channel = others[0]
        return replace(row, sent_via=channel)

    def later(self, row: OutboxRow, until: datetime) -> OutboxRow:
        """The row back in the queue; the claim is taken back, since nothing was tried."""
        return replace(row, state="pending", due_at=until, attempts=row.attempts - 1, sent_via=None)

    def after_success(self, row: OutboxRow, ref: str, now: datetime) -> OutboxRow:
        """The row as sent; `sent_via` is the channel that `before` chose."""
        return replace(row, state="sent", sent_ref=ref, sent_at=now, last_error=None)

    def after_error(
        self, row: OutboxRow, to: Person, error: DeliveryError, now: datetime, held_until: datetime | None = None
    ) -> OutboxRow:
        """The row after a try that did not succeed; `held_until` when the whole channel is down until then."""
        failed = replace(row, sent_via=None, last_error=error.code)
        used = (*row.tried, row.sent_via) if row.sent_via is not None else row.tried
        deletes = row.wish.channel == "telegram_delete"
        if error.uncertain and not deletes:  # deleting twice does no harm, so a deletion is simply tried again
            return replace(failed, state="uncertain", tried=used)
        if error.permanent:
            return _dropped(failed, error.code) if deletes else replace(failed, state="pending", due_at=now, tried=used)
        if error.retry_after is not None:  # told to wait: that was no try of ours, so it uses none up
            return replace(self.later(failed, now + timedelta(seconds=error.retry_after)), last_error=error.code)
        if self._has_other_way(row, to) and (
            row.attempts >= PATIENCE or (held_until is not None and self._may_change_channel(row, now))
        ):
            return replace(failed, state="pending", due_at=now, tried=used)
        if held_until is not None:  # the channel's trouble, not this row's: an outage uses none of its tries up
            return replace(self.later(failed, held_until), last_error=error.code)
        if row.attempts > len(BACK_OFF):
            return replace(failed, state="failed")
        return replace(failed, state="pending", due_at=now + BACK_OFF[max(row.attempts, 1) - 1])

    def follow_up(self, row: OutboxRow, now: datetime) -> Wish | None:
        """The numbered notice that follows one whose fate is unknown; None when that one is let go."""
        wish = row.wish
        number = number_of(wish) + 1
        if number > LAST_NUMBER:
            return None
        key = numbered(wish, number)
        if wish.channel == "telegram_delete":
            return replace(wish, dedupe_key=key, due_at=now + BACK_OFF[0])
        if wish.delivery not in AGAIN_AFTER or wish.channel == "calendar":
            return None
        return replace(wish, dedupe_key=key, due_at=now + AGAIN_AFTER[wish.delivery], channel="email")

    def number(self, row: OutboxRow) -> int:
        """Which repetition this row is; 1 for the first."""
        return number_of(row.wish)

    def _expired(self, row: OutboxRow, now: datetime) -> bool:
        wish = row.wish
        if wish.until is not None:
            return now >= wish.until
        if wish.channel == "telegram_delete":
            return now >= wish.due_at + DELETABLE
        if wish.delivery not in USEFUL or wish.still:
            return False
        start = wish.due_at if self._may_ring(row) else self.workdays.next_open(wish.due_at)
        return now >= start + USEFUL[wish.delivery]

    def _usable(self, row: OutboxRow, to: Person | None) -> Sequence[Channel]:
        if to is not None and is_silenced(row.wish, to.reminding):
            return []
        return [
            channel
            for channel in _order(row.wish, to)
            if self._connected(channel)
            and channel not in row.tried
            and self._reaches(channel, to, row.wish)
            and not (channel == "email" and self._is_mailed_anyway(row.wish, to))
        ]

    def _is_mailed_anyway(self, wish: Wish, to: Person | None) -> bool:
        """Whether the mail for the calendar says the same: then a mail instead of Telegram would be a second one."""
        beside = wish.channel == "any" and wish.template in IN_CALENDAR
        return beside and self._connected("calendar") and self._reaches("calendar", to, wish)

    def _connected(self, channel: Channel) -> bool:
        return ROAD.get(channel, channel) in self.channels

    def _reaches(self, channel: Channel, to: Person | None, wish: Wish) -> bool:
        if channel != "calendar":
            return _reaches(channel, to)
        if wish.template in (OWN_CALENDAR, OWN_CANCELLED):  # nothing else tells them, whichever channel they use
            return _reaches("email", to)
        # Whoever is told by mail has the calendar in that mail already.
        if to is not None and to.reminding.first == "email":
            return False
        return "telegram" in self.channels and _reaches("telegram", to) and _reaches("email", to)

    def _without_channel(self, row: OutboxRow, now: datetime) -> OutboxRow:
        """The web inbox shows every notice of a person, so there it is delivered; a deletion has nowhere to go."""
        if row.wish.channel in ROAD:
            return _dropped(row, "no_channel")
        return replace(row, state="sent", sent_via="web", sent_at=now)

    def _quiet_until(self, row: OutboxRow, now: datetime) -> datetime | None:
        if self._may_ring(row):
            return None
        calendars = [self.workdays, self.on_call] if row.wish.red and self.on_call is not None else [self.workdays]
        opens = min(calendar.next_open(now) for calendar in calendars)
        return opens if opens > now else None

    def _may_ring(self, row: OutboxRow) -> bool:
        """A reply to what the person just did, a silent deletion, and red unless on-call hours are agreed."""
        return (
            row.wish.delivery == "turn"
            or row.wish.channel == "telegram_delete"
            or (row.wish.red and self.on_call is None)
        )

    def _may_change_channel(self, row: OutboxRow, now: datetime) -> bool:
        """Whether a channel that is down is left for another: by an alert at once, by a reminder after a while."""
        wish = row.wish
        return wish.delivery == "alert" or (wish.delivery == "reminder" and now >= wish.due_at + WORTH_WAITING)

    def _has_other_way(self, row: OutboxRow, to: Person) -> bool:
        """Whether what must be seen could go by another channel; a reply or a nudge is not worth a mail."""
        if row.wish.delivery not in AGAIN_AFTER:
            return False
        return any(channel != row.sent_via for channel in self._usable(row, to))


def _order(wish: Wish, to: Person | None) -> tuple[Channel, ...]:
    """The channels to try, the person's own choice first; red rings where a telephone rings."""
    usual = _ORDER[wish.channel]
    own_choice = wish.channel == "any" and not wish.red and to is not None and to.reminding.first == "email"
    return usual[::-1] if own_choice else usual


def _dropped(row: OutboxRow, reason: str) -> OutboxRow:
    return replace(row, state="dropped", reason=reason, sent_via=None)


def _reaches(channel: Channel, to: Person | None) -> bool:
    match channel:
        case "telegram":
            return to is not None and to.telegram_chat is not None and to.telegram_on
        case "email":
            return to is not None and bool(to.email)
        case _:
            return True
