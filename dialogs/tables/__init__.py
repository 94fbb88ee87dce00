"""Decision tables: rules as data that decide, explain themselves, refuse rather than guess, and can be proved."""

from dialogs.tables.asking import Step, one_by_one, when_to_ask
from dialogs.tables.deciding import decide
from dialogs.tables.loading import load_switches, load_table
from dialogs.tables.model import Change, Decision, Reason, Rule, Scalar, Table, in_force
from dialogs.tables.proving import (
    Flaw,
    Shift,
    as_unique,
    boundary_dates,
    gaps_and_clashes,
    reach,
    same_outcomes,
    shifts,
    unreachable,
)
from dialogs.tables.switches import Switch, relax

__all__ = [
    "Change",
    "Decision",
    "Flaw",
    "Reason",
    "Rule",
    "Scalar",
    "Shift",
    "Step",
    "Switch",
    "Table",
    "as_unique",
    "boundary_dates",
    "decide",
    "gaps_and_clashes",
    "in_force",
    "load_switches",
    "load_table",
    "one_by_one",
    "reach",
    "relax",
    "same_outcomes",
    "shifts",
    "unreachable",
    "when_to_ask",
]
