"""Written conversations (tests/app/golden/*.yaml), for a professional to read and correct.

The steps are written by hand; `så` is what the bot says and books. Rewrite it with
`pytest tests/app/test_conversations.py --update-golden`, and read the difference.
"""

from __future__ import annotations

import os
import re
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from ruamel.yaml import YAML
from ruamel.yaml.scalarstring import LiteralScalarString

from dialogs.danish.lix import EASY, lix
from tests.app.player import Player

FILES = sorted((Path(__file__).parent / "golden").glob("*.yaml"))
FILLED = re.compile(r"«[^»]*»|\bT\d+-Sten\b")
SHORT = 4  # words; a label of fewer can't be made plainer
_yaml = YAML()
_yaml.width, _yaml.preserve_quotes = 4096, True
_yaml.indent(mapping=2, sequence=4, offset=2)


@cache
def played(path: Path) -> tuple[Any, list[list[str]], Player]:
    """What is written, what is said now, and the player."""
    written = _yaml.load(path.read_text("utf-8"))
    player = Player(str(written["begynder"]))
    return written, [player.step(step) for step in written["samtale"]], player


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_the_conversation_goes_as_it_is_written(path: Path, request: pytest.FixtureRequest) -> None:
    written, said, _ = played(path)
    if request.config.getoption("--update-golden", default=False) or os.environ.get("UPDATE_GOLDEN"):
        for step, lines in zip(written["samtale"], said, strict=True):
            step["så"] = [LiteralScalarString(line) if "\n" in line else line for line in lines]
        _yaml.dump(written, path)
        return
    assert said == [list(step.get("så", ())) for step in written["samtale"]]


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_everything_that_is_shown_is_easy_to_read(path: Path) -> None:
    said = {text for card in played(path)[2].said for text in (card.text, card.detail)}
    texts = {text for text in said if "§" not in text}  # the law behind the fold: citations are no sentences
    # What is put into a hole is a name, a code or a person's own words: one short word in the count.
    spoken = {text: FILLED.sub("ord", text) for text in texts}
    hard = {text: lix(said) for text, said in spoken.items() if len(said.split()) >= SHORT and lix(said) > EASY}
    assert hard == {}
