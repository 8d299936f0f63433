"""Connections to PostgreSQL that do not wait for ever, whatever has stopped: server, network or a lock."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import suppress
from typing import Any

import psycopg
from psycopg.abc import RV, PQGen
from psycopg.pq import TransactionStatus
from sqlalchemy import Engine

SECONDS = 2.0  # how long to wait for a connection, a statement or its answer
CONNECT = {
    "connect_timeout": int(SECONDS),
    "keepalives_idle": 10,
    "keepalives_interval": 5,
    "keepalives_count": 3,
    "tcp_user_timeout": int(SECONDS * 1000),
}
SET_UP = f"SET statement_timeout = {int(SECONDS * 1000)}; SET idle_in_transaction_session_timeout = 10000"


class Impatient(psycopg.Connection[Any]):
    """Give up a connection whose server does not answer. A stopped server cannot keep its own time-outs, and
    its machine still takes what it is sent."""

    def wait(self, gen: PQGen[RV], interval: float = 0.1, timeout: float | None = None) -> RV:
        """Wait as psycopg does, but no longer than SECONDS."""
        try:
            return super().wait(gen, interval, SECONDS if timeout is None else timeout)
        except psycopg.OperationalError:
            if self.pgconn.transaction_status == TransactionStatus.ACTIVE:
                self.pgconn.finish()  # what may still come belongs to nobody
                raise psycopg.OperationalError("no answer in time") from None
            raise


def connect(*_arguments: Any) -> Impatient:
    """Open a connection for SQLAlchemy, which gives its dialect, a record, positions and names."""
    return Impatient.connect(**{**_arguments[3], **CONNECT})


def prepare(connection: Impatient) -> None:
    """Set up a new connection."""
    connection.execute(SET_UP)
    connection.commit()


async def heard(engine: Engine, channel: str) -> AsyncIterator[str]:
    """Yield what is told on a channel from now on, until the connection breaks."""
    names = engine.dialect.create_connect_args(engine.url)[1]
    with suppress(psycopg.Error, OSError):
        async with await psycopg.AsyncConnection.connect(
            **{**names, **CONNECT}, autocommit=True
        ) as listening:
            await listening.execute(f"LISTEN {channel}".encode())
            async for one in listening.notifies():
                yield one.payload
