"""What a PostgreSQL server must be for a commit to be a promise: on its disk, on its standby, and at the same time."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Literal

from sqlalchemy import Connection, Row, text
from sqlalchemy.exc import DBAPIError, TimeoutError

from dialogs.records import StorageBusy
from storage.engines import engine_for
from storage.uow import utc_now

Weakness = Literal["not_durable", "standby_behind", "standby_unseen", "clock_apart"]
# A code of an app lives for half a minute and a proof of Telegram's may be as much ahead: beyond that people are
# turned away, and machines that share a database disagree on what has run out.
MAX_APART = timedelta(seconds=30)
# Programs that only copy the log never take over, so nothing that people were told hangs on them. Whoever may not read
# statistics sees that somebody follows, and nothing else (the state is null).
_ASK = text(
    """
    SELECT current_setting('fsync') = 'on' AND current_setting('full_page_writes') = 'on'
             AND current_setting('synchronous_commit') IN ('on', 'remote_apply') AS durable,
           current_setting('synchronous_standby_names') <> '' AS waits,
           count(*) FILTER (WHERE state IN ('streaming', 'catchup')
             AND application_name NOT IN ('pg_basebackup', 'pg_receivewal')) AS followers,
           count(*) FILTER (WHERE pid IS NOT NULL AND state IS NULL) AS unseen,
           clock_timestamp() AS server_time
    FROM pg_stat_replication
    """
)


@dataclass(frozen=True)
class WeakPoint:
    """One thing that makes a promise weaker; `seconds` is how far the clocks are apart."""

    kind: Weakness
    seconds: int = 0


def weak_points(url: str, now: Callable[[], datetime] = utc_now) -> tuple[WeakPoint, ...]:
    """What is weak now at the server that a URL names; raise StorageBusy when it is away.

    SQLite and memory have nothing to ask: the one opens its file as it must be, the other promises nothing.
    """
    if not url.startswith("postgresql"):
        return ()
    engine = engine_for(url)
    try:
        with engine.connect() as connection:
            return _seen(connection, now)
    except (DBAPIError, TimeoutError):
        raise StorageBusy("gone") from None
    finally:
        engine.dispose()


def _seen(connection: Connection, now: Callable[[], datetime]) -> tuple[WeakPoint, ...]:
    before = now()
    answer = connection.execute(_ASK).one()
    after = now()
    found = list(_of_server(answer))
    # The server looked at its clock between our two looks, so only what lies outside of them is a difference.
    apart = max(before - answer.server_time, answer.server_time - after)
    if apart > MAX_APART:
        found.append(WeakPoint("clock_apart", round(apart.total_seconds())))
    return tuple(found)


def _of_server(answer: Row[Any]) -> tuple[WeakPoint, ...]:
    """What its settings say. Where it waits for a named standby, each commit of ours does: `engine_for` asks for it."""
    found: list[WeakPoint] = []
    if not answer.durable:
        found.append(WeakPoint("not_durable"))
    if answer.followers and not answer.waits:
        found.append(WeakPoint("standby_behind"))
    if answer.unseen and not answer.waits:
        found.append(WeakPoint("standby_unseen"))
    return tuple(found)
