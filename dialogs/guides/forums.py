"""The ladder of forums: which team a matter belongs to now, and which step comes after it.

Every municipality has its own ladder (Brønderslev has two steps, Esbjerg five): the forums are data, this only climbs.
Danger climbs nothing: it goes past every team, to the leader and the municipality at once.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from dialogs.local import Forum
from dialogs.meetings.reminders import OFFSETS, Offset
from dialogs.reading.fields import Node, root
from dialogs.reading.yamlio import Document

MAX_FORUMS = 8  # a ladder that nobody can remember helps nobody
MAX_LEVEL = 9
# What a reminder is called in the file: how long before the meeting it comes.
REMINDERS: Mapping[str, Offset] = {"uge": "week", "to_dage": "two_days", "dag": "day", "time": "hour"}
_MAY_SAY = ("niveau", "tager", "sender", "om", "paamindelser", "afbud")


@dataclass(frozen=True)
class Step:
    """Where to go now and where to go after that; None where the ladder has nothing."""

    now: Forum | None
    after: Forum | None


def load_forums(document: Document, professions: Collection[str]) -> tuple[Forum, ...]:
    """The ladder of a file with `fora:`; raise ContentError with the line."""
    return tuple(read_forum(item, professions) for item in root(document).fields("fora")["fora"].items(some=True))


def read_forum(node: Node, professions: Collection[str]) -> Forum:
    """One forum as a municipality writes it; raise ContentError with the line."""
    fields = node.fields("id", "navn", "medlemmer", "rytme", optional=_MAY_SAY)
    level = fields["niveau"].number() if "niveau" in fields else 1
    if not 0 <= level <= MAX_LEVEL:
        raise fields["niveau"].error("bounds", f"Trinnet skal være fra 0 til {MAX_LEVEL}.")
    return Forum(
        id=fields["id"].text(),
        name=fields["navn"].text(),
        members=tuple(item.one_of(professions) for item in fields["medlemmer"].items(some=True)),
        rhythm=fields["rytme"].text(),
        level=level,
        takes=fields["tager"].text() if "tager" in fields else "",
        sends=fields["sender"].text() if "sender" in fields else "",
        reminders=_reminders(fields["paamindelser"]) if "paamindelser" in fields else None,
        must_substitute="afbud" in fields and fields["afbud"].one_of(("grund", "afloeser")) == "afloeser",
        one_child="om" not in fields or fields["om"].one_of(("barnet", "alle")) == "barnet",
    )


def _reminders(node: Node) -> tuple[Offset, ...]:
    found = {REMINDERS[item.one_of(tuple(REMINDERS))] for item in node.items()}
    return tuple(offset for offset in OFFSETS if offset in found)


def ladder(forums: Sequence[Forum]) -> tuple[Forum, ...]:
    """The forums from the lowest step to the highest; those of one step in the order they were written."""
    return tuple(sorted(forums, key=lambda forum: forum.level))


def step_for(forums: Sequence[Forum], wanted: Collection[str]) -> Step:
    """The lowest forum about one child, and the step above it where most of the wanted sit whom the first one lacks.

    Nobody is sent past the first step for who sits higher up. A forum about common things is no step for one child.
    """
    steps = [forum for forum in ladder(forums) if forum.one_child]
    if not steps:
        return Step(None, None)
    lacks = set(wanted) - set(steps[0].members)
    above = [forum for forum in steps if forum.level > steps[0].level]
    after = max(above, key=lambda forum: (len(lacks & set(forum.members)), -forum.level), default=None)
    return Step(steps[0], after)


def step_after(forums: Sequence[Forum], forum_id: str) -> Step:
    """The forum with this id and the next step above it; a forum that is not there is the lowest."""
    steps = [forum for forum in ladder(forums) if forum.one_child]
    now = next((forum for forum in steps if forum.id == forum_id), steps[0] if steps else None)
    return Step(now, _above(steps, now) if now else None)


def _above(steps: Sequence[Forum], now: Forum) -> Forum | None:
    return next((forum for forum in steps if forum.level > now.level), None)
