"""Papers as files: an accessible PDF and DOCX; and the jail that a PDF is made in, against texts that want out."""

from __future__ import annotations

import asyncio
import resource
import subprocess
import sys
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from io import BytesIO
from pathlib import Path

import docx
import pypdf
import pytest

from bot.documents import Press, jail, pdf
from bot.ports import NoPaper
from dialogs.papers.documents import Blanks, Note, Paper, Points, Rows, Section, Text
from tests.documents.layout import runs, too_hard
from tests.documents.ua import breaches

pytestmark = pytest.mark.process
MOST_SECONDS = 5 + 0.5  # the limit on work, and what the system needs to notice it


def paper(text: str = "Han sad alene. Æblegrød på øen å.") -> Paper:
    blocks = (
        Text(text),
        Note("Husk"),
        Rows((("Alder", "10 år"),)),
        Points(("ét", "to"), ticks=True),
        Blanks(("Navn",)),
    )
    return Paper("Udkast til underretning", (Section("Set og hørt", blocks),), "x", lead="Først", foot="Sidst")


def made(one: Paper, form: str) -> bytes:
    return asyncio.run(Press().make(one, form))  # type: ignore[arg-type]  # the tests name real formats


def work() -> float:
    """Seconds of work that finished children of ours have done."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


@pytest.fixture(scope="module")
def report_pdf() -> pypdf.PdfReader:
    return pypdf.PdfReader(BytesIO(made(paper(), "pdf")))


def test_the_pdf_is_tagged_and_says_its_language_and_title(report_pdf: pypdf.PdfReader) -> None:
    root = report_pdf.trailer["/Root"]
    assert root["/MarkInfo"]["/Marked"] is True or root["/MarkInfo"]["/Marked"].value is True
    assert root["/Lang"] == "da"
    assert report_pdf.metadata is not None
    assert report_pdf.metadata.title == "Udkast til underretning"
    assert root["/ViewerPreferences"]["/DisplayDocTitle"]
    assert b"pdfuaid" in root["/Metadata"].get_data()


def test_the_pdf_has_real_headings_lists_and_tables(report_pdf: pypdf.PdfReader) -> None:
    kinds = set(structure(report_pdf.trailer["/Root"]["/StructTreeRoot"]))
    assert {"/H1", "/H2", "/P", "/L", "/LI", "/Table", "/TR", "/TH", "/TD"} <= kinds


def structure(node: object) -> Iterator[str]:
    """The kinds of all elements below one."""
    found = node.get_object() if hasattr(node, "get_object") else node
    if isinstance(found, list):
        for child in found:
            yield from structure(child)
    elif isinstance(found, dict):
        if "/S" in found:
            yield str(found["/S"])
        if "/K" in found:
            yield from structure(found["/K"])


def test_the_pdf_holds_the_words(report_pdf: pypdf.PdfReader) -> None:
    text = "".join(page.extract_text() for page in report_pdf.pages)
    assert "Æblegrød på øen å." in text
    assert "10 år" in text


def test_the_word_file_has_headings_a_language_and_a_title() -> None:
    file = docx.Document(BytesIO(made(paper(), "docx")))
    assert file.core_properties.title == "Udkast til underretning"
    assert file.core_properties.language == "da-DK"
    headings = [
        (p.style.name, p.text) for p in file.paragraphs if p.style and p.style.name and "Heading" in p.style.name
    ]
    assert headings == [("Heading 1", "Udkast til underretning"), ("Heading 2", "Set og hørt")]
    assert [cell.text for cell in file.tables[0].rows[0].cells] == ["Alder", "10 år"]


def test_plain_text_is_utf_8() -> None:
    assert "Æblegrød på øen å." in made(paper(), "txt").decode("utf-8")


# What people could write, by accident or on purpose (T25 of docs/testing.md).
CORPUS = {
    "one word of 100,000 letters": "a" * 100_000,
    "emoji families": "👨‍👩‍👧‍👦🏳️‍🌈" * 3_000,
    "tags in each other": "<div>" * 5_000,
    "signs that turn text": "\u202eabc" * 1_000,
    "20,000 paragraphs": "a\n\n" * 20_000,
    "Chinese without a blank": "漢" * 20_000,
    "no text at all": "\x00\ud800",
    "addresses to fetch": "<img src='http://localhost/x.png'><link rel=stylesheet href='file:///etc/passwd'>" * 50,
}


@pytest.mark.parametrize("text", CORPUS.values(), ids=CORPUS)
def test_no_text_takes_more_than_its_limits_or_breaks_anything(text: str) -> None:
    before = work()
    try:
        file = made(paper(text), "pdf")
    except NoPaper as refused:
        assert refused.why == "stopped"
    else:
        assert len(pypdf.PdfReader(BytesIO(file)).pages) >= 1
    assert work() - before <= MOST_SECONDS
    assert made(paper(text), "docx").startswith(b"PK")
    assert made(paper(text), "txt")


class Listener(HTTPServer):
    """A server on this machine that only notes what it is asked for."""

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Silent)
        self.asked: list[str] = []


class Silent(BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        assert isinstance(self.server, Listener)
        self.server.asked.append(self.path)
        self.send_error(404)

    def log_message(self, format: str, *args: object) -> None:
        """Say nothing."""


def test_the_child_fetches_nothing_even_when_the_page_itself_asks(tmp_path: Path) -> None:
    listener = Listener()
    threading.Thread(target=listener.serve_forever, daemon=True).start()
    secret = tmp_path / "secret.css"
    secret.write_text("body::before { content: 'hemmeligt' }", "utf-8")
    away = f"http://127.0.0.1:{listener.server_port}"
    wishes = (
        f"<img src='{away}/a.png'>",
        f"<link rel=stylesheet href='{away}/b.css'>",
        f"<style>@import url({away}/c.css)</style>",
        f"<a rel=attachment href='{away}/d.pdf'>x</a>",
        f"<link rel=stylesheet href='{secret.as_uri()}'>",
        f"<img src='{secret.as_uri()}'>",
    )
    for wish in wishes:
        done = run_jail(f"<html lang=da><title>T</title>{wish}<p>Ord</p></html>")
        assert done.returncode not in (0, jail.MISSING), f"{wish} was looked for"
        assert done.stdout == b""
    listener.shutdown()
    listener.server_close()
    assert listener.asked == []


def test_a_library_that_crashes_when_all_is_done_costs_no_paper() -> None:
    crash = "import atexit, os, runpy, sys; atexit.register(os.abort); runpy.run_path(sys.argv[1], run_name='__main__')"
    done = subprocess.run(
        [sys.executable, "-I", "-c", crash, str(pdf.JAIL)],
        input=b"<html lang=da><title>T</title><p>Ord</p></html>", capture_output=True, env=pdf.ENVIRONMENT, check=False,
    )  # fmt: skip
    assert done.returncode == 0 and done.stdout.startswith(b"%PDF-")


def test_the_child_is_stopped_by_its_limit_on_work() -> None:
    before = work()
    done = run_jail("<html lang=da><title>T</title><p>" + "e" + "\u0301" * 80_000)
    assert done.returncode not in (0, jail.MISSING)
    assert work() - before <= MOST_SECONDS


def test_a_broken_page_is_an_exit_code_and_no_words_of_it_reach_the_caller(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr(pdf, "JAIL", Path(__file__))  # a child that is no printer at all
    with pytest.raises(NoPaper, match="stopped"):
        pdf.make(paper())
    assert [one.getMessage() for one in caplog.records] == ["a paper was not made: its maker ended with 1 and 0 bytes"]


def test_a_machine_without_the_library_is_told_apart(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    bare = tmp_path / "jail.py"
    source = Path(jail.__file__).read_text("utf-8").replace("import weasyprint", "import weasyprint_that_is_not_here")
    bare.write_text(source, "utf-8")
    monkeypatch.setattr(pdf, "JAIL", bare)
    with pytest.raises(NoPaper, match="missing"):
        pdf.make(paper())


def test_the_child_gets_nothing_of_our_environment() -> None:
    assert not {"SECRET_KEY", "DATABASE_URL", "TELEGRAM_BOT_TOKEN"} & pdf.ENVIRONMENT.keys()
    assert len(pdf.ENVIRONMENT) == 4


def run_jail(html: str) -> subprocess.CompletedProcess[bytes]:
    command = [sys.executable, "-I", jail.__file__]
    return subprocess.run(command, input=html.encode(), capture_output=True, env=pdf.ENVIRONMENT, check=False)


def test_a_paper_of_many_pages_tells_a_reader_all_its_words_and_no_page_numbers() -> None:
    blocks = paper("Han sad alene. Æblegrød på øen å. " * 60).sections[0].blocks
    many = Paper("Udkast", tuple(Section(f"Afsnit {number}", blocks) for number in range(5)), "x", lead="Først")
    file = made(many, "pdf")
    assert len(pypdf.PdfReader(BytesIO(file)).pages) > 3
    assert breaches(file) == []


def test_the_word_file_is_on_danish_paper() -> None:
    sizes = {(one.page_width.mm, one.page_height.mm) for one in docx.Document(BytesIO(made(paper(), "docx"))).sections}
    assert {(round(width), round(height)) for width, height in sizes} == {(210, 297)}


def test_the_longest_words_and_tables_stay_on_the_page_and_are_never_small() -> None:
    word = "Specialpædagogiskstøttekontaktpersonordning" * 6
    blocks = (Text(word), Note(word), Rows(((word, word), ("Alder", word))), Points((word, "to"), ticks=True))
    file = made(Paper(word[:80], (Section(word, blocks),), "x", lead=word, foot=word), "pdf")
    assert too_hard(file) == []
    assert len(runs(file)) > 1, "so much is on more than one page"
