"""The repository's own files, and small readers of its code and docs."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PACKAGES = ("bot", "storage", "dialogs")
FOLDERS = (*PACKAGES, "tests", "bench", "scripts", "docs", ".ci")
TEXTS = frozenset(
    {"", ".py", ".md", ".yaml", ".yml", ".toml", ".j2", ".css", ".js", ".svg", ".json", ".mako", ".lock", ".expected"}
)


@cache
def files() -> tuple[Path, ...]:
    """Every file that belongs to the repository: what is in its folders and at its top, caches left out."""
    # In a second working tree `.git` is a file that names the first one's place.
    top = [path for path in ROOT.iterdir() if path.is_file() and not path.name.startswith((".coverage", ".git"))]
    top.append(ROOT / ".gitignore")
    inside = [path for folder in FOLDERS for path in (ROOT / folder).rglob("*") if path.is_file()]
    return tuple(sorted(path for path in (*top, *inside) if "__pycache__" not in path.parts))


def name(path: Path) -> str:
    """The path as one says it: from the repository's top."""
    return path.relative_to(ROOT).as_posix()


def is_vendored(path: Path) -> bool:
    """Whether somebody else wrote the file."""
    return "vendor" in path.parts


@cache
def texts() -> tuple[tuple[str, str], ...]:
    """Name and text of each of our own text files."""
    ours = (path for path in files() if path.suffix in TEXTS and not is_vendored(path))
    return tuple((name(path), path.read_text(encoding="utf-8")) for path in ours)


@cache
def _module(path: Path) -> tuple[str, str, ast.Module]:
    source = path.read_text(encoding="utf-8")
    return name(path), source, ast.parse(source)


def modules(*packages: str) -> tuple[tuple[str, str, ast.Module], ...]:
    """Name, source and tree of each Python file in these packages; in all three when none is named."""
    ours = (path for path in files() if path.suffix == ".py" and name(path).split("/")[0] in (packages or PACKAGES))
    return tuple(_module(path) for path in ours)


def called(node: ast.Call) -> str:
    """The dotted name that a call uses, such as `datetime.now`; empty for anything else."""
    parts: list[str] = []
    at: ast.expr = node.func
    while isinstance(at, ast.Attribute):
        parts.append(at.attr)
        at = at.value
    if isinstance(at, ast.Name):
        parts.append(at.id)
    return ".".join(reversed(parts))


def calls(tree: ast.AST) -> Iterator[ast.Call]:
    """Every call in a tree."""
    return (node for node in ast.walk(tree) if isinstance(node, ast.Call))


def doc(path: str) -> str:
    """The text of a document."""
    return (ROOT / path).read_text(encoding="utf-8")


def make_targets() -> tuple[str, ...]:
    """The targets that the Makefile explains."""
    return tuple(re.findall(r"^([a-z][a-z-]*):.*## ", doc("Makefile"), re.M))
