"""Clean what people paste, and level the many ways of writing a digit, without moving a single character."""

from __future__ import annotations

import re
import unicodedata

MAX_MARKS = 8  # no living script stacks more; a "zalgo" storm stacks hundreds

_NEWLINES = re.compile("\r\n?|[\x85\u2028\u2029]")
_SPACES = re.compile("[\t\x0b\x0c]")
# Control signs, soft hyphen, bidi marks, zero-width space, invisible operators, BOM, variation-selector
# supplement and tags (text hidden from the eye), lone surrogates, private use, and code points that are no characters.
_UNWANTED = re.compile(
    "[\x00-\x09\x0b-\x1f\x7f-\x9f\u00ad\u061c\u180e\u200b\u200e\u200f\u202a-\u202e\u2060-\u206f"
    "\ud800-\udfff\ue000-\uf8ff\ufdd0-\ufdef\ufeff\ufff9-\ufffb\ufffe\uffff"
    "\U000e0000-\U000e0fff\U000f0000-\U0010ffff]"
)
# A joiner shapes an emoji or a letter outside the Latin scripts; anywhere else it only hides things.
_IDLE_JOINER = re.compile(
    "(?<![\u0590-\u1fff\u2190-\u2bff\ufb1d-\ufdff\ufe0f\ufe70-\ufefc\U0001f000-\U0001faff])[\u200c\u200d]+"
)
_PLAIN = re.compile("[ -~\n\u00c0-\u017e]*")  # the ordinary letter: nothing to clean
_ODD = re.compile("[^\x01-~\u00c0-\u00d6\u00d8-\u00f6\u00f8-\u017e]")  # neither ASCII nor a Latin letter
_DASHES = frozenset("\u2212\u02d7\u2043\u30fc\u2014\u2015\u00b7\u2022\u2219")
_ROUND_LETTERS = frozenset("ОоΟοＯｏ")  # Cyrillic, Greek and full-width O look like a nought


def clean(text: str) -> str:
    """Return the text as it is stored: NFC, no hidden characters, one kind of newline, stripped; idempotent."""
    if _PLAIN.fullmatch(text):
        return text.strip()
    text = _UNWANTED.sub("", _SPACES.sub(" ", _NEWLINES.sub("\n", text)))
    text = unicodedata.normalize("NFC", _IDLE_JOINER.sub("", text))
    # Capping can leave a mark next to a base it now composes with, so the normal form is taken again.
    return unicodedata.normalize("NFC", _cap_marks(text)).strip()


def _cap_marks(text: str) -> str:
    kept: list[str] = []
    marks = 0
    for char in text:
        marks = marks + 1 if unicodedata.combining(char) or unicodedata.category(char) == "Me" else 0
        if marks <= MAX_MARKS:
            kept.append(char)
    return "".join(kept)


def level(text: str) -> str:
    """Return a text of the same length with every digit as 0–9, every dash as -, and invisible signs as NUL."""
    if not _ODD.search(text):
        return text
    return text.translate({ord(char): _level_char(char) for char in set(text) if char > "\x7f"})


def _level_char(char: str) -> str:
    digit = unicodedata.digit(char, None)
    if digit is not None:
        return str(digit)
    category = unicodedata.category(char)
    if category == "Pd" or char in _DASHES:
        return "-"
    if category == "Zs":
        return " "
    if category in ("Cf", "Cc", "Mn", "Me"):
        return "\0"
    return "O" if char in _ROUND_LETTERS else char


def lower(text: str) -> str:
    """Return the text in small letters, of the same length (a few capitals have no single small letter)."""
    small = text.lower()
    if len(small) == len(text):
        return small
    return "".join(char.lower() if len(char.lower()) == 1 else char for char in text)
