"""Drafts across time: plain JSON for the store, and `reconcile`, which carries a draft to the newest content."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from dialogs.fitting import prune
from dialogs.refitting import refit
from dialogs.types import Draft, Form, Question
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
        **({"heard": list(draft.heard)} if draft.heard else {}),
        **({"about": draft.about, "filled": list(draft.filled)} if draft.about else {}),
        **({"named": draft.named} if draft.named else {}),
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
        heard=tuple(data.get("heard", ())),
        about=data.get("about", ""),
        filled=tuple(data.get("filled", ())),
        named=data.get("named", ""),
        status=data["status"],
        revision=data["revision"],
    )


def emptied(draft: Draft) -> Draft:
    """What is left of a draft when a case has taken its content over: whose it was, and how it ended."""
    return replace(draft, answers={}, marks=None, left_out=(), heard=(), about="", filled=(), named="", focus=None)


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
    known = _known(form, draft)
    answers: dict[str, Value] = {}
    again: list[str] = []
    for question, old in known:
        if old not in draft.answers:
            continue
        value = refit(question, draft.answers[old])
        if value is not None:
            answers[question.id] = value
        if value is None or len(picks_of(value)) < len(picks_of(draft.answers[old])):
            again.append(question.id)
    fresh = replace(
        draft,
        form_version=form.version,
        form_digest=form.digest,
        answers=answers,
        skipped={q.id: draft.skipped[old] for q, old in known if old in draft.skipped and not q.required},
        focus=next((q.id for q, old in known if old == draft.focus), None),
        marks=None,
    )
    fresh, broken, _ = prune(form, fresh)
    again += [i for i in broken if i not in again]
    if again and fresh.focus is None:
        fresh = replace(fresh, focus=again[0])  # what is told to be asked again is asked
    used = {old for _, old in known}
    return Reconciled(
        fresh,
        moved=tuple(q.id for q, old in known if q.id != old and q.id in fresh.answers),
        again=tuple(again),
        gone=tuple(i for i in draft.answers if i not in used),
    )


def _known(form: Form, draft: Draft) -> list[tuple[Question, str]]:
    """Today's questions that the draft knows, each with the id that it knows them by.

    A former id is followed once, and never when it still names a question of today: no answer may come to mean
    another question.
    """
    today = {q.id for q in form.questions}
    ids = {*draft.answers, *draft.skipped, *((draft.focus,) if draft.focus else ())}
    known: list[tuple[Question, str]] = []
    for question in form.questions:
        taken = {old for _, old in known}
        former = [i for i in question.formerly if i not in today and i not in taken]
        old = next((i for i in (question.id, *former) if i in ids), None)
        if old is not None:
            known.append((question, old))
    return known
