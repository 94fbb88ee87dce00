"""How long each store of data is kept: one row of a table for each, which a municipality may change within bounds."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import Any, Final

_OVERRIDE = re.compile(r"([a-z_]+)=(\d{1,5})\Z")
LEDGER_YEARS = 5


@dataclass(frozen=True)
class Rule:
    """`keep` counts from `since`. `least` and `most` are the bounds in days of what a municipality may set."""

    id: str
    keep: timedelta
    since: str
    how: str
    least: int = 0
    most: int = 0  # 0: nobody may change it


RULES = (
    Rule("receipts", timedelta(hours=72), "the event", "rows deleted, the day's key destroyed"),
    Rule("drafts", timedelta(days=30), "the draft was begun", "key destroyed, in the ledger"),
    Rule("sessions", timedelta(hours=12), "signing in", "row deleted"),
    Rule("tries", timedelta(hours=1), "the first failed try", "row deleted"),
    Rule("invites", timedelta(days=30), "the invitation ran out", "row deleted", 1, 90),
    Rule("outbox", timedelta(days=90), "the notice was sent or given up", "row deleted", 7, 365),
    Rule("telegram", timedelta(hours=40), "it was said in the chat", "deleted in the chat; failures counted"),
    Rule(
        "closed_cases",
        timedelta(days=365),
        "the case was closed",
        "rows deleted, key destroyed, in the ledger",
        30,
        1825,
    ),
    Rule("meetings", timedelta(days=365), "the meeting began", "rows deleted, key destroyed", 30, 1825),
    Rule("audit", timedelta(days=730), "the line was written", "rows cut off, the place sealed", 180, 1825),
    Rule("ledger", timedelta(days=365 * LEDGER_YEARS), "the deletion", "row deleted", 365, 3650),
)
Keeping = Mapping[str, Rule]


def keeping(overrides: str = "") -> Keeping:
    """The table with a municipality's own days, written `closed_cases=180 outbox=30`; ValueError says what is wrong."""
    found = {rule.id: rule for rule in RULES}
    for part in overrides.replace(",", " ").split():
        match = _OVERRIDE.match(part)
        rule = found.get(match[1]) if match else None
        if match is None or rule is None or not rule.most:
            names = ", ".join(rule.id for rule in RULES if rule.most)
            raise ValueError(f"write NAME=DAYS with any of {names}")
        days = int(match[2])
        if not rule.least <= days <= rule.most:
            raise ValueError(f"{rule.id} takes {rule.least} to {rule.most} days")
        found[rule.id] = replace(rule, keep=timedelta(days=days))
    return found


@dataclass(frozen=True)
class Deletion:
    """One line of the ledger: something is gone, by which rule, and how many rows it was. Never what it said."""

    kind: str  # "case" or "draft"
    owner: str
    rule: str
    at: datetime
    code: str = ""
    counts: Mapping[str, int] = field(default_factory=dict[str, int])
    seq: int = 0


_COUNTED = {
    "lines": "linjer i forløbet",
    "views": "mærker for, hvem der har set den",
    "notices": "beskeder",
    "rows": "rækker",
}
ROWS: Final = frozenset(_COUNTED)
# What a certificate keeps of consents and of exchanges without consent: that there were some, and how they ended. It
# lives as long as the ledger, five years, and says neither who, nor about what, nor when.
RECORDED: Final = ("consent", "exchange")
_RECORDED = {
    "consent_asked": "samtykker uden svar",
    "consent_given": "samtykker, hvor der blev sagt ja",
    "consent_refused": "samtykker, hvor der blev sagt nej",
    "consent_withdrawn": "samtykker, der blev trukket tilbage",
    "exchange_proposed": "møder uden samtykke, som lederen ikke sagde ja til",
    "exchange_planned": "møder uden samtykke, der var planlagt",
    "exchange_held": "møder uden samtykke, der blev holdt",
    "exchange_cancelled": "møder uden samtykke, der ikke blev holdt",
}
_RULES_IN_WORDS = {
    "closed_cases": "Tiden for lukkede sager er gået.",
    "drafts": "Kladden blev slettet, eller dens tid var gået.",
    "asked": "Nogen med ret til det har bedt om det.",
}


def recorded(kind: str, state: str) -> str:
    """The name under which a certificate counts a consent or an exchange."""
    return f"{kind}_{state}"


def certificate(deletion: Deletion) -> dict[str, Any]:
    """The proof of a deletion as data: what, when, by which rule and how much; nothing of what was written."""
    return {
        "number": deletion.seq,
        "kind": deletion.kind,
        "code": deletion.code,
        "deleted_at": deletion.at.isoformat(),
        "rule": deletion.rule,
        "counts": dict(deletion.counts),
        "key_destroyed": True,
    }


def certificate_text(deletion: Deletion) -> str:
    """The same in plain Danish, for the journal."""
    what = "Sagen" if deletion.kind == "case" else "Kladden"
    counted = [f"- {number} {_COUNTED[name]}" for name, number in deletion.counts.items() if name in _COUNTED]
    kept = [f"- {number} {_RECORDED[name]}" for name, number in deletion.counts.items() if name in _RECORDED]
    return "\n".join(
        [
            f"Bevis for sletning nr. {deletion.seq}",
            f"{what} {deletion.code}".rstrip() + " er slettet.",
            f"Tidspunkt: {deletion.at.isoformat(timespec='seconds')}",
            f"Hvorfor: {_RULES_IN_WORDS.get(deletion.rule, deletion.rule)}",
            "Slettet:",
            *counted,
            *(["Der var:", *kept] if kept else []),
            "Nøglen er ødelagt. Ingen kan læse indholdet igen, heller ikke i en kopi.",
            "Beviset siger ikke, hvad der stod.",
        ]
    )
