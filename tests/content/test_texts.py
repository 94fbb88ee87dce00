"""The bot's own words against the code that says them: no key is missing, no hole stays open, no text is left over."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

import pytest

from dialogs.cases.words import standard
from dialogs.content import DANISH
from dialogs.light.cards import load_cards
from dialogs.lint.holes import MESSAGES
from dialogs.reading.yamlio import read
from dialogs.words import Words, holes, load_words
from tests.arch.tree import ROOT, modules

WORDS = load_words(read(DANISH / "messages.yaml"))
MEETINGS = load_words(read(DANISH / "meetings.yaml"))
PAPERS = load_words(read(DANISH / "papers.yaml"))
PLANS = load_words(read(DANISH / "plans.yaml"))
NETWORK = load_words(read(DANISH / "network.yaml"))
PAGES = load_words(read(DANISH / "pages.yaml"))
SECTIONS = frozenset(key.partition(".")[0] for key in WORDS.texts)
_KEY = re.compile(rf"(?:{'|'.join(sorted(SECTIONS))})\.[a-z_]+(?:\.[a-z_]+)*\Z")
_SECTION = re.compile(r"[a-z_]+(?:\.[a-z_]*)+\Z")
_WORD = re.compile(r"[^\W_]+")
# How a call names its text: (name of the function, prefix of the key, names that are no holes).
SPEAKERS = {
    "words": ("", frozenset[str]()),
    "card": ("", frozenset({"kind"})),
    "go": ("", frozenset({"verb", "arg", "style"})),
    "notice": ("", frozenset[str]()),
    "problem": ("problems.", frozenset[str]()),
}


@dataclass(frozen=True)
class Said:
    """One call in the code: the key, the values it gives, and whether it gives others that can't be seen here."""

    where: str
    key: str
    gives: frozenset[str]
    more: bool


@cache
def nodes() -> tuple[tuple[str, ast.AST], ...]:
    """What the code says and calls, with its place. Read when the first test asks, not when tests are collected."""
    kinds = (ast.Call, ast.Constant, ast.JoinedStr, ast.AnnAssign, ast.NamedExpr)
    return tuple(
        (f"{name}:{node.lineno}", node)
        for name, _, tree in modules("bot", "dialogs")
        for node in ast.walk(tree)
        if isinstance(node, kinds)
    )


@cache
def calls() -> tuple[Said, ...]:
    return tuple(_calls())


def _calls() -> Iterator[Said]:
    for where, node in nodes():
        if not isinstance(node, ast.Call) or not node.args:
            continue
        name = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
        first = node.args[0]
        if name not in SPEAKERS or not isinstance(first, ast.Constant) or not isinstance(first.value, str):
            continue
        prefix, not_holes = SPEAKERS[name]
        key = prefix + first.value
        if _KEY.match(key):
            gives = {keyword.arg for keyword in node.keywords if keyword.arg is not None} - not_holes
            yield Said(where, key, frozenset(gives), any(keyword.arg is None for keyword in node.keywords))


def constants() -> set[str]:
    return {node.value for _, node in nodes() if isinstance(node, ast.Constant) and isinstance(node.value, str)}


def beginnings() -> set[str]:
    """The fixed beginnings of keys that are put together: f"problems.{code}"."""
    found = set()
    for _, node in nodes():
        if isinstance(node, ast.JoinedStr) and isinstance(node.values[0], ast.Constant):
            start = str(node.values[0].value)
            if start.partition(".")[0] in SECTIONS and "." in start:
                found.add(start)
    return found


def problem_codes() -> Iterator[tuple[str, str, frozenset[str]]]:
    """Every Problem("code", question, (("max", …), …)) in the code: where, its code, and the names of its params."""
    for where, node in nodes():
        if isinstance(node, ast.Call) and getattr(node.func, "id", "") == "Problem" and node.args:
            code = node.args[0]
            if isinstance(code, ast.Constant):
                names = {c.value for a in node.args[2:] for c in ast.walk(a) if isinstance(c, ast.Constant)}
                yield where, str(code.value), frozenset(str(name) for name in names)


def test_the_code_is_read() -> None:
    assert len(calls()) > 50
    assert "problems." in beginnings()


def test_every_key_in_the_code_has_words() -> None:
    missing = [f"{said.where}: {said.key}" for said in calls() if not WORDS.has(said.key)]
    assert missing == []


def test_every_key_that_is_put_together_can_be_found() -> None:
    assert [start for start in beginnings() if not any(key.startswith(start) for key in WORDS.texts)] == []


def test_every_way_in_that_stays_shut_says_why() -> None:
    shut = [node for _, node in nodes() if isinstance(node, ast.Call) and getattr(node.func, "id", "") == "No"]
    codes = {str(node.args[0].value) for node in shut if node.args and isinstance(node.args[0], ast.Constant)}
    assert len(codes) > 10
    assert [code for code in sorted(codes) if not PAGES.has(f"entry.{code}")] == []


def test_every_call_fills_the_holes_of_its_text() -> None:
    unfilled = [
        f"{said.where}: {said.key} {sorted(holes(WORDS.texts[said.key]) - said.gives)}"
        for said in calls()
        if WORDS.has(said.key) and not said.more and holes(WORDS.texts[said.key]) - said.gives
    ]
    assert unfilled == []


def test_the_list_of_holes_is_what_the_code_fills() -> None:
    """An editor may use every hole on the list, so each of them must be given by every call."""
    broken = [
        f"{said.where}: {said.key} {sorted(MESSAGES.get(said.key, frozenset()) - said.gives)}"
        for said in calls()
        if not said.more and MESSAGES.get(said.key, frozenset()) - said.gives
    ]
    assert broken == []
    assert [key for key in MESSAGES if not WORDS.has(key)] == []


def test_every_problem_has_words_that_say_what_to_do() -> None:
    case_problems, papers = standard().problems, {**PAPERS.texts, **PLANS.texts}
    for where, code, names in problem_codes():
        key = f"problems.{code}"
        more = (papers, MEETINGS.texts, NETWORK.texts)
        text = WORDS.texts.get(key) or case_problems.get(code) or next((one[key] for one in more if key in one), None)
        assert text is not None, f"{where}: {code}"
        if f"problems.{code}" in WORDS.texts:
            assert holes(text) <= names, f"{where}: {code}"


class Reading:
    """What the code and the pages name: whole keys, beginnings of keys, and the words that may follow them."""

    def __init__(self) -> None:
        pages = "\n".join(path.read_text(encoding="utf-8") for path in ROOT.glob("bot/web/templates/*.j2"))
        ids = "\n".join(path.read_text(encoding="utf-8") for path in DANISH.rglob("*.yaml"))
        fields = {
            node.target.id
            for _, node in nodes()
            if isinstance(node, ast.AnnAssign | ast.NamedExpr)
            if isinstance(node.target, ast.Name)
        }
        self.keys = constants() | set(re.findall(r"""["']([a-z_.]+)["']""", pages))
        self.sections = {one for one in self.keys if _SECTION.match(one) and one.endswith(".")}
        parts = (node.values[0] for _, node in nodes() if isinstance(node, ast.JoinedStr))
        self.starts = {str(part.value) for part in parts if isinstance(part, ast.Constant)}
        self.starts |= set(re.findall(r"""["']([a-z_.]+)["']\s*~""", pages))
        self.starts = {start for start in self.starts if "." in start and _SECTION.match(start)}
        self.words = {word for one in (*self.keys, *fields) if len(one) < 60 for word in _WORD.findall(one)}
        self.words |= {word for found in re.findall(r"\bid: ([\w-]+)", ids) for word in _WORD.findall(found)}

    def reads(self, key: str) -> bool:
        """Whether this key can be put together of what is named; a problem's code is always written out."""
        if key in self.keys or key.startswith("problems."):
            return bool({key, key.removeprefix("problems.")} & self.keys)
        ends = (key.removeprefix(start) for start in self.starts if key.startswith(start))
        said = any(all(word in self.words or word[-1].isdigit() for word in _WORD.findall(end)) for end in ends)
        return said or any(key.startswith(section) for section in self.sections - self.starts)


@cache
def reading() -> Reading:
    return Reading()


@pytest.mark.parametrize(
    "words",
    [WORDS, MEETINGS, PAPERS, PLANS, NETWORK, PAGES],
    ids=["messages", "meetings", "papers", "plans", "network", "pages"],
)
def test_no_text_is_left_over(words: Words) -> None:
    assert [key for key in words.texts if not reading().reads(key)] == []


@pytest.mark.parametrize("key", ["reply.title", "voice.gracias", "booked", "problems.gone_fishing"])
def test_a_text_that_nothing_says_is_found(key: str) -> None:
    assert not reading().reads(key)


@pytest.mark.parametrize("file", ["messages.yaml", "cards.yaml", "cases.yaml", "notices.yaml", "topics.yaml"])
def test_no_file_speaks_of_tools_or_of_paragraphs(file: str) -> None:
    text = (DANISH / file).read_text(encoding="utf-8")
    assert "§" not in re.sub(r"#.*", "", text)


def test_the_duty_to_report_is_personal_in_every_place_that_says_it() -> None:
    for duty in (load_cards(read(DANISH / "cards.yaml")).duty, standard().duty):
        assert "pligt til at underrette er din egen" in duty
