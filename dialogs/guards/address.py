"""Find home addresses: a Danish street with a house number, or a postcode with its town."""

from __future__ import annotations

import re
from dataclasses import dataclass

from dialogs.guards.types import Span

_ROADS = "vej|vejen|gade|gaden|allé|alle|alléen|stræde|strædet|boulevard|boulevarden|torvet|torv|kaj"
_SITES = (
    "plads|pladsen|parken|park|haven|have|vænget|vænge|vang|vangen|bakken|bakke|toften|toft|engen|marken|lunden|"
    "lund|skrænten|krogen|svinget|ager|ageren|agervej|stien|sti|gården|brinken|bugten|dammen|dalen|høj|højen|kæret|"
    "mosen|skellet|kvarteret|passagen|esplanaden|promenaden|bro|broen|banke|banken|hegnet|holmen|ås|åsen|ager"
)
_LETTER = "[^\\W\\d_]"
_HOUSE = (
    r"[ ,]{1,2}(?:nr\.? ?)?[0-9]{1,3}(?![0-9])(?: ?[A-Za-z](?![^\W_]))?"
    r"(?:,? {0,2}[0-9]{1,2}\.? ?(?:sal|tv|th|mf)\.?(?: ?(?:tv|th|mf))?| ?,? ?(?:st|kl)\.? ?(?:tv|th|mf)\.?)?"
)
# After a count of things the word before it was no street: "Legepladsen 12 børn", "Skovvej 12.30".
_NO_COUNT = (
    r"(?![.:][0-9])(?! ?%)(?! ?(?:minut|min\b|time|gang|dag|uge|måned|år|børn|elev|drenge|piger|voksne|km|meter|m\b|"
    r"kr|stk|timer|kl\b|hold|sek|personer|forældre|klasse|steder|point|nye))"
)
_STREET = re.compile(
    rf"(?<![^\W_])(?:"
    rf"(?P<road>{_LETTER}{{2,25}}(?:{_ROADS}))"
    rf"|(?P<site>[A-ZÆØÅ]{_LETTER}{{1,25}}(?:{_SITES}))"
    rf"|(?P<pair>(?:[A-ZÆØÅ][^\W\d_.]{{0,20}}\.? ){{1,3}}(?:{_ROADS.title()}|{_SITES.title()}))"
    rf"){_HOUSE}{_NO_COUNT}"
)
_NUMBER = re.compile(r"[0-9](?:(?<=[^\W\d_][ ,][0-9])|(?<=[^\W\d_][.,] [0-9])|(?<=[nN][rR]\.[0-9]))")
_BEFORE, _BEHIND = 75, 30  # room for a street of four words, and for floor and door
_POSTCODE = re.compile(r"(?<![0-9])(?:DK-?)?([0-9]{4}),? {1,2}([^\W\d_]{2,20}(?: [A-ZÆØÅ]{1,2}(?![^\W_]))?)")


@dataclass(frozen=True, slots=True)
class AddressGuard:
    """The lists that tell a street from an ordinary word, and a postcode from a year."""

    towns: frozenset[str]
    not_streets: frozenset[str]

    def find(self, levelled: str) -> tuple[Span, ...]:
        """Return the places of addresses in order."""
        found: list[Span] = []
        done = 0
        # A street is only looked for in front of a number: looking at every word costs ten times as much.
        for number in _NUMBER.finditer(levelled):
            if number.start() < done:
                continue
            low, high = max(done, number.start() - _BEFORE), number.end() + _BEHIND
            if (match := _STREET.search(levelled, low, high)) and self._is_street(match):
                found.append(Span(*match.span()))
            done = match.end() if match else done
        found += [Span(*match.span()) for match in _POSTCODE.finditer(levelled) if self._is_town(match)]
        return tuple(sorted(found))

    def _is_street(self, match: re.Match[str]) -> bool:
        name = match["road"] or match["site"] or match["pair"].split(" ")[0]
        return name.lower() not in self.not_streets

    def _is_town(self, match: re.Match[str]) -> bool:
        code = int(match[1])
        is_year = 2000 < code < 2100  # no town has such a code
        return match[2].lower().split(" ")[0] in self.towns and code >= 555 and not is_year
