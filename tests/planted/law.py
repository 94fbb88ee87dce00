"""Mistakes in the law that the tests must catch."""

from __future__ import annotations

from tests.planted.fault import Fault

LAW_DATA, SHARING = "tests/law/test_law_data.py", "tests/law/test_sharing_guide.py"

LAW = (
    Fault(
        "a jurist's choices hold for ever",
        "bot/app/guides/lawbasis.py",
        'old = standing_of(jurist.approved_on, jurist.approved_by, day) != "reviewed"',
        "old = False",
        "tests/app/test_lawbasis.py",
    ),
    Fault(
        "an answer is trusted as far as the best read of its sources",
        "dialogs/law/sources.py",
        "for standing in _GRAVEST:",
        "for standing in reversed(_GRAVEST):",
        LAW_DATA,
    ),
    Fault(
        "a relaxation may touch the gravest rules of the law",
        "dialogs/tables/loading.py",
        "if any(ids.index(rule) <= ids.index(one) for one in never):",
        "if any(ids.index(rule) < 0 for one in never):",
        LAW_DATA,
    ),
    Fault(
        "the law is asked about days before it was in force",
        "dialogs/tables/model.py",
        "if (rule.valid_from or on) <= on <= (rule.valid_to or on))",
        "if on <= (rule.valid_to or on))",
        "tests/law/test_sharing_table.py",
    ),
    Fault(
        "of somebody who is 18 it is taken as known that they are a child",
        "dialogs/content/da/sharing.yaml",
        "adult: {acute: no, age: adult}",
        "adult: {acute: no}",
        SHARING,
    ),
    Fault(
        "a merged question leaves out that nobody needs to know",
        "dialogs/content/da/sharing.yaml",
        "nice: {ident: yes, necessary: no}",
        "nice: {ident: yes, necessary: yes}",
        SHARING,
    ),
    Fault(
        "what the case has ruled out is offered as an answer",
        "bot/app/guides/known.py",
        "if one.id not in part.out)",
        "if one.id)",
        "tests/app/test_known.py",
    ),
    Fault(
        "a situation that is asked more than it tells counts as right",
        "dialogs/law/taps.py",
        "if questions != list(one.answers)",
        "if len(questions) > len(one.answers) + 1",
        "tests/contracts/test_content_cli.py",
    ),
    Fault(
        "an old name that no jurist has read looks read",
        "bot/app/guides/lawbasis.py",
        "standing_of(names.checked_on, names.reviewed_by, today(t))",
        'standing_of(names.checked_on, "read", today(t))',
        LAW_DATA,
    ),
    Fault(
        "who only names a law is led into a guide",
        "bot/app/chat/asking.py",
        'if guide == "sharing" and named and not _may_i(text):',
        'if guide == "sharing" and named and _may_i(text):',
        LAW_DATA,
    ),
    Fault(
        "a health visitor is not told about the journal",
        "bot/app/guides/shareanswer.py",
        'role="health_visitor" if any(',
        'role="" if any(',
        "tests/law/test_scenarios.py",
    ),
    Fault(
        "nobody sees that the list of old names was read anew",
        "dialogs/comparing.py",
        'for book in (one, other)]\n    yield from _came_or_went("source", "old',
        'for book in (one, one)]\n    yield from _came_or_went("source", "old',
        "tests/contracts/test_content_tools.py",
    ),
    Fault(
        "a change of law prints a page of conditions that nobody can read",
        "dialogs/comparing.py",
        "if not (old.table and new.table):",
        "if old.table or new.table:",
        "tests/contracts/test_content_tools.py",
    ),
    Fault(
        "the sharing guide asks what can no longer change the answer",
        "dialogs/tables/asking.py",
        "if len({after for _, after in ways}) == 1:",
        "if not ways:",
        SHARING,
    ),
    Fault(
        "consent is suggested though abuse is suspected",
        "dialogs/content/da/sharing.yaml",
        'der gælder det her?", unless: {abuse: yes}}',
        'der gælder det her?"}',
        SHARING,
    ),
    Fault(
        "the parents are told though abuse is suspected",
        "dialogs/content/da/sharing.yaml",
        "Fortæl forældrene, hvad I gør.', when: {all: [{age: u18}, {not: {abuse: yes}}]}}",
        "Fortæl forældrene, hvad I gør.', when: {age: u18}}",
        SHARING,
    ),
    Fault(
        "nobody is asked for consent first",
        "dialogs/content/da/tables/sharing.yaml",
        "    when: {consent: not_asked}\n",
        "    when: {consent: refused}\n",
        "tests/law/test_sharing_table.py",
    ),
    Fault(
        "a source that no jurist has read looks read",
        "dialogs/law/sources.py",
        'return "reviewed" if reviewed_by else "unreviewed"',
        'return "reviewed"',
        LAW_DATA,
    ),
    Fault(
        "a relaxation needs no signature",
        "dialogs/overlay/jurist.py",
        "if (relaxed or units) and not (who and when):",
        "if relaxed and units and not (who and when):",
        LAW_DATA,
    ),
    Fault(
        "a paper for the parents is offered though abuse is suspected",
        "dialogs/content/da/sharing.yaml",
        "- {text: paper, when: {not: {all: [{age: u18}, {abuse: yes}]}}}",
        "- paper",
        SHARING,
    ),
    Fault(
        "an editor is told the program's answer where the jurist has chosen another",
        "bot/cli/content_ask.py",
        "read_sound(THE_CONTENT, overlay).law.table",
        "read_sound(THE_CONTENT, overlay).law.written",
        "tests/contracts/test_content_cli.py",
    ),
    Fault(
        "a leader's wait is answered with the card about when to report",
        "dialogs/law/reporting.py",
        "(-heard[one], -order.index(one))",
        "(-heard[one], order.index(one))",
        LAW_DATA,
    ),
)
