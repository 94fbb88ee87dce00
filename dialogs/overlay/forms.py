"""skemaer.yaml: hide optional questions, and add a municipality's own where the form has a slot for them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import cast

from dialogs.facts import FACTS
from dialogs.lint.reach import fact_reads
from dialogs.overlay.lines import LineIn, Refusals
from dialogs.overlay.plain import faults
from dialogs.reading.fields import Node, root
from dialogs.reading.yamlio import Document, Path_, Plain
from dialogs.types import Form, Kind, Option, Question

LOCAL_ID = re.compile(r"lok_[a-z0-9_]{1,16}\Z")  # so that no later version of the program has the same id
MAX_ADDED = 8  # a form that asks much more is not filled in
_NEEDED = ("slot", "id", "kind", "ask", "show_if")
_MAY = (
    "summary",
    "help",
    "example",
    "why",
    "options",
    "required",
    "limits",
    "data_class",
    "note",
    "note_for",
    "note_must",
)
_POINTS = ("show_if", "of", "options_from", "options")  # where one question can name another


@dataclass(frozen=True)
class _Entry:
    """One question of the new list: its data, and the document and path that its lines come from."""

    data: dict[str, Plain]
    document: Document
    path: Path_

    @property
    def id(self) -> str:
        return str(self.data.get("id", ""))


def change_forms(overlay: Document, files: dict[str, Document], refusals: Refusals) -> None:
    """Change the question lists in `files` as far as it is allowed; refuse the rest."""
    by_id = {_form_id(document): name for name, document in files.items() if name.startswith("forms/")}
    for form_id, node in refusals.take(overlay.file, root(overlay).entries, {}).items():
        if form_id not in by_id:
            refusals.say(node, form_id, "unknown_form", f"Skemaet «{form_id}» findes ikke.")
            continue
        document = files[by_id[form_id]]
        entries = _entries(document)
        if not any("slot" in entry.data for entry in entries):
            refusals.say(node, form_id, "closed_form", f"Skemaet «{form_id}» kan ikke ændres lokalt.")
            continue
        fields = refusals.take(form_id, lambda n=node: n.fields(optional=("skjul", "tilfoej")), {})
        if "skjul" in fields:
            entries = _hide(fields["skjul"], document, entries, refusals)
        if "tilfoej" in fields:
            entries = _add(fields["tilfoej"], entries, refusals)
        files[by_id[form_id]] = _with(document, entries)


def _form_id(document: Document) -> str:
    return str(document.data.get("id")) if isinstance(document.data, dict) else ""


def _entries(document: Document) -> list[_Entry]:
    listed = document.data.get("questions") if isinstance(document.data, dict) else None
    found = enumerate(listed) if isinstance(listed, list) else ()
    return [_Entry(one, document, ("questions", index)) for index, one in found if isinstance(one, dict)]


# --- hiding ---


def _hide(node: Node, document: Document, entries: list[_Entry], refusals: Refusals) -> list[_Entry]:
    items = refusals.take("skjul", node.items, ())
    wanted = {name: item for item in items if (name := refusals.take("skjul", item.text, ""))}
    read_by_facts = {one for fact in FACTS for one in fact_reads(fact, _skeleton(document, entries))}
    known = {entry.id: entry for entry in entries}
    before = len(refusals.issues)
    for question, item in wanted.items():
        if question not in known:
            refusals.say(item, question, "unknown_question", f"Spørgsmålet «{question}» findes ikke.")
        elif known[question].data.get("required") is True:
            refusals.say(item, question, "required", f"«{question}» er krævet og kan ikke skjules.")
        elif question in read_by_facts or "slot" in known[question].data:
            refusals.say(item, question, "needed", f"Skemaet bygger på «{question}». Det kan ikke skjules.")
        elif "options_from" in known[question].data:
            refusals.say(item, question, "needed", f"Trafiklyset bygger på «{question}». Det kan ikke skjules.")
        elif users := [e.id for e in entries if e.id not in wanted and _names(e.data, question)]:
            text = f"«{users[0]}» bygger på «{question}». Skjul også det, eller lad begge stå."
            refusals.say(item, question, "needed", text)
    refused = len(refusals.issues) > before  # then nothing is hidden, or every refusal would bring more with it
    return entries if refused else [entry for entry in entries if entry.id not in wanted]


def _names(entry: dict[str, Plain], question: str) -> bool:
    return any(_mentions(entry.get(part), question) for part in _POINTS)


def _mentions(value: Plain, question: str) -> bool:
    match value:
        case dict():
            return question in value or any(_mentions(child, question) for child in value.values())
        case list():
            return any(_mentions(child, question) for child in value)
        case _:
            return value == question


def _skeleton(document: Document, entries: list[_Entry]) -> Form:
    """The form with ids only: enough to ask a fact what it reads."""
    return Form(_form_id(document), 0, "", tuple(_bare(entry) for entry in entries), "worry")


def _bare(entry: _Entry) -> Question:
    options = entry.data.get("options")
    ids = [str(one.get("id")) for one in options if isinstance(one, dict)] if isinstance(options, list) else []
    return Question(
        entry.id, cast(Kind, entry.data.get("kind") or "text"), "", options=tuple(Option(one, "") for one in ids)
    )


# --- adding ---


def _add(node: Node, entries: list[_Entry], refusals: Refusals) -> list[_Entry]:
    items = refusals.take("tilfoej", lambda: node.items(some=True), ())
    if len(items) > MAX_ADDED:
        refusals.say(node, "tilfoej", "too_many", f"Der er plads til {MAX_ADDED} egne spørgsmål.")
    for item in items[:MAX_ADDED]:
        entries = _add_one(item, entries, refusals)
    return entries


def _add_one(node: Node, entries: list[_Entry], refusals: Refusals) -> list[_Entry]:
    name = refusals.take("tilfoej", lambda: node.fields(*_NEEDED, optional=_MAY), {})
    if not name or not isinstance(node.value, dict):
        return entries
    question, slot = refusals.take("tilfoej", lambda: (name["id"].text(), name["slot"].text()), ("", ""))
    places = [place for place, entry in enumerate(entries) if entry.data.get("slot") == slot]
    allowed = True

    def refuse(at: Node, code: str, text: str) -> None:
        nonlocal allowed
        allowed = False
        refusals.say(at, question, code, text)

    if not LOCAL_ID.match(question):
        refuse(name["id"], "local_id", "Et lokalt id begynder med lok_ og har højst 20 tegn: a–z, tal og _.")
    if question in {entry.id for entry in entries}:
        refuse(name["id"], "double_question", f"«{question}» står to gange.")
    if not places:
        known = ", ".join(str(entry.data["slot"]) for entry in entries if "slot" in entry.data)
        refuse(name["slot"], "unknown_slot", f"Pladsen «{slot}» findes ikke. Vælg mellem: {known}.")
    for code, text in (fault for part in _strings(node.value) for fault in faults(part, "")):
        refuse(node, code, text)
    if not allowed:
        return entries
    anchor = entries[places[0]]
    fresh = {key: value for key, value in node.value.items() if key != "slot"}
    if "show_if" in anchor.data:  # never shown where the question that it stands before is not
        fresh["show_if"] = {"all": [anchor.data["show_if"], fresh["show_if"]]}
    new = _Entry(fresh, node.document, node.path)
    return [*entries[: places[0]], new, *entries[places[0] :]]


def _strings(value: Plain) -> list[str]:
    match value:
        case str():
            return [value]
        case list():
            return [text for child in value for text in _strings(child)]
        case dict():
            return [text for child in value.values() for text in _strings(child)]
        case _:
            return []


def _with(document: Document, entries: list[_Entry]) -> Document:
    """The document with this list of questions, each with the lines of where it was written."""
    if not isinstance(document.data, dict):
        return document
    lines = {path: line for path, line in document.lines.items() if path[:1] != ("questions",) or len(path) == 1}
    for index, entry in enumerate(entries):
        for path, line in entry.document.lines.items():
            if path[: len(entry.path)] == entry.path:
                home = line if entry.document is document else LineIn.of(entry.document, *path)
                lines[("questions", index, *path[len(entry.path) :])] = home
    return Document(document.file, {**document.data, "questions": [entry.data for entry in entries]}, lines)
