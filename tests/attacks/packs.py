"""T24: overlays by the thousand that try to run, reach, link, hide, swell or nest; each is refused or lies inert.

A pack is one file of a municipality's folder. What comes without an issue is read as the whole content, and each text
that it brought goes through every renderer, which holds that it opens no tag, fills no template and fits.
"""

from __future__ import annotations

import json
import random
import tempfile
import time
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from dialogs.content import DANISH
from dialogs.overlay import lay
from dialogs.reading.files import read_files
from dialogs.reading.issues import Issue
from tests.attacks.render import HOSTILE, every
from tests.core.form_kit import overlaid

LOAD_MS: Final = 200  # CPU that reading one pack may take, before it is refused or laid
WHOLE: Final = 10  # every so many of the packs without an issue are read as the whole content
SHIPPED, _ = read_files(DANISH)
_REACHING: Final = (
    "{0.__class__.__mro__}",
    "{navn.__init__.__globals__}",
    "{navn!r:>999999999}",
    "{{ ''.__class__.__mro__[1].__subclasses__() }}",
    "{% for x in range(10**9) %}{% endfor %}",
    "{# #}${7*7}<%= 7*7 %>#{7*7}",
    "%(navn)s %n %999999999d",
    "[tryk](javascript:alert(1))",
    "https://ondt.example/?q={navn}",
    "tg://resolve?domain=ondt",
    "Ring ikke 112",
)
PAYLOADS: Final = (*HOSTILE, *_REACHING)
_PLACES: Final = {
    "tekster": (
        "messages:\n  start.hello: {0}\n",
        "messages:\n  drafts.none: {0}\n  {0}: x\n",
        "forms:\n  worry.q05_set.help: {0}\n",
        "professions:\n  PPR.name: {0}\n",
        "notices:\n  team_new.subject: {0}\n",
        "cards:\n  barn_vaek.title: {0}\n",
        "{0}: {{start.hello: x}}\n",
    ),
    "kommune": (
        "modtagelse: {0}\n",
        "skoler:\n  - {{id: a, navn: {0}}}\n",
        "skoler:\n  - {{id: {0}, navn: A}}\n",
        "kalender:\n  aabner: {0}\n",
    ),
    "skemaer": (
        "worry:\n  skjul: [{0}]\n",
        "worry:\n  tilfoej:\n    - {{id: lok_a, slot: many, kind: text, ask: {0}}}\n",
    ),
}


@dataclass
class Report:
    """How many packs there were of each kind, how many came in, and what went wrong."""

    tried: Counter[str] = field(default_factory=Counter[str])
    taken: int = 0
    whole: int = 0
    slowest_ms: float = 0.0
    wrong: list[str] = field(default_factory=list[str])


def attack(seed: int, count: int) -> Report:
    """So many packs."""
    dice, report = random.Random(seed), Report()
    with tempfile.TemporaryDirectory() as folder:
        for _ in range(count):
            kind = dice.choice(tuple(_KINDS))
            name, text, brought = _KINDS[kind](dice)
            report.tried[kind] += 1
            _try(report, Path(folder), kind, name, text, brought)
    return report


def _try(report: Report, folder: Path, kind: str, name: str, text: str, brought: str) -> None:
    file = folder / f"{name}.yaml"
    file.write_bytes(text.encode("utf-8", "surrogatepass"))
    issues, took = _laid(folder)
    if took > LOAD_MS:  # a machine that does something else at the same time counts that too
        issues, took = _laid(folder)
    report.slowest_ms = max(report.slowest_ms, took)
    if took > LOAD_MS:
        report.wrong.append(f"{kind}: {took:.0f} ms")
    report.wrong += [
        f"{kind}: an issue without its place: {one}" for one in issues if one.line < 1 or file.name not in one.file
    ]
    if not issues:
        report.taken += 1
        if report.taken % WHOLE == 1:
            report.whole += 1
            overlaid(folder)
            every(brought)
    file.unlink()


def _laid(folder: Path) -> tuple[list[Issue], float]:
    """What is wrong with the pack, and the milliseconds of CPU that it took to say so."""
    since = time.process_time()
    _, _, issues = lay(folder, SHIPPED)
    return issues, (time.process_time() - since) * 1000


def _a_text(dice: random.Random) -> tuple[str, str, str]:
    """Hostile words where an editor may write words, as JSON, which YAML reads."""
    name = dice.choice(tuple(_PLACES))
    words = " ".join(dice.choice(PAYLOADS) for _ in range(dice.randint(1, 3)))
    return name, dice.choice(_PLACES[name]).format(json.dumps(words)), words


def _raw(dice: random.Random) -> tuple[str, str, str]:
    """The same words, unquoted: they may be YAML of their own."""
    name, words = dice.choice(tuple(_PLACES)), dice.choice(PAYLOADS)
    return name, dice.choice(_PLACES[name]).format(words), words


def _tag(dice: random.Random) -> tuple[str, str, str]:
    """A value that asks to be made into an object."""
    call = dice.choice(("python/object/apply:os.system ['id']", "python/name:os.system", "binary aGVq", "timestamp x"))
    return "tekster", f"messages:\n  start.hello: !!{call}\n", ""


def _bomb(dice: random.Random) -> tuple[str, str, str]:
    """Anchors that grow, merge keys, and documents upon documents."""
    lines = ["a0: &a0 [x, x]"] + [f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 9)}]" for n in range(1, 12)]
    merge = "messages: &m\n  start.hello: x\nforms:\n  <<: *m\n"
    return "tekster", dice.choice(("\n".join(lines), merge, "---\na: 1\n" * 500)), ""


def _deep(dice: random.Random) -> tuple[str, str, str]:
    """Nesting."""
    depth = dice.choice((30, 300, 3_000))
    return "skemaer", dice.choice((f"{'{a: ' * depth}1{'}' * depth}\n", "- " * depth, "[" * depth)), ""


def _large(dice: random.Random) -> tuple[str, str, str]:
    """More than anybody writes: one long value, many keys, many lines."""
    size = dice.choice((50_000, 500_000, 2_000_000))
    many = "messages:\n" + "".join(f"  k{n}: x\n" for n in range(size // 20))
    return "tekster", dice.choice((f"messages:\n  start.hello: {'x' * size}\n", many, "\n" * size)), ""


_KINDS: Final[dict[str, Callable[[random.Random], tuple[str, str, str]]]] = {
    "words": _a_text,
    "words again": _a_text,
    "raw": _raw,
    "tags": _tag,
    "bombs": _bomb,
    "depth": _deep,
    "size": _large,
}
