"""`web` refuses to start where people could not sign in safely, with a line that names the setting (T29)."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.settings import Needs, SettingsError, cautions, dangers, read_settings
from tests.commands import Run, run

__all__ = ["run"]

GOOD = {"SECRET_KEY": "q8Zt4rWn2LxKc7Vb5MdPf9Hs3JgYe6Ta", "PUBLIC_URL": "https://trivsel.kommune.example"}
PROVIDER = {"OIDC_ISSUER": "https://login.example", "OIDC_CLIENT_ID": "trivsel", "OIDC_CLIENT_SECRET": "hemmelig"}
WEB = Needs(secret_key=True, sign_in=True)

UNSAFE = [
    ({"PUBLIC_URL": "http://trivsel.kommune.example"}, "PUBLIC_URL"),
    ({"SECRET_KEY": ""}, "SECRET_KEY"),
    ({"SECRET_KEY": "short"}, "SECRET_KEY"),
    ({"SECRET_KEY": "changeme" * 5}, "SECRET_KEY"),
    ({**PROVIDER, "OIDC_ISSUER": ""}, "OIDC_ISSUER"),
    ({**PROVIDER, "OIDC_CLIENT_ID": ""}, "OIDC_CLIENT_ID"),
    ({**PROVIDER, "OIDC_CLIENT_SECRET": ""}, "OIDC_CLIENT_SECRET"),
    ({**PROVIDER, "OIDC_ISSUER": "http://login.example"}, "OIDC_ISSUER"),
    ({**PROVIDER, "OIDC_BIND": "everybody"}, "OIDC_BIND"),
]
SAFE = [{}, PROVIDER, {"PUBLIC_URL": "http://localhost:8000"}, {"PUBLIC_URL": ""}]


@pytest.mark.parametrize(("change", "named"), UNSAFE)
def test_an_unsafe_setting_is_named_and_its_value_is_not(
    monkeypatch: pytest.MonkeyPatch, change: dict[str, str], named: str
) -> None:
    for name, value in {**GOOD, **change}.items():
        monkeypatch.setenv(name, value)
    with pytest.raises(SettingsError) as refused:
        read_settings(WEB)
    assert [line.split(":")[0] for line in refused.value.lines] == [named]
    assert not any(value and value in str(refused.value) for value in change.values() if "hemmelig" in value)


@pytest.mark.parametrize("change", SAFE)
def test_a_safe_setting_starts(monkeypatch: pytest.MonkeyPatch, change: dict[str, str]) -> None:
    for name, value in {**GOOD, **change}.items():
        monkeypatch.setenv(name, value)
    assert read_settings(WEB).public_url == {**GOOD, **change}["PUBLIC_URL"]


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"SECRETKEY": "x"}, "SECRETKEY: is not a setting; did you mean SECRET_KEY?"),
        ({"SECRET_KEY": "a" * 40}, "SECRET_KEY: repeats a few characters; make a random one"),
        ({"MUNICIPALITY": ""}, "MUNICIPALITY: is not set; papers and pages will say «kommunen»"),
        ({"ACCESSIBILITY_CONTACT": ""}, "ACCESSIBILITY_CONTACT: is not set; the accessibility page has no address"),
    ],
)
def test_what_starts_but_surprises_is_said(monkeypatch: pytest.MonkeyPatch, change: dict[str, str], said: str) -> None:
    whole = {
        "SECRET_KEY": "q8Zt4rWn2LxKc7Vb5MdPf9Hs3JgYe6Ta",
        "MUNICIPALITY": "Vestby Kommune",
        "ACCESSIBILITY_CONTACT": "tilgaengelighed@vestby.example",
        "HOSTNAME": "a1",
        "SSH_CONNECTION": "here",
    }
    for name in ("MUNICIPALITY", "ACCESSIBILITY_CONTACT"):
        monkeypatch.delenv(name, raising=False)
    for name, value in (whole | change).items():
        monkeypatch.setenv(name, value)
    settings = read_settings()
    (line,) = cautions(settings, whole | change)
    assert line.startswith(said) and dangers(settings, whole | change) == []


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"TELEGRAM_POLCY": "off"}, "TELEGRAM_POLCY: is not a setting; did you mean TELEGRAM_POLICY?"),
        ({"KEYFILE": "/etc/key"}, "KEYFILE: is not a setting; did you mean KEY_FILE?"),
        ({"DATABASE_URI": "postgresql://x/y"}, "DATABASE_URI: is not a setting; did you mean DATABASE_URL?"),
        ({"PUBLIC_URL": "https://trivsel.example", "SECRET_KEY": "ab" * 20}, "SECRET_KEY: repeats a few characters"),
    ],
)
@pytest.mark.parametrize("command", ["web", "worker"])
def test_what_would_silently_not_hold_stops_the_start(
    change: dict[str, str], said: str, command: str, tmp_path: Path, run: Run
) -> None:
    env = {"SECRET_KEY": GOOD["SECRET_KEY"], "DATABASE_URL": f"sqlite:///{tmp_path}/a.db", "PORT": "8999", **change}
    if "DATABASE_URI" in change:
        del env["DATABASE_URL"]
    code, lines = run(command, env)
    assert code == 2 and len(lines) == 1 and lines[0].startswith(said)


def test_a_port_that_is_no_number_is_told_in_plain_words(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PORT", "tolv")
    with pytest.raises(SettingsError) as refused:
        read_settings()
    assert refused.value.lines == ["PORT: write a number from 1 to 65535"]
