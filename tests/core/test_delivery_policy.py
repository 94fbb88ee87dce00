"""The rules of sending: every outcome of a try, quiet hours, channels, expiry, and that nothing is ever unaccounted."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.delivery.budget import Budget
from bot.delivery.policy import BACK_OFF, LAST_NUMBER, Policy
from bot.ports import DeliveryError
from dialogs.notices import Channel, DeliveryClass, OutboxRow, Wish, number_of
from dialogs.people import Person
from dialogs.workdays import danish

CPH = ZoneInfo("Europe/Copenhagen")
DAYS = danish(CPH, range(2026, 2028))
BOTH: frozenset[Channel] = frozenset({"telegram", "email"})
POLICY = Policy(DAYS, BOTH)
NOW = datetime(2026, 11, 24, 10, 0, tzinfo=CPH).astimezone(UTC)  # a Tuesday morning
NIGHT = datetime(2026, 11, 24, 23, 0, tzinfo=CPH).astimezone(UTC)
MORNING = datetime(2026, 11, 25, 7, 0, tzinfo=CPH).astimezone(UTC)
ANE = Person("ane", "Ane", (), email="ane@example.org", telegram_chat=1)
TEMPORARY = DeliveryError("server_error")
UNSURE = DeliveryError("no_answer", uncertain=True)
GONE = DeliveryError("blocked", permanent=True)
NOTHING_HELD: dict[Channel, datetime] = {}


def row(
    *, channel: Channel = "any", delivery: DeliveryClass = "reminder", attempts: int = 1, red: bool = False,
    tried: tuple[Channel, ...] = (), via: Channel | None = None, key: str = "k", due: datetime = NOW,
    until: datetime | None = None, still: str | None = None,
) -> OutboxRow:  # fmt: skip
    wish = Wish(key, "ane", "team_new", due, {}, channel, delivery, until, red=red, still=still)
    return OutboxRow(7, wish, "sending", attempts, due, "token", NOW + timedelta(seconds=60), tried, via)


def before(
    notice: OutboxRow,
    to: Person | None = ANE,
    now: datetime = NOW,
    held: dict[Channel, datetime] = NOTHING_HELD,
    policy: Policy = POLICY,
) -> OutboxRow:
    return policy.before(notice, to, now, held)


# --- which channel ---


@pytest.mark.parametrize(
    ("notice", "person", "channel"),
    [
        (row(), ANE, "telegram"),
        (row(channel="telegram"), ANE, "telegram"),
        (row(channel="email"), ANE, "email"),
        (row(tried=("telegram",)), ANE, "email"),
        (row(), replace(ANE, telegram_on=False), "email"),
        (row(), replace(ANE, telegram_chat=None), "email"),
        (row(channel="email"), replace(ANE, email=None), "telegram"),
        (row(channel="telegram_delete"), ANE, "telegram_delete"),
        (row(channel="telegram_delete"), None, "telegram_delete"),
    ],
)
def test_telegram_first_then_mail_unless_the_notice_asks_otherwise(
    notice: OutboxRow, person: Person | None, channel: Channel
) -> None:
    chosen = before(notice, person)
    assert (chosen.state, chosen.sent_via) == ("sending", channel)


@pytest.mark.parametrize(
    ("notice", "person"),
    [
        (row(channel="web"), ANE),
        (row(tried=("telegram", "email")), ANE),
        (row(), replace(ANE, telegram_chat=None, email=None)),
        (row(), replace(ANE, telegram_chat=None, email="")),
        (row(), None),
    ],
)
def test_without_another_channel_the_web_inbox_has_it(notice: OutboxRow, person: Person | None) -> None:
    shown = before(notice, person, NIGHT)
    assert (shown.state, shown.sent_via, shown.sent_at) == ("sent", "web", NIGHT)


def test_a_channel_that_is_not_set_up_is_passed_over() -> None:
    mail_only = Policy(DAYS, frozenset({"email"}))
    assert before(row(), policy=mail_only).sent_via == "email"
    assert before(row(), policy=Policy(DAYS, frozenset())).sent_via == "web"
    deletion = before(row(channel="telegram_delete"), policy=mail_only)
    assert (deletion.state, deletion.reason) == ("dropped", "no_channel")


def test_a_channel_that_is_down_is_waited_for_but_an_alert_takes_the_other() -> None:
    held: dict[Channel, datetime] = {"telegram": NOW + timedelta(minutes=2)}
    waiting = before(row(), held=held)
    assert (waiting.state, waiting.due_at, waiting.attempts) == ("pending", held["telegram"], 0)
    assert before(row(delivery="alert"), held=held).sent_via == "email"
    assert before(row(delivery="alert"), replace(ANE, email=None), held=held).state == "pending"
    assert before(row(delivery="alert"), held=held | {"email": NOW + timedelta(minutes=1)}).due_at == held["telegram"]
    late = NOW + timedelta(minutes=10)
    still_held: dict[Channel, datetime] = {"telegram": late + timedelta(minutes=5)}
    assert before(row(), now=late, held=still_held).sent_via == "email"
    assert before(row(delivery="nudge"), now=late, held=still_held).due_at == still_held["telegram"]


# --- when ---


def test_what_is_mailed_to_the_calendar_anyway_is_not_mailed_instead_of_telegram_too() -> None:
    invited = row(delivery="alert")
    invited = replace(invited, wish=replace(invited.wish, template="meeting_invited"))
    later = NOW + timedelta(hours=1)
    waits = before(invited, held={"telegram": later})
    assert (waits.state, waits.due_at) == ("pending", later), "their calendar's mail has told them"
    assert before(replace(invited, tried=("telegram",))).sent_via == "web"
    for without in (replace(ANE, telegram_on=False), replace(ANE, telegram_chat=None)):
        assert before(invited, without).sent_via == "email", "no mail goes beside it"
    beside = replace(invited, wish=replace(invited.wish, channel="calendar"))
    assert before(beside, held={"telegram": later}).sent_via == "calendar"


def test_what_can_wait_waits_for_the_morning_and_uses_no_try_up() -> None:
    for delivery in ("reminder", "alert", "nudge"):
        waiting = before(row(delivery=delivery, due=NIGHT), now=NIGHT)
        assert (waiting.state, waiting.due_at, waiting.attempts) == ("pending", MORNING, 0)


def test_replies_deletions_and_red_ring_at_night() -> None:
    for notice in (
        row(delivery="turn", due=NIGHT),
        row(channel="telegram_delete", due=NIGHT),
        row(delivery="alert", red=True, due=NIGHT),
    ):
        assert before(notice, now=NIGHT).state == "sending"


def test_with_agreed_on_call_hours_red_rings_inside_them_only() -> None:
    evening = danish(CPH, [2026], opens=datetime(2026, 1, 1, 7, tzinfo=CPH).time(),
                     closes=datetime(2026, 1, 1, 20, tzinfo=CPH).time())  # fmt: skip
    policy = Policy(DAYS, BOTH, on_call=evening)
    red = row(delivery="alert", red=True, due=NOW)
    seven = datetime(2026, 11, 24, 19, 0, tzinfo=CPH).astimezone(UTC)
    assert before(red, now=seven, policy=policy).state == "sending"
    assert before(replace(red, wish=replace(red.wish, due_at=NIGHT)), now=NIGHT, policy=policy).due_at == MORNING
    assert before(row(delivery="alert"), now=seven, policy=policy).due_at == MORNING


@pytest.mark.parametrize(
    ("notice", "now", "expired"),
    [
        (row(until=NOW), NOW, True),
        (row(until=NOW + timedelta(seconds=1)), NOW, False),
        (row(delivery="turn"), NOW + timedelta(minutes=15), True),
        (row(delivery="turn"), NOW + timedelta(minutes=14), False),
        (row(delivery="nudge"), NOW + timedelta(hours=6), True),
        (row(delivery="nudge"), NOW + timedelta(hours=5), False),
        (row(delivery="nudge", due=NIGHT), MORNING + timedelta(hours=5), False),  # the night does not count
        (row(delivery="nudge", due=NIGHT), MORNING + timedelta(hours=6), True),
        (row(delivery="alert"), NOW + timedelta(days=7), True),
        (row(delivery="alert"), NOW + timedelta(days=6), False),
        (row(delivery="alert", still="case_unopened"), NOW + timedelta(days=9), False),  # its state decides
        (row(delivery="alert", red=True, due=NIGHT), NIGHT + timedelta(days=7), True),
        (row(), NOW + timedelta(days=30), False),
        (row(channel="telegram_delete"), NOW + timedelta(hours=48), True),
        (row(channel="telegram_delete"), NOW + timedelta(hours=47), False),
    ],
)
def test_what_is_of_no_use_any_more_is_dropped_with_that_reason(
    notice: OutboxRow, now: datetime, expired: bool
) -> None:
    result = before(notice, now=now)
    assert (result.state == "dropped" and result.reason == "expired") is expired


# --- after a try ---


def test_a_success_is_recorded_with_time_and_reference() -> None:
    sent = POLICY.after_success(row(via="telegram"), "42", NOW)
    assert (sent.state, sent.sent_via, sent.sent_ref, sent.sent_at) == ("sent", "telegram", "42", NOW)


@pytest.mark.parametrize("attempt", [1, 2, 3, 4, 5])
def test_what_was_not_delivered_backs_off(attempt: int) -> None:
    person = replace(ANE, email=None)
    again = POLICY.after_error(row(attempts=attempt, via="telegram"), person, TEMPORARY, NOW)
    assert (again.state, again.due_at) == ("pending", NOW + BACK_OFF[attempt - 1])
    assert (again.last_error, again.tried, again.sent_via) == ("server_error", (), None)


def test_after_the_last_back_off_it_has_failed_and_says_why() -> None:
    failed = POLICY.after_error(row(attempts=6, via="email", tried=("telegram",)), ANE, TEMPORARY, NOW)
    assert (failed.state, failed.last_error) == ("failed", "server_error")


def test_the_whole_back_off_is_the_one_in_the_design() -> None:
    assert [int(wait.total_seconds() // 60) for wait in BACK_OFF] == [1, 5, 30, 120, 720]


def test_what_must_be_seen_goes_by_the_other_channel_after_two_failures() -> None:
    for delivery in ("alert", "reminder"):
        moved = POLICY.after_error(row(delivery=delivery, attempts=2, via="telegram"), ANE, TEMPORARY, NOW)
        assert (moved.state, moved.due_at, moved.tried) == ("pending", NOW, ("telegram",))
        assert before(moved).sent_via == "email"
        stays = POLICY.after_error(replace(moved, state="sending", attempts=3, sent_via="email"), ANE, TEMPORARY, NOW)
        assert (stays.due_at, stays.tried) == (NOW + BACK_OFF[2], ("telegram",))
    nudge = POLICY.after_error(row(delivery="nudge", attempts=2, via="telegram"), ANE, TEMPORARY, NOW)
    assert nudge.tried == ()


def test_an_outage_of_the_channel_uses_up_no_tries_of_a_notice() -> None:
    until = NOW + timedelta(minutes=5)
    mailless = replace(ANE, email=None)
    waiting = POLICY.after_error(row(attempts=6, via="telegram"), mailless, TEMPORARY, NOW, until)
    assert (waiting.state, waiting.due_at, waiting.attempts) == ("pending", until, 5)
    assert (waiting.last_error, waiting.tried) == ("server_error", ())
    assert POLICY.after_error(row(via="telegram"), ANE, UNSURE, NOW, until).state == "uncertain"
    first = POLICY.after_error(row(via="telegram"), ANE, TEMPORARY, NOW, until)
    assert (first.due_at, first.tried) == (until, ())  # a reminder waits a while for a channel that comes back
    alert = POLICY.after_error(row(via="telegram", delivery="alert"), ANE, TEMPORARY, NOW, until)
    assert (alert.due_at, alert.tried) == (NOW, ("telegram",))


def test_a_closed_channel_gives_way_to_the_next_at_once() -> None:
    closed = POLICY.after_error(row(via="telegram"), ANE, GONE, NOW)
    assert (closed.state, closed.due_at, closed.tried) == ("pending", NOW, ("telegram",))
    both = POLICY.after_error(replace(before(replace(closed, state="sending")), attempts=2), ANE, GONE, NOW)
    assert both.tried == ("telegram", "email")
    assert before(replace(both, state="sending")).sent_via == "web"


def test_told_to_wait_it_waits_so_long_and_no_try_is_used_up() -> None:
    waiting = POLICY.after_error(row(attempts=6, via="telegram"), ANE, DeliveryError("flood", retry_after=7.5), NOW)
    assert (waiting.state, waiting.due_at, waiting.attempts) == ("pending", NOW + timedelta(seconds=7.5), 5)
    assert (waiting.last_error, waiting.tried) == ("flood", ())


def test_what_may_have_been_delivered_is_never_sent_again_as_the_same() -> None:
    for delivery in ("turn", "reminder", "alert", "nudge"):
        unsure = POLICY.after_error(row(delivery=delivery, via="telegram"), ANE, UNSURE, NOW)
        assert (unsure.state, unsure.tried, unsure.last_error) == ("uncertain", ("telegram",), "no_answer")


def test_an_error_before_a_channel_was_chosen_uses_none_up() -> None:
    assert POLICY.after_error(row(), ANE, GONE, NOW).tried == ()


def test_a_deletion_may_be_done_twice_so_doubt_is_only_a_delay() -> None:
    deletion = row(channel="telegram_delete", via="telegram_delete")
    assert POLICY.after_error(deletion, ANE, UNSURE, NOW).state == "pending"
    gone = POLICY.after_error(deletion, ANE, GONE, NOW)
    assert (gone.state, gone.reason) == ("dropped", "blocked")


# --- what follows an uncertain one ---


@pytest.mark.parametrize(
    ("delivery", "minutes"), [("alert", 0), ("reminder", 30), ("turn", None), ("nudge", None)]
)  # fmt: skip
def test_a_reminder_or_alert_in_doubt_is_followed_by_a_numbered_mail(
    delivery: DeliveryClass, minutes: int | None
) -> None:
    follower = POLICY.follow_up(row(delivery=delivery, key="case:7:new:ane", still="case_unopened"), NOW)
    if minutes is None:
        assert follower is None
        return
    assert follower is not None
    assert follower.dedupe_key == "case:7:new:ane~2"
    assert (number_of(follower), follower.channel, follower.still) == (2, "email", "case_unopened")
    assert follower.due_at == NOW + timedelta(minutes=minutes)


def test_the_third_is_the_last() -> None:
    second = row(delivery="alert", key="k~2")
    third = POLICY.follow_up(second, NOW)
    assert POLICY.number(second) == 2
    assert third is not None
    assert third.dedupe_key == f"k~{LAST_NUMBER}"
    assert POLICY.follow_up(replace(second, wish=third), NOW) is None


def test_a_deletion_in_doubt_is_done_again() -> None:
    follower = POLICY.follow_up(row(channel="telegram_delete", delivery="turn"), NOW)
    assert follower is not None
    assert (follower.channel, follower.due_at) == ("telegram_delete", NOW + BACK_OFF[0])


# --- properties ---

errors = st.builds(
    DeliveryError,
    st.just("code"),
    permanent=st.booleans(),
    retry_after=st.none() | st.floats(0, 3600),
    uncertain=st.booleans(),
)
rows = st.builds(
    row,
    channel=st.sampled_from(["any", "telegram", "email"]),
    delivery=st.sampled_from(["turn", "reminder", "alert", "nudge"]),
    attempts=st.integers(1, 8),
    red=st.booleans(),
    tried=st.sampled_from([(), ("telegram",), ("email",), ("telegram", "email")]),
)
people = st.builds(
    lambda chat, on, email: replace(ANE, telegram_chat=chat, telegram_on=on, email=email),
    st.sampled_from([None, 5]), st.booleans(), st.sampled_from([None, "a@example.org"]),
)  # fmt: skip


@given(rows, people, errors)
def test_every_try_ends_in_a_state_that_is_accounted_for(notice: OutboxRow, to: Person, error: DeliveryError) -> None:
    chosen = before(notice, to)
    if chosen.state != "sending":
        assert chosen.state in {"sent", "pending", "dropped"}
        return
    assert chosen.sent_via not in chosen.tried
    after = POLICY.after_error(chosen, to, error, NOW)
    assert after.state in {"pending", "uncertain", "failed"}
    assert after.last_error == "code"
    assert after.sent_via is None
    assert (after.state == "uncertain") is error.uncertain
    if after.state == "pending":
        assert after.due_at is not None
        assert after.due_at >= NOW


@given(rows, people, st.lists(errors, min_size=16, max_size=16))
def test_trying_always_comes_to_an_end(notice: OutboxRow, to: Person, faults: list[DeliveryError]) -> None:
    """A row is claimed, tried and fails until it is final; only being told to wait may go on, and `until` ends that."""
    current, tries = replace(notice, attempts=0), 0
    for error in faults:
        current = before(replace(current, state="sending", attempts=current.attempts + 1), to)
        if current.state != "sending":
            break
        if error.uncertain or error.permanent or error.retry_after is None:
            tries += 1
        current = POLICY.after_error(current, to, error, NOW)
        if current.state != "pending":
            break
    assert tries <= len(BACK_OFF) + 3


# --- pace and outages ---


def test_one_message_a_second_in_a_chat_and_no_such_limit_on_mail() -> None:
    budget = Budget()
    assert budget.ready_at("telegram", "ane") < NOW
    budget.spent("telegram", "ane", NOW)
    budget.spent("email", "bo", NOW)
    assert budget.ready_at("telegram", "ane") == NOW + timedelta(seconds=1)
    assert budget.ready_at("telegram", "bo") < NOW
    assert budget.ready_at("email", "ane") < NOW


def test_the_memory_of_chats_is_bounded() -> None:
    budget = Budget()
    for number in range(1_500):
        budget.spent("telegram", f"p{number}", NOW + timedelta(seconds=number))
    assert budget.ready_at("telegram", "p1499") > NOW
    assert budget.ready_at("telegram", "p3") < NOW


def test_three_failures_in_a_row_pause_a_channel_longer_and_longer_up_to_five_minutes() -> None:
    budget, pauses, now = Budget(), [], NOW
    for _ in range(12):
        budget.failed("telegram", TEMPORARY, now)
        until = budget.held(now).get("telegram", now)
        pauses.append(int((until - now).total_seconds()))
        now = until
    assert pauses == [0, 0, 5, 10, 20, 40, 80, 160, 300, 300, 300, 300]
    assert budget.held(now - timedelta(seconds=1)).keys() == {"telegram", "telegram_delete"}
    budget.worked("telegram_delete")
    assert budget.held(now - timedelta(seconds=1)) == {}
    budget.failed("telegram", TEMPORARY, now)
    assert budget.held(now) == {}


def test_told_to_wait_the_whole_channel_waits_since_the_limit_is_the_tokens() -> None:
    budget = Budget()
    budget.failed("telegram", DeliveryError("flood", retry_after=9), NOW)
    assert budget.held(NOW)["telegram"] == NOW + timedelta(seconds=9)
    assert budget.held(NOW + timedelta(seconds=9)) == {}


def test_one_persons_trouble_is_not_the_channels() -> None:
    budget = Budget()
    for error in (GONE, DeliveryError("greylisted"), DeliveryError("bad_request")) * 3:
        budget.failed("email", error, NOW)
    assert budget.held(NOW) == {}
    for _ in range(3):
        budget.failed("email", TEMPORARY, NOW)
    assert budget.held(NOW).keys() == {"email", "calendar"}
