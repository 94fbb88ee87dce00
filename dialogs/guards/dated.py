"""Find a date in any of the ways that people write one, followed by four digits: "3. maj 2014, de sidste fire er …".

Whether the four are a CPR number's or a clock time is told by what ties them to the date and by what they could be.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from dialogs.guards.types import Span, Verdict

_DAYS = (31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)
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
]
_SHORT = ["jan", "feb", "mar", "apr", "maj", "jun", "jul", "aug", "sep", "okt", "nov", "dec"]
_ORDINALS = [
    "første",
    "anden",
    "tredje",
    "fjerde",
    "femte",
    "sjette",
    "syvende",
    "ottende",
    "niende",
    "tiende",
    "ellevte",
    "tolvte",
    "trettende",
    "fjortende",
    "femtende",
    "sekstende",
    "syttende",
    "attende",
    "nittende",
    "tyvende",
    "enogtyvende",
    "toogtyvende",
    "treogtyvende",
    "fireogtyvende",
    "femogtyvende",
    "seksogtyvende",
    "syvogtyvende",
    "otteogtyvende",
    "niogtyvende",
    "tredivte",
    "enogtredivte",
]
_MONTH = rf"(?:{'|'.join(sorted({*_MONTHS, *_SHORT}, key=len, reverse=True))})"
_ORDINAL = rf"(?:{'|'.join(sorted(_ORDINALS, key=len, reverse=True))})"
_YEAR = r"(?:(?:18|19|20)?[0-9]{2})"
_SIGN = r"[\s./\-_:,]"
# What the four digits may look like, and what makes them an amount, a count or the start of a longer number.
_FOUR = (
    r"(?P<four>[0-9]{4}|[0-9]{2}[ .:\-][0-9]{2}|[0-9](?P<in>[ .\-])[0-9](?P=in)[0-9](?P=in)[0-9])"
    r"(?![0-9]|[.,/:\-][0-9]| ?(?:kr|elev|børn|meter|km|%|stk|point|sider|skridt|timer|minut|ord\b))"
)
_LAST = (
    r"(?:(?:sidste (?:fire|4)|(?:fire|4) sidste)(?: ?(?:cifre|tal))?"
    r"(?! (?:dage|uger|måneder|år|skoleår|gange|timer|nætter|møder|lektioner|aftener|børn|elever)))"
)
_STRONG = (
    rf"(?:{_LAST}|løbenr|løbenummer|loebenummer|kontrolcif|kontrolnum|bindestreg|skråstreg|streg|minus|slutter|ender|"
    r"med (?:fire|4))"
)
_WEAK = r"(?:og så|så|og derefter|derefter|efterfulgt af|plus|og)"
# The signs alone; a few words; or up to a sentence of words that end in "the last four".
_TIE = (
    rf"(?:(?P<signs>[\W_]{{1,5}})|(?P<strong>[^0-9]{{0,14}}?{_STRONG}[^0-9]{{0,18}})|[\W_]{{1,3}}(?P<weak>{_WEAK})[\W_]{{1,3}}"
    rf"|(?P<far>[^0-9]{{1,80}}?{_LAST}[^0-9]{{0,18}}))"
)
_NUMERIC = re.compile(
    rf"(?P<day>[0-3]?[0-9])(?P<first>{_SIGN}{{0,3}})(?P<month>[01]?[0-9])(?P<second>{_SIGN}{{0,3}})(?P<year>{_YEAR}){_TIE}{_FOUR}"
)
_YEAR_FIRST = re.compile(
    rf"(?P<year>(?:18|19|20)[0-9]{{2}})(?P<first>[-./]?)(?P<month>[01][0-9])(?P=first)(?P<day>[0-3][0-9])(?:{_TIE})?{_FOUR}"
)
_NAMED = re.compile(
    rf"(?P<day>[0-3]?[0-9])\.?[ ]{{0,3}}(?P<month>{_MONTH})\.?[, ]{{0,3}}(?P<year>{_YEAR}){_TIE}{_FOUR}"
)
_SPOKEN = re.compile(
    rf"(?P<day>{_ORDINAL}) (?:i )?(?P<month>{_MONTH}|{_ORDINAL})\.?[, ]{{1,3}}(?P<year>{_YEAR}){_TIE}{_FOUR}"
)
# Digit by digit, "2 5 0 2 1 4": only words tie the last four to it here.
_SPREAD = re.compile(
    r"(?P<day>[0-3][ .,\-]{0,2}[0-9])[ .,\-]{0,2}(?P<month>[01][ .,\-]{0,2}[0-9])[ .,\-]{0,2}"
    rf"(?P<year>[0-9][ .,\-]{{0,2}}[0-9]){_TIE}{_FOUR}"
)
_CLOCK = re.compile(
    rf"(?P<day>[0-3]?[0-9])[./-]?(?P<month>[01]?[0-9])[./-]?{_YEAR}"
    r"[, ]{1,3}(?:kl\.?|klokken|fra|ca\.?)?[ ]{0,2}(?:[01]?[0-9]|2[0-3])[.:]?[0-5][0-9](?![0-9])"
)
_PATTERNS = (_YEAR_FIRST, _NAMED, _NUMERIC, _SPREAD)
_ALONE = re.compile(rf"{_LAST}[^0-9]{{0,25}}[0-9]{{4}}(?![0-9])")
_TELLING = re.compile(r"cifre|tal\b|cpr|personnummer|person-?nr")
_SAYS_SO = re.compile(r"cpr|personnummer")
_NEAR = 20  # characters in which a word before the number says what it is
_NUMBER = re.compile(r"(?<![0-9])[0-9]")
_NAMED_DAY = re.compile(rf"(?<![^\W_]){_ORDINAL}(?= )")
_CHAIN = re.compile(r"[0-9][./:-]\Z")


def is_date(day: int, month: int) -> bool:
    """Whether there is such a day in some year."""
    return 1 <= month <= len(_DAYS) and 1 <= day <= _DAYS[month - 1]


def is_clock(four: str) -> bool:
    """Whether four digits can be a time of day."""
    return int(four[:2]) < 24 and int(four[2:]) < 60


def find(text: str) -> Iterator[tuple[Verdict, Span]]:
    """Give each place with its verdict. `text` is in small letters, levelled, with numbers in words as digits."""
    for number in _NUMBER.finditer(text):
        at = number.start()
        for pattern in _PATTERNS:
            if (match := pattern.match(text, at)) and (verdict := _judge(pattern, match, text)) != "no":
                named = _SAYS_SO.search(text, max(0, at - _NEAR), at)
                yield "cpr" if named else verdict, Span(*match.span())
                break
        else:
            linked = _CHAIN.search(text, max(0, at - 2), at)  # "10.05-11.35 12.10-13.40"
            if not linked and (match := _CLOCK.match(text, at)) and is_date(int(match["day"]), int(match["month"])):
                yield "maybe", Span(*match.span())
    for day in _NAMED_DAY.finditer(text):
        if (match := _SPOKEN.match(text, day.start())) and is_date(_day(match["day"]), _month(match["month"])):
            yield _tied(match), Span(*match.span())
    for match in _ALONE.finditer(text):  # the date may stand in another message
        if _TELLING.search(text, max(0, match.start() - 60), match.end()):
            yield "cpr", Span(*match.span())


def _judge(pattern: re.Pattern[str], match: re.Match[str], text: str) -> Verdict:
    if not is_date(_day(match["day"]), _month(match["month"])):
        return "no"
    if pattern is _SPREAD:
        return "no" if match["signs"] is not None else _tied(match)
    if pattern is _NUMERIC:
        return _numeric(match, text)
    return _tied(match)


def _numeric(match: re.Match[str], text: str) -> Verdict:
    """Two digits a part with signs alone are judged by their shape (see cpr.py); here is what is left."""
    first, second = match["first"], match["second"]
    short = len(match["day"]) + len(match["month"]) < 4
    if match["signs"] is not None and not short:
        return "no"
    if short and not (first and second):
        return "no"
    if short and match["signs"] is not None:
        dated = first.strip() in (".", "/", "-") and second.strip() in (".", "/", "-", "")
        return _tied(match) if dated and not _CHAIN.search(text, max(0, match.start() - 2), match.start()) else "no"
    return _tied(match)


def _tied(match: re.Match[str]) -> Verdict:
    """Four digits after a spoken date are a clock time when they can be one and no dash or word ties them on."""
    four = "".join(char for char in match["four"] if char.isdigit())
    signs, weak = match["signs"], match["weak"]
    if weak is not None and not (match["four"].isdigit() or match["in"]):
        return "no"  # "3. maj 2025 og 09-01"
    if match["strong"] is None and match["far"] is None and signs != "-" and four.startswith(("19", "20")):
        return "maybe"  # "3. maj 2025 og så 2026"
    if is_clock(four) and match["four"][2] in ".:":
        return "maybe"
    loose = weak is not None or (signs is not None and not set(signs) & set("-/_"))
    return "maybe" if loose and is_clock(four) else "cpr"


def _day(written: str) -> int:
    return _ORDINALS.index(written) + 1 if written in _ORDINALS else _number(written)


def _month(written: str) -> int:
    for names in (_MONTHS, _SHORT, _ORDINALS):
        if written in names:
            return names.index(written) + 1
    return _number(written)


def _number(written: str) -> int:
    return int("".join(char for char in written if char.isdigit()))
