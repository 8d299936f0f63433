"""The tables. A change that older programs cannot read raises SCHEMA."""

from __future__ import annotations

import re
import secrets
import time
from collections.abc import Callable
from typing import TYPE_CHECKING

from sqlalchemy import BigInteger, Column, Double, Integer, LargeBinary, MetaData, Table, Text, text
from sqlalchemy.dialects import sqlite
from sqlalchemy.engine import Connection
from sqlalchemy.schema import CreateIndex, CreateTable

if TYPE_CHECKING:
    from sqlalchemy.dialects import postgresql

SCHEMA = 2  # written into every lab's row; since 2 recipes draw their examples or name somebody's own
LOCK = 2_718_281_828  # any number, as long as all programs that share a database use the same
AN_ID = re.compile(
    r"[A-Za-z0-9_-]{1,64}"
)  # no other text is anybody's id or key, and PostgreSQL refuses some


def postgresql_insert(table: Table) -> postgresql.Insert:
    """Return PostgreSQL's insert; whoever uses SQLite does not wait for its import."""
    from sqlalchemy.dialects import postgresql

    return postgresql.insert(table)


INSERT: dict[
    str, Callable[[Table], sqlite.Insert | postgresql.Insert]
] = {  # they know what to do about a conflict
    "sqlite": sqlite.insert,
    "postgresql": postgresql_insert,
}

metadata = MetaData()

labs = Table(
    "labs",
    metadata,
    Column("id", Text, primary_key=True),
    Column("owner", Text, nullable=False),  # the browser that made it
    Column("recipe", Text, nullable=False),  # canonical JSON
    Column("place", BigInteger, nullable=False),  # moments since the start
    Column("version", BigInteger, nullable=False),  # one more with every move
    Column("schema", Integer, nullable=False),
    Column("touched", Double, nullable=False, index=True),  # unix seconds of the last move
)

checkpoints = Table(
    "checkpoints",
    metadata,
    Column("key", Text, primary_key=True),  # stands for a recipe
    Column("iteration", BigInteger, primary_key=True, autoincrement=False),
    Column("data", LargeBinary, nullable=False),
    Column("saved", Double, nullable=False, index=True),  # unix seconds
)

examples = Table(
    "examples",
    metadata,
    Column("key", Text, primary_key=True),  # stands for the content; recipes name it as their data
    Column("content", Text, nullable=False),  # canonical JSON
    Column("touched", Double, nullable=False, index=True),  # unix seconds of the last lab made of it
)

progress = Table(
    "progress",
    metadata,
    Column("owner", Text, primary_key=True),  # the browser, as in labs
    Column("lesson", Text, primary_key=True),  # its key
    Column("card", Integer, nullable=False),  # from 1
    Column("lab", Text, nullable=False),  # the id of the lab it was last seen in
    Column("done", Integer, nullable=False),  # 1: it was once finished
    Column("touched", Double, nullable=False, index=True),  # unix seconds of the last card
)

short_links = Table(
    "short_links",
    metadata,
    Column("code", Text, primary_key=True),
    Column("digest", Text, nullable=False, index=True, unique=True),  # of the target: each has one code
    Column("target", Text, nullable=False),  # a path and its query
    Column("touched", Double, nullable=False, index=True),  # unix seconds; in use once a day at most
)

state = Table(
    "state",
    metadata,
    Column("id", Integer, primary_key=True, autoincrement=False),  # there is one row, 1
    Column("token", Text, nullable=False),  # by which this very database is known again
    Column("clock", Double, nullable=False),  # unix seconds: the latest time that was believed
    Column("probe", LargeBinary, nullable=False),  # whatever was last written to see whether that works
)


def create_tables(connection: Connection) -> None:
    """Create what is not there yet. Several programs may do so at once."""
    if connection.dialect.name == "postgresql":  # where "if not exists" alone is no protection against a race
        connection.execution_options(isolation_level="READ COMMITTED")
        connection.execute(text(f"SELECT pg_advisory_xact_lock({LOCK})"))
    for table in metadata.sorted_tables:
        connection.execute(CreateTable(table, if_not_exists=True))
        for index in table.indexes:
            connection.execute(CreateIndex(index, if_not_exists=True))
    row = {"id": 1, "token": secrets.token_hex(8), "clock": time.time(), "probe": b""}
    connection.execute(INSERT[connection.dialect.name](state).on_conflict_do_nothing(), row)
    connection.commit()
