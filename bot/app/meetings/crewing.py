"""Putting a meeting together: tick who comes, count both sides, and see who needs a yes first. Nothing is stored."""

from __future__ import annotations

from collections.abc import Sequence

from bot.app.turns.turn import Turn, say
from dialogs.acts import Go, encode
from dialogs.guides.crew import MAX_FAMILY, Crew, decode, weigh
from dialogs.guides.crew import encode as word_of
from dialogs.replies import Button, Card, Reply

USUAL_FAMILY = 2  # the child and one parent; the person says when it is otherwise


def button(t: Turn, offered: Sequence[str], picked: Sequence[str]) -> Button:
    """The press that begins to put a meeting together from an answer."""
    return Button(t.words("crew.begin"), _act(t, Crew(tuple(offered), frozenset(picked), USUAL_FAMILY)))


def show(t: Turn, word: str) -> Reply | None:
    """Who comes, as ticks, with what it means; None for a word that no button of ours carried."""
    professions = t.content.directory.professions
    crew = decode(word, tuple(professions))
    if crew is None:
        return None
    ticks = tuple(
        Button(professions[one].name, _act(t, crew.toggled(one)), on=one in crew.picked) for one in crew.offered
    )
    rows = tuple(ticks[at : at + 2] for at in range(0, len(ticks), 2))
    fewer, more = max(1, crew.family - 1), min(MAX_FAMILY, crew.family + 1)
    family = (
        Button(t.words("crew.fewer"), _act(t, crew.with_family(fewer))),
        Button(t.words("crew.more"), _act(t, crew.with_family(more))),
    )
    call = (t.go("crew.call", "network"),)
    leave = (t.go("who.other", "who"), t.go("menu.menu", "menu", style="quiet"))
    return say(Card(kind="say", title=t.words("crew.title"), text=_text(t, crew), buttons=(*rows, family, call, leave)))


def _text(t: Turn, crew: Crew) -> str:
    professions = t.content.directory.professions
    weight = weigh(crew, professions)

    def names(ids: Sequence[str]) -> str:
        return ", ".join(professions[one].name for one in ids)

    parts = [t.words("crew.count", staff=weight.professionals, family=weight.family)]
    if weight.too_many:
        parts.append(t.words("crew.too_many"))
    if weight.needs_yes:
        parts.append(t.words("crew.needs_yes", names=names(weight.needs_yes)))
    if weight.ask_jurist:
        parts.append(t.words("crew.ask_jurist", names=names(weight.ask_jurist)))
    parts.append(t.words("crew.family"))
    return "\n\n".join(parts)


def _act(t: Turn, crew: Crew) -> str:
    return encode(Go("crew", word_of(crew, tuple(t.content.directory.professions))))
