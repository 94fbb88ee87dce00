"""From a form file to a Form: every mistake on the way becomes an Issue with its line; nothing is guessed."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from typing import TypeVar, cast, get_args

from dialogs.conditions import parse as parse_condition
from dialogs.reading.fields import Node, root
from dialogs.reading.issues import Issue
from dialogs.reading.yamlio import ContentError, Document
from dialogs.types import CLOSED_KINDS, DataClass, Form, Kind, Limits, Option, Purpose, Question

T = TypeVar("T")
OptionSource = Callable[[Node], Sequence[Option]]  # options_from: … → the options it stands for
RowSource = Callable[[dict[str, Node]], Sequence[Question]]  # rows_from: … → one question for each row

_ID = re.compile(r"[a-zA-Z][a-zA-Z0-9_]{0,19}\Z")
_LIMITS = ("min_length", "max_length", "max_picks", "max_items", "low", "high")
_FORM = ("intro", "retention_days", "outcomes", "send_early", "hold_if", "bands", "table")
_QUESTION = (
    *("summary", "help", "example", "why", "options", "options_from", "show_if", "required", "limits"),
    *("data_class", "formerly", "note", "note_for", "note_must", "of", "slot"),
)
_OPTION = ("exclusive", "formerly", "number", "show_if")


@dataclass
class Found:
    """The issues found so far in one file; a field that can't be read gives its default and the reading goes on."""

    issues: list[Issue] = field(default_factory=list[Issue])

    def take(self, thing: str, read: Callable[[], T], default: T) -> T:
        """What `read` gives, or the default with an issue."""
        try:
            return read()
        except ContentError as error:
            self.issues.append(Issue(error.file, error.line, thing, error.code, error.text))
            return default

    def fields(self, thing: str, node: Node, required: Sequence[str], optional: Sequence[str]) -> dict[str, Node]:
        """The known children of a mapping; nothing when a required one is missing.

        An unknown name is only an issue: dropping the whole question would make every condition about it look wrong.
        """
        entries = self.take(thing, node.entries, {})
        known = {name: child for name, child in entries.items() if name in required or name in optional}
        for name in entries.keys() - known.keys():
            self.issues.append(_issue(entries[name], thing, "unknown_key", f"«{name}» kendes ikke her."))
        missing = [name for name in required if name not in known]
        for name in missing if entries else ():
            self.issues.append(_issue(node, thing, "missing_key", f"«{name}» mangler."))
        return {} if missing else known


def build_form(document: Document, options_from: OptionSource, rows_from: RowSource) -> tuple[Form | None, list[Issue]]:
    """Read one form file. The form is None only when there is nothing form-like in the file."""
    found = Found()
    fields = found.fields(document.file, root(document), ("id", "version", "title", "purpose", "questions"), _FORM)
    if not fields:
        return None, found.issues
    form_id = found.take(document.file, fields["id"].text, document.file)
    questions: list[Question] = []
    for node in found.take(form_id, lambda: fields["questions"].items(some=True), ()):
        questions.extend(_questions(found, node, options_from, rows_from))

    def optional(key: str, read: Callable[[Node], T], default: T) -> T:
        return found.take(form_id, lambda: read(fields[key]), default) if key in fields else default

    form = Form(
        id=form_id,
        version=found.take(form_id, fields["version"].number, 0),
        title=found.take(form_id, fields["title"].text, ""),
        questions=tuple(questions),
        purpose=cast(Purpose, found.take(form_id, lambda: fields["purpose"].one_of(get_args(Purpose)), "worry")),
        intro=optional("intro", Node.text, ""),
        outcomes=optional("outcomes", Node.texts, ()),
        retention_days=optional("retention_days", Node.number, 30),
        send_early=optional("send_early", parse_condition, None),
        hold_if=optional("hold_if", parse_condition, None),
        table=optional("table", Node.text, ""),
        bands=optional("bands", lambda node: {k: n.text() for k, n in node.entries().items()}, {}),
    )
    return replace(form, digest=digest(form)), found.issues


def digest(form: Form) -> str:
    """A fingerprint of all that can change what an answer means; wording alone does not change it."""
    meaning = [
        (q.id, q.kind, _shape(q.options), q.show_if, q.required, q.limits, q.formerly, q.of, q.note_for, not q.note)
        + ((q.note_must,) if q.note_must else ())
        for q in form.questions
    ]
    return hashlib.sha256(repr((meaning, form.send_early, form.hold_if)).encode()).hexdigest()[:16]


def _shape(options: Sequence[Option]) -> list[tuple[object, ...]]:
    return [(o.id, o.exclusive, o.formerly, o.number, o.show_if) for o in options]


def _questions(found: Found, node: Node, options_from: OptionSource, rows_from: RowSource) -> Sequence[Question]:
    entries = found.take("?", node.entries, {})
    if "rows_from" in entries:
        return found.take("rows_from", lambda: rows_from(entries), ())
    thing = found.take("?", entries["id"].text, "?") if "id" in entries else "?"
    fields = found.fields(thing, node, ("id", "kind", "ask"), _QUESTION)
    if not fields:
        return ()
    kind = found.take(thing, lambda: fields["kind"].one_of(get_args(Kind)), "")
    if not kind:
        return ()
    if not _ID.match(thing):
        found.issues.append(_issue(fields["id"], thing, "bad_id", "Et id er 1–20 tegn: a–z, tal og _."))

    def optional(key: str, read: Callable[[Node], T], default: T) -> T:
        return found.take(thing, lambda: read(fields[key]), default) if key in fields else default

    options = optional("options", lambda n: _options(found, n, thing), ())
    options = (*options, *optional("options_from", options_from, ()))
    if kind in CLOSED_KINDS and not options:
        found.issues.append(_issue(node, thing, "no_options", "Et spørgsmål med valg skal have muligheder."))
    question = Question(
        id=thing,
        kind=cast(Kind, kind),
        ask=found.take(thing, fields["ask"].text, ""),
        summary=optional("summary", Node.text, ""),
        help=optional("help", Node.text, ""),
        example=optional("example", Node.text, ""),
        why=optional("why", Node.text, ""),
        options=options,
        show_if=optional("show_if", parse_condition, None),
        required=optional("required", Node.flag, False),
        limits=optional("limits", _limits, Limits()),
        data_class=optional("data_class", _data_class, DataClass.PERSONAL),  # sensitive by default
        formerly=optional("formerly", Node.texts, ()),
        note=optional("note", Node.text, None),
        note_for=optional("note_for", Node.texts, ()),
        note_must=optional("note_must", Node.texts, ()),
        of=optional("of", Node.text, None),
    )
    return (question,)


def _issue(node: Node, thing: str, code: str, text: str) -> Issue:
    return Issue(node.document.file, node.document.line(*node.path), thing, code, text)


def _options(found: Found, node: Node, thing: str) -> tuple[Option, ...]:
    return tuple(o for item in node.items(some=True) if (o := found.take(thing, lambda i=item: _option(i), None)))


def _option(node: Node) -> Option:
    fields = node.fields("id", "label", optional=_OPTION)
    option_id = fields["id"].text()
    if not _ID.match(option_id):
        raise fields["id"].error("bad_id", "Et id er 1–20 tegn: a–z, tal og _.")
    return Option(
        id=option_id,
        label=fields["label"].text(),
        exclusive=fields["exclusive"].flag() if "exclusive" in fields else False,
        formerly=fields["formerly"].texts() if "formerly" in fields else (),
        number=fields["number"].number() if "number" in fields else None,
        show_if=parse_condition(fields["show_if"]) if "show_if" in fields else None,
    )


def _limits(node: Node) -> Limits:
    return Limits(**{key: child.number() for key, child in node.fields(optional=_LIMITS).items()})


def _data_class(node: Node) -> DataClass:
    number = node.number()
    if not 0 <= number <= 2:
        raise node.error("bad_class", "Dataklassen er 0, 1 eller 2.")
    return DataClass(number)
