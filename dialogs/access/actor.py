"""Who acts: a person in a channel, or one of the services of the house, which have no rights of a person."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, Literal

from dialogs.identity import Assurance

Channel = Literal["web", "telegram", "cli", "inside"]
# "" is a person. The door lets people in, the worker sends notices and sweeps, the operator types at the server,
# and setup puts schools and the demo's people in place at the start.
Service = Literal["", "door", "worker", "operator", "setup"]


@dataclass(frozen=True)
class Actor:
    """Who acts, where, the highest data class that this channel may carry, and how surely we know who it is."""

    person_id: str
    channel: Channel
    ceiling: int
    assurance: Assurance = "none"
    service: Service = ""
    session: str = ""  # a hash that tells one session from another in the log; never the session's token


DOOR: Final = Actor("", "inside", 1, service="door")
WORKER: Final = Actor("", "inside", 1, service="worker")
SETUP: Final = Actor("", "inside", 2, service="setup")
OPERATOR: Final = Actor("", "cli", 1, service="operator")
