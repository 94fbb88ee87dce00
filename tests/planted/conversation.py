"""Mistakes in what a person meets: where words go, whom they are sent to, what is said and when."""

from __future__ import annotations

from tests.planted.fault import Fault

CONVERSATION = (
    Fault(
        "words written to the bot become the answer",
        "bot/app/chat/handle.py",
        "if beside and _has_own_field(sheet.seen) and not (",
        "if beside and question is None and not (",
        "tests/app/test_two_fields.py",
    ),
    Fault(
        "a leader is named before anybody asked whom it is about",
        "dialogs/light/cards.py",
        'if flow in ABOUT_A_PERSON and suspect in (None, "unknown") else "known"',
        'if flow in ABOUT_A_PERSON and suspect == "unknown" else "known"',
        "tests/app/test_leader_last.py",
    ),
    Fault(
        "the duty to report is said under every card",
        "bot/app/chat/handle.py",
        'cards.append(replace(card, detail="") if again else card)',
        "cards.append(card)",
        "tests/app/test_safety_texts.py",
    ),
    Fault(
        "a state of the inbox is something to press",
        "bot/app/cases/pages.py",
        'asks="" if asks in _STATES else words.asks[asks],',
        "asks=words.asks[asks],",
        "tests/core/test_team_pages.py",
    ),
    Fault(
        "red has no list of what to do now",
        "bot/app/cases/pages.py",
        'if case.colour.now != "red" or (case.state not in _UNDECIDED and not waits):',
        "if case.state in _UNDECIDED:",
        "tests/core/test_team_red.py",
    ),
    Fault(
        "a word that leans to another danger asks a second question",
        "dialogs/guards/weighing.py",
        "return self.flows[best] if not rivals or sums[best] - max(rivals) >= self.lead else None",
        "return self.flows[best]",
        "tests/core/test_guards_acute.py",
    ),
    Fault(
        "calm words silence no phrase",
        "dialogs/guards/weighing.py",
        "return length >= TELLING and not tips(self.doubt, danger)",
        "return length >= 999 and not tips(self.doubt, danger)",
        "tests/core/test_guards_acute.py",
    ),
    Fault(
        "one word tips a short text",
        "dialogs/guards/weighing.py",
        "if strong < WITNESSES:",
        "if strong < 0:",
        "tests/core/test_guards_acute.py",
    ),
    Fault(
        "a stem raises words that were never seen in danger",
        "dialogs/guards/loading.py",
        "index == 0 and int(points) > 0",
        "index == 0 and int(points) > 999",
        "tests/core/test_guards_acute.py",
    ),
    Fault(
        "a worry about the leader is sent to the leader",
        "bot/app/drafts/finishing.py",
        "        suspect=found.suspect,\n",
        "        suspect=None,\n",
        "tests/telegram/test_past_the_leader.py",
    ),
    Fault(
        "a phrase alone opens the acute guide, joke or not",
        "dialogs/guides/routing.py",
        'if not called and ranked[:1] == ["acute"]:',
        'if not ranked and ranked[:1] == ["acute"]:',
        "tests/app/test_jokes.py",
    ),
    Fault(
        "what is typed at the menu is thrown away when a worry opens",
        "bot/app/drafts/starting.py",
        "        answers = {firstwords.FIELD: Picked((), words), **(answers or {})}",
        "        answers = {**(answers or {})}",
        "tests/app/test_first_words.py",
    ),
    Fault(
        "what a strict chat may not carry is kept for later",
        "bot/app/chat/refusing.py",
        "    if t.actor.ceiling >= WORDS:",
        "    if t.actor.ceiling >= 0:",
        "tests/app/test_first_words.py",
    ),
    Fault(
        "a short answer comes before danger",
        "bot/app/chat/asking.py",
        """    heard = acute.listen(t, text, sheet.draft.answers if sheet is not None else {}, kept=False)
    if heard is not None:
        return say(*heard)
    short = faqcards""",
        "    short = faqcards",
        "tests/app/test_asked_in_the_middle.py",
    ),
    Fault(
        "doubt about safety is not understood",
        "dialogs/danish/hurried.py",
        "return next((one for one in options if one.id == DOUBT), None) if doubts(wanted) else None",
        "return next((one for one in options if one.id == wanted), None) if doubts(wanted) else None",
        "tests/core/test_hurried.py",
    ),
    Fault(
        "a short answer takes a guide's question",
        "dialogs/guides/faq.py",
        "> LONGEST or self.elsewhere.find(text):",
        "> LONGEST:",
        "tests/content/test_faq.py",
    ),
    Fault(
        "an old name of a law begins another guide",
        "bot/app/chat/asking.py",
        'if named and guide in ("sharing", "meetings") and guide not in lawbasis.leads_to(t, text):',
        'if named and guide == "drafts":',
        "tests/app/test_old_names.py",
    ),
    Fault(
        "calm words silence what was said plainly",
        "dialogs/guards/acute.py",
        "return tuple(hit for hit in named if hit.firm)",
        "return ()",
        "tests/app/test_jokes.py",
    ),
    Fault(
        "a card about danger that is put aside is taken for answered",
        "bot/app/chat/acute.py",
        "    t.note(alert=None)\n    text =",
        "    t.note(alert=None, cleared=(flow,))\n    text =",
        "tests/app/test_jokes.py",
    ),
    Fault(
        "Telegram's types never learn the names that they need",
        "bot/telegram_gateway/sparing.py",
        "module.setdefault(name, names[name])",
        "module.get(name)",
        "tests/telegram/test_sparing.py",
    ),
    Fault(
        "all of Telegram's types are built when one is needed",
        "bot/telegram_gateway/sparing.py",
        "        waiting[cls] = names\n",
        "        return rebuild.__func__(cls, **given)\n",
        "tests/telegram/test_sparing.py",
    ),
)
