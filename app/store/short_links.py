"""Where it sleeps what each short link stands for, under a code that people read aloud and type."""

from __future__ import annotations

from hashlib import sha256
from typing import NamedTuple

from sqlalchemy import bindparam, delete, select, update

from app.store.connection import Database
from app.store.schema import AN_ID, INSERT, short_links

DAY = 86_400.0  # seconds: a link that is used is touched no more often
FOUND = select(short_links.c.target, short_links.c.touched).where(short_links.c.code == bindparam("sought"))
SAME = select(short_links.c.code).where(short_links.c.digest == bindparam("sought"))
TOUCH = update(short_links).where(short_links.c.code == bindparam("sought")).values(touched=bindparam("now"))
OLD = short_links.c.touched < bindparam("before")
OLDEST = select(short_links.c.code).where(OLD).order_by(short_links.c.touched).limit(bindparam("most"))
SWEEP = delete(short_links).where(OLD, short_links.c.code.in_(OLDEST))


class Found(NamedTuple):
    """What a code stands for, and whether that has rested for a day."""

    target: str
    rested: bool


class ShortLinks:
    """Keep in a database what short links stand for."""

    def __init__(self, database: Database) -> None:
        self._database = database
        given = INSERT[database.engine.dialect.name](short_links)
        self._keep = given.on_conflict_do_nothing().returning(short_links.c.code)

    def keep(self, code: str, target: str) -> bool:
        """Keep under a code what it stands for. Return False, and keep nothing, where the code is taken or
        the target has one already."""
        row = {"code": code, "digest": digest_of(target), "target": target, "touched": self._database.now()}
        with self._database.connection() as connection:
            return connection.execute(self._keep, row).one_or_none() is not None

    def code_of(self, target: str) -> str:
        """Return the code that stands for exactly this target, "" where none does."""
        with self._database.connection() as connection:
            code: str | None = connection.execute(SAME, {"sought": digest_of(target)}).scalar()
        return code or ""

    def find(self, code: str) -> Found | None:
        """Return what a code stands for."""
        if not AN_ID.fullmatch(code):
            return None
        with self._database.connection() as connection:
            row = connection.execute(FOUND, {"sought": code}).one_or_none()
        return row and Found(row.target, row.touched <= self._database.now() - DAY)

    def touch(self, code: str) -> None:
        """Say that a link was used: it is kept longer."""
        with self._database.connection() as connection:
            connection.execute(TOUCH, {"sought": code, "now": self._database.now()})

    def sweep(self, before: float, most: int) -> int:
        """Delete `most` links at most, last touched before then, in unix seconds. Return how many went."""
        with self._database.connection() as connection:
            return connection.execute(SWEEP, {"before": before, "most": most}).rowcount


def digest_of(target: str) -> str:
    """Return what a target is known by: indexes hold no texts of any length."""
    return sha256(target.encode()).hexdigest()
