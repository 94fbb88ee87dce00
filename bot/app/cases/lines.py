"""The timeline and the thread of a case in Danish words: one telling for the writer, one for the team."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date, datetime
from typing import Any, Literal

from bot.app.cases.scene import Scene
from bot.app.cases.views import Message, TimelineRow
from bot.app.turns.handbook import Handbook
from dialogs.access.rules import Relation
from dialogs.cases.model import Entry
from dialogs.cases.words import day_words, fill
from dialogs.people import Person

_THREAD = {"asked", "replied", "added"}
# Lines without anybody's own words: all that a reader "for information" sees.
_WORDLESS = {"sent", "stored", "opened", "planned", "discussed"}
_UNKNOWN = "ved ikke"
_WHO = ("{navn}", "{ansvarlig}")


def timeline(
    scene: Scene,
    relation: Relation,
    now: datetime,
    handbook: Handbook,
    seen: datetime | None,
    *,
    authority: bool = True,
) -> tuple[TimelineRow, ...]:
    """All lines that this reader may see, oldest first; the watchdog's steps stand where they were due.

    What the authority tells back is for whoever reported, and for nobody else on the case (BL § 138): those who do not
    speak for the `authority` see that it was told.
    """
    side: Literal["writer", "team"] = "writer" if relation == "writer" else "team"
    rows: list[TimelineRow] = []
    for entry in scene.entries:
        key = _line(entry, whole=side == "writer" or authority)
        words = handbook.words.lines[key].get(side)
        if words is None or (relation == "informed" and entry.kind not in _WORDLESS):
            continue
        text = sentence(words, _places(scene, entry, handbook)).strip()
        late = handbook.today(entry.at) != handbook.today(entry.event_at)
        is_new = seen is not None and entry.at > seen
        rows.append(TimelineRow(entry.at, entry.event_at, key, scene.name(entry.actor_id), text, late, is_new))
    pushed = _pushed(scene, side, now, handbook) if relation != "informed" else ()
    return tuple(sorted((*rows, *pushed), key=lambda row: row.at))


def _line(entry: Entry, *, whole: bool) -> str:
    """Which of the lines tells this entry."""
    if entry.kind == "told" and not whole:
        return "told_to_writer"
    if entry.kind == "planned" and entry.data.get("again"):
        return "postponed"
    return "offered" if "offered" in entry.data else entry.kind


def sentence(words: str, places: Mapping[str, str]) -> str:
    """The words filled in; one that begins with who did it begins with a capital, also when that is "læreren"."""
    text = fill(words, places)
    return text[:1].upper() + text[1:] if words.startswith(_WHO) else text


def thread(scene: Scene, person: Person) -> tuple[Message, ...]:
    """Questions, replies and additions, oldest first."""
    return tuple(
        Message(scene.name(e.actor_id), e.at, scene.told(str(e.data["text"])), e.actor_id == person.id, e.kind)
        for e in scene.entries
        if e.kind in _THREAD
    )


def _pushed(scene: Scene, side: str, now: datetime, handbook: Handbook) -> Iterator[TimelineRow]:
    """A step that came due while nobody had opened the case. It is a fact of the calendar, so it is not stored."""
    until = scene.case.opened_at or now
    for push in scene.pushes:
        if push.at < until and push.to:
            text = handbook.words.lines[push.line][side]
            yield TimelineRow(push.at, push.at, push.line, "Trivselsbot", text, late=False)


def _places(scene: Scene, entry: Entry, handbook: Handbook) -> Mapping[str, str]:
    data, words = entry.data, handbook.words
    effect = data.get("effect")
    roles: Mapping[str, str] = {**words.roles}
    lights: Mapping[str, str] = {**words.lights}
    return {
        "navn": scene.name(entry.actor_id),
        "rolle": roles.get(str(data.get("role")), ""),
        "tekst": scene.told(_words_of(entry, handbook)),
        "dag": _day(data),
        "farve": lights.get(str(data.get("to")), ""),
        "udfald": words.outcomes[data["outcome"]] if "outcome" in data else "",
        "ansvarlig": scene.name(data.get("owner") or data.get("offered")),
        "virkning": _UNKNOWN if effect is None else str(effect),
    }


def _words_of(entry: Entry, handbook: Handbook) -> str:
    """What the line tells: its own words, or those that its codes stand for."""
    match entry.kind:
        case "consent":
            return handbook.words.consent[str(entry.data["state"])]
        case "exchange":
            return handbook.words.exchange[str(entry.data["state"])]
        case "meeting":
            return handbook.words.meeting[str(entry.data["state"])]
        case "plan":
            return handbook.words.plan[str(entry.data["state"])]
        case "told":
            return " ".join(handbook.words.told[code] for code in entry.data["codes"])
        case _:
            return _text(entry.data)


def _text(data: Mapping[str, Any]) -> str:
    return str(data.get("text") or data.get("reason") or data.get("words") or data.get("note") or "")


def _day(data: Mapping[str, Any]) -> str:
    day = data.get("day") or data.get("follow_up") or data.get("next")
    return day_words(date.fromisoformat(day)) if day else ""
