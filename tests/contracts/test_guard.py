"""The guarded store over every store: what is read is written down first, what is refused too, and nothing passes."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from bot.guard import GuardedStore
from bot.ports import Forbidden, UnitOfWork
from dialogs.access import DOOR, OPERATOR, WORKER, Actor
from dialogs.audit import Line, verify
from dialogs.cases.model import Case, Colour, Entry
from dialogs.drafts import emptied
from dialogs.papers.filings import Filing
from dialogs.people import Membership, Person, Reminding
from dialogs.records import Receipt, StorageBusy
from dialogs.retention import Deletion
from dialogs.types import Draft
from tests.clocks import HandClock
from tests.core.case_kit import WORKDAYS

MONDAY = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)


def person(person_id: str, role: Any, school: str = "skov", *, deputy: bool = False) -> Person:
    return Person(person_id, person_id.title(), (Membership(school, role, deputy),))


PEOPLE = (
    person("lise", "teacher"), person("lars", "leader"), person("lone", "leader", deputy=True),
    person("pia", "psychologist"), person("sara", "social_worker"), person("emil", "teacher", "eng"),
    person("adam", "admin"),
)  # fmt: skip
SECRET = "Han sad alene i frikvarteret."


class Place:
    """A school with its people and one case, behind the guard."""

    def __init__(self, raw: Any) -> None:
        self.raw, self.clock = raw, HandClock(MONDAY)
        self.store = GuardedStore(raw, self.clock, WORKDAYS)
        self.store.run(OPERATOR, lambda uow: [uow.people.add(one) for one in PEOPLE])
        self.case_id = self.sent()
        self.before = len(self.log())

    def sent(self, case_id: str = "sagen", **changes: Any) -> str:
        case = a_case(case_id, **changes)
        draft = Draft(case.draft_id, "worry", 1, "", "lise", case.code, MONDAY, MONDAY + timedelta(30))

        def work(uow: UnitOfWork) -> None:
            uow.drafts.add(emptied(replace(draft, status="submitted")))
            uow.cases.add(case)
            for kind in ("sent", "stored"):
                uow.cases.add_entry(Entry(case_id, kind, "lise", MONDAY, MONDAY))  # type: ignore[arg-type]

        self.as_("lise", work)
        return case_id

    def as_(self, person_id: str, work: Callable[[UnitOfWork], Any], **how: Any) -> Any:
        return self.store.run(replace(Actor(person_id, "web", 2, "two"), **how), work)

    def reads(self, person_id: str, case_id: str | None = None, **how: Any) -> Case | None:
        return self.as_(person_id, lambda uow: uow.cases.get(case_id or self.case_id), **how)

    def log(self) -> list[Line]:
        return self.raw.run(lambda raw: list(raw.audit.lines()))

    def new_lines(self) -> list[tuple[str, str, str]]:
        lines = self.log()[self.before :]
        self.before += len(lines)
        return [(line.actor, line.action, line.outcome) for line in lines]

    def in_order(self) -> bool:
        return self.raw.run(lambda raw: verify(raw.audit.keys(), raw.audit.lines(), raw.audit.anchor())).bad is None


def a_case(case_id: str, **changes: Any) -> Case:
    case = Case(
        id=case_id, code=f"K7RT-{case_id.title()}", school_id="skov", writer_id="lise", draft_id=f"kladde-{case_id}",
        form_id="worry", form_version=1, answers={"q05_set": SECRET, "q06_omraader": ("venner",)},
        colour=Colour("yellow", "yellow", writer_reason="Fordi."), band="B3", route="trio", excluded=(), state="sent",
        sent_at=MONDAY, stored_at=MONDAY,
    )  # fmt: skip
    return replace(case, **changes)


@pytest.fixture
def place(filled: Any) -> Place:
    return Place(filled)


def test_reading_a_case_is_one_line_in_the_log_however_often_it_is_asked_for(place: Place) -> None:
    case = place.reads("lars")
    assert case is not None and case.answers["q05_set"] == SECRET
    assert place.new_lines() == [("lars", "case.read", "allow")]
    place.as_("lars", lambda uow: [uow.cases.get("sagen"), uow.cases.entries("sagen"), uow.cases.get("sagen")])
    assert place.new_lines() == [("lars", "case.read", "allow")]
    line = place.log()[-1]
    assert (line.role, line.purpose, line.case_id, line.channel) == ("leader", "case_work", "sagen", "web")
    assert place.in_order()


@pytest.mark.parametrize("stranger", ["emil", "adam", "lone", "findes-ikke"])
def test_none_and_not_yours_are_the_same_and_both_are_written_down(place: Place, stranger: str) -> None:
    for case_id in ("sagen", "findes-ikke"):
        assert place.reads(stranger, case_id) is None
        assert place.as_(stranger, lambda uow, key=case_id: list(uow.cases.entries(key))) == []
        assert {line[1:] for line in place.new_lines()} == {("case.read", "deny")}


def test_nobody_chooses_how_another_is_reminded(place: Place) -> None:
    daily = Reminding("daily", 9)
    with pytest.raises(Forbidden):
        place.as_("lars", lambda uow: uow.people.choose("lise", daily))
    place.as_("lise", lambda uow: uow.people.choose("lise", daily))
    assert place.raw.run(lambda raw: raw.people.get("lise").reminding) == daily


def test_what_somebody_typed_into_an_address_is_not_kept(place: Place) -> None:
    place.reads("emil", "Elev 4B har en far, der slår ham")
    assert place.log()[-1].object == "case:"


def test_when_the_log_can_not_be_written_nothing_is_shown(place: Place) -> None:
    class Full:
        """A store whose log takes no more lines."""

        def run(self, work: Callable[[Any], Any]) -> Any:
            def full(raw: Any) -> Any:
                raw.audit.append = _refuse
                try:
                    return work(raw)
                finally:
                    del raw.audit.append

            return place.raw.run(full)

    place.store = GuardedStore(Full(), place.clock, WORKDAYS)  # type: ignore[arg-type]
    with pytest.raises(StorageBusy):
        place.reads("lars")
    place.as_("lars", lambda uow: uow.people.school("skov"))  # what needs no line goes on


def _refuse(lines: Any) -> None:
    raise StorageBusy("full")


def test_what_is_rolled_back_leaves_no_line_and_a_refusal_leaves_one(place: Place) -> None:
    def breaks(uow: UnitOfWork) -> None:
        uow.cases.get("sagen")
        raise OSError("the disk is full")

    with pytest.raises(OSError, match="disk"):
        place.as_("lars", breaks)
    assert place.new_lines() == []

    def trespasses(uow: UnitOfWork) -> None:
        uow.receipts.put(Receipt("web:1", {}, MONDAY))
        uow.cases.add_entry(Entry("sagen", "opened", "emil", MONDAY, MONDAY))

    with pytest.raises(Forbidden):
        place.as_("emil", trespasses)
    assert place.new_lines() == [("emil", "case.write", "deny")]
    assert place.raw.run(lambda raw: raw.receipts.get("web:1")) is None


@pytest.mark.parametrize(
    "trespass",
    [
        lambda uow: uow.cases.save(a_case("sagen", revision=1), 0),
        lambda uow: uow.cases.add(a_case("ny")),
        lambda uow: uow.cases.add_entry(Entry("sagen", "added", "lise", MONDAY, MONDAY)),
        lambda uow: uow.cases.mark_seen("lise", "sagen", MONDAY),
        lambda uow: uow.cases.mark_seen("emil", "sagen", MONDAY),
        lambda uow: uow.people.save(replace(PEOPLE[1], active=False)),
        lambda uow: uow.people.add(person("ny", "leader")),
        lambda uow: uow.people.everyone(),
        lambda uow: uow.people.by_chat(7),
        lambda uow: uow.drafts.save(replace(Draft("x", "worry", 1, "", "lise", "A", MONDAY, MONDAY), revision=1), 0),
        lambda uow: uow.drafts.delete("kladde-sagen"),
        lambda uow: uow.retention.record(Deletion("draft", "kladde-sagen", "drafts", MONDAY)),
        lambda uow: uow.outbox.cancel("kladde-sagen", "discarded"),
        lambda uow: uow.filings.join("barnet", "andet"),
        lambda uow: uow.drafts.expired(MONDAY),
        lambda uow: uow.conversations.get("lise"),
        lambda uow: uow.outbox.claim(MONDAY, "t", 60, 1),
        lambda uow: uow.outbox.listing(["pending"]),
        lambda uow: uow.doors.session("x"),
        lambda uow: uow.audit.append([]),
        lambda uow: uow.audit.lines(),
        lambda uow: uow.audit.cut(MONDAY, MONDAY),
        lambda uow: uow.members.begin(None),
        lambda uow: uow.identity,
        lambda uow: uow.vault,
        lambda uow: uow.acting(Actor("lars", "web", 2, "two")),
    ],
)
def test_a_stranger_writes_nothing_and_finds_nobody(place: Place, trespass: Callable[[Any], Any]) -> None:
    with pytest.raises(Forbidden):
        place.as_("emil", trespass)
    for service in (DOOR, OPERATOR, WORKER):
        assert place.store.run(service, lambda uow: uow.relation("sagen")) is None


def test_a_draft_is_its_owners_and_nobody_elses(place: Place) -> None:
    assert place.as_("lise", lambda uow: uow.drafts.get("kladde-sagen")) is not None
    for stranger in ("lars", "emil", "adam"):
        assert place.as_(stranger, lambda uow: uow.drafts.get("kladde-sagen")) is None
        assert place.as_(stranger, lambda uow: list(uow.drafts.open_of("lise"))) == []
    assert ("emil", "draft.read", "deny") in place.new_lines()


def test_a_draft_handed_in_under_ones_own_name_is_still_its_owners(place: Place) -> None:
    """The guard looks at the owner in the object that it is given; the store looks at the row."""
    there = place.raw.run(lambda raw: raw.drafts.get("kladde-sagen"))
    stolen = replace(there, owner="emil", revision=there.revision + 1)
    for write in ("save", "close"):
        assert place.as_("emil", lambda uow, w=write: getattr(uow.drafts, w)(stolen, there.revision)) is False
    assert place.raw.run(lambda raw: raw.drafts.get("kladde-sagen")) == there


def test_the_ledger_hears_of_a_draft_from_whoever_has_just_thrown_it_away(place: Place) -> None:
    def throws(uow: UnitOfWork) -> int:
        uow.outbox.cancel("kladde-sagen", "discarded")
        uow.drafts.delete("kladde-sagen")
        return uow.retention.record(Deletion("draft", "kladde-sagen", "drafts", MONDAY))

    with pytest.raises(Forbidden):  # its own writer, while it is there
        place.as_("lise", lambda uow: uow.retention.record(Deletion("draft", "kladde-sagen", "drafts", MONDAY)))
    assert place.as_("lise", throws) == 1


def test_a_case_of_others_is_tied_to_no_child_by_whoever_works_with_another(place: Place) -> None:
    place.sent("anden", writer_id="lise", excluded=("lars",))
    tie = Filing("t1", "anden", "child", "tied", group="barnet", slot="child:anden")

    def ties(uow: UnitOfWork) -> None:
        assert uow.cases.get("sagen") is not None
        uow.filings.add(tie)

    with pytest.raises(Forbidden):
        place.as_("lars", ties)
    place.raw.run(lambda raw: raw.filings.add(tie))
    moved = replace(tie, case_id="sagen", group="mit", revision=1)
    assert place.as_("lars", lambda uow: uow.cases.get("sagen") and uow.filings.save(moved, 0)) is False


def test_the_worker_and_a_weak_session_see_the_outline_and_no_word(place: Place) -> None:
    for actor in (WORKER, Actor("lars", "web", 2, "one"), Actor("lars", "telegram", 1, "one")):
        case, lines = place.store.run(actor, lambda uow: (uow.cases.get("sagen"), uow.cases.entries("sagen")))
        assert case is not None and SECRET not in repr(case) and "Fordi." not in repr(case)
        assert case.answers == {"q06_omraader": ("venner",)} and len(lines) == 2
        if actor is not WORKER:
            with pytest.raises(Forbidden):
                place.store.run(actor, lambda uow, c=case: uow.cases.save(replace(c, revision=1), 0))
    erasing = place.store.run(OPERATOR, lambda uow: uow.cases.get("sagen"))
    assert erasing is not None and SECRET not in repr(erasing)


def test_a_list_of_timelines_holds_no_word_and_nothing_of_cases_of_others(place: Place) -> None:
    """A timeline's words come with the whole case only, and a case that is not theirs is not even empty."""
    place.sent("anden")
    words = "Har I talt med hjemmet?"
    line = Entry("sagen", "asked", "lars", MONDAY, MONDAY, {"text": words})
    place.as_("lars", lambda uow: (uow.cases.get("sagen"), uow.cases.add_entry(line)))
    both = ("sagen", "anden")

    def listed(uow: UnitOfWork) -> dict[str, str]:
        uow.cases.of_school("skov")
        return {case_id: str(lines) for case_id, lines in uow.cases.entries_of(both).items()}

    outline = place.as_("lars", listed)
    assert set(outline) == set(both) and words not in "".join(outline.values())
    whole = place.as_("lars", lambda uow: (uow.cases.get("sagen"), uow.cases.entries_of(both))[1])
    assert words in str(whole["sagen"])
    assert place.as_("emil", listed) == {}


def test_what_one_person_has_filed_for_themselves_is_shown_to_nobody_else_on_the_case(place: Place) -> None:
    own = Filing("r1", "sagen", "report", "sent", {"text": "Han er slået."}, owner="lise")
    place.raw.run(lambda raw: raw.filings.add(own))
    assert [one.id for one in place.as_("lise", lambda uow: uow.filings.of_case("sagen", "report"))] == ["r1"]
    assert place.as_("lars", lambda uow: uow.filings.of_case("sagen", "report")) == []
    assert place.as_("lars", lambda uow: uow.filings.get("r1")) is None


def test_several_cases_are_shown_and_logged_as_one_by_one(place: Place) -> None:
    place.sent("anden")
    both, filed = ("sagen", "anden"), Filing("s1", "sagen", "consent", "given")
    place.raw.run(lambda raw: raw.filings.add(filed))
    place.new_lines()
    shown = place.as_("lars", lambda uow: (uow.cases.several(both), uow.filings.of_cases(both, "consent")))
    assert [case.answers["q05_set"] for case in shown[0]] == [SECRET, SECRET] and shown[1] == {"sagen": [filed]}
    assert place.new_lines() == [("lars", "case.read", "allow")] * 2
    assert place.as_("emil", lambda uow: (uow.cases.several(both), uow.filings.of_cases(both, "consent"))) == ([], {})
    weak = place.as_("lars", lambda uow: (uow.cases.several(both), uow.filings.of_cases(both, "consent")), ceiling=1)
    assert SECRET not in repr(weak) and weak[1] == {}


def test_what_somebody_is_to_each_case_is_what_they_are_to_one(place: Place) -> None:
    for one in ("lise", "lars", "emil"):
        found = place.as_(one, lambda uow: (uow.relations(), uow.relation("sagen")))
        assert found[0].get("sagen") == found[1]


def test_an_outline_is_never_written_back(place: Place) -> None:
    def work(uow: UnitOfWork) -> None:
        (case,) = uow.cases.of_school("skov")
        assert SECRET not in repr(case)
        uow.cases.save(replace(case, revision=1), 0)

    with pytest.raises(Forbidden):
        place.as_("lars", work)


def test_whoever_leaves_a_school_leaves_its_cases_in_the_same_transaction(place: Place) -> None:
    assert place.reads("pia") is not None
    place.clock.at += timedelta(hours=1)
    moved = replace(next(p for p in PEOPLE if p.id == "pia"), memberships=(Membership("eng", "psychologist"),))
    place.store.run(OPERATOR, lambda uow: uow.people.save(moved))
    assert place.reads("pia") is None
    rows = place.raw.run(lambda raw: [row for row in raw.members.of_case("sagen") if row.person_id == "pia"])
    assert [(row.since, row.until, row.why) for row in rows] == [(MONDAY, place.clock.at, "seat")]
    place.clock.at += timedelta(hours=1)
    place.store.run(OPERATOR, lambda uow: uow.people.save(next(p for p in PEOPLE if p.id == "pia")))
    assert place.reads("pia") is not None
    rows = place.raw.run(lambda raw: [row for row in raw.members.of_case("sagen") if row.person_id == "pia"])
    assert [row.until for row in rows] == [MONDAY + timedelta(hours=1), None]


def test_somebody_new_in_the_team_gets_the_open_cases_and_none_that_are_closed(place: Place) -> None:
    place.sent("lukket", state="closed", closed_at=MONDAY, answered_at=MONDAY)
    place.store.run(OPERATOR, lambda uow: uow.people.add(person("nina", "psychologist")))
    assert place.reads("nina") is not None
    assert place.reads("nina", "lukket") is None


def test_a_deputy_has_a_row_that_begins_when_the_watchdog_says_so(place: Place) -> None:
    rows = place.raw.run(lambda raw: raw.members.of_case("sagen"))
    begins = next(row.since for row in rows if row.person_id == "lone")
    assert begins > MONDAY and place.reads("lone") is None
    place.clock.at = begins - timedelta(microseconds=1)
    assert place.reads("lone") is None
    place.clock.at = begins
    assert place.reads("lone") is not None


def test_many_at_once_make_one_chain_without_a_gap(place: Place) -> None:
    with ThreadPoolExecutor(8) as pool:
        found = list(pool.map(lambda n: place.reads(("lars", "pia", "sara", "emil")[n % 4]), range(40)))
    assert sum(case is not None for case in found) == 30
    assert [line.seq for line in place.log()] == list(range(1, len(place.log()) + 1))
    assert place.in_order()


def test_old_lines_are_cut_and_the_rest_is_in_order(place: Place) -> None:
    place.clock.at += timedelta(days=800)
    place.reads("lars")
    kept = place.store.run(WORKER, lambda uow: uow.audit.cut(place.clock.at - timedelta(days=730), place.clock.at))
    assert kept == place.before
    place.reads("lars")
    assert [line.action for line in place.log()] == ["case.read", "audit.cut", "case.read"]
    assert place.in_order()
