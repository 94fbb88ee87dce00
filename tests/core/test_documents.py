"""Papers as data: what every renderer is spared, and the plain text."""

from __future__ import annotations

from dialogs.papers.documents import (
    CUT,
    LONGEST_TOKEN,
    MAX_CHARS,
    MAX_LINES,
    Blanks,
    Note,
    Paper,
    Points,
    Rows,
    Section,
    Text,
    as_text,
    printable,
)


def paper(*blocks: Text | Note | Points | Rows | Blanks) -> Paper:
    return Paper("En titel", (Section("Afsnit", blocks),), "navn", lead="Først", foot="Sidst")


def words_of(one: Paper) -> str:
    return "".join(block.text for section in one.sections for block in section.blocks if isinstance(block, Text))


def test_plain_text_has_every_kind_of_block_in_its_order() -> None:
    made = as_text(
        paper(Text("Ord"), Note("Husk"), Points(("a", "b")), Points(("c",), True), Rows((("L", "t"),)), Blanks(("N",)))
    )
    assert made.splitlines() == [
        "En titel", "========", "Først", "", "Afsnit", "------", "Ord", "(Husk)", "- a", "- b", "[ ] c", "L: t",
        f"N: {'_' * 30}", "", "Sidst",
    ]  # fmt: skip


def test_a_word_without_an_end_is_broken_so_that_it_can_be_laid_out_and_reads_the_same() -> None:
    endless = "å" * (3 * LONGEST_TOKEN + 1)
    shown = words_of(printable(paper(Text(endless))))
    assert max(map(len, shown.split("\u200b"))) == LONGEST_TOKEN
    assert endless in as_text(paper(Text(endless)))
    assert words_of(printable(paper(Text("å" * LONGEST_TOKEN)))) == "å" * LONGEST_TOKEN


def test_control_signs_and_marks_that_turn_text_around_are_left_out_and_danish_stays() -> None:
    assert words_of(printable(paper(Text("æ\x00ø\u202eå\ud800 🙂\r\nny")))) == "æøå 🙂\nny"


def test_a_paper_ends_where_the_room_ends_and_says_so() -> None:
    many = words_of(printable(paper(Text("ord " * MAX_CHARS))))
    assert many.endswith(CUT)
    assert len(many) <= MAX_CHARS + len(CUT)
    lines = words_of(printable(paper(Text("\n" * 3 * MAX_LINES))))
    assert lines.count("\n") < MAX_LINES
    assert words_of(printable(paper(Text("x" * 50), Text("kort")))) == "x" * 50 + "kort"


def test_what_comes_after_a_full_paper_is_cut_too() -> None:
    first, second = printable(paper(Text("ord " * MAX_CHARS), Text("efter"))).sections[0].blocks
    assert isinstance(second, Text)
    assert second.text == CUT
    assert isinstance(first, Text)
