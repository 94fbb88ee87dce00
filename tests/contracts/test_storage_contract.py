"""What every store promises about people, conversations, drafts, receipts, doors and transactions."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta, timezone
from typing import Any

import pytest

from dialogs.identity import WebSession
from dialogs.people import Membership, Person, Reminding, School
from dialogs.records import Conversation, Invite, Receipt, StorageBusy
from storage import Refused
from tests.contracts.stores import (
    ADA,
    BO,
    CLARA,
    NOW,
    a_case,
    a_draft,
    a_wish,
)

# --- people ---


def test_a_person_comes_back_as_stored_by_id_and_by_chat(filled: Any) -> None:
    found = filled.run(lambda u: (u.people.get("ada"), u.people.by_chat(71), u.people.get("x"), u.people.by_chat(1)))
    assert found == (ADA, ADA, None, None)


def test_a_school_lists_its_active_people_by_name(filled: Any) -> None:
    filled.run(lambda u: u.people.add(Person("aa", "Åse Ås", (Membership("eng", "teacher"),))))
    at_school = filled.run(lambda u: [[p.id for p in u.people.at_school(s)] for s in ("skov", "eng", "ukendt")])
    assert at_school == [["ada", "bo"], ["ada", "aa"], []]
    assert filled.run(lambda u: [p.id for p in u.people.everyone()]) == ["ada", "bo", "clara", "aa"]


def test_schools_are_listed_by_name_and_found_by_id(filled: Any) -> None:
    assert filled.run(lambda u: u.people.schools()) == [
        School("eng", "Engskolen", 3, "13:00"),
        School("skov", "Skovskolen"),
    ]
    assert filled.run(lambda u: (u.people.school("skov"), u.people.school("x"))) == (School("skov", "Skovskolen"), None)


def test_saving_a_person_replaces_everything_about_them(filled: Any) -> None:
    moved = Person("ada", "Ada Berg", (Membership("eng", "leader"),), None, None, False, False)
    filled.run(lambda u: u.people.save(moved))
    assert filled.run(lambda u: (u.people.get("ada"), u.people.by_chat(71))) == (moved, None)
    homeless = replace(moved, memberships=())
    filled.run(lambda u: u.people.save(homeless))
    assert filled.run(lambda u: u.people.get("ada")) == homeless


def test_choosing_how_to_be_reminded_changes_nothing_else(filled: Any) -> None:
    before = filled.run(lambda u: u.people.get("ada"))
    reminding = Reminding("daily", 10, "email")
    filled.run(lambda u: u.people.choose("ada", reminding))
    assert filled.run(lambda u: u.people.get("ada")) == replace(before, reminding=reminding)
    assert filled.run(lambda u: u.people.by_chat(71)) == replace(before, reminding=reminding)
    filled.run(lambda u: u.people.choose("ukendt", reminding))
    assert filled.run(lambda u: len(u.people.everyone())) == 3


def test_saving_an_unknown_person_is_a_mistake(filled: Any) -> None:
    with pytest.raises(LookupError):
        filled.run(lambda u: u.people.save(replace(ADA, id="ukendt", telegram_chat=99)))


BROKEN = {
    "a person twice": lambda u: u.people.add(ADA),
    "a chat twice": lambda u: u.people.save(replace(BO, telegram_chat=71)),
    "a school twice": lambda u: u.people.add_school(School("skov", "Igen")),
    "a membership of no school": lambda u: u.people.add(Person("x", "X", (Membership("ingen", "leader"),))),
    "a draft of nobody": lambda u: u.drafts.add(a_draft(owner="ingen")),
    "a draft twice": lambda u: [u.drafts.add(a_draft()) for _ in range(2)],
    "a conversation of nobody": lambda u: u.conversations.save(Conversation("ingen")),
    "a case of no school": lambda u: u.cases.add(a_case(school_id="ingen")),
    "a case of nobody": lambda u: u.cases.add(a_case(writer_id="ingen")),
    "a case code twice": lambda u: [u.cases.add(a_case(c, code="K7RT-Måge")) for c in ("c1", "c2")],
    "two cases of one draft": lambda u: [u.cases.add(a_case(c, draft_id="d1")) for c in ("c1", "c2")],
    "a look at no case": lambda u: u.cases.mark_seen("ada", "ingen", NOW),
    "a receipt twice": lambda u: [u.receipts.put(Receipt("tg:1", {}, NOW)) for _ in range(2)],
    "an invite to no school": lambda u: u.doors.add_invite(Invite("h", "teacher", "ingen", None, NOW)),
    "an invite for nobody": lambda u: u.doors.add_invite(Invite("h", "teacher", "skov", "ingen", NOW)),
    "a session of nobody": lambda u: u.doors.add_session(WebSession("t", "ingen", NOW, NOW)),
}


@pytest.mark.parametrize("rule", BROKEN)
def test_a_broken_rule_is_refused_and_nothing_of_the_work_is_kept(filled: Any, rule: str) -> None:
    def work(unit: Any) -> None:
        unit.outbox.add(a_wish())
        BROKEN[rule](unit)

    with pytest.raises(Refused):
        filled.run(work)
    assert filled.run(lambda u: u.outbox.listing(["pending"])) == []


NAIVE = datetime(2026, 11, 23, 8, 0)  # noqa: DTZ001 - on purpose
ZONELESS = {
    "a draft": lambda u: u.drafts.add(a_draft(expires_at=NAIVE)),
    "a case": lambda u: u.cases.add(a_case(stored_at=NAIVE)),
    "a notice": lambda u: u.outbox.add(a_wish(due_at=NAIVE)),
    "a receipt": lambda u: u.receipts.put(Receipt("k", {}, NAIVE)),
    "an invite": lambda u: u.doors.add_invite(Invite("h", "teacher", "skov", None, NAIVE)),
    "a session": lambda u: u.doors.add_session(WebSession("t", "ada", NAIVE, NAIVE)),
}


@pytest.mark.parametrize("thing", ZONELESS)
def test_a_time_without_a_zone_is_never_stored(filled: Any, thing: str) -> None:
    with pytest.raises(ValueError, match="zone"):
        filled.run(ZONELESS[thing])


# --- conversations ---


def test_a_person_nobody_has_talked_to_has_a_fresh_conversation(filled: Any) -> None:
    assert filled.run(lambda u: u.conversations.get("ada")) == Conversation("ada")


def test_a_conversation_comes_back_as_saved_one_revision_later(filled: Any) -> None:
    talk = Conversation("ada", "draft:d1", "violence", ("suicide", "control"), "ø\n", 2, 42, {"cards": [{"a": 1}]})
    assert filled.run(lambda u: u.conversations.save(talk)) is True
    assert filled.run(lambda u: u.conversations.get("ada")) == replace(talk, revision=1)
    later = replace(talk, place="", pending=None, revision=1)
    assert filled.run(lambda u: u.conversations.save(later)) is True
    assert filled.run(lambda u: u.conversations.get("ada")) == replace(later, revision=2)


@pytest.mark.parametrize("revision", [0, 2])
def test_a_conversation_that_moved_on_is_not_overwritten(filled: Any, revision: int) -> None:
    filled.run(lambda u: u.conversations.save(Conversation("ada", "first")))
    assert filled.run(lambda u: u.conversations.save(Conversation("ada", "late", revision=revision))) is False
    assert filled.run(lambda u: u.conversations.get("ada").place) == "first"


def test_a_conversation_that_is_gone_is_not_saved_as_if_it_were_there(filled: Any) -> None:
    assert filled.run(lambda u: u.conversations.save(Conversation("ada", revision=3))) is False


# --- drafts ---


def test_a_draft_comes_back_with_every_kind_of_answer(filled: Any) -> None:
    draft = a_draft(skipped={"q05": "later"}, focus="q02", marks=("a",), revision=3)
    filled.run(lambda u: u.drafts.add(draft))
    assert filled.run(lambda u: (u.drafts.get("d1"), u.drafts.get("x"))) == (draft, None)


def test_a_draft_is_saved_only_where_its_revision_is_the_expected_one(filled: Any) -> None:
    filled.run(lambda u: u.drafts.add(a_draft()))
    ours, late = a_draft(focus="q02", revision=1), a_draft(focus="q03", revision=1)
    assert filled.run(lambda u: (u.drafts.save(ours, 0), u.drafts.save(late, 0))) == (True, False)
    assert filled.run(lambda u: u.drafts.get("d1")) == ours
    assert filled.run(lambda u: u.drafts.save(a_draft("gone", revision=1), 0)) is False


@pytest.mark.parametrize("table", ["drafts", "cases"])
def test_a_save_that_keeps_the_revision_is_a_mistake(filled: Any, table: str) -> None:
    thing = a_draft() if table == "drafts" else a_case()
    with pytest.raises(ValueError, match="revision"):
        filled.run(lambda u: getattr(u, table).save(thing, 0))


def test_open_drafts_are_listed_latest_changed_first_though_the_clock_stands_still(filled: Any) -> None:
    for draft_id in ("d1", "d2", "d3"):
        filled.run(lambda u, d=draft_id: u.drafts.add(a_draft(d)))
    filled.run(lambda u: u.drafts.add(a_draft("bos", owner="bo")))
    filled.run(lambda u: u.drafts.save(a_draft("d1", revision=1), 0))
    filled.run(lambda u: u.drafts.save(a_draft("d2", revision=1, status="submitted"), 0))
    assert filled.run(lambda u: [d.id for d in u.drafts.open_of("ada")]) == ["d1", "d3"]


def test_drafts_of_any_status_expire_at_their_time_and_can_be_deleted(filled: Any) -> None:
    for number, status in enumerate(("open", "submitted", "discarded")):
        draft = a_draft(f"d{number}", status=status, expires_at=NOW + timedelta(days=number))
        filled.run(lambda u, d=draft: u.drafts.add(d))
    assert filled.run(lambda u: [d.id for d in u.drafts.expired(NOW + timedelta(days=1))]) == ["d0", "d1"]
    filled.run(lambda u: u.drafts.delete("d0"))
    filled.run(lambda u: u.drafts.delete("d0"))
    assert filled.run(lambda u: (u.drafts.get("d0"), len(u.drafts.expired(NOW + timedelta(days=9))))) == (None, 2)


HOSTILE = ["\x00midt\x00", "<b>x</b>", "\u202e\u2066", "😀" * 500, "a" * 100_000, "'; DROP TABLE drafts; --", "{%s} :a"]


@pytest.mark.parametrize("text", HOSTILE)
def test_any_text_comes_back_letter_for_letter(filled: Any, text: str) -> None:
    filled.run(lambda u: u.drafts.add(replace(a_draft(), answers={"q01": text})))
    assert filled.run(lambda u: u.drafts.get("d1").answers) == {"q01": text}


# --- receipts ---


def test_a_receipt_gives_the_same_reply_again(filled: Any) -> None:
    reply = {"cards": [{"text": "Æblet \x00", "n": 1}], "to": None}
    filled.run(lambda u: u.receipts.put(Receipt("tg:1", reply, NOW)))
    assert filled.run(lambda u: (u.receipts.get("tg:1"), u.receipts.get("tg:2"))) == (reply, None)


def test_a_stored_reply_is_not_changed_by_whoever_reads_it(filled: Any) -> None:
    filled.run(lambda u: u.receipts.put(Receipt("tg:1", {"cards": []}, NOW)))
    filled.run(lambda u: u.receipts.get("tg:1"))["cards"].append("mere")
    assert filled.run(lambda u: u.receipts.get("tg:1")) == {"cards": []}


def test_old_receipts_are_swept_and_new_ones_stay(filled: Any) -> None:
    for hours in range(4):
        filled.run(lambda u, h=hours: u.receipts.put(Receipt(f"k{h}", {}, NOW + timedelta(hours=h))))
    assert filled.run(lambda u: u.receipts.sweep(NOW + timedelta(hours=2))) == 2
    assert filled.run(lambda u: [u.receipts.get(f"k{h}") for h in range(4)]) == [None, None, {}, {}]


# --- doors ---


def test_an_invite_opens_once_and_only_in_time(filled: Any) -> None:
    invite = Invite("hash", "teacher", "skov", "ada", NOW + timedelta(hours=1))
    filled.run(lambda u: u.doors.add_invite(invite))
    take = [filled.run(lambda u, at=at: u.doors.take_invite("hash", at)) for at in (invite.expires_at, NOW, NOW)]
    assert take == [None, replace(invite, used_at=NOW), None]
    assert filled.run(lambda u: u.doors.take_invite("andet", NOW)) is None


def test_a_session_is_found_touched_and_ended(filled: Any) -> None:
    session = WebSession("token", "ada", NOW, NOW)
    filled.run(lambda u: u.doors.add_session(session))
    later = NOW + timedelta(minutes=5)
    filled.run(lambda u: u.doors.touch_session("token", later))
    assert filled.run(lambda u: u.doors.session("token")) == replace(session, seen_at=later)
    filled.run(lambda u: u.doors.end_session("token"))
    filled.run(lambda u: u.doors.touch_session("token", later))
    assert filled.run(lambda u: u.doors.session("token")) is None


# --- transactions ---


def test_a_work_that_raises_leaves_nothing_behind(filled: Any) -> None:
    def work(unit: Any) -> None:
        unit.drafts.add(a_draft())
        unit.people.save(replace(CLARA, name="Anden"))
        raise RuntimeError("midt i det hele")

    with pytest.raises(RuntimeError, match="midt i det hele"):
        filled.run(work)
    assert filled.run(lambda u: (u.drafts.get("d1"), u.people.get("clara"))) == (None, CLARA)


def test_a_work_reads_what_it_has_written(filled: Any) -> None:
    def work(unit: Any) -> Any:
        unit.drafts.add(a_draft())
        return unit.drafts.get("d1")

    assert filled.run(work) == a_draft()


def test_times_come_back_in_utc_and_mean_the_same_moment(filled: Any) -> None:
    danish = NOW.astimezone(timezone(timedelta(hours=1)))
    filled.run(lambda u: (u.outbox.add(a_wish(due_at=danish)), u.outbox.add(a_wish("k2", due_at=NOW))))
    moments = filled.run(lambda u: [row.due_at for row in u.outbox.claim(NOW, "t", 5, 5)])
    assert moments == [NOW, NOW]


async def test_submit_gives_the_result_or_the_exception_of_the_work(filled: Any) -> None:
    assert (await filled.submit(lambda u: u.people.get("ada"))) == ADA
    with pytest.raises(Refused):
        await filled.submit(lambda u: u.people.add(ADA))


def test_a_store_is_healthy_until_it_is_closed_and_then_says_busy(store: Any) -> None:
    assert store.healthy() is True
    store.close()
    assert store.healthy() is False
    with pytest.raises(StorageBusy):
        store.run(lambda u: None)


async def test_submitting_to_a_closed_store_says_busy(store: Any) -> None:
    store.close()
    with pytest.raises(StorageBusy):
        await store.submit(lambda u: None)
