"""Where the questions and options of a form stand in its file, so that a finding can name the line."""

from __future__ import annotations

from dataclasses import dataclass

from dialogs.reading.issues import Issue
from dialogs.reading.yamlio import Document, Path_, Plain
from dialogs.types import Form, Option, Question


@dataclass(frozen=True)
class Places:
    """The paths of a form's questions and options in its document."""

    document: Document
    form: Form
    questions: dict[str, Path_]
    options: dict[tuple[str, str], Path_]

    def issue(self, code: str, text: str, question: Question | None = None, field: str = "") -> Issue:
        """A finding about the form or about one field of a question."""
        path = self.questions.get(question.id, self._made()) if question else ()
        line = self.document.line(*path, field) if field else self.document.line(*path)
        return Issue(self.document.file, line, question.id if question else self.form.id, code, text)

    def of_option(self, code: str, text: str, question: Question, option: Option) -> Issue:
        """A finding about one option; one that signs made stands where the question asks for them."""
        path = self.options.get((question.id, option.id))
        if path is None:
            return self.issue(code, text, question, "options_from")
        return Issue(self.document.file, self.document.line(*path), f"{question.id}.{option.id}", code, text)

    def _made(self) -> Path_:
        """Where questions without a place of their own come from: the entry that makes one for each row."""
        return next((path[:-1] for path in self.document.lines if path and path[-1] == "rows_from"), ())


def places_of(document: Document, form: Form) -> Places:
    """Find every id in the document; of two with the same id the last one, which is the one to complain about."""
    questions: dict[str, Path_] = {}
    options: dict[tuple[str, str], Path_] = {}
    for index, entry in enumerate(_list(document.data, "questions")):
        path: Path_ = ("questions", index)
        question = _id(entry)
        questions[question] = path
        for place, option in enumerate(_list(entry, "options")):
            options[question, _id(option)] = (*path, "options", place)
    return Places(document, form, questions, options)


def _list(value: Plain, key: str) -> list[Plain]:
    found = value.get(key) if isinstance(value, dict) else None
    return found if isinstance(found, list) else []


def _id(value: Plain) -> str:
    return str(value.get("id")) if isinstance(value, dict) else ""
