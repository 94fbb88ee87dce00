"""Plant faults, one after another, and say which ones nobody noticed; exit 1 if there are any.

All of them take the better part of an hour of one core; with words, only those whose file or fault has one of them.
"""

import argparse
import sys
import tempfile
from pathlib import Path

from tests.planted.faults import FAULTS
from tests.planted.ground import Ground

parser = argparse.ArgumentParser("python -m tests.planted", description=__doc__)
parser.add_argument("words", nargs="*", help="a part of a file's name or of what is wrong")
parser.add_argument("--part", default="1/1", help="2/3: the second of three parts, for as many processes")
asked = parser.parse_args()
part, parts = map(int, asked.part.split("/"))
chosen = [
    fault
    for at, fault in enumerate(sorted(FAULTS, key=lambda fault: fault.test))
    if at * parts // len(FAULTS) == part - 1  # neighbours share their test file, which is run green once
    and (not asked.words or any(word in f"{fault.file} {fault.what}" for word in asked.words))
]

with tempfile.TemporaryDirectory() as folder:
    ground = Ground(Path(folder) / "ground")
    red = {test for test in sorted({fault.test for fault in chosen}) if not ground.runs_green(test)}
    if red:
        sys.exit(f"red before anything was planted: {', '.join(sorted(red))}")
    missed = 0
    for fault in chosen:
        seen = ground.notices(fault)
        missed += not seen
        print(f"{'noticed' if seen else 'MISSED '}  {fault.file}: {fault.what}", flush=True)
    print(f"{len(chosen) - missed} of {len(chosen)} noticed")
    sys.exit(1 if missed else 0)
