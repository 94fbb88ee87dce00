"""Shared by all tests: the content read once, the settings of hypothesis, and how golden files are rewritten."""

from __future__ import annotations

import gc
import os
import sys

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
    """The long ones first, in the order that was drawn: one that comes last would leave the other worker idle."""
    items.sort(key=lambda item: not any(map(item.get_closest_marker, ("browser", "process"))))


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
