"""The draft of a report on the web: to read, to take home, and only for whoever may see the case."""

from __future__ import annotations

from dataclasses import replace
from io import BytesIO

import docx
import pytest

from bot.documents import Press
from bot.ports import NoPaper
from bot.web import files as paperfiles
from dialogs.papers.documents import Format, Paper
from tests.web.demo_house import (
    AWAY,
    LEADER,
    OTHER_TEACHER,
    PEDAGOGUE,
    PSYCHOLOGIST,
    QUIET,
    STOPPED,
    TEACHER,
    Guest,
    demo_house,
)


async def test_the_writer_reads_her_draft_and_takes_it_home_in_three_forms() -> None:
    maja = await Guest().become(TEACHER)
    page = await maja.get(f"/sag/{QUIET}")
    assert f"/sag/{QUIET}/underretning" in page.links
    page = await maja.get(f"/sag/{QUIET}/underretning")
    assert page.status == 200
    assert "Mandag sad han alene i frikvarteret." in page.words
    assert [link for link in page.links if "/underretning." in link] == [
        f"/sag/{QUIET}/underretning.{form}" for form in ("pdf", "docx", "txt")
    ]
    text, word = await maja.file(f"/sag/{QUIET}/underretning.txt"), await maja.file(f"/sag/{QUIET}/underretning.docx")
    assert "Mandag sad han alene i frikvarteret." in text.text
    assert docx.Document(BytesIO(word.content)).core_properties.title == "Udkast til underretning"
    assert text.headers["content-disposition"] == 'attachment; filename="underretning-K7RT-Maage.txt"'
    assert text.headers["cache-control"] == "no-store"


@pytest.mark.process
async def test_the_pdf_comes_as_a_pdf() -> None:
    maja = await Guest().become(TEACHER)
    made = await maja.file(f"/sag/{QUIET}/underretning.pdf")
    assert (made.status_code, made.headers["content-type"]) == (200, "application/pdf")
    assert made.content.startswith(b"%PDF-")


@pytest.mark.parametrize("who", [OTHER_TEACHER, PEDAGOGUE])
async def test_whoever_has_nothing_to_do_with_the_case_finds_no_paper(who: str) -> None:
    guest = await Guest().become(who)
    for path in (
        f"/sag/{STOPPED}/underretning",
        f"/sag/{STOPPED}/underretning.txt",
        f"/sag/{STOPPED}/underretning.exe",
    ):
        assert (await guest.get(path)).status == 404


async def test_nobody_gets_a_paper_without_signing_in() -> None:
    guest = Guest()
    answer = await guest.file(f"/sag/{QUIET}/underretning.txt")
    assert answer.status_code == 303


async def test_a_team_member_has_the_duty_too_and_gets_a_draft_of_what_they_may_see() -> None:
    leader = await Guest().become(LEADER)
    page = await leader.get(f"/sag/{AWAY}/underretning")
    assert page.status == 200
    assert "Hun kom ikke onsdag" in page.words
    assert "lige flyttet" not in page.words, "the family's circumstances are kept back until there is a consent"


async def test_whoever_is_informed_only_sees_no_words_in_the_paper_either() -> None:
    psychologist = await Guest().become(PSYCHOLOGIST)
    page = await psychologist.get(f"/sag/{STOPPED}/underretning")
    assert page.status in (200, 404)
    assert "Så lagde han på" not in page.words


class NoPdf(Press):
    """A press on a machine without pango."""

    async def make(self, paper: Paper, form: Format) -> bytes:
        if form == "pdf":
            raise NoPaper("missing")
        return await super().make(paper, form)


async def test_without_a_pdf_the_person_is_told_and_gets_the_other_two(monkeypatch: pytest.MonkeyPatch) -> None:
    guest = Guest(house=demo_house())
    transport = guest.client._transport
    site = transport.app.state.site  # type: ignore[attr-defined]  # our own application behind httpx
    transport.app.state.site = replace(site, ports=replace(site.ports, press=NoPdf()))  # type: ignore[attr-defined]
    await guest.become(TEACHER)
    page = await guest.get(f"/sag/{QUIET}/underretning.pdf")
    assert page.status == 503
    assert "Hent papiret som Word eller ren tekst" in page.words
    assert [link for link in page.links if "/underretning." in link] == [
        f"/sag/{QUIET}/underretning.docx",
        f"/sag/{QUIET}/underretning.txt",
    ]


def test_a_file_has_a_name_that_no_system_stumbles_over() -> None:
    assert paperfiles.file_name(Paper("T", (), "underretning-K7RT-Måge")) == "underretning-K7RT-Maage"
    assert paperfiles.file_name(Paper("T", (), '../x"; æ\r\n.exe')) == "xaeexe"


async def test_once_it_is_sent_the_page_begins_with_what_is_due_and_folds_the_way_there() -> None:
    jonas = await Guest().become(PEDAGOGUE)
    path = f"/sag/{AWAY}/underretning"
    before = (await jonas.get(path)).words
    assert before.index("Send det på den sikre vej") < before.index("Jeg har sendt underretningen")
    today = jonas.house.handbook.today(jonas.house.clock.now()).isoformat()
    await jonas.post(path, act="sent", day=today)
    after = (await jonas.get(path)).words
    order = ("Det sker nu", "Kommunen skal have set på den", "Jeg har sendt en til", "Hent udkastet igen")
    places = [after.index(words) for words in (*order, "Send det på den sikre vej", "Udkastet er lavet af")]
    assert places == sorted(places)
