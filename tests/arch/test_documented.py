"""The documents tell the truth: what can be run, set or asked for is written down, and what is written down exists."""

from __future__ import annotations

import ast
import re
import shlex
from collections.abc import Iterator
from pathlib import Path

import pytest
from typer.core import TyperCommand, TyperGroup
from typer.exceptions import TyperException

from bot.settings import Settings
from dialogs.content import Content
from tests.arch.tree import PACKAGES, ROOT, called, calls, doc, files, make_targets, modules, name
from tests.commands import ROOT_COMMAND, parts_of

GUIDE = "docs/operations.md"
READ = tuple(sorted(name(path) for path in files() if path.suffix == ".md" and "vendor" not in path.parts))
NEEDED = (
    "README.md", "CONTRIBUTING.md", "CHANGELOG.md", "SECURITY.md", "docs/architecture.md", "docs/operations.md",
    "docs/testing.md", "docs/privacy.md", "docs/glossary.md", "docs/indhold.md",
    "docs/threat-model.md", "docs/asvs.md", "docs/nis2.md", "docs/til-foraeldre.md",
)  # fmt: skip
FENCE = re.compile(r"^```(?:sh|console)\n(.*?)^```", re.M | re.S)
INLINE = re.compile(r"`([^`\n]+)`")
LINK = re.compile(r"\]\((?!https?://|mailto:|tel:)([^)#\s]+)(#[^)\s]*)?\)")
POINTED = re.compile(r"(?<![\w./-])((?:[\w.-]+/)*[\w-]+\.md)\b|\b(features row \d+|decisions? \d+)\b")
OURS = ("python -m ", "make ", ".ci/run", "python scripts/")
HOLE = re.compile(
    r"[<>{}…|]|\b(?:[A-ZÆØÅ]_?){2,}\b"
)  # `content diff FØR EFTER`: what comes from there on is for the reader to fill


def commands(group: TyperGroup, path: tuple[str, ...] = ()) -> Iterator[tuple[tuple[str, ...], TyperCommand]]:
    """Every command of the program with the words that lead to it."""
    for word, inner in parts_of(group).items():
        if isinstance(inner, TyperGroup):
            yield from commands(inner, (*path, word))
        else:
            assert isinstance(inner, TyperCommand)
            yield (*path, word), inner


COMMANDS = dict(commands(ROOT_COMMAND))


def shown(text: str) -> Iterator[str]:
    """The commands of ours that a document shows, in blocks and in running text."""
    blocks = (line.removeprefix("$ ") for block in FENCE.findall(text) for line in block.splitlines())
    for line in (*blocks, *INLINE.findall(text)):
        bare = re.sub(r"\s+#.*", "", line).strip().removesuffix(" &").rstrip(".")
        bare = re.sub(r"^(?:[A-Z_]+=\S+\s+)+", "", bare)
        bare = bare.removeprefix(".venv/bin/")
        if bare.startswith(OURS):
            yield bare


def wrong(line: str) -> str | None:
    """Why a shown command can't be run; None when it can."""
    hole = HOLE.search(line)
    words = shlex.split(line[: hole.start()] if hole else line, posix=hole is None)
    if words[0] == "make":
        unknown = [word for word in words[1:] if "=" not in word and word not in (*make_targets(), "help")]
        return f"no target {unknown}" if unknown else None
    if words[0] == ".ci/run":
        return None
    if words[1].startswith("scripts/"):
        return None if (ROOT / words[1]).is_file() else "no such script"
    if words[2] != "bot":
        module = ROOT / words[2].replace(".", "/")
        here = module.with_suffix(".py").is_file() or (module / "__main__.py").is_file()
        return None if here or words[2] == "pytest" else "no such module"
    return wrong_for_bot(words[3:], whole=hole is None)


def wrong_for_bot(words: list[str], *, whole: bool) -> str | None:
    """The same for a command of `python -m bot`: its words and options are parsed, and nothing is run."""
    command: object = ROOT_COMMAND
    at = 0
    while isinstance(command, TyperGroup) and at < len(words) and not words[at].startswith("-"):
        there = parts_of(command)
        if words[at] not in there:
            return f"no command «{words[at]}»"
        command, at = there[words[at]], at + 1
    if not isinstance(command, TyperCommand) or not whole or "--help" in words or len(words) == at:
        return None
    try:
        command.make_context(command.name, words[at:])
    except TyperException as error:
        return str(error)
    return None


def test_the_documents_are_there() -> None:
    assert [path for path in NEEDED if not (ROOT / path).is_file()] == []


@pytest.mark.parametrize("path", READ)
def test_every_command_in_a_document_can_be_run(path: str) -> None:
    assert [(line, why) for line in shown(doc(path)) if (why := wrong(line))] == []


@pytest.mark.parametrize("path", READ)
def test_every_link_in_a_document_leads_somewhere(path: str) -> None:
    folder = (ROOT / path).parent
    assert [link for link, _ in LINK.findall(doc(path)) if not (folder / link).exists()] == []


def pointers(text: str) -> set[str]:
    """What a text points to and a reader can't find: documents that are not here, rows and decisions by number."""
    named = (path or row for path, row in POINTED.findall(text))
    return {one for one in named if not (ROOT / one).is_file()}


def test_what_the_code_points_to_is_there_to_be_read() -> None:
    assert {path: lost for path, source, _ in modules() if (lost := pointers(source))} == {}


def test_a_pointer_to_what_is_not_here_is_noticed() -> None:
    lost = {"domain.md", "docs/gone.md", "features row 7", "decision 12"}
    assert pointers("domain.md § 4, docs/gone.md, features row 7, decision 12, README.md, docs/law.md, ADR 7") == lost


def test_a_wrong_command_in_a_document_is_noticed() -> None:
    lines = ("python -m bot dmeo", "python -m bot content chek", "python -m bot retention --dry", "make tset")
    assert [line for line in lines if wrong(line) is None] == []


@pytest.mark.parametrize("path", [path for path, command in COMMANDS.items() if not command.hidden], ids=" ".join)
def test_every_command_is_explained_to_operators(path: tuple[str, ...]) -> None:
    assert f"`{' '.join(path)}" in doc(GUIDE)


@pytest.mark.parametrize("path", COMMANDS, ids=" ".join)
def test_every_command_explains_itself(path: tuple[str, ...]) -> None:
    command = COMMANDS[path]
    assert len(command.help or "") > 20
    assert [one.name for one in command.params if not getattr(one, "help", None)] == []


@pytest.mark.parametrize("setting", Settings.model_fields)
def test_every_setting_is_explained_to_operators(setting: str) -> None:
    assert re.search(rf"^\| `{setting.upper()}` \|", doc(GUIDE), re.M)


@pytest.mark.parametrize(
    ("setting", "value"),
    [(n, f.default) for n, f in Settings.model_fields.items() if isinstance(f.default, str | int) and f.default],
)
def test_the_defaults_that_operators_read_are_the_real_ones(setting: str, value: object) -> None:
    row = re.search(rf"^\| `{setting.upper()}` \|(.*)$", doc(GUIDE), re.M)
    assert row is not None
    assert f"`{value}`" in row[1]


def test_no_setting_is_explained_that_is_not_there() -> None:
    told = {row.lower() for row in re.findall(r"^\| `([A-Z_]+)` \|", doc(GUIDE), re.M)}
    assert told == set(Settings.model_fields)


def read_variables() -> set[str]:
    """The environment variables that tests and scripts read for themselves."""
    found: set[str] = set()
    for _, _, tree in modules("tests", "scripts"):
        for call in calls(tree):
            if called(call) in ("os.environ.get", "os.getenv") and isinstance(call.args[0], ast.Constant):
                found.add(str(call.args[0].value))
    return found


def test_every_variable_that_tests_read_is_explained() -> None:
    text = doc("docs/testing.md")
    assert [variable for variable in sorted(read_variables()) if f"`{variable}" not in text] == []


@pytest.mark.parametrize("target", make_targets())
def test_every_make_target_is_explained(target: str) -> None:
    told = "\n".join(doc(path) for path in ("README.md", "CONTRIBUTING.md", "docs/testing.md", GUIDE))
    assert f"make {target}" in told


def codes() -> Iterator[tuple[str, str]]:
    """Every problem code that stands in the code, with its place."""
    for path, _, tree in modules(*PACKAGES):
        for call in calls(tree):
            makes = called(call) == "Problem" or called(call).endswith("t.problem")
            if makes and call.args and isinstance(call.args[0], ast.Constant):
                yield str(call.args[0].value), f"{path}:{call.lineno}"


def test_every_problem_code_has_danish_words(content: Content) -> None:
    spoken = (content.words, content.papers, content.meetings, content.plans, content.network)
    silent = [
        (code, place)
        for code, place in codes()
        if code not in content.case_words.problems and not any(words.has(f"problems.{code}") for words in spoken)
    ]
    assert silent == []
    assert len(list(codes())) > 30


def test_the_tests_behind_the_promises_are_there() -> None:
    named = re.findall(r"`(tests/[\w/.]+)`", doc("README.md") + doc("docs/testing.md"))
    assert [path for path in named if not (ROOT / path).exists()] == []
    assert len(named) > 20


def test_every_folder_of_tests_is_explained() -> None:
    folders = {name(path).split("/")[1] for path in files() if re.match(r"tests/\w+/", name(path))}
    assert [folder for folder in sorted(folders) if f"`tests/{folder}`" not in doc("docs/testing.md")] == []


def test_the_rooms_of_the_house_are_all_in_the_picture_of_the_architecture() -> None:
    text = doc("docs/architecture.md")
    rooms = {path.name for path in (ROOT / "bot").iterdir() if path.suffix == ".py" or (path / "__init__.py").exists()}
    assert [room for room in sorted(rooms - {"__init__.py"}) if f"`bot/{room}" not in text] == []


def test_pictures_have_words() -> None:
    assert [path for path in READ if re.search(r"!\[\s*\]\(", doc(path))] == []
    for source, words in re.findall(r"<img src=\"([^\"]+)\"[^>]*? alt=\"([^\"]*)\"", doc("README.md")):
        assert (ROOT / source).is_file(), source
        assert len(words) > 10, source
    assert doc("README.md").count("<img ") == doc("README.md").count(" alt=")
    svg = Path(ROOT / "docs/billeder/arkitektur.svg").read_text(encoding="utf-8")
    assert "<title" in svg
    assert "<desc" in svg
    assert "prefers-color-scheme: dark" in svg
