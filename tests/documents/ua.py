"""An independent look at a PDF: what PDF/UA (ISO 14289-1) asks for and a machine can see, read with pypdf alone."""

from __future__ import annotations

from collections.abc import Iterator
from io import BytesIO
from itertools import pairwise
from typing import Any

import pypdf
from pypdf.generic import ContentStream

SMALLEST = 9.0  # points; at 200 % on a screen that is 18
CSS_POINT = 0.75  # the pages are drawn in CSS pixels


def breaches(file: bytes) -> list[str]:
    """Everything that is not as it should be, in words; empty for a paper that anybody can read."""
    reader = pypdf.PdfReader(BytesIO(file))
    root: Any = reader.trailer["/Root"]
    found = [
        *([] if b"pdfuaid:part" in root["/Metadata"].get_data() else ["does not say that it is PDF/UA"]),
        *([] if root["/MarkInfo"]["/Marked"] else ["is not marked"]),
        *([] if root.get("/Lang") == "da" else ["does not say that it is Danish"]),
        *([] if root["/ViewerPreferences"]["/DisplayDocTitle"] else ["shows its file's name for a title"]),
        *([] if reader.metadata is not None and reader.metadata.title else ["has no title"]),
    ]
    tree = root["/StructTreeRoot"]
    elements = list(_elements(tree))
    found += _headings([str(one["/S"]) for one in elements])
    found += ["a table has no headers" for one in elements if one["/S"] == "/Table" and not _has(one, "/TH")]
    found += ["a picture says nothing" for one in elements if one["/S"] == "/Figure" and not one.get("/Alt")]
    found += [f"page {at}: no order of tabs" for at, page in enumerate(reader.pages, 1) if page.get("/Tabs") != "/S"]
    told, parents = set(_marks(tree)), _parents(tree)
    for number, page in enumerate(reader.pages):
        found += _page(reader, page, told, parents[number], f"page {number + 1}")
    return found


def _has(element: Any, kind: str) -> bool:
    return any(one["/S"] == kind for one in _elements(element))


def _elements(node: Any) -> Iterator[Any]:
    node = node.get_object() if hasattr(node, "get_object") else node
    if isinstance(node, list):
        for child in node:
            yield from _elements(child)
    elif isinstance(node, dict):
        if "/S" in node:
            yield node
        yield from _elements(node["/K"]) if "/K" in node else ()


def _marks(node: Any, page: int | None = None) -> Iterator[tuple[int | None, int]]:
    """Which marked content the tree tells of: the page's object and the mark's number."""
    node = node.get_object() if hasattr(node, "get_object") else node
    if isinstance(node, int):
        yield page, int(node)
    elif isinstance(node, list):
        for child in node:
            yield from _marks(child, page)
    elif isinstance(node, dict):
        here = node.raw_get("/Pg").idnum if "/Pg" in node else page
        yield from _marks(node["/K"], here) if "/K" in node else ()


def _parents(tree: Any) -> dict[int, list[Any]]:
    """For each page the element of each mark, in the order of the marks."""
    numbers = tree["/ParentTree"]["/Nums"]
    return {int(numbers[at]): list(numbers[at + 1].get_object()) for at in range(0, len(numbers), 2)}


def _headings(kinds: list[str]) -> Iterator[str]:
    levels = [int(kind[2:]) for kind in kinds if kind[:2] == "/H" and kind[2:].isdigit()]
    if levels.count(1) != 1 or levels[0] != 1:
        yield f"begins with a heading of level {levels[:1]} and has {levels.count(1)} of the first"
    yield from (f"goes from heading {a} to {b}" for a, b in pairwise(levels) if b > a + 1)


def _page(reader: pypdf.PdfReader, page: Any, told: set[Any], parents: list[Any], name: str) -> Iterator[str]:
    number, open_marks, size, scale = page.indirect_reference.idnum, list[tuple[str, Any]](), 0.0, 1.0
    for given, operator in ContentStream(page.get_contents(), reader).operations:
        match operator:
            case b"BMC" | b"BDC":
                about = given[1] if len(given) > 1 else {}
                mark = about.get("/MCID") if hasattr(about, "get") else None
                open_marks.append((str(given[0]), mark))
                if mark is not None and int(mark) not in _own(parents, int(mark)):
                    yield f"{name}: mark {mark} belongs to another element than the tree says"
            case b"EMC":
                open_marks.pop()
            case b"Tf":
                size = float(given[1])
            case b"Tm":
                scale = abs(float(given[3])) * CSS_POINT
            case b"Tj" | b"TJ":
                if size * scale < SMALLEST - 0.01:
                    yield f"{name}: letters of {size * scale:.1f} points"
                if not any(kind == "/Artifact" or (number, mark) in told for kind, mark in open_marks):
                    yield f"{name}: words that nobody is told"
            case _:
                pass
    yield from _fonts(page, name)


def _own(parents: list[Any], mark: int) -> list[int]:
    kids = parents[mark].get_object()["/K"] if mark < len(parents) else []
    return [int(kid) for kid in kids if isinstance(kid, int)]


def _fonts(page: Any, name: str) -> Iterator[str]:
    for font in [one.get_object() for one in page["/Resources"].get("/Font", {}).values()]:
        about = font.get("/DescendantFonts", [font])[0].get_object()["/FontDescriptor"]
        if not any(key in about for key in ("/FontFile", "/FontFile2", "/FontFile3")):
            yield f"{name}: a font is not in the file"
        if "/ToUnicode" not in font:
            yield f"{name}: a font does not say what its letters are"
