"""T28: a test that reaches for another machine fails, whichever way it tries."""

from __future__ import annotations

import asyncio
import socket

import httpx
import pytest

from tests.fence import ReachedOut, here

ELSEWHERE = "192.0.2.1"  # set aside for documentation: nobody's


def test_no_test_reaches_another_machine() -> None:
    with socket.socket() as plain, pytest.raises(ReachedOut):
        plain.connect((ELSEWHERE, 443))
    with pytest.raises(ReachedOut):
        socket.create_connection((ELSEWHERE, 443), timeout=1)
    with pytest.raises(ReachedOut):
        httpx.get(f"http://{ELSEWHERE}/", timeout=1)


async def test_a_loop_reaches_no_other_machine_either() -> None:
    with pytest.raises(ReachedOut):
        await asyncio.open_connection(ELSEWHERE, 443)


@pytest.mark.parametrize(
    ("address", "ours"),
    [
        (("127.0.0.1", 80), True), (("::1", 80, 0, 0), True), (("localhost", 80), True), ("/tmp/one.sock", True),
        ((ELSEWHERE, 80), False), (("api.telegram.org", 443), False), (("0.0.0.0", 80), False),
    ],
)  # fmt: skip
def test_what_counts_as_this_machine(address: object, ours: bool) -> None:
    assert here(address) is ours
