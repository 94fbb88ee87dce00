"""`make faults`: real processes, kill -9, and what was acknowledged before.

    python -m tests.faults [--kills 500] [--messages 10000] [--seed 1] [--short] [--json]

1. `web` (T01, T05): the real `bot web` on SQLite is killed while people fill in worries; every update comes one to
   three times. 2. `store` (T01): the store alone, faster, thousands of turns between two kills. 3. `outbox` (T06):
   workers are killed while they send. Machine, date, seed and progress go to stderr at once, the figures to stdout at
   the end; exit code 1 when anything was lost, doubled or out of order.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import subprocess
import sys
import tempfile
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

from bench.machine import describe
from tests.faults import outbox_kills, webhook_kills

KILLS, MESSAGES = 500, 10_000
MESSAGES_PER_KILL = 50  # of the outbox: 200 kills in 10,000 messages
SHORT_KILLS, SHORT_MESSAGES = 20, 500
Figures = Mapping[str, Any]


def web(kills: int, messages: int, seed: int) -> tuple[bool, Figures]:
    """The web process under kill -9."""
    report = asyncio.run(webhook_kills.run(kills, seed=seed))
    return report.clean, asdict(report)


def store(kills: int, messages: int, seed: int) -> tuple[bool, Figures]:
    """The store alone, in a process of its own: it forks."""
    command = [sys.executable, "-m", "tests.faults.kill_storage", "--kills", str(kills), "--seed", str(seed)]
    figures: Figures = {"wrong": ["it gave no figures"]}
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as child:
        for line in child.stdout or ():
            if line.startswith("{"):
                figures = json.loads(line)
            else:
                sys.stderr.write(line)
    return child.returncode == 0, figures


def outbox(kills: int, messages: int, seed: int) -> tuple[bool, Figures]:
    """Workers under kill -9, with dropped replies."""
    report = asyncio.run(outbox_kills.run(messages, max(messages // MESSAGES_PER_KILL, 1), seed=seed))
    return report.clean, asdict(report)


PARTS: Mapping[str, Callable[[int, int, int], tuple[bool, Figures]]] = {"web": web, "store": store, "outbox": outbox}


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the parts, say what came of them; 0 when all of them are clean."""
    given = _options(arguments)
    kills = SHORT_KILLS if given.short else given.kills
    messages = SHORT_MESSAGES if given.short else given.messages
    with tempfile.TemporaryDirectory() as folder:
        machine = describe(Path(folder))
    sys.stderr.write(f"{machine}, seed {given.seed}\n")  # at once: a run that is stopped half-way says where it ran
    results: dict[str, Figures] = {}
    clean = True
    parts = given.parts or list(PARTS)
    for number, name in enumerate(parts, 1):
        much = f"{messages} messages" if name == "outbox" else f"{kills} kills"
        sys.stderr.write(f"part {number} of {len(parts)}, {name}: {much}\n")
        good, figures = PARTS[name](kills, messages, given.seed)
        results[name] = {"clean": good, **figures}
        clean = clean and good
        sys.stderr.write("\n")
    if given.json:
        print(json.dumps({"machine": machine, "seed": given.seed, "clean": clean, **results}, ensure_ascii=False))
    else:
        _tell(machine, given.seed, results)
    return 0 if clean else 1


def _options(arguments: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        prog="python -m tests.faults", description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("parts", nargs="*", metavar="part", help=f"of {', '.join(PARTS)}; all when none is named")
    parser.add_argument("--kills", type=int, default=KILLS, help=f"of the web and of the store (default {KILLS})")
    parser.add_argument("--messages", type=int, default=MESSAGES, help=f"in the outbox (default {MESSAGES})")
    parser.add_argument("--seed", type=int, default=1, help="the same seed makes the same plan")
    parser.add_argument("--short", action="store_true", help=f"{SHORT_KILLS} kills, {SHORT_MESSAGES} messages")
    parser.add_argument("--json", action="store_true", help="print one JSON object")
    given = parser.parse_args(arguments)
    if unknown := set(given.parts) - PARTS.keys():
        parser.error(f"no such part: {', '.join(sorted(unknown))}")
    return given


def _tell(machine: str, seed: int, results: Mapping[str, Figures]) -> None:
    print(f"{machine}, seed {seed}")
    for name, figures in results.items():
        print(f"\n{name}: {'clean' if figures['clean'] else 'BROKEN'}")
        for key, value in figures.items():
            if key == "wrong":
                print("".join(f"  ✗ {line}\n" for line in value), end="")
            elif key != "clean":
                print(f"  {key.replace('_', ' '):22} {value}")


if __name__ == "__main__":
    sys.exit(main())
