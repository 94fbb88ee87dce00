"""«Vis lovgrundlag»: the rule as it holds here, and by whose choice where a municipality has made any."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.app.kit import Chat, House
from tests.core.form_kit import overlaid

SIGNED = 'jurist:\n  godkendt_af: Kommunens jurist\n  godkendt: "2026-11-02"\n  lempelser: [exchange_in_open_case]\n'


def _law(house: House) -> str:
    chat = Chat(house, channel="telegram", ceiling=1)
    chat.commands("dele")
    for label in ("Vold, overgreb, tvang, ære", "Nej, eller der er nyt", "Vis lovgrundlag"):
        chat.presses(label)
    return chat.text


def test_the_rule_says_who_has_approved_the_choices_of_the_municipality(tmp_path: Path) -> None:
    (tmp_path / "kommune.yaml").write_text(SIGNED, encoding="utf-8")
    content, _ = overlaid(tmp_path)
    law = _law(House(content=content))
    assert "Regel R02" in law
    assert "Kommunens egne valg er godkendt af Kommunens jurist den 2.11.2026." in law


@pytest.mark.parametrize(
    ("signed", "grey"),
    [
        ("2026-11-02", ""),
        ("2025-10-02", "Kommunens egne valg er fra 2.10.2025. Det er over et år siden."),
        ("2027-01-02", "Kommunens egne valg gælder først fra 2.1.2027."),
    ],
)
def test_choices_that_are_old_or_not_signed_for_yet_stand_in_grey(tmp_path: Path, signed: str, grey: str) -> None:
    (tmp_path / "kommune.yaml").write_text(SIGNED.replace("2026-11-02", signed), encoding="utf-8")
    content, _ = overlaid(tmp_path)
    chat = Chat(House(content=content))
    chat.commands("dele")
    for label in ("Vold, overgreb, tvang, ære", "Nej, eller der er nyt"):
        chat.presses(label)
    faint = " ".join(card.faint for card in chat.reply.cards)
    assert "endnu ikke læst af jurist" in faint
    assert grey in faint
    assert ("Kommunens egne valg" in faint) == bool(grey)


def test_a_municipality_without_choices_has_nobody_to_name() -> None:
    law = _law(House())
    assert "Regel R02" in law
    assert "godkendt" not in law
