"""`content check`: every mistake in the content and in a municipality's overlay, each with its file and line."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path
from typing import Annotated

import typer

from bot.cli.content_io import PARTS, THE_CONTENT, Answer, AsJson, Folder, show, stop
from dialogs.content import Content, load_content
from dialogs.reading.files import NEEDED
from dialogs.reading.issues import Issue

Overlay = Annotated[Path | None, typer.Option("--overlay", help="En kommunes mappe oven på indholdet.")]


def check(overlay: Overlay = None, content: Folder = THE_CONTENT, as_json: AsJson = False) -> None:
    """Find alle fejl i indholdet, med fil og linje. Er der fejl, slutter kommandoen med 1."""
    found, issues = read_checked(content, overlay)
    answer: Answer = {"ok": not issues, **_numbers(found), "issues": [asdict(issue) for issue in issues]}
    show(answer, _lines(found, issues), as_json=as_json)
    if issues:
        raise typer.Exit(1)


def read_checked(content: Path, overlay: Path | None) -> tuple[Content | None, list[Issue]]:
    """The content with its issues; ends with one line when the overlay's folder is not there."""
    if overlay is not None and not overlay.is_dir():
        stop(f"--overlay: mappen «{overlay.name}» findes ikke")
    typer.echo("Læser indholdet …", err=True)
    return load_content(content, overlay, PARTS)


def read_sound(content: Path, overlay: Path | None) -> Content:
    """The content, or the end with everything that is wrong in it."""
    found, issues = read_checked(content, overlay)
    if found is None:
        for issue in issues:
            typer.echo(str(issue), err=True)
        raise typer.Exit(1)
    if issues:
        typer.echo(f"Bemærk: «content check» finder {len(issues)} fejl.", err=True)
    return found


def _numbers(content: Content | None) -> dict[str, int]:
    if content is None:
        return {}
    extra = sum(f"forms/{form}.yaml" not in NEEDED for form in content.forms)
    return {
        "files": len(NEEDED) + extra,
        "forms": len(content.forms),
        "questions": sum(len(form.questions) for form in content.forms.values()),
        "signs": len(content.signs.by_id),
        "cards": len(content.cards.cards),
        "professions": len(content.directory.professions),
        "topics": len(content.directory.topics),
        "texts": len(content.words.texts),
    }


def _lines(content: Content | None, issues: list[Issue]) -> list[str]:
    if issues:
        return [*map(str, issues), f"{len(issues)} fejl. Ret dem, og prøv igen."]
    names = {
        "files": "filer", "forms": "skemaer", "questions": "spørgsmål", "signs": "tegn", "cards": "handlekort",
        "professions": "fag", "topics": "emner", "texts": "beskeder",
    }  # fmt: skip
    counted = ", ".join(f"{number} {names[key]}" for key, number in _numbers(content).items())
    return [f"Ingen fejl: {counted}."]
