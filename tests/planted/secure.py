"""Mistakes in the guards and in what a channel may carry; see faults.py."""

from __future__ import annotations

from tests.planted.fault import Fault

CPR, LINKS = "tests/attacks/test_cpr.py", "tests/telegram/test_secure_links.py"

SECURE = (
    Fault(
        "a date tied to four digits by words is let through",
        "dialogs/guards/dated.py",
        '        return "no" if match["signs"] is not None else _tied(match)\n',
        '        return "no"\n',
        CPR,
    ),
    Fault(
        "a word that says cpr makes no difference",
        "dialogs/guards/dated.py",
        'yield "cpr" if named else verdict, Span',
        "yield verdict, Span",
        CPR,
    ),
    Fault(
        "counting aloud is held back",
        "dialogs/guards/said.py",
        " and not counting\n",
        "\n",
        CPR,
    ),
    Fault(
        "hidden signs between digits hide the number",
        "dialogs/guards/cpr.py",
        "yield from numbers.unhidden(numbers.written(text, spelled), dated.find)",
        "yield from dated.find(numbers.written(text, spelled))",
        CPR,
    ),
    Fault(
        "an old proof opens the Mini App",
        "bot/app/entry/initdata.py",
        " or not -MAX_AHEAD <= now.timestamp() - int(when) <= MAX_AGE:",
        ":",
        "tests/attacks/test_initdata.py",
    ),
    Fault(
        "a key that comes twice is read once",
        "bot/app/entry/initdata.py",
        "pair is None or pair[1] in fields or",
        "pair is None or",
        "tests/attacks/test_initdata.py",
    ),
    Fault(
        "a proof is taken as often as it comes",
        "bot/app/entry/secure.py",
        "    if uow.receipts.get(key) is not None:\n        return None\n    uow.receipts.put(",
        "    if uow.receipts.get(key) is None:\n        uow.receipts.put(",
        LINKS,
    ),
    Fault(
        "a link that was used works again",
        "bot/app/entry/secure.py",
        "found = uow.identity.take_challenge(admission.hashed(secret), KIND, now)",
        "found = uow.identity.challenge(admission.hashed(secret), now)",
        LINKS,
    ),
    Fault(
        "strict asks for words in the chat",
        "dialogs/channels.py",
        'words = question.kind in ("text", "list") or phase == "note"',
        'words = phase == "note"',
        LINKS,
    ),
    Fault(
        "a number that is edited in stays in the chat",
        "bot/app/chat/handle.py",
        "return replace(refusal, cards=(told,",
        "return replace(refusal, refused=False, cards=(told,",
        "tests/telegram/test_turns.py",
    ),
    Fault(
        "in doubt a name is kept on Telegram",
        "bot/app/chat/refusing.py",
        '        found = ["lone_names"]',
        "        found = []",
        "tests/telegram/test_turns.py",
    ),
    Fault(
        "a covered tab shows the page before when somebody goes back",
        "bot/web/static/cover.js",
        "  else if (hidden()) cover();\n",
        "",
        "tests/web/test_cover.py",
    ),
    Fault(
        "a covered tab shows what the browser kept whole",
        "bot/web/static/cover.js",
        "    if (hidden()) cover();\n    else uncover();\n",
        "    uncover();\n",
        "tests/web/test_cover.py",
    ),
)
