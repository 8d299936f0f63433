"""Where it sleeps how far each browser has come in each lesson."""

from __future__ import annotations

from typing import NamedTuple

from sqlalchemy import and_, bindparam, case, delete, or_, select

from app.store.connection import Database
from app.store.schema import INSERT, progress

OF = select(progress.c.lesson, progress.c.card, progress.c.lab, progress.c.done).where(
    progress.c.owner == bindparam("sought")
)
OLD = progress.c.touched < bindparam("before")
OLDEST = select(progress.c.owner, progress.c.lesson).where(OLD).limit(bindparam("most"))


class Come(NamedTuple):
    """How far somebody has come in a lesson: its card, from 1, their lab, and whether they once finished."""

    card: int
    lab: str
    done: bool


class Progress:
    """Keep in a database how far people have come."""

    def __init__(self, database: Database) -> None:
        self._database = database
        given = INSERT[database.engine.dialect.name](progress)
        done = case((progress.c.done == 1, 1), else_=given.excluded.done)
        new = {name: getattr(given.excluded, name) for name in ("card", "lab", "touched")}
        self._keep = given.on_conflict_do_update(
            index_elements=["owner", "lesson"], set_={**new, "done": done}
        )

    def keep(self, owner: str, lesson: str, come: Come) -> None:
        """Keep how far somebody has come in a lesson; once finished it stays finished."""
        row = {"owner": owner, "lesson": lesson, **come._asdict(), "touched": self._database.now()}
        with self._database.connection() as connection:
            connection.execute(self._keep, row | {"done": int(come.done)})

    def of(self, owner: str) -> dict[str, Come]:
        """Return how far somebody has come, by lesson."""
        with self._database.connection() as connection:
            rows = connection.execute(OF, {"sought": owner}).all()
        return {row.lesson: Come(row.card, row.lab, bool(row.done)) for row in rows}

    def sweep(self, before: float, most: int) -> int:
        """Delete what was last touched before then, in unix seconds, `most` at most. Return how much went."""
        with self._database.connection() as connection:
            rows = connection.execute(OLDEST, {"before": before, "most": most}).all()
            same = (and_(progress.c.owner == row.owner, progress.c.lesson == row.lesson) for row in rows)
            if not rows:
                return 0
            return connection.execute(delete(progress).where(OLD, or_(*same)), {"before": before}).rowcount
