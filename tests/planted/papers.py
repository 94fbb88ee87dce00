"""Mistakes around papers, consent and the exchange register that the tests must catch."""

from __future__ import annotations

from tests.planted.fault import Fault

DOCUMENTS, REPORTS = "tests/core/test_documents.py", "tests/core/test_reports.py"
CONSENTS = "tests/core/test_consents.py"
EXCHANGES = "tests/core/test_exchanges.py"
PRESS, WEB = "tests/documents/test_press.py", "tests/web/test_papers.py"

KNOWN = "tests/app/test_known.py"

PAPERS = (
    Fault(
        "what is filed on another case is reached through one's own",
        "bot/app/cases/filing.py",
        "and found.kind == kind and found.case_id == self.case_id else None",
        "and found.kind == kind else None",
        "tests/web/test_consent.py",
    ),
    Fault(
        "nobody knows who wrote down that a consent was taken back",
        "dialogs/papers/consents.py",
        "back = Back(party, noted_by, today)",
        "back = None",
        "tests/web/test_consent.py",
    ),
    Fault(
        "the name behind a note on a consent is shown to whoever may not know it",
        "bot/app/papers/consentviews.py",
        "room = replace(room, scene=room.scene.nameless())",
        "room = replace(room, scene=room.scene)",
        "tests/web/test_consent.py",
    ),
    Fault(
        "an answer out of a register outlives a consent that was taken back",
        "dialogs/law/known.py",
        "own = {key: value for key, value in draft.answers.items() if key not in before or key in resting}",
        "own = dict(draft.answers)",
        KNOWN,
    ),
    Fault(
        "a consent to one of them counts as a consent to all",
        "dialogs/law/known.py",
        "    elif len(found) == 1:",
        '    elif "valid" in found:\n        answers["consent"] = "valid"\n    elif len(found) == 1:',
        KNOWN,
    ),
    Fault(
        "what a phone app may not read looks like nothing filed",
        "bot/app/guides/known.py",
        "return room if room.scene.case.answers.keys() - {AREAS} else None",
        "return room",
        KNOWN,
    ),
    Fault(
        "an endless word goes to the layout as it is",
        "dialogs/papers/documents.py",
        'plain = _TOKEN.sub(rf"\\g<0>{_BREAK}", _UNPRINTABLE.sub("", text.replace("\\r\\n", "\\n")))',
        'plain = _UNPRINTABLE.sub("", text.replace("\\r\\n", "\\n"))',
        DOCUMENTS,
    ),
    Fault(
        "a paper has no end",
        "dialogs/papers/documents.py",
        'fits = "\\n".join(lines[: self.lines])[: self.chars]',
        'fits = "\\n".join(lines[: self.lines])',
        DOCUMENTS,
    ),
    Fault(
        "the PDF's child may fetch what it likes",
        "bot/documents/jail.py",
        "weasyprint.HTML(string=text, url_fetcher=Denied())",
        "weasyprint.HTML(string=text)",
        PRESS,
    ),
    Fault(
        "the PDF's child works for as long as it likes",
        "bot/documents/jail.py",
        "CPU_SECONDS = 5 ",
        "CPU_SECONDS = 500 ",
        PRESS,
    ),
    Fault(
        "a report sends people to the parents where the authority decides",
        "dialogs/papers/reports.py",
        "return parents_wait(self.source.answers) or self.source.colour.flow in PARENTS_WAIT",
        "return parents_wait(self.source.answers)",
        REPORTS,
    ),
    Fault(
        "a report tells a team member what is kept from them",
        "bot/app/papers/reporting.py",
        "answers={key: value for key, value in case.answers.items() if key not in hidden},",
        "answers=case.answers,",
        WEB,
    ),
    Fault(
        "one yes of two is a consent",
        "dialogs/papers/consents.py",
        'return after if after.waits_for else replace(after, state="given")',
        'return replace(after, state="given")',
        CONSENTS,
    ),
    Fault(
        "a consent never runs out",
        "dialogs/papers/consents.py",
        'return "valid" if today <= consent.scope.until else "not_asked"',
        'return "valid"',
        CONSENTS,
    ),
    Fault(
        "a yes to the health visitor's knowledge opens what the school wrote",
        "dialogs/papers/consents.py",
        "ours = [c for c in consents if not HOUSE.isdisjoint(c.scope.givers)]",
        "ours = list(consents)",
        CONSENTS,
    ),
    Fault(
        "a consent holds for more than a year",
        "dialogs/papers/consents.py",
        "return day.replace(year=day.year + 1, day=28",
        "return day.replace(year=day.year + 2, day=28",
        CONSENTS,
    ),
    Fault(
        "an oral yes stands without saying who heard it",
        "dialogs/papers/consents.py",
        'if word.said == "yes" and word.way == "oral" and not word.receiver.strip():',
        "if False:",
        CONSENTS,
    ),
    Fault(
        "a young child is asked as if it were fifteen",
        "bot/app/papers/consenting.py",
        "if asking.age not in consents.ages_of(room.scene.case.band):",
        "if False:",
        "tests/web/test_consent.py",
    ),
    Fault(
        "an older yes outweighs a later no",
        "dialogs/papers/consents.py",
        "if any(c.asked_on > last_no for c in valid):",
        "if valid:",
        CONSENTS,
    ),
    Fault(
        "a consent to everybody is taken",
        "dialogs/papers/consents.py",
        "if everybody or _BLANKET.search(scope.purpose):",
        "if everybody:",
        CONSENTS,
    ),
    Fault(
        "what was taken back still covers its reader",
        "dialogs/access/disclosure.py",
        'if reader.standing == "valid":',
        "if reader.standing is not None:",
        "tests/web/test_consent.py",
    ),
    Fault(
        "a third meeting about a child can be planned",
        "dialogs/papers/exchanges.py",
        'return "exchange_used" if len(counted) >= MOST else None',
        "return None",
        EXCHANGES,
    ),
    Fault(
        "a follow-up needs no leader",
        "dialogs/papers/exchanges.py",
        'return replace(after, confirmed_by=by) if role in LEADERS else Problem("exchange_leader")',
        "return replace(after, confirmed_by=by)",
        EXCHANGES,
    ),
    Fault(
        "somebody from outside the circle may sit in the meeting",
        "dialogs/papers/exchanges.py",
        "    if OUTSIDE & set(wanted.seats):\n",
        "    if OUTSIDE & set(wanted.seats[:0]):\n",
        EXCHANGES,
    ),
    Fault(
        "type and length are told without a reason",
        "dialogs/cases/feedback.py",
        'if details and ("support" not in started or not ticks.matters):',
        'if details and "support" not in started:',
        "tests/core/test_feedback.py",
    ),
    Fault(
        "the reminder about the receipt comes a day early",
        "dialogs/papers/reportclock.py",
        "office.plus_days(sent_at, RECEIPT_DAYS + 1, REMIND_AT)",
        "office.plus_days(sent_at, RECEIPT_DAYS, REMIND_AT)",
        "tests/core/test_reportclock.py",
    ),
    Fault(
        "a slot in memory can be taken twice",
        "storage/memory/filings.py",
        "if other.id != filing.id and filing.slot is not None and other.slot == filing.slot:",
        "if other.id == filing.id and filing.slot is not None and other.slot == filing.slot:",
        "tests/contracts/test_storage_filings.py",
    ),
    Fault(
        "a text that was only looked at leaves a receipt",
        "bot/web/sparring.py",
        "        case _:\n            return await _page(visit, text=text)",
        "        case _:\n            await papers.worry_of(visit.actor, text)\n"
        "            return await _page(visit, text=text)",
        "tests/web/test_sparring.py",
    ),
    Fault(
        "one's own report is shown to the others of the case",
        "bot/app/papers/reportclock.py",
        "if one.owner == room.person.id]",
        "]",
        "tests/web/test_exchange.py",
    ),
    Fault(
        "page numbers hang outside the tree that is read aloud",
        "bot/documents/jail.py",
        "page.write_pdf(finisher=set_aside, ",
        "page.write_pdf(",
        "tests/documents/test_press.py",
    ),
    Fault(
        "a Word file is on American paper",
        "bot/documents/word.py",
        "part.page_width, part.page_height = Mm(210), Mm(297)",
        "pass",
        "tests/documents/test_press.py",
    ),
    Fault(
        "the last lines of a paper are too small to read at twice their size",
        "bot/documents/html.py",
        "p.foot { margin-top: 10mm; font-size: 11pt;",
        "p.foot { margin-top: 10mm; font-size: 9.5pt;",
        PRESS,
    ),
    Fault(
        "long words run over the edge of the paper",
        "bot/documents/html.py",
        "body { margin: 0; overflow-wrap: anywhere }",
        "body { margin: 0 }",
        PRESS,
    ),
    Fault(
        "the second reminder of a receipt looks for a report that there is not",
        "dialogs/notices.py",
        'return tuple(_NUMBER.sub("", wish.dedupe_key).split(":"))',
        'return tuple(wish.dedupe_key.split(":"))',
        "tests/web/test_exchange.py",
    ),
)
