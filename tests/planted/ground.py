"""A copy of the project to plant faults in, one at a time, and to run a single test file against."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

from tests.planted.fault import Fault

ROOT = Path(__file__).parents[2]
PACKAGES = ("dialogs", "storage", "bot", "bench", "tests", "docs")  # the examples in docs are tested too
LONGEST = 180  # seconds; a fault may make a test slow, and slow is red


class Ground:
    """The copy; nothing outside it is ever changed."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        for package in PACKAGES:
            shutil.copytree(ROOT / package, folder / package, ignore=shutil.ignore_patterns("__pycache__", ".*"))
        shutil.copy(ROOT / "pyproject.toml", folder)

    def runs_green(self, test: str) -> bool:
        """Whether the test file passes here."""
        options = ["-x", "-q", "-p", "no:randomly", "-p", "no:cacheprovider"]
        try:
            done = subprocess.run(
                [sys.executable, "-m", "pytest", test, *options],
                cwd=self.folder,
                env={**os.environ, "HYPOTHESIS_PROFILE": "ci", "PYTHONDONTWRITEBYTECODE": "1", "PYTEST_ADDOPTS": ""},
                capture_output=True,
                timeout=LONGEST,
                check=False,
            )
        except subprocess.TimeoutExpired:
            return False
        if done.returncode not in (0, 1):  # neither green nor red: the run itself is broken
            raise AssertionError(done.stdout.decode()[-2_000:] + done.stderr.decode()[-2_000:])
        return done.returncode == 0

    def notices(self, fault: Fault) -> bool:
        """Whether the fault's own test file turns red; AssertionError when the fault can't be planted any more."""
        path = self.folder / fault.file
        text = path.read_text(encoding="utf-8")
        if text.count(fault.old) != 1:
            raise AssertionError(f"«{fault.what}» stands {text.count(fault.old)} times in {fault.file}")
        path.write_text(text.replace(fault.old, fault.new), encoding="utf-8")
        try:
            return not self.runs_green(fault.test)
        finally:
            path.write_text(text, encoding="utf-8")
