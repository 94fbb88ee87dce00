"""What a hurried answer to a closed question means: doubt, a school class or an age, and one slip of the finger."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from dialogs.danish.text import one_edit
from dialogs.types import Option

DOUBT: Final = "maaske"  # the option that stands for any doubt: in doubt about safety the answer is never no
_UNSURE = "ikke sikker|i tvivl|usikker|maaske|tror|mistanke|kan vaere"
_DOUBTS = re.compile(rf"\b(?:ved (?:det |jeg |jeg det )?(?:sgu |faktisk )?ikke|{_UNSURE})\b")
_SURE = re.compile(r"\b(?:ikke i tvivl|sikker paa|helt sikker)\b")
_HEDGED_NO = re.compile(r"^(?:nej|naeh|nah|nope|niks|nix)\b")
_FEW: Final = 8  # words; a longer text is a story, which is no choice
_ORDINAL_WORDS = "nulte foerste anden tredje fjerde femte sjette syvende ottende niende tiende"
_ORDINALS = {word: at for at, word in enumerate(_ORDINAL_WORDS.split())}
_AGE_WORDS = "nul et to tre fire fem seks syv otte ni ti elleve tolv tretten"
_AGES = {word: at for at, word in enumerate(_AGE_WORDS.split())}
_CLASS = re.compile(r"\b(?:(\d{1,2})\.? ?|([a-z]+) )(?:kl(?:\.|asse|ase|assen|assetrin)?|aargang)\b")
_LETTER = re.compile(r"^(\d{1,2})\.? ?[a-f]$")  # "3.b"
_AGE = re.compile(r"\b(?:(\d{1,2})|([a-z]+))(?: ?aar\b|[- ]?aarig)")
_SPAN = r"(\d{1,2})\.?[-–](\d{1,2})"
_CLASSES_OF, _AGES_OF = re.compile(rf"{_SPAN}\.? klasse"), re.compile(rf"{_SPAN} aar")
_MIN_SLIP: Final = 5  # letters; shorter words have too many neighbours


def meant(options: Sequence[Option], wanted: str, labels: Sequence[str]) -> Option | None:
    """The one option that a folded text means though it doesn't name it; `labels` are the folded labels."""
    if len(wanted.split()) > _FEW:
        return None
    return _doubt(options, wanted) or _of_age(options, wanted, labels) or _slip(options, wanted, labels)


def hedged_no(wanted: str) -> bool:
    """Whether a folded text says no and doubt at once: "nej, det tror jeg ikke". It is asked about, not guessed."""
    return _HEDGED_NO.match(wanted) is not None and doubts(wanted)


def doubts(wanted: str) -> bool:
    """Whether a short folded text says that somebody isn't sure."""
    return len(wanted.split()) <= _FEW and _DOUBTS.search(wanted) is not None and _SURE.search(wanted) is None


def _doubt(options: Sequence[Option], wanted: str) -> Option | None:
    if not doubts(wanted) or hedged_no(wanted):
        return None
    return next((one for one in options if one.id == DOUBT), None)


def _of_age(options: Sequence[Option], wanted: str, labels: Sequence[str]) -> Option | None:
    """The first option whose classes or years hold what was written; a named place ("sfo") narrows the choice."""
    wish = _school_class(wanted), _age(wanted)
    fitting: list[int] = []
    for at, label in enumerate(labels):
        for number, spans in zip(wish, (_CLASSES_OF, _AGES_OF), strict=True):
            span = spans.search(label)
            if number is not None and span is not None and int(span[1]) <= number <= int(span[2]):
                fitting.append(at)
    named = [at for at in fitting if any(word in wanted for word in ("sfo", "klub") if word in labels[at])]
    return options[(named or fitting)[0]] if fitting else None


def _school_class(wanted: str) -> int | None:
    if wanted.startswith("boernehaveklasse"):
        return 0
    if letter := _LETTER.match(wanted):
        return int(letter[1])
    found = _CLASS.search(wanted)
    if found is None:
        return _ORDINALS.get(wanted)
    return int(found[1]) if found[1] else _ORDINALS.get(found[2])


def _age(wanted: str) -> int | None:
    found = _AGE.search(wanted)
    if found is None:
        return None
    return int(found[1]) if found[1] else _AGES.get(found[2])


def _slip(options: Sequence[Option], wanted: str, labels: Sequence[str]) -> Option | None:
    """The one option whose label, or a long word of it, is what was written, give or take one slip of the finger."""
    if len(wanted) < _MIN_SLIP:
        return None
    near = [at for at, label in enumerate(labels) if any(_alike(wanted, part) for part in (label, *_long(label)))]
    return options[near[0]] if len(near) == 1 else None


def _alike(wanted: str, part: str) -> bool:
    return wanted == part or one_edit(wanted, part)


def _long(label: str) -> list[str]:
    return [word for word in re.findall(r"[a-z]+", label) if len(word) >= _MIN_SLIP]
