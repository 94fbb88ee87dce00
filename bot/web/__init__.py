"""The web: a server-rendered chat, the team's pages and the health of the process."""

from bot.web.app import create_app
from bot.web.ports import Ports, WebSettings

__all__ = ["Ports", "WebSettings", "create_app"]
