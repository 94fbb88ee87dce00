"""Plant every fault, one after another, and say which ones nobody noticed; exit 1 if there are any."""

import sys
import tempfile
from pathlib import Path

from tests.planted.faults import FAULTS
from tests.planted.ground import Ground

with tempfile.TemporaryDirectory() as folder:
    ground = Ground(Path(folder) / "ground")
    red = {test for test in sorted({fault.test for fault in FAULTS}) if not ground.runs_green(test)}
    if red:
        sys.exit(f"red before anything was planted: {', '.join(sorted(red))}")
    missed = 0
    for fault in FAULTS:
        seen = ground.notices(fault)
        missed += not seen
        print(f"{'noticed' if seen else 'MISSED '}  {fault.file}: {fault.what}", flush=True)
    print(f"{len(FAULTS) - missed} of {len(FAULTS)} noticed")
    sys.exit(1 if missed else 0)
