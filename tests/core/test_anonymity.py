"""The checklist finds what can tell who a child is, says what to write instead, and lets calm text alone."""

from __future__ import annotations

import pytest

from dialogs.guides.anonymity import CODES
from tests.core.form_kit import danish

CONTENT = danish()
BOOK = CONTENT.anonymity


def marks(text: str) -> list[tuple[str, str]]:
    return [(hit.code, text[hit.start : hit.end]) for hit in BOOK.check(text, CONTENT.guards)]


@pytest.mark.parametrize(
    ("text", "code", "words"),
    [
        ("Jeg er bekymret for Karen Jensen.", "name", "Karen Jensen"),
        ("Ring til mig på 22 33 44 55.", "contact", "22 33 44 55"),
        ("Hun hedder Freja og er stille.", "given", "Freja"),
        ("M.K. kommer tit for sent.", "initials", "M.K."),
        ("Barnet MK kommer tit for sent.", "initials", "MK"),
        ("Det er en dreng fra 7.B.", "class", "7.B"),
        ("En dreng i 3. klasse slår.", "class", "3. klasse"),
        ("En pige på 8 år er alene.", "age", "8 år"),
        ("En otteårig er alene.", "age", "otteårig"),
        ("Han går på Solbakkeskolen.", "school", "Solbakkeskolen"),
        ("Familien bor i Nørrelev.", "town", "i Nørrelev"),
        ("Det skete 3. november.", "date", "3. november"),
        ("Barnet har epilepsi.", "diagnosis", "epilepsi"),
        ("Far er i fængsel.", "event", "fængsel"),
        ("Barnets mor er død.", "event", "død"),
        ("Hun er tvilling.", "family", "tvilling"),
        ("Barnet bor i en plejefamilie.", "family", "plejefamilie"),
        ("Familien er syrisk.", "origin", "syrisk"),
        ("De er kommet fra Etiopien.", "origin", "Etiopien"),
        ("Hjemme taler de tigrinya.", "origin", "tigrinya"),
        ("Mor er fra Brasilien.", "origin", "Brasilien"),
        ("En dreng i tredje klasse slår.", "class", "tredje klasse"),
        ("Han går på Mariehønestuen.", "class", "Mariehønestuen"),
        ("Hun er på blå stue.", "class", "blå stue"),
        ("Det er en i modtageklassen.", "class", "modtageklassen"),
        ("De er flyttet til Hjørring.", "town", "til Hjørring"),
        ("de bor i silkeborg nu", "town", "i silkeborg"),
        ("Mor er jordemoder.", "job", "jordemoder"),
        ("Far er mælkebonde.", "job", "mælkebonde"),
        ("Hun har en hjertefejl.", "diagnosis", "hjertefejl"),
        ("Far er sigtet for noget.", "event", "sigtet"),
        ("Hun er et donorbarn.", "family", "donorbarn"),
        ("Far er præst.", "job", "præst"),
        ("Hendes far er taxachauffør.", "job", "taxachauffør"),
        ("En i min klasse græder.", "sender", "min klasse"),
        ("Jeg er klasselærer for ham.", "sender", "klasselærer for"),
    ],
)
def test_it_finds_what_tells_who_it_is(text: str, code: str, words: str) -> None:
    assert (code, words) in marks(text)
    assert BOOK.say(code)


@pytest.mark.parametrize(
    "text",
    [
        "Et barn på mellemtrinnet er tit alene i frikvarteret. Hvordan spørger jeg bedst?",
        "Barnet er 10–12 år og spiser ikke sin mad på skolen.",
        "En elev mellem 6 og 9 år bliver vred og slår, når der er larm.",
        "Jeg ser et barn, der ikke vil hjem. Hvad gør jeg nu?",
        "Eleven ser meget TV og er træt.",
        "Hans forældre siger, at han sover dårligt.",
        "Barnet har ondt i hals og mave og vil helst være på sit værelse.",
        "Eleven er glad for dansk og tysk og kan lide at være ude i naturen.",
        "Vi har talt med psykologen og sundhedsplejersken, og de andre børn i klassen er søde.",
        "",
    ],
)
def test_it_lets_a_text_alone_that_tells_nothing(text: str) -> None:
    assert marks(text) == []


def test_a_place_is_named_once_and_in_the_order_of_the_text() -> None:
    found = marks("Freja Jensen fra 7.B på Solbakkeskolen er 13 år.")
    assert [code for code, _ in found] == ["name", "class", "school", "age"]


def test_a_village_boy_is_known_by_class_and_event_together() -> None:
    assert {code for code, _ in marks("En dreng i 7.B, hvis far er død.")} == {"class", "event"}


def test_every_mark_says_what_to_write_instead_and_people_are_asked_what_no_machine_knows() -> None:
    assert {mark.code for mark in BOOK.marks} >= set(CODES)
    assert len(BOOK.ask) >= 3
    assert "kendes" in BOOK.doubt


@pytest.mark.parametrize("text", ["a" * 20_000, "M." * 5_000, "\ud800\x00 🙂" * 500, "i A" * 3_000])
def test_any_text_is_looked_at_without_trouble(text: str) -> None:
    marks(text)
