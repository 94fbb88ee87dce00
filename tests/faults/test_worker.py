"""The worker: each notice sent once or accounted for, in order, on the right channel, and stopped when resolved."""

from __future__ import annotations

import asyncio
import os
import signal
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from itertools import pairwise
from typing import Any

import pytest

from bot.ports import Conversation, DeliveryError, Receipt, StorageBusy
from bot.worker import LEASE_SECONDS, serve, wait_for_event
from dialogs.cases import Colour, Entry
from dialogs.notice_texts import NoticeText
from dialogs.workdays import COPENHAGEN
from tests.faults.postroom import ANE, BO, CODE, START, TEXTS, Postroom, a_draft, blocked, down, lost


async def test_a_due_notice_is_sent_once_with_its_link_and_recorded() -> None:
    room = Postroom()
    number = room.post()
    assert await room.worker.drain() == 1
    assert room.telegram.sent == [
        (number, 1, "Der er en ny bekymring til jer, K7RT-Måge. Farven er gul ■ lige nu. Du får den, fordi du sidder i"
         " teamet. Åbn den, før I mødes.", "https://trivsel.example.org/team/sag/c1")
    ]  # fmt: skip
    row = room.row()
    assert (row.state, row.sent_via, row.sent_ref) == ("sent", "telegram", f"ref-{number}.1")
    assert row.sent_at is not None
    assert await room.worker.drain() == 0


async def test_what_is_not_due_waits() -> None:
    room = Postroom()
    room.post(due_at=START + timedelta(hours=2))
    await room.pass_time(7_190)
    assert room.telegram.sent == []
    await room.pass_time(20)
    assert room.states() == ["sent"]


# --- no longer wanted ---


def opened(room: Postroom) -> None:
    room.change_case(opened_at=START, state="sent")


def closed(room: Postroom) -> None:
    room.change_case(state="closed", closed_at=START, answered_at=START)


def excluded(room: Postroom) -> None:
    room.change_case(excluded=("bo",))


def left(room: Postroom) -> None:
    room.store.run(lambda uow: uow.people.save(replace(BO, active=False)))


def nothing(room: Postroom) -> None:
    """The state stays as it was."""


def asked(room: Postroom) -> None:
    """A question stays open in whatever state the case is, until it is answered."""
    room.store.run(lambda uow: uow.cases.add_entry(Entry("c1", "asked", "bo", START, START, {"text": "Hvornår?"})))


def asked_and_answered(room: Postroom) -> None:
    asked(room)
    room.store.run(lambda uow: uow.cases.add_entry(Entry("c1", "replied", "ane", START, START, {"text": "I går."})))


def handed_over(room: Postroom) -> None:
    room.change_case(follow_up=date(2026, 12, 1), owner_id="another")


def lowering(room: Postroom) -> None:
    room.change_case(colour=Colour("red", "red", lowering_by="bo"))


def follow_up(room: Postroom) -> None:
    room.change_case(follow_up=date(2026, 12, 1))


@pytest.mark.parametrize(
    ("change", "values", "reason"),
    [
        (opened, {"still": "case_unopened"}, "opened"),
        (nothing, {"still": "case_unopened"}, None),
        (closed, {}, "case_closed"),
        (closed, {"template": "writer_closed"}, None),
        (closed, {"template": "writer_decided"}, None),
        (excluded, {}, "excluded"),
        (left, {}, "person_gone"),
        (nothing, {"to": "nobody"}, "person_gone"),
        (nothing, {"case_id": "c9"}, "case_gone"),
        (asked, {"still": "question_open"}, None),
        (nothing, {"still": "question_open"}, "question_answered"),
        (asked_and_answered, {"still": "question_open"}, "question_answered"),
        (handed_over, {"still": "followup_open", "template": "followup_due"}, "handed_over"),
        (lowering, {"still": "lowering_open"}, None),
        (nothing, {"still": "lowering_open"}, "lowering_settled"),
        (follow_up, {"still": "followup_open", "params": {"code": CODE, "date": "2026-12-01"}}, None),
        (follow_up, {"still": "followup_open", "params": {"code": CODE}}, None),
        (follow_up, {"still": "followup_open", "params": {"code": CODE, "date": "2026-11-24"}}, "followed_up"),
        (nothing, {"still": "followup_open"}, "followed_up"),
        (nothing, {"until": START}, "expired"),
        (nothing, {"still": ""}, None),
        (nothing, {"still": "a_code_of_tomorrow"}, None),  # content-free and late is better than silence
    ],
)
async def test_a_notice_stops_itself_when_its_reason_is_gone(
    change: Callable[[Postroom], None], values: dict[str, Any], reason: str | None
) -> None:
    room = Postroom()
    change(room)
    room.post(**values)
    await room.worker.drain()
    row = room.row()
    assert (row.state, row.reason) == (("sent", None) if reason is None else ("dropped", reason))
    assert len(room.telegram.sent) == (reason is None)
    assert row.attempts == (1 if reason is None else row.attempts)


@pytest.mark.parametrize(
    ("draft", "still", "reason"),
    [
        (a_draft(), "draft_open", None),
        (a_draft(status="discarded"), "draft_open", "draft_discarded"),
        (a_draft(status="submitted"), "draft_short", "draft_submitted"),
        (a_draft(answers={"q00_udgave": ("kort",)}), "draft_short", None),
        (a_draft(answers={"q00_udgave": ("hele",)}), "draft_short", "draft_not_short"),
        (a_draft(expires_at=START), "draft_open", "draft_expired"),
        (replace(a_draft(), owner="bo"), "draft_open", "draft_gone"),
        (None, "draft_open", "draft_gone"),
    ],
)
async def test_a_reminder_about_a_draft_stops_with_the_draft(draft: Any, still: str, reason: str | None) -> None:
    room = Postroom()
    if draft is not None:
        room.store.run(lambda uow: uow.drafts.add(draft))
    room.post(to="ane", template="draft_rest", case_id=None, draft_id="d1", still=still, params={"code": CODE})
    await room.worker.drain()
    assert (room.row().state, room.row().reason) == (("sent", None) if reason is None else ("dropped", reason))


# --- trouble on the way ---


async def test_what_was_not_delivered_is_tried_again_and_then_arrives() -> None:
    room = Postroom()
    room.post(delivery="turn")
    room.telegram.outcomes = [down(), down()]
    await room.pass_time(60 + 300 + 60)
    assert [attempt for _, attempt, _, _ in room.telegram.sent] == [1, 2, 3]
    assert room.states() == ["sent"]


async def test_a_whole_outage_sends_what_must_be_seen_by_mail_and_the_rest_later() -> None:
    room = Postroom()
    room.post("alert", delivery="alert")
    room.post("nudge", to="ane", template="draft_waiting", delivery="nudge", case_id=None, draft_id="d1")
    room.telegram.always = down()
    await room.pass_time(3_600)
    assert (room.row("alert").state, room.row("alert").sent_via) == ("sent", "email")
    assert room.row("nudge").state == "pending"
    room.telegram.always = None
    await room.pass_time(4 * 3_600)
    assert (room.row("nudge").state, room.row("nudge").sent_via) == ("sent", "telegram")


async def test_a_person_who_blocked_the_bot_gets_mail_from_then_on() -> None:
    room = Postroom()
    room.post("one")
    room.post("two", case_id="c1")
    room.telegram.outcomes = [blocked()]
    await room.pass_time(5)
    assert [row.sent_via for row in room.rows()] == ["email", "email"]
    assert len(room.telegram.sent) == 1
    assert room.store.run(lambda uow: uow.people.get("bo")).telegram_on is False
    assert room.store.run(lambda uow: uow.people.get("ane")).telegram_on is True


async def test_when_every_channel_is_closed_the_web_inbox_has_it() -> None:
    room = Postroom()
    room.post()
    room.telegram.outcomes = [blocked()]
    room.email.outcomes = [DeliveryError("bad_address", permanent=True)]
    await room.worker.drain()
    assert (room.row().state, room.row().sent_via, room.row().tried) == ("sent", "web", ("telegram", "email"))


@pytest.mark.parametrize("delivery", ["reminder", "alert"])
async def test_a_notice_in_doubt_is_followed_by_a_numbered_mail_and_never_repeated(delivery: str) -> None:
    room = Postroom()
    room.post(delivery=delivery)
    room.telegram.outcomes = [lost()]
    await room.pass_time(3_600)
    assert room.states() == ["uncertain", "sent"]
    assert len(room.telegram.sent) == 1
    ((_, _, text, _),) = room.email.sent
    assert text.startswith("Det er påmindelse 2. ")
    assert room.rows()[1].sent_via == "email"


@pytest.mark.parametrize("delivery", ["turn", "nudge"])
async def test_a_reply_or_nudge_in_doubt_is_let_go_with_a_record(delivery: str) -> None:
    room = Postroom()
    room.post(delivery=delivery)
    room.telegram.outcomes = [lost()]
    await room.pass_time(3_600)
    assert [(row.state, row.last_error) for row in room.rows()] == [("uncertain", "no_answer")]


async def test_doubt_upon_doubt_ends_after_the_third() -> None:
    room = Postroom()
    room.post(delivery="alert")
    room.telegram.always = room.email.always = lost()
    await room.pass_time(7_200)
    assert room.states() == ["uncertain"] * 3
    assert len({text for _, _, text, _ in room.telegram.sent + room.email.sent}) == 3


async def test_the_follower_stops_itself_when_the_first_did_arrive_and_was_acted_on() -> None:
    room = Postroom()
    room.post(still="case_unopened")
    room.telegram.outcomes = [lost()]
    await room.worker.drain()
    opened(room)
    await room.pass_time(3_600)
    assert [(row.state, row.reason) for row in room.rows()] == [("uncertain", None), ("dropped", "opened")]
    assert room.email.sent == []


async def test_told_to_wait_everybody_waits_and_nothing_is_lost() -> None:
    room = Postroom()
    for number in range(4):
        room.post(f"k{number}", to="ane" if number % 2 else "bo")
    room.telegram.outcomes = [DeliveryError("flood", retry_after=20.0)]
    await room.worker.drain()
    assert len(room.telegram.sent) == 1
    await room.pass_time(60, step=5)
    assert room.states() == ["sent"] * 4
    assert [attempt for _, attempt, _, _ in room.telegram.sent] == [1, 1, 1, 1, 1]


async def test_an_unknown_mistake_while_sending_counts_as_doubt_and_the_next_goes_on() -> None:
    room = Postroom()
    room.post("one", delivery="nudge")
    room.post("two", to="ane", delivery="nudge")
    room.telegram.outcomes = [RuntimeError("something with Ane in it")]
    await room.worker.drain()
    assert room.states() == ["uncertain", "sent"]
    assert room.row("one").last_error == "unexpected"


async def test_a_send_that_hangs_is_cut_off_and_counts_as_doubt(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("bot.worker.SEND_SECONDS", 0.01)
    room = Postroom()
    room.post(delivery="nudge")

    async def hang(*_: Any) -> str:
        await asyncio.Event().wait()
        raise AssertionError("nothing ends this")

    room.telegram.send = hang  # type: ignore[method-assign] # a messenger that never comes back
    await room.worker.drain()
    assert (room.row().state, room.row().last_error) == ("uncertain", "timeout")


async def test_a_row_that_cannot_be_written_is_shown_as_failed_and_the_queue_goes_on() -> None:
    room = Postroom()
    room.post("bad", params={"code": "Sofie Holm 010203-1234"})
    room.post("worse", template="no_such_template")
    room.post("good", to="ane")
    await room.worker.drain()
    assert [(row.state, row.last_error) for row in room.rows()] == [
        ("failed", "bad_notice"), ("failed", "bad_notice"), ("sent", None),
    ]  # fmt: skip
    assert len(room.telegram.sent) == 1


async def test_a_mistake_of_ours_over_one_row_does_not_stop_the_rest(caplog: pytest.LogCaptureFixture) -> None:
    class Odd:
        """The notices, with a mistake in one of them."""

        def render(self, template: str, params: Any, **ids: Any) -> NoticeText:
            if template == "team_red":
                raise KeyError("Sofie Holm")
            return TEXTS.render(template, params, **ids)

    room = Postroom(texts=Odd())
    room.post("odd", template="team_red")
    room.post("good", to="ane")
    await room.worker.drain()
    assert [(row.state, row.last_error) for row in room.rows()] == [("failed", "unexpected"), ("sent", None)]
    assert "Sofie" not in caplog.text


async def test_a_channel_without_a_messenger_gives_way() -> None:
    room = Postroom()
    room.worker = room.new_worker()
    room.post()
    del room.worker._out.messengers["telegram"]  # type: ignore[attr-defined] # a set-up mistake: named, not connected
    await room.pass_time(120)
    assert room.row().sent_via == "email"
    assert room.store.run(lambda uow: uow.people.get("bo")).telegram_on is True


# --- deletions ---


async def test_a_deletion_is_done_on_telegram_at_any_hour_and_without_words() -> None:
    room = Postroom()
    room.clock.pass_by(12 * 3_600)
    values = {"params": {"chat": 1001, "message": 5}, "channel": "telegram_delete", "case_id": None}
    room.post(to="ane", template="telegram_delete", **values)
    room.post("gone", to="nobody", template="telegram_delete", **values)
    await room.worker.drain()
    assert room.states() == ["sent", "sent"]
    assert [(text, link) for _, _, text, link in room.telegram.sent] == [("", None), ("", None)]


# --- order, pace, quiet hours ---


async def test_one_person_gets_notices_in_order_and_a_second_apart() -> None:
    room = Postroom()
    times: list[datetime] = []
    room.telegram.during = lambda: times.append(room.clock.at)
    for number in range(5):
        room.post(f"k{number}")
    await room.pass_time(20, step=0.5)
    assert [row for row, *_ in room.telegram.sent] == [row.id for row in room.rows()]
    assert all(later - earlier >= timedelta(seconds=1) for earlier, later in pairwise(times))


async def test_a_later_notice_about_the_same_case_waits_for_the_one_that_is_tried_again() -> None:
    room = Postroom()
    room.post("opened", to="ane", template="writer_opened", params={"code": CODE}, delivery="turn")
    room.post("decided", to="ane", template="writer_decided", params={"code": CODE}, delivery="turn")
    room.post("other", to="bo")
    room.telegram.outcomes = [down()]
    await room.pass_time(30, step=1)
    assert [row for row, *_ in room.telegram.sent] == [room.row("opened").id, room.row("other").id]
    await room.pass_time(60, step=1)
    assert [row for row, *_ in room.telegram.sent][2:] == [room.row("opened").id, room.row("decided").id]


async def test_nothing_waits_for_long_behind_a_notice_in_trouble_and_red_waits_for_nothing() -> None:
    room = Postroom()
    room.post("opened", to="ane", template="writer_opened", params={"code": CODE}, delivery="turn")
    room.telegram.outcomes = [down()]
    await room.worker.drain()
    room.post("red", to="ane", template="writer_raised", params={"code": CODE}, delivery="alert", red=True)
    room.clock.pass_by(2)
    await room.worker.drain()
    assert room.row("red").state == "sent"
    room.store.run(lambda uow: uow.outbox.cancel(case_id="c1", reason="test"))
    room.post("early", to="ane", template="writer_opened", params={"code": CODE}, delivery="turn")
    room.telegram.outcomes = [DeliveryError("bad_request")] * 3
    await room.pass_time(60 + 300 + 40)
    room.clock.pass_by(2)
    room.post("late", to="ane", template="writer_decided", params={"code": CODE}, delivery="turn")
    await room.worker.drain()
    assert (room.row("early").state, room.row("late").state) == ("pending", "sent")


async def test_a_notice_waits_while_another_worker_sends_an_earlier_one_to_the_same_person() -> None:
    room = Postroom()
    room.post("one")
    room.post("two")
    room.store.run(lambda uow: uow.outbox.claim(room.clock.at, "another", LEASE_SECONDS, 1))
    await room.worker.drain()
    assert room.telegram.sent == []
    assert [row.state for row in room.rows()] == ["sending", "pending"]
    assert room.row("two").attempts == 0


async def test_quiet_hours_weekends_and_christmas_hold_back_what_can_wait() -> None:
    room = Postroom()
    room.clock.at = datetime(2026, 12, 23, 18, 0, tzinfo=COPENHAGEN).astimezone(UTC)
    room.post()
    await room.pass_time(4 * 86_400, step=3_600)
    assert room.telegram.sent == []
    await room.pass_time(86_400, step=3_600)
    sent_at = room.row().sent_at
    assert sent_at is not None
    assert sent_at.astimezone(COPENHAGEN).strftime("%d.%m %H") == "28.12 07"
    assert room.row().attempts == 1


async def test_red_rings_at_night() -> None:
    room = Postroom()
    room.clock.at = datetime(2026, 11, 24, 23, 0, tzinfo=COPENHAGEN).astimezone(UTC)
    room.post(template="team_red", delivery="alert", red=True)
    await room.worker.drain()
    assert room.states() == ["sent"]


# --- leases, two workers, a lost database ---


async def test_what_a_dead_worker_left_becomes_uncertain_and_is_followed_not_repeated() -> None:
    room = Postroom()
    room.post("left", delivery="alert")
    room.store.run(lambda uow: uow.outbox.claim(room.clock.at, "dead", LEASE_SECONDS, 1))
    await room.worker.drain()
    assert room.states() == ["sending"]
    room.clock.pass_by(LEASE_SECONDS)
    await room.worker.drain()
    assert room.states() == ["uncertain", "sent"]
    assert room.telegram.sent == []
    assert room.email.sent[0][2].startswith("Det er påmindelse 2.")


async def test_two_workers_never_send_the_same_row() -> None:
    room = Postroom()
    numbers = [room.post(f"k{number}", to="ane" if number % 2 else "bo", case_id="c1") for number in range(40)]
    two = room.new_worker()
    while room.store.run(lambda uow: uow.outbox.next_due()) is not None:
        await asyncio.gather(room.worker.drain(), two.drain())
        room.clock.pass_by(1)
    assert sorted(row for row, *_ in room.telegram.sent) == numbers
    assert set(room.states()) == {"sent"}


async def test_a_result_that_comes_after_the_lease_is_gone_changes_nothing() -> None:
    room = Postroom()
    room.post(delivery="nudge")
    room.telegram.seconds = LEASE_SECONDS + 1

    def rescued() -> None:
        room.store.run(lambda uow: uow.outbox.rescue(room.clock.at))

    room.telegram.during = rescued
    await room.worker.drain()
    assert room.states() == ["uncertain"]


class Flaky:
    """A store that is busy at chosen moments: before the work, or after it has been rolled back."""

    def __init__(self, inner: Any, busy_at: set[int]) -> None:
        self.inner, self.busy_at, self.calls = inner, busy_at, 0

    def run(self, work: Callable[[Any], Any]) -> Any:
        return self.inner.run(work)

    async def submit(self, work: Callable[[Any], Any]) -> Any:
        self.calls += 1
        if self.calls in self.busy_at:
            raise StorageBusy("full")
        return await self.inner.submit(work)


@pytest.mark.parametrize("busy", range(1, 9))
async def test_a_database_that_is_busy_at_any_one_call_costs_no_notice_and_doubles_none(busy: int) -> None:
    room = Postroom()
    room.post("one")
    room.post("two", to="ane")
    inner, room.store = room.store, Flaky(room.store, {busy, busy + 1})
    room.worker = room.new_worker()
    for _ in range(6):
        try:
            await room.worker.drain()
        except StorageBusy:
            room.clock.pass_by(1)
    room.store = inner
    assert room.states() == ["sent", "sent"]
    assert len(room.telegram.sent) == 2


async def test_when_the_outcome_cannot_be_written_the_row_is_rescued_as_uncertain() -> None:
    room = Postroom()
    room.post(delivery="nudge")
    inner = room.store
    room.store = Flaky(inner, set(range(2, 200)))
    room.worker = room.new_worker()
    with pytest.raises(StorageBusy):
        await room.worker.drain()
    room.store = inner
    room.worker = room.new_worker()
    room.clock.pass_by(LEASE_SECONDS)
    await room.worker.drain()
    assert room.states() == ["uncertain"]
    assert len(room.telegram.sent) == 1


# --- the loop ---


async def run_for(room: Postroom, seconds: float) -> None:
    """Run the real loop until so much time has gone by on the clock."""
    end = room.clock.at + timedelta(seconds=seconds)

    async def wait(event: asyncio.Event, length: float) -> None:
        room.clock.pass_by(length)
        if room.clock.at >= end:
            room.worker.stop()
        await asyncio.sleep(0)

    room.wait = wait  # type: ignore[method-assign] # the same clock, and a stop at the end
    room.worker = room.new_worker()
    await room.worker.run()


async def test_the_loop_sends_what_comes_and_tells_how_it_is() -> None:
    room = Postroom()
    assert room.worker.status()["seconds_since_look"] is None
    room.post()
    room.post("later", to="ane", due_at=START + timedelta(seconds=30))
    await run_for(room, 130)
    assert room.states() == ["sent", "sent"]
    status = room.worker.status()
    assert status["stopping"] is True
    assert status["trouble"] is None
    assert status["held"] == {}
    assert isinstance(status["rows"], dict)
    assert status["rows"]["sent"] == 2
    assert isinstance(status["seconds_since_look"], float)


async def test_stop_finishes_the_one_in_flight_and_starts_no_other() -> None:
    room = Postroom()
    room.post("one")
    room.post("two", to="ane")
    room.telegram.during = room.worker.stop
    await room.worker.run()
    assert room.states() == ["sent", "pending"]
    assert room.row("two").attempts == 0


async def test_the_loop_outlives_a_busy_database_and_mistakes_and_names_them(caplog: pytest.LogCaptureFixture) -> None:
    room = Postroom()
    room.post()
    troubles: list[Any] = []

    def bad_chore(uow: Any, now: datetime) -> None:
        troubles.append(room.worker.status()["trouble"])
        if len(troubles) == 1:
            raise RuntimeError("Sofie Holm")

    room.chores.append(bad_chore)
    inner, room.store = room.store, Flaky(room.store, {2, 3})
    await run_for(room, 200)
    room.store = inner
    assert room.states() == ["sent"]
    assert len(troubles) >= 2
    assert room.worker.status()["trouble"] is None
    assert "Sofie" not in caplog.text
    assert "RuntimeError" in caplog.text


async def test_the_loop_names_a_busy_database_while_it_lasts() -> None:
    room = Postroom()
    inner, room.store = room.store, Flaky(room.store, set(range(1, 500)))
    await run_for(room, 20)
    room.store = inner
    assert room.worker.status()["trouble"] == "storage_busy"


async def test_chores_run_each_minute_and_the_sweep_forgets_what_is_old() -> None:
    room = Postroom()
    times: list[datetime] = []
    room.chores.append(lambda uow, now: times.append(now))

    def fill(uow: Any) -> None:
        uow.receipts.put(Receipt("old", {}, START - timedelta(hours=73)))
        uow.receipts.put(Receipt("new", {}, START - timedelta(hours=71)))
        uow.drafts.add(a_draft(expires_at=START))
        uow.drafts.add(replace(a_draft(), id="d2"))
        uow.conversations.save(Conversation("ane", "draft:d1", pending="hans ord", reply={"cards": []}))

    room.store.run(fill)
    room.post("about", to="ane", template="draft_expiring", draft_id="d1", due_at=START + timedelta(days=1))
    await run_for(room, 130)
    assert len(times) == 3

    def look(uow: Any) -> Any:
        return uow.receipts.get("old"), uow.receipts.get("new"), uow.drafts.get("d1"), uow.drafts.get("d2")

    old, new, gone, kept = room.store.run(look)
    assert (old, gone) == (None, None)
    assert new is not None
    assert kept is not None
    conversation = room.store.run(lambda uow: uow.conversations.get("ane"))
    assert (conversation.place, conversation.pending, conversation.reply) == ("", None, None)
    assert (room.row("about").state, room.row("about").reason) == ("dropped", "draft_expired")


async def test_a_conversation_about_something_else_is_left_alone() -> None:
    room = Postroom()

    def fill(uow: Any) -> None:
        uow.drafts.add(a_draft(expires_at=START))
        uow.conversations.save(Conversation("ane", "draft:d2"))

    room.store.run(fill)
    await run_for(room, 2)
    assert room.store.run(lambda uow: uow.conversations.get("ane")).place == "draft:d2"


async def test_waking_ends_the_wait_at_once() -> None:
    room = Postroom()
    waits = 0

    async def wait(event: asyncio.Event, seconds: float) -> None:
        nonlocal waits
        waits += 1
        if waits == 1:
            room.post()
            room.worker.wake()
            await wait_for_event(event, 60.0)  # returns now, since somebody has called
        else:
            room.worker.stop()

    room.wait = wait  # type: ignore[method-assign] # a waiter that lets a second notice come
    room.worker = room.new_worker()
    async with asyncio.timeout(5):
        await room.worker.run()
    assert room.states() == ["sent"]


async def test_a_worker_process_stops_at_sigterm_with_the_one_in_flight_recorded() -> None:
    room = Postroom()
    room.post("one")
    room.post("two", to="ane")
    room.telegram.during = lambda: os.kill(os.getpid(), signal.SIGTERM)
    real = asyncio.get_running_loop()

    async def wait(event: asyncio.Event, seconds: float) -> None:
        await real.run_in_executor(None, lambda: None)  # the loop turns, so that the signal is seen

    room.wait = wait  # type: ignore[method-assign] # a waiter without a clock
    room.worker = room.new_worker()
    try:
        async with asyncio.timeout(10):
            await serve(room.worker)
    finally:
        for name in (signal.SIGTERM, signal.SIGINT):
            real.remove_signal_handler(name)
    assert room.row("one").state == "sent"
    assert "sending" not in room.states()


async def test_the_real_waiter_gives_up_after_its_time() -> None:
    event = asyncio.Event()
    await wait_for_event(event, 0.001)
    assert not event.is_set()


# --- an outage of six hours, in virtual time (T17) ---


async def test_six_hours_without_telegram_lose_nothing_keep_the_order_and_are_caught_up_in_ten_minutes(
    notices: int = 100,  # 1,000 takes a minute of a test's time and ends the same
) -> None:
    room = Postroom(channels=("telegram",))
    people = [replace(ANE, id=f"p{number}", telegram_chat=5_000 + number) for number in range(50)]

    def fill(uow: Any) -> None:
        for person in people:
            uow.people.add(person)

    room.store.run(fill)
    room.telegram.always = down()
    for number in range(notices):
        person = people[number % 50].id
        room.post(f"k{number}", to=person, template="writer_opened", params={"code": CODE}, case_id="c1")
    room.post("dead", to="bo", until=START + timedelta(hours=1))
    await room.pass_time(6 * 3_600, step=60)
    assert room.row("dead").reason == "expired"
    tries = len(room.telegram.sent)
    assert tries < 300  # a channel that is down is asked now and then, not by every notice
    room.telegram.always, room.telegram.sent, room.telegram.people = None, [], []
    await room.pass_time(600, step=1)
    assert room.states().count("sent") == notices
    by_person: dict[str, list[int]] = {}
    for person, (row, *_) in zip(room.telegram.people, room.telegram.sent, strict=True):
        by_person.setdefault(person, []).append(row)
    assert all(rows == sorted(rows) for rows in by_person.values())
    assert len(by_person) == 50
