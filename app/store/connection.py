"""How each kind of database is opened. Every statement commits by itself: no call of the store needs two."""

from __future__ import annotations

import sqlite3
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, create_engine, event, make_url
from sqlalchemy.exc import DataError, DBAPIError, IntegrityError
from sqlalchemy.exc import TimeoutError as PoolTimeout

SECONDS = 5  # how long to wait for a lock, a connection or a server
PRAGMAS = f"PRAGMA busy_timeout = {SECONDS * 1000}; PRAGMA synchronous = NORMAL; PRAGMA foreign_keys = ON;"
POOL = {"pool_size": 10, "max_overflow": 40, "pool_timeout": SECONDS, "isolation_level": "AUTOCOMMIT"}


class StoreUnavailable(Exception):
    """Say that the database cannot be reached or used."""


class Database:
    """Lend connections to the database at `url` to any thread."""

    def __init__(self, url: str) -> None:
        self._label = label(url)
        try:
            self.engine = engine_for(url)
        except OSError as error:
            raise StoreUnavailable(f"{self._label} cannot be used: {error.strerror}.") from error

    @contextmanager
    def connection(self) -> Iterator[Connection]:
        """Lend a connection. Raise StoreUnavailable when there is none, or the database fails meanwhile."""
        try:
            with self.engine.connect() as connection:
                yield connection
        except (DataError, IntegrityError):
            raise  # not the database's fault
        except DBAPIError as error:
            reason = (str(error.orig).splitlines() or ["no reason given"])[0]
            raise StoreUnavailable(f"{self._label} cannot be used: {reason.rstrip('.')}.") from error
        except PoolTimeout as error:
            raise StoreUnavailable(f"{self._label} is too busy.") from error


def engine_for(url: str) -> Engine:
    """Return an engine for `url`, and make the folder of a SQLite file. Raise OSError when that fails."""
    address = make_url(url)
    if address.get_backend_name() != "sqlite":
        return create_engine(url, connect_args={"connect_timeout": SECONDS}, pool_pre_ping=True, **POOL)
    Path(address.database or "").parent.mkdir(parents=True, exist_ok=True)
    engine = create_engine(url, **POOL)
    event.listen(engine, "connect", _prepare)
    return engine


def _prepare(connection: Any, _record: Any) -> None:
    connection.executescript(PRAGMAS)
    end = time.monotonic() + SECONDS
    while True:
        try:
            connection.execute("PRAGMA journal_mode = WAL").close()
            return
        except sqlite3.OperationalError:  # another program is at it, and SQLite does not wait
            if time.monotonic() > end:
                raise
            time.sleep(0.01)


def label(url: str) -> str:
    """Name the database without its password, wherever that stands.

    >>> label("postgresql+psycopg://ada:secret@server/labs?password=secret")
    'The database postgresql+psycopg://ada:***@server/labs'
    """
    address = make_url(url)
    address = address.difference_update_query(address.query)
    where = address.database if address.get_backend_name() == "sqlite" else address.render_as_string()
    return f"The database {where}"
