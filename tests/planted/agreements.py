"""Mistakes around what was agreed at a meeting that the tests must catch."""

from __future__ import annotations

from tests.planted.fault import Fault

AGREED, EARLIER = "tests/web/test_agreements.py", "tests/web/test_earlier.py"

AGREEMENTS = (
    Fault(
        "a press on the board answers for an agreement of any meeting",
        "bot/app/meetings/earlier.py",
        "found = next((one for one in of_meetings(room, case_id) if one.ref == ref), None)",
        "found = next(iter(of_meetings(room, case_id)), None)",
        EARLIER,
    ),
    Fault(
        "what the team decided is asked about and its follow-up day is lost",
        "bot/app/meetings/earlier.py",
        "FollowUp(None, note, ahead)",
        "FollowUp(None, note, None)",
        EARLIER,
    ),
    Fault(
        "an agreement is handed on and the one before is reminded all the same",
        "dialogs/meetings/agreements.py",
        "handed = replace(found, seat=seat, who=who, by=by, turn=found.turn + 1,",
        "handed = replace(found, seat=seat, who=who, by=by, turn=found.turn,",
        AGREED,
    ),
    Fault(
        "whoever gets an agreement hears nothing",
        "bot/app/meetings/agreed.py",
        'yield about_agreement(room.meeting, one, GIVEN, 1, holder, room.now, delivery="alert")',
        "yield from ()",
        AGREED,
    ),
    Fault(
        "nobody is told of an agreement whose keeper has left",
        "bot/app/meetings/leftbehind.py",
        'if one.state == "done" or holder is None or here(uow, holder):',
        'if one.state == "done" or holder is None or not here(uow, holder) or True:',
        AGREED,
    ),
)
