"""T28: no test reaches another machine. Whatever connects to an address that is not this machine's fails at once.

Processes that a test starts are told their servers by the test; this is for all that runs inside pytest itself.
"""

from __future__ import annotations

import ipaddress
import socket
from typing import Any


class ReachedOut(AssertionError):
    """Something in a test wanted to talk with another machine."""


def here(address: object) -> bool:
    """Whether this is an address of this machine: loopback, or a file."""
    if not isinstance(address, tuple) or not address:
        return True
    host = str(address[0])  # type: ignore[misc]
    if host in ("", "localhost"):
        return True
    try:
        return ipaddress.ip_address(host.split("%")[0]).is_loopback
    except ValueError:
        return False


def raise_fence() -> None:
    """From now on a socket connects to this machine only."""

    def fenced(plain: Any) -> Any:
        def connect(self: socket.socket, address: Any) -> Any:
            if not here(address):
                raise ReachedOut(f"a test wanted to reach {address[0]}")
            return plain(self, address)

        return connect

    for name in ("connect", "connect_ex"):
        setattr(socket.socket, name, fenced(getattr(socket.socket, name)))
