"""Read content YAML so that text stays text and every value knows its line.

YAML 1.1 readers turn ``no``, ``10:30`` and ``2026-01-01`` into other things; here the only booleans are
``true``/``false``, the only numbers are plain integers, and the rest stays the text that the editor wrote.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path
from typing import cast

from ruamel.yaml import YAML
from ruamel.yaml.error import MarkedYAMLError, YAMLError
from ruamel.yaml.nodes import MappingNode, Node, ScalarNode, SequenceNode

Plain = str | int | bool | None | list["Plain"] | dict[str, "Plain"]
Path_ = tuple[str | int, ...]

MAX_BYTES = 512_000  # the largest content file is about 60 kB; a bomb is stopped before it is parsed
MAX_DEPTH = 24  # conditions nest a few levels; deeper is a mistake or an attack
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
    if path.stat().st_size > MAX_BYTES:
        raise ContentError(file, 1, "too_large", f"Filen er større end {MAX_BYTES} bytes.")
    try:
        text = path.read_text(encoding="utf-8")
    except UnicodeDecodeError as error:
        raise ContentError(file, 1, "not_utf8", "Gem filen som UTF-8.") from error
    return parse(text, file)


def parse(text: str, file: str = "<text>") -> Document:
    """Parse YAML text; raise ContentError with the line for anything that is not plain data."""
    try:
        root = YAML(typ="safe").compose(text)  # the C scanner where it is installed: ten times as fast
    except MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        line = mark.line + 1 if mark else 1
        raise ContentError(file, line, "not_yaml", f"Filen kan ikke læses her: {error.problem}.") from error
    except (YAMLError, UnicodeError) as error:
        raise ContentError(file, 1, "not_yaml", "Filen har tegn, der ikke kan læses. Gem den som ren tekst.") from error
    lines: dict[Path_, int] = {}
    if root is None:
        return Document(file, None, lines)
    return Document(file, _plain(cast(Node, root), file, (), lines, set()), lines)


def _plain(node: Node, file: str, path: Path_, lines: dict[Path_, int], seen: set[int]) -> Plain:
    line = node.start_mark.line + 1 if node.start_mark else 1
    lines[path] = line
    if len(path) > MAX_DEPTH:
        raise ContentError(file, line, "too_deep", "Der er for mange niveauer inde i hinanden.")
    if node.anchor or id(node) in seen:
        raise ContentError(file, line, "alias", "Brug ikke & og * (henvisninger) i indholdsfiler.")
    seen.add(id(node))  # the C scanner hides anchors: a node met twice is an alias
    match node:
        case MappingNode():
            return _mapping(node, file, path, lines, seen)
        case SequenceNode():
            items = cast(list[Node], node.value)
            return [_plain(item, file, (*path, index), lines, seen) for index, item in enumerate(items)]
        case ScalarNode():
            return _scalar(node)
        case _:
            raise ContentError(file, line, "not_data", "Kun tekst, tal, lister og navn: værdi kan bruges.")


def _mapping(node: MappingNode, file: str, path: Path_, lines: dict[Path_, int], seen: set[int]) -> dict[str, Plain]:
    result: dict[str, Plain] = {}
    for key_node, value_node in cast(list[tuple[Node, Node]], node.value):
        line = key_node.start_mark.line + 1 if key_node.start_mark else 1
        if not isinstance(key_node, ScalarNode):
            raise ContentError(file, line, "bad_key", "Et navn foran kolon skal være almindelig tekst.")
        key = str(key_node.value)
        if key in result:
            raise ContentError(file, line, "double_key", f"«{key}» står to gange samme sted.")
        result[key] = _plain(value_node, file, (*path, key), lines, seen)
        lines[(*path, key)] = line
    return result


def _scalar(node: ScalarNode) -> Plain:
    text = str(node.value)
    if node.style:
        return text  # quoted or block text is always text
    if text in ("true", "false"):
        return text == "true"
    if text in ("", "null", "~"):
        return None
    if _INTEGER.match(text):
        return int(text)
    return text
