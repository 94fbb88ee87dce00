"""One idea a module: files and functions stay small enough to be read at once (docs/architecture.md, "House rules")."""

from __future__ import annotations

import ast
import statistics
from collections import Counter
from pathlib import PurePosixPath

from tests.arch.tree import modules

MODULE_LINES = 400
MEDIAN_LINES = 120
FUNCTION_LINES = 60
NINTH_DECILE_LINES = 25
FOLDER_MODULES = 40


def filled(source: str) -> int:
    return sum(1 for line in source.splitlines() if line.strip())


def functions() -> list[tuple[str, int]]:
    """Each function with its length: from `def` to its last line, decorators and blank lines left out."""
    found: list[tuple[str, int]] = []
    for name, source, tree in modules():
        lines = source.splitlines()
        for node in ast.walk(tree):
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                body = "\n".join(lines[node.lineno - 1 : node.end_lineno])
                found.append((f"{name}:{node.lineno} {node.name}", filled(body)))
    return found


def test_no_module_is_too_long_to_read() -> None:
    assert [(name, filled(source)) for name, source, _ in modules() if filled(source) > MODULE_LINES] == []


def test_most_modules_are_short() -> None:
    assert statistics.median(filled(source) for _, source, _ in modules()) <= MEDIAN_LINES


def test_no_folder_holds_more_modules_than_one_looks_through() -> None:
    folders = Counter(PurePosixPath(name).parent.as_posix() for name, _, _ in modules())
    assert [folder for folder, count in folders.items() if count > FOLDER_MODULES] == []


def test_no_function_is_too_long_to_read() -> None:
    assert [one for one in functions() if one[1] > FUNCTION_LINES] == []


def test_nine_functions_of_ten_fit_in_a_glance() -> None:
    assert statistics.quantiles((length for _, length in functions()), n=10)[-1] <= NINTH_DECILE_LINES
