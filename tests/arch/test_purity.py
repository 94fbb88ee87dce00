"""The core computes: it has no clock, no chance, no world around it. Only the content's readers touch files."""

from __future__ import annotations

import ast

from tests.arch.tree import called, calls, modules

WORLD = frozenset(
    {"contextvars", "fcntl", "getpass", "http", "multiprocessing", "os", "random", "secrets", "select", "shutil"}
    | {"signal", "smtplib", "sqlite3", "ssl", "subprocess", "sys", "tempfile", "threading", "time", "urllib", "uuid"}
    | {"asyncio", "socket", "logging"}
)
DOING = frozenset({"open", "print", "input", "exec", "eval", "compile", "__import__", "breakpoint"})
CLOCKS = ("datetime.now", "datetime.utcnow", "datetime.today", "date.today")
FILES = frozenset(
    {"read_text", "read_bytes", "write_text", "write_bytes", "iterdir", "glob", "rglob", "unlink", "open"}
)
READERS = frozenset({"dialogs/reading/files.py", "dialogs/overlay/folder.py", "dialogs/reading/yamlio.py"})


def imported(tree: ast.Module) -> set[str]:
    """The top names of everything that a module imports."""
    names: set[str] = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            names |= {alias.name.split(".")[0] for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            names.add((node.module or "").split(".")[0])
    return names


def test_the_core_imports_nothing_of_the_world() -> None:
    assert [(name, found) for name, _, tree in modules("dialogs") if (found := imported(tree) & WORLD)] == []


def test_the_core_asks_no_clock_and_prints_nothing() -> None:
    found = [
        f"{name}:{call.lineno} {called(call)}"
        for name, _, tree in modules("dialogs")
        for call in calls(tree)
        if called(call) in DOING or called(call).endswith(CLOCKS)
    ]
    assert found == []


def test_only_the_readers_of_content_touch_files() -> None:
    touching = {
        name
        for name, _, tree in modules("dialogs")
        for call in calls(tree)
        if isinstance(call.func, ast.Attribute) and call.func.attr in FILES
    }
    assert touching == READERS


def test_the_core_is_synchronous() -> None:
    waits = (ast.AsyncFunctionDef, ast.Await, ast.AsyncFor, ast.AsyncWith)
    assert [name for name, _, tree in modules("dialogs") if any(isinstance(n, waits) for n in ast.walk(tree))] == []
