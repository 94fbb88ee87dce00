"""Open an overlay's files: only those three, only plain files inside the folder, only so large."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from dialogs.reading.files import issue_of
from dialogs.reading.issues import Issue
from dialogs.reading.yamlio import ContentError, Document, read

LOCAL, TEXTS, FORMS = "kommune.yaml", "tekster.yaml", "skemaer.yaml"
KNOWN = (LOCAL, TEXTS, FORMS)
NOTES = (".md", ".txt")  # an editor's own notes may lie beside them
MAX_BYTES = 64_000  # all the texts of the program together are about 100 kB


def open_overlay(folder: Path) -> tuple[dict[str, Document], list[Issue]]:
    """The files of an overlay that can be read, by name, and an issue for each that can't or does not belong."""
    files: dict[str, Document] = {}
    issues: list[Issue] = []
    if not folder.is_dir():
        return files, [Issue(folder.name, 1, folder.name, "no_overlay", "Mappen findes ikke.")]
    for path in _visible(folder):
        name = f"{folder.name}/{path.name}"
        try:
            _refuse(folder, path, name)
            files[path.name] = read(path, name)
        except ContentError as error:
            issues.append(issue_of(error))
        except OSError:
            issues.append(Issue(name, 1, name, "unreadable", "Filen kan ikke åbnes."))
    return files, issues


def _visible(folder: Path) -> Iterator[Path]:
    """The entries that count. Names with a dot in front belong to the system that put the files there."""
    for path in sorted(folder.iterdir()):
        if not path.name.startswith(".") and path.suffix not in NOTES:
            yield path


def _refuse(folder: Path, path: Path, name: str) -> None:
    if not path.resolve().is_relative_to(folder.resolve()):
        raise ContentError(name, 1, "outside", "Filen peger ud af mappen. Læg en rigtig fil her.")
    if path.name not in KNOWN or not path.is_file():
        raise ContentError(name, 1, "unknown_file", f"Her kan kun ligge: {', '.join(KNOWN)}.")
    if path.stat().st_size > MAX_BYTES:
        raise ContentError(name, 1, "too_large", f"Filen er for stor. Der er plads til {MAX_BYTES} bytes.")
