"""A paper as a Word file: real headings, a language, a title; the one door of python-docx."""

from __future__ import annotations

from io import BytesIO
from typing import Any, assert_never

from dialogs.papers.documents import Blanks, Block, Note, Paper, Points, Rows, Text, printable

LANGUAGE = "da-DK"
BOX = "☐ "


def make(paper: Paper) -> bytes:
    """The paper as DOCX."""
    import docx
    from docx.oxml.ns import qn
    from docx.shared import Mm

    ready = printable(paper)
    file: Any = docx.Document()
    file.core_properties.title, file.core_properties.language = ready.title, LANGUAGE
    file.core_properties.author = "Trivselsbot"
    for part in file.sections:  # the library's own template is for American paper
        part.page_width, part.page_height = Mm(210), Mm(297)
    for fonts in file.styles.element.iter(qn("w:lang")):
        fonts.set(qn("w:val"), LANGUAGE)
    file.add_heading(ready.title, level=1)
    _paragraphs(file, ready.lead)
    for section in ready.sections:
        file.add_heading(section.title, level=2)
        for block in section.blocks:
            _block(file, block)
    _paragraphs(file, ready.foot)
    made = BytesIO()
    file.save(made)
    return made.getvalue()


def _block(file: Any, block: Block) -> None:
    match block:
        case Text():
            _paragraphs(file, block.text)
        case Note():
            file.add_paragraph(block.text, style="Intense Quote")
        case Points():
            for item in block.items:
                text, style = (f"{BOX}{item}", None) if block.ticks else (item, "List Bullet")
                file.add_paragraph(text, style=style)
        case Rows():
            _table(file, block.rows)
        case Blanks():
            _table(file, tuple((label, "\n") for label in block.labels))
        case _:
            assert_never(block)


def _paragraphs(file: Any, text: str) -> None:
    for part in text.split("\n\n"):
        if part.strip():
            file.add_paragraph(part.strip())


def _table(file: Any, rows: tuple[tuple[str, str], ...]) -> None:
    table = file.add_table(rows=0, cols=2, style="Table Grid")
    for label, text in rows:
        cells = table.add_row().cells
        cells[0].text, cells[1].text = label, text
        for run in cells[0].paragraphs[0].runs:
            run.bold = True
