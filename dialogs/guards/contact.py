"""Find telephone numbers and e-mail addresses in Danish text."""

from __future__ import annotations

import re

from dialogs.guards.types import Span

_GROUPED = re.compile(
    r"[2-9](?<![0-9][0-9])(?<![0-9][.,:/-][0-9])"  # the digit first: a search for it costs next to nothing
    r"(?:"
    r"(?P<run>[0-9]{7})"
    r"|(?P<pairs>[0-9](?P<sign>[ .\-/\0]{1,3})[0-9]{2}(?P=sign)[0-9]{2}(?P=sign)[0-9]{2})"
    r"|(?P<halves>[0-9]{3}[ \-\0]{1,3}[0-9]{4})"
    r"|(?P<thirds>[0-9]{2} [0-9]{3} [0-9]{2}|[0-9] [0-9]{3} [0-9]{3}|[0-9]{2} [0-9]{2} [0-9]{3})"
    r"|(?P<mixed>[0-9] [0-9]{2} [0-9]{4}|[0-9]{3} [0-9]{2} [0-9]{2})"
    r")(?![0-9])(?![.,:/-][0-9])"
)
_ABROAD = re.compile(r"(?<![0-9])(?:\+|00)[1-9][0-9]{0,2}[ \-()/.\0]{0,3}(?:[0-9][ \-()/.\0]{0,2}){6,12}(?![0-9])")
_SPELLED = re.compile(r"(?<![0-9])[2-9][0-9]\0+ (?:[0-9]{2}\0+ ){2}[0-9]{2}\0+")
_DATE_RUN = re.compile(r"(?:[0-2][0-9]|3[01])(?:0[1-9]|1[0-2])(?:19|20)[0-9]{2}")
_YEAR = re.compile(r"(?:19|20)[0-9]{2}")
_AT = r"(?:@|[ ]?[(\[]\s?(?:at|a|snabel-?a)\s?[)\]][ ]?|[ ]snabel-?a[ ]|[ ]@[ ])"
_AT_SIGNS = ("@", "(", "[", "nabel", "NABEL")
_DOT = r"(?:\.|[ ]?[(\[]\s?(?:dot|punktum|prik)\s?[)\]][ ]?|[ ](?:dot|punktum|prik)[ ])"
# Found from its sign outwards: looking for "letters, then @" from every letter would cost the square of the length.
_MAIL = re.compile(rf"(?<=[\w+-]){_AT}[^\W_](?:[\w-]|{_DOT}(?=[^\W_])){{1,80}}", re.IGNORECASE)
_MAIL_END = re.compile(rf"{_DOT}[a-z]{{2,10}}", re.IGNORECASE)
_MAIL_NAME = re.compile(r"[\w.%+-]{1,64}\Z")


def phones(levelled: str, spelled: list[tuple[int, str]]) -> tuple[Span, ...]:
    """Return the places of telephone numbers; `spelled` holds the stretches with numbers in words."""
    found = [Span(*match.span()) for match in _GROUPED.finditer(levelled) if _is_phone(match)]
    found += [Span(match.start(), match.end()) for match in _ABROAD.finditer(levelled)]
    for start, text in spelled:
        found += [Span(start + match.start(), start + match.end()) for match in _SPELLED.finditer(text + "\0")]
    return tuple(sorted(set(found)))


def _is_phone(match: re.Match[str]) -> bool:
    digits = "".join(char for char in match.group() if char.isdigit())
    if _YEAR.fullmatch(digits[:4]) and _YEAR.fullmatch(digits[4:]):
        return False  # 2025-2026, 20252026
    if match["run"]:
        return not (_DATE_RUN.fullmatch(digits) or digits.endswith("0000"))
    if match["halves"]:
        return not (int(digits[:4]) % 50 == 0 and int(digits[4:]) % 50 == 0)  # 2500-3000
    return not (match["thirds"] and digits.endswith("000"))  # 25 000 000


def emails(levelled: str) -> tuple[Span, ...]:
    """Return the places of e-mail addresses, also with "snabel-a" and "punktum" in words."""
    if not any(sign in levelled for sign in _AT_SIGNS):
        return ()
    found: list[Span] = []
    for match in _MAIL.finditer(levelled):
        name = _MAIL_NAME.search(levelled, max(0, match.start() - 64), match.start())
        if name and _MAIL_END.search(match.group()):
            found.append(Span(name.start(), match.end()))
    return tuple(found)
