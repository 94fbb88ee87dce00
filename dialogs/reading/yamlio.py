"""Read content YAML so that text stays text and every value knows its line.

YAML 1.1 readers turn ``no``, ``10:30`` and ``2026-01-01`` into other things; here the only booleans are
``true``/``false``, the only numbers are plain integers, and the rest stays the text that the editor wrote.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, cast

from ruamel.yaml import YAML
from ruamel.yaml.error import MarkedYAMLError, YAMLError
from ruamel.yaml.nodes import MappingNode, ScalarNode, SequenceNode
from ruamel.yaml.resolver import VersionedResolver

Plain = str | int | bool | None | list["Plain"] | dict[str, "Plain"]
Path_ = tuple[str | int, ...]

MAX_BYTES = 512_000  # the largest content file is about 60 kB; a bomb is stopped before it is parsed
MAX_DEPTH = 24  # conditions nest a few levels; deeper is a mistake or an attack
MAX_BRACKETS = 200  # brackets also stand in texts, so this only stops what no editor writes
_NESTING = re.compile(r"[\[\]{}]|(?:[-?:] ){40,}")
_INTEGER = re.compile(r"-?(0|[1-9][0-9]{0,8})\Z")


class ContentError(Exception):
    """A content file can't be read: the message names the file, the line and what to do."""

    def __init__(self, file: str, line: int, code: str, text: str) -> None:
        super().__init__(f"{file}:{line}: {code}: {text}")
        self.file, self.line, self.code, self.text = file, line, code, text


@dataclass(frozen=True)
class Document:
    """One parsed file: plain data and the line (from 1) of every value, by its path."""

    file: str
    data: Plain
    lines: dict[Path_, int]

    def line(self, *path: str | int) -> int:
        """The line of the value at `path`, or of its nearest parent that has one."""
        for size in range(len(path), -1, -1):
            if (found := self.lines.get(path[:size])) is not None:
                return found
        return 1


def read(path: Path, name: str | None = None) -> Document:
    """Parse one file; raise ContentError with the line for anything that is not plain data."""
    file = name or path.name
    return parse(text_of(path, file), file)


def text_of(path: Path, file: str) -> str:
    """What stands in a file; raise ContentError when that can be no content."""
    if path.stat().st_size > MAX_BYTES:
        raise ContentError(file, 1, "too_large", f"Filen er større end {MAX_BYTES} bytes.")
    try:
        return path.read_text(encoding="utf-8")
    except UnicodeDecodeError as error:
        raise ContentError(file, 1, "not_utf8", "Gem filen som UTF-8.") from error


def parse(text: str, file: str = "<text>") -> Document:
    """Parse YAML text; raise ContentError with the line for anything that is not plain data."""
    if _nests_too_deep(text):
        raise ContentError(file, 1, "too_deep", "Der er for mange niveauer inde i hinanden.")
    try:
        # The C scanner where it is installed: ten times as fast. The library is untyped, so nodes are read as Any.
        reader = YAML(typ="safe")
        reader.Resolver = _AsWritten
        root: Any = reader.compose(text)  # pyright: ignore[reportUnknownMemberType]
    except MarkedYAMLError as error:
        raise _not_yaml(file, error) from error
    except (YAMLError, UnicodeError, RecursionError) as error:
        raise ContentError(file, 1, "not_yaml", "Filen har tegn, der ikke kan læses. Gem den som ren tekst.") from error
    plain = _Reader(file)
    data = None if root is None else plain.plain(root, ())
    return Document(file, data, plain.lines)


class _AsWritten(VersionedResolver):
    """Guesses no type of any text: `_scalar` says what a text is, and the guessing took most of the reading's time."""

    def resolve(self, kind: Any, value: Any, implicit: Any) -> Any:
        """The tag of plain text, whatever it looks like."""
        return self.DEFAULT_SCALAR_TAG


def _nests_too_deep(text: str) -> bool:
    """Whether brackets or dashes nest beyond any content: the C scanner would not come back from it."""
    depth = 0
    for mark in _NESTING.finditer(text):
        depth += 1 if mark[0] in "[{" else -1 if mark[0] in "]}" else 0
        if depth > MAX_BRACKETS or len(mark[0]) > 1:
            return True
        depth = max(depth, 0)
    return False


def _not_yaml(file: str, error: Any) -> ContentError:
    mark = error.problem_mark or error.context_mark
    return ContentError(file, _line(mark), "not_yaml", f"Filen kan ikke læses her: {error.problem}.")


def _line(mark: Any) -> int:
    return int(mark.line) + 1 if mark else 1


@dataclass
class _Reader:
    """Turns one file's nodes into plain data, noting the line of each."""

    file: str
    lines: dict[Path_, int] = field(default_factory=dict[Path_, int])
    seen: set[int] = field(default_factory=set[int])

    def plain(self, node: Any, path: Path_) -> Plain:
        """One node as text, number, list or mapping."""
        line = self.lines[path] = _line(node.start_mark)
        if len(path) > MAX_DEPTH:
            raise ContentError(self.file, line, "too_deep", "Der er for mange niveauer inde i hinanden.")
        if node.anchor or id(node) in self.seen:  # the C scanner hides anchors: a node met twice is an alias
            raise ContentError(self.file, line, "alias", "Brug ikke & og * (henvisninger) i indholdsfiler.")
        self.seen.add(id(node))
        if isinstance(node, MappingNode):
            return self._mapping(cast(Any, node), path)
        if isinstance(node, SequenceNode):
            items: list[Any] = cast(Any, node).value
            return [self.plain(item, (*path, index)) for index, item in enumerate(items)]
        return _scalar(node)

    def _mapping(self, node: Any, path: Path_) -> dict[str, Plain]:
        result: dict[str, Plain] = {}
        for key_node, value_node in node.value:
            line = _line(key_node.start_mark)
            if not isinstance(key_node, ScalarNode):
                raise ContentError(self.file, line, "bad_key", "Et navn foran kolon skal være almindelig tekst.")
            key = str(cast(Any, key_node).value)
            if key in result:
                raise ContentError(self.file, line, "double_key", f"«{key}» står to gange samme sted.")
            result[key] = self.plain(value_node, (*path, key))
            self.lines[(*path, key)] = line
        return result


def _scalar(node: Any) -> Plain:
    text = str(node.value)
    if node.style:
        return text  # quoted or block text is always text
    if text in ("true", "false"):
        return text == "true"
    if text in ("", "null", "~"):
        return None
    return int(text) if _INTEGER.match(text) else text
