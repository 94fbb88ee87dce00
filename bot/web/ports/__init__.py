"""Everything the pages need from the rest of the house; what each area needs stands beside this."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Protocol
from zoneinfo import ZoneInfo

from bot.identity.ways import Ways
from bot.ports import Clock
from bot.web.ports.cases import Figures, Oversight, Team
from bot.web.ports.chat import Chat, Notices
from bot.web.ports.entry import Doors, Secure
from bot.web.ports.guides import Library
from bot.web.ports.meetings import Meetings, Networks, Reminders
from bot.web.ports.papers import Papers, Plans, Press
from bot.web.ports.roll import RollKeeper
from dialogs.people import Role
from dialogs.words import Words


class Health(Protocol):
    async def ready(self) -> Mapping[str, bool]:
        """Every part that must work, by name."""
        ...

    async def warnings(self) -> Sequence[str]:
        """What works and still wants somebody's eyes: codes, no names."""
        ...


@dataclass(frozen=True)
class WebSettings:
    """What the pages need to know about the place that they run in."""

    secret: bytes
    zone: ZoneInfo
    demo: bool = False
    https: bool = False
    municipality: str = "Solbæk Kommune"
    roles: Mapping[Role, str] = field(default_factory=dict)  # "lærer": what a person without a name is called
    origin: str = ""  # the address that people use, such as https://trivsel.kommune.example
    oidc_name: str = ""  # what the municipality's own sign-in is called; "" where there is none
    telegram: bool = False  # whether there is a bot to bind a chat to
    bot_name: str = ""
    proxies: frozenset[str] = frozenset()  # who may say for whom they ask
    contact: str = ""  # who answers for accessibility: an address or a phone number
    intake: str = "modtagelsen"
    intake_phone: str = ""


@dataclass(frozen=True)
class Ports:
    """Everything the web is given."""

    chat: Chat
    doors: Doors
    ways: Ways
    team: Team
    papers: Papers
    meetings: Meetings
    reminders: Reminders
    plans: Plans
    figures: Figures
    networks: Networks
    press: Press
    notices: Notices
    library: Library
    oversight: Oversight
    roll: RollKeeper
    health: Health
    clock: Clock
    settings: WebSettings
    words: Words  # what the pages say that belongs to no area
    secure: Secure | None = None  # None: this house has no way from Telegram
