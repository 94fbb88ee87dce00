"""Fixtures of the contract tests: every kind of store, one PostgreSQL server for the whole run, Telegram's stand-in."""

from __future__ import annotations

from tests.contracts.botapi_kit import ane, api, bot, call, http
from tests.contracts.postgres import postgres_url
from tests.contracts.stores import clean_postgres, filled, migrated_postgres, sqlite_url, store

__all__ = [
    "ane",
    "api",
    "bot",
    "call",
    "clean_postgres",
    "filled",
    "http",
    "migrated_postgres",
    "postgres_url",
    "sqlite_url",
    "store",
]
