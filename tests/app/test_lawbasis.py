"""«Vis lovgrundlag»: the rule as it holds here, and by whose choice where a municipality has made any."""

from __future__ import annotations

from pathlib import Path

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


def test_a_municipality_without_choices_has_nobody_to_name() -> None:
    law = _law(House())
    assert "Regel R02" in law
    assert "godkendt" not in law
