"""Connections to PostgreSQL that do not wait for ever, whatever has stopped: server, network or a lock."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from threading import Event
from typing import Any

import psycopg
import psycopg.sql
from psycopg.abc import RV, PQGen
from psycopg.pq import TransactionStatus
from sqlalchemy import URL

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


def listen(url: URL, channel: str, told: Callable[[str], None], ended: Event) -> None:
    """Hear what is told on a channel, until the end; a connection that is lost is opened again."""
    patient = {"connect_timeout": "2", "keepalives_idle": "10", "keepalives_interval": "5"}
    address = (
        url.set(drivername="postgresql").update_query_dict(patient).render_as_string(hide_password=False)
    )
    while not ended.is_set():
        with suppress(psycopg.Error, OSError), psycopg.connect(address, autocommit=True) as connection:
            connection.execute(psycopg.sql.SQL("LISTEN {}").format(psycopg.sql.Identifier(channel)))
            while not ended.is_set():
                for one in connection.notifies(timeout=1.0):
                    told(one.payload)
        ended.wait(1.0)


def prepare(connection: Impatient) -> None:
    """Set up a new connection."""
    connection.execute(SET_UP)
    connection.commit()
