"""Mistakes in who may see what and in the log; see faults.py."""

from __future__ import annotations

from tests.planted.fault import Fault

DECIDE, GUARD = "tests/core/test_access_decide.py", "tests/contracts/test_guard.py"
HANDED = "tests/web/test_handing.py"
SEEN = "tests/web/test_oversight.py"
LIVES, LOG = "tests/attacks/test_access.py", "tests/attacks/test_audit.py"

ACCESS = (
    Fault(
        "what no line allows is allowed",
        "dialogs/access/decide.py",
        '    if not lines:\n        return Deny("no_tie")\n',
        '    if not lines:\n        return Allow(None, "", 1)\n',
        DECIDE,
    ),
    Fault(
        "one factor is enough for what is written about a child",
        "dialogs/access/decide.py",
        'needs_two = terms.sure or (terms.data_class >= 2 and actor.channel == "web")',
        "needs_two = terms.sure",
        DECIDE,
    ),
    Fault(
        "a channel's ceiling is not asked about",
        "dialogs/access/decide.py",
        "    if terms.data_class > actor.ceiling:",
        "    if terms.data_class > 2:",
        DECIDE,
    ),
    Fault(
        "an exclusion gives way to a tie",
        "dialogs/access/decide.py",
        "    if context.excluded:",
        "    if context.excluded and not context.ties:",
        DECIDE,
    ),
    Fault(
        "an emergency may write",
        "dialogs/access/rules.py",
        '    "case.write": {"writer": Terms(2, "own_worry"),',
        '    "case.write": {"glass": Terms(2, "emergency"), "writer": Terms(2, "own_worry"),',
        DECIDE,
    ),
    Fault(
        "an administrator lists cases",
        "dialogs/access/rules.py",
        '    "case.list": {"self"',
        '    "case.list": {"admin": Terms(), "self"',
        DECIDE,
    ),
    Fault(
        "whoever leaves a school stays on its cases",
        "bot/guard/people.py",
        "        self._raw.save(person)\n        self._hand.hall.moved(before, person)\n",
        "        self._raw.save(person)\n",
        GUARD,
    ),
    Fault(
        "an excluded person gets a row",
        "dialogs/access/roster.py",
        " or person_id in case.excluded:",
        ":",
        LIVES,
    ),
    Fault(
        "a deputy is let in at once",
        "dialogs/access/roster.py",
        "max(push.at, now)",
        "now",
        GUARD,
    ),
    Fault(
        "reading writes no line",
        "bot/guard/cases.py",
        "        if whole and case_id not in self._shown.whole:",
        "        if whole and case_id in self._shown.whole:",
        GUARD,
    ),
    Fault(
        "a refusal writes no line",
        "bot/guard/hall.py",
        '                self.hall.write_down(replace(line, outcome="deny"))',
        "                del line",
        GUARD,
    ),
    Fault(
        "the lines are forgotten at the end",
        "bot/guard/hall.py",
        "        if self.lines:\n",
        "        if self.lines and self.raw is None:\n",
        GUARD,
    ),
    Fault(
        "an outline is written back over the case",
        "bot/guard/cases.py",
        "        if case.id not in self._shown.whole:\n            raise Forbidden",
        "        if case.id in self._shown.writers:\n            raise Forbidden",
        GUARD,
    ),
    Fault(
        "the list hands out whole cases",
        "bot/guard/cases.py",
        "        self._shown.note(case, whole=False)\n        return overview(case)",
        "        self._shown.note(case, whole=True)\n        return case",
        GUARD,
    ),
    Fault(
        "another's draft is one's own",
        "storage/memory/drafts.py",
        "return draft if draft is not None and draft.owner == owner else None",
        "return draft",
        GUARD,
    ),
    Fault(
        "a mark does not say what came before",
        "dialogs/audit.py",
        'f"{line.prev}{words}"',
        "words",
        LOG,
    ),
    Fault(
        "a column is left out of the mark",
        "dialogs/audit.py",
        '"session",\n    "request", "details",',
        '"session",\n    "request",',
        LOG,
    ),
    Fault(
        "a kept head is not looked for",
        "dialogs/audit.py",
        "    if any(seq > at.seq for seq in known):",
        "    if any(seq > at.seq + 1000 for seq in known):",
        LOG,
    ),
    Fault(
        "an anchor needs no seal",
        "dialogs/audit.py",
        "        if not hmac.compare_digest(anchor.seal, seal_of(keys.heads, at)):",
        "        if not anchor.seal:",
        LOG,
    ),
    Fault(
        "an emergency opens a case that leads around its leader",
        "bot/guard/books.py",
        "closed = self._hand.me in case.excluded or case.route ==",
        "closed = case.route ==",
        SEEN,
    ),
    Fault(
        "everybody on a case hands out all of it",
        "bot/guard/dossiers.py",
        'if hat(person, case.school_id) in ("leader", "superior"):',
        "if hat(person, case.school_id):",
        HANDED,
    ),
    Fault(
        "the timeline is left out of the package",
        "bot/guard/dossiers.py",
        '("entries.data",), lambda raw, case: raw.cases.entries(case.id)),',
        '("entries.data",), lambda raw, case: ()),',
        HANDED,
    ),
    Fault(
        "an employee is named to the family",
        "bot/app/dossiers.py",
        'person if named else replace(person, name="")',
        "person",
        HANDED,
    ),
    Fault(
        "what somebody wrote is not marked",
        "dialogs/dossier.py",
        "        if text in known or _OURS.fullmatch(text):",
        "        if len(text) < 200 or _OURS.fullmatch(text):",
        HANDED,
    ),
    Fault(
        "over https another host may set the cookie",
        "bot/web/site.py",
        'return f"__Host-{_COOKIE}" if',
        "return _COOKIE if",
        "tests/web/test_hardening.py",
    ),
    Fault(
        "a link opens whatever question comes next",
        "bot/app/securepages.py",
        "        if target.question and target.question !=",
        "        if target.question and target.question == target.id !=",
        "tests/telegram/test_secure_links.py",
    ),
    Fault(
        "nobody is told of an emergency opening",
        "bot/app/emergency.py",
        "    for wish in _tells(uow, made):",
        "    for wish in ():",
        SEEN,
    ),
    Fault(
        "the people on a case see who looked by name",
        "bot/app/seen.py",
        "return tuple(_row(desk, look) for look in looks(uow.audit.about(case_id))[:MOST])",
        "return tuple(_named(desk, uow, line) for line in uow.audit.about(case_id)[:MOST])",
        SEEN,
    ),
)
