"""The worker in trouble: what was refused, lost, in doubt or left by a dead worker, and six hours without Telegram."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from bot.ports import DeliveryError, StorageBusy
from bot.worker import LEASE_SECONDS
from dialogs.notice_texts import NoticeText
from tests.faults.postroom import ANE, CODE, START, TEXTS, Flaky, Postroom, blocked, down, lost

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
    room.change_case(opened_at=START, state="sent")
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


# --- leases, two workers, a lost database ---


async def test_what_a_dead_worker_left_becomes_uncertain_and_is_followed_not_repeated() -> None:
    room = Postroom()
    room.post("left", delivery="alert")
    room.store.run(lambda uow: uow.outbox.claim(room.clock.at, "dead", LEASE_SECONDS, 1))
    await room.worker.drain()
    assert room.states() == ["sending"]
    room.clock.move(seconds=LEASE_SECONDS)
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
        room.clock.move(seconds=1)
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
            room.clock.move(seconds=1)
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
    room.clock.move(seconds=LEASE_SECONDS)
    await room.worker.drain()
    assert room.states() == ["uncertain"]
    assert len(room.telegram.sent) == 1


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
