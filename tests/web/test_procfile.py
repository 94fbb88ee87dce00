"""The Procfile as a process manager runs it: release, then web and worker side by side, then everything ends."""

from __future__ import annotations

import json
import re
import signal
import socket
import subprocess
import sys
from pathlib import Path

import pytest

from tests.arch.started import PATIENCE_SECONDS, answers, bare_environment, free_port, running, says
from tests.arch.tree import ROOT

pytestmark = pytest.mark.process
START = (sys.executable, "-m", "honcho", "--no-colour", "start")


def settings(folder: Path, port: int) -> dict[str, str]:
    return bare_environment(DATABASE_URL=f"sqlite:///{folder}/case.db", PORT=str(port), SECRET_KEY="k" * 40)


def released(environment: dict[str, str]) -> str:
    """What the release said; AssertionError when it failed."""
    done = subprocess.run([*START, "release"], cwd=ROOT, env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def test_the_procfile_has_the_three_processes() -> None:
    lines = (ROOT / "Procfile").read_text(encoding="utf-8").splitlines()
    assert [line.split(":")[0] for line in lines] == ["release", "web", "worker"]


def test_release_twice_then_web_and_worker_and_both_end_when_told(tmp_path: Path) -> None:
    port, log = free_port(), tmp_path / "log"
    environment = settings(tmp_path, port)
    released(environment)
    assert "the schema is at head" in released(environment)  # each deployment runs it again
    with running([*START, "web", "worker"], environment, log) as manager:
        assert answers(manager, f"http://127.0.0.1:{port}/healthz") == "ok\n"
        ready = json.loads(answers(manager, f"http://127.0.0.1:{port}/readyz"))
        assert ready == {"ready": True, "parts": {"database": True}}
        says(manager, log, "worker started")  # it has no address to knock at
        manager.send_signal(signal.SIGTERM)
        manager.wait(PATIENCE_SECONDS)
    said = log.read_text(encoding="utf-8")
    assert "Traceback" not in said
    ends = dict(re.findall(r"(web|worker)\.1 stopped \(rc=(-?\d+)\)", said))
    assert set(ends) == {"web", "worker"}
    assert set(ends.values()) <= {"0", "-15"}  # by itself or by SIGTERM: no crash, and nobody had to be killed
    with socket.socket() as probe:
        assert probe.connect_ex(("127.0.0.1", port)) != 0


def test_web_without_release_says_what_to_run(tmp_path: Path) -> None:
    log = tmp_path / "log"
    with running([*START, "web"], settings(tmp_path, free_port()), log) as manager:
        assert manager.wait(PATIENCE_SECONDS) != 0
    assert "python -m bot migrate" in log.read_text(encoding="utf-8")
