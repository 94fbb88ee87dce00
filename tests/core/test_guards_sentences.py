"""The files of sentences that the guards are weighed with."""

from __future__ import annotations

from pathlib import Path

from dialogs.guards.sentences import ORDINARY, read_sentences


def test_a_row_without_a_flow_is_ordinary_and_no_other_file_is_read_unasked(tmp_path: Path) -> None:
    path = tmp_path / "few.yaml"
    path.write_text("rows:\n  - text: Vi leger ude\n  - {text: Far slår ham, flow: violence}\n", encoding="utf-8")
    assert [(row.text, row.flow, row.part) for row in read_sentences(path)] == [
        ("Vi leger ude", "none", ORDINARY),
        ("Far slår ham", "violence", "seen"),
    ]
