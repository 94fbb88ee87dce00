"""A paper as one HTML page for print: real headings, lists and tables, everything escaped, nothing to fetch."""

from __future__ import annotations

from collections.abc import Iterator
from typing import assert_never

from markupsafe import Markup, escape

from dialogs.papers.documents import Blanks, Block, Note, Paper, Points, Rows, Text, printable

# Sizes in points and room around the lines: the page is read at 200 % on a screen and at arm's length on paper.
STYLE = Markup("""
@page { size: A4; margin: 22mm 20mm 20mm; @bottom-right { content: counter(page) " / " counter(pages);
  font: 9pt "DejaVu Sans", sans-serif; color: #444 } }
html { font: 11.5pt/1.5 "DejaVu Sans", "Liberation Sans", sans-serif; color: #111; hyphens: none }
body { margin: 0; overflow-wrap: anywhere }
h1 { font-size: 20pt; line-height: 1.25; margin: 0 0 4mm }
h2 { font-size: 14pt; line-height: 1.3; margin: 8mm 0 2mm; break-after: avoid; border-bottom: 0.6pt solid #777 }
p { margin: 0 0 2.5mm; orphans: 3; widows: 3 }
ul { margin: 0 0 2.5mm; padding-left: 6mm }
ul.ticks { list-style: none; padding-left: 0 }
ul.ticks li::before { content: "☐ " }
table { border-collapse: collapse; width: 100%; margin: 0 0 3mm }
th, td { text-align: left; vertical-align: top; padding: 1.2mm 3mm 1.2mm 0; border-bottom: 0.4pt solid #bbb }
th { width: 32%; font-weight: 600 }
td.blank { height: 9mm }
table.blanks { break-before: avoid; break-inside: avoid }
p.note { border-left: 2pt solid #555; padding-left: 3mm; color: #333 }
p.foot { margin-top: 10mm; font-size: 11pt; color: #333 }
""")
PAGE = Markup(
    '<!doctype html><html lang="da"><head><meta charset="utf-8"><title>{title}</title>'
    '<meta name="author" content="Trivselsbot"><style>{style}</style></head><body>{body}</body></html>'
)


def page(paper: Paper) -> str:
    """The paper as HTML."""
    ready = printable(paper)
    body = Markup("").join(_body(ready))
    return str(PAGE.format(title=ready.title, style=STYLE, body=body))


def _body(paper: Paper) -> Iterator[Markup]:
    yield Markup("<h1>{}</h1>").format(paper.title)
    if paper.lead:
        yield _paragraphs(paper.lead)
    for section in paper.sections:
        yield Markup("<h2>{}</h2>").format(section.title)
        yield from map(_block, section.blocks)
    if paper.foot:
        yield Markup('<p class="foot">{}</p>').format(paper.foot)


def _block(block: Block) -> Markup:
    match block:
        case Text():
            return _paragraphs(block.text)
        case Note():
            return Markup('<p class="note">{}</p>').format(block.text)
        case Points():
            items = Markup("").join(Markup("<li>{}</li>").format(_lines(item)) for item in block.items)
            return Markup("<ul{}>{}</ul>").format(Markup(' class="ticks"') if block.ticks else "", items)
        case Rows():
            return _table((label, Markup("<td>{}</td>").format(_lines(text))) for label, text in block.rows)
        case Blanks():
            lines = ((label, Markup('<td class="blank"></td>')) for label in block.labels)
            return _table(lines, "blanks")  # what is written on stays below what it answers
        case _:
            assert_never(block)


def _table(rows: Iterator[tuple[str, Markup]], kind: str = "") -> Markup:
    drawn = (Markup('<tr><th scope="row">{}</th>{}</tr>').format(label, cell) for label, cell in rows)
    opened = Markup('<table class="{}">').format(kind) if kind else Markup("<table>")
    return Markup("{}{}</table>").format(opened, Markup("").join(drawn))


def _paragraphs(text: str) -> Markup:
    parts = [part for part in text.split("\n\n") if part.strip()]
    return Markup("").join(Markup("<p>{}</p>").format(_lines(part.strip())) for part in parts)


def _lines(text: str) -> Markup:
    return Markup("<br>").join(escape(line) for line in text.split("\n"))
