"""The operator's package of a case: sealed to another's key, readable by nobody else, and in the log."""

from __future__ import annotations

import io
import json
import stat
import zipfile
from pathlib import Path

import pytest
from typer.testing import CliRunner

from bot.bootstrap import build
from bot.cli import app
from bot.settings import Settings
from storage.parcels import ParcelProblem, new_pair, opened, public_beside, public_key, sealed_to
from tests.bare import bare
from tests.core.form_kit import danish
from tests.migrated import migrated

CODE, SECRET = "K7RT-Måge", "Mandag sad han alene i frikvarteret."


def test_only_its_own_key_opens_a_parcel_and_every_change_is_noticed(tmp_path: Path) -> None:
    mine, other = tmp_path / "min", tmp_path / "anden"
    new_pair(mine)
    new_pair(other)
    parcel = sealed_to(public_key(public_beside(mine)), SECRET.encode())
    assert opened(parcel, mine) == SECRET.encode() and SECRET.encode() not in parcel
    assert stat.S_IMODE(mine.stat().st_mode) == 0o400
    with pytest.raises(ParcelProblem):
        opened(parcel, other)
    for place in range(0, len(parcel), 7):
        spoilt = parcel[:place] + bytes([parcel[place] ^ 1]) + parcel[place + 1 :]
        with pytest.raises(ParcelProblem):
            opened(spoilt, mine)
    with pytest.raises(ParcelProblem):
        opened(parcel, public_beside(mine))


def test_the_operator_makes_a_package_that_only_the_other_key_opens(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    url = migrated(tmp_path / "sag.db")
    for name in ("KEY_FILE", "SECRET_KEY", "CONTENT_OVERLAY"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("DATABASE_URL", url)
    build(Settings(database_url=url), practice=True, content=danish()).store.close()
    run = CliRunner()
    key, parcel, folder = tmp_path / "noegle", tmp_path / "pakke", tmp_path / "ud.zip"
    assert run.invoke(app, ["subject-access", "key", str(key)]).exit_code == 0
    wanted = ["subject-access", "make", CODE, "--to", f"{key}.pub", "--out", str(parcel)]
    made = run.invoke(app, wanted)
    assert made.exit_code == 0 and stat.S_IMODE(parcel.stat().st_mode) == 0o600
    assert SECRET not in made.output and SECRET.encode() not in parcel.read_bytes()
    assert run.invoke(app, wanted).exit_code == 2  # never written over
    assert (
        run.invoke(app, ["subject-access", "open", str(parcel), "--key", str(key), "--out", str(folder)]).exit_code == 0
    )
    with zipfile.ZipFile(io.BytesIO(folder.read_bytes())) as found:
        data = json.loads(found.read("indsigt-K7RT-Maage.json"))
        assert SECRET in json.dumps(data, ensure_ascii=False) and data["made_by"]["name"] == ""
        assert found.read("indsigt-K7RT-Maage.pdf").startswith(b"%PDF")
    house = build(Settings(database_url=url), practice=True, content=danish())
    lines = bare(house).run(lambda raw: [one for one in raw.audit.lines() if one.action == "case.package"])
    assert {(one.actor, one.purpose, one.case_id) for one in lines} == {("operator", "access", lines[0].case_id)}
    house.store.close()


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (["make", "XXXX-Ravn", "--to", "{key}.pub", "--out", "{out}"], "there is no such case"),
        (["make", CODE, "--to", "{key}", "--out", "{out}"], "--to: is no public key"),
        (["make", CODE, "--to", "{key}.mangler", "--out", "{out}"], "can't be used"),
        (["make", CODE, "--to", "{key}.pub", "--out", "{key}"], "never written over"),
        (["open", "{key}", "--key", "{key}", "--out", "{out}"], "FILE: is no parcel"),
        (["key", "{key}"], "FILE: can't be written"),
    ],
)
def test_an_operators_mistake_is_one_line(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, words: list[str], says: str
) -> None:
    key, out = tmp_path / "noegle", tmp_path / "ud"
    new_pair(key)
    url = migrated(tmp_path / "sag.db")
    monkeypatch.setenv("DATABASE_URL", url)
    build(Settings(database_url=url), practice=True, content=danish()).store.close()
    result = CliRunner().invoke(app, ["subject-access", *(word.format(key=key, out=out) for word in words)])
    assert result.exit_code == 2 and says in result.output and result.output.count("\n") == 1
    assert not out.exists()
    house = build(Settings(database_url=url), practice=True, content=danish())
    lines = bare(house).run(lambda raw: [one for one in raw.audit.lines() if one.action == "case.package"])
    assert [one for one in lines if one.case_id] == [], "a mistake opens no case"
    house.store.close()
