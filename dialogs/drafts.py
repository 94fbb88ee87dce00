"""Drafts across time: plain JSON for the store, and `reconcile`, which carries a draft to the newest content."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from dialogs.engine import prune
from dialogs.types import Draft, Form, Question, SkipReason
from dialogs.values import Picked, Value, picks_of


def dump_value(value: Value) -> Any:
    """Plain JSON data of one value."""
    match value:
        case Picked():
            return {"pick": list(value.picks), "note": value.note}
        case tuple():
            return list(value)
        case _:
            return value


def load_value(data: Any) -> Value:
    """The value that `dump_value` wrote."""
    match data:
        case {"pick": [*picks], "note": note}:
            return Picked(tuple(str(p) for p in picks), None if note is None else str(note))
        case [*items]:
            return tuple(str(item) for item in items)
        case bool():
            return "ja" if data else "nej"
        case int():
            return data
        case _:
            return str(data)


def dump(draft: Draft) -> dict[str, Any]:
    """Plain JSON data of a draft, all of it."""
    return {
        "id": draft.id,
        "form": draft.form_id,
        "version": draft.form_version,
        "digest": draft.form_digest,
        "owner": draft.owner,
        "code": draft.code,
        "started": draft.started_at.isoformat(),
        "expires": draft.expires_at.isoformat(),
        "answers": {key: dump_value(value) for key, value in draft.answers.items()},
        "skipped": dict(draft.skipped),
        "focus": draft.focus,
        "marks": None if draft.marks is None else list(draft.marks),
        "left_out": list(draft.left_out),
        "status": draft.status,
        "revision": draft.revision,
    }


def load(data: Mapping[str, Any]) -> Draft:
    """The draft that `dump` wrote."""
    return Draft(
        id=data["id"],
        form_id=data["form"],
        form_version=data["version"],
        form_digest=data["digest"],
        owner=data["owner"],
        code=data["code"],
        started_at=datetime.fromisoformat(data["started"]),
        expires_at=datetime.fromisoformat(data["expires"]),
        answers={key: load_value(value) for key, value in data["answers"].items()},
        skipped=dict(data["skipped"]),
        focus=data["focus"],
        marks=None if data["marks"] is None else tuple(data["marks"]),
        left_out=tuple(data.get("left_out", ())),
        status=data["status"],
        revision=data["revision"],
    )


@dataclass(frozen=True)
class Reconciled:
    """A draft on today's form: `moved` follow a renamed question, `again` is asked anew, `gone` has no place now."""

    draft: Draft
    moved: tuple[str, ...] = ()
    again: tuple[str, ...] = ()
    gone: tuple[str, ...] = ()

    @property
    def changed(self) -> bool:
        """Whether the person should be told once."""
        return bool(self.moved or self.again or self.gone)


def reconcile(form: Form, draft: Draft) -> Reconciled:
    """Carry a draft to the newest content: follow `formerly`, keep what still fits, ask again only what broke.

    Idempotent; a draft that already stands on this form comes back unchanged. Nothing is told twice, since the draft
    then carries the new digest.
    """
    if draft.form_digest == form.digest:
        return Reconciled(draft)
    answers: dict[str, Value] = {}
    skipped: dict[str, SkipReason] = {}
    moved: list[str] = []
    again: list[str] = []
    used: set[str] = set()
    for question in form.questions:
        old = next((i for i in (question.id, *question.formerly) if i in draft.answers), None)
        if old is not None:
            used.add(old)
            value = _refit(question, draft.answers[old])
            if value is None:
                again.append(question.id)
                continue
            answers[question.id] = value
            if old != question.id:
                moved.append(question.id)
        else:
            passed = next((i for i in (question.id, *question.formerly) if i in draft.skipped), None)
            if passed is not None and not question.required:
                skipped[question.id] = draft.skipped[passed]
    focus = draft.focus if draft.focus and form.question(draft.focus) else None
    fresh = replace(
        draft,
        form_version=form.version,
        form_digest=form.digest,
        answers=answers,
        skipped=skipped,
        focus=focus,
        marks=None,
    )
    fresh, broken = prune(form, fresh)
    gone = tuple(i for i in draft.answers if i not in used)
    return Reconciled(fresh, tuple(moved), tuple(again) + broken, gone)


def _refit(question: Question, value: Value) -> Value | None:
    """The old value in the question's shape of today, renamed options followed; None when it must be asked again."""
    match question.kind:
        case "text":
            if isinstance(value, Picked):
                return _refit_choice(replace(question, note=""), value) if question.options else None
            return value if isinstance(value, str) and len(value) <= question.limits.max_length else None
        case "number":
            return value if isinstance(value, int) else None
        case "date":
            return value if isinstance(value, str) else None
        case "list":
            return value if isinstance(value, tuple) else None
        case "one" | "many" | "yesno" | "person_role" | "each":
            return _refit_choice(question, value)


def _refit_choice(question: Question, value: Value) -> Value | None:
    today = {old: o.id for o in question.options for old in (*o.formerly, o.id)}
    picks = tuple(today[p] for p in picks_of(value) if p in today)
    if len(picks) != len(picks_of(value)) and question.kind in ("each", "one", "yesno", "person_role"):
        return None
    note = value.note if isinstance(value, Picked) else None
    if question.note:
        return Picked(picks, note) if picks or note else None
    if question.kind in ("many", "each"):
        return picks or None
    return picks[0] if len(picks) == 1 else None
