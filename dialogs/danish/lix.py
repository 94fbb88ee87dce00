"""The reading index LIX of a Danish text, so that a test can keep every sentence short and plain."""

from __future__ import annotations

import re

LONG_WORD = 6  # a word of more letters than this counts as long
EASY = 35.0  # the house rule: no text that a user meets may be harder than this

# "10.30" and "PPR-psykolog" are one word each.
_WORD = re.compile(r"[^\W_]+(?:(?:['’-]|(?<=\d)[.,:](?=\d))[^\W_]+)*")
_ABBREVIATION = re.compile(r"\b(kl|nr|fx|ca|stk|dvs|evt|jf|tlf|osv|mv|bl\.a)\.", re.IGNORECASE)
# A full stop inside "10.30" or "fx." before a small letter ends nothing; a new line always does.
_SENTENCE_END = re.compile(r"[.!?:…]+(?=\s+[^\Wa-zæøå_]|\s*$)|\n+", re.MULTILINE)


def lix(text: str) -> float:
    """Return words per sentence + 100 × long words per word; 0.0 for a text without words."""
    sentences = [
        found for part in _SENTENCE_END.split(_ABBREVIATION.sub(r"\1", text)) if (found := _WORD.findall(part))
    ]
    words = [word for sentence in sentences for word in sentence]
    if not words:
        return 0.0
    long_words = sum(1 for word in words if len(word) > LONG_WORD)
    return len(words) / len(sentences) + 100 * long_words / len(words)
