"""Find Danish personal numbers (CPR) however they are disguised.

A number counts when its first six digits are a date; the check digit is not asked for, since numbers given
after 2007 may fail it. The shape decides the rest: a date with a clock time ("12.03.26 kl. 10.30") looks almost the
same, so it is only asked about.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from dialogs.guards import dated, numbers, said
from dialogs.guards.types import Span, Verdict, apart

_GAP = r"[\W_]{0,16}+"
_TEN = re.compile(rf"(?<![0-9])[0-3]{_GAP}[0-9]{_GAP}[01]{_GAP}[0-9](?:{_GAP}[0-9]){{6}}(?![0-9])")
_TWELVE = re.compile(
    rf"(?<![0-9])[0-3]{_GAP}[0-9]{_GAP}[01]{_GAP}[0-9]{_GAP}(?:1{_GAP}[89]|2{_GAP}0)(?:{_GAP}[0-9]){{6}}(?![0-9])"
)
_MANY_DIGITS = re.compile(r"(?:[0-9][\W_]{0,16}+){8,}+")  # less can't hold a number written in digits
_GROUP = re.compile(r"[0-9]+")
# How people split the six digits of the date, how the last four, and shapes that cross the border between them.
_DATES = frozenset({(6,), (8,), (2, 2, 2), (2, 2, 4), (4, 2), (2, 4), (3, 3), (1,) * 6, (1,) * 8, (4, 4), (2, 6)})
_TAILS = frozenset({(4,), (2, 2), (1, 1, 1, 1), (3, 1), (1, 3)})
_CHAIN, _CHAINED = re.compile(r"[0-9][./:-]\Z"), re.compile(r"[./:-][0-9]")
_DAY_SIGNS = {"/", "-"}  # "3/5-14"
_CROSSING_GAP = 2  # "01020 31234": a slip of the space bar, not a list of numbers
MAX_SPANS = 50  # a text with this many is refused whatever the rest holds
_WIDE_GAP = 5  # more signs than this between two digits is no longer one number


def find(small: str, spelled: Sequence[tuple[int, str]]) -> tuple[tuple[Span, ...], tuple[Span, ...]]:
    """Return (sure, to be asked about) spans, both in order.

    `small` is a levelled text in small letters, `spelled` its stretches of numbers in words (see `numbers.runs`).
    """
    sure: set[Span] = set()
    maybe: set[Span] = set()
    for verdict, span in _everywhere(small, spelled):
        (sure if verdict == "cpr" else maybe).add(span)
        if len(sure) + len(maybe) >= MAX_SPANS:
            break
    # A sure number may also be read as a date and a time; one answer is enough.
    return _merged(sure), _merged(apart(maybe, sure))


def _everywhere(small: str, spelled: Sequence[tuple[int, str]]) -> Iterator[tuple[Verdict, Span]]:
    """Every reading of the text: as it stands, with letters for digits, and with numbers in words as digits."""
    plain = numbers.without_lookalikes(small)
    for text in {plain, small}:  # "2|6|0|1", "femte i sjette": a stroke or an i may be a one, and may not be
        yield from numbers.unhidden(text, _candidates)
        yield from numbers.unhidden(numbers.written(text, spelled), dated.find)
    for start, text in spelled:
        for verdict, at in (*_candidates(text), *said.find(text, small, start)):
            yield verdict, Span(start + at.start, start + at.end)


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


def _judge(text: str, start: int, end: int, century: bool) -> Verdict:
    found = text[start:end]
    digits = "".join(_GROUP.findall(found))
    if not dated.is_date(int(digits[:2]), int(digits[2:4])) or digits.endswith("0000"):
        return "no"
    sizes = tuple(len(group) for group in _GROUP.findall(found))
    gaps = [gap.replace("\0", "") for gap in _GROUP.split(found)[1:-1]]
    if any(len(gap) > _WIDE_GAP for gap in gaps) or _is_link_of_a_chain(text, start, end, gaps):
        return "no"
    if sizes[-4:] == (2, 2, 2, 4) and digits[-4:].startswith(("19", "20")) and _ends_in_a_date(text, start, end, gaps):
        return "no"
    return _shape(sizes, gaps, digits, 8 if century else 6)


def _is_link_of_a_chain(text: str, start: int, end: int, gaps: list[str]) -> bool:
    """True for the middle of "12.03.26-14.03.26": the same tight sign goes on outside the match."""
    before, after = text[max(0, start - 2) : start], text[end : end + 2]
    tight = {gap for gap in gaps if gap in (".", "/", ":", "-")}
    return (len(before) == 2 and before[0].isdigit() and before[1] in tight) or (
        len(after) == 2 and after[1].isdigit() and after[0] in tight
    )


def _ends_in_a_date(text: str, start: int, end: int, gaps: list[str]) -> bool:
    """True for "27. 06-02-2028" and "10.06.22-05-06-2025": the last parts are a date of their own."""
    chained = _CHAIN.search(text, max(0, start - 2), start) or _CHAINED.match(text, end)
    return bool(chained) or gaps[-3] != gaps[-2] == gaps[-1]


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
        return "maybe" if gaps[-1].startswith(",") and dated.is_clock(digits[-4:]) else "cpr"
    if last == (2, 2) and gaps[-1] in (".", ":") and dated.is_clock(digits[-4:]):
        return "cpr" if len(set(gaps)) == 1 else "maybe"
    date_gaps, last_gaps = set(gaps[: split - 1]), set(gaps[split:])
    even = (
        (len(date_gaps) <= 1 or date_gaps == _DAY_SIGNS) and len(last_gaps) <= 1 and ", " not in gaps
    )  # "10, 11, 12, 13, 14" is a list
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
