"""Which guide answers a typed sentence? A local, deterministic index over an editor's phrases.

Every phrase that is found adds its weight to its guide; a heard topic pulls gently towards the worry (or, when it has
an action card, towards the acute guide). What the acute guard hears in so many words counts as such a card. The
example sentences (`nearest`), which are many, lean the sum to one side; where two guides are near, the person is
asked. In the conversation the guard itself comes first; this only finds the way.

The acute guide is the answer only where the guard hears danger or the person calls for it ("akut", "hjælp nu"): «de
slår mig ihjel af grin» has its words too. Where phrases or examples alone speak for it, it is at most the second guess.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Literal, cast

from dialogs.danish.phrases import Lexicon, Phrase
from dialogs.danish.text import fold, tokens
from dialogs.guards import AcuteHit, Guards, load_guards
from dialogs.guides import nearest
from dialogs.guides.directory import Directory, Reader, load_directory, ordinary_words
from dialogs.reading.parts import Parts
from dialogs.reading.yamlio import Document

Guide = Literal[
    "worry", "light", "sharing", "consent", "report", "who", "meetings", "status", "drafts", "help", "acute", "none"
]  # fmt: skip

GUIDES: tuple[Guide, ...] = (
    "worry", "light", "sharing", "consent", "report", "who", "meetings", "status", "drafts", "help", "acute", "none",
)  # fmt: skip
_WEIGHTS = {"strong": 5, "good": 3, "hint": 1}
MAX_HEARD = 300  # the guard reads every word closely; in a longer text the phrases and topics have enough to go by
MAX_COMMAND = 40  # a sentence of one command is short
_ENOUGH = 2  # one hint alone ("kommunen") points nowhere
_STRONG = 1.2  # without examples an answer is sure with a strong phrase or two good ones
_CLEAR = 5.5  # with them, when it is so much likelier than the next: of strangers' sentences 1 % were then wrong
_MOST = 8  # many phrases of one guide weigh no more than this against the examples
_PHRASE = 0.3  # what a phrase's weight is against the examples, which are many more
_NOTHING = 0.3  # what no guide answers has few examples of endlessly many
_NOBODY: tuple[float, Guide] = (0.0, "none")
_TOPIC, _CARD, _NAMED = 3, 4, 3
_CALL = "call"  # the key of what is said to call for the acute guide


@dataclass(frozen=True)
class Index:
    """The compiled routes, in their order, the directory whose topics they listen for, and what hears danger."""

    order: tuple[Guide, ...]
    alone: Mapping[str, Guide]
    lexicon: Lexicon
    directory: Directory
    dangers: Callable[[str], tuple[AcuteHit, ...]]
    examples: nearest.Examples


@dataclass(frozen=True)
class Route:
    """The best guide and the second best ("none" when there is none), and whether the best is clear.

    `guessed` when it rests on likeness alone: then a law that the text names comes first.
    """

    guide: Guide
    second: Guide
    confident: bool
    guessed: bool = False


def load(folder: Path, parts: Parts | None = None) -> Index:
    """Read the routes from a content folder; what `parts` has of it already is not made again."""
    parts = parts or Parts()
    return parts.of(
        build_with,
        load_directory(folder, parts),
        load_guards(folder / "guards", parts),
        *(parts.read(folder / name) for name in ("routes.yaml", "ordinary_words.yaml", "examples.yaml")),
    )


def build_with(
    directory: Directory, guards: Guards | None, routes: Document, ordinary: Document, examples: Document
) -> Index:
    """The index over what these guards hear."""
    return build(routes, ordinary, directory, guards.dangers if guards else none_heard, examples)


def none_heard(_: str) -> tuple[AcuteHit, ...]:
    """Hear no danger: where a guard of its own has listened already."""
    return ()


def build(
    routes: Document,
    ordinary: Document,
    directory: Directory,
    dangers: Callable[[str], tuple[AcuteHit, ...]] = none_heard,
    sentences: Document | None = None,
) -> Index:
    """Build the index from parsed documents; raise ContentError on an unknown guide or phrase."""
    page = Reader(routes)
    choices = tuple(guide for guide in GUIDES if guide != "none")
    order: tuple[Guide, ...] = tuple(
        cast(Guide, page.choice(choices, *where, "guide")) for where in page.each("guides")
    )
    for missing in sorted(set(choices) - set(order)):
        page.fail(("guides",), "missing", f"Vejviseren «{missing}» mangler.")
    alone: dict[str, Guide] = {
        _plain(text): guide
        for where, guide in zip(page.each("guides"), order, strict=True)
        for text in page.texts(*where, "alone")
    }
    lexicon = Lexicon(_phrases(page), ordinary_words(Reader(ordinary)))
    near = _examples(sentences) if sentences is not None else nearest.NOTHING
    return Index(order, alone, lexicon, directory, dangers, near)


def _examples(document: Document) -> nearest.Examples:
    """Read examples.yaml; raise ContentError for an unknown guide or an empty sentence."""
    page = Reader(document)
    rows = [
        (page.choice(GUIDES, *where, "guide"), text)
        for where in page.each("examples")
        for text in page.texts(*where, "sentences")
    ]
    whole: dict[str, str] = {}
    begun: dict[str, str] = {}
    for where in page.each("alike"):
        name = page.text(*where, "name")
        for word in page.texts(*where, "words"):
            (begun if word.endswith("*") else whole)[fold(word.rstrip("*"))] = name
    return nearest.Examples(tuple(rows), nearest.Classes(whole, begun))


def route(index: Index, text: str) -> Route:
    """Find the guide for any text; never raises."""
    scores, called = _scores(index, text)
    # Where danger is told or called for, the phrases alone decide: no likeness talks it down.
    lean: Mapping[str, float] = {} if called and scores["acute"] >= _ENOUGH else index.examples.lean(text)
    ranked = [*_ranked(index, scores, lean), _NOBODY, _NOBODY]
    if not called and ranked[0][1] == "acute":
        ranked[:2] = ranked[1::-1]
    (total, best), (less, second) = ranked[:2]
    sure = best != "none" and total - less >= (_CLEAR if lean else _STRONG)
    if (less <= 0 and (sure or best == "none")) or (best == "none" and second == "acute"):
        second = "none"  # nothing speaks for it, and nobody has to choose; the way to help stands there anyway
    return Route(best, second, sure, guessed=best != "none" and scores[best] < _ENOUGH)


def _ranked(index: Index, scores: Mapping[str, int], lean: Mapping[str, float]) -> list[tuple[float, Guide]]:
    """The guides that anything speaks for, the likeliest first."""
    sums: dict[Guide, float] = {
        guide: _PHRASE * min(scores[guide], _MOST) + lean.get(guide, 0.0)
        for guide in index.order
        if scores[guide] >= _ENOUGH or lean
    }
    if lean:
        sums["none"] = lean["none"] + _NOTHING
    return sorted(((total, guide) for guide, total in sums.items()), key=lambda one: (-one[0], GUIDES.index(one[1])))


def contract(answer: Route) -> dict[str, object]:
    """The answer as plain data for the command line: guide, second, confident."""
    return {"guide": answer.guide, "second": answer.second, "confident": answer.confident}


def _plain(text: str) -> str:
    return " ".join(word.text for word in tokens(text))


def _phrases(page: Reader) -> Iterator[Phrase]:
    for where in page.each("guides"):
        guide = page.text(*where, "guide")
        for strength, weight in _WEIGHTS.items():
            yield from page.phrase(guide, (*where, strength), page.classes(), weight)
        if guide == "acute":
            yield from page.phrase(_CALL, (*where, "call"), page.classes(), _WEIGHTS["strong"])


def _scores(index: Index, text: str) -> tuple[Counter[str], bool]:
    """Add up the weights, a word that several phrases of one guide share once; and whether danger is told or called."""
    scores: Counter[str] = Counter()
    taken: set[tuple[str, int]] = set()
    matches = sorted(index.lexicon.find(text), key=lambda match: (-match.weight, -len(match.positions)))
    for match in matches:
        # A denied question is still a question ("jeg vil ikke underrette"); a denied danger is none.
        if match.denied and match.key in ("acute", _CALL):
            continue
        places = {(match.key, position) for position in match.positions}
        if taken.isdisjoint(places):
            scores[match.key] += match.weight
        taken |= places
    command = index.alone.get(_plain(text)) if len(text) <= MAX_COMMAND else None
    if command is not None:
        scores[command] += _WEIGHTS["strong"]
    heard = index.dangers(text) if len(text) <= MAX_HEARD else ()
    _listen(index, text, scores, heard)
    called = scores[_CALL] > 0 or command == "acute" or bool(heard)
    scores["acute"] += scores.pop(_CALL, 0)
    return scores, called


def _listen(index: Index, text: str, scores: Counter[str], dangers: tuple[AcuteHit, ...]) -> None:
    """Let the topics and professions of the text pull a little; what the acute guard hears counts as a card."""
    heard = [match.key for match in index.directory.lexicon.find(text) if not match.denied]
    topics = {key.partition(":")[2] for key in heard if key.startswith("topic:")}
    if any(index.directory.topics[topic].flow for topic in topics):
        scores["acute"] += _CARD
    if topics:
        scores["worry"] += _TOPIC
        scores["who"] += 1
    if any(key.startswith("who:") for key in heard):
        scores["who"] += _NAMED
    if any(not hit.weighed for hit in dangers):
        scores["acute"] = max(scores["acute"], _CARD)
