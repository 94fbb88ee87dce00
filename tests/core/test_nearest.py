"""Example sentences are counted once, when they are asked for, and say then what they always say."""

from __future__ import annotations

from dialogs.guides.nearest import NO_CLASSES, NOTHING, Examples
from tests.core.form_kit import danish

ROWS = (("tand", "hvem ser på hendes tænder"), ("tale", "han stammer når han taler"), ("tand", "huller i tænderne"))


def test_sentences_are_counted_when_the_first_text_is_held_against_them() -> None:
    examples = Examples(ROWS, NO_CLASSES)
    assert "counts" not in vars(examples)
    lean = examples.lean("hendes tænder gør ondt")
    assert "counts" in vars(examples)
    assert lean["tand"] > lean["tale"]
    assert examples.lean("hendes tænder gør ondt") == lean == Examples(ROWS, NO_CLASSES).lean("hendes tænder gør ondt")


def test_no_sentences_lean_nowhere() -> None:
    assert NOTHING.lean("hvem ser på hendes tænder") == {}


def test_all_that_a_first_question_needs_can_be_counted_before_it_comes() -> None:
    content = danish()
    content.count_examples()
    assert "counts" in vars(content.routes.examples) and "counts" in vars(content.directory.told)
