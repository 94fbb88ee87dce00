"""What a start says of the database server: nothing, a note, or that people must not be told «gemt» on such ground."""

from __future__ import annotations

from collections.abc import Iterable

from bot.settings import Settings, at_home
from storage.footing import Weakness, WeakPoint

# What an operator reads: what may be lost, and what to do about it.
_LINES: dict[Weakness, str] = {
    "not_durable": "the server answers before a commit is on its disk; switch fsync and full_page_writes on",
    "standby_behind": "a standby follows asynchronously, so a failover loses what people were told is saved; name it in"
    " synchronous_standby_names, or set DATABASE_STANDBY=asynchronous",
    "standby_unseen": "something follows the server, and the user may not see how; grant pg_read_all_stats",
    "clock_apart": "the server's clock and this machine's are {seconds} seconds apart; set both by NTP",
}


def told(points: Iterable[WeakPoint], settings: Settings) -> tuple[list[str], list[str]]:
    """The lines that stop a start, and those that are only notes.

    On an operator's own machine nothing stops: a database for a try may be quick and forgetful. Elsewhere only what we
    have seen stops: a backup that is being taken looks like a standby to a user who may not look closer, and a house
    that doesn't come up again at night can't take a red worry.
    """
    stops: list[str] = []
    notes: list[str] = []
    for point in points:
        line = "DATABASE_URL: " + _LINES[point.kind].format(seconds=point.seconds)
        (notes if _goes_on(point, settings) else stops).append(line)
    return stops, notes


def weaknesses(points: Iterable[WeakPoint], settings: Settings) -> list[str]:
    """The same for /readyz while it runs, as codes: what was sound at the start may be changed under it."""
    if at_home(settings):
        return []
    return [f"database_{point.kind}" for point in points if not _accepted(point, settings)]


def _goes_on(point: WeakPoint, settings: Settings) -> bool:
    return at_home(settings) or point.kind == "standby_unseen" or _accepted(point, settings)


def _accepted(point: WeakPoint, settings: Settings) -> bool:
    return point.kind.startswith("standby") and settings.database_standby == "asynchronous"
