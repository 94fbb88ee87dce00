"""Column types that mean the same on SQLite and PostgreSQL: an instant, a JSON document, and a sealed value."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import orjson
from sqlalchemy import TIMESTAMP, LargeBinary, String, Text
from sqlalchemy.engine import Dialect
from sqlalchemy.types import TypeDecorator, TypeEngine


class Instant(TypeDecorator[datetime]):
    """An aware moment: `timestamptz` on PostgreSQL, ISO text in UTC with microseconds on SQLite.

    The text always has the same width and offset, so that comparing texts compares moments.
    """

    impl = String(32)
    cache_ok = True

    def load_dialect_impl(self, dialect: Dialect) -> TypeEngine[Any]:
        """The column type that this database compares and sorts as time."""
        return TIMESTAMP(timezone=True) if dialect.name == "postgresql" else String(32)

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> Any:
        """What the driver gets; a naive time is refused, since nobody could say which moment it is."""
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("a stored time needs a zone")
        moment = value.astimezone(UTC)
        return moment if dialect.name == "postgresql" else moment.isoformat(timespec="microseconds")

    def process_result_value(self, value: Any, dialect: Dialect) -> datetime | None:
        """An aware datetime in UTC, whichever database it came from."""
        if value is None:
            return None
        return datetime.fromisoformat(value) if isinstance(value, str) else value.astimezone(UTC)


class Json(TypeDecorator[Any]):
    """A JSON document in a text column: opaque to the database on purpose, since it holds what people wrote."""

    impl = Text()
    cache_ok = True

    def process_bind_param(self, value: Any, dialect: Dialect) -> str | None:
        """JSON text; orjson writes control characters escaped, so that PostgreSQL takes a NUL inside a text."""
        return None if value is None else orjson.dumps(value).decode()

    def process_result_value(self, value: str | None, dialect: Dialect) -> Any:
        """The plain data that was stored."""
        return None if value is None else orjson.loads(value)


class Ciphertext(bytes):
    """A sealed value. Only `storage.vault` makes one."""


class Sealed(TypeDecorator[bytes]):
    """A column for what people wrote. It takes nothing that is not sealed, so nobody can forget to do it."""

    impl = LargeBinary()
    cache_ok = True

    def process_bind_param(self, value: bytes | None, dialect: Dialect) -> bytes | None:
        """The bytes as they are; anything but a sealed value is refused."""
        if value is not None and not isinstance(value, Ciphertext):
            raise TypeError("this column takes sealed values only")
        return value

    def result_processor(self, dialect: Dialect, coltype: object) -> None:
        """As the driver gives it: opening judges what it is."""
        return
