"""What every store promises about the outbox."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

import pytest

from dialogs.notices import OutboxRow
from tests.contracts.stores import (
    NOW,
    a_wish,
)


def minutes(number: int) -> datetime:
    """So many minutes after now."""
    return NOW + timedelta(minutes=number)


def added(opened: Any, *wishes: Any) -> None:
    """Store the wishes in this order."""
    assert opened.run(lambda u: all([u.outbox.add(wish) for wish in wishes]))


def claimed(opened: Any, token: str = "t1", at: datetime = NOW, limit: int = 10) -> list[OutboxRow]:
    """Lease for a minute."""
    return list(opened.run(lambda u: u.outbox.claim(at, token, 60, limit)))


def test_a_wish_comes_back_whole_and_waits(store: Any) -> None:
    wish = a_wish(channel="email", delivery="alert", until=minutes(9), case_id="c", draft_id="d", still="x", red=True)
    added(store, wish)
    assert store.run(lambda u: (u.outbox.get(1), u.outbox.get(2))) == (OutboxRow(1, wish, due_at=NOW), None)


def test_every_notice_about_a_case_is_found_the_oldest_first(store: Any) -> None:
    added(store, a_wish("b", case_id="c1"), a_wish("x", case_id="c2"), a_wish("a", case_id="c1", recipient="ada"))
    assert [row.wish.dedupe_key for row in store.run(lambda u: u.outbox.of_case("c1"))] == ["b", "a"]
    assert store.run(lambda u: list(u.outbox.of_case("c3"))) == []


def test_a_dedupe_key_counts_once_whatever_became_of_the_first(store: Any) -> None:
    added(store, a_wish())
    assert store.run(lambda u: u.outbox.add(a_wish(due_at=minutes(5)))) is False
    (row,) = claimed(store)
    store.run(lambda u: u.outbox.finish(replace(row, state="sent", sent_at=NOW), "t1"))
    assert store.run(lambda u: (u.outbox.add(a_wish()), u.outbox.count()["sent"])) == (False, 1)


def test_a_claim_leases_due_rows_in_due_order_and_no_other(store: Any) -> None:
    added(
        store, a_wish("late", due_at=minutes(1)), a_wish("b"), a_wish("a", due_at=minutes(-1)), a_wish("c"), a_wish("d")
    )
    rows = claimed(store, limit=3)
    assert [row.wish.dedupe_key for row in rows] == ["a", "b", "c"]
    assert {(r.state, r.attempts, r.lease_token, r.lease_until) for r in rows} == {("sending", 1, "t1", minutes(1))}
    assert [store.run(lambda u, r=row: u.outbox.get(r.id)) for row in rows] == rows
    assert [row.wish.dedupe_key for row in claimed(store, "t2")] == ["d"]
    assert claimed(store, "t3") == []


def test_a_finished_row_holds_its_outcome_and_gives_its_lease_back(store: Any) -> None:
    added(store, a_wish())
    (row,) = claimed(store)
    done = replace(row, state="sent", sent_via="email", sent_ref="<1@x>", sent_at=NOW, tried=("telegram",))
    assert store.run(lambda u: u.outbox.finish(done, "t1")) is True
    assert store.run(lambda u: u.outbox.get(1)) == replace(done, lease_token=None, lease_until=None)
    assert store.run(lambda u: u.outbox.finish(done, "t1")) is False


def test_only_the_holder_of_the_lease_can_finish(store: Any) -> None:
    added(store, a_wish())
    (row,) = claimed(store)
    assert store.run(lambda u: u.outbox.finish(replace(row, state="sent"), "other")) is False
    assert store.run(lambda u: u.outbox.finish(replace(row, id=99, state="sent"), "t1")) is False
    assert store.run(lambda u: u.outbox.get(1)) == row


def test_a_row_put_back_waits_for_its_new_time_and_counts_its_attempts(store: Any) -> None:
    added(store, a_wish())
    (row,) = claimed(store)
    back = replace(row, state="pending", due_at=minutes(5), last_error="timeout")
    store.run(lambda u: u.outbox.finish(back, "t1"))
    assert store.run(lambda u: u.outbox.next_due()) == minutes(5)
    assert claimed(store, at=minutes(4)) == []
    (again,) = claimed(store, at=minutes(5))
    assert (again.attempts, again.last_error, again.wish.due_at) == (2, "timeout", NOW)


def test_sending_is_not_an_outcome(store: Any) -> None:
    added(store, a_wish())
    (row,) = claimed(store)
    with pytest.raises(ValueError, match="outcome"):
        store.run(lambda u: u.outbox.finish(row, "t1"))


def test_a_lease_that_ran_out_becomes_uncertain_and_is_never_sent_again_by_itself(store: Any) -> None:
    added(store, a_wish("a"), a_wish("b", due_at=minutes(-1)), a_wish("c", due_at=minutes(3)))
    rows = claimed(store)
    assert store.run(lambda u: u.outbox.rescue(minutes(0))) == []
    rescued = store.run(lambda u: u.outbox.rescue(minutes(1)))
    assert [(r.wish.dedupe_key, r.state, r.last_error, r.lease_token) for r in rescued] == [
        ("b", "uncertain", "lease_expired", None),
        ("a", "uncertain", "lease_expired", None),
    ]
    assert store.run(lambda u: u.outbox.finish(replace(rows[0], state="sent"), "t1")) is False
    assert claimed(store, at=minutes(2)) == []


def test_pending_rows_about_a_draft_can_be_cancelled_and_no_other(store: Any) -> None:
    added(store, a_wish("sent", draft_id="d1", due_at=minutes(-1)))
    (row,) = claimed(store)
    added(store, a_wish("draft", draft_id="d1"), a_wish("case", case_id="d1"), a_wish("other", draft_id="d2"))
    assert store.run(lambda u: u.outbox.cancel("d1", "discarded")) == 1
    dropped = store.run(lambda u: u.outbox.listing(["dropped"]))
    assert [(r.wish.dedupe_key, r.reason) for r in dropped] == [("draft", "discarded")]
    assert store.run(lambda u: u.outbox.get(row.id)) == row


def test_every_state_is_counted_and_listed_newest_first(store: Any) -> None:
    added(store, *(a_wish(f"k{n}", recipient="bo" if n % 2 else "ada", due_at=minutes(n)) for n in range(5)))
    claimed(store)
    expected = {"pending": 4, "sending": 1, "sent": 0, "uncertain": 0, "dropped": 0, "failed": 0}
    assert store.run(lambda u: u.outbox.count()) == expected
    listed = store.run(lambda u: u.outbox.listing(["pending", "sending"], 2))
    assert [row.wish.dedupe_key for row in listed] == ["k4", "k3"]
    assert store.run(lambda u: u.outbox.listing([])) == []


@pytest.mark.parametrize(
    ("state", "again"),
    [("failed", True), ("uncertain", True), ("sent", False), ("dropped", False), ("pending", False)],
)
def test_only_a_failed_or_uncertain_row_can_be_tried_again(store: Any, state: Any, again: bool) -> None:
    added(store, a_wish())
    (row,) = claimed(store)
    fate = replace(row, state=state, tried=("telegram",), last_error="blocked", reason="r", due_at=minutes(9))
    store.run(lambda u: u.outbox.finish(fate, "t1"))
    assert store.run(lambda u: (u.outbox.retry(1, minutes(1)), u.outbox.retry(2, NOW))) == (again, False)
    after = store.run(lambda u: u.outbox.get(1))
    expected = ("pending", minutes(1), (), None) if again else (state, minutes(9), ("telegram",), "blocked")
    assert (after.state, after.due_at, after.tried, after.last_error) == expected


def test_nothing_is_due_when_nothing_waits(store: Any) -> None:
    assert store.run(lambda u: (u.outbox.next_due(), u.outbox.rescue(NOW), u.outbox.claim(NOW, "t", 1, 1))) == (
        None,
        [],
        [],
    )


def test_a_wish_of_a_work_that_failed_was_never_there(store: Any) -> None:
    added(store, a_wish("a"))

    def fails(unit: Any) -> None:
        unit.outbox.add(a_wish("b"))
        raise RuntimeError

    with pytest.raises(RuntimeError):
        store.run(fails)
    added(store, a_wish("b"))
    assert [row.wish.dedupe_key for row in store.run(lambda u: u.outbox.listing(["pending"]))] == ["b", "a"]


def test_a_turn_on_a_road_is_given_once_and_the_road_is_everybodys(store: Any) -> None:
    gap = timedelta(milliseconds=40)
    turns = [store.run(lambda u: u.outbox.take_turn("telegram:a", NOW, gap)) for _ in range(3)]
    assert turns == [NOW, NOW + gap, NOW + 2 * gap]
    later = NOW + timedelta(seconds=5)
    assert store.run(lambda u: u.outbox.take_turn("telegram:a", later, gap)) == later
    assert store.run(lambda u: u.outbox.take_turn("telegram:b", NOW, gap)) == NOW


def test_an_answer_and_red_stand_before_what_was_due_long_ago(filled: Any) -> None:
    rows = {
        "reminder": a_wish("reminder", due_at=NOW - timedelta(hours=1)),
        "red": a_wish("red", red=True),
        "turn": a_wish("turn", delivery="turn", due_at=NOW - timedelta(seconds=1)),
    }
    filled.run(lambda u: [u.outbox.add(wish) for wish in rows.values()])
    taken = [filled.run(lambda u: u.outbox.claim(NOW, "t", 60, 1))[0].wish.dedupe_key for _ in rows]
    assert taken == ["turn", "red", "reminder"]


def test_an_alert_stands_before_what_was_planned_for_many(filled: Any) -> None:
    wishes = [
        *(a_wish(f"soon{n}", template="meeting_soon", due_at=NOW - timedelta(hours=1)) for n in range(2)),
        a_wish("alert", template="team_new", delivery="alert"),
        a_wish("opened", template="writer_opened", due_at=NOW - timedelta(minutes=1)),
    ]
    filled.run(lambda u: [u.outbox.add(wish) for wish in wishes])
    taken = [filled.run(lambda u: u.outbox.claim(NOW, "t", 60, 1))[0].wish.dedupe_key for _ in wishes]
    assert taken == ["opened", "alert", "soon0", "soon1"]


def test_only_ones_own_waiting_notices_are_gathered_and_each_once(filled: Any) -> None:
    filled.run(lambda u: [u.outbox.add(a_wish(key)) for key in ("a", "b", "c")])
    (taken,) = claimed(filled, limit=1)
    later = NOW + timedelta(minutes=2)
    assert filled.run(lambda u: list(u.outbox.gather([1, 2, 3, 9], "ada", "gathered:i dag", later))) == []
    assert filled.run(lambda u: list(u.outbox.gather([1, 2, 3, 9], "bo", "gathered:i dag", later))) == [2, 3]
    assert filled.run(lambda u: list(u.outbox.gather([2, 3], "bo", "gathered:i morgen", later))) == []
    row = filled.run(lambda u: u.outbox.get(2))
    assert (row.state, row.sent_via, row.sent_at, row.reason) == ("sent", "web", later, "gathered:i dag")
    assert filled.run(lambda u: u.outbox.get(taken.id)).state == "sending"
    assert filled.run(lambda u: list(u.outbox.gather([], "bo", "gathered:i dag", later))) == []


def test_only_ones_own_waiting_notice_is_put_off_or_turned_off(filled: Any) -> None:
    filled.run(lambda u: [u.outbox.add(a_wish(key)) for key in ("a", "b")])
    later = NOW + timedelta(days=1)
    assert filled.run(lambda u: (u.outbox.put_off(1, "ada", later), u.outbox.put_off(1, "bo", later))) == (False, True)
    assert filled.run(lambda u: u.outbox.get(1)).due_at == later
    assert filled.run(lambda u: (u.outbox.turn_off(2, "ada"), u.outbox.turn_off(2, "bo"))) == (False, True)
    row = filled.run(lambda u: u.outbox.get(2))
    assert (row.state, row.reason) == ("dropped", "turned_off")
    assert filled.run(lambda u: (u.outbox.put_off(2, "bo", later), u.outbox.turn_off(2, "bo"))) == (False, False)
