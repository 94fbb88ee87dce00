"""Mistakes in what may happen to a case that was sent, and in what its pages say; see faults.py."""

from __future__ import annotations

from tests.planted.fault import Fault

REST = "tests/core/test_cases_rest.py"

CASES = (
    Fault(
        "one person lets a red worry rest with the decision to do nothing",
        "dialogs/casemoves.py",
        'if act.outcome == "no_action" and caselight.needs_two',
        'if act.outcome == "closed" and caselight.needs_two',
        REST,
    ),
    Fault(
        "one person closes a red worry",
        "dialogs/caselight.py",
        "if act is Close and needs_two(colour, entries):",
        "if act is ProposeLowering and needs_two(colour, entries):",
        REST,
    ),
    Fault(
        "a report of an earlier round lets what is new rest",
        "dialogs/caselight.py",
        'if entry.kind == "reopened":  # what',
        'if entry.kind == "sent":  # what',
        REST,
    ),
)
