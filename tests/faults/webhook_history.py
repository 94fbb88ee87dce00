"""What was acknowledged, kept in a file outside the bot, and the database held against it."""

from __future__ import annotations

import sqlite3
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import orjson

from dialogs.types import Draft
from dialogs.values import Picked, Value, note_of, picks_of
from storage import invariants, open_store
from tests.keys import KEYS


@dataclass(frozen=True, slots=True)
class Deed:
    """One thing a person did, once the bot has said 200 to it: which answer it must have left, and in which draft."""

    update_id: int
    chat: int
    verb: str
    draft: str = ""
    revision: int = 0
    question: str = ""
    value: str = ""

    def of_draft(self, draft: str) -> Deed:
        """The deed that opened this draft."""
        return replace(self, draft=draft)


class History:
    """A file of deeds, one JSON line each; and the updates acknowledged since the last look."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._file = path.open("ab", buffering=0)
        self._fresh: list[int] = []

    def acknowledge(self, update_id: int) -> None:
        """The bot has said 200 to this update."""
        self._fresh.append(update_id)

    def write(self, deed: Deed) -> None:
        """Write down a deed whose updates are all acknowledged."""
        self._file.write(orjson.dumps(asdict(deed)) + b"\n")

    def read(self) -> list[Deed]:
        """All deeds from the file."""
        return [Deed(**orjson.loads(line)) for line in self._path.read_bytes().splitlines()]

    def close(self) -> None:
        """Close the file."""
        self._file.close()

    def missing_receipts(self, database: Path) -> list[int]:
        """Acknowledged updates since the last look whose receipt is not in the database; it must not be in use."""
        fresh, self._fresh = self._fresh, []
        connection = sqlite3.connect(database)
        try:
            known = {key for (key,) in connection.execute("SELECT key FROM receipts")}
        finally:
            connection.close()
        return [update_id for update_id in fresh if f"tg:{update_id}" not in known]


@dataclass(frozen=True)
class Verdict:
    """What the database says to the history; all but the first three should be zero."""

    drafts: int
    cases: int
    texts: int
    lost: int
    doubled: int
    out_of_order: int
    breaches: int
    examples: tuple[str, ...]


# No worker runs beside the web here. In a run of more than an hour notices wait longer than they ever should.
NO_WORKER = ("it is due, and nobody sends it", "its time is over, and it is not recorded")


def judge(url: str, deeds: Sequence[Deed], people: Sequence[int]) -> Verdict:
    """Hold every acknowledged deed against the drafts and the cases."""
    by_draft: dict[str, list[Deed]] = defaultdict(list)
    for deed in deeds:
        if deed.draft:
            by_draft[deed.draft].append(deed)
    lost, order, extra = list[str](), list[str](), list[str]()
    words, cases = Counter[str](), 0
    store = open_store(url, keys=KEYS)
    try:
        for draft_id, done in by_draft.items():
            draft, case = store.run(lambda u, d=draft_id: (u.drafts.get(d), u.cases.by_draft(d)))
            cases += case is not None
            if draft is None:
                lost.append(f"draft {draft_id} is not there")
                continue
            answers = case.answers if case is not None else draft.answers
            words.update(text for value in answers.values() for text in _texts(value))
            lost += _lost(draft, answers, done, sent=case is not None)
            order += _out_of_order(done)
        for chat in people:
            extra += store.run(lambda u, c=chat: list(_extra(u, c, by_draft, deeds)))
    finally:
        store.close()
    said = [deed.value for deed in deeds if deed.verb == "say" and "zyx" in deed.value]
    lost += [f"no draft has the text of an update: {text[-20:]}" for text in said if words[text] == 0]
    extra += [f"{words[text]} times: {text[-20:]}" for text in said if words[text] > 1]
    found = invariants(url, datetime.now(UTC), keys=KEYS)
    breaches = [f"{b.code} {b.table} {b.key}: {b.text}" for b in found if b.text not in NO_WORKER]
    examples = (*lost[:5], *extra[:5], *order[:5], *breaches[:5])
    return Verdict(len(by_draft), cases, len(said), len(lost), len(extra), len(order), len(breaches), examples)


def _lost(draft: Draft, answers: Any, done: Sequence[Deed], *, sent: bool) -> Iterator[str]:
    for deed in done:
        value = answers.get(deed.question)
        match deed.verb:
            case "say":
                kept = deed.value in _texts(value)
            case "answer":
                kept = deed.value in picks_of(value)
            case "mark":
                kept = deed.value in (*picks_of(value), *(draft.marks or ()))
            case "skip" | "unknown":
                kept = deed.question in draft.skipped or (isinstance(value, Picked) and value.note is not None)
            case "send":
                kept = sent
            case _:
                kept = True
        if not kept:
            yield f"update {deed.update_id}: {deed.verb} {deed.question} is not in {draft.id}"


def _out_of_order(done: Sequence[Deed]) -> Iterator[str]:
    """The deeds of a draft were made at revision 0, 1, 2 …: each was taken once, and before the next."""
    steps = [deed for deed in done if deed.verb != "new"]
    for number, deed in enumerate(steps):
        if deed.revision != number:
            yield f"update {deed.update_id}: step {number} of {deed.draft} was made at revision {deed.revision}"


def _extra(unit: Any, chat: int, by_draft: dict[str, list[Deed]], deeds: Sequence[Deed]) -> Iterator[str]:
    """Drafts and cases that nobody asked for."""
    person = unit.people.by_chat(chat)
    drafts = {draft.id for draft in unit.drafts.open_of(person.id)} | {
        case.draft_id for case in unit.cases.of_writer(person.id)
    }
    for draft_id in drafts - by_draft.keys():
        yield f"draft {draft_id} was never asked for"
    sends = sum(deed.verb == "send" for deed in deeds if deed.chat == chat)
    cases = len(unit.cases.of_writer(person.id))
    if cases != sends:
        yield f"{cases} cases for {sends} sends in chat {chat}"


def _texts(value: Value | None) -> tuple[str, ...]:
    return value if isinstance(value, tuple) else (note_of(value),)
