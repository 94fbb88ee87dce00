"""Read the guards' word lists and phrases from the content folder, once at start."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from dialogs.guards.acute import AcuteGuard, Phrase, Say
from dialogs.guards.address import AddressGuard
from dialogs.guards.calm import Calm, Calming
from dialogs.guards.guards import Guards
from dialogs.guards.judging import JudgingGuard, Remark
from dialogs.guards.names import NameGuard, known
from dialogs.guards.negation import IKKE
from dialogs.guards.patterns import Compiler, Matcher, Pattern, PatternError
from dialogs.guards.points import read_ideas, read_judge
from dialogs.guards.scoring import Cue, Theme, frame
from dialogs.guards.types import FLOWS, AcuteHit, Flow
from dialogs.guards.vocabulary import Vocabulary
from dialogs.guards.weighing import Judge
from dialogs.reading.fields import Node, root
from dialogs.reading.parts import Parts
from dialogs.reading.yamlio import Document

BESIDE = " + "  # between the places of a frame
REFUSALS = frozenset(
    ("<ikke>", "ingen", "aldrig", "uden")
)  # "ingen" of "ingen har set ham" denies nothing else in its frame
FILES = ("names", "places", "acute", "frames", "ideas", "points", "judging")
WITHIN = 12  # words that the places of a frame may be apart


def load_guards(folder: Path, parts: Parts | None = None) -> Guards:
    """Read the seven files of the folder; raise ContentError naming file and line."""
    parts = parts or Parts()
    names, places, acute, frames, ideas, points, judging = (parts.read(folder / f"{name}.yaml") for name in FILES)
    return parts.of(
        Guards,
        parts.of(read_names, names),
        parts.of(read_places, places),
        parts.of(read_danger, acute, frames, ideas, points),
        parts.of(read_judging, judging),
    )


def read_names(document: Document) -> NameGuard:
    """The guard over names; raise ContentError with the line."""
    fields = root(document).fields("given", "surnames", "ordinary", "never", "public")
    return NameGuard(
        given=known(fields["given"].text().split()),
        surnames=known(fields["surnames"].text().split()),
        ordinary=known(fields["ordinary"].text().split()),
        never=known(fields["never"].text().split()),
        public=frozenset(line.strip().lower() for line in fields["public"].text().splitlines()),
    )


def read_places(document: Document) -> AddressGuard:
    """The guard over addresses; raise ContentError with the line."""
    fields = root(document).fields("towns", "not_streets")
    return AddressGuard(
        towns=frozenset(fields["towns"].text().split()),
        not_streets=frozenset(fields["not_streets"].text().split()),
    )


def _groups(node: Node) -> dict[str, list[str]]:
    return {name: child.text().split() for name, child in node.entries().items()}


@dataclass(frozen=True, slots=True)
class _Lines:
    """Compiles the lines of a block of patterns, so that a mistake names its place."""

    compiler: Compiler

    def of(self, node: Node, *, spelled: bool = False) -> list[tuple[str, Pattern]]:
        """Return each line with its pattern; see Compiler.compile for `spelled`."""
        found: list[tuple[str, Pattern]] = []
        for line in node.text().splitlines():
            found.append((line, self.one(node, line, spelled=spelled)))
        return found

    def one(self, node: Node, line: str, *, spelled: bool = False) -> Pattern:
        """Return the pattern of one line; raise ContentError with the line it stands on."""
        try:
            return self.compiler.compile(line, spelled=spelled)
        except PatternError as error:
            raise node.error("pattern", f"{error} Mønster: {line.strip()}") from error

    def optional(self, fields: Mapping[str, Node], name: str) -> tuple[Pattern, ...]:
        """Return the patterns of a field that may be missing."""
        return tuple(pattern for _, pattern in self.of(fields[name], spelled=True)) if name in fields else ()


def read_danger(acute: Document, frames: Document, ideas: Document, points: Document) -> AcuteGuard:
    """The whole guard over danger; raise ContentError with file and line."""
    return read_acute(acute, frames, read_judge(read_ideas(ideas), points))


def read_acute(document: Document, frames: Document | None = None, judge: Judge | None = None) -> AcuteGuard:
    """The guard over phrases that may mean danger, frames beside them, and the judge; raise ContentError with the line.

    Without a judge phrases, frames and themes decide alone.
    """
    fields = root(document).fields(
        "ordinary",
        "persons",
        "words",
        "idioms",
        "phrases",
        optional=("short", "themes", "calm", "turns", "present"),
    )
    told = root(frames).fields("words", "phrases", "frames") if frames is not None else {}
    more = _groups(told["words"]) if told else {}
    words = {**_groups(fields["words"]), **more}
    compiler = Compiler({**words, "ikke": IKKE})
    lines = _Lines(compiler)
    negator = compiler.compile("<ikke>").places[0].bit
    persons = tuple(f"<{name}>" for name in fields["persons"].text().split())
    nodes = [node for part in (fields, told) if part for node in part["phrases"].items(some=True)]
    phrases, says = _phrases(nodes, lines, persons)
    themes = _themes(fields["themes"].items() if "themes" in fields else (), lines)
    idioms = lines.of(fields["idioms"], spelled=True)
    calm = Calm(
        Matcher((calming.pattern, calming) for calming in _calmings(fields, lines)),
        *(Matcher((pattern, pattern) for pattern in lines.optional(fields, name)) for name in ("turns", "present")),
    )
    guard_themes = (*themes, *_frames(told["frames"].items(some=True) if told else (), lines))
    return AcuteGuard(
        vocabulary=Vocabulary(compiler.entries, fields["ordinary"].text().split(), spelled=compiler.spelled),
        short=_short(fields),
        phrases=phrases,
        says=Matcher((say.pattern, say) for say in says),
        themes=guard_themes,
        judge=judge,
        idioms=Matcher((idiom, idiom) for _, idiom in idioms),
        calm=calm,
        negator=negator,
    )


def _phrases(
    nodes: Iterable[Node], lines: _Lines, persons: tuple[str, ...]
) -> tuple[tuple[Phrase, ...], tuple[Say, ...]]:
    """The phrases, and each way to say one with the number of its phrase."""
    phrases: list[Phrase] = []
    says: list[Say] = []
    for node in nodes:
        parts = node.fields("id", "flow", "say", optional=("unless", "firm"))
        says += [
            Say(pattern, len(phrases), line.lstrip().removeprefix("+").startswith(persons))
            for line, pattern in lines.of(parts["say"])
        ]
        hit = AcuteHit(_flow(parts["flow"]), parts["id"].text(), firm="firm" in parts and parts["firm"].flag())
        phrases.append(Phrase(hit, lines.optional(parts, "unless")))
    return tuple(phrases), tuple(says)


def _frames(nodes: Iterable[Node], lines: _Lines) -> Iterator[Theme]:
    """Each line of a frame as a theme that needs a sign for every one of its places."""
    for node in nodes:
        parts = node.fields("id", "flow", "say", optional=("unless", "firm", "within"))
        hit = AcuteHit(_flow(parts["flow"]), parts["id"].text(), firm="firm" in parts and parts["firm"].flag())
        unless = lines.optional(parts, "unless")
        within = parts["within"].number() if "within" in parts else WITHIN
        for line in parts["say"].text().splitlines():
            places = [lines.one(parts["say"], place, spelled=True) for place in line.strip().split(BESIDE)]
            yield frame(hit, within, places, unless, refuses=not REFUSALS.isdisjoint(re.split("[ |+]+", line)))


def _themes(nodes: Iterable[Node], lines: _Lines) -> tuple[Theme, ...]:
    themes: list[Theme] = []
    for node in nodes:
        parts = node.fields("id", "flow", "need", "within", "say", optional=("unless",))
        cues = tuple(_cues(parts["say"], lines))
        hit = AcuteHit(_flow(parts["flow"]), parts["id"].text())
        matcher = Matcher((cue.pattern, cue) for cue in cues)
        need, within = parts["need"].number(), parts["within"].number()
        themes.append(Theme(hit, need, within, cues, matcher, lines.optional(parts, "unless")))
    return tuple(themes)


def _cues(node: Node, lines: _Lines) -> Iterator[Cue]:
    for number, line in enumerate(node.text().splitlines()):
        points, _, pattern = line.strip().partition(" ")
        if not points.isdecimal():
            raise node.error("number", f"Begynd linjen med et pointtal: {line.strip()}")
        yield Cue(lines.one(node, pattern, spelled=True), number, int(points))


def _calmings(fields: Mapping[str, Node], lines: _Lines) -> Iterator[Calming]:
    for node in fields["calm"].items() if "calm" in fields else ():
        parts = node.fields("id", "say", optional=("flows", "settles"))
        flows = _flows(parts["flows"]) if "flows" in parts else frozenset(FLOWS)
        for _, pattern in lines.of(parts["say"], spelled=True):
            yield Calming(pattern, flows, "settles" in parts and parts["settles"].flag())


def _short(fields: Mapping[str, Node]) -> dict[str, str]:
    """Each short form with its word: `når: nr nar` gives nr → når."""
    entries = fields["short"].entries() if "short" in fields else {}
    return {form: word for word, node in entries.items() for form in node.text().split()}


def _flow(node: Node) -> Flow:
    (flow,) = _flows(node)
    return flow


def _flows(node: Node) -> frozenset[Flow]:
    names = node.text().split()
    if not set(names).issubset(FLOWS):
        raise node.error("unknown_flow", f"Skriv en af disse: {', '.join(FLOWS)}.")
    return frozenset(flow for flow in FLOWS if flow in names)


def read_judging(document: Document) -> JudgingGuard:
    """The fact coach's remarks; raise ContentError with the line."""
    fields = root(document).fields("words", "remarks", "vague")
    compiler = Compiler(_groups(fields["words"]))
    lines = _Lines(compiler)
    remarks: list[Remark] = []
    says: list[tuple[Pattern, int]] = []
    for node in fields["remarks"].items(some=True):
        parts = node.fields("code", "hint", "say", optional=("unless",))
        says += [(pattern, len(remarks)) for _, pattern in lines.of(parts["say"])]
        remarks.append(_remark(parts, lines.optional(parts, "unless")))
    return JudgingGuard(
        vocabulary=Vocabulary(compiler.entries, (), lenient=False),
        remarks=tuple(remarks),
        says=Matcher((say[0], say) for say in says),
        vague=_remark(fields["vague"].fields("code", "hint"), ()),
    )


def _remark(parts: Mapping[str, Node], unless: tuple[Pattern, ...]) -> Remark:
    return Remark(parts["code"].text(), parts["hint"].text(), unless)
