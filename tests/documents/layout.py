"""Whether a paper can be read at twice its size, from its own drawing: no letter small, no line long, nothing cut off.

There is no picture of the page to look at here. What is read instead is where each run of letters begins and ends, from
the matrices and the fonts' own widths: a page of A4 shown at 200 % on a screen 1,366 pixels wide shows whole lines.
"""

from __future__ import annotations

from dataclasses import dataclass
from io import BytesIO
from typing import Any, Final

import pypdf
from pypdf.generic import ContentStream

LETTERS: Final = 11.0  # points, for everything that is read; page numbers are drawn for the eye alone
SCREEN: Final = 1366  # CSS pixels; what a school's small laptop has
TWICE: Final = 2 * 96 / 72  # pixels a point at 200 %
EDGE: Final = 14.0  # points: nearer to the edge printers cut
_THOUSAND: Final = 1000

Matrix = tuple[float, float, float, float, float, float]
_SAME: Final[Matrix] = (1, 0, 0, 1, 0, 0)


@dataclass(frozen=True)
class Run:
    """Some letters in a row, in points from the page's lower left corner."""

    left: float
    right: float
    base: float
    size: float
    told: bool  # part of what is read aloud; page numbers are not


def runs(file: bytes) -> list[list[Run]]:
    """The runs of each page."""
    reader = pypdf.PdfReader(BytesIO(file))
    return [_Page(reader, page).runs() for page in reader.pages]


def too_hard(file: bytes) -> list[str]:
    """What would keep somebody from reading this paper at 200 %; nothing where it is well."""
    reader, found = pypdf.PdfReader(BytesIO(file)), list[str]()
    for number, page in enumerate(reader.pages, 1):
        wide, high = float(page.mediabox.width), float(page.mediabox.height)
        drawn = _Page(reader, page).runs()
        told = [run for run in drawn if run.told]
        if not told:
            found.append(f"page {number} says nothing")
            continue
        smallest = min(run.size for run in told)
        if smallest < LETTERS - 0.01:
            found.append(f"page {number}: letters of {smallest:.1f} points")
        if any(run.left < EDGE or run.right > wide - EDGE or not EDGE < run.base < high - EDGE for run in drawn):
            found.append(f"page {number}: something is cut off at the edge")
        line = (max(run.right for run in told) - min(run.left for run in told)) * TWICE
        if line > SCREEN:
            found.append(f"page {number}: a line of {line:.0f} pixels at 200 %")
    return found


class _Page:
    """Reads the drawing of one page."""

    def __init__(self, reader: pypdf.PdfReader, page: Any) -> None:
        self.operations = ContentStream(page.get_contents(), reader).operations
        self.widths = {name: _widths(font.get_object()) for name, font in page["/Resources"].get("/Font", {}).items()}

    def runs(self) -> list[Run]:
        """Every run in the order of drawing."""
        found, stack, marks = list[Run](), list[Matrix](), list[str]()
        now, text, font, size = _SAME, _SAME, "", 0.0
        for given, operator in self.operations:
            match operator:
                case b"q":
                    stack.append(now)
                case b"Q":
                    now = stack.pop()
                case b"cm":
                    now = _times(_matrix(given), now)
                case b"Tm":
                    text = _matrix(given)
                case b"Tf":
                    font, size = str(given[0]), float(given[1])
                case b"BMC" | b"BDC":
                    marks.append(str(given[0]))
                case b"EMC":
                    marks.pop()
                case b"Tj" | b"TJ":
                    length = self._length(given[0], font) * size
                    found.append(_run(_times(text, now), length, size, told="/Artifact" not in marks))
                case _:
                    pass
        return found

    def _length(self, drawn: Any, font: str) -> float:
        widths, usual = self.widths[font]
        total = 0.0
        for part in drawn if isinstance(drawn, list) else [drawn]:
            if isinstance(part, (int, float)):
                total -= float(part)
                continue
            letters = part.original_bytes
            total += sum(widths.get(int.from_bytes(letters[at : at + 2]), usual) for at in range(0, len(letters), 2))
        return total / _THOUSAND


def _run(at: Matrix, length: float, size: float, *, told: bool) -> Run:
    end = at[4] + length * at[0]
    return Run(min(at[4], end), max(at[4], end), at[5], size * abs(at[3]), told)


def _widths(font: Any) -> tuple[dict[int, float], float]:
    """The width of each letter of a font, by its number, and of all the others."""
    inner = font["/DescendantFonts"][0].get_object()
    found, listed, at = dict[int, float](), [one.get_object() for one in inner.get("/W", [])], 0
    while at < len(listed):
        first, second = int(listed[at]), listed[at + 1]
        if isinstance(second, list):
            found |= {first + number: float(width) for number, width in enumerate(second)}
            at += 2
        else:
            found |= dict.fromkeys(range(first, int(second) + 1), float(listed[at + 2]))
            at += 3
    return found, float(inner.get("/DW", _THOUSAND))


def _matrix(given: Any) -> Matrix:
    a, b, c, d, e, f = (float(one) for one in given)
    return a, b, c, d, e, f


def _times(m: Matrix, n: Matrix) -> Matrix:
    return (
        m[0] * n[0] + m[1] * n[2],
        m[0] * n[1] + m[1] * n[3],
        m[2] * n[0] + m[3] * n[2],
        m[2] * n[1] + m[3] * n[3],
        m[4] * n[0] + m[5] * n[2] + n[4],
        m[4] * n[1] + m[5] * n[3] + n[5],
    )
