"""tekster.yaml: replace a text by the name that `content check` uses for it, such as `worry.q05_set.ask`."""

from __future__ import annotations

import copy
from collections.abc import Iterator
from typing import cast

from dialogs.lint.texts import texts_of
from dialogs.overlay.lines import LineIn, Refusals, below
from dialogs.overlay.plain import faults
from dialogs.reading.fields import Node, root
from dialogs.reading.files import Files
from dialogs.reading.yamlio import Document, Path_, Plain

OPEN = ("messages", "forms", "cards", "notices", "cases", "professions")
# The bot says what it is, the duty to report is personal, and who may share is law: no municipality can change that.
LOCKED = frozenset(
    {
        *("cards.duty", "cards.bot", "cards.about_colour", "cards.locked", "cases.duty"),
        *("messages.start.never", "messages.help.honest", "professions.exchange_texts", "forms.sharing"),
    }
)
SAYS_WHAT_IT_IS = {"messages.start.hello": ("program", "robot", "bot")}  # one of these words must stay


def put_texts(overlay: Document, files: dict[str, Document], refusals: Refusals) -> None:
    """Put every allowed text in its place in `files`; refuse the others."""
    for section, node in refusals.take(overlay.file, root(overlay).entries, {}).items():
        if section not in OPEN:
            text = f"«{section}» kan ikke ændres lokalt. Vælg mellem: {', '.join(OPEN)}."
            refusals.say(node, section, "locked_file", text)
            continue
        known = dict(_replaceable(section, files))
        for key, value in refusals.take(section, node.entries, {}).items():
            _put(f"{section}.{key}", value, known, files, refusals)


def _replaceable(section: str, files: Files) -> Iterator[tuple[str, tuple[str, Path_]]]:
    """Every text, and every list of texts, of a section: its name → its file and its path."""
    for name, document in files.items():
        in_section = name == f"{section}.yaml" or name.startswith(f"{section}/")
        if not in_section:
            continue
        front = section if section != "forms" else f"forms.{_form_id(document)}"
        for text in texts_of({name: document}):
            key = f"{front}.{text.id.removeprefix(f'{section}.')}"  # notices.yaml has its notices under «notices»
            if isinstance(text.path[-1], int):
                yield key.rpartition(".")[0], (name, text.path[:-1])
            else:
                yield key, (name, text.path)


def _form_id(document: Document) -> str:
    return str(document.data.get("id")) if isinstance(document.data, dict) else ""


def _put(
    key: str, node: Node, known: dict[str, tuple[str, Path_]], files: dict[str, Document], refusals: Refusals
) -> None:
    if any(key == locked or key.startswith(f"{locked}.") for locked in LOCKED):
        refusals.say(node, key, "locked_text", "Den tekst kan ikke ændres lokalt. Den handler om pligt eller jura.")
        return
    if key not in known:
        refusals.say(node, key, "unknown_key", f"«{key}» er ikke en tekst, der kan erstattes.")
        return
    file, path = known[key]
    old = value_at(files[file].data, path)
    new = _read(key, node, old, refusals)
    if new is not None:
        files[file] = replaced(files[file], path, new, node)


def _read(key: str, node: Node, old: Plain, refusals: Refusals) -> Plain | None:
    before = "\n".join(map(str, old)) if isinstance(old, list) else str(old)
    if isinstance(old, list):
        parts = refusals.take(key, lambda: [item.text() for item in node.items(some=True)], [])
    else:
        parts = [text] if (text := refusals.take(key, node.text, "")) else []
    if not parts:
        return None
    found = list(faults("\n".join(parts), before))
    if not any(word in parts[0].casefold() for word in SAYS_WHAT_IT_IS.get(key, ("",))):
        found.append(("not_a_bot", "Teksten skal sige, at det er et program eller en robot."))
    for code, text in found:
        refusals.say(node, key, code, text)
    if found:
        return None
    return [*parts] if isinstance(old, list) else parts[0]


def value_at(data: Plain, path: Path_) -> Plain:
    """The value at a path that is known to be there."""
    for step in path:
        data = cast(dict[str | int, Plain], data)[step]  # a list or a mapping: the path was read off the data
    return data


def replaced(document: Document, path: Path_, new: Plain, node: Node) -> Document:
    """The document with another value at a path, whose line is that of the overlay."""
    data = copy.deepcopy(document.data)
    parent, last = value_at(data, path[:-1]), path[-1]
    if isinstance(parent, dict) and isinstance(last, str):
        parent[last] = new
    lines = dict(document.lines)
    for old in below(lines, path):
        del lines[old]
    lines[path] = LineIn.of(node.document, *node.path)
    for index in range(len(new) if isinstance(new, list) else 0):
        lines[(*path, index)] = LineIn.of(node.document, *node.path, index)
    return Document(document.file, data, lines)
