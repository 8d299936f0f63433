"""How a database is reached. Every statement commits by itself: no call of the store needs two. What fails is
noticed here, and nobody waits for what has just failed slowly."""

from __future__ import annotations

import secrets
import sqlite3
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, bindparam, create_engine, event, make_url, select, update
from sqlalchemy.exc import DataError, DBAPIError, IntegrityError
from sqlalchemy.exc import TimeoutError as PoolTimeout

from app.store import sqlite
from app.store.schema import metadata, state
from app.store.trouble import Trouble

SECONDS = 2  # how long to wait for a connection
POOL = {"pool_size": 10, "max_overflow": 40, "pool_timeout": SECONDS, "isolation_level": "AUTOCOMMIT"}
PROBE = update(state).values(probe=bindparam("anything"))
PROBED = 8192  # bytes: a disk that is full has no room for them


class StoreUnavailable(Exception):
    """Say that the database cannot be reached or used."""


class Database:
    """Lend connections to the database at `url` to any thread.

    `token` is what the database was marked with: another one in its place is noticed. `mark` is the latest
    time, in unix seconds, that the store has believed in.
    """

    def __init__(self, url: str) -> None:
        self.label, self.trouble, self.probed = label(url), Trouble(), 0.0
        self.token, self.mark = "", 0.0
        self.calls, self.errors, self.seconds = 0, 0, 0.0
        address = make_url(url)
        try:
            self.file = (
                sqlite.File(address.database or "") if address.get_backend_name() == "sqlite" else None
            )
        except OSError as error:
            raise StoreUnavailable(f"{self.label} cannot be used: {error.strerror}.") from error
        self.engine = self._sqlite(url) if self.file else self._postgres(url)

    def _sqlite(self, url: str) -> Engine:
        engine = create_engine(url, **POOL)
        event.listen(engine, "do_connect", self._there)
        event.listen(engine, "connect", self._opened)
        return engine

    def _postgres(self, url: str) -> Engine:
        from app.store import postgres  # its driver need not be there

        engine = create_engine(url, pool_pre_ping=True, **POOL)
        event.listen(engine, "do_connect", postgres.connect)
        event.listen(engine, "connect", lambda connection, _record: postgres.prepare(connection))
        event.listen(engine, "connect", self._recognised)
        return engine

    def _there(self, *_: Any) -> None:
        assert self.file is not None
        if self.token and not Path(self.file.path).exists():  # SQLite would make an empty one
            raise sqlite3.OperationalError("its file is not there")

    def _opened(self, connection: Any, record: Any) -> None:
        assert self.file is not None
        sqlite.prepare(connection)
        record.info["opened"] = self.file.identity()
        self._recognised(connection, record)

    def _recognised(self, connection: Any, _record: Any) -> None:
        if self.token and connection.execute(sqlite.TOKEN).fetchone() != (self.token,):
            raise self.engine.dialect.loaded_dbapi.OperationalError("it is another one than at the start")

    def know(self, token: str, mark: float) -> None:
        """Remember what tells this very database from another, and the time it last believed in."""
        self.token, self.mark = token, mark
        if self.file:
            self.file.token = token

    def now(self) -> float:
        """Return the time in unix seconds, never earlier than what was already believed: a clock that went
        back makes nothing look older than it is."""
        return max(time.time(), self.mark)

    @contextmanager
    def connection(self) -> Iterator[Connection]:
        """Lend a connection. Raise StoreUnavailable when there is none, or the database fails meanwhile."""
        if self.trouble.reasons:
            if self.trouble.my_turn():
                self.probe()
            elif self.trouble.slow:
                raise StoreUnavailable(self.trouble.reasons[-1])
        with self._lent() as connection:
            yield connection

    @contextmanager
    def _lent(self) -> Iterator[Connection]:
        began = time.monotonic()
        try:
            with self.engine.connect() as connection:
                yield connection
                if self.file:  # afterwards: what went into a file that is gone is not kept
                    self._checked(connection)
        except (DataError, IntegrityError):
            raise  # not the database's fault
        except (DBAPIError, PoolTimeout, sqlite.AnotherFile, OSError) as error:
            reason = f"{self.label} {told(error)}."
            if self.token:  # before it was ever opened, whoever starts the program is told
                self.trouble.begins(reason, time.monotonic() - began)
            self.errors += 1
            raise StoreUnavailable(reason) from error
        finally:
            self.calls += 1
            self.seconds += time.monotonic() - began

    def _checked(self, connection: Connection) -> None:
        assert self.file is not None
        try:
            self.file.check(connection.info["opened"])
        except sqlite.AnotherFile:
            connection.invalidate()
            self.engine.dispose()  # the next connections open what is there now
            raise

    def probe(self) -> None:
        """Write and read, and examine a file that has failed. Raise StoreUnavailable."""
        with self._lent() as connection:
            connection.execute(PROBE, {"anything": secrets.token_bytes(PROBED)})
            self._recognised(connection.connection, None)
            for table in metadata.sorted_tables:
                connection.execute(select(*table.primary_key).limit(1)).all()
            if self.file and (self.trouble.reasons or time.monotonic() > self.file.rest):
                self.file.examine()
        self.probed = time.monotonic()
        self.trouble.ends()

    def ready(self) -> None:
        """Raise StoreUnavailable unless the database can be written and read; asked often, it is tried once a
        second."""
        if self.trouble.reasons and not self.trouble.my_turn():
            raise StoreUnavailable(self.trouble.reasons[-1])
        if self.trouble.reasons or time.monotonic() - self.probed > 1:
            self.probe()


def told(error: Exception) -> str:
    """Return in one line why the database fails."""
    if isinstance(error, PoolTimeout):
        return "is too busy"
    cause = error.orig if isinstance(error, DBAPIError) else error
    return f"cannot be used: {(str(cause).splitlines() or ['no reason given'])[0].rstrip('.')}"


def label(url: str) -> str:
    """Name the database without its password, wherever that stands.

    >>> label("postgresql+psycopg://ada:secret@server/labs?password=secret")
    'The database postgresql+psycopg://ada:***@server/labs'
    """
    address = make_url(url)
    address = address.difference_update_query(address.query)
    where = address.database if address.get_backend_name() == "sqlite" else address.render_as_string()
    return f"The database {where}"
