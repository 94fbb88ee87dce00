"""Mistakes in whose turn it is, and in what is done now and then; see faults.py."""

from __future__ import annotations

from tests.planted.fault import Fault

LOOP = "tests/faults/test_worker_loop.py"

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
        "a lane that goes well hides a chore that does not",
        "bot/worker.py",
        "(*self._troubles.values(), *self._rounds.troubles.values())",
        "tuple(self._troubles.values())",
        LOOP,
    ),
)
