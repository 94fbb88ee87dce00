"""How the editors' commands read and write: plain Danish or one JSON object, and JSON lines in, JSON lines out."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date, datetime
from pathlib import Path
from typing import Annotated, NoReturn, TypeVar

import typer

from dialogs.content import DANISH
from dialogs.reading.parts import Parts
from dialogs.reading.yamlio import ContentError
from dialogs.workdays import COPENHAGEN

T = TypeVar("T")
Answer = Mapping[str, object]

PARTS = Parts()  # of all that one process reads: two folders are mostly the same
STDIN = "-"
TEXT_LINE = '{"text": "Han slår de andre børn."}'
EVERY = 1_000  # lines between two signs of life
AsJson = Annotated[bool, typer.Option("--json", help="Skriv ét JSON-objekt i stedet for tekst.")]
Folder = Annotated[
    Path, typer.Option("--content", help="En anden indholdsmappe end programmets egen.", exists=True, file_okay=False)
]


def stop(line: str, code: int = 2) -> NoReturn:
    """Say one line on stderr and end."""
    typer.echo(line, err=True)
    raise typer.Exit(code)


def needed(read: Callable[[], T]) -> T:
    """What `read` gives, or the end with the file and the line of what is wrong."""
    try:
        return read()
    except ContentError as error:
        stop(str(error), 1)
    except OSError as error:
        stop(f"{Path(str(error.filename)).name}: filen kan ikke åbnes", 2)


def show(answer: Answer, lines: Iterable[str], *, as_json: bool) -> None:
    """One answer, in the way that was asked for."""
    typer.echo(json.dumps(answer, ensure_ascii=False) if as_json else "\n".join(lines))


def answer_lines(ask: Callable[[dict[str, object]], Answer], example: str = TEXT_LINE) -> None:
    """Answer every JSON line of standard input with one JSON line, in order.

    A line that is no JSON object gets an error that shows `example`, and the next one is answered.
    """
    for number, line in enumerate(sys.stdin.buffer, 1):
        typer.echo(
            json.dumps(_answer(line, ask, example), ensure_ascii=False)
        )  # echo flushes, so that a pipe can wait for it
        if number % EVERY == 0:
            typer.echo(f"{number} linjer", err=True)


def _answer(line: bytes, ask: Callable[[dict[str, object]], Answer], example: str) -> Answer:
    try:
        asked = json.loads(line)
    except (ValueError, RecursionError):  # not JSON, not UTF-8, or nested beyond reason
        return _wanted("bad_json", example)
    return ask(asked) if isinstance(asked, dict) else _wanted("not_an_object", example)


def _wanted(code: str, example: str) -> Answer:
    return {"error": code, "expected": f"Skriv ét JSON-objekt på hver linje, for eksempel {example}"}


def asks_text(ask: Callable[[str], Answer]) -> Callable[[dict[str, object]], Answer]:
    """The same for questions that are one text: {"text": …}."""

    def with_text(asked: dict[str, object]) -> Answer:
        text = asked.get("text")
        return ask(text) if isinstance(text, str) else _wanted("text_missing", TEXT_LINE)

    return with_text


def watched(rows: Iterable[T], word: str) -> Iterator[T]:
    """The same rows, with a sign of life on stderr."""
    number = 0
    for number, row in enumerate(rows, 1):
        yield row
        if number % EVERY == 0:
            typer.echo(f"{number} {word} …", err=True)
    typer.echo(f"{number} {word}", err=True)


def day_of(text: str | None) -> date:
    """The day that a command is about; today when nothing is said."""
    if text is None:
        return datetime.now(COPENHAGEN).date()
    try:
        return date.fromisoformat(text)
    except ValueError:
        stop(f"--on: «{text}» er ikke en dato som 2026-01-31")


THE_CONTENT = DANISH
