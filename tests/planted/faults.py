"""Mistakes that the tests must catch: each is a small edit of the source, with the test file that must turn red.

A rule that no planted fault can break is decoration. When the source is rewritten so that an edit no longer applies,
plant the same mistake in the new text.
"""

from __future__ import annotations

from tests.planted.access import ACCESS
from tests.planted.agreements import AGREEMENTS
from tests.planted.cases import CASES
from tests.planted.conversation import CONVERSATION
from tests.planted.danger import DANGER
from tests.planted.fault import Fault
from tests.planted.helpers import HELPERS
from tests.planted.identity import IDENTITY
from tests.planted.law import LAW
from tests.planted.meetings import MEETINGS
from tests.planted.networks import NETWORKS
from tests.planted.order import ORDER
from tests.planted.papers import PAPERS
from tests.planted.plans import PLANS
from tests.planted.secure import SECURE
from tests.planted.vault import VAULT

POSITION, ANSWERS = "tests/core/test_engine_position.py", "tests/core/test_engine_answers.py"
PARSING, DRAFTS, WORRY = "tests/core/test_parsing.py", "tests/core/test_drafts.py", "tests/core/test_worry.py"
SENDING = "tests/core/test_engine_sending.py"
MACHINE = "tests/properties/test_draft_machine.py"

_CORE = (
    Fault(
        "a hidden answer decides what is visible",
        "dialogs/position.py",
        "        shown.append(question)\n        value = draft.answers.get(question.id)\n        if value is not None:",
        "        shown.append(question)\n        value = draft.answers.get(question.id)\n"
        "        values.update(draft.answers)\n        if value is not None:",
        POSITION,
    ),
    Fault(
        "a fact is asked once and never again, whatever is answered after it",
        "dialogs/facts.py",
        "            self._known.clear()",
        "            pass",
        "tests/core/test_facts.py",
    ),
    Fault(
        "the open question is the last one, not the first",
        "dialogs/position.py",
        "if current is None and not settled(",
        "if not settled(",
        POSITION,
    ),
    Fault(
        "a choice that waits for words counts as answered",
        "dialogs/position.py",
        "return bool(value.picks) and not question.lacks_words(value)",
        "return bool(value.picks)",
        POSITION,
    ),
    Fault(
        "a choice that needs a reason takes an empty one",
        "dialogs/types.py",
        "return value.note is None or (not value.note and bool(set(value.picks) & set(self.note_must)))",
        "return value.note is None",
        ANSWERS,
    ),
    Fault(
        "one rating is enough for a whole list",
        "dialogs/position.py",
        "return len(picks_of(value)) >= len(items_of(question, values))",
        "return len(picks_of(value)) >= 1",
        ANSWERS,
    ),
    Fault(
        "an off-show pick is left standing",
        "dialogs/position.py",
        "        if test is not None and not test(values, facts):\n            return False\n",
        "",
        SENDING,
    ),
    Fault(
        "an accepted event leaves the revision alone",
        "dialogs/engine.py",
        "revision=draft.revision + 1))\n    was",
        "revision=draft.revision))\n    was",
        POSITION,
    ),
    Fault(
        "a refusal makes a new draft",
        "dialogs/engine.py",
        "return Step(draft, view(form, draft, (problem,), at)",
        "return Step(replace(draft), view(form, draft, (problem,), at)",
        POSITION,
    ),
    Fault(
        "a closed draft takes answers",
        "dialogs/engine.py",
        'if draft.status != "open":\n        return _refuse',
        'if draft.status == "discarded":\n        return _refuse',
        POSITION,
    ),
    Fault(
        "hidden answers are sent along",
        "dialogs/engine.py",
        "for q in at.visible if q.id in draft.answers}\n    return",
        "for q in form.questions if q.id in draft.answers}\n    return",
        POSITION,
    ),
    Fault(
        "a short version can be sent",
        "dialogs/engine.py",
        'return _refuse(form, draft, at, Problem("rest_missing"))',
        "pass",
        SENDING,
    ),
    Fault(
        "missing answers hold a red worry back",
        "dialogs/engine.py",
        "if missing and not _may_send_early(form, at):",
        "if missing:",
        SENDING,
    ),
    Fault(
        "a required question can be passed over",
        "dialogs/engine.py",
        "    if question.required:\n",
        "    if question.required and value is not None:\n",
        ANSWERS,
    ),
    Fault(
        "words beside a choice change the choice",
        "dialogs/engine.py",
        "    if question.lacks_words(before):\n        return True",
        "    if question.lacks_words(before):\n        pass",
        ANSWERS,
    ),
    Fault(
        "the date of one consent moves to another",
        "dialogs/engine.py",
        "return value if question.note_for and another else",
        "return value if False else",
        ANSWERS,
    ),
    Fault(
        "a new choice throws the old words away",
        "dialogs/engine.py",
        "return value if question.note_for and another else",
        "return value if another else",
        ANSWERS,
    ),
    Fault(
        "a double press takes a tick off again",
        "dialogs/engine.py",
        "        left.append(event.option)\n",
        "        left += [event.option] if event.option not in marks else []\n",
        ANSWERS,
    ),
    Fault(
        "an exclusive tick stands beside others",
        "dialogs/engine.py",
        "            left = []\n",
        "            pass\n",
        ANSWERS,
    ),
    Fault("one tick too many is let in", "dialogs/engine.py", "len(left) >= limit:", "len(left) > limit:", ANSWERS),
    Fault(
        "marks of one question answer another",
        "dialogs/engine.py",
        "if question is at.current and draft.marks is not None else before",
        "if draft.marks is not None else before",
        ANSWERS,
    ),
    Fault(
        "going back skips a question",
        "dialogs/engine.py",
        "focus=at.visible[place - 1].id",
        "focus=at.visible[max(0, place - 2)].id",
        POSITION,
    ),
    Fault(
        "the person stays at the edited question",
        "dialogs/engine.py",
        "focus=None if done else question.id)",
        "focus=question.id)",
        POSITION,
    ),
    Fault("a rating comes to judge another item", "dialogs/fitting.py", "pair[0] == item", "True", ANSWERS),
    Fault(
        "words go when a pick no longer fits",
        "dialogs/fitting.py",
        "return Picked(left, value.note) if left or value.note else None",
        "return Picked(left, value.note) if left else None",
        SENDING,
    ),
    Fault("what fell away is not named", "dialogs/fitting.py", "        dropped.append(broken.id)\n", "", MACHINE),
    Fault(
        "an option is taken by half a word that fits two",
        "dialogs/parsing.py",
        "if len(starts) == 1:",
        "if starts:",
        PARSING,
    ),
    Fault(
        "a long run of blanks takes minutes",
        "dialogs/parsing.py",
        r"(?:[,;\n+&]|\bog\b)\s*|(?<!\s)\s+(?=\d{1,2}\b)",
        r"\s*(?:[,;\n+&]|\bog\b)\s*|\s+(?=\d{1,2}\b)",
        PARSING,
    ),
    Fault("a huge number raises", "dialogs/parsing.py", "len(wanted) <= _LONGEST_NUMBER and ", "", PARSING),
    Fault(
        "an unknown press is dropped in silence", "dialogs/parsing.py", "if set(raw) <= set(ids) else ()", "", PARSING
    ),
    Fault(
        "a month comes before the day",
        "dialogs/parsing.py",
        r"(?P<d>\d{1,2})[./ -](?P<m>\d{1,2})",
        r"(?P<m>\d{1,2})[./ -](?P<d>\d{1,2})",
        PARSING,
    ),
    Fault(
        "a former name takes another question's answer",
        "dialogs/drafts.py",
        "if i not in today and i not in taken]",
        "]",
        DRAFTS,
    ),
    Fault(
        "what broke on new content is not told",
        "dialogs/drafts.py",
        "            again.append(question.id)\n",
        "            pass\n",
        DRAFTS,
    ),
    Fault(
        "a note that was passed over comes back as asked for",
        "dialogs/drafts.py",
        "return Picked(tuple(str(p) for p in picks), None if note is None else str(note))",
        "return Picked(tuple(str(p) for p in picks), str(note) if note else None)",
        DRAFTS,
    ),
    Fault(
        "any text passes for a date on new content",
        "dialogs/refitting.py",
        "isinstance(value, str) and _is_date(value)",
        "isinstance(value, str)",
        DRAFTS,
    ),
    Fault(
        "an open question makes `not` false",
        "dialogs/conditions.py",
        "return not holds(condition.part, values, facts)",
        "return bool(values) and not holds(condition.part, values, facts)",
        "tests/core/test_conditions.py",
    ),
    Fault(
        "the quick conditions differ from the plain ones",
        "dialogs/compiled.py",
        "lambda values, facts: not part(values, facts)",
        "lambda values, facts: part(values, facts)",
        MACHINE,
    ),
    Fault(
        "danger at home no longer keeps the parents out",
        "dialogs/facts.py",
        'frozenset({"violence", "sexual", "control"})',
        'frozenset({"violence", "sexual"})',
        "tests/core/test_facts.py",
    ),
    Fault(
        "a press of an old code is read as something else",
        "dialogs/acts.py",
        'if parts[0] == "go" and 2 <= len(parts) <= 3:',
        'if parts[0] == "go" and 2 <= len(parts):',
        "tests/core/test_acts.py",
    ),
    Fault(
        "new limits do not change the fingerprint",
        "dialogs/forms.py",
        "q.required, q.limits, q.formerly",
        "q.required, q.formerly",
        "tests/core/test_forms.py",
    ),
    Fault(
        "a form that does not say what it is for is no issue",
        "dialogs/forms.py",
        '("id", "version", "title", "purpose", "questions"), _FORM)',
        '("id", "version", "title", "questions"), (*_FORM, "purpose"))',
        "tests/core/test_forms.py",
    ),
    Fault(
        "a value that looks like a hole is filled again",
        "dialogs/words.py",
        "return _HOLE.sub(lambda",
        "text = _HOLE.sub(lambda m: str(params[m[1]]) if m[1] in params else m[0], text)\n    return _HOLE.sub(lambda",
        "tests/core/test_words.py",
    ),
    Fault(
        "the writer can lower the colour",
        "dialogs/worry.py",
        'if says != "higher":\n        return suggested',
        'if says == "lower":\n        return "green"\n    if says != "higher":\n        return suggested',
        WORRY,
    ),
    Fault(
        "the summary keeps the parents out in suicide",
        "dialogs/worry.py",
        "if parents_wait(at.values) or flow in PARENTS_WAIT:",
        "if flow is not None:",
        WORRY,
    ),
    Fault(
        "two rules that clash give the first",
        "dialogs/tables/deciding.py",
        "if len(fired) > 1:",
        "if len(fired) > 2:",
        "tests/core/test_tables.py",
    ),
    Fault(
        "a missing fact is taken for no",
        "dialogs/tables/deciding.py",
        "return None if known is None else leaf_is(leaf, known)",
        "return False if known is None else leaf_is(leaf, known)",
        "tests/core/test_tables.py",
    ),
    Fault(
        "unknown weeks count as new",
        "dialogs/light/triage.py",
        '    if weeks is None:\n        return "unknown"',
        '    if weeks is None:\n        return "new"',
        "tests/core/test_triage.py",
    ),
    Fault(
        "a locked red can be lowered",
        "dialogs/cases/light.py",
        "return colour.locked or colour.acute or",
        "return colour.acute or",
        "tests/core/test_cases_light.py",
    ),
    Fault(
        "a finished notice is written without its lease",
        "storage/outbox.py",
        '_T.c.lease_token == bindparam("token"), _T.c.state == "sending")',
        '_T.c.state == "sending")',
        "tests/contracts/test_storage_outbox.py",
    ),
    Fault(
        "a notice whose lease ran out is sent again",
        "storage/outbox.py",
        'values(state="uncertain", last_error="lease_expired"',
        'values(state="pending", last_error="lease_expired"',
        "tests/contracts/test_storage_outbox.py",
    ),
)
FAULTS = (
    *_CORE,
    *ACCESS,
    *CASES,
    *IDENTITY,
    *SECURE,
    *PAPERS,
    *MEETINGS,
    *AGREEMENTS,
    *NETWORKS,
    *PLANS,
    *CONVERSATION,
    *DANGER,
    *LAW,
    *VAULT,
    *ORDER,
    *HELPERS,
)
SAMPLE = (0, 13, 29)  # the few that run with every test run; all of them with `python -m tests.planted`
