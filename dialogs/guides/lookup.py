"""Who can help? From typed Danish or a worry to at most three professions first, each with a reason.

The rules, in this order:

1. Colour: red always brings the leader and the social worker; where a child wants to die, the doctor outranks
   the social worker, who moves to "consider". Violence, sexual abuse and control close the circle: only those
   whom the topic itself names may come up, since others can put the child in danger.
2. The number of topics that point to the profession.
3. How early a topic names it (each topic gets its own best helper before any gets a second), then nearness to
   the child. Teachers, pedagogues and the family are always there and are not listed.
4. Where no phrase of a topic is heard, what is told may still be like what people tell of one or two topics. They are
   said to be likely, not heard. Where phrases leave a place empty, the likeliest other topic may fill it.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from dialogs.danish.text import fold
from dialogs.guides import likely
from dialogs.guides.directory import Directory, Exchange, Place, Profession, Topic
from dialogs.guides.directory import load_directory as load

__all__ = [
    "MAX_FIRST", "Advice", "Directory", "Suggestion", "contract", "find", "load", "suggest_for_topics",
    "suggest_for_worry",
]  # fmt: skip

MAX_FIRST = 3
MAX_CONSIDER = 6  # a longer list is no help; more than five people around a family is already a warning
_ALWAYS_THERE = frozenset({"LAER", "PAED", "NETV"})
_LAST = 99
_DOCTOR = Place(("LAEGE", "BUP"), "")  # the acute doctor; psychiatry where the school has its own line to it


@dataclass(frozen=True)
class Suggestion:
    """One profession to invite: why in a sentence, what to ask, and whether it may come without consent."""

    id: str
    name: str
    why: str
    ask: tuple[str, ...]
    exchange: Exchange
    exchange_text: str
    because: tuple[str, ...]


@dataclass(frozen=True)
class Advice:
    """What was heard and who may help; `unknown` means nothing was understood and `ask` asks one question."""

    topics: tuple[str, ...]
    first: tuple[Suggestion, ...]
    consider: tuple[Suggestion, ...]
    unknown: bool
    ask: str | None


@dataclass(frozen=True)
class _Heard:
    """What a text says: topics and professions in their order, and the topics it makes red."""

    topics: tuple[str, ...]
    red: frozenset[str]
    named: tuple[str, ...]
    asks: bool
    areas: tuple[str, ...] = ()  # from weak words, which count only where nothing better is heard
    likely: tuple[str, ...] = ()  # not heard, but what is told is like them


@dataclass
class _Pointer:
    """How strongly the topics point to one profession."""

    weight: int = 0
    rank: int = _LAST
    why: str | None = None
    because: list[str] = field(default_factory=list[str])


@dataclass(frozen=True)
class _Case:
    """Everything that decides: the topics that count, and the circumstances."""

    topics: tuple[Topic, ...]
    red: bool
    suicide: bool
    closed: bool
    areas: frozenset[str]
    likely: frozenset[str]
    band: str | None
    school_has: frozenset[str] | None


def find(
    directory: Directory,
    text: str,
    *,
    light: str | None = None,
    flow: str | None = None,
    areas: Collection[str] = (),
    school_has: Collection[str] | None = None,
) -> Advice:
    """Say who can help with a typed question; never raises, and says so when it understood nothing."""
    heard = _hear(directory, [text])
    if light is None and flow is None:
        heard = _guess(directory, text, heard)
    return _advise(directory, heard, light=light, flow=flow, areas=areas, school_has=school_has)


def suggest_for_worry(
    directory: Directory,
    *,
    areas: Collection[str],
    texts: Sequence[str],
    light: str | None,
    flow: str | None,
    band: str | None,
    also: Collection[str] = (),
    school_has: Collection[str] | None = None,
) -> Advice:
    """Say who can help with a worry: its areas, its free texts, its colour and the child's age band.

    `also` are dangers besides the one that decides who gets it: neither takes the other's helpers away.
    """
    heard = _hear(directory, texts)
    # Professions named in a worry have been asked already; only what the child needs counts here.
    heard = _Heard(heard.topics, heard.red, (), asks=False)
    return _advise(directory, heard, light=light, flow=flow, also=also, areas=areas, school_has=school_has, band=band)


def suggest_for_topics(directory: Directory, topics: Sequence[str], areas: Collection[str] = ()) -> Advice:
    """Say who can help with topics that were chosen from a list."""
    heard = _Heard(tuple(one for one in topics if one in directory.topics), frozenset(), (), asks=False)
    return _advise(directory, heard, light=None, flow=None, areas=areas, school_has=None)


def asked_profession(directory: Directory, text: str) -> str | None:
    """The one profession that a question such as "hvad laver en logopæd" is about, or None."""
    heard = _hear(directory, [text])
    words = fold(text).split()
    asked = len(words) > 1 and words[0] in ("hvad", "hva") and words[1] in ("laver", "goer", "er", "kan")
    return heard.named[0] if asked and len(heard.named) == 1 and not heard.topics else None


def contract(advice: Advice) -> dict[str, object]:
    """The answer as ids only, for the command line: topics, first, consider, unknown and ask."""
    return {
        "topics": list(advice.topics),
        "first": [one.id for one in advice.first],
        "consider": [one.id for one in advice.consider],
        "unknown": advice.unknown,
        "ask": advice.ask,
    }


def _hear(directory: Directory, texts: Iterable[str]) -> _Heard:
    topics: dict[str, None] = {}
    named: dict[str, None] = {}
    areas: dict[str, None] = {}
    red: set[str] = set()
    asks = False
    for match in (found for text in texts for found in directory.lexicon.find(text) if not found.denied):
        kind, _, value = match.key.partition(":")
        match kind:
            case "topic":
                topics[value] = None
            case "red":
                topics[value] = None
                red.add(value)
            case "who":
                named[value] = None
            case "asks":
                asks = True
            case "area":
                areas[value] = None
            case _:
                pass  # "ignored": a phrase that only keeps a shorter one from being heard
    weak = () if topics or named else tuple(areas)
    return _Heard(tuple(topics), frozenset(red), tuple(named), asks, weak)


def _guess(directory: Directory, text: str, heard: _Heard) -> _Heard:
    """What is likely instead of what was heard, or besides it; who asks about a profession gets that alone."""
    if heard.asks and heard.named:
        return heard
    if heard.topics or heard.areas or _named_first(heard, has_topics=False):
        return replace(heard, likely=likely.besides(directory, text, heard.topics))
    found = likely.instead(directory, text)
    return replace(heard, topics=found, likely=found)


def _advise(
    directory: Directory,
    heard: _Heard,
    *,
    light: str | None,
    flow: str | None,
    areas: Collection[str],
    school_has: Collection[str] | None,
    band: str | None = None,
    also: Collection[str] = (),
) -> Advice:
    ids = list(heard.topics)
    ids += [t.id for t in directory.topics.values() if t.flow and t.flow in (flow, *also) and t.id not in ids]
    topics = [directory.topics[one] for one in ids]
    covered = {area for topic in topics for area in topic.areas}
    weak = [area for area in heard.areas if area not in areas]
    topics += [directory.areas[area] for area in (*areas, *weak) if area in directory.areas and area not in covered]
    case = _Case(
        topics=tuple(topics),
        red=light == "red" or flow is not None or bool(heard.red) or any(t.floor == "red" for t in topics),
        suicide=flow == "suicide" or any(topic.flow == "suicide" for topic in topics),
        closed=any(topic.closed for topic in topics),
        areas=frozenset(areas),
        likely=frozenset(heard.likely),
        band=band,
        school_has=None if school_has is None else frozenset(school_has),
    )
    pointers = _point(directory, case)
    _fill_up(directory, case, pointers)
    front = _named_first(heard, bool(topics))
    first = _first(directory, case, pointers, front)
    consider = _consider(directory, case, pointers, first, heard.named)
    unknown = not first
    return Advice(
        topics=tuple(ids),
        first=tuple(_suggestion(directory, case, one, pointers.get(one)) for one in first),
        consider=tuple(_suggestion(directory, case, one, pointers.get(one)) for one in consider),
        unknown=unknown,
        ask=f"{directory.unknown_say} {directory.unknown_ask}" if unknown else None,
    )


def _named_first(heard: _Heard, has_topics: bool) -> tuple[str, ...]:
    """The professions that the text asks about, rather than only mentions ("PPR har været her")."""
    if heard.asks:
        return heard.named
    return () if has_topics else tuple(one for one in heard.named if one not in _ALWAYS_THERE)


def _point(directory: Directory, case: _Case) -> dict[str, _Pointer]:
    pointers: dict[str, _Pointer] = {}
    for topic in case.topics:
        if case.closed and not (topic.closed or topic.flow == "suicide"):
            continue
        for rank, place in enumerate(topic.first):
            if (one := _fill(directory, case, place)) is None:
                continue
            pointer = pointers.setdefault(one, _Pointer())
            pointer.weight += 1 + (not topic.areas.isdisjoint(case.areas))
            pointer.because.append(topic.id)
            if rank < pointer.rank:
                pointer.rank, pointer.why = rank, place.why
    return pointers


def _fill_up(directory: Directory, case: _Case, pointers: dict[str, _Pointer]) -> None:
    """Let what is only likely fill the places that nothing heard points to, after all others."""
    if case.closed or case.red:
        return
    for topic in (directory.topics[one] for one in sorted(case.likely)):
        for rank, place in enumerate(topic.first):
            if (one := _fill(directory, case, place)) is not None and one not in pointers:
                pointers[one] = _Pointer(rank=rank, why=place.why, because=[topic.id])


def _fill(directory: Directory, case: _Case, place: Place) -> str | None:
    """The profession that takes a place: the first of its choices that fits the age and that the school has."""
    fitting = [one for one in place.ids if case.band is None or case.band in directory.professions[one].bands]
    had = [one for one in fitting if case.school_has is None or one in case.school_has]
    return next(iter(had or fitting), None)


def _first(directory: Directory, case: _Case, pointers: Mapping[str, _Pointer], front: Sequence[str]) -> list[str]:
    forced = _forced(directory, case)
    empty = _Pointer()

    def order(one: str) -> tuple[bool, int, int, int, int]:
        pointer = pointers.get(one, empty)
        asked = front.index(one) if one in front else _LAST
        near = directory.professions[one].nearness
        if one in forced:
            return (False, 0, 0, pointer.rank, near)
        return (True, asked, -pointer.weight, pointer.rank, near)

    moved = {"SOC"} if case.suicide and not case.closed else set[str]()
    candidates = {*forced, *front, *(pointers.keys() - moved)}
    return sorted(candidates, key=order)[:MAX_FIRST]


def _forced(directory: Directory, case: _Case) -> frozenset[str]:
    """Those whom the colour brings, whatever the topics say."""
    if not case.suicide:
        return frozenset({"LED", "SOC"} if case.red else ())
    doctor = _fill(directory, case, _DOCTOR)
    return frozenset(one for one in ("LED", doctor, "SOC" if case.closed else None) if one is not None)


def _consider(
    directory: Directory,
    case: _Case,
    pointers: Mapping[str, _Pointer],
    first: Sequence[str],
    named: Sequence[str],
) -> list[str]:
    """What did not get a place, then what the topics would consider, then whom the text only mentions."""
    waiting = sorted(pointers.keys() - set(first), key=lambda one: (-pointers[one].weight, pointers[one].rank, one))
    if case.suicide:
        waiting.insert(0, "SOC")
    later = [
        _fill(directory, case, place)
        for topic in case.topics
        if not case.closed or topic.closed
        for place in topic.consider
    ]
    mentioned = () if case.closed else named
    unique = dict.fromkeys(one for one in [*waiting, *later, *mentioned] if one is not None)
    return [one for one in unique if one not in first and one not in _ALWAYS_THERE][:MAX_CONSIDER]


def _suggestion(directory: Directory, case: _Case, one: str, pointer: _Pointer | None) -> Suggestion:
    profession = directory.professions[one]
    because = tuple(pointer.because) if pointer else ()
    return Suggestion(
        id=one,
        name=profession.name,
        why=_why(directory, case, profession, pointer),
        ask=profession.ask,
        exchange=profession.exchange,
        exchange_text=profession.exchange_text,
        because=because or tuple(t.id for t in case.topics if any(one in p.ids for p in t.consider)),
    )


def _why(directory: Directory, case: _Case, profession: Profession, pointer: _Pointer | None) -> str:
    """One or two short sentences: what it rests on, and what the profession can do about it."""
    says = directory.sentences
    if pointer and pointer.why:
        return f"{_grounds(directory, pointer.because, case)} {_claim(profession, pointer.why)}"
    for place in directory.urgent:
        if profession.id in place.ids and case.red:
            return f"{says['urgent']} {_claim(profession, place.why)}"
    for topic in case.topics:
        for place in topic.consider:
            if profession.id in place.ids:
                return f"{_grounds(directory, [topic.id], case)} {_claim(profession, place.why)}"
    return _claim(profession, profession.helps_with[0].lower() + profession.helps_with[1:])


def _grounds(directory: Directory, because: Sequence[str], case: _Case) -> str:
    says = directory.sentences
    mentioned = [directory.topics[one].name for one in because if one in directory.topics]
    names = list(dict.fromkeys(mentioned or [directory.areas[one].name for one in because]))  # each is said once
    key = "chosen" if not mentioned and any(one in case.areas for one in because) else "mentioned"
    key = "likely" if because and case.likely.issuperset(because) else key
    return says[key].replace("{emner}", says["and"].join(names[:2]))


def _claim(profession: Profession, why: str) -> str:
    return f"{profession.definite[0].upper()}{profession.definite[1:]} {why}"
