"""A short form of the kill loop on the web process; `python -m tests.faults` runs the long one."""

from __future__ import annotations

import json
import sqlite3
import subprocess
import sys
from collections.abc import Mapping
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from dialogs.notices import Wish
from dialogs.people import Membership, Person, School
from dialogs.records import Receipt
from dialogs.types import Draft
from dialogs.values import Picked, Value
from storage import open_store, upgrade
from tests.core.form_kit import STARTED
from tests.faults.webhook_history import Deed, History, judge
from tests.faults.webhook_people import marker
from tests.keys import KEYS

TEXT = f"Mandag gik han ud. Mærke {marker(1)}."
DEEDS = (
    Deed(1, 7, "new", "d1", 0, "", "/ny"),
    Deed(2, 7, "answer", "d1", 0, "q04_sikkerhed", "nej"),
    Deed(3, 7, "say", "d1", 1, "q05_set", TEXT),
)
GOOD: Mapping[str, Value] = {"q04_sikkerhed": "nej", "q05_set": TEXT}


@pytest.mark.process
def test_a_web_process_killed_three_times_loses_doubles_and_mixes_up_nothing() -> None:
    command = [sys.executable, "-m", "tests.faults", "web", "--kills", "3", "--json"]
    done = subprocess.run(command, capture_output=True, text=True, timeout=180, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    report = json.loads(done.stdout)
    assert report["web"]["kills"] == 3
    assert report["web"]["updates"] > 24
    assert report["web"]["deliveries"] > report["web"]["updates"]
    told = done.stderr.splitlines()  # where and how it runs stands first, for whoever stops it half-way
    assert told[0] == f"{report['machine']}, seed {report['seed']}" and report["seed"] == 1
    assert told[1] == "part 1 of 1, web: 3 kills"


# --- the judge itself: each breach must turn it red ---


@pytest.fixture
def database(tmp_path: Path) -> str:
    """One teacher in chat 7 with one draft."""
    url = f"sqlite:///{tmp_path / 'judge.db'}"
    upgrade(url)
    return url


def store_draft(url: str, answers: Mapping[str, Value], *, drafts: int = 1) -> None:
    def work(uow: Any) -> None:
        uow.people.add_school(School("s", "Skovskolen"))
        uow.people.add(Person("p", "Fiktiv", (Membership("s", "teacher"),), telegram_chat=7))
        for n in range(1, drafts + 1):
            ends = STARTED + timedelta(9_000)
            uow.drafts.add(Draft(f"d{n}", "worry", 1, "", "p", f"k{n}", STARTED, ends, answers))

    store = open_store(url, keys=KEYS)
    store.run(work)
    store.close()


def test_a_true_database_is_clean(database: str) -> None:
    store_draft(database, GOOD)
    found = judge(database, DEEDS, [7])
    assert (found.lost, found.doubled, found.out_of_order, found.breaches, found.texts) == (0, 0, 0, 0, 1)


@pytest.mark.parametrize(
    "answers",
    [{}, {"q04_sikkerhed": "nej"}, {**GOOD, "q04_sikkerhed": "ja"}, {**GOOD, "q05_set": TEXT[:-1]}],
    ids=["nothing", "no text", "another answer", "a text cut short"],
)
def test_a_lost_or_changed_answer_is_seen(database: str, answers: Mapping[str, Value]) -> None:
    store_draft(database, answers)
    assert judge(database, DEEDS, [7]).lost > 0


def test_a_draft_that_is_gone_is_seen(database: str) -> None:
    store_draft(database, GOOD, drafts=0)
    assert judge(database, DEEDS, [7]).lost > 0


def test_a_text_that_was_taken_twice_is_seen(database: str) -> None:
    store_draft(database, {**GOOD, "q03_rolle": Picked(("laerer",), TEXT)})
    assert judge(database, DEEDS, [7]).doubled == 1


def test_a_draft_that_nobody_asked_for_is_seen(database: str) -> None:
    store_draft(database, GOOD, drafts=2)
    assert judge(database, DEEDS, [7]).doubled >= 1


def test_a_send_without_its_case_is_seen(database: str) -> None:
    store_draft(database, GOOD)
    found = judge(database, (*DEEDS, Deed(4, 7, "send", "d1", 2)), [7])
    assert found.lost == 1
    assert found.doubled == 1


@pytest.mark.parametrize("revision", [0, 2])
def test_a_step_at_the_wrong_revision_is_seen(database: str, revision: int) -> None:
    store_draft(database, GOOD)
    odd = Deed(3, 7, "say", "d1", revision, "q05_set", TEXT)
    assert judge(database, (*DEEDS[:2], odd), [7]).out_of_order == 1


def test_an_acknowledged_update_without_its_receipt_is_seen(database: str, tmp_path: Path) -> None:
    store = open_store(database, keys=KEYS)
    store.run(lambda uow: uow.receipts.put(Receipt("tg:1", {}, STARTED)))
    store.close()
    history = History(tmp_path / "history.jsonl")
    history.acknowledge(1)
    history.acknowledge(2)
    assert history.missing_receipts(tmp_path / "judge.db") == [2]
    assert history.missing_receipts(tmp_path / "judge.db") == []
    history.close()


def test_the_history_reads_back_what_was_written(tmp_path: Path) -> None:
    history = History(tmp_path / "history.jsonl")
    for deed in DEEDS:
        history.write(deed)
    assert tuple(history.read()) == DEEDS
    history.close()


def test_markers_differ() -> None:
    assert len({marker(number) for number in range(5_000)}) == 5_000


def test_a_notice_that_waits_is_no_breach_where_no_worker_runs(database: str) -> None:
    a_notice(database)
    assert judge(database, DEEDS, [7]).breaches == 0


def test_a_breach_of_the_invariants_is_seen(database: str) -> None:
    a_notice(database)
    with sqlite3.connect(database.removeprefix("sqlite:///")) as raw:
        raw.execute("UPDATE outbox SET state = 'sent', sent_at = due_at")
    assert judge(database, DEEDS, [7]).breaches == 1, "sent, and nobody tried"


def a_notice(database: str) -> None:
    """A draft as it should be, and a notice that was due long ago."""
    store_draft(database, GOOD)
    store = open_store(database, keys=KEYS)
    store.run(lambda uow: uow.outbox.add(Wish("k", "p", "writer_stored", STARTED)))
    store.close()
