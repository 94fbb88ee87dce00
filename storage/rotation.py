"""New keys for old: the KEK in one step, the tenant key in batches. A kill at any point leaves everything readable.

    1. a new version of the tenant key is stored; every key made from now on is wrapped by it
    2. batch after batch, each a transaction: data keys of older versions are wrapped anew
    3. versions that no data key refers to are deleted
Whoever runs it again after a kill goes on where it ended: the steps only look at what is left to do.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager

from cryptography.hazmat.primitives.keywrap import aes_key_wrap
from sqlalchemy import Connection, Engine, bindparam, delete, func, select, update
from sqlalchemy.exc import DBAPIError

from storage.engines import engine_for
from storage.faults import translate
from storage.keyring import KeyRing
from storage.keys import Kek, Keks, KeyProblem
from storage.tables import DataKeys, TenantKeys

BATCH = 200
_T, _K = TenantKeys.__table__, DataKeys.__table__
_NEWEST = select(func.max(_T.c.version))
_OLDER = select(_K).where(_K.c.version < bindparam("newest")).order_by(_K.c.ref).limit(BATCH)
_REWRAP = update(_K).where(_K.c.ref == bindparam("name")).values(version=bindparam("to"), wrapped=bindparam("bytes"))
_UNUSED = delete(_T).where(_T.c.version < _NEWEST.scalar_subquery(), _T.c.version.not_in(select(_K.c.version)))
_WRAP_TENANT = (
    update(_T).where(_T.c.version == bindparam("of")).values(wrapped=bindparam("bytes"), kek_id=bindparam("kek"))
)


def rotate_tenant_key(url: str, keys: Keks, after_batch: Callable[[int], None] = lambda done: None) -> int:
    """Give the database a new tenant key and wrap every data key by it; how many keys were wrapped anew.

    A rotation that was interrupted is finished instead of beginning another one.
    """
    with _engine(url) as engine:
        with _transaction(engine) as connection:
            ring = KeyRing(keys)
            ring.unlock(connection)
            newest = connection.execute(_NEWEST).scalar_one()
            if connection.execute(_OLDER, {"newest": newest}).first() is None:
                newest += 1
                ring.add_tenant_key(connection, ring.tenant, newest, ring.kek)
        done = 0
        while wrapped := _batch(engine, ring, newest):
            done += wrapped
            after_batch(done)
        with _transaction(engine) as connection:
            connection.execute(_UNUSED)
        return done


def _batch(engine: Engine, ring: KeyRing, newest: int) -> int:
    with _transaction(engine) as connection:
        rows = connection.execute(_OLDER, {"newest": newest}).all()
        for row in rows:
            wrapped = ring.rewrap(connection, row, newest)
            connection.execute(_REWRAP, {"name": row.ref, "to": newest, "bytes": wrapped})
        return len(rows)


def rotate_kek(url: str, keys: Keks, new: Kek) -> None:
    """Wrap the tenant keys by another key, all in one transaction; from then on the database opens with `new` only."""
    with _engine(url) as engine, _transaction(engine) as connection:
        ring = KeyRing(keys)
        ring.unlock(connection, create=False)
        if not ring.tenant:
            raise KeyProblem("DATABASE_URL: the database has no keys yet; just set KEY_FILE")
        for version, secret in ring.tenant_keys().items():
            connection.execute(_WRAP_TENANT, {"of": version, "bytes": aes_key_wrap(new.secret, secret), "kek": new.id})


@contextmanager
def _engine(url: str) -> Iterator[Engine]:
    engine = engine_for(url)
    try:
        yield engine
    except DBAPIError as error:
        raise translate(error) from None
    finally:
        engine.dispose()


@contextmanager
def _transaction(engine: Engine) -> Iterator[Connection]:
    """One transaction on either database; on SQLite its WAL is emptied after it, since old wrapped keys stay there."""
    if engine.dialect.name != "sqlite":
        with engine.begin() as connection:
            yield connection
        return
    with engine.connect() as connection:
        connection.exec_driver_sql("BEGIN IMMEDIATE")
        try:
            yield connection
        except BaseException:
            connection.exec_driver_sql("ROLLBACK")
            raise
        connection.exec_driver_sql("COMMIT")
        connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")
