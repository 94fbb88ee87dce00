"""Mistakes in whose turn it is, and in what is done now and then; see faults.py."""

from __future__ import annotations

from tests.planted.fault import Fault

LOOP, TOLD = "tests/faults/test_worker_loop.py", "tests/contracts/test_storage_told.py"

ORDER = (
    Fault(
        "whoever comes to a lane goes in at once",
        "storage/postgres.py",
        "        connection.execute(_ENTER, number)\n",
        "        connection.execute(_LEAVE, number)\n",
        "tests/contracts/test_storage_postgres.py",
    ),
    Fault(
        "a lane stays taken after its work",
        "storage/postgres.py",
        "                connection.execute(_LEAVE, number)\n",
        "                pass\n",
        "tests/contracts/test_storage_postgres.py",
    ),
    Fault(
        "one process gives its threads the works of a lane side by side",
        "storage/postgres.py",
        "        async with self._lanes.setdefault(lane, asyncio.Lock()):\n",
        "        async with asyncio.Lock():\n",
        "tests/contracts/test_storage_postgres.py",
    ),
    Fault(
        "the texts of a chat have no lane",
        "bot/app/chat/handle.py",
        'return f"chat:{chat_id}"',
        'return ""',
        "tests/telegram/test_two_processes.py",
    ),
    Fault(
        "a chore that could not be saved is held to be done",
        "bot/app/chores.py",
        "                self._next[chore.name] = now + chore.every\n",
        "                pass\n            finally:\n                self._next[chore.name] = now + chore.every\n",
        LOOP,
    ),
    Fault(
        "a sender that goes well hides a chore that does not",
        "bot/worker.py",
        "(*self._troubles.values(), *self._rounds.troubles.values())",
        "tuple(self._troubles.values())",
        LOOP,
    ),
    Fault(
        "fifty planned notices hide one that is due",
        "storage/outbox.py",
        '    _T.c.wished_at <= bindparam("now", type_=_INSTANT),\n    _T.c.state != "dropped",\n',
        '    _T.c.state != "dropped",\n',
        TOLD,
    ),
    Fault(
        "what is new is cut away with what is old",
        "storage/outbox.py",
        ".order_by(_IS_NEW.desc(), _T.c.wished_at.desc(), _T.c.id.desc())",
        ".order_by(_T.c.wished_at.desc(), _T.c.id.desc())",
        TOLD,
    ),
    Fault(
        "a notice waits for another of the same case to somebody else",
        "storage/outbox.py",
        '        _T.c.recipient == bindparam("person"),\n        _T.c.id < bindparam("before"),\n',
        '        _T.c.id < bindparam("before"),\n',
        TOLD,
    ),
    Fault(
        "an invitation stays new when its meeting has been looked at",
        "bot/app/meetings/deeds.py",
        "    uow.outbox.saw_meeting(person.id, meeting_id, now)\n",
        "",
        "tests/web/test_meetings.py",
    ),
    Fault(
        "an editor's command imports the database",
        "bot/cli/lazily.py",
        "from importlib import import_module\n",
        "from importlib import import_module\n\nimport storage\n",
        "tests/arch/test_start.py",
    ),
    Fault(
        "a full disk is told to the operator a hundred times a minute",
        "bot/guard/troubles.py",
        "now - self._told >= EVERY",
        "now >= self._told",
        "tests/contracts/test_troubles.py",
    ),
)
