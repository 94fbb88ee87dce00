"""Look at the pages without a database: `python -m tests.web.preview 8123`."""

from __future__ import annotations

import sys
from zoneinfo import ZoneInfo

import uvicorn

from bot.app.turns.handbook import handbook_of
from bot.app.turns.turn import World
from bot.guard import GuardedStore
from bot.identity.ways import build_ways
from bot.runtime import RandomIds
from bot.web import Ports, WebSettings
from bot.web import create_app as build
from bot.web.cases.figuredesk import FigureDesk
from bot.web.entry.rolldesk import RollDesk
from bot.web.meetings.comingdesk import ComingDesk
from bot.web.meetings.desk import MeetingDesk
from bot.web.meetings.networkdesk import NetworkDesk
from bot.web.papers.desk import PaperDesk
from bot.web.plans.desk import PlanDesk
from storage import open_store
from storage.memory import MemoryStore
from tests.clocks import HandClock
from tests.core.case_kit import HANDBOOK, WORKDAYS
from tests.core.form_kit import danish
from tests.web import fakes, teamfakes


def no_papers() -> PaperDesk:
    """The real desk over an empty house: no case has any paper."""
    content = danish()
    handbook = handbook_of(content, WORKDAYS)
    store = GuardedStore(open_store("memory:"), HandClock(teamfakes.NOW), WORKDAYS)
    return PaperDesk(store, World(content, RandomIds(), handbook), HandClock(teamfakes.NOW))


def no_plans() -> PlanDesk:
    """The same for plans."""
    papers = no_papers()
    return PlanDesk(papers.store, papers.world, papers.clock)


def no_meetings() -> MeetingDesk:
    """The real desk over the same empty house: nobody has any meeting."""
    papers = no_papers()
    return MeetingDesk(papers.store, papers.world, papers.clock)


def no_networks() -> NetworkDesk:
    """The same of network meetings."""
    return NetworkDesk(no_papers(), "http://localhost", "trivselsbot@localhost")


def no_reminders() -> ComingDesk:
    """Nobody is reminded of anything there."""
    papers = no_papers()
    return ComingDesk(papers.store, papers.world, papers.clock)


def no_roll() -> RollDesk:
    """Nobody works there."""
    papers = no_papers()
    return RollDesk(papers.store, HANDBOOK, papers.clock, RandomIds())


def scripted(*, demo: bool = True, https: bool = False) -> Ports:
    """Ports that answer from a script."""
    settings = WebSettings(b"a secret of the tests", ZoneInfo("Europe/Copenhagen"), demo=demo, https=https)
    clock = HandClock(teamfakes.NOW)
    return Ports(
        chat=fakes.FakeChat(),
        doors=fakes.FakeDoors(demo=demo),
        ways=build_ways(
            GuardedStore(MemoryStore(clock.now), clock, WORKDAYS),
            clock,
            settings.secret,
            "http://localhost",
            RandomIds(),
        ),
        team=teamfakes.FakeTeam(),
        papers=no_papers(),
        meetings=no_meetings(),
        reminders=no_reminders(),
        plans=no_plans(),
        figures=FigureDesk(no_papers().store, HandClock(teamfakes.NOW)),
        networks=no_networks(),
        press=fakes.FakePress(),
        notices=fakes.FakeNotices(),
        library=fakes.library(),
        oversight=fakes.FakeOversight(),
        roll=no_roll(),
        health=fakes.FakeHealth(),
        clock=HandClock(teamfakes.NOW),
        settings=settings,
        words=danish().pages,
    )


if __name__ == "__main__":
    port = int(sys.argv[1]) if len(sys.argv) > 1 else 8123
    uvicorn.run(build(scripted()), port=port, log_level="warning")
