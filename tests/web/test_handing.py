"""Handing out a case: everything that is held is in it, others' words are marked, and only the right people may."""

from __future__ import annotations

import hashlib
import io
import json
import re
import zipfile
from datetime import UTC, datetime, time
from typing import Any, get_args

import pypdf
import pytest

from bot.app.papers.dossierwords import FILED, TELLERS
from bot.guard.dossiers import LEFT_OUT, SOURCES
from dialogs.meetings.model import Meeting, Point, Seat, Wall
from dialogs.papers.filings import FilingKind
from dialogs.plans.filed import dump
from dialogs.plans.model import Need, Plan
from storage.inventory import inventory
from tests.attacks.routes import leaves
from tests.bare import bare
from tests.core.form_kit import danish
from tests.web.demo_house import AWAY, DEPUTY, LEADER, PEDAGOGUE, PSYCHOLOGIST, QUIET, TEACHER, Guest, demo_house

DPO, ADMIN, CHIEF = "solbaek-tilsyn", "solbaek-administrator", "solbaek-chef"
SECRET = "Mandag sad han alene i frikvarteret."
OWNER = PSYCHOLOGIST  # who is responsible for the demo's quiet case


async def handed(who: str, kind: str, house: Any = None, case_id: str = QUIET) -> tuple[Guest, dict[str, bytes]]:
    """What somebody gets: the files of the package by name; nothing when it is not theirs to hand out."""
    guest = Guest(house=house or demo_house())
    await guest.become(who)
    await guest.get("/chat")
    answer = await guest.client.post(f"/sag/{case_id}/udlevering", data={**guest.own, "kind": kind})
    if answer.status_code != 200:
        assert answer.status_code == 404
        return guest, {}
    with zipfile.ZipFile(io.BytesIO(answer.content)) as folder:
        return guest, {name: folder.read(name) for name in folder.namelist()}


def text_of(pdf: bytes) -> str:
    return "\n".join(page.extract_text() for page in pypdf.PdfReader(io.BytesIO(pdf)).pages)


# --- complete ---


def test_every_sealed_column_is_in_the_package_or_left_out_for_a_reason() -> None:
    sealed = {f"{item.table}.{item.column}" for item in inventory() if item.data_class == "2"}
    read = {column for source in SOURCES for column in source.columns}
    assert sealed == read | LEFT_OUT.keys(), "add a source to bot/guard/dossiers.py, or say why it is left out"
    assert not read & LEFT_OUT.keys()
    assert all(len(reason.split()) > 2 for reason in LEFT_OUT.values())


def test_every_source_has_a_teller_and_a_title() -> None:
    names = [source.name for source in SOURCES]
    assert set(names) == set(TELLERS)
    assert all(danish().papers.has(f"dossier.source.{name}") for name in names)
    assert all(danish().papers.has(f"dossier.filing.{kind}") for kind in FILED)


def test_every_kind_of_filing_has_a_teller_of_its_own() -> None:
    assert set(FILED) == set(get_args(FilingKind)), "write one in bot/app/papers/dossierwords.py"


async def test_every_word_that_is_stored_about_the_case_is_in_the_data_file_and_on_the_paper() -> None:
    house = demo_house()
    _, files = await handed(LEADER, "access", house)
    data, paper = files["indsigt-K7RT-Maage.json"].decode(), text_of(files["indsigt-K7RT-Maage.pdf"])
    case, entries = bare(house).run(lambda raw: (raw.cases.get(QUIET), raw.cases.entries(QUIET)))
    assert SECRET in data and SECRET in paper
    stored = [text for entry in entries for text in leaves(dict(entry.data)) if " " in text]
    assert stored
    together = re.sub(r"\s", "", paper)
    for text in stored:
        assert json.dumps(text, ensure_ascii=False)[1:-1] in data, text
        assert re.sub(r"\s", "", text) in together, text
    assert set(case.answers) <= set(json.loads(data)["held"]["case"][0]["answers"])


async def test_others_words_are_marked_and_no_employee_is_named() -> None:
    _, files = await handed(LEADER, "access")
    data, paper = json.loads(files["indsigt-K7RT-Maage.json"]), text_of(files["indsigt-K7RT-Maage.pdf"])
    marked = {one["at"] for one in data["review"]}
    for at, entry in enumerate(data["held"]["entries"]):
        for key, text in entry["data"].items():
            if isinstance(text, str) and " " in text:
                assert f"/entries/{at}/data/{key}" in marked
    assert {one["at"] for one in data["review"] if "/answers/q10_styrker" in one["at"]}
    assert "Styrker (se efter)" in " ".join(paper.split()) and "Alder og sted (se efter)" not in " ".join(paper.split())
    assert "Se efter, før du giver det videre" in paper and "(se efter)" in paper
    for name in ("Maja Holm", "Birgit Søe", "Nadia Rahimi"):
        assert name not in paper and name not in json.dumps(data, ensure_ascii=False)


async def test_a_meeting_about_many_cases_is_there_with_this_case_alone() -> None:
    house = demo_house()
    day = datetime(2026, 11, 25, tzinfo=UTC).date()
    shared = Meeting(
        id="ugen", kind="trio", school_id="laerkeskolen", starts=Wall(day, time(12, 30)), minutes=30,
        seats=(Seat("s1", "leader", LEADER),), chair="s1", code="M2RT-Ravn",
        points=(Point(QUIET, 10), Point(AWAY, 10)),
        notes={"agenda": {QUIET: "Vi ser på pladsen i klassen.", AWAY: "Det her er om en anden."},
               "lines": [{"case_id": AWAY, "text": "Heller ikke det her."}]},
    )  # fmt: skip
    bare(house).run(lambda raw: raw.meetings.add(shared))
    _, files = await handed(LEADER, "access", house)
    data, paper = files["indsigt-K7RT-Maage.json"].decode(), text_of(files["indsigt-K7RT-Maage.pdf"])
    assert "Vi ser på pladsen i klassen." in data and "Vi ser på pladsen i klassen." in " ".join(paper.split())
    assert "om en anden" not in data + paper and "Heller ikke" not in data + paper and AWAY not in data


async def test_the_plan_is_told_with_its_needs_and_the_childs_own_wish() -> None:
    house = demo_house()
    plan = Plan("planen", QUIET, "Jeg vil gerne lege med nogen.", needs=(Need("n1", "En voksen i frikvarteret"),))
    bare(house).run(lambda raw: raw.filings.add(dump(plan)))
    _, files = await handed(LEADER, "access", house)
    paper = " ".join(text_of(files["indsigt-K7RT-Maage.pdf"]).split())
    assert "Jeg vil gerne lege med nogen." in paper and "En voksen i frikvarteret" in paper


# --- whole ---


async def test_the_checksums_fit_the_files_and_the_paper_names_the_one_of_the_data() -> None:
    _, files = await handed(LEADER, "access")
    lines = files["kontroltal.txt"].decode().splitlines()
    sums = {name: digest for digest, name in (line.split("  ") for line in lines)}
    assert set(sums) == files.keys() - {"kontroltal.txt"}
    assert all(hashlib.sha256(files[name]).hexdigest() == digest for name, digest in sums.items())
    assert sums["indsigt-K7RT-Maage.json"] in re.sub(r"\s", "", text_of(files["indsigt-K7RT-Maage.pdf"]))


async def test_a_copy_for_the_journal_names_colleagues_the_form_and_who_made_it() -> None:
    house = demo_house()
    _, files = await handed(OWNER, "journal", house)
    data, paper = json.loads(files["journal-K7RT-Maage.json"]), text_of(files["journal-K7RT-Maage.pdf"])
    version = bare(house).run(lambda raw: raw.cases.get(QUIET).form_version)
    assert data["form"] == {"id": "worry", "version": version} and data["made_by"]["name"] == "Nadia Rahimi"
    assert f"worry, udgave {version}" in paper and "Maja Holm" in paper and "(se efter)" not in paper
    assert "review" not in data


# --- who ---


@pytest.mark.parametrize("who", [TEACHER, PEDAGOGUE, DEPUTY, CHIEF, DPO, ADMIN, PSYCHOLOGIST])
async def test_only_the_leader_on_the_case_hands_out_all_of_it(who: str) -> None:
    house = demo_house()
    assert (await handed(who, "access", house))[1] == {}
    lines = bare(house).run(lambda raw: [one for one in raw.audit.lines() if one.action == "case.package"])
    assert [(one.actor, one.outcome) for one in lines] == [(who, "deny")]


@pytest.mark.parametrize(("who", "gets"), [(OWNER, True), (LEADER, True), (TEACHER, False), (DEPUTY, False)])
async def test_a_copy_for_the_journal_is_for_the_leader_and_whoever_is_responsible(who: str, gets: bool) -> None:
    assert bool((await handed(who, "journal"))[1]) is gets


async def test_the_people_on_the_case_see_that_it_was_handed_out() -> None:
    house = demo_house()
    await handed(LEADER, "access", house)
    maja = Guest(house=house)
    await maja.become(TEACHER)
    page = await maja.get(f"/sag/{QUIET}")
    assert "Leder: samlede alt til dem, der bad om indsigt" in page.words


async def test_the_case_page_offers_it_to_whoever_may() -> None:
    house = demo_house()
    for who, offered in ((LEADER, True), (OWNER, True)):
        guest = Guest(house=house)
        await guest.become(who)
        page = await guest.get(f"/team/sag/{QUIET}")
        assert (f"/sag/{QUIET}/udlevering" in page.links) is offered
        page = await guest.get(f"/sag/{QUIET}/udlevering")
        assert ("Lav pakken" in page.words) is (who == LEADER)
