"""Which texts a person meets: every string of the content files but ids, patterns and other machine words."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from dialogs.reading.files import Files
from dialogs.reading.issues import Issue
from dialogs.reading.yamlio import Document, Path_, Plain

# By file or folder: the names whose values nobody reads. What is not named here is read, so that a new field is linted.
_UNSEEN: dict[str, frozenset[str]] = {
    "messages.yaml": frozenset(),
    "notices.yaml": frozenset({"class", "link"}),
    "cards.yaml": frozenset({"version", "reviewed_by", "id", "flow", "contact_parents", "shape"}),
    "cases.yaml": frozenset({"version", "id"}),
    "papers.yaml": frozenset(),
    "meetings.yaml": frozenset(),
    "plans.yaml": frozenset(),
    "network.yaml": frozenset(),
    "pages.yaml": frozenset(),
    "professions.yaml": frozenset({"id", "named", "exchange", "jurist", "duty", "bands", "reviewed_by", "checked"}),
    "knowledge.yaml": frozenset({"id", "source", "words", "checked", "reviewed_by", "see"}),
    "faq.yaml": frozenset({"id", "words", "door", "elsewhere"}),
    "forums.yaml": frozenset({"id", "medlemmer", "navn", "om", "paamindelser", "afbud"}),
    "topics.yaml": frozenset(
        {
            "id",
            "phrases",
            "red_phrases",
            "flow",
            "floor",
            "closed",
            "or",
            "ignored",
            "classes",
            "asks_about",
            "told",
            "nothing",
        }
    ),
    "sources.yaml": frozenset({"acts", "papers", "id", "old", "checked_on", "reviewed_by", "valid_from", "valid_to"}),
    "sharing.yaml": frozenset({"version", "reviewed_by", "asks", "id", "when", "acts", "facts", "unless"}),
    "examples.yaml": frozenset({"guide", "sentences"}),
    "old_names.yaml": frozenset({"id", "old", "new", "guide", "phrases"}),
    "report.yaml": frozenset({"version", "reviewed_by", "id", "phrases", "sources"}),
    "guards/anonymity.yaml": frozenset({"code", "words"}),
    "guards/judging.yaml": frozenset({"words", "code", "say", "unless"}),
    "signs/": frozenset({"id", "subject", "areas", "flow", "card", "band", "ages", "version", "reviewed_by"}),
    "forms/": frozenset(
        {
            *(
                "id",
                "kind",
                "version",
                "show_if",
                "send_early",
                "hold_if",
                "of",
                "note_for",
                "note_must",
                "formerly",
                "slot",
                "purpose",
            ),
            *("options_from", "rows_from", "outcomes", "bands", "table", "limits", "data_class", "retention_days"),
        }
    ),
}
LISTS = frozenset({"questions", "options", "cards", "professions", "topics"})  # left out of a path: the ids say enough
NAMES = frozenset({"name", "definite", "what"})  # the names of professions, rows and places in a law are no sentences


@dataclass(frozen=True)
class Text:
    """One text with its place; `id` is how an editor finds it."""

    document: Document
    path: Path_
    id: str
    text: str

    def issue(self, code: str, words: str) -> Issue:
        """A complaint about this text."""
        return Issue(self.document.file, self.document.line(*self.path), self.id, code, words)

    @property
    def is_name(self) -> bool:
        """Whether this is a name or a term, which nobody can make plainer."""
        return bool(self.path) and self.path[-1] in NAMES


def texts_of(files: Files) -> Iterator[Text]:
    """Every text that a user may meet, file by file in the order of the file."""
    for name, document in files.items():
        unseen = _UNSEEN.get(name) or _UNSEEN.get(f"{name.partition('/')[0]}/")
        if name in _UNSEEN or unseen is not None:
            yield from _walk(document, (), document.data, unseen or frozenset())


def _walk(document: Document, path: Path_, value: Plain, unseen: frozenset[str]) -> Iterator[Text]:
    match value:
        case str():
            yield Text(document, path, dotted(document, path), value)
        case dict():
            for key, child in value.items():
                # an area's name in topics.yaml is a key; the list of areas a topic belongs to is machine words
                machine = key == "areas" and isinstance(child, list)
                if key not in unseen and not machine:
                    yield from _walk(document, (*path, key), child, unseen)
        case list():
            for index, child in enumerate(value):
                yield from _walk(document, (*path, index), child, unseen)
        case _:
            return


def dotted(document: Document, path: Path_) -> str:
    """A path as an editor writes it: list items by their id where they have one (`q05_set.ask`)."""
    value: Plain = document.data
    parts: list[str] = []
    for step in path:
        if isinstance(value, dict) and isinstance(step, str):
            value = value[step]
            if step not in LISTS or not isinstance(value, list):
                parts.append(step)
        elif isinstance(value, list) and isinstance(step, int):
            value = value[step]
            name = value.get("id") if isinstance(value, dict) else None
            parts.append(name if isinstance(name, str) else str(step + 1))
    return ".".join(parts) or document.file
