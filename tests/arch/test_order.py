"""Tests run in any order: what one of them changes is never kept for another."""

from __future__ import annotations

import ast
from collections.abc import Iterator

import pytest

from tests.arch.tree import called, modules

# A house, a store or a conversation belongs to one test (docs/testing.md).
CHANGES = frozenset(
    {
        "House",
        "Chat",
        "Town",
        "Guest",
        "Visitor",
        "Place",
        "MemoryStore",
        "SqliteStore",
        "PostgresStore",
        "GuardedStore",
    }
)
KEPT = ("cache", "lru_cache", "functools.cache", "functools.lru_cache")


def kept(tree: ast.Module) -> Iterator[str]:
    """Names that a module keeps for all its tests although a test may change what is behind them."""
    for node in tree.body:
        if isinstance(node, ast.Assign | ast.AnnAssign) and isinstance(node.value, ast.Call):
            if called(node.value).split(".")[-1] in CHANGES:
                yield ast.unparse(node.targets[0] if isinstance(node, ast.Assign) else node.target)
        elif isinstance(node, ast.FunctionDef) and any(_is_cache(one) for one in node.decorator_list):
            made = {called(one).split(".")[-1] for one in ast.walk(node) if isinstance(one, ast.Call)}
            if made & CHANGES:
                yield node.name


def _is_cache(decorator: ast.expr) -> bool:
    return ast.unparse(decorator.func if isinstance(decorator, ast.Call) else decorator) in KEPT


def test_no_test_keeps_a_house_or_a_store_for_the_next() -> None:
    found = {name: names for name, _, tree in modules("tests") if (names := list(kept(tree)))}
    assert found == {}


@pytest.mark.parametrize(
    "source",
    [
        "HOUSE = House()",
        "store: Any = memory.MemoryStore(now)",
        "@cache\ndef walked() -> Chat:\n    return Chat(House())",
        "@functools.lru_cache(maxsize=4)\ndef walked(name):\n    town = Town()\n    return town.play(name)",
    ],
)
def test_one_that_is_kept_is_noticed(source: str) -> None:
    assert list(kept(ast.parse(source)))
