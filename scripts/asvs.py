"""Write docs/asvs.md from docs/asvs.yaml: `python scripts/asvs.py`. A test holds the two against each other."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import cast

from ruamel.yaml import YAML

ROOT = Path(__file__).resolve().parent.parent
SOURCE, PAGE = ROOT / "docs" / "asvs.yaml", ROOT / "docs" / "asvs.md"
KINDS = {"test": "tested", "how": "by design", "not applicable": "not applicable", "missing": "missing"}
Answer = tuple[str, str, str]  # id, kind, words
HEAD = """# OWASP ASVS 5.0, levels 1 and 2

Our own answers to every requirement of levels 1 and 2 of OWASP's Application Security Verification Standard 5.0 outside
V17 (WebRTC, which is not used). The standard's words are not repeated: read them there by their number. Nobody outside
has checked this.

*Tested*: the named test fails when it no longer holds. *By design*: a reason or a place in the code, with no test of
its own. *Missing*: not done, or not done in full. Written by `python scripts/asvs.py` from [asvs.yaml](asvs.yaml).
"""


def chapters(path: Path = SOURCE) -> dict[str, dict[str, object]]:
    """The file as it is: chapter, then title and answers."""
    return cast(dict[str, dict[str, object]], YAML(typ="safe", pure=True).load(path.read_text(encoding="utf-8")))


def answers(chapter: Mapping[str, object]) -> Iterator[Answer]:
    """The answers of one chapter; a wrong kind or more than one answer is a ValueError."""
    for number, said in chapter.items():
        if number == "title":
            continue
        kinds = list(cast(dict[str, str], said).items())
        if len(kinds) != 1 or kinds[0][0] not in KINDS:
            raise ValueError(f"{number}: answer with one of {', '.join(KINDS)}")
        yield number, *kinds[0]


def page() -> str:
    """The whole document."""
    found = chapters()
    whole = Counter(kind for chapter in found.values() for _, kind, _ in answers(chapter))
    rows = ["| Chapter | " + " | ".join(KINDS.values()) + " | all |", "|---|" + "---|" * (len(KINDS) + 1)]
    for name, chapter in found.items():
        rows.append(_counted(f"{name} {chapter['title']}", Counter(kind for _, kind, _ in answers(chapter))))
    rows.append(_counted("**All**", whole))
    parts = [HEAD, "## Counts\n", "\n".join(rows) + "\n"]
    for name, chapter in found.items():
        lines = [f"## {name} {chapter['title']}\n", "| Id | | Answer |", "|---|---|---|"]
        parts.append("\n".join([*lines, *(_row(*answer) for answer in answers(chapter))]) + "\n")
    return "\n".join(parts)


def _counted(name: str, counts: Counter[str]) -> str:
    return f"| {name} | " + " | ".join(str(counts[kind]) for kind in KINDS) + f" | {counts.total()} |"


def _row(number: str, kind: str, words: str) -> str:
    said = f"`{words}`" if kind == "test" else words
    return f"| {number} | {KINDS[kind]} | {said} |"


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
