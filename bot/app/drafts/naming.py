"""What the child is called here: a nickname or a code. A name with its class, or a story, is refused and not lost.

A class inside a code such as «Elev 3B-2» is asked about and kept: many schools count that way.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from bot.app.drafts import acute
from bot.app.drafts.keeping import here, save
from bot.app.drafts.showing import show
from bot.app.turns.sheet import Sheet
from bot.app.turns.turn import Turn, say
from dialogs.channels import WORDS
from dialogs.firstwords import FIELD
from dialogs.replies import Card, Reply
from dialogs.types import Draft
from dialogs.values import Picked
from dialogs.worry import ALIAS

LONGEST: Final = 4  # words; "Den lille med huen" is still a name, and what is longer tells something


def refused(t: Turn, sheet: Sheet, question_id: str, text: str) -> Reply | None:
    """Why a text is no nickname, with what becomes of it; None when it may be one, or answers another question."""
    if question_id != ALIAS:
        return None
    points, story = has_class(t, text), len(text.split()) > LONGEST
    if not (story or (points and t.content.guards.lone.anywhere(text))):
        return None
    draft = _with_words(t, sheet.draft, text) if story else sheet.draft
    kept = draft is not sheet.draft
    if kept:
        save(t, draft, sheet.draft.revision)
    keys = [*(["names.class"] if points else []), *(["names.story"] if story else [])]
    keys.append("names.to_seen" if kept else "names.not_kept")
    told = Card(kind="problem", text=" ".join(t.words(key) for key in keys))
    heard = acute.listen(t, text, draft.answers, kept=kept)
    return say(*sheet.told, told, *(heard or show(t, Sheet(sheet.form, draft))))


def may_name(t: Turn, text: str) -> bool:
    """Whether a text may name a person by the given name alone; the child's own nickname is none."""
    findings = t.scan(text)
    if not findings.doubtful:
        return False
    sheet = here(t)
    alias = sheet.draft.answers.get(ALIAS) if sheet is not None else None
    known = alias if isinstance(alias, str) else ""
    return bool(t.content.guards.lone.but(text, findings.lone_names, known))


def has_class(t: Turn, text: str) -> bool:
    """Whether a class stands in it: that tells outsiders which few children it may be."""
    return any(hit.code == "class" for hit in t.content.anonymity.check(text, t.content.guards))


def _with_words(t: Turn, draft: Draft, text: str) -> Draft:
    """The draft with the story as a suggestion for what was seen and heard; an answer that is there is left alone."""
    before = draft.answers.get(FIELD)
    waits = isinstance(before, Picked) and not before.picks
    if t.actor.ceiling < WORDS or not (before is None or waits):
        return draft
    words = [before.note or "" if isinstance(before, Picked) else "", text]
    note = "\n".join(dict.fromkeys(part for part in words if part))
    return replace(draft, answers={**draft.answers, FIELD: Picked((), note)}, revision=draft.revision + 1)
