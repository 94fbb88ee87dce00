"""T11: disguised CPR numbers are found, and school texts are let through, at the promised rates."""

from __future__ import annotations

import pytest

from tests.attacks import judging
from tests.attacks.cpr import FAMILIES, disguised
from tests.attacks.judging import verdict


def test_disguises_are_found_and_school_texts_let_through_at_the_promised_rates() -> None:
    figures = judging.judge("suite", 1_000, 10_000)
    assert figures.recall >= judging.RECALL, figures.missed
    assert figures.false_blocks <= judging.FALSE_BLOCKS, figures.blocked
    assert figures.held / figures.numbers >= 0.97, "asking is for what reads as a date and a time"


def test_every_family_has_its_share_of_the_disguises() -> None:
    seen = [one.family for one in disguised(1, 700)]
    assert {family: seen.count(family) for family in FAMILIES} == dict.fromkeys(FAMILIES, 100)


@pytest.mark.parametrize(
    "text",
    [
        "cpr: 010114 og så 1234",
        "010114, de sidste fire er 9834",
        "Han er født 3/5-14. Mor siger, at de sidste fire cifre er 1234",
        "De sidste 4 cifre i hans cpr er 1234",
        "3. maj 2014-1234",
        "den tredje maj 2014, løbenr. 1234",
        "tredje i femte 2014 – 9834",
        "nul tre, nul fem, fjorten, toogtyve, elleve",
        "0️⃣3️⃣:0️⃣5️⃣:1️⃣4️⃣ - 9️⃣8️⃣3️⃣4️⃣",
        "2|6|0|1|9|9|9|8|9|8",
        "03/05-14-9-8-3-4",
        "030514 ender på 9834",
    ],
)
def test_a_number_in_pieces_is_held_back(text: str) -> None:
    assert verdict(text) == "held"


@pytest.mark.parametrize("text", ["3. maj 2014 1030", "3. maj 2025 og så 2026", "12.03.26 og så 10.30 igen"])
def test_what_may_be_a_time_or_a_year_is_not_held_back(text: str) -> None:
    assert verdict(text) != "held"


@pytest.mark.parametrize(
    "text",
    [
        "De sidste fire dage siden 2028-08-13 gik godt",
        "Mellem 2027-03-16 og 09-01-2028",
        "Fra 28.11.28 og 2026-04-16",
        "Han tæller: ti, elleve, tolv, tretten, fjorten",
        "27. 06-02-2028 kl. 12",
        "3. maj 2025 plus 1500 kr",
        "femte i sjette klasse 4 elever",
        "en dreng og to piger og tre voksne og fire stole",
    ],
)
def test_dates_in_a_row_and_counting_are_let_through(text: str) -> None:
    assert verdict(text) != "held"


@pytest.mark.parametrize(
    "text", ["nul ", "en to tre ", "12.03.2026 og ", "første i maj 2014 ", "12.3.26 sidste ", "0\ufe0f\u20e3"]
)
def test_a_text_made_to_be_slow_costs_in_step_with_its_length(text: str) -> None:
    """A bound far above what is measured, so that only a cost that runs away is caught."""
    whole = (text * 100_000)[:100_000]
    assert judging.milliseconds(whole) < 3_000


def test_an_ordinary_long_text_is_read_at_once() -> None:
    text = (
        "Mødet er den 12. marts, og han har 4 timer i uge 12. Vi ringer til mor i morgen og taler om det hele. " * 1_000
    )
    assert judging.milliseconds(text[:100_000]) < 300  # 26 ms measured; a busy machine gets ten times that
