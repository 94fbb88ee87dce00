"""The child process that makes a PDF: HTML in on standard input, a PDF out on standard output, and nothing else.

Run by path with `python -I`, so it sees neither the project nor its environment. What people wrote may be long, odd or
hostile; whatever it makes the layout do, this process ends within its limits and the caller goes on.
Exit codes: 0 a PDF is written, 3 the libraries are missing, anything else: it was stopped or it broke.
"""

from __future__ import annotations

import ctypes
import resource
import sys
from contextlib import suppress

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

    made = weasyprint.HTML(string=text, url_fetcher=Denied()).write_pdf(pdf_variant="pdf/ua-1", pdf_tags=True)
    sys.stdout.buffer.write(made or b"")
    sys.stdout.buffer.flush()
    return 0


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
    sys.exit(main())
