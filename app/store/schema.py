"""The tables. A change that older programs cannot read raises SCHEMA."""

from __future__ import annotations

import re
import secrets
import time
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, TypeVar

from sqlalchemy import (
    BigInteger,
    Column,
    ColumnElement,
    Double,
    Insert,
    Integer,
    LargeBinary,
    MetaData,
    Table,
    Text,
    UniqueConstraint,
    bindparam,
    select,
    text,
)
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

rooms = Table(
    "rooms",
    metadata,
    Column("id", Text, primary_key=True),
    Column("code", Text, nullable=False, unique=True),  # which people type; it may change
    Column("host", Text, nullable=False),  # a hash of what whoever opened it can show
    Column("lab", Text, nullable=False),  # the teacher's
    Column("view", Text, nullable=False),  # how the teacher looks at it, as a query string
    Column("looks", BigInteger, nullable=False),  # how often that has changed
    Column("state", Text, nullable=False),  # JSON: what classroom/room.py makes of it
    Column("guessing", Text, nullable=False),  # the round and turn in which votes count, "" where none do
    Column("revision", BigInteger, nullable=False),  # one more with every change of lab, code and state
    Column("heard", Double, nullable=False),  # unix seconds: when the teacher was last there
    Column("touched", Double, nullable=False, index=True),  # unix seconds of the last change
)

members = Table(
    "members",
    metadata,
    Column("room", Text, primary_key=True),
    Column("owner", Text, primary_key=True, index=True),  # the browser, as in labs
    Column("id", Text, nullable=False),  # by which others may know them
    Column("name", Text, nullable=False),  # a drawn one
    Column("lab", Text, nullable=False),  # their own, "" as long as there is none
    Column("source", Text, nullable=False),  # the teacher's lab of which theirs is a copy
    Column("heard", Double, nullable=False),  # unix seconds: when their page was last there
    Column("removed", Integer, nullable=False),  # 1: by the teacher
    UniqueConstraint("room", "name"),
)

copies = Table(
    "copies",
    metadata,
    Column("room", Text, primary_key=True),
    Column("owner", Text, primary_key=True),  # the browser
    Column("source", Text, primary_key=True),  # the teacher's lab
    Column("lab", Text, nullable=False),  # the copy of it that this browser has
)

rounds = Table(
    "rounds",
    metadata,
    Column("room", Text, primary_key=True),
    Column("number", Integer, primary_key=True, autoincrement=False),  # from 1
    Column("round", Text, nullable=False),  # JSON: question and snapshot
)

votes = Table(
    "votes",
    metadata,
    Column("room", Text, primary_key=True),
    Column("number", Integer, primary_key=True, autoincrement=False),  # of the round
    Column("turn", Integer, primary_key=True, autoincrement=False),  # 1, or 2 after talking
    Column("member", Text, primary_key=True),  # its id
    Column("answer", Text, nullable=False),
    Column("sure", Integer, nullable=False),  # 1 to 5, 0 where nothing was said
    Column("right", Integer, nullable=False),  # 1: it is
    Column("seconds", Double, nullable=False),  # since it was asked
    Column("place", BigInteger, nullable=False),  # of the lab of which it was asked
)

tries = Table(
    "tries",
    metadata,
    Column("room", Text, primary_key=True),
    Column("member", Text, primary_key=True),  # its id
    Column("step", Text, primary_key=True),  # what was worked out: iteration.example~mark.number
    Column("quantity", Text, nullable=False),  # what kind of number that is
    Column("slips", Text, nullable=False),  # keys of those that led to the first wrong value
    Column("right", Integer, nullable=False),  # 1: in the end
    Column("tries", Integer, nullable=False),  # how often something was typed
)

state = Table(
    "state",
    metadata,
    Column("id", Integer, primary_key=True, autoincrement=False),  # there is one row, 1
    Column("token", Text, nullable=False),  # by which this very database is known again
    Column("clock", Double, nullable=False),  # unix seconds: the latest time that was believed
    Column("probe", LargeBinary, nullable=False),  # whatever was last written to see whether that works
)


Inserted = TypeVar("Inserted", bound=Insert)


def into_room(insert: Inserted, *more: ColumnElement[bool]) -> Inserted:
    """Return an insert of one row, made only where its room is there, and as `more` says of that: in one
    statement, so that nobody comes in between. The values are bound as `in_room` names them."""
    columns = insert.table.columns  # one of them is "room"
    row = select(*(bindparam(f"the_{column.name}", type_=column.type) for column in columns))
    there = select(rooms.c.id).where(rooms.c.id == bindparam("the_room"), *more).exists()
    return insert.from_select([column.name for column in columns], row.where(there))


def in_room(row: Mapping[str, object]) -> dict[str, object]:
    """Return the values of a row, by column, for an insert into_room."""
    return {f"the_{name}": value for name, value in row.items()}


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
