"""A form says itself what it is for: no code asks which form it is."""

from __future__ import annotations

import ast
from typing import get_args

import pytest

from bot.app.chat.natures import NATURES
from dialogs.types import Purpose
from tests.arch.tree import ROOT

_NAMES = frozenset({"form_id"})


def asks_which_form(source: str) -> list[int]:
    """The lines that hold the id of a form against one that is written down, named or passed on."""
    compared = [node for node in ast.walk(ast.parse(source)) if isinstance(node, ast.Compare)]
    return [node.lineno for node in compared if _asks(node)]


def _asks(node: ast.Compare) -> bool:
    sides = (node.left, *node.comparators)
    ours = sum(map(_is_form_id, sides))
    same = any(isinstance(op, ast.Eq | ast.NotEq) for op in node.ops)
    return 0 < ours < len(sides) and (same or any(map(_is_fixed, sides)))


def _is_form_id(node: ast.expr) -> bool:
    if isinstance(node, ast.Attribute) and node.attr == "id":
        return isinstance(node.value, ast.Name | ast.Attribute) and ast.unparse(node.value).split(".")[-1] == "form"
    return ast.unparse(node).split(".")[-1] in _NAMES


def _is_fixed(node: ast.expr) -> bool:
    return isinstance(node, ast.Constant | ast.Tuple | ast.Set) and "'" in ast.unparse(node)


def test_every_purpose_of_a_form_has_its_row() -> None:
    assert set(NATURES) == set(get_args(Purpose))


def test_no_code_asks_which_form_it_is() -> None:
    files = [path for room in ("bot", "dialogs", "storage") for path in (ROOT / room).rglob("*.py")]
    found = {str(path): lines for path in files if (lines := asks_which_form(path.read_text(encoding="utf-8")))}
    assert found == {}


@pytest.mark.parametrize(
    "source",
    [
        'if form.id == "light": pass',
        'if sheet.form.id not in ("worry", "light"): pass',
        'found = [one for one in drafts if one.form_id == "worry"]',
        "if draft.form_id == FORM: pass",
        "if guide != sheet.form.id: pass",
    ],
)
def test_the_question_which_form_it_is_would_be_found(source: str) -> None:
    assert asks_which_form(source) == [1]
