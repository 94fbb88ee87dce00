"""What is filed on a case beside its timeline: a consent, an exchange without consent, a report sent, the one plan."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

FilingKind = Literal["consent", "child", "exchange", "report", "plan"]


@dataclass(frozen=True)
class Filing:
    """One filed thing. `body` is all that people wrote; the rest are ids and enumerated words.

    `group` ties filings of several cases together (the opaque child key). A `slot` can be taken once, whoever comes:
    that is how one child has one first exchange, also when two leaders register it at the same moment.
    """

    id: str
    case_id: str
    kind: FilingKind
    state: str
    body: Mapping[str, Any] = field(default_factory=dict[str, Any])
    owner: str = ""  # the one person who may see it; "" for the case's readers
    group: str = ""
    slot: str | None = None
    revision: int = 0
