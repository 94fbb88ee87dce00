"""Mistakes in the guards and in what a channel may carry; see faults.py."""

from __future__ import annotations

from tests.planted.fault import Fault

CPR = "tests/attacks/test_cpr.py"

SECURE = (
    Fault(
        "a date tied to four digits by words is let through",
        "dialogs/guards/dated.py",
        '        return "no" if match["signs"] is not None else _tied(match)\n',
        '        return "no"\n',
        CPR,
    ),
    Fault(
        "a word that says cpr makes no difference",
        "dialogs/guards/dated.py",
        'yield "cpr" if named else verdict, Span',
        "yield verdict, Span",
        CPR,
    ),
    Fault(
        "counting aloud is held back",
        "dialogs/guards/said.py",
        " and not counting\n",
        "\n",
        CPR,
    ),
    Fault(
        "hidden signs between digits hide the number",
        "dialogs/guards/cpr.py",
        "yield from numbers.unhidden(numbers.written(text, spelled), dated.find)",
        "yield from dated.find(numbers.written(text, spelled))",
        CPR,
    ),
)
