"""All pages about papers, as one list of routes."""

from __future__ import annotations

from bot.web import sparring
from bot.web.cases import handing, telling
from bot.web.papers import consent, exchange, report
from bot.web.plans import pages as plan

routes = [
    *report.routes,
    *consent.routes,
    *exchange.routes,
    *plan.routes,
    *telling.routes,
    *sparring.routes,
    *handing.routes,
]
