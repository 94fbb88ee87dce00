"""Deleting for good: the table of retention on every store, the ledger, the certificate, and the bytes left."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from bot.app.retention import erase_on_request, sweep
from dialogs.papers.filings import Filing
from dialogs.records import Conversation, Invite, Receipt, Trace
from dialogs.retention import RULES, Deletion, certificate, certificate_text, keeping
from storage import invariants, open_store
from storage.inventory import inventory, untold
from tests.contracts.stores import NOW, a_case, a_draft, a_wish, an_entry, fill
from tests.keys import KEYS

YEAR, DAY = timedelta(days=365), timedelta(days=1)


def closed(case_id: str, days: int) -> Any:
    """A case that was closed so many days ago."""
    at = NOW - timedelta(days=days)
    return a_case(case_id, state="closed", answered_at=at, closed_at=at)


def populate(unit: Any) -> None:
    """Something of each kind whose time is up, and its like whose time is not."""
    for case in (closed("c1", 366), closed("c2", 364), a_case("c3")):
        unit.cases.add(case)
        unit.cases.add_entry(an_entry("sent", case.id))
        unit.cases.add_entry(an_entry("stored", case.id))
        unit.cases.mark_seen("bo", case.id, NOW)
        unit.outbox.add(a_wish(f"{case.id}:team_new", case_id=case.id))
    unit.drafts.add(a_draft("d1", expires_at=NOW - timedelta(hours=1)))
    unit.drafts.add(a_draft("d2"))
    unit.receipts.put(Receipt("tg:1", {}, NOW - timedelta(hours=73)))
    unit.receipts.put(Receipt("tg:2", {}, NOW - timedelta(hours=71)))
    for number, days in enumerate((31, 29)):
        unit.doors.add_invite(Invite(f"h{number}", "teacher", "skov", None, NOW - timedelta(days=days)))


def sent(unit: Any, key: str, ago: timedelta, via: str = "telegram") -> None:
    """A notice to Ada that was sent so long ago."""
    unit.outbox.add(a_wish(key, recipient="ada", due_at=NOW - ago))
    (row,) = unit.outbox.claim(NOW - ago, "t", 60, 1)
    done = replace(row, state="sent", sent_via=via, sent_ref=str(row.id), sent_at=NOW - ago)
    assert unit.outbox.finish(done, "t")


def test_what_its_time_is_up_for_goes_and_the_rest_stays(filled: Any) -> None:
    filled.run(populate)
    counts = filled.run(lambda u: sweep(u, NOW))
    assert {name: n for name, n in counts.items() if n} == {"closed_cases": 1, "drafts": 1, "receipts": 1, "invites": 1}
    assert filled.run(lambda u: [u.cases.get(i) is None for i in ("c1", "c2", "c3")]) == [True, False, False]
    assert filled.run(lambda u: [u.drafts.get(i) is None for i in ("d1", "d2")]) == [True, False]
    assert filled.run(lambda u: [u.receipts.get(i) is None for i in ("tg:1", "tg:2")]) == [True, False]
    assert filled.run(lambda u: (u.cases.entries("c1"), u.cases.seen("bo", "c1"))) == ([], None)
    assert not any(filled.run(lambda u: sweep(u, NOW)).values()), "a second sweep finds nothing"


def test_the_ledger_says_what_is_gone_by_id_code_and_counts(filled: Any) -> None:
    filled.run(populate)
    filled.run(lambda u: sweep(u, NOW))
    draft, case = filled.run(lambda u: list(u.retention.ledger()))
    assert (draft.kind, draft.owner, draft.rule, draft.code) == ("draft", "d1", "drafts", "d1-Måge")
    assert (case.kind, case.owner, case.rule, case.code, case.at) == ("case", "c1", "closed_cases", "c1-Måge", NOW)
    assert dict(case.counts) == {"lines": 2, "views": 1, "notices": 1, "rows": 1}
    assert filled.run(lambda u: [line.seq for line in u.retention.ledger(after=draft.seq)]) == [case.seq]


def test_a_sent_draft_that_runs_out_is_not_in_the_ledger(filled: Any) -> None:
    """A copy from before it was sent may be all that is left of the worry."""
    filled.run(lambda u: u.drafts.add(a_draft("d1", status="submitted", expires_at=NOW)))
    assert filled.run(lambda u: sweep(u, NOW))["drafts"] == 1
    assert filled.run(lambda u: list(u.retention.ledger())) == []


def test_old_notices_go_when_they_are_over_and_only_then(filled: Any) -> None:
    filled.run(lambda u: (sent(u, "old", 91 * DAY, "web"), sent(u, "young", 89 * DAY, "web")))
    filled.run(lambda u: u.outbox.add(a_wish("waits", due_at=NOW - 200 * DAY)))
    assert filled.run(lambda u: sweep(u, NOW))["outbox"] == 1
    left = filled.run(lambda u: sorted(row.wish.dedupe_key for row in u.outbox.listing(["sent", "pending"])))
    assert left == ["waits", "young"]


def test_what_stands_in_telegram_is_deleted_after_forty_hours_once(filled: Any) -> None:
    hours = timedelta(hours=1)
    stood = [(71, 3, 39.5), (71, 1, 50), (71, 2, 41), (71, 4, 38), (72, 9, 39.5)]
    filled.run(lambda u: [u.traces.leave(Trace(c, m, "ada", NOW - h * hours)) for c, m, h in stood])
    filled.run(lambda u: u.traces.leave(Trace(71, 2, "ada", NOW)))  # an edited message keeps its first moment
    assert [filled.run(lambda u: sweep(u, NOW))["telegram"] for _ in range(2)] == [3, 0]
    (row,) = filled.run(lambda u: [r for r in u.outbox.listing(["pending"]) if r.wish.channel == "telegram_delete"])
    assert (row.wish.recipient, row.wish.params["chat"], row.wish.params["message"]) == ("ada", 71, "1,2,3")
    assert filled.run(lambda u: [t.message_id for t in u.traces.take_all(71)]) == [4]
    assert filled.run(lambda u: [t.message_id for t in u.traces.take_all(72)]) == [9], "another chat's is its own"


def test_no_call_deletes_more_than_telegram_takes_at_once(filled: Any) -> None:
    old = NOW - timedelta(hours=41)
    filled.run(lambda u: [u.traces.leave(Trace(71, n, "ada", old)) for n in range(1, 251)])
    filled.run(lambda u: sweep(u, NOW))
    rows = filled.run(lambda u: [r for r in u.outbox.listing(["pending"]) if r.wish.channel == "telegram_delete"])
    assert sorted(len(str(row.wish.params["message"]).split(",")) for row in rows) == [50, 100, 100]


def test_a_municipality_may_keep_for_a_shorter_time(filled: Any) -> None:
    filled.run(populate)
    assert filled.run(lambda u: sweep(u, NOW, keeping("closed_cases=300")))["closed_cases"] == 2


@pytest.mark.parametrize("text", ["closed_cases=5", "closed_cases=9999", "receipts=3", "ukendt=30", "="])
def test_days_outside_the_bounds_are_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r"days|NAME=DAYS"):
        keeping(text)


def test_only_a_closed_case_is_erased_on_request(filled: Any) -> None:
    filled.run(populate)
    assert filled.run(lambda u: erase_on_request(u, "ukendt", NOW)) is None
    assert filled.run(lambda u: erase_on_request(u, "c3-Måge", NOW)).id == "c3"
    done = filled.run(lambda u: erase_on_request(u, "c2-Måge", NOW))
    assert (done.owner, done.rule) == ("c2", "asked")
    assert filled.run(lambda u: u.cases.get("c3")) is not None


def test_what_a_case_was_written_in_goes_with_it_and_nothing_is_said_to_be_missing(filled: Any) -> None:
    def work(unit: Any) -> Any:
        unit.drafts.add(a_draft("d9", status="submitted"))
        unit.cases.add(replace(closed("c9", 3), draft_id="d9"))
        done = erase_on_request(unit, "c9-Måge", NOW)
        return done.counts["rows"], unit.drafts.get("d9"), unit.drafts.get("d8")

    filled.run(lambda u: u.drafts.add(a_draft("d8")))
    rows, gone, other = filled.run(work)
    assert (rows, gone) == (2, None) and other is not None


def test_that_there_was_a_consent_or_an_exchange_outlives_the_case_without_its_content(filled: Any) -> None:
    filled.run(populate)
    words = {"purpose": "Et møde om frikvarteret"}
    filed = (
        Filing("f1", "c2", "consent", "given", words),
        Filing("f2", "c2", "consent", "withdrawn", words),
        Filing("f3", "c2", "exchange", "held", words),
        Filing("f4", "c2", "report", "sent", words),
    )
    filled.run(lambda u: [u.filings.add(one) for one in filed])
    done = filled.run(lambda u: erase_on_request(u, "c2-Måge", NOW))
    wanted = {"consent_given": 1, "consent_withdrawn": 1, "exchange_held": 1}
    assert {name: n for name, n in done.counts.items() if "_" in name} == wanted
    (line,) = [one for one in filled.run(lambda u: u.retention.ledger()) if one.owner == "c2"]
    assert wanted.items() <= dict(line.counts).items()
    text = certificate_text(line)
    assert "1 samtykker, der blev trukket tilbage" in text and "1 møder uden samtykke, der blev holdt" in text
    assert "frikvarter" not in text


def test_the_chat_forgets_what_it_showed_of_an_erased_case(filled: Any) -> None:
    filled.run(populate)
    talk = Conversation("ada", place="thread:c1", pending="om c1", reply={"cards": ["om c1"]}, shown="c1")
    filled.run(lambda u: u.conversations.save(talk))
    filled.run(lambda u: sweep(u, NOW))
    kept = filled.run(lambda u: u.conversations.get("ada"))
    assert (kept.place, kept.pending, kept.reply, kept.shown) == ("", None, None, "")


def test_the_certificate_has_no_content() -> None:
    line = Deletion(
        "case", "c1", "closed_cases", NOW, "K7RT-Måge", {"lines": 3, "views": 1, "notices": 2, "rows": 1}, 7
    )
    data = certificate(line)
    assert set(data) == {"number", "kind", "code", "deleted_at", "rule", "counts", "key_destroyed"}
    assert json.loads(json.dumps(data)) == data
    text = certificate_text(line)
    assert "K7RT-Måge" in text and "3 linjer" in text and "Bevis for sletning nr. 7" in text


def test_every_rule_is_carried_out_and_every_column_is_told() -> None:
    from bot.app.retention import SWEEPS

    assert set(SWEEPS) == {rule.id for rule in RULES}
    assert untold() == []
    keys = {"-", "case", "draft", "meeting", "person", "school", "receipts", "challenges"}
    assert {item.key for item in inventory()} == keys


def test_after_erasure_nothing_is_left_in_any_byte(sqlite_url: str, tmp_path: Path) -> None:
    store = open_store(sqlite_url, lambda: NOW, keys=KEYS)
    store.run(fill)
    store.run(populate)
    before = {path.name: path.read_bytes() for path in tmp_path.glob("test.db*")}
    store.run(lambda u: sweep(u, NOW))
    after = b"".join(path.read_bytes() for path in tmp_path.glob("test.db*"))
    assert b"".join(before.values()).count(b"draft-of-c1") > 0
    assert after.count(b"draft-of-c1") == 0
    assert b"Sidder alene" not in after
    store.close()
    assert invariants(sqlite_url, NOW, keys=KEYS) == []


def test_a_case_that_came_back_is_found(sqlite_url: str) -> None:
    store = open_store(sqlite_url, lambda: NOW, keys=KEYS)
    store.run(fill)
    store.run(populate)
    store.run(lambda u: sweep(u, NOW))
    store.run(lambda u: u.cases.add(a_case("c1")))
    store.run(lambda u: u.cases.add_entry(an_entry("stored", "c1")))
    store.close()
    codes = [(breach.code, breach.table) for breach in invariants(sqlite_url, NOW, keys=KEYS)]
    assert codes == [("I8", "cases"), ("I8", "data_keys")]
