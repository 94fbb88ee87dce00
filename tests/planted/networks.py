"""Mistakes around network meetings and calendars that the tests must catch."""

from __future__ import annotations

from tests.planted.fault import Fault

ICS, MAIL = "tests/core/test_meetings_calendar.py", "tests/contracts/test_messengers_calendar.py"
VOICES, STEPS = "tests/core/test_meetings_voices.py", "tests/core/test_meetings_steps.py"
AFTER, WORKER, WEB = (
    "tests/core/test_meetings_after.py",
    "tests/faults/test_worker_calendar.py",
    "tests/web/test_network.py",
)
AGREED_CORE, AGREED_WEB = "tests/core/test_agreements.py", "tests/web/test_agreements.py"

NETWORKS = (
    Fault(
        "the family is called past words of violence that were denied, without a word about it",
        "dialogs/cases/model.py",
        '    return any(f"{DENIED}:{flow}" in case.colour.because for flow in PARENTS_WAIT)',
        "    return False",
        "tests/app/test_calling.py",
    ),
    Fault(
        "the place goes into people's calendars",
        "dialogs/meetings/calendar.py",
        "        text=text,\n",
        "        text=text + meeting.place,\n",
        ICS,
    ),
    Fault("a line of a calendar has no end", "dialogs/meetings/calendar.py", "if size > room:", "if size > 999:", ICS),
    Fault(
        "a letter counts as one octet",
        "dialogs/meetings/calendar.py",
        "        size = len(sign.encode())",
        "        size = 1",
        ICS,
    ),
    Fault(
        "a comma parts a title in two",
        "dialogs/meetings/calendar.py",
        '.replace(",", "\\\\,")',
        "",
        ICS,
    ),
    Fault(
        "a meeting that is off is asked for again",
        "dialogs/meetings/calendar.py",
        'return "CANCEL" if what.cancelled else "REQUEST"',
        'return "REQUEST"',
        ICS,
    ),
    Fault(
        "a mail's line breaks are left to the servers on the way",
        "bot/delivery/email.py",
        'subtype="calendar", cte="base64"',
        'subtype="calendar", cte="7bit"',
        MAIL,
    ),
    Fault(
        "who is told by mail gets a second one for the calendar",
        "bot/delivery/policy.py",
        'return "telegram" in self.channels and _reaches("telegram", to) and _reaches("email", to)',
        'return _reaches("email", to)',
        WORKER,
    ),
    Fault(
        "a calendar mail of unknown fate is sent again",
        "bot/delivery/policy.py",
        'wish.delivery not in AGAIN_AFTER or wish.channel == "calendar"',
        "wish.delivery not in AGAIN_AFTER",
        WORKER,
    ),
    Fault(
        "the same change is told twice",
        "bot/app/meetings/wishes.py",
        'replace(wish, dedupe_key=f"{wish.dedupe_key}:calendar"',
        'replace(wish, dedupe_key=f"{wish.dedupe_key}:{id(wish)}"',
        WORKER,
    ),
    Fault(
        "one consent opens the room to everybody",
        "dialogs/law/room.py",
        'return Entry(one, "yes", "agreed") if one in named else Entry(one, "ask", "not_named")',
        'return Entry(one, "yes", "agreed")',
        AFTER,
    ),
    Fault(
        "volunteers come without the family having been asked",
        "dialogs/law/room.py",
        'return Entry(one, "ask", "family_chooses")',
        'return Entry(one, "yes", "agreed")',
        AFTER,
    ),
    Fault(
        "a consent that has run out still opens the room",
        "dialogs/law/room.py",
        'one.state == "given" and one.scope.until >= day',
        'one.state == "given"',
        AFTER,
    ),
    Fault(
        "the club sits in a meeting without consent",
        "dialogs/law/room.py",
        'case "exchange" if profession.exchange == "nej":',
        'case "exchange" if profession.exchange == "ukendt":',
        AFTER,
    ),
    Fault(
        "what is written is read ahead of a meeting without consent",
        "dialogs/law/room.py",
        'return ground != "exchange"',
        "return True",
        WEB,
    ),
    Fault(
        "who may not come can be invited afterwards",
        "bot/app/meetings/deeds.py",
        " or _may_not_come(room, seats)",
        "",
        WEB,
    ),
    Fault(
        "anybody may answer for anybody",
        "bot/app/meetings/netdeeds.py",
        "return seat.person_id == room.person.id or (seat.person_id is None and room.leads)",
        "return True",
        WEB,
    ),
    Fault(
        "what the child keeps is shown",
        "dialogs/meetings/houses.py",
        "if text and (one in houses.told or person_id == houses.by)",
        "if text",
        VOICES,
    ),
    Fault(
        "help is chosen before anybody is heard",
        "dialogs/meetings/steps.py",
        "    if step < LOCKED or not locks(story):",
        "    if step <= LOCKED or not locks(story):",
        STEPS,
    ),
    Fault(
        "a plan ends without a day to look at it again",
        "dialogs/meetings/steps.py",
        "    if day <= today:",
        "    if day < date.min:",
        STEPS,
    ),
    Fault(
        "a board keeps what was said beforehand and hides what is said later",
        "dialogs/meetings/board.py",
        'if f"{row}.{cell}" in before or text != said[row, cell]',
        "if True",
        VOICES,
    ),
    Fault(
        "who came is missed for ever",
        "dialogs/meetings/afterwards.py",
        "            count.pop(seat.role, None)\n",
        "            pass\n",
        AFTER,
    ),
    Fault(
        "an agreement that is done is reminded of all the same",
        "bot/app/meetings/wishes.py",
        'if one.state == "done":',
        'if one.state == "never":',
        AGREED_WEB,
    ),
    Fault(
        "an agreement that has got another day is reminded of on the old one",
        "bot/app/meetings/wishes.py",
        "if one.turn != turn:",
        "if False:",
        AGREED_WEB,
    ),
    Fault(
        "what was agreed goes to the sender in words",
        "dialogs/meetings/agreements.py",
        "            what=withheld,\n            who=withheld,",
        "            who=withheld,",
        AGREED_CORE,
    ),
    Fault(
        "whoever is late is the one who sees to it",
        "bot/app/meetings/agreed.py",
        "if person is not None and person != holder]",
        "if person is not None]",
        AGREED_WEB,
    ),
)
