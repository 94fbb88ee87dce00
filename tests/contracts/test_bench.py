"""The benchmark measures what it says: its peers hold to Telegram's rules, its people answer any form."""

from __future__ import annotations

import asyncio
import socket
from pathlib import Path

import pytest

from bench.forms import Plan, Result, measure
from bench.load import Tally
from bench.ours import WorryScript
from bench.peers import questions
from bench.process import BotProcess, Cores
from bench.report import table
from bench.script import Press, Say, Shown
from bench.systems import SYSTEMS
from tests.botapi import BotApi, Person

TINY = Plan(closed_seconds=0.2, open_seconds=0.2, warm_seconds=0.1, drafts=20, crowds=(5, 10), rates=(50,))
FLOOR = next(system for system in SYSTEMS if system.name == "floor")


async def fill_in(person: Person) -> None:
    """Answer the peers' sixteen questions, each twice-toggled list with two options."""
    await person.says("/start")
    for number, question in enumerate(questions.QUESTIONS):
        await person.expects(questions.heading(number))
        match question.kind:
            case "text":
                await person.says("Mandag i timen")
            case "one":
                await person.presses(question.options[1])
            case "many":
                for label in question.options[:2]:
                    await person.presses(label)
                    assert f"✓ {label}" in (await person.expects(question.ask)).labels
                await person.presses(questions.DONE)
    summary = await person.expects("Er det rigtigt?")
    assert summary.text.count("Mandag i timen") == 8
    await person.presses(questions.CONFIRM)
    await person.expects(questions.THANKS)


@pytest.mark.process
@pytest.mark.parametrize("name", ["aiogram", "ptb"])
async def test_the_peers_fill_in_the_form_on_the_strict_server(name: str, tmp_path: Path) -> None:
    system = next(system for system in SYSTEMS if system.name == name)
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    async with BotApi() as api:
        env = {
            "TELEGRAM_BOT_TOKEN": api.token,
            "TELEGRAM_API_URL": api.url,
            "TELEGRAM_WEBHOOK_SECRET": "hemmelig",
            "PORT": str(port),
            "PUBLIC_URL": f"http://127.0.0.1:{port}",
        }
        async with BotProcess(system.arguments, env, None, tmp_path / "bot.log"):
            await api.webhook_is_set()
            await asyncio.gather(*(fill_in(api.person(chat)) for chat in (1001, 1002, 1003)))
        assert [call.description for call in api.calls if not call.ok] == []


@pytest.mark.process
async def test_a_round_measures_every_figure(tmp_path: Path) -> None:
    phases: list[str] = []
    result = await measure(FLOOR, TINY, Cores(None, None), tmp_path, phases.append)
    assert result.failed == ""
    assert phases == ["cold start", "50 updates a second", "5 people at once", "10 people at once", "20 drafts"]
    assert result.figures["closed5_per_s"] > 0
    assert result.figures["open50_p99_ms"] >= result.figures["open50_p50_ms"] > 0
    assert result.figures["rss_drafts_mb"] > 1
    assert [key for key, value in result.figures.items() if key.endswith("_lost") and value] == []


@pytest.mark.process
async def test_a_bot_that_does_not_start_is_reported_with_its_last_words(tmp_path: Path) -> None:
    broken = type(FLOOR)("floor", ("-c", "raise SystemExit('no key')"), FLOOR.script, FLOOR.environment, FLOOR.prepare)
    result = await measure(broken, TINY, Cores(None, None), tmp_path, lambda _: None)
    assert result.failed == "no webhook was set: no key"
    assert "floor: not measured: no webhook was set: no key" in table([result])


def test_the_table_puts_each_figure_beside_its_ratio_to_aiogram() -> None:
    results = [
        Result("aiogram", figures={"closed50_per_s": 200.0}),
        Result("aiogram", figures={"closed50_per_s": 260.0}),
        Result("ours", figures={"closed50_per_s": 690.0}),
    ]
    lines = table(results).splitlines()
    assert lines[1].split() == ["updates/s,", "50", "people", "230", "690", "(3.00)", ">=", "3", "x", "aiogram"]
    assert lines[-1] == "rounds, updates/s with 50 people: aiogram 200-260"


@pytest.mark.parametrize(("share", "ms"), [(0.5, 51.0), (0.99, 100.0), (1.0, 100.0)])
def test_a_quantile_is_one_of_the_latencies(share: float, ms: float) -> None:
    tally = Tally(latencies=[number / 1000 for number in range(100, 0, -1)])
    assert tally.quantile(share) == pytest.approx(ms)


@pytest.mark.parametrize(
    ("text", "labels", "act"),
    [
        ("Hvad skal vi kalde barnet her?", ("Tilbage", "Akut"), Say("Uglen")),
        ("Er du bange for barnets sikkerhed?", ("Ja", "Måske", "Nej", "Akut"), Press("2")),
        ("Hvad handler det om?", ("☐ Læring", "☐ Sprog", "Færdig", "Tilbage"), Press("0")),
        ("Hvad handler det om?", ("☑ Læring", "☐ Sprog", "Færdig"), Press("2")),
        ("Kender du nogle af de her tegn?", ("☐ 1", "☐ 2", "Færdig", "Spring over"), Press("3")),
        ("Skal jeg sende den?", ("Ret", "Gem", "Send"), Press("2")),
        ("Ny bekymring. Den hedder B-7.", (), None),
        ("Tak. Teamet har fået din bekymring B-7.", ("Se sagen",), Say("/ny")),
    ],
)
def test_a_person_answers_whatever_the_form_shows(text: str, labels: tuple[str, ...], act: Say | Press | None) -> None:
    shown = Shown(text, tuple((label, str(place)) for place, label in enumerate(labels)))
    assert WorryScript().next(shown) == act
