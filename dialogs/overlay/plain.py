"""A text from a municipality is data: no template, no new holes, nothing that can't be seen."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

from dialogs.words import holes

MAX_TEXT = 1_500  # characters; the longest text of the program is about 500
_TEMPLATE = re.compile(r"\{\{|\{%|\{#|#\}|%\}|\}\}")
_BRACE = re.compile(r"[{}]")
_HOLE = re.compile(r"\{[a-z_]{1,24}\}")
_NUMBER = re.compile(r"\b11[24]\b")


def faults(text: str, before: str) -> Iterator[tuple[str, str]]:
    """(code, Danish text) for each reason that `text` may not take the place of `before` (empty for a new text)."""
    if len(text) > MAX_TEXT:
        yield "too_large", f"Teksten er på {len(text)} tegn. Der er plads til {MAX_TEXT}."
    if any(_unseen(char) for char in text):
        yield "control", "Teksten har usynlige tegn. Skriv den igen uden at kopiere."
    if _TEMPLATE.search(text):
        yield "template", "Skriv ikke skabeloner som {{ }} eller {% %}. Kun almindelig tekst."
        return
    if new := sorted(holes(text) - holes(before)):
        yield "new_hole", f"{{{new[0]}}} fandtes ikke i den tekst, du erstatter. Tag den ud."
    if _BRACE.search(_HOLE.sub("", text)):
        yield "brace", "Brug ikke { og } til andet end de felter, som teksten havde før."
    if lost := sorted(set(_NUMBER.findall(before)) - set(_NUMBER.findall(text))):
        yield "lost_number", f"Nummeret {lost[0]} skal blive stående i teksten."


def _unseen(char: str) -> bool:
    # Cc: control, Cf: format (bidi overrides, zero width), Cs: half a character
    return char not in "\n\u00ad" and unicodedata.category(char) in ("Cc", "Cf", "Cs")
