"""Telephones, mail, addresses and full names are found; what only looks like them is let through."""

from __future__ import annotations

import pytest

from dialogs.guards import Findings, Span, contract
from tests.core.guards_kit import scan


@pytest.mark.parametrize(
    "text",
    [
        "ring 20304050",
        "tlf 20 30 40 50",
        "+45 20304050",
        "+4520304050",
        "0045 20 30 40 50",
        "20-30-40-50",
        "2030 4050",
        "203 040 50",
        "20 304 050",
        "20 30 4050",
        "tlf.: 23.45.67.89",
        "+46 70 123 45 67",
        "２０３０４０５０",
        "enogtyve toogtredive treogfyrre fireogfyrre",
    ],
)
def test_telephone_numbers_are_found(text: str) -> None:
    assert scan(text).phones


@pytest.mark.parametrize(
    "text",
    [
        "12345678",
        "skoleåret 2025-2026",
        "20252026",
        "21112026",
        "20000000",
        "2500-3000 kr",
        "25 000 000",
        "kl. 20.15-21.30",
        "uge 20, 21, 22, 23",
        "EAN 5790001234567",
        "12. marts 2026 1030",
        "en to tre fire fem seks syv otte",
    ],
)
def test_years_amounts_and_dates_are_no_telephone_numbers(text: str) -> None:
    assert not scan(text).phones


@pytest.mark.parametrize(
    "text",
    [
        "mila@skole.dk",
        "skriv til mila.hansen@gmail.com i dag",
        "mila (at) skole (punktum) dk",
        "mila snabel-a skole.dk",
        "mila snabela skole punktum dk",
        "mila [at] skole.dk",
        "MILA@SKOLE.DK",
    ],
)
def test_mail_addresses_are_found(text: str) -> None:
    assert scan(text).emails


@pytest.mark.parametrize("text", ["@mila leger", "mail os", "mødes (på skolen) i dag", "a@b", "hun @ skolen", "@@@@"])
def test_other_uses_of_the_sign_are_no_mail_addresses(text: str) -> None:
    assert not scan(text).emails


@pytest.mark.parametrize(
    "text",
    [
        "Søndergade 12, 2. tv",
        "Lærkevej 4B",
        "lærkevej 4b",
        "bor søndergade 12",
        "Han bor på Skovbakken 7",
        "H.C. Andersens Boulevard 12",
        "Peter Bangs Vej 120",
        "Gl. Kongevej 33, st. th.",
        "Nørre Allé 5",
        "Æblehaven 22",
        "Vejlegade 3 b, 4. th",
        "9700 Brønderslev",
        "8000 aarhus",
        "5000 Odense C",
        "DK-9000 Aalborg",
    ],
)
def test_addresses_are_found(text: str) -> None:
    assert scan(text).addresses


@pytest.mark.parametrize(
    "text",
    [
        "på vej 2 gange",
        "Legepladsen 12 børn",
        "Børnehaven 3 stuer",
        "Søndergade 12.30",
        "i 2025 Aalborg",
        "Han går på Skolevej 3 dage",
        "Vejen 12 km væk",
        "Parken 2-1",
        "lokale 2130 Mila",
        "0100 Aarhus",
    ],
)
def test_counts_and_years_are_no_addresses(text: str) -> None:
    assert not scan(text).addresses


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Mads Jensen slår de andre", "Mads Jensen"),
        ("Mila Vestergren kommer", "Mila Vestergren"),
        ("Hun hedder Fatima Hassan.", "Fatima Hassan"),
        ("mads jensen fra 3b", "mads jensen"),
        ("MADS JENSEN", "MADS JENSEN"),
        ("liam Hansen", "liam Hansen"),
        ("Jensen, Mads", "Jensen, Mads"),
        ("Xenia Hansen kom", "Xenia Hansen"),
        ("I går kom Zlatko Nielsen", "Zlatko Nielsen"),
        ("Anne Marie Holm", "Anne Marie Holm"),
        ("Mads Emil Jensens mor", "Mads Emil Jensens"),
        ("Søren von Holst", "Søren von Holst"),
        ("Bo Lund", "Bo Lund"),
        ("Peter Bech-Nielsen", "Peter Bech-Nielsen"),
        ("Mohammed Al-Rashid", "Mohammed Al-Rashid"),
        ("emma sørensen og emma sørensens mor", "emma sørensen"),
        ("soren sorensen", "soren sorensen"),
        ("Karla P. Madsen", "Karla P. Madsen"),
        ("Lærke Due Thomsen", "Lærke Due Thomsen"),
        ("Kære Emma Tak for sidst fra Lone Krogh", "Lone Krogh"),
    ],
)
def test_full_names_are_found(text: str, name: str) -> None:
    first = scan(text).names[0]
    assert text[first.start : first.end] == name


@pytest.mark.parametrize(
    "text",
    [
        "Mila er glad",
        "Anne Marie",
        "Mila, Noah og Emma leger",
        "Han Jensen?",
        "Fru Jensen kom",
        "Skolelederen Hansen sagde",
        "Harry Potter",
        "Peter Bangs Vej",
        "Niels Ebbesens Skole",
        "Carl Nielsen Skolen",
        "Emma TRIO",
        "EB Jensen",
        "Mila spiller Fortnite",
        "I Danmark Er Der",
        "Emma\nHansen",
        "Kære Mila Tak for i dag",
        "Sankt Hans aften",
        "Store Bededag",
        "bo holm",
        "Bo Bedre",
        "Mila Lærke og Noah",
        "Mila Skolen",
        "Mila Emmas",
        "Viborg Kommune",
        "Hansen Jensen",
        "Hansen, Jensen",
    ],
)
def test_an_alias_a_title_or_a_place_is_no_full_name(text: str) -> None:
    assert not scan(text).names


def test_the_contract_lists_places_flows_and_codes() -> None:
    text = (
        "Mads Jensen, Lærkevej 4, 9700 Brønderslev, 20304050, m@x.dk, 010203-1234 er doven. Far slår ham. Han vil dø."
    )
    found = contract(scan(text))
    assert list(found) == ["cpr", "phone", "names", "addresses", "emails", "acute", "judging"]
    assert found["acute"] == ["suicide", "violence"]
    assert found["judging"] == ["label"]
    assert all(found.values())


def test_nothing_found_is_empty_and_not_refused() -> None:
    assert contract(Findings()) == contract(scan("")) == {key: [] for key in contract(Findings())}
    assert not scan("Mila er glad").refused


def test_what_is_printed_about_a_finding_never_holds_the_text() -> None:
    findings = scan("Mads Jensen 010203-1234 mads@skole.dk Lærkevej 4 er doven og vil dø")
    printed = repr(findings).lower()
    assert findings.refused
    assert not [
        secret for secret in ("mads", "jensen", "010203", "1234", "skole.dk", "lærkevej", "doven") if secret in printed
    ]


@pytest.mark.parametrize("others", [[Span(2, 4)], [Span(0, 9)]])
def test_one_place_has_one_meaning(others: list[Span]) -> None:
    from dialogs.guards.types import apart

    assert apart([Span(3, 6)], others) == ()
    assert apart([Span(3, 6)], [Span(6, 9)]) == (Span(3, 6),)
