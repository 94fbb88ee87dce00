"""Measure look-up and routing against a corpus of questions, as figures that a command can print."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal, cast

from dialogs.guides.directory import Directory
from dialogs.guides.lookup import contract, find
from dialogs.guides.routing import Index, route
from dialogs.reading.yamlio import Document, Plain, read

Row = Mapping[str, Plain]
Part = Literal["tuned", "unseen"]


@dataclass(frozen=True)
class Miss:
    """One row that went wrong: its text, and what was answered instead."""

    text: str
    part: Part
    wanted: str
    got: str


@dataclass(frozen=True)
class Figures:
    """How one part of a corpus went: rows, right answers, and rows with a forbidden answer."""

    rows: int
    right: int
    forbidden: int

    @property
    def share(self) -> float:
        """The share of right answers, 1.0 for an empty part."""
        return self.right / self.rows if self.rows else 1.0


@dataclass(frozen=True)
class Report:
    """The figures of both parts and every miss."""

    tuned: Figures
    unseen: Figures
    misses: tuple[Miss, ...]


@dataclass(frozen=True)
class _Verdict:
    right: bool
    forbidden: bool
    wanted: str
    got: str


def rows_of(path: Path) -> tuple[Row, ...]:
    """Read the rows of a corpus file; raise ContentError when it is not one."""
    return tuple(_rows(read(path)))


def lookup_report(directory: Directory, rows: Sequence[Row]) -> Report:
    """Measure `find`: every wanted profession among the first three, and nothing forbidden anywhere."""
    return _report(rows, lambda row: _judge_lookup(directory, row))


def route_report(index: Index, rows: Sequence[Row]) -> Report:
    """Measure `route`: the wanted guide is the best guess (and, as "forbidden", a danger that was missed)."""
    return _report(rows, lambda row: _judge_route(index, row))


def _rows(document: Document) -> Iterable[Row]:
    data = document.data
    rows = data.get("rows") if isinstance(data, dict) else None
    return [row for row in rows if isinstance(row, dict)] if isinstance(rows, list) else []


def _report(rows: Sequence[Row], judge: Callable[[Row], _Verdict]) -> Report:
    judged: list[tuple[Row, Part, _Verdict]] = [(row, _part(row), judge(row)) for row in rows]

    def figures(part: Part) -> Figures:
        verdicts = [verdict for _, at, verdict in judged if at == part]
        return Figures(len(verdicts), sum(one.right for one in verdicts), sum(one.forbidden for one in verdicts))

    misses: list[Miss] = [
        Miss(str(row.get("text")), part, verdict.wanted, verdict.got)
        for row, part, verdict in judged
        if verdict.forbidden or not verdict.right
    ]
    return Report(figures("tuned"), figures("unseen"), tuple(misses))


def _part(row: Row) -> Part:
    return "unseen" if row.get("part") == "unseen" else "tuned"


def _names(row: Row, key: str) -> set[str]:
    value = row.get(key)
    return {str(one) for one in cast(list[Plain], value)} if isinstance(value, list) else set()


def _judge_lookup(directory: Directory, row: Row) -> _Verdict:
    advice = find(directory, str(row.get("text")))
    first = {one.id for one in advice.first}
    everyone = first | {one.id for one in advice.consider}
    banned = (("never", everyone), ("not_first", first), ("topics_never", set(advice.topics)))
    forbidden = any(not _names(row, key).isdisjoint(found) for key, found in banned)
    wants_unknown = row.get("unknown") is True
    some = _names(row, "any")  # any one of these will do; of `first` all must come
    right = advice.unknown if wants_unknown else _names(row, "first") <= first and not (some and some.isdisjoint(first))
    wanted = "unknown" if wants_unknown else " ".join(sorted(_names(row, "first") | some))
    return _Verdict(right, forbidden, wanted, str(contract(advice)))


def _judge_route(index: Index, row: Row) -> _Verdict:
    answer = route(index, str(row.get("text")))
    wanted = str(row.get("guide"))
    missed = wanted == "acute" and "acute" not in (answer.guide, answer.second)
    return _Verdict(answer.guide in {wanted, *_names(row, "also")}, missed, wanted, f"{answer.guide} ({answer.second})")
