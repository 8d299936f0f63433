"""Where people's own examples sleep, under a key that stands for their content."""

from __future__ import annotations

from sqlalchemy import bindparam, delete, func, select

from app.store.connection import Database
from app.store.schema import AN_ID, INSERT, examples, labs

CONTENT = select(examples.c.content).where(examples.c.key == bindparam("sought"))
NAMED = func.substr(labs.c.recipe, len('{"data":"') + 1, 28)  # a recipe begins with the name of its data
UNUSED = examples.c.touched < bindparam("before"), examples.c.key.not_in(select(NAMED))
OLDEST = select(examples.c.key).where(*UNUSED).order_by(examples.c.touched).limit(bindparam("most"))
SWEEP = delete(examples).where(examples.c.touched < bindparam("before"), examples.c.key.in_(OLDEST))


class Examples:
    """Keep people's own examples in a database."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._keep = INSERT[database.engine.dialect.name](examples).on_conflict_do_update(
            index_elements=["key"], set_={"touched": bindparam("now")}
        )

    def keep(self, key: str, content: str) -> None:
        """Keep somebody's own examples under a key that stands for their content; once more keeps them
        longer."""
        now = self._database.now()
        row = {"key": key, "content": content, "touched": now, "now": now}
        with self._database.connection() as connection:
            connection.execute(self._keep, row)

    def get(self, key: str) -> str | None:
        """Return the content of the examples of exactly this key."""
        if not AN_ID.fullmatch(key):
            return None
        with self._database.connection() as connection:
            content: str | None = connection.execute(CONTENT, {"sought": key}).scalar()
        return content

    def sweep(self, before: float, most: int) -> int:
        """Delete `most` examples at most, last kept before then, in unix seconds, that no lab learns
        from any more. Return how many went."""
        with self._database.connection() as connection:
            return connection.execute(SWEEP, {"before": before, "most": most}).rowcount
