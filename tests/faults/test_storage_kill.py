"""A short run of the kill loop: nothing acknowledged is lost, doubled or half."""

from __future__ import annotations

import json
import subprocess
import sys

import pytest


@pytest.mark.process
def test_a_writer_killed_eight_times_keeps_every_acknowledged_turn_once_and_in_order() -> None:
    command = [sys.executable, "-m", "tests.faults.kill_storage", "--kills", "8"]
    done = subprocess.run(command, capture_output=True, text=True, timeout=120, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    figures = json.loads(done.stdout.splitlines()[-1])
    assert (figures["kills"], figures["wrong"]) == (8, [])
    assert figures["acknowledged"] > 8
