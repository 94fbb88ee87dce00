"""Mistakes in whose turn it is; see faults.py."""

from __future__ import annotations

from tests.planted.fault import Fault

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
)
