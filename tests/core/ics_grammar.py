"""A strict reader of calendar objects, written from RFC 5545 and 5546 and from nothing of ours.

It knows less than a calendar does and forgives nothing: every breach is a sentence that says what is wrong.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

_NAME = r"[A-Za-z0-9-]+"
_SAFE = r"[^\x00-\x08\x0a-\x1f\x7f\";:,]*"
_QUOTED = r'"[^\x00-\x08\x0a-\x1f\x7f"]*"'
_PARAM = rf";({_NAME}=(?:{_QUOTED}|{_SAFE})(?:,(?:{_QUOTED}|{_SAFE}))*)"
_LINE = re.compile(rf"({_NAME})((?:{_PARAM})*):([^\x00-\x08\x0a-\x1f\x7f]*)\Z")
_TEXT = re.compile(r"(?:[^\\;,\x00-\x08\x0a-\x1f\x7f]|\\[\\;,nN])*\Z")
_LOCAL, _UTC = re.compile(r"\d{8}T\d{6}\Z"), re.compile(r"\d{8}T\d{6}Z\Z")
_DURATION = re.compile(r"P(?:\d+W|\d+D(?:T(?:\d+H)?(?:\d+M)?(?:\d+S)?)?|T(?:\d+H)?(?:\d+M)?(?:\d+S)?)\Z")
_OFFSET = re.compile(r"[+-]\d{4}\Z")
_URI = re.compile(r"[a-z][a-z0-9+.-]*:[!#$%&'()*+,/:;=?@\[\]A-Za-z0-9._~-]+\Z")
_TEXTS = {"UID", "SUMMARY", "DESCRIPTION", "LOCATION", "TZNAME", "PRODID"}
# Of one event: what must be there once, and what may be there once (RFC 5545, 3.6.1).
_ONCE = {"UID", "DTSTAMP", "DTSTART", "SUMMARY", "ORGANIZER", "SEQUENCE", "STATUS"}
_AT_MOST_ONCE = _ONCE | {"CLASS", "DESCRIPTION", "LOCATION", "TRANSP", "URL", "DURATION", "DTEND", "CREATED"}
_MAY_REPEAT = {"ATTENDEE", "CATEGORIES", "COMMENT"}


@dataclass
class Component:
    """A component with its lines: name, parameters, value."""

    name: str
    lines: list[tuple[str, dict[str, str], str]] = field(default_factory=list)
    inside: list[Component] = field(default_factory=list)

    def all(self, name: str) -> list[str]:
        return [value for found, _, value in self.lines if found == name]

    def one(self, name: str) -> str:
        (value,) = self.all(name)
        return value

    def part(self, name: str) -> Component:
        (found,) = [one for one in self.inside if one.name == name]
        return found


def breaches(raw: bytes) -> list[str]:
    """Everything that is wrong with these octets."""
    found = list(_octets(raw))
    if found:
        return found
    lines = raw.decode().replace("\r\n ", "").split("\r\n")[:-1]
    bad = [f"no content line: {line!r}" for line in lines if _LINE.match(line) is None]
    return bad or list(_object(read(raw)))


def read(raw: bytes) -> Component:
    """The object as a tree; for octets that have no breaches."""
    top = Component("")
    stack = [top]
    for line in raw.decode().replace("\r\n ", "").split("\r\n")[:-1]:
        match = _LINE.match(line)
        assert match is not None
        name, value = match[1].upper(), match[4]
        if name == "BEGIN":
            stack[-1].inside.append(Component(value))
            stack.append(stack[-1].inside[-1])
        elif name == "END":
            assert stack.pop().name == value, f"END:{value} where something else is open"
        else:
            params = dict(part.split("=", 1) for part in re.findall(_PARAM, match[2]))
            stack[-1].lines.append((name, params, value))
    assert stack == [top], "something is left open"
    return top.part("VCALENDAR")


def plain(text: str) -> str:
    """What a TEXT value says."""
    return re.sub(r"\\(.)", lambda found: "\n" if found[1] in "nN" else found[1], text)


def _octets(raw: bytes) -> Iterator[str]:
    if not raw.endswith(b"\r\n"):
        yield "the last line does not end with CRLF"
    for line in raw.split(b"\r\n"):
        if len(line) > 75:
            yield f"{len(line)} octets in a line"
        if b"\r" in line or b"\n" in line:
            yield "a bare CR or LF"
        try:
            line.decode()
        except UnicodeDecodeError:
            yield "folded through the middle of a letter"


def _object(calendar: Component) -> Iterator[str]:
    for name in ("PRODID", "VERSION", "METHOD"):
        if len(calendar.all(name)) != 1:
            yield f"{name} is not there once"
    if calendar.all("VERSION") != ["2.0"]:
        yield "another version"
    events = [one for one in calendar.inside if one.name == "VEVENT"]
    zones = {one.one("TZID"): one for one in calendar.inside if one.name == "VTIMEZONE"}
    if len(events) != 1:
        yield "not one event"
    for zone in zones.values():
        yield from _zone(zone)
    for event in events:
        yield from _event(event, calendar.one("METHOD"), zones.keys())


def _zone(zone: Component) -> Iterator[str]:
    if not {"DAYLIGHT", "STANDARD"} & {one.name for one in zone.inside}:
        yield "a zone without rules"
    for rule in zone.inside:
        for name, pattern in (("DTSTART", _LOCAL), ("TZOFFSETFROM", _OFFSET), ("TZOFFSETTO", _OFFSET)):
            if len(rule.all(name)) != 1 or not pattern.match(rule.all(name)[0]):
                yield f"{name} in a zone"


def _event(event: Component, method: str, zones: Sequence[str] | set[str]) -> Iterator[str]:
    names = [name for name, _, _ in event.lines]
    yield from (f"{name} is missing" for name in sorted(_ONCE) if name not in names)
    yield from (f"{name} twice" for name in sorted(_AT_MOST_ONCE) if names.count(name) > 1)
    yield from (f"{name} is not known here" for name in set(names) - _AT_MOST_ONCE - _MAY_REPEAT)
    if "DTEND" in names and "DURATION" in names:
        yield "both DTEND and DURATION"
    for name, params, value in event.lines:
        yield from _value(name, params, value, zones)
    yield from _scheduling(event, method)


def _value(name: str, params: dict[str, str], value: str, zones: Sequence[str] | set[str]) -> Iterator[str]:
    if name in _TEXTS and not _TEXT.match(value):
        yield f"{name} is not escaped"
    if name == "DTSTAMP" and not _UTC.match(value):
        yield "DTSTAMP is not in UTC"
    if name in ("DTSTART", "DTEND"):
        if "TZID" in params and (params["TZID"] not in zones or not _LOCAL.match(value)):
            yield f"{name} in a zone that is not told about"
        if "TZID" not in params and not _UTC.match(value):
            yield f"{name} floats"
    if name == "DURATION" and not _DURATION.match(value):
        yield "no duration"
    if name == "SEQUENCE" and not value.isdigit():
        yield "no sequence"
    if name in ("ORGANIZER", "ATTENDEE") and not (value.startswith("mailto:") and _URI.match(value)):
        yield f"{name} is no address"
    if name == "URL" and not _URI.match(value):
        yield "URL is none"


def _scheduling(event: Component, method: str) -> Iterator[str]:
    """RFC 5546, 3.2.1, 3.2.2 and 3.2.5."""
    invited, status = len(event.all("ATTENDEE")), event.all("STATUS")
    if method == "REQUEST" and (invited < 1 or status == ["CANCELLED"]):
        yield "a request that asks nobody, or to what is off"
    if method == "CANCEL" and (invited < 1 or status != ["CANCELLED"]):
        yield "a cancellation that is none"
    if method == "PUBLISH" and invited:
        yield "published with those who are invited"
    if method not in ("REQUEST", "CANCEL", "PUBLISH"):
        yield "another method"
