"""Real Chromium against the real program."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.browser.demo import Demo
from tests.web.conftest import chromium, playwright

__all__ = ["chromium", "demo", "playwright"]


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Demo]:
    """One demo for a module: starting it takes seconds, and its people have drafts and cases of their own."""
    found = Demo(tmp_path_factory.mktemp("demo"))
    found.start()
    yield found
    found.stop()
