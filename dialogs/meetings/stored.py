"""Meetings as plain JSON data for the store. Every field is written; a missing one is read as its default."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from datetime import date, datetime, time
from typing import Any
from zoneinfo import ZoneInfo

from dialogs.meetings.model import Meeting, Point, Seat, Wall


def dump_meeting(meeting: Meeting) -> dict[str, Any]:
    """Plain JSON data of a meeting, all of it."""
    return {item.name: _plain(getattr(meeting, item.name)) for item in fields(meeting)}


def load_meeting(data: Mapping[str, Any]) -> Meeting:
    """The meeting that `dump_meeting` wrote; names that this version does not know are passed over."""
    known = _known(Meeting, data)
    known["starts"] = _wall(known["starts"])
    known["seats"] = tuple(Seat(**_known(Seat, seat)) for seat in known["seats"])
    known["points"] = tuple(_point(point) for point in known.get("points", ()))
    return Meeting(**known)


def _wall(data: Mapping[str, Any]) -> Wall:
    return Wall(date.fromisoformat(data["day"]), time.fromisoformat(data["clock"]), ZoneInfo(data["zone"]))


def _point(data: Mapping[str, Any]) -> Point:
    known = _known(Point, data)
    known["at"] = datetime.fromisoformat(known["at"]) if known.get("at") else None
    return Point(**known)


def _known(kind: type[Meeting] | type[Seat] | type[Point], data: Mapping[str, Any]) -> dict[str, Any]:
    return {item.name: data[item.name] for item in fields(kind) if item.name in data}


def _plain(value: Any) -> Any:
    match value:
        case tuple():
            return [_plain(one) for one in value]  # pyright: ignore[reportUnknownVariableType]
        case ZoneInfo():
            return value.key
        case date() | time():  # a datetime is a date too, and all of them write themselves as ISO text
            return value.isoformat()
        case _ if is_dataclass(value):
            return {item.name: _plain(getattr(value, item.name)) for item in fields(value)}
        case _:
            return value
