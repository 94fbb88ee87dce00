"""`content law`: the law of the program as one page for a jurist; docs/law.md is its output."""

from __future__ import annotations

import typer

from bot.cli.content_check import Overlay, read_sound
from bot.cli.content_io import THE_CONTENT, Folder
from dialogs.law.telling import page


def law(overlay: Overlay = None, content: Folder = THE_CONTENT) -> None:
    """Skriv loven ud som én side til en jurist: regler, lempelser, kilder og gamle navne."""
    typer.echo(page(read_sound(content, overlay).law), nl=False)
