"""Say whether a Danish negation reaches a phrase: "far slår ham ikke", "ingen tegn på vold".

In doubt the phrase stands, because the bot only asks. Hence "jeg ved ikke, om far slår ham" and "han tør ikke sige, at
far slår ham" are not negated. The words here are grammar, so they live in code.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass


def _list(text: str) -> frozenset[str]:
    """The words of one line of text."""
    return frozenset(text.split())


IKKE = _list(
    "ikke ik ikk ikek ike iik ikkke ej aldrig aldri aldrg ingen inge ingn intet uden hverken næppe ingenting kike"
)
_NOUN_NEGATORS = _list("ingen inge ingn intet uden hverken")
NEGATORS = IKKE | {"naeppe"}
_REACH = 6
_FAR_REACH = 11  # "ikke noget, der tyder på, at hun vil …"
# Here a new thought begins: an earlier "ikke" does not reach it.
_NEW_THOUGHT = _list(
    "men fordi da når naar nor hvis vis så saa pga for efter siden mens før foer derfor dog bange siger "
    "sagde sir fortæller"
)
_AND = frozenset(("og", "o", "eller"))
# "ikke kun", "ikke første gang", "ikke længere": the thing itself is there, or was.
_NOT_ONLY = _list(
    "kun bare blot alene sikker sikre første foerste engang hele altid hver nok længere laengere mere så "
    "saa meget hårdt haardt udelukke udelukkes udelukket tvivl usandsynlig usandsynligt glemme"
)
# "ved ikke, om"; "er ikke i tvivl"; "kan ikke udelukke"
_DOUBT = _list("ved vd tvivl sikker aner udelukke")
# "tør ikke fortælle om overgrebet": the object stands.
_KEEPS_OBJECT = _list(
    "tale taler talt snakke snakker snakket fortælle fortaelle fortæller fortalt sige indrømme klare "
    "klarer holde holder tåle tør toer turde glemme glemmer forstå forstår stoppe stopper"
)
# "jeg tror ikke, at", "intet tyder på, at", "har aldrig sagt, at": here the negation belongs to what follows "at".
_BELIEF = _list(
    "tror tro troede mener mene tegn tyder tydet peger peget synes mistanke sagt nævnt oplever oplevet oplevede set "
    "ser hørt grund kender beviser givet udtrykt ytret"
)
# "ingen bekymring for vold": this "for" opens no new thought.
_WORRY = _list("bekymring bekymringer bekymret mistanke risiko fare grund tegn bange frygt udsat udsættes")
_HAS = _list("har havde")
_HAS_TOLD = _list("talt snakket fortalt nævnt skrevet")
_TO_SOMEONE = _list("til det noget nogen mig os hende ham")
_FINITE = _list("har er vil skal kan bliver blev havde var får fik")
_COPULA = _list("er var har ser")
_EXPLETIVE = _list("der det vi jeg")
_FILLERS = _list("ham hende mig dem os jo vist altså slet overhovedet")
_NEXT_THOUGHT = _list("sandt også leve gider vil")


@dataclass(frozen=True, slots=True)
class Scope:
    """The sentence [low, high) of a phrase; `clause` says that the phrase begins with its subject ("far slår")."""

    low: int
    high: int
    clause: bool


def negated(words: Sequence[str], commas: Collection[int], places: Sequence[int], scope: Scope) -> bool:
    """Return whether a negator outside the phrase denies it.

    `words` are small-letter words, `commas` the positions with a comma in front, `places` the positions of the
    phrase. A phrase that begins with its subject is only denied inside, right after, or by a sentence of belief in
    front of it.
    """
    first, last = places[0], places[-1]
    inner = (at for at in range(first + 1, last) if words[at] in NEGATORS and at not in places)
    if any(_inside(words, commas, places, at) for at in inner) or _after(words, commas, last, scope.high):
        return True
    if not scope.clause and _fronted(words, last):
        return True
    return _belief_before(words, first, scope.low) if scope.clause else _before(words, commas, first, scope.low)


def _inside(words: Sequence[str], commas: Collection[int], places: Sequence[int], at: int) -> bool:
    following = next(place for place in places if place > at)
    if _is_pseudo(words, at):
        return False
    between = words[at + 1 : following]
    if words[at] in _NOUN_NEGATORS:
        return not any(word in _NEW_THOUGHT for word in between)
    has_comma = any(here in commas for here in range(at + 1, following + 1))
    return not has_comma and not any(word in _NEW_THOUGHT or word in _AND for word in between)


def _is_pseudo(words: Sequence[str], at: int) -> bool:
    if at + 1 < len(words) and words[at + 1] in _NOT_ONLY:
        return True
    return any(word in _DOUBT for word in words[max(0, at - 2) : at])


def _after(words: Sequence[str], commas: Collection[int], last: int, high: int) -> bool:
    """ "far slår ham ikke", but not the question "far slår ham ikke?"."""
    at = last + 1
    while at < high and words[at] in _FILLERS:
        at += 1
    if at >= high or words[at] not in NEGATORS or words[at] in _NOUN_NEGATORS:
        return False
    following = words[at + 1] if at + 1 < len(words) else ""
    return at not in commas and not _is_pseudo(words, at) and following[:1] != "?" and following not in _NEXT_THOUGHT


def _fronted(words: Sequence[str], last: int) -> bool:
    """ "vold er der ikke tale om"."""
    verb, subject, negator = (*words[last + 1 : last + 4], "", "", "")[:3]
    return verb in _COPULA and subject in _EXPLETIVE and negator in NEGATORS


def _before(words: Sequence[str], commas: Collection[int], first: int, low: int) -> bool:
    for at in range(first - 1, max(low - 1, first - 1 - _FAR_REACH), -1):
        word = words[at]
        if word in NEGATORS:
            near = first - at <= _REACH or any(word in _BELIEF for word in words[at + 1 : first])
            return near and not _is_pseudo(words, at) and not _is_cut_off(words, commas, at, first)
        if word in _NEW_THOUGHT and not (word == "for" and words[at - 1] in _WORRY):
            return False
    return False


def _is_cut_off(words: Sequence[str], commas: Collection[int], at: int, first: int) -> bool:
    """True when something between the negator and the phrase ends its reach."""
    between = words[at + 1 : first]
    if _never_told(words, at):
        return False
    if words[at - 1 : at] == ["for"] and between[:1] == ["at"]:  # "2000 kr for ikke at dele billedet"
        return True
    is_about = words[at + 1 : at + 3] == ["tale", "om"] and _COPULA.intersection(words[max(0, at - 3) : at])
    if not is_about and any(word in _KEEPS_OBJECT for word in (*words[max(0, at - 1) : at], *between)):
        return True
    if words[at] in _NOUN_NEGATORS:
        return False
    if any(word in _BELIEF for word in (*words[max(0, at - 2) : at], *between)):
        return False
    has_comma = any(here in commas for here in range(at + 1, first + 1))
    # "at hun ikke har lyst": the verb right after "ikke" is still denied; one further on begins something new.
    return (has_comma and "at" not in between) or any(word in _FINITE for word in between[1:])


def _never_told(words: Sequence[str], at: int) -> bool:
    """ "har aldrig talt om at ville dø"; but "vil ikke tale om vold" and "har ikke fortalt om overgrebet"."""
    told, about, that = (*words[at + 1 : at + 4], "", "", "")[:3]
    has = _HAS.intersection(words[max(0, at - 3) : at])
    return bool(has) and told in _HAS_TOLD and about == "om" and that in ("at", "tanker")


def _belief_before(words: Sequence[str], first: int, low: int) -> bool:
    for at in range(first - 1, max(low - 1, first - 3 - _REACH), -1):
        if words[at] in _NEW_THOUGHT and words[at] != "for":
            return False
        if words[at] in NEGATORS:
            near = (*words[max(0, at - 2) : at], *words[at + 1 : at + 3])
            told = any(word in _TO_SOMEONE for word in words[at + 1 : first - 1])
            return any(word in _BELIEF for word in near) and not told and not _is_pseudo(words, at)
    return False
