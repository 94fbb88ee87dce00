"""The keys of the tests' databases: the first makes new ones, the other is the kill loops' processes'."""

from __future__ import annotations

from storage.keys import kek_from_secret

PROCESS_SECRET = "only-for-the-tests-0123456789abcdef0123456789"
LOOP_SECRET = "only-for-the-kill-loops-0123456789abcdef"
KEYS = (kek_from_secret(PROCESS_SECRET), kek_from_secret(LOOP_SECRET))
