"""The store: a row per lab, moved by compare-and-swap; people's own examples; and starts of iterations, only
a cache."""

from __future__ import annotations

import re
import secrets
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace

from sqlalchemy import Connection, bindparam, delete, func, insert, select, text, update
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.exc import DataError, DBAPIError, IntegrityError
from sqlalchemy.exc import TimeoutError as PoolTimeout

from app.store.connection import engine_for, label
from app.store.schema import SCHEMA, checkpoints, create_tables, examples, labs

DAY = 86_400.0  # seconds
AN_ID = re.compile(r"[A-Za-z0-9_-]{1,64}")  # no other text is anybody's id, and PostgreSQL refuses some

GET = select(labs).where(labs.c.id == bindparam("sought"))
MOVE = (
    update(labs)
    .where(labs.c.id == bindparam("sought"), labs.c.version == bindparam("seen"))
    .values(place=bindparam("to"), version=labs.c.version + 1, touched=bindparam("now"))
)
MOVE_AND_CHANGE = MOVE.values(recipe=bindparam("changed"), schema=SCHEMA)
NEAREST = (
    select(checkpoints.c.iteration, checkpoints.c.data)
    .where(checkpoints.c.key == bindparam("sought"), checkpoints.c.iteration <= bindparam("at_most"))
    .order_by(checkpoints.c.iteration.desc())
    .limit(1)
)
CONTENT = select(examples.c.content).where(examples.c.key == bindparam("sought"))
SAVE = {"sqlite": sqlite.insert, "postgresql": postgresql.insert}
NAMED = func.substr(labs.c.recipe, len('{"data":"') + 1, 28)  # a recipe begins with the name of its data


class StoreUnavailable(Exception):
    """Say that the database cannot be reached or used."""


class NewerSchema(Exception):
    """Say that a newer program than this one wrote a lab."""


@dataclass(frozen=True)
class StoredLab:
    """One row: `recipe` is canonical JSON, `version` counts moves, `touched` is in unix seconds."""

    id: str
    owner: str
    recipe: str
    place: int
    version: int
    schema: int
    touched: float


class Store:
    """Keep labs in the database at `url`. Any thread may use it; every statement commits by itself."""

    def __init__(self, url: str) -> None:
        self._label = label(url)
        try:
            self._engine = engine_for(url)
        except OSError as error:
            raise StoreUnavailable(f"{self._label} cannot be used: {error.strerror}.") from error
        written = SAVE[self._engine.dialect.name]
        self._save = written(checkpoints).on_conflict_do_nothing()
        self._keep = written(examples).on_conflict_do_update(
            index_elements=["key"], set_={"touched": bindparam("now")}
        )
        with self._connection() as connection:
            create_tables(connection)

    @contextmanager
    def _connection(self) -> Iterator[Connection]:
        try:
            with self._engine.connect() as connection:
                yield connection
        except (DataError, IntegrityError):
            raise  # not the database's fault
        except DBAPIError as error:
            reason = (str(error.orig).splitlines() or ["no reason given"])[0]
            raise StoreUnavailable(f"{self._label} cannot be used: {reason.rstrip('.')}.") from error
        except PoolTimeout as error:
            raise StoreUnavailable(f"{self._label} is too busy.") from error

    def add(self, *, owner: str, recipe: str, place: int = 0) -> StoredLab:
        """Keep a new lab under a new id."""
        lab = StoredLab(secrets.token_urlsafe(9), owner, recipe, place, 1, SCHEMA, time.time())
        with self._connection() as connection:
            connection.execute(insert(labs), vars(lab))
        return lab

    def get(self, id: str) -> StoredLab | None:
        """Return the lab of exactly this id. Raise NewerSchema when this program is too old for it."""
        if not AN_ID.fullmatch(id):
            return None
        with self._connection() as connection:
            row = connection.execute(GET, {"sought": id}).first()
        if row is None:
            return None
        lab = StoredLab(*row)
        if lab.schema > SCHEMA:
            raise NewerSchema(
                f"This lab was stored by a newer Blame Game (schema {lab.schema}, and this one reads "
                f"up to {SCHEMA}): update the program to open it."
            )
        return lab

    def move(self, lab: StoredLab, *, place: int, recipe: str | None = None) -> StoredLab | None:
        """Store where `lab` goes, and its new recipe if any. Return None when somebody else was faster."""
        now = time.time()
        values = {"sought": lab.id, "seen": lab.version, "to": place, "now": now}
        with self._connection() as connection:
            if recipe is None:
                moved = connection.execute(MOVE, values).rowcount
            else:
                moved = connection.execute(MOVE_AND_CHANGE, {**values, "changed": recipe}).rowcount
        if not moved:
            return None
        recipe, schema = (lab.recipe, lab.schema) if recipe is None else (recipe, SCHEMA)
        return replace(lab, place=place, recipe=recipe, version=lab.version + 1, schema=schema, touched=now)

    def sweep(self, *, keep_days: float, now: float | None = None) -> int:
        """Delete labs not moved for `keep_days`, checkpoints as old, and examples as old that no lab is left
        to learn from. Return how many labs went."""
        limit = (time.time() if now is None else now) - keep_days * DAY
        unused = examples.c.key.not_in(select(NAMED))
        with self._connection() as connection:
            connection.execute(delete(checkpoints).where(checkpoints.c.saved < limit))
            gone = connection.execute(delete(labs).where(labs.c.touched < limit)).rowcount
            connection.execute(delete(examples).where(examples.c.touched < limit, unused))
            return gone

    def keep_examples(self, key: str, content: str) -> None:
        """Keep somebody's own examples under a key that stands for their content; once more keeps them
        longer."""
        now = time.time()
        row = {"key": key, "content": content, "touched": now, "now": now}
        with self._connection() as connection:
            connection.execute(self._keep, row)

    def examples(self, key: str) -> str | None:
        """Return the content of the examples of exactly this key."""
        if not AN_ID.fullmatch(key):
            return None
        with self._connection() as connection:
            return connection.execute(CONTENT, {"sought": key}).scalar()

    def checkpoint(self, key: str, at_most: int) -> tuple[int, bytes] | None:
        """Return the newest saved start of an iteration up to `at_most`, with its number."""
        with self._connection() as connection:
            row = connection.execute(NEAREST, {"sought": key, "at_most": at_most}).first()
        return None if row is None else (row.iteration, row.data)

    def save_checkpoint(self, key: str, iteration: int, data: bytes) -> None:
        """Save the start of an iteration; whoever comes second changes nothing."""
        row = {"key": key, "iteration": iteration, "data": data, "saved": time.time()}
        with self._connection() as connection:
            connection.execute(self._save, row)

    def ping(self) -> None:
        """Raise StoreUnavailable unless the database answers."""
        with self._connection() as connection:
            connection.execute(text("SELECT 1"))

    def close(self) -> None:
        """Give all connections back."""
        self._engine.dispose()
