"""`python -m bench forms [--quick] [--json] [--only NAMES]`: our bot and its peers; `profile`: where our CPU goes;
`flood`: how long fifty people wait while one floods."""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path

import uvloop

from bench import flood, profile
from bench.forms import Plan, Result, measure
from bench.machine import describe
from bench.process import Cores
from bench.report import medians, table
from bench.systems import SYSTEMS, System

DIRECTORY = Path("var") / "bench"


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m bench", description=__doc__)
    parser.add_argument("what", choices=["forms", "flood", "profile"], help="the benchmark to run")
    parser.add_argument("--quick", action="store_true", help="one short round, some ten seconds of load per system")
    parser.add_argument("--json", action="store_true", help="print one JSON object instead of the table")
    parser.add_argument("--only", default="", help="the systems to run, by name and comma")
    parser.add_argument("--rounds", type=int, default=0, help="how many interleaved rounds (default 3)")
    return parser.parse_args()


def _chosen(names: str) -> list[System]:
    wanted = [name.strip() for name in names.split(",") if name.strip()]
    unknown = set(wanted) - {system.name for system in SYSTEMS}
    if unknown:
        raise SystemExit(f"unknown: {', '.join(sorted(unknown))}; known: {', '.join(s.name for s in SYSTEMS)}")
    return [system for system in SYSTEMS if (system.name in wanted if wanted else system.by_default)]


async def _rounds(systems: list[System], plan: Plan, rounds: int, cores: Cores) -> list[Result]:
    results: list[Result] = []
    for number in range(rounds):
        # Each round begins with another system, so that a drifting machine does not favour one.
        turn = systems[number % len(systems) :] + systems[: number % len(systems)]
        for system in turn:

            def say(phase: str, name: str = system.name, number: int = number) -> None:
                print(f"round {number + 1} of {rounds}, {name}: {phase}", file=sys.stderr, flush=True)

            results.append(await measure(system, plan, cores, DIRECTORY.resolve(), say))
    order = {system.name: place for place, system in enumerate(SYSTEMS)}
    return sorted(results, key=lambda result: order[result.system])


def main() -> None:
    """Run, then print the machine and the figures."""
    given = _arguments()
    systems = _chosen(given.only)
    plan = Plan.quick() if given.quick else Plan()
    DIRECTORY.mkdir(parents=True, exist_ok=True)
    machine = describe(DIRECTORY)
    if given.what == "profile":
        seconds = Plan.quick().closed_seconds if given.quick else Plan().closed_seconds
        print("\n".join([machine, *profile.measure(DIRECTORY.resolve(), seconds).lines()]))
        return
    cores = Cores.choose()
    cores.pin_load()
    if given.what == "flood":
        ours = next(system for system in SYSTEMS if system.name == "ours")
        found = uvloop.run(flood.measure(ours, cores, DIRECTORY.resolve(), plan.open_seconds))
        print("\n".join([machine, _pinning(cores), *found.lines()]))
        raise SystemExit(0 if found.holds else 1)
    results = uvloop.run(_rounds(systems, plan, given.rounds or plan.rounds, cores))
    if given.json:
        document = {
            "machine": machine,
            "quick": given.quick,
            "medians": medians(results),
            "rounds": [result.document() for result in results],
        }
        print(json.dumps(document, ensure_ascii=False, indent=2))
    else:
        print(f"{machine}\n{plan.drafts} drafts; {'quick, ' if given.quick else ''}{_pinning(cores)}")
        print(table(results))
    if any(result.failed for result in results):
        raise SystemExit(1)


def _pinning(cores: Cores) -> str:
    if cores.bot is None:
        return "one core for all: trust the ratios only"
    return f"bot on core {cores.bot}, load generator and Bot API on core {cores.load}"


if __name__ == "__main__":
    main()
