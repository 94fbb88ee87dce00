"""What every store promises about one person's notices: what they were told, what is new, and what still waits."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

from dialogs.notices import Arrived, OutboxRow
from tests.contracts.stores import NOW, a_case, a_wish


def minutes(number: int) -> datetime:
    """So many minutes after now."""
    return NOW + timedelta(minutes=number)


def added(opened: Any, *wishes: Any) -> None:
    """Store the wishes in this order."""
    assert opened.run(lambda u: all([u.outbox.add(wish) for wish in wishes]))


def told(opened: Any, at: datetime = NOW, limit: int = 50) -> list[str]:
    """What Bo was told: the keys, with a star at what is new."""
    found: Sequence[Arrived] = opened.run(lambda u: u.outbox.due_of_person("bo", at, limit))
    return [one.row.wish.dedupe_key + "*" * one.new for one in found]


def keys(rows: Sequence[OutboxRow]) -> list[str]:
    return [row.wish.dedupe_key for row in rows]


def test_a_notice_that_is_due_is_not_hidden_behind_what_is_only_planned(store: Any) -> None:
    planned = [a_wish(f"later-{n}", case_id="c1", due_at=minutes(n)) for n in range(1, 61)]
    added(store, a_wish("due", case_id="c1"), *planned)
    assert told(store) == ["due*"]
    assert store.run(lambda u: u.outbox.unread("bo", NOW)) == 1


def test_a_person_reads_what_they_were_told_the_newest_first_and_nothing_else(store: Any) -> None:
    added(
        store,
        a_wish("followup"),
        a_wish("old", due_at=minutes(-9)),
        a_wish("of-ada", recipient="ada"),
        a_wish("deletion", channel="telegram_delete"),
        a_wish("calendar", channel="calendar", meeting_id="m1"),
        a_wish("taken-back", draft_id="d1", due_at=minutes(-5)),
    )
    assert store.run(lambda u: u.outbox.cancel("d1", "discarded")) == 1
    assert told(store) == ["followup", "old"]


def test_what_is_new_is_never_cut_away(store: Any) -> None:
    seen = [a_wish(f"seen-{n}", due_at=minutes(-n)) for n in range(9)]
    added(store, a_wish("new", case_id="c1", due_at=minutes(-30)), *seen)
    assert told(store, limit=3) == ["seen-0", "seen-1", "new*"]


def test_looking_at_the_case_makes_its_notices_old_until_the_next_one(filled: Any) -> None:
    filled.run(lambda u: [u.cases.add(a_case(one)) for one in ("c1", "c2")])
    added(
        filled,
        a_wish("one", case_id="c1"),
        a_wish("two", case_id="c2"),
        a_wish("then", case_id="c1", due_at=minutes(5)),
    )
    filled.run(lambda u: u.cases.mark_seen("bo", "c1", minutes(1)))
    filled.run(lambda u: u.cases.mark_seen("ada", "c2", minutes(1)))
    assert sorted(told(filled, minutes(2))) == ["one", "two*"]
    assert sorted(told(filled, minutes(6))) == ["one", "then*", "two*"]
    assert [filled.run(lambda u, at=at: u.outbox.unread("bo", minutes(at))) for at in (2, 6)] == [1, 2]


def test_a_notice_of_a_meeting_is_new_until_the_meeting_is_looked_at_or_begins(store: Any) -> None:
    added(
        store,
        a_wish("invited", meeting_id="m1", until=minutes(60)),
        a_wish("moved", meeting_id="m1", due_at=minutes(10)),
        a_wish("another", meeting_id="m2", until=minutes(20)),
        a_wish("drafts", meeting_id="m1", draft_id="d1"),
        a_wish("of-ada", meeting_id="m1", recipient="ada"),
    )
    assert sorted(told(store)) == ["another*", "drafts", "invited*"]
    store.run(lambda u: u.outbox.saw_meeting("bo", "m1", minutes(5)))
    assert sorted(told(store, minutes(15))) == ["another*", "drafts", "invited", "moved*"]
    assert sorted(told(store, minutes(20))) == ["another", "drafts", "invited", "moved*"]
    assert [store.run(lambda u, at=at: u.outbox.unread("bo", minutes(at))) for at in (15, 20)] == [2, 1]
    assert store.run(lambda u: u.outbox.unread("ada", NOW)) == 1


def test_everything_that_waits_for_a_person_is_found_the_first_to_go_first(store: Any) -> None:
    added(store, a_wish("sent", due_at=minutes(-1)))
    store.run(lambda u: u.outbox.claim(NOW, "t1", 60, 1))
    added(store, a_wish("first", due_at=minutes(9)), *(a_wish(f"k{n}", due_at=minutes(300 - n)) for n in range(250)))
    added(store, a_wish("of-ada", recipient="ada"))
    waiting = keys(store.run(lambda u: u.outbox.pending_of_person("bo")))
    assert waiting == ["first", *(f"k{n}" for n in reversed(range(250)))]


def test_what_one_message_told_of_is_found_by_its_reason_and_the_message_is_not_on_the_page(store: Any) -> None:
    of_the_day = a_wish("gathered", template="reminders_gathered")
    added(store, a_wish("a"), a_wish("b"), a_wish("c"), a_wish("of-ada", recipient="ada"), of_the_day)
    assert store.run(lambda u: u.outbox.gather([1, 3], "bo", "gathered:x", NOW)) == [1, 3]
    assert store.run(lambda u: u.outbox.gather([2], "bo", "gathered:y", NOW)) == [2]
    assert keys(store.run(lambda u: u.outbox.gathered_by("bo", "gathered:x"))) == ["a", "c"]
    assert store.run(lambda u: list(u.outbox.gathered_by("ada", "gathered:x"))) == []
    assert told(store) == ["c", "b", "a"]


def test_what_goes_before_a_row_is_about_the_same_thing_to_the_same_person_and_not_sent(store: Any) -> None:
    added(store, a_wish("sending", case_id="c1"), a_wish("sent", case_id="c1"))
    first, second = store.run(lambda u: u.outbox.claim(NOW, "t1", 60, 2))
    store.run(lambda u: u.outbox.finish(replace(second, state="sent", sent_at=NOW), "t1"))
    added(
        store,
        a_wish("waits", case_id="c1"),
        a_wish("another case", case_id="c2"),
        a_wish("also a draft", case_id="c1", draft_id="d1"),
        a_wish("of-ada", case_id="c1", recipient="ada"),
        *(a_wish(f"other {n}", case_id="c9") for n in range(60)),
        a_wish("this", case_id="c1"),
        a_wish("after", case_id="c1"),
    )
    (row,) = [row for row in store.run(lambda u: u.outbox.listing(["pending"])) if row.wish.dedupe_key == "this"]
    assert keys(store.run(lambda u: u.outbox.ahead_of(row))) == [first.wish.dedupe_key, "waits"]


def test_the_last_message_on_a_channel_is_known_by_its_moment(store: Any) -> None:
    assert store.run(lambda u: u.outbox.last_sent("bo", "telegram")) is None
    added(
        store, a_wish("a"), a_wish("b"), a_wish("mail"), *(a_wish(f"later {n}", due_at=minutes(9)) for n in range(60))
    )
    for row, (via, at) in zip(
        store.run(lambda u: u.outbox.claim(NOW, "t1", 60, 3)),
        [("telegram", minutes(2)), ("telegram", minutes(1)), ("email", minutes(3))],
        strict=True,
    ):
        done = replace(row, state="sent", sent_via=via, sent_at=at)
        assert store.run(lambda u, done=done: u.outbox.finish(done, "t1"))
    assert store.run(lambda u: u.outbox.last_sent("bo", "telegram")) == minutes(2)
    assert store.run(lambda u: u.outbox.last_sent("ada", "telegram")) is None
