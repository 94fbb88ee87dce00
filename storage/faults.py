"""What a database error means: try again later, a broken rule, a conflict, or a mistake in our code.

A database's own words may quote what people wrote, so they never leave this package: callers get a short code.
"""

from __future__ import annotations

from typing import Literal

from sqlalchemy.exc import DBAPIError, InterfaceError, OperationalError, StatementError, TimeoutError

from dialogs.records import StorageBusy

Fault = Literal["busy", "conflict", "refused", "bug"]


class Refused(Exception):  # noqa: N818 - named like StorageBusy, after what happened
    """The database refused the work: a key is taken, or something that must exist is missing."""


class SchemaMismatch(Exception):  # noqa: N818
    """The database schema is not the one that this version needs: run `python -m bot migrate`."""


# https://www.sqlite.org/rescode.html, primary codes
_SQLITE_BUSY = {
    5: "locked",
    6: "locked",
    7: "memory",
    8: "read_only",
    9: "interrupted",
    10: "disk",
    11: "damaged",
    13: "full",
    14: "gone",
    15: "locked",
    26: "damaged",
}
_SQLITE_CONSTRAINT = 19
# https://www.postgresql.org/docs/current/errcodes-appendix.html, classes and codes
_PG_BUSY = {"08": "gone", "53": "full", "57": "interrupted", "58": "disk", "55": "locked", "XX": "damaged"}
_PG_READ_ONLY, _PG_UNIQUE, _PG_CONSTRAINT = "25006", "23505", "23"
_PG_CONFLICT = frozenset({"40001", "40P01", _PG_UNIQUE})


def classify(error: DBAPIError) -> tuple[Fault, str]:
    """The kind of fault and a short code for it.

    On PostgreSQL a taken key counts as a conflict first: the row may be another transaction's, just committed, and
    the work will find it when it runs again. A key that is still taken then is refused.
    """
    number = getattr(error.orig, "sqlite_errorcode", None)
    if number is not None:
        return _sqlite(number & 0xFF)
    state = getattr(error.orig, "sqlstate", None)
    if state is None:  # the server said nothing: it is away, unless the driver itself refused a value
        return ("busy", "gone") if isinstance(error, OperationalError | InterfaceError) else ("bug", "")
    return _postgres(state)


def _sqlite(code: int) -> tuple[Fault, str]:
    if code == _SQLITE_CONSTRAINT:
        return "refused", "constraint"
    return ("busy", _SQLITE_BUSY[code]) if code in _SQLITE_BUSY else ("bug", "")


def _postgres(state: str) -> tuple[Fault, str]:
    match state:
        case _ if state == _PG_READ_ONLY:
            return "busy", "read_only"
        case _ if state in _PG_CONFLICT:
            return "conflict", "constraint" if state == _PG_UNIQUE else "locked"
        case _ if state.startswith(_PG_CONSTRAINT):
            return "refused", "constraint"
        case _:
            return ("busy", _PG_BUSY[state[:2]]) if state[:2] in _PG_BUSY else ("bug", "")


def translate(error: StatementError | TimeoutError) -> BaseException:
    """The exception that callers meet. A mistake in our code stays as it is (its parameters are hidden)."""
    if isinstance(error, TimeoutError):  # no free connection in the pool
        return StorageBusy("locked")
    if not isinstance(error, DBAPIError):  # a value that a column type refused, before the database heard of it
        return error.orig or error
    fault, code = classify(error)
    if fault == "bug":
        return error
    return StorageBusy(code) if fault == "busy" or code != "constraint" else Refused(code)
