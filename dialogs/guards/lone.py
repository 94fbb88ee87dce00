"""Find a lone given name in a place that tells: "hans mor Mette", "Oliver slår de andre", "en pige, der hedder Sofie".

A nickname is welcome and often looks the same, so this is doubt and no verdict: the person is asked. Names that are
ordinary words too ("Storm", "Liv", "Bo") count only after a word that says who somebody is.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from dialogs.guards.names import keys
from dialogs.guards.types import Span

_NAME = r"[A-ZÆØÅ\u00c0-\u00de][a-zæøå\u00df-\u017e]{1,20}(?:-[A-ZÆØÅ][a-zæøå]{1,20})?"
_WHO = (
    "mor|far|moren|faren|moderen|faderen|søster|bror|lillebror|lillesøster|storebror|storesøster|søsteren|broren|tvilling|"
    "kusine|fætter|bedstemor|bedstefar|mormor|morfar|farmor|farfar|moster|faster|onkel|tante|stedfar|stedmor|papfar|papmor|"
    "plejemor|plejefar|ven|veninde|vennen|veninden|kæreste|kæresten|kammerat|kammeraten|klassekammerat|dreng|drengen|pige|"
    "pigen|barn|barnet|elev|eleven|søn|datter|sønnen|datteren|nabo|naboen|hedder|hed|kaldes|navn er|kalder ham|"
    "kalder hende"
)
_AFTER_WHO = re.compile(rf"(?i:(?<![^\W_])(?:{_WHO}))[ ,:«\"]{{1,3}}({_NAME})(?![^\W_])")
_DOES = (
    "slår|slog|sparker|sparkede|bider|bed|skubber|skubbede|græder|græd|siger|sagde|fortæller|fortalte|driller|drillede|leger|"
    "legede|sidder|sad|går|gik|kommer|kom|bor|har|havde|er|var|vil|ville|kan|kunne|får|fik|tør|bliver|blev|løber|løb|råber|"
    "råbte|skriger|tegner|tegnede|spiser|spiste|sover|sov|virker|ser|så|mangler|trækker|holder|laver|blander|s"
)
_BEFORE_DOES = re.compile(
    rf"(?<![^\W_])(?<!-)({_NAME})(?:s (?:mor|far|forældre|søster|bror|familie)| (?:{_DOES}))(?![^\W_])"
)
MOST = 50


@dataclass(frozen=True, slots=True)
class LoneNames:
    """The given names, and those of them that are words of their own; all in small letters."""

    given: frozenset[str]
    ordinary: frozenset[str]

    def but(self, text: str, spans: tuple[Span, ...], alias: str) -> tuple[Span, ...]:
        """The places without those of the child's own nickname, which is no secret here."""
        known = {form for word in re.findall(r"[^\W\d_]+", alias) for form in keys(word)}
        return tuple(span for span in spans if known.isdisjoint(keys(text[span.start : span.end])))

    def anywhere(self, text: str) -> bool:
        """Whether a given name that is no ordinary word stands anywhere in a short text, such as a nickname."""
        words = re.findall(r"[^\W\d_]+", text.lower())
        return any(self._is_given(word) and word not in self.ordinary for word in words)

    def find(self, text: str) -> tuple[Span, ...]:
        """Return the places of lone names in order; `text` is levelled, with its capitals."""
        found: set[Span] = set()
        for match in _AFTER_WHO.finditer(text):
            if self._is_given(match[1]):
                found.add(Span(*match.span(1)))
        for match in _BEFORE_DOES.finditer(text):
            if self._is_given(match[1]) and match[1].lower() not in self.ordinary:
                found.add(Span(*match.span(1)))
        return tuple(sorted(found))[:MOST]

    def _is_given(self, written: str) -> bool:
        whole = written.lower()
        return any(not self.given.isdisjoint(keys(part)) for part in (whole, whole.partition("-")[0]))
