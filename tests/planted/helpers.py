"""Mistakes in who can help, the ladder, the notes and the way back that the tests must catch."""

from __future__ import annotations

from tests.planted.fault import Fault

HELPERS = (
    Fault(
        "three professionals to one from the family are too many",
        "dialogs/guides/crew.py",
        "too_many=count > MAX_RATIO * crew.family",
        "too_many=count >= MAX_RATIO * crew.family",
        "tests/core/test_crew.py",
    ),
    Fault(
        "a child is sent to a forum about common things",
        "dialogs/guides/forums.py",
        "    lacks = set(wanted)",
        "    steps = list(ladder(forums))\n    lacks = set(wanted)",
        "tests/core/test_forums.py",
    ),
    Fault(
        "an old number is shown as if it were new",
        "dialogs/local.py",
        "return today - self.checked > FRESH_FOR",
        "return today - self.checked > 2 * FRESH_FOR",
        "tests/app/test_who.py",
    ),
    Fault(
        "anybody at the school may correct a card",
        "dialogs/guides/localnotes.py",
        'if role == "leader" or profession in OWN_CARDS.get(role, ()):',
        "if role:",
        "tests/web/test_card_pages.py",
    ),
    Fault(
        "a newer note overwrites the older one",
        "storage/memory/notes.py",
        "        if key in self._state.notes:\n            return False\n",
        "",
        "tests/contracts/test_storage_notes.py",
    ),
    Fault(
        "a question forgets what was open",
        "bot/app/turns/turn.py",
        'self.note(back=came_from if came_from != place else "")',
        'self.note(back="")',
        "tests/app/test_who.py",
    ),
    Fault(
        "a closed worry is open while a question is asked from it",
        "bot/app/drafts/acute.py",
        "    sheet = near(t)\n    if sheet is None:\n        return False",
        "    sheet = here(t)\n    if sheet is None:\n        return False",
        "tests/app/test_who.py",
    ),
)
