"""The child process that makes a PDF: HTML in on standard input, a PDF out on standard output, and nothing else.

Run by path with `python -I`, so it sees neither the project nor its environment. What people wrote may be long, odd or
hostile; whatever it makes the layout do, this process ends within its limits and the caller goes on.
Exit codes: 0 a PDF is written, 3 the libraries are missing, anything else: it was stopped or it broke.
"""

from __future__ import annotations

import ctypes
import os
import resource
import sys
from contextlib import suppress
from typing import Any

CPU_SECONDS = 5  # a long report takes half a second; a machine under load counts only what it works for us
ADDRESS_SPACE = 700 * 1024 * 1024
OPEN_FILES = 64
MISSING = 3
_NO_NETWORK = 0x10000000 | 0x40000000  # CLONE_NEWUSER | CLONE_NEWNET


def main() -> int:
    """Make one PDF; the exit code."""
    confine()
    text = sys.stdin.buffer.read().decode("utf-8", "replace")
    try:
        import weasyprint
        from weasyprint.urls import FatalURLFetchingError, URLFetcher
    except (ImportError, OSError):  # the library, or the system's own pango below it
        return MISSING

    class Denied(URLFetcher):
        """Fetches nothing: a paper of ours holds no pictures, fonts or links to fetch."""

        def fetch(self, url: str, headers: object = None) -> object:  # pyright: ignore[reportIncompatibleMethodOverride]
            raise FatalURLFetchingError("nothing is fetched")

    page = weasyprint.HTML(string=text, url_fetcher=Denied())
    made = page.write_pdf(finisher=set_aside, pdf_variant="pdf/ua-1", pdf_tags=True)
    sys.stdout.buffer.write(made or b"")
    sys.stdout.buffer.flush()
    return 0


def set_aside(_document: Any, made: Any) -> None:
    """Mark as decoration what no reader should be told: the page numbers, which weasyprint leaves outside the tree.

    PDF/UA wants all text either in the tree of the document or marked as an artifact; its own tree leaves it hanging.
    """
    known: dict[bytes, Any] = {one.reference: one for one in made.objects}
    told: set[bytes] = set()
    waiting = [made.catalog["StructTreeRoot"]]
    while waiting:
        told.add(there := waiting.pop())
        waiting += [kid for kid in known[there].get("K", ()) if isinstance(kid, bytes) and kid not in told]
    for name, one in known.items():
        if isinstance(one, dict) and one.get("Type") == "/StructElem" and name not in told:
            words = known[known[one["Pg"]]["Contents"]].stream
            for mark in (kid for kid in one["K"] if isinstance(kid, int)):
                at = next(n for n, item in enumerate(words) if isinstance(item, dict) and item.get("MCID") == mark)
                words[at - 1 : at + 2] = ["/Artifact", b"BMC"]
    pages = known[known[made.catalog["StructTreeRoot"]]["ParentTree"]]["Nums"][1::2]
    for marks in (one for one in pages if isinstance(one, list)):
        marks[:] = [one for one in marks if one in told]  # a page's numbers are drawn last, so no other mark moves


def confine() -> None:
    """Lower what this process may use; what the system does not know is passed over."""
    limits = {
        "RLIMIT_CPU": CPU_SECONDS,
        "RLIMIT_AS": ADDRESS_SPACE,
        "RLIMIT_FSIZE": 0,  # it may write to the pipe only
        "RLIMIT_NOFILE": OPEN_FILES,
        "RLIMIT_CORE": 0,  # a dump would hold what people wrote
    }
    for name, most in limits.items():
        with suppress(AttributeError, ValueError, OSError):
            resource.setrlimit(getattr(resource, name), (most, most))
    with suppress(AttributeError, OSError):  # a second wall behind the fetcher; containers may not allow it
        ctypes.CDLL(None).unshare(_NO_NETWORK)


if __name__ == "__main__":
    # The paper is written and flushed. The drawing libraries' own tidying at the end has crashed (signal 11, about one
    # run in ten thousand), and a paper that was made was then refused: so nothing more is run.
    os._exit(main())
