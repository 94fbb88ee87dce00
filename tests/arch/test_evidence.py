"""The security documents name real tests, answer every requirement, and count what they say they count."""

from __future__ import annotations

import ast
import re
from datetime import timedelta

import pytest

from dialogs.danish.lix import lix
from dialogs.retention import RULES
from scripts.asvs import KINDS, answers, chapters, page
from storage.inventory import TABLES
from tests.arch.tree import ROOT, doc, modules

EVIDENCE = ("docs/threat-model.md", "docs/asvs.md", "docs/nis2.md", "docs/privacy.md", "SECURITY.md")
NAMED = re.compile(r"`(tests/[\w/.]+\.py)::(\w+)`")
ROW = re.compile(r"^\| (\d+) \|(.*)\|$", re.M)
PARENTS = "docs/til-foraeldre.md"


def missing(text: str) -> list[str]:
    """The tests that a text names and nobody has written."""
    written = {
        (path, node.name)
        for path, _, tree in modules("tests")
        for node in ast.walk(tree)
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
    }
    return [f"{path}::{name}" for path, name in NAMED.findall(text) if (path, name) not in written]


@pytest.mark.parametrize("path", EVIDENCE)
def test_every_test_that_a_document_names_is_there(path: str) -> None:
    assert missing(doc(path)) == []


def test_a_test_that_is_not_there_is_noticed() -> None:
    here = "tests/arch/test_evidence.py"
    good = f"`{here}::test_a_test_that_is_not_there_is_noticed`"
    assert missing(f"{good} `{here}::test_nothing_of_the_kind`") == [f"{here}::test_nothing_of_the_kind"]


def test_each_threat_has_a_row_with_tests_or_what_is_missing() -> None:
    rows = ROW.findall(doc("docs/threat-model.md"))
    assert [int(number) for number, _ in rows] == list(range(1, 37))
    silent = [n for n, row in rows if not NAMED.search(row) and "not yet" not in row and "does not apply" not in row]
    assert silent == []


def test_every_requirement_of_the_standard_is_answered_once() -> None:
    asked = [line.split()[0] for line in doc("tests/arch/asvs_ids.txt").splitlines()]
    found = chapters()
    told = [number for chapter in found.values() for number, _, _ in answers(chapter)]
    assert sorted(told) == sorted(asked)
    assert len(set(told)) == len(told) > 200
    astray = [n for name, chapter in found.items() for n, _, _ in answers(chapter) if f"V{n.split('.')[0]}" != name]
    assert astray == []


def test_the_sheet_says_and_counts_what_the_answers_are() -> None:
    assert doc("docs/asvs.md") == page()
    named = [words for chapter in chapters().values() for _, kind, words in answers(chapter) if kind == "test"]
    assert len(NAMED.findall(page())) == len(named)  # an answer that is no `path::name` would not be looked for


def test_an_answer_of_another_kind_is_refused() -> None:
    for said in ({"surely": "yes"}, {"how": "a", "test": "b"}):
        with pytest.raises(ValueError, match=r"1\.1\.1"):
            list(answers({"title": "x", "1.1.1": said}))
    assert len(KINDS) == 4


def test_the_retention_that_is_written_is_the_retention_that_is_carried_out() -> None:
    told = dict(re.findall(r"^\| `([a-z_]+)` \| [^|]* \| (\d+ \w+) \|", doc("docs/privacy.md"), re.M))
    assert told == {rule.id: said(rule.keep) for rule in RULES}


def said(keep: timedelta) -> str:
    """A time as the table writes it: whole days from four days on, else hours."""
    hours = keep // timedelta(hours=1)
    if hours >= 96:
        return f"{hours // 24} days"
    return f"{hours} hour" if hours == 1 else f"{hours} hours"


def test_every_table_of_the_database_is_in_the_record_of_processing() -> None:
    text = doc("docs/privacy.md")
    assert [table for table in TABLES if f"`{table}`" not in text] == []


def test_the_words_for_parents_are_plain() -> None:
    paragraphs = [part for part in re.split(r"\n\s*\n", (ROOT / PARENTS).read_text(encoding="utf-8"))]
    words = [re.sub(r"[*#_>|]", "", part) for part in paragraphs]
    assert [part for part in words if len(part.split()) >= 8 and lix(part) > 35] == []
    assert lix("\n".join(words)) <= 35
