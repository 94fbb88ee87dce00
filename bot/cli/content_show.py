"""`content graph` and `content diff`: a form as a picture and a list, and what is new since another folder."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path
from typing import Annotated

import typer

from bot.cli.content_check import PARTS, Overlay, read_sound
from bot.cli.content_io import THE_CONTENT, Answer, AsJson, Folder, show, stop
from dialogs.comparing import Difference, Version, compare
from dialogs.content import Content, build
from dialogs.local import Local
from dialogs.reading.files import read_files
from dialogs.telling import Line, listing, mermaid
from dialogs.types import Form

_WHAT = {
    "form": "Skema", "question": "Spørgsmål", "option": "Mulighed", "rule": "Betingelse", "sign": "Tegn",
    "text": "Tekst", "table": "Tabel", "source": "Kilde", "paper": "Papir",
}  # fmt: skip
_SOURCE = Annotated[Path, typer.Argument(help="En indholdsmappe, fx dialogs/content/da.", exists=True, file_okay=False)]


def graph(
    form: Annotated[str, typer.Argument(help="Skemaets id, fx worry.")],
    overlay: Overlay = None,
    content: Folder = THE_CONTENT,
    as_json: AsJson = False,
) -> None:
    """Vis et skema som en Mermaid-tegning og en liste med betingelser i ord."""
    found = form_of(read_sound(content, overlay), form)
    picture, lines = mermaid(found), listing(found)
    answer: Answer = {"form": found.id, "mermaid": picture, "questions": [asdict(line) for line in lines]}
    show(answer, [picture, "", *(_told(number, line) for number, line in enumerate(lines, 1))], as_json=as_json)


def form_of(content: Content, form_id: str) -> Form:
    """The form with this id, or the end with the ids that there are."""
    if form_id not in content.forms:
        stop(f"skemaet «{form_id}» findes ikke; vælg mellem: {', '.join(sorted(content.forms))}")
    return content.form(form_id)


def _told(number: int, line: Line) -> str:
    needed = "krævet" if line.required else "frivillig"
    lines = [f"{number}. {line.id} ({line.kind}, {needed}): {line.ask}"]
    lines += [f"   når {line.when}"] if line.when else []
    return "\n".join(lines)


def diff(before: _SOURCE, after: _SOURCE, as_json: AsJson = False) -> None:
    """Vis forskellen på to indholdsmapper: spørgsmål, muligheder, betingelser, tegn, tekster og tabellers udfald."""
    found = compare(_version(before), _version(after))
    answer: Answer = {"differences": [asdict(one) for one in found]}
    lines = [_said(one) for one in found] or ["Ingen forskel."]
    show(answer, lines, as_json=as_json)


def _version(folder: Path) -> Version:
    typer.echo(f"Læser {folder} …", err=True)
    files, issues = read_files(folder, PARTS.read)
    content, more = build(files, Local(), PARTS)
    if content is None:
        for issue in (*issues, *more):
            typer.echo(str(issue), err=True)
        raise typer.Exit(1)
    return Version(files, content.forms, content.signs, {content.law.table.id: content.law.written}, content.law)


def _said(one: Difference) -> str:
    name = f"{_WHAT[one.what]} {one.id}"
    if one.what == "table":
        return f"~ {name}: {one.before} → {one.after}" + (f" · {one.situations} situationer" if one.situations else "")
    match one.how:
        case "added":
            return f"+ {name}: {one.after}"
        case "removed":
            return f"- {name}: {one.before}"
        case "changed":
            return f"~ {name}: {one.before or '(intet)'} → {one.after or '(intet)'}"
