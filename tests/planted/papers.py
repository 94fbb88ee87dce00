"""Mistakes around papers, consent and the exchange register that the tests must catch."""

from __future__ import annotations

from tests.planted.fault import Fault

DOCUMENTS, REPORTS = "tests/core/test_documents.py", "tests/core/test_reports.py"
CONSENTS = "tests/core/test_consents.py"
PRESS, WEB = "tests/documents/test_press.py", "tests/web/test_papers.py"

PAPERS = (
    Fault(
        "an endless word goes to the layout as it is",
        "dialogs/documents.py",
        'plain = _TOKEN.sub(rf"\\g<0>{_BREAK}", _UNPRINTABLE.sub("", text.replace("\\r\\n", "\\n")))',
        'plain = _UNPRINTABLE.sub("", text.replace("\\r\\n", "\\n"))',
        DOCUMENTS,
    ),
    Fault(
        "a paper has no end",
        "dialogs/documents.py",
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
        "dialogs/reports.py",
        "return parents_wait(self.source.answers) or self.source.colour.flow in PARENTS_WAIT",
        "return parents_wait(self.source.answers)",
        REPORTS,
    ),
    Fault(
        "a report tells a team member what is kept from them",
        "bot/app/reporting.py",
        "answers={key: value for key, value in case.answers.items() if key not in hidden},",
        "answers=case.answers,",
        WEB,
    ),
    Fault(
        "one yes of two is a consent",
        "dialogs/consents.py",
        'return after if after.waits_for else replace(after, state="given")',
        'return replace(after, state="given")',
        CONSENTS,
    ),
    Fault(
        "a consent never runs out",
        "dialogs/consents.py",
        'return "valid" if today <= consent.scope.until else "not_asked"',
        'return "valid"',
        CONSENTS,
    ),
    Fault(
        "an older yes outweighs a later no",
        "dialogs/consents.py",
        "if any(c.asked_on > last_no for c in valid):",
        "if valid:",
        CONSENTS,
    ),
    Fault(
        "a consent to everybody is taken",
        "dialogs/consents.py",
        "if everybody or _BLANKET.search(scope.purpose):",
        "if everybody:",
        CONSENTS,
    ),
    Fault(
        "what was taken back still covers its reader",
        "bot/app/casepages.py",
        'covered = standing == "valid" or (standing is None and consented(case))',
        "covered = standing is not None or consented(case)",
        "tests/web/test_consent.py",
    ),
)
