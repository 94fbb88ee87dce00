"""What the sharing guide answers: from the answers in the chat to one outcome with its words. Pure, and no clock."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from dialogs.conditions import holds
from dialogs.law.guide import Guide, Line, Outcome
from dialogs.tables import Decision, Table, decide
from dialogs.values import Value, picks_of

MAX_TURNS = 5  # as many as can be read in a corridor


@dataclass(frozen=True)
class Answer:
    """One outcome in words; `turns` are pairs of "if so" and what it would be then."""

    decision: Decision
    outcome: Outcome
    next: tuple[str, ...]
    write: tuple[str, ...]
    acts: tuple[str, ...]
    flags: tuple[str, ...]
    turns: tuple[tuple[str, str], ...]


def facts_of(guide: Guide, values: Mapping[str, Value]) -> dict[str, str]:
    """The table's facts as the questions' answers settle them; a question without an answer settles nothing."""
    facts: dict[str, str] = {}
    for step in guide.steps:
        for pick in picks_of(values.get(step.id)):
            facts.update(step.gives.get(pick, {}))
    return facts


def answer(
    guide: Guide, table: Table, facts: Mapping[str, str], on: date, *, role: str = "", leader_first: bool = False
) -> Answer | None:
    """The answer for these facts on a day; None when the table refuses (too little known, or not in force)."""
    decision = decide(table, facts, on, explain=False)
    if decision.outcome is None:
        return None
    outcome = guide.outcomes[decision.outcome]
    about: dict[str, Value] = {
        **facts,
        "outcome": outcome.id,
        "role": role,
        "leader_first": "yes" if leader_first else "no",
    }
    return Answer(
        decision=decision,
        outcome=outcome,
        next=_said(outcome.next, about),
        write=_said(outcome.write, about),
        acts=_said(outcome.acts, about),
        flags=tuple(flag.text for flag in guide.flags if holds(flag.when, about)),
        turns=_turns(guide, table, decision, facts, about),
    )


def _said(lines: Sequence[Line], about: Mapping[str, Value]) -> tuple[str, ...]:
    return tuple(line.text for line in lines if line.when is None or holds(line.when, about))


def _turns(
    guide: Guide, table: Table, decision: Decision, facts: Mapping[str, str], about: Mapping[str, Value]
) -> tuple[tuple[str, str], ...]:
    """The first few changes that lead to another outcome, each with what it would be then."""
    found: list[tuple[str, str]] = []
    for turn in guide.turns:
        if turn.unless is not None and holds(turn.unless, about):
            continue
        other = decide(table, {**facts, **turn.facts}, decision.on, explain=False).outcome
        if other is not None and other != decision.outcome:
            found.append((turn.if_, guide.outcomes[other].short))
    return tuple(found[:MAX_TURNS])
