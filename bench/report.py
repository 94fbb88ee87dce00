"""The outcome as one plain table, each figure beside its ratio to aiogram in the same run."""

from __future__ import annotations

import statistics
from collections.abc import Iterable
from dataclasses import dataclass

from bench.forms import Result

BASELINE = "aiogram"


@dataclass(frozen=True, slots=True)
class Row:
    """One figure of the table; `goal` is what our own bot is to reach."""

    key: str
    label: str
    digits: int = 1
    goal: str = ""


ROWS = (
    Row("closed50_per_s", "updates/s, 50 people", 0, ">= 3 x aiogram"),
    Row("closed500_per_s", "updates/s, 500 people", 0, ">= 3 x aiogram"),
    Row("closed50_cpu_ms", "CPU ms/update, 50 people", 2, "<= 1.5"),
    Row("closed500_cpu_ms", "CPU ms/update, 500 people", 2, "<= 1.5"),
    Row("open50_p50_ms", "p50 ms at 50/s"),
    Row("open50_p99_ms", "p99 ms at 50/s"),
    Row("open200_p50_ms", "p50 ms at 200/s"),
    Row("open200_p99_ms", "p99 ms at 200/s", 1, "<= 50"),
    Row("open200_cpu_ms", "CPU ms/update at 200/s", 2),
    Row("closed500_p99_ms", "p99 ms, 500 people", 0),
    Row("cold_start_s", "cold start to first reply, s", 2),
    Row("rss_idle_mb", "RSS idle, MB", 0),
    Row("rss_drafts_mb", "RSS with open drafts, MB", 0, "<= 260"),
    Row("drafts_updates_per_s", "updates/s, new people begin", 0),
    Row("closed50_forms", "forms sent by 50 people", 0),
    Row("lost", "updates without a reply", 0, "0"),
    Row("retried", "updates delivered again", 0),
    Row("load_busy", "generator's core busy, at most", 2),
)


def medians(results: Iterable[Result]) -> dict[str, dict[str, float]]:
    """By system and figure the median of the rounds; sums and maxima where a median would hide something."""
    by_system: dict[str, list[dict[str, float]]] = {}
    for result in results:
        if not result.failed:
            by_system.setdefault(result.system, []).append(_with_sums(result.figures))
    return {
        system: {key: statistics.median(figures[key] for figures in rounds) for key in rounds[0]}
        for system, rounds in by_system.items()
    }


def table(results: list[Result]) -> str:
    """The table, and under it why a system was not measured and how far the rounds differ."""
    middle = medians(results)
    systems = list(dict.fromkeys(result.system for result in results if result.system in middle))
    lines = [_line("", [_heading(middle, system) for system in systems], "goal")]
    lines += [_line(row.label, [_cell(middle, system, row) for system in systems], row.goal) for row in ROWS]
    lines += [f"{result.system}: not measured: {result.failed}" for result in results if result.failed]
    if noise := _noise(results):
        lines.append(noise)
    return "\n".join(lines)


def _heading(middle: dict[str, dict[str, float]], system: str) -> str:
    return system if system == BASELINE or BASELINE not in middle else f"{system} (x {BASELINE})"


def _cell(middle: dict[str, dict[str, float]], system: str, row: Row) -> str:
    value = middle[system].get(row.key)
    if value is None:
        return "-"
    shown = f"{value:,.{row.digits}f}"
    base = middle.get(BASELINE, {}).get(row.key)
    return shown if system == BASELINE or not base else f"{shown} ({value / base:.2f})"


def _line(label: str, cells: list[str], goal: str) -> str:
    return f"{label:<30}" + "".join(f"{cell:>24}" for cell in cells) + f"   {goal}".rstrip()


def _with_sums(figures: dict[str, float]) -> dict[str, float]:
    lost = sum(value for key, value in figures.items() if key.endswith("_lost"))
    retried = sum(value for key, value in figures.items() if key.endswith("_retried"))
    busy = max((value for key, value in figures.items() if key.endswith("_load_busy")), default=0.0)
    return {**figures, "lost": lost, "retried": retried, "load_busy": busy}


def _noise(results: list[Result]) -> str:
    parts: list[str] = []
    for system in dict.fromkeys(result.system for result in results):
        rates = [
            result.figures["closed50_per_s"]
            for result in results
            if result.system == system and "closed50_per_s" in result.figures
        ]
        if len(rates) > 1:
            parts.append(f"{system} {min(rates):.0f}-{max(rates):.0f}")
    return f"rounds, updates/s with 50 people: {', '.join(parts)}" if parts else ""
