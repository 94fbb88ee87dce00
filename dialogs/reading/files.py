"""Every content file as a parsed document, so that all that is wrong can be said at once, file by file."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path

from dialogs.reading.issues import Issue
from dialogs.reading.yamlio import ContentError, Document, read

Files = Mapping[str, Document]

BANDS = ("B1", "B2", "B3", "B4")  # the ages that signs are written for, from the youngest
SIGN_FILES = tuple(f"signs/{band}.yaml" for band in BANDS)
NEEDED = (
    *("messages.yaml", "notices.yaml", "cards.yaml", "cases.yaml", "plain_words.yaml"),
    *("papers.yaml", "meetings.yaml", "plans.yaml", "network.yaml", "pages.yaml"),
    *(
        "professions.yaml",
        "topics.yaml",
        "ordinary_words.yaml",
        "routes.yaml",
        "examples.yaml",
        "forums.yaml",
        "knowledge.yaml",
        "faq.yaml",
    ),
    *(*SIGN_FILES, "signs/beskyttelse.yaml", "tables/triage.yaml"),
    *("tables/sharing.yaml", "sources.yaml", "sharing.yaml", "old_names.yaml", "report.yaml"),
    *("guards/names.yaml", "guards/places.yaml", "guards/acute.yaml", "guards/frames.yaml", "guards/judging.yaml"),
    *("guards/ideas.yaml", "guards/points.yaml", "guards/anonymity.yaml"),
    *("forms/worry.yaml", "forms/light.yaml", "forms/sharing.yaml", "forms/preparation.yaml"),
)


def read_files(folder: Path, read: Callable[[Path, str], Document] = read) -> tuple[dict[str, Document], list[Issue]]:
    """All the files that the program needs and every form, by name; an issue for each that can't be read."""
    files: dict[str, Document] = {}
    issues: list[Issue] = []
    forms = (f"forms/{path.name}" for path in sorted((folder / "forms").glob("*.yaml")))
    for name in dict.fromkeys((*NEEDED, *forms)):
        try:
            files[name] = read(folder / name, name)
        except ContentError as error:
            issues.append(issue_of(error))
        except OSError:
            issues.append(Issue(name, 1, name, "missing_file", "Filen mangler eller kan ikke åbnes."))
    return files, issues


def issue_of(error: ContentError, thing: str = "") -> Issue:
    """A loader's complaint as an issue; the file itself is the thing when nothing smaller is known."""
    return Issue(error.file, error.line, thing or error.file, error.code, error.text)
