"""Faults in what becomes of words that sound like danger."""

from __future__ import annotations

from tests.planted.fault import Fault

DANGER = (
    Fault(
        "an idea weighs for each of its words",
        "dialogs/guards/weighing.py",
        "if at - last.get(one, -WITHIN) >= WITHIN:",
        "if True:",
        "tests/core/test_guards_weighing.py",
    ),
    Fault(
        "a frame is heard though one of its places is empty",
        "dialogs/guards/scoring.py",
        "return Theme(hit, len(cues), within, cues,",
        "return Theme(hit, len(cues) - 1, within, cues,",
        "tests/core/test_guards_frames.py",
    ),
    Fault(
        "the negator of a frame denies the rest of it",
        "dialogs/guards/acute.py",
        "    if theme.refuses:\n        return True\n",
        "",
        "tests/core/test_guards_frames.py",
    ),
    Fault(
        "one no silences its kind of danger for the rest of the worry",
        "dialogs/guards/standing.py",
        "rest = [one for one in sentences if mark(flow, one) not in answered]",
        'rest = [one for one in sentences if not any(said.startswith(f"{flow}:") for said in answered)]',
        "tests/app/test_heard_words.py",
    ),
    Fault(
        "words that nobody said no to leave the colour to the signs",
        "dialogs/worry.py",
        "colour = _told(values, stated, heard, light) if stated or heard.standing else _seen(light)",
        "colour = _told(values, stated, heard, light) if stated else _seen(light)",
        "tests/app/test_heard_words.py",
    ),
    Fault(
        "the team is not told what the bot heard and the writer denied",
        "dialogs/worry.py",
        'denied = tuple(f"{DENIED}:{flow}" for flow in heard.denied)',
        "denied = ()",
        "tests/app/test_heard_words.py",
    ),
    Fault(
        "an alert leaves no room for a question",
        "bot/app/chat/handle.py",
        "if told := asking.above_alert(t, text):",
        "if told := ():",
        "tests/app/test_heard_words.py",
    ),
    Fault(
        "a second danger is lost when the first has its answer",
        "bot/app/drafts/acute.py",
        "rest = tuple(mark for mark in asked if mark not in mine)",
        "rest = ()",
        "tests/app/test_heard_words.py",
    ),
    Fault(
        "a yellow step leads to the parents beside words of violence",
        "bot/app/turns/lightcards.py",
        'if besides.waits and name in ("green", "yellow"):',
        'if besides.waits and name == "green":',
        "tests/app/test_heard_words.py",
    ),
    Fault(
        "who may not know the writer is sent out to find them",
        "bot/app/cases/pages.py",
        "first = handbook.words.now_nameless[key] if nameless else first",
        "pass",
        "tests/web/test_after_the_answer.py",
    ),
    Fault(
        "an answer to the team is met by an old promise",
        "dialogs/cases/dates.py",
        'again = last_of(entries, "reopened", "replied")',
        'again = last_of(entries, "reopened")',
        "tests/web/test_after_the_answer.py",
    ),
    Fault(
        "a story becomes the child's name",
        "bot/app/drafts/naming.py",
        "story = has_class(t, text), len(text.split()) > LONGEST",
        "story = has_class(t, text), False",
        "tests/app/test_nickname.py",
    ),
    Fault(
        "danger in the name field is not heard",
        "bot/app/drafts/naming.py",
        "heard = acute.listen(t, text, draft.answers, kept=kept)",
        "heard = None",
        "tests/app/test_nickname.py",
    ),
    Fault(
        "a profession's card forgets that it was opened from violence",
        "bot/app/guides/profiles.py",
        "if t.subject[0] != who.PLACE:",
        "if True:",
        "tests/app/test_heard_words.py",
    ),
)
