"""The worker: each notice sent once or accounted for, in order, at its hour, and stopped when its reason is gone."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from itertools import pairwise
from typing import Any

import pytest

from bot.ports import DeliveryError
from bot.worker import LEASE_SECONDS
from dialogs.cases.model import Colour, Entry
from dialogs.workdays import COPENHAGEN
from tests.faults.postroom import BO, CODE, START, Postroom, a_draft, down


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


# --- deletions ---


async def test_a_deletion_is_done_on_telegram_at_any_hour_and_without_words() -> None:
    room = Postroom()
    room.clock.move(seconds=12 * 3_600)
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
    room.clock.move(seconds=2)
    await room.worker.drain()
    assert room.row("red").state == "sent"
    opened = room.row("opened").id
    assert room.store.run(lambda uow: uow.outbox.turn_off(opened, "ane"))
    room.post("early", to="ane", template="writer_opened", params={"code": CODE}, delivery="turn")
    room.telegram.outcomes = [DeliveryError("bad_request")] * 3
    await room.pass_time(60 + 300 + 40)
    room.clock.move(seconds=2)
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
