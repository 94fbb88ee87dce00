"""All pages about papers, as one list of routes."""

from __future__ import annotations

from bot.web import consent, report

routes = [*report.routes, *consent.routes]
