"""Mistakes in what may happen to a case that was sent, and in what its pages say; see faults.py."""

from __future__ import annotations

from tests.planted.fault import Fault

REST = "tests/core/test_cases_rest.py"
TOLD, RED = "tests/core/test_disclosure.py", "tests/core/test_team_red.py"

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
    Fault(
        "without a consent PPR and the social worker read who wrote",
        "dialogs/access/disclosure.py",
        "_BACKGROUND | _TELLS_WHO, nameless=True)",
        "_BACKGROUND | _TELLS_WHO)",
        TOLD,
    ),
    Fault(
        "without a consent the writer's post and the child's grade are shown to everybody",
        "dialogs/access/disclosure.py",
        "_BACKGROUND | _TELLS_WHO, nameless=True)",
        "_BACKGROUND, nameless=True)",
        TOLD,
    ),
    Fault(
        "a meeting without consent with others unveils the writer to those who were not there",
        "bot/app/team.py",
        'one.state == "held" and role in one.seats',
        'one.state == "held"',
        TOLD,
    ),
    Fault(
        "an emergency reader is told that only they have the case",
        "dialogs/access/disclosure.py",
        'return Disclosure("glass_wait" if wait else "glass")',
        'return Disclosure("parents_wait" if wait else "closed_circle")',
        TOLD,
    ),
    Fault(
        "an unopened red stands below one that waits for an answer",
        "bot/app/team.py",
        "return -WEIGHT[row.colour], opened, calm,",
        "return -WEIGHT[row.colour], False, calm,",
        RED,
    ),
    Fault(
        "a question to the writer gives red two more days",
        "dialogs/casedates.py",
        'case.state in ("sent", "waiting", "discussed")',
        'case.state in ("sent", "discussed")',
        RED,
    ),
    Fault(
        "red for known violence leaves it open whether to report",
        "bot/app/lightcards.py",
        'return "red_report" if name == "red" and flow in PARENTS_WAIT else name',
        "return name",
        "tests/app/test_red_flows.py",
    ),
)
