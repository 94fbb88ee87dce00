"""All that is held about one child's case, as plain data: what is in it, which words somebody must look at first.

A package answers a request for access; a copy goes to the municipality's journal. Both are made of the same dossier.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, fields, is_dataclass
from datetime import date, datetime, time
from typing import Any, Final, Literal, cast

Why = Literal["words", "contact"]
FORMAT: Final = "trivselsbot-dossier/1"
# Ids, codes, states and times of ours. Everything else was written by somebody, or may have been.
_OURS: Final = re.compile(r"[a-z0-9_:.+-]*|[A-Z0-9_+-]{1,16}|\d{4}-\d\d-\d\dT[\d:.+Z-]+")


@dataclass(frozen=True)
class Dossier:
    """What each source of the house holds about one case, by the source's name."""

    case_id: str
    code: str
    held: Mapping[str, Sequence[Any]]


@dataclass(frozen=True)
class Review:
    """One text that a person must look at before it is handed out: where it stands, and why."""

    at: str
    why: tuple[Why, ...]


def plain(value: Any) -> Any:
    """Core types as JSON data; every field of every dataclass is there."""
    if is_dataclass(value) and not isinstance(value, type):
        return {item.name: plain(getattr(value, item.name)) for item in fields(value)}
    match value:
        case Mapping():
            return {str(key): plain(one) for key, one in cast(Mapping[Any, Any], value).items()}
        case list() | tuple() | set() | frozenset():
            return [plain(one) for one in cast(Iterable[Any], value)]
        case date() | time():  # a datetime is a date too
            return value.isoformat()
        case None | bool() | int() | float() | str():
            return value
        case _:
            return str(value)  # a time zone, and whatever a later table may hold: told in some way and never left out


def to_review(held: Any, tells_who: Callable[[str], bool], known: frozenset[str] = frozenset()) -> tuple[Review, ...]:
    """Every text in the plain data that somebody wrote; `tells_who` says which ones seem to name a person.

    Third parties stand in such texts: siblings, classmates, parents, and whoever has told something in confidence.
    """
    found: list[Review] = []
    for at, text in _leaves(held, ""):
        if text in known or _OURS.fullmatch(text):
            continue
        found.append(Review(at, ("words", "contact") if tells_who(text) else ("words",)))
    return tuple(found)


def _leaves(value: Any, at: str) -> Iterator[tuple[str, str]]:
    match value:
        case str():
            yield at, value
        case dict():
            for key, one in cast(dict[str, Any], value).items():
                yield from _leaves(one, f"{at}/{key}")
        case list():
            for number, one in enumerate(cast(list[Any], value)):
                yield from _leaves(one, f"{at}/{number}")
        case _:
            pass


@dataclass(frozen=True)
class Made:
    """Who made it, in which function, when and for what."""

    kind: Literal["access", "journal"]
    at: datetime
    role: str
    name: str = ""  # stands in a copy for the journal only


def as_json(
    dossier: Dossier, made: Made, people: Mapping[str, str], form: tuple[str, int], tells_who: Callable[[str], bool]
) -> bytes:
    """The data file: all that is held, who the ids are by their function, and what must be looked at first."""
    held = plain(dossier.held)
    data: dict[str, Any] = {
        "format": FORMAT,
        "kind": made.kind,
        "code": dossier.code,
        "form": {"id": form[0], "version": form[1]},
        "made_at": made.at.isoformat(),
        "made_by": {"role": made.role, "name": made.name},
        "people": dict(people),
        "held": held,
    }
    if made.kind == "access":
        data["review"] = [plain(one) for one in to_review(held, tells_who, frozenset({dossier.code}))]
    return json.dumps(data, ensure_ascii=False, indent=1, sort_keys=True).encode()


def checksum(content: bytes) -> str:
    """SHA-256 in hexadecimal, as `sha256sum` prints it."""
    return hashlib.sha256(content).hexdigest()


def checksums(files: Sequence[tuple[str, bytes]]) -> bytes:
    """A list that `sha256sum --check` reads."""
    return "".join(f"{checksum(content)}  {name}\n" for name, content in files).encode()
