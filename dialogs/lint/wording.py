"""Plain Danish: short sentences, no chancery words, no wrong words for the duty to report, no colour alone."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from math import ceil

from dialogs.danish.lix import EASY, lix
from dialogs.lint.texts import Text
from dialogs.reading.fields import root
from dialogs.reading.issues import Issue
from dialogs.reading.yamlio import Document
from dialogs.words import fill, holes

SHORT = 4  # words; a label of fewer can't be made plainer
_WORD = re.compile(r"[^\W_]+(?:['’-][^\W_]+)*")
_COLOUR_SIGNS = re.compile("[🔴🟠🟡🟢🟥🟨🟩🟧]")
_COLOUR_WORDS = re.compile(r"\b(rød|gul|grøn)", re.IGNORECASE)
_ON_CHILD = re.compile(
    r"\b(rødt?|gult?|grønt?)e? (barn|børn|unge?|elev|elever)\b|\b(barnet|eleven|den unge) er (rød|gul|grøn)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class PlainWords:
    """Words that are not used, each with what to write instead."""

    heavy: Mapping[str, str]
    wrong: Mapping[str, str]
    pattern: re.Pattern[str]


def load_plain_words(document: Document) -> PlainWords:
    """The lists of plain_words.yaml; raise ContentError for anything that is no text."""
    found = root(document).fields("heavy", "wrong")
    heavy, wrong = (
        {word.casefold(): node.text() for word, node in found[name].entries().items()} for name in ("heavy", "wrong")
    )
    longest_first = sorted((*heavy, *wrong), key=len, reverse=True)
    return PlainWords(
        heavy, wrong, re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, longest_first))})(?!\w)", re.IGNORECASE)
    )


def wording(text: Text, plain: PlainWords) -> Iterator[Issue]:
    """All that makes one text hard, wrong or unkind."""
    yield from _hard(text)
    for word in dict.fromkeys(found[0].casefold() for found in plain.pattern.finditer(text.text)):
        instead = plain.heavy.get(word)
        if instead:
            yield text.issue("heavy_word", f"«{word}» er tungt. Skriv «{instead}».")
        else:
            yield text.issue("wrong_word", f"«{word}» er ikke det rigtige ord. Skriv «{plain.wrong[word]}».")
    if "§" in text.text:
        yield text.issue("paragraph", "Skriv ikke paragraffer her. De hører til under «Vis lovgrundlag».")
    if _COLOUR_SIGNS.search(text.text) and not _COLOUR_WORDS.search(text.text):
        yield text.issue("colour_alone", "En farve må ikke stå alene. Skriv også ordet rød, gul eller grøn.")
    if _ON_CHILD.search(text.text):
        yield text.issue("colour_on_child", "En farve hører til en bekymring, ikke til et barn. Skriv om det, du ser.")


def _hard(text: Text) -> Iterator[Issue]:
    # What is put into a hole is a name, a code or a date: one short word in the count.
    spoken = fill(text.text, dict.fromkeys(holes(text.text), "ord"))
    if text.is_name or len(_WORD.findall(spoken)) < SHORT:
        return
    if (index := lix(spoken)) > EASY:
        words = f"Teksten er svær at læse (LIX {ceil(index)}, højst {EASY:.0f}). Del sætningen, eller brug korte ord."
        yield text.issue("hard", words)
