"""Drawing, comparing and playing the content: the editors' commands that answer with more than a line."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

from typer.testing import CliRunner

from bot.cli.content import app
from dialogs.content import DANISH
from tests.contracts.content_cli import EXAMPLE, answer, run

# --- graph, diff, play ---


def test_graph_draws_the_form_and_says_every_condition() -> None:
    found = answer("graph", "worry")
    assert found["mermaid"].startswith("flowchart TD\n")
    assert "q04_sikkerhed -.-> q04_hvad" in found["mermaid"]
    by_id = {one["id"]: one for one in found["questions"]}
    assert by_id["q04_hvad"]["when"] == "«Sikkerhed nu» er «Ja» eller «Måske»"
    assert by_id["q04_sikkerhed"]["when"] == ""
    said = run("graph", "light")
    assert said.exit_code == 0
    assert "1. l_alder (one, krævet): Hvor gammelt er barnet?" in said.stdout


def test_graph_of_no_form_names_those_there_are() -> None:
    result = run("graph", "nothing")
    assert result.exit_code == 2
    assert "light, preparation, sharing, worry" in result.stderr


def test_diff_of_a_folder_with_itself_is_empty() -> None:
    assert run("diff", str(DANISH), str(DANISH)).stdout == "Ingen forskel.\n"


def test_diff_names_what_came_went_and_changed(tmp_path: Path) -> None:
    folder = Path(shutil.copytree(DANISH, tmp_path / "da"))

    def change(name: str, old: str, new: str) -> None:
        path = folder / name
        text = path.read_text(encoding="utf-8")
        assert old in text
        path.write_text(text.replace(old, new, 1), encoding="utf-8")

    change("tables/triage.yaml", "{yellow: {least: 5}}", "{yellow: {least: 4}}")
    change("forms/worry.yaml", "id: q08_retning", "id: q08_vej")
    change("forms/worry.yaml", "      - {id: andet, label: På en anden måde}\n", "")
    change("forms/worry.yaml", "show_if: {q04_sikkerhed: nej}", "show_if: {q04_sikkerhed: [nej, maaske]}")
    change("forms/worry.yaml", "limits: {max_length: 40}", "limits: {max_length: 50}")
    change("messages.yaml", "none: Du har ingen kladder.", "none: Du har ikke nogen.")
    change("signs/B3.yaml", "{id: B3CR1b,", "{id: B3CR1b, locked: true, flow: violence,")
    change(
        "sources.yaml",
        'Ingen har pligt til det.", old: servicelovens § 49 a, checked_on: 2026-11-21',
        'Ingen har pligt til det.", old: servicelovens § 49 a, reviewed_by: Kommunens jurist, checked_on: 2026-12-01',
    )
    change("old_names.yaml", "reviewed_by: null", "reviewed_by: Kommunens jurist")
    change("sources.yaml", "sparring: [FVL § 27, GDPR betragtning 26]", "sparring: [FVL § 27]")
    found = answer("diff", str(DANISH), str(folder))["differences"]
    seen = {(one["what"], one["how"], one["id"]) for one in found}
    assert seen >= {
        ("question", "removed", "worry.q08_retning"),
        ("question", "added", "worry.q08_vej"),
        ("question", "changed", "worry.q01_barn"),
        ("option", "removed", "worry.q03_rolle.andet"),
        ("rule", "changed", "worry.q00_udgave"),
        ("sign", "changed", "B3CR1b"),
        ("text", "changed", "messages.yaml: drafts.none"),
        ("table", "changed", "triage"),
        ("source", "changed", "RSL § 11 e"),
        ("paper", "changed", "sparring"),
    }
    reading = next(one for one in found if one["id"] == "RSL § 11 e")
    assert "læst af Kommunens jurist" in reading["after"]
    names = next(one for one in found if one["id"] == "old_names.yaml")
    assert names["after"] == "tjekket 2026-11-21, læst af Kommunens jurist"
    assert reading["after"].endswith("bærer R20, exchange, attend")
    shift = next(one for one in found if one["what"] == "table")
    assert (shift["before"], shift["situations"] > 0) == ("yellow", True)
    assert "situationer" in run("diff", str(DANISH), str(folder)).stdout


def test_diff_of_a_rule_of_law_says_which_situations_move_and_how_often_what_is_asked(tmp_path: Path) -> None:
    folder = Path(shutil.copytree(DANISH, tmp_path / "da"))
    path = folder / "tables" / "sharing.yaml"
    text = path.read_text(encoding="utf-8")
    rule, narrower = "when: {case_open: yes}", "when: {all: [{case_open: yes}, {consent: refused}]}"
    assert text.count(rule) == 1
    path.write_text(text.replace(rule, narrower), encoding="utf-8")
    found = answer("diff", str(DANISH), str(folder))["differences"]
    moved = {(one["before"], one["after"].split()[0]) for one in found if one["what"] == "table"}
    assert moved == {("X4", "X5"), ("X4", "E1"), ("X4", "E2"), ("X4", "X6")}
    asked = {one["id"]: (one["before"], one["after"]) for one in found if one["what"] == "rule"}
    assert asked == {
        "sharing.private": ("spørges på 51 veje", "spørges på 63 veje"),
        "sharing.meeting": ("spørges på 30 veje", "spørges på 45 veje"),
    }


PLAYED = """nej
kort
Uglen
k46
Klasselærer, siden 1. klasse
hjælp
Far slår ham, og han er doven. Ring 22334455
Han sad alene tirsdag.
tilbage
Han sad alene tirsdag i frikvarteret.
ikke spurgt
stop
"""


def test_play_walks_a_form_with_guards_help_and_back() -> None:
    result = run("play", "worry", said=PLAYED)
    assert result.exit_code == 0, result.output
    assert "[1 af " in result.stdout
    assert "Der står et telefonnummer." in result.stdout
    assert "Eksempel:" in result.stdout
    assert "Intet er gemt." in result.stdout


def test_play_tells_what_the_guards_heard_in_one_line_each() -> None:
    said = "ja\nviolence\nhome\nUglen\nk46\n1\nspring over\nFar slår ham, og han er doven.\nstop\n"
    lines = run("play", "worry", said=said).stdout.splitlines()
    assert len([line for line in lines if line.startswith("! ")]) == 1
    assert len([line for line in lines if line.startswith("Et råd: ")]) == 1


def test_play_as_json_tells_only_where_it_ended() -> None:
    result = CliRunner().invoke(app, ["play", "worry", "--json"], input=PLAYED)
    found = json.loads(result.stdout)
    assert (found["form"], found["status"]) == ("worry", "open")
    assert found["answers"]["q05_set"] == "Han sad alene tirsdag i frikvarteret."
    assert found["current"] == "q18_hjaelp"


def test_play_sends_a_red_worry_by_the_fast_lane() -> None:
    said = "ja\nviolence\nhome\nUglen\nk46\n1\nspring over\nFar slog ham tirsdag.\nsend\nsend\n"
    found = json.loads(run("play", "worry", "--overlay", str(EXAMPLE), "--json", said=said).stdout)
    assert (found["status"], found["light"], found["answers"]["q04_hvem"]) == ("submitted", "red", "home")


def test_play_of_the_light_gives_no_colour_to_a_grown_up() -> None:
    light = run("play", "light", "--json", said="5\nsend\n")
    assert json.loads(light.stdout)["status"] == "submitted"
    assert json.loads(light.stdout)["light"] == "none"
