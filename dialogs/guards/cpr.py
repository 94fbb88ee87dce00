"""Find Danish personal numbers (CPR) however they are disguised.

A number counts when its first six digits are a date; the check digit is not asked for, since numbers given
after 2007 may fail it. The shape decides the rest: a date with a clock time ("12.03.26 kl. 10.30") looks almost the
same, so it is only asked about.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import Literal

from dialogs.guards import numbers
from dialogs.guards.types import Span, apart

Verdict = Literal["cpr", "maybe", "no"]

_GAP = r"[\W_]{0,16}+"
_TEN = re.compile(rf"(?<![0-9])[0-3]{_GAP}[0-9]{_GAP}[01]{_GAP}[0-9](?:{_GAP}[0-9]){{6}}(?![0-9])")
_TWELVE = re.compile(
    rf"(?<![0-9])[0-3]{_GAP}[0-9]{_GAP}[01]{_GAP}[0-9]{_GAP}(?:1{_GAP}[89]|2{_GAP}0)(?:{_GAP}[0-9]){{6}}(?![0-9])"
)
_ISO = re.compile(r"(?<![0-9])((?:18|19|20)[0-9]{2})([-./]?)([01][0-9])\2([0-3][0-9])([-/ ]{0,3})([0-9]{4})(?![0-9])")
_MONTHS = [
    "januar",
    "februar",
    "marts",
    "april",
    "maj",
    "juni",
    "juli",
    "august",
    "september",
    "oktober",
    "november",
    "december",
    "jan",
    "feb",
    "mar",
    "apr",
    "maj",
    "jun",
    "jul",
    "aug",
    "sep",
    "okt",
    "nov",
    "dec",
]
_NAMED = re.compile(
    rf"([0-3]?[0-9])\.?[ \0]{{0,3}}({'|'.join(_MONTHS)})\.?[ \0]{{0,3}}(?:(?:18|19|20)?[0-9]{{2}})"
    r"([\W_]{1,4}+)([0-9]{4})(?![0-9])"
)
_SHORT = re.compile(
    r"(?<![0-9./-])([0-3]?[0-9])[./-]([01]?[0-9])[./-](?:(?:18|19|20)?[0-9]{2})([\W_]{1,4}+)([0-9]{4})(?![0-9])"
)
_LAST_FOUR = re.compile(
    r"([0-3][0-9])[./ -]?([01][0-9])[./ -]?(?:(?:18|19|20)?[0-9]{2})[^0-9]{1,25}"
    r"(?:(?:sidste|med) (?:fire|4)|løbenummer|loebenummer|løbenr)[^0-9]{0,25}([0-9]{4})(?![0-9])"
)
_CLOCK = re.compile(
    r"([0-3]?[0-9])[./-]?([01]?[0-9])[./-]?(?:(?:18|19|20)?[0-9]{2})"
    r"[, \0]{1,3}(?:kl\.?|klokken|fra|ca\.?)?[ \0]{0,2}(?:[01]?[0-9]|2[0-3])[.:]?[0-5][0-9](?![0-9])"
)
_MANY_DIGITS = re.compile(r"(?:[0-9][\W_]{0,16}+){8,}+")  # less can't hold a number written in digits
_NUMBER = re.compile(r"[0-9]+(?:[./-][0-9]+)*")
_GROUP = re.compile(r"[0-9]+")
_DAYS = (31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)
# How people split the six digits of the date, how the last four, and shapes that cross the border between them.
_DATES = frozenset({(6,), (8,), (2, 2, 2), (2, 2, 4), (4, 2), (2, 4), (3, 3), (1,) * 6, (1,) * 8, (4, 4), (2, 6)})
_TAILS = frozenset({(4,), (2, 2), (1, 1, 1, 1), (3, 1), (1, 3)})
_CROSSING_GAP = 2  # "01020 31234": a slip of the space bar, not a list of numbers
MAX_SPANS = 50  # a text with this many is refused whatever the rest holds
_WIDE_GAP = 5  # more signs than this between two digits is no longer one number


def find(small: str, spelled: Sequence[tuple[int, str]]) -> tuple[tuple[Span, ...], tuple[Span, ...]]:
    """Return (sure, to be asked about) spans, both in order.

    `small` is a levelled text in small letters, `spelled` its stretches of numbers in words (see `numbers.runs`).
    """
    sure: set[Span] = set()
    maybe: set[Span] = set()
    plain = numbers.without_lookalikes(small)
    for start, text in [(0, plain), *spelled]:
        for verdict, span in _candidates(text):
            where = Span(start + span.start, start + span.end)
            (sure if verdict == "cpr" else maybe).add(where)
            if len(sure) + len(maybe) >= MAX_SPANS:
                break
    # A sure number may also be read as a date and a time; one answer is enough.
    return _merged(sure), _merged(apart(maybe, sure))


def _merged(spans: Iterable[Span]) -> tuple[Span, ...]:
    merged: list[Span] = []
    for span in sorted(spans):
        if merged and span.start < merged[-1].end:
            merged[-1] = Span(merged[-1].start, max(span.end, merged[-1].end))
        else:
            merged.append(span)
    return tuple(merged)


def _candidates(text: str) -> Iterator[tuple[Verdict, Span]]:
    for region in _MANY_DIGITS.finditer(text):
        yield from _searched(text, region, _TEN, century=False)
        yield from _searched(text, region, _TWELVE, century=True)
        yield from _dashed(text, region)
    yield from _worded(text)


def _searched(
    text: str, region: re.Match[str], pattern: re.Pattern[str], *, century: bool
) -> Iterator[tuple[Verdict, Span]]:
    position = region.start()
    while match := pattern.search(text, position, region.end()):
        verdict = _judge(text, match.start(), match.end(), century)
        if verdict == "no":
            position = match.start() + 1  # a list of numbers may hide a number that starts later
            continue
        yield verdict, Span(match.start(), match.end())
        position = match.end()


def _dashed(text: str, region: re.Match[str]) -> Iterator[tuple[Verdict, Span]]:
    """Dates with the year first or with a day or a month of one digit."""
    for match in _ISO.finditer(text, *region.span()):
        if _is_date(int(match[4]), int(match[3])):
            yield _before_four(match[5], match[6]), Span(*match.span())
    for match in _SHORT.finditer(text, *region.span()):
        if len(match[1]) + len(match[2]) < 4 and _is_date(int(match[1]), int(match[2])):
            yield _before_four(match[3], match[4]), Span(*match.span())


def _worded(small: str) -> Iterator[tuple[Verdict, Span]]:
    """Dates with a named month, with "the last four", and with a clock time."""
    for number in _NUMBER.finditer(small):
        if match := _NAMED.match(small, number.start()):
            if _is_date(int(match[1]), _MONTHS.index(match[2]) % 12 + 1):
                yield _before_four(match[3], match[4]), Span(*match.span())
        elif match := _LAST_FOUR.match(small, number.start()):
            if _is_date(int(match[1]), int(match[2])):
                yield "cpr", Span(*match.span())
        elif (match := _CLOCK.match(small, number.start())) and _is_date(int(match[1]), int(match[2])):
            yield "maybe", Span(*match.span())


def _before_four(gap: str, four: str) -> Verdict:
    """Four digits after a spoken date are a clock time when they can be one and no dash ties them on."""
    return "maybe" if _is_clock(four) and not set(gap) & set("-/") else "cpr"


def _is_clock(four: str) -> bool:
    return int(four[:2]) < 24 and int(four[2:]) < 60


def _is_date(day: int, month: int) -> bool:
    return 1 <= month <= 12 and 1 <= day <= _DAYS[month - 1]


def _judge(text: str, start: int, end: int, century: bool) -> Verdict:
    found = text[start:end]
    digits = "".join(_GROUP.findall(found))
    if not _is_date(int(digits[:2]), int(digits[2:4])) or digits.endswith("0000"):
        return "no"
    sizes = tuple(len(group) for group in _GROUP.findall(found))
    gaps = [gap.replace("\0", "") for gap in _GROUP.split(found)[1:-1]]
    if any(len(gap) > _WIDE_GAP for gap in gaps) or _is_link_of_a_chain(text, start, end, gaps):
        return "no"
    return _shape(sizes, gaps, digits, 8 if century else 6)


def _is_link_of_a_chain(text: str, start: int, end: int, gaps: list[str]) -> bool:
    """True for the middle of "12.03.26-14.03.26": the same tight sign goes on outside the match."""
    before, after = text[max(0, start - 2) : start], text[end : end + 2]
    tight = {gap for gap in gaps if gap in (".", "/", ":", "-")}
    return (len(before) == 2 and before[0].isdigit() and before[1] in tight) or (
        len(after) == 2 and after[1].isdigit() and after[0] in tight
    )


def _shape(sizes: tuple[int, ...], gaps: list[str], digits: str, date_digits: int) -> Verdict:
    split = _border(sizes, date_digits)
    if split is None:
        loose = len(sizes) == 2 and date_digits == 6 and len(gaps[0]) <= _CROSSING_GAP
        return "cpr" if len(sizes) == 1 or loose else _uniform(sizes, gaps)
    date, last = sizes[:split], sizes[split:]
    if date not in _DATES or last not in _TAILS:
        return _uniform(sizes, gaps)
    if date == (4, 4) and digits.startswith(("19", "20")):
        return "no"  # three years in a row
    if last == (4,):
        return "maybe" if gaps[-1].startswith(",") and _is_clock(digits[-4:]) else "cpr"
    if last == (2, 2) and gaps[-1] in (".", ":") and _is_clock(digits[-4:]):
        return "cpr" if len(set(gaps)) == 1 else "maybe"
    date_gaps, last_gaps = set(gaps[: split - 1]), set(gaps[split:])
    even = len(date_gaps) <= 1 and len(last_gaps) <= 1 and ", " not in gaps  # "10, 11, 12, 13, 14" is a list
    return "cpr" if even else "no"


def _border(sizes: tuple[int, ...], date_digits: int) -> int | None:
    """How many groups make up the date, or None when a group lies across its end."""
    total = 0
    for index, size in enumerate(sizes):
        if total == date_digits:
            return index
        total += size
    return None


def _uniform(sizes: tuple[int, ...], gaps: list[str]) -> Verdict:
    """An odd split counts only when the same sign stands between all groups, and the groups are short."""
    return "cpr" if len(set(gaps)) == 1 and max(sizes) <= 3 and "," not in gaps[0] else "no"
