"""The machine a figure was measured on: without it a figure says nothing."""

from __future__ import annotations

import os
import platform
import statistics
import time
from datetime import UTC, datetime
from pathlib import Path


def cpu_model() -> str:
    """The name of the processor, as the kernel tells it."""
    try:
        lines = Path("/proc/cpuinfo").read_text(encoding="utf-8").splitlines()
    except OSError:
        return platform.processor() or "unknown processor"
    return next((line.partition(":")[2].strip() for line in lines if line.startswith("model name")), "unknown")


def fsync_ms(directory: Path, times: int = 50) -> float:
    """The median time of a 4 KiB write that really reaches the disk: what each durable answer pays."""
    path = directory / "fsync.probe"
    took: list[float] = []
    with path.open("wb", buffering=0) as file:
        for _ in range(times):
            since = time.perf_counter()
            file.write(b"\0" * 4096)
            os.fsync(file.fileno())
            took.append(time.perf_counter() - since)
    path.unlink()
    return statistics.median(took) * 1000


def loop_ms() -> float:
    """The time of a million additions, in milliseconds: compare machines and moments with it."""
    since = time.perf_counter()
    total = 0
    for number in range(1_000_000):
        total += number
    return (time.perf_counter() - since) * 1000


def describe(directory: Path) -> str:
    """One line: processor, cores, Python, disk, load, date."""
    load = os.getloadavg()[0]
    return (
        f"{cpu_model()}, {os.cpu_count()} cores, Python {platform.python_version()}, "
        f"1M additions {loop_ms():.0f} ms, fsync {fsync_ms(directory):.2f} ms, load {load:.1f}, "
        f"{datetime.now(UTC):%Y-%m-%d %H:%M} UTC"
    )
