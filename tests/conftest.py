"""Shared by all tests: the content read once, the settings of hypothesis, and how golden files are rewritten."""

from __future__ import annotations

import gc
import os
import sys
from itertools import groupby

import pytest
from hypothesis import HealthCheck, settings

from dialogs.content import Content
from tests.core.form_kit import PARTS, danish
from tests.fence import raise_fence

raise_fence()

# A test leaves little behind that points in circles: looking for it every 700 objects took a tenth of all time.
gc.set_threshold(50_000, 20)

# A run in CI is the same every time; at the desk new examples are looked for. No deadline: the machine is shared.
settings.register_profile("desk", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.register_profile("ci", parent=settings.get_profile("desk"), derandomize=True, print_blob=True)
settings.register_profile("soak", parent=settings.get_profile("desk"), max_examples=2_000)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "ci" if os.environ.get("CI") else "desk"))


def pytest_addoption(parser: pytest.Parser) -> None:
    """`--update-golden` writes what the engine says now into the golden files; read the difference."""
    parser.addoption("--update-golden", action="store_true", default=False, help="rewrite the golden transcripts")


@pytest.hookimpl(trylast=True)  # after the order has been drawn
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Each worker begins with its part of the long modules, in the order that was drawn.

    A worker gets one stretch of the list, and takes from the other's end when it has done its own. A long test that
    came last would leave the other idle while it lasts, and all of them in one stretch would wait for each other.
    """
    workers = int(os.environ.get("PYTEST_XDIST_WORKER_COUNT", "1"))
    long = [item for item in items if any(map(item.get_closest_marker, ("browser", "process")))]
    short = [item for item in items if not any(map(item.get_closest_marker, ("browser", "process")))]
    stretches: list[list[pytest.Item]] = [[] for _ in range(workers)]
    for _, module in groupby(long, key=lambda item: item.path):
        min(stretches, key=len).extend(module)
    for stretch in stretches[:-1]:
        room = max(0, len(items) // workers - len(stretch))
        stretch.extend(short[:room])
        del short[:room]
    stretches[-1] += short
    items[:] = [item for stretch in stretches for item in stretch]


def pytest_collection_finish() -> None:
    """What is imported and collected lives to the end: the garbage collector need not walk it for every test.

    The commands that tests run in this process make the same text into content once; processes read it anew.
    """
    gc.freeze()
    if bootstrap := sys.modules.get("bot.bootstrap"):  # the pure tests know no bootstrap, and start without it
        bootstrap.kept_parts.set(PARTS)


@pytest.fixture(scope="session")
def content() -> Content:
    """All Danish content, without issues."""
    return danish()
