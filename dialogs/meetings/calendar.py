"""A meeting as calendars read it (RFC 5545, RFC 5546): when, for how long, and where to read more.

It goes to mail servers and telephones, so it says nothing of a child, of what the meeting is about or of where it is.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Final, Literal

from dialogs.meetings.model import Meeting, Wall
from dialogs.workdays import COPENHAGEN

Method = Literal["REQUEST", "CANCEL", "PUBLISH"]
MAX_OCTETS: Final = 75  # of one line without its line break (RFC 5545, 3.1)
PRODUCT: Final = "-//Trivselsbot//Moeder//DA"
_LETTERS: Final = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~"
_MAILBOX: Final = frozenset(f"{_LETTERS}@!$'*+")  # what an address may hold as it is in a mailto: (RFC 6068, 2)
_URI: Final = frozenset(f"{_LETTERS}:/?#[]@!$&()*+,;=%")  # what an address of a page may hold as it is (RFC 3986, 2.2)
_COPENHAGEN: Final = (
    "BEGIN:VTIMEZONE",
    "TZID:Europe/Copenhagen",
    "BEGIN:DAYLIGHT",
    "DTSTART:19970330T020000",
    "RRULE:FREQ=YEARLY;BYMONTH=3;BYDAY=-1SU",
    "TZOFFSETFROM:+0100",
    "TZOFFSETTO:+0200",
    "TZNAME:CEST",
    "END:DAYLIGHT",
    "BEGIN:STANDARD",
    "DTSTART:19971026T030000",
    "RRULE:FREQ=YEARLY;BYMONTH=10;BYDAY=-1SU",
    "TZOFFSETFROM:+0200",
    "TZOFFSETTO:+0100",
    "TZNAME:CET",
    "END:STANDARD",
    "END:VTIMEZONE",
)


@dataclass(frozen=True)
class Appointment:
    """All that leaves the house about a meeting. `uid` never changes; `sequence` grows when it is moved or off."""

    uid: str
    sequence: int
    starts: Wall
    minutes: int
    title: str  # the same for every meeting
    text: str
    link: str
    cancelled: bool = False


def appointment(meeting: Meeting, *, title: str, text: str, link: str) -> Appointment:
    """What a calendar may know of a meeting."""
    return Appointment(
        uid=f"{meeting.id}@moede.trivselsbot",  # not the installation's address, which may change under the meeting
        sequence=meeting.sequence,
        starts=meeting.starts,
        minutes=meeting.minutes,
        title=title,
        text=text,
        link=link,
        cancelled=meeting.status == "cancelled",
    )


def invitation(what: Appointment, *, sender: str, to: str, stamp: datetime) -> str:
    """The object that asks one person to come, or calls it off: what a mail carries as text/calendar."""
    # No RSVP: nobody reads mail that comes back. The answer is given on the meeting's page.
    invited = f"ATTENDEE;CUTYPE=INDIVIDUAL;ROLE=REQ-PARTICIPANT;PARTSTAT=NEEDS-ACTION;RSVP=FALSE:{_mailto(to)}"
    return _lines(what, method_of(what), sender, stamp, (invited,))


def download(what: Appointment, *, sender: str, stamp: datetime) -> str:
    """The object that a person fetches from the meeting's page; it names nobody who was invited."""
    return _lines(what, "PUBLISH", sender, stamp, ())


def method_of(what: Appointment) -> Method:
    """What a mail does with the meeting in a calendar."""
    return "CANCEL" if what.cancelled else "REQUEST"


def _lines(what: Appointment, method: Method, sender: str, stamp: datetime, invited: tuple[str, ...]) -> str:
    known = what.starts.zone.key == COPENHAGEN.key  # another zone is told in UTC: its rules are not written down here
    return "".join(
        f"{part}\r\n"
        for line in (
            "BEGIN:VCALENDAR",
            f"PRODID:{PRODUCT}",
            "VERSION:2.0",
            "CALSCALE:GREGORIAN",
            f"METHOD:{method}",
            *(_COPENHAGEN if known else ()),
            "BEGIN:VEVENT",
            f"UID:{_text(what.uid)}",
            f"SEQUENCE:{what.sequence}",
            f"DTSTAMP:{_utc(stamp)}",
            f"DTSTART{_start(what.starts) if known else ':' + _utc(what.starts.utc)}",
            f"DURATION:PT{what.minutes}M",  # real minutes, also in the night when the clocks change
            f"SUMMARY;LANGUAGE=da:{_text(what.title)}",
            f"DESCRIPTION;LANGUAGE=da:{_text(what.text)}",
            f"URL:{_quoted(what.link, _URI)}",
            f"ORGANIZER;CN=Trivselsbot:{_mailto(sender)}",
            *invited,
            f"STATUS:{'CANCELLED' if what.cancelled else 'CONFIRMED'}",
            "CLASS:PRIVATE",
            "TRANSP:OPAQUE",
            "END:VEVENT",
            "END:VCALENDAR",
        )
        for part in _folded(line)
    )


def _start(starts: Wall) -> str:
    """The wall time itself, so that 14:00 stays 14:00 in a calendar that learns of a new rule for summer time."""
    return f";TZID=Europe/Copenhagen:{starts.day:%Y%m%d}T{starts.clock:%H%M%S}"


def _utc(at: datetime) -> str:
    return f"{at.astimezone(UTC):%Y%m%dT%H%M%SZ}"


def _mailto(address: str) -> str:
    return f"mailto:{_quoted(address, _MAILBOX)}"


def _quoted(text: str, plain: frozenset[str]) -> str:
    return "".join(sign if sign in plain else "".join(f"%{byte:02X}" for byte in sign.encode()) for sign in text)


def _text(words: str) -> str:
    """Words as a TEXT value (RFC 5545, 3.3.11); a sign that steers machines has no place in one."""
    plain = "".join(sign for sign in words if sign == "\n" or sign.isprintable())
    return plain.replace("\\", "\\\\").replace(";", "\\;").replace(",", "\\,").replace("\n", "\\n")


def _folded(line: str) -> Iterator[str]:
    """The line in parts of at most MAX_OCTETS octets, never through the middle of a letter."""
    part, room = "", MAX_OCTETS
    for sign in line:
        size = len(sign.encode())
        if size > room:
            yield part
            part, room = " ", MAX_OCTETS - 1  # the blank that marks a continued line counts
        part, room = part + sign, room - size
    yield part
