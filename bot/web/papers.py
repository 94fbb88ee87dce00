"""All pages about papers, as one list of routes."""

from __future__ import annotations

from bot.web import consent, exchange, handing, plan, report, sparring, telling

routes = [
    *report.routes,
    *consent.routes,
    *exchange.routes,
    *plan.routes,
    *telling.routes,
    *sparring.routes,
    *handing.routes,
]
