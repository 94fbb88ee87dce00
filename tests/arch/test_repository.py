"""What anybody who clones the repository may rely on: whole, honest, licensed, and nothing of one machine in it."""

from __future__ import annotations

import json
import os
import re
import subprocess
from datetime import date
from pathlib import PurePosixPath

import pytest
from ruamel.yaml import YAML

from scripts.pins import Pin, pins
from scripts.sbom import sbom
from tests.arch.tree import ROOT, doc, files, is_vendored, name, texts

UNFINISHED = re.compile(r"\b(TO" + r"DO|FIX" + r"ME|X" + r"XX|HA" + r"CK|WI" + r"P)\b")
MACHINE = re.compile(r"(?<![\w.])/(?:home|root|work|Users|mnt)/\w|[A-Z]:\\\\Users")
HOST = re.compile(r"https?://(?:[^\s/@\"'`<>]*@)?([A-Za-z0-9.-]+)")
# Hosts that stand in the repository, each with its reason. Law and health sources may only be Danish authorities.
HOSTS = {
    "a.dk": "an address that a markup test made up",
    "localhost": "this machine",
    "127.0.0.1": "this machine",
    "api.telegram.org": "the default of TELEGRAM_API_URL",
    "t.me": "the form of Telegram's own links",
    **dict.fromkeys((f"web{mark}.telegram.org" for mark in ("", "a", "k", "z")), "may frame the Mini App's first page"),
    "core.telegram.org": "the Bot API's documentation",
    "www.w3.org": "XML names",
    "mozilla.org": "the licence",
    "www.mozilla.org": "the licence",
    "yml.publiccode.tools": "the standard that publiccode.yml follows",
    "keepachangelog.com": "the form of the changelog",
    "www.sqlite.org": "why, in a comment",
    "www.postgresql.org": "why, in a comment",
}
AUTHORITIES = (
    "retsinformation.dk",
    "eur-lex.europa.eu",
    "danskelove.dk",
    "ankestyrelsen.dk",
    "ombudsmanden.dk",
    "sst.dk",
    "sm.dk",
)
INVENTED = (".example", ".example.org", ".example.dk", ".test", ".invalid", ".local", "example.org", "example.dk")
LICENCES = {"dkfds": ("LICENSE.md", "LICENSE-APACHE-2.0.txt", "fonts/license.txt"), "htmx": ("LICENSE",)}
PERSONAL = re.compile(r"maja|jonas|birgit|torben|nadia|emil|karen|cpr_?\d|\d{6}-?\d{4}", re.I)


def is_named(host: str) -> bool:
    """Whether a host is one of those that may stand here; a host without a dot is a test's invention."""
    authority = any(host == one or host.endswith("." + one) for one in AUTHORITIES)
    return host in HOSTS or authority or host.endswith(INVENTED) or "." not in host


def test_nothing_is_left_unfinished() -> None:
    found = [
        f"{path}:{number}"
        for path, text in texts()
        for number, line in enumerate(text.splitlines(), 1)
        if UNFINISHED.search(line)
    ]
    assert found == []


def test_nothing_knows_one_machine() -> None:
    assert [path for path, text in texts() if MACHINE.search(text)] == []


def test_every_host_is_ours_invented_or_has_a_reason() -> None:
    found = {
        f"{path}: {host}" for path, text in texts() for host in HOST.findall(text) if not is_named(host.rstrip("."))
    }
    assert found == set()


@pytest.mark.parametrize("lock", ["requirements.lock", "requirements-dev.lock"])
def test_a_lock_file_pins_by_hash_and_names_no_server(lock: str) -> None:
    text = doc(lock)
    assert "://" not in text
    assert not re.search(r"^\s*--(?!hash)", text, re.M)
    named = re.findall(r"^[a-z0-9].*", text, re.M)
    pinned = re.findall(r"^([a-z0-9._-]+==[^\s;]+.* \\)\n    --hash=sha256:[0-9a-f]{64}", text, re.M)
    assert pinned == named
    assert len(named) > 30


def test_what_the_program_is_made_of_is_the_lock_file_and_nothing_else() -> None:
    found = sbom(doc("requirements.lock"), "0")
    named = re.findall(r"^([a-z0-9._-]+)==([^\s;]+)", doc("requirements.lock"), re.M)
    assert [(one["name"], one["version"]) for one in found["components"]] == named
    assert len({one["purl"] for one in found["components"]}) == len(named) > 30
    assert all(one["properties"] for one in found["components"])
    assert "://" not in json.dumps(found)
    assert found == sbom(doc("requirements.lock"), "0")


def test_file_names_say_nothing_about_people() -> None:
    assert [name(path) for path in files() if PERSONAL.search(name(path))] == []


def test_file_names_work_everywhere() -> None:
    odd = [name(path) for path in files() if not re.fullmatch(r"[A-Za-z0-9_./-]+", name(path))]
    assert odd == []


def test_vendored_files_have_their_licences() -> None:
    vendored = {PurePosixPath(name(path)).parts[4] for path in files() if is_vendored(path)}
    assert vendored == set(LICENCES)
    for package, licences in LICENCES.items():
        for licence in licences:
            assert len(doc(f"bot/web/static/vendor/{package}/{licence}")) > 500


def test_the_licence_is_the_whole_mozilla_public_licence() -> None:
    text = doc("LICENSE")
    assert text.startswith("Mozilla Public License Version 2.0")
    assert [f"{n}. " in text for n in range(1, 11)] == [True] * 10
    assert "Exhibit A" in text
    assert "Exhibit B" in text


def test_publiccode_says_what_its_standard_asks_for() -> None:
    told = YAML(typ="safe").load(doc("publiccode.yml"))
    needed = {
        "publiccodeYmlVersion", "name", "url", "platforms", "categories", "developmentStatus", "softwareType",
        "description", "legal", "maintenance", "localisation",
    }  # fmt: skip
    assert needed <= set(told)
    assert told["legal"]["license"] == "MPL-2.0"
    assert told["maintenance"]["contacts"]
    assert set(told["description"]) == {"da", "en"}
    for words in told["description"].values():
        assert len(words["shortDescription"]) <= 150
        assert 150 <= len(words["longDescription"]) <= 10_000
        assert all(0 < len(feature) <= 100 for feature in words["features"])


def test_the_version_is_one() -> None:
    project = re.search(r'^version = "(.+)"', doc("pyproject.toml"), re.M)
    assert project is not None
    assert f'softwareVersion: "{project[1]}"' in doc("publiccode.yml")
    assert f"## [{project[1]}]" in doc("CHANGELOG.md")


def test_ci_is_one_readable_script() -> None:
    script = ROOT / ".ci" / "run"
    assert os.access(script, os.X_OK)
    assert subprocess.run(["bash", "-n", str(script)], check=False).returncode == 0
    lines = script.read_text(encoding="utf-8").splitlines()
    steps = ["set -euo pipefail", 'make check PYTHON="$python"', 'make test PYTHON="$python"']
    assert [line for line in lines if line in steps] == steps


def test_a_pin_is_as_old_as_its_line_in_the_lock_file() -> None:
    blame = (
        "aa 1 1 1\ncommitter-time 1764000000\n\tlib-one==1.2 \\\n"
        "aa 2 2\ncommitter-time 1764000000\n\t    --hash=sha256:00==\n"
        "bb 3 3\ncommitter-time 1760000000\n\ttwo==3.0.post1\n\t# via lib-one==9\n"
    )
    assert sorted(pins(blame)) == [
        Pin(date(2025, 10, 9), "two", "3.0.post1"),
        Pin(date(2025, 11, 24), "lib-one", "1.2"),
    ]
