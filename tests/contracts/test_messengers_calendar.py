"""A mail that asks somebody to a meeting: the words, and beside them the calendar object (RFC 6047)."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, time
from email.message import EmailMessage

import pytest
from icalendar import Calendar

from dialogs.meetings.calendar import Appointment
from dialogs.meetings.model import Wall
from tests.contracts.mail_kit import Mailbox, mail_server, mailer
from tests.contracts.messenger_kit import ANE, LINK, NOTICE, NOW, ROW
from tests.core.ics_grammar import breaches, read

MEETING = Appointment(
    "abc@moede.trivselsbot", 2, Wall(date(2026, 12, 1), time(14)), 60, "Møde i Trivselsbot", "Åbn mødet æøå", LINK
)


async def sent(what: Appointment | None) -> EmailMessage:
    box = Mailbox()
    async with mail_server(box) as port:
        await mailer(port).send(ROW, ANE, replace(NOTICE, calendar=what), LINK)
    (mail,) = box.mails
    assert isinstance(mail, EmailMessage)
    return mail


@pytest.mark.parametrize(("off", "method", "status"), [(False, "REQUEST", "CONFIRMED"), (True, "CANCEL", "CANCELLED")])
async def test_the_calendar_object_arrives_whole_beside_the_words(off: bool, method: str, status: str) -> None:
    mail = await sent(replace(MEETING, cancelled=off))
    assert mail.get_content_type() == "multipart/alternative"
    words, calendar = mail.iter_parts()
    assert words.get_content_type() == "text/plain" and NOTICE.body.split("\n")[0] in words.get_content()
    assert calendar.get_content_type() == "text/calendar"
    assert (calendar.get_param("method"), calendar.get_param("charset")) == (method, "utf-8")
    raw = calendar.get_payload(decode=True)
    assert isinstance(raw, bytes)
    assert breaches(raw) == []
    event = read(raw).part("VEVENT")
    assert (event.one("UID"), event.one("SEQUENCE"), event.one("STATUS")) == (MEETING.uid, "2", status)
    assert event.one("ATTENDEE") == f"mailto:{ANE.email}" and event.one("ORGANIZER") == f"mailto:{mail['From']}"
    (independent,) = Calendar.from_ical(raw).walk("VEVENT")
    assert independent.decoded("dtstamp") == NOW and independent["description"] == "Åbn mødet æøå"


async def test_a_notice_about_anything_else_is_one_plain_text() -> None:
    assert (await sent(None)).get_content_type() == "text/plain"
