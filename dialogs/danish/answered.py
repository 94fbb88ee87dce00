"""Find the questions in a text that the text itself answers with no: "Er der overgreb? Nej." or "vold: nej".

Forms are filled in like that, and so do people write. What was asked about is then not what the text is about.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

_NO = re.compile(r"([?:])[ \t\n]*(?:nej|niks|nix|næh|naeh|nope|nej tak)\b(?P<on>[^.!?:;\n]{0,30})")
_BEFORE = re.compile(r"[.!?:;\n]")
# "Nej, slet ikke." ends there; after "nej sagde hun" somebody's word stands, and it may be afraid.
_ENDS = re.compile(
    r"[ \t]*(?:$|,(?! *(?:sagde|siger|sir|svarede|svarer|hviskede|mumlede|råbte|raabte)\b)"
    r"|slet\b|overhovedet\b|aldrig\b|ikke\b|ingen\b|det er der\b|der er\b|det har\b)"
)
# What a person asks of a child's life: not "må jeg ringe til hendes far, der slår?".
_ASKS = re.compile(
    r"[ \t,]*(?:og |eller |men )?(?:er|har|bliver|blev|var|ser|ses|mistanke|tegn|bekymring|nogen|noget|kender)\b"
)
_SHORT = 4  # words: "vold", "misbrug hjemme"


def denied_questions(text: str, *, surely: bool = False) -> Iterator[tuple[int, int]]:
    """The start and end of each question that is answered with no, in a text in small letters.

    With `surely` only what leaves no doubt: a plain question about the child's life, and a no with nothing behind it.
    """
    for answer in _NO.finditer(text):
        end = answer.start()
        marks = [mark.end() for mark in _BEFORE.finditer(text, max(0, end - 200), end)]
        start = marks[-1] if marks else max(0, end - 200)
        if answer[1] == ":":  # "det drejer sig om skolen, vold: nej"
            start = max(start, text.rfind(",", start, end) + 1)
        asked = text[start:end]
        plain = bool(_ASKS.match(asked)) or len(asked.split()) <= _SHORT
        if not surely or (plain and _ENDS.match(answer["on"])):
            yield start, end
