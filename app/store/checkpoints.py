"""Where starts of iterations sleep: a cache, safe to lose."""

from __future__ import annotations

from sqlalchemy import bindparam, delete, select

from app.store.connection import Database
from app.store.schema import INSERT, checkpoints

NEAREST = (
    select(checkpoints.c.iteration, checkpoints.c.data)
    .where(checkpoints.c.key == bindparam("sought"), checkpoints.c.iteration <= bindparam("at_most"))
    .order_by(checkpoints.c.iteration.desc())
    .limit(1)
)
OLD = select(checkpoints.c.key).where(checkpoints.c.saved < bindparam("before")).limit(bindparam("most"))
SWEEP = delete(checkpoints).where(checkpoints.c.saved < bindparam("before"), checkpoints.c.key.in_(OLD))


class Checkpoints:
    """Keep starts of iterations in a database."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._save = INSERT[database.engine.dialect.name](checkpoints).on_conflict_do_nothing()

    def checkpoint(self, key: str, at_most: int) -> tuple[int, bytes] | None:
        """Return the newest saved start of an iteration up to `at_most`, with its number."""
        with self._database.connection() as connection:
            row = connection.execute(NEAREST, {"sought": key, "at_most": at_most}).first()
        return None if row is None else (row.iteration, row.data)

    def save_checkpoint(self, key: str, iteration: int, data: bytes) -> None:
        """Save the start of an iteration; whoever comes second changes nothing."""
        row = {"key": key, "iteration": iteration, "data": data, "saved": self._database.now()}
        with self._database.connection() as connection:
            connection.execute(self._save, row)

    def sweep(self, before: float, most: int) -> int:
        """Delete what was saved before then, in unix seconds, `most` at most. Return how much went."""
        with self._database.connection() as connection:
            return connection.execute(SWEEP, {"before": before, "most": most}).rowcount
