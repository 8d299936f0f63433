"""Where labs sleep: a row per lab, moved by compare-and-swap."""

from __future__ import annotations

import secrets
from dataclasses import dataclass, replace

from sqlalchemy import and_, bindparam, delete, func, insert, select, union_all, update

from app.store.connection import Database
from app.store.schema import AN_ID, SCHEMA, labs, members, rooms

GET = select(labs).where(labs.c.id == bindparam("sought"))
MOVE = (
    update(labs)
    .where(labs.c.id == bindparam("sought"), labs.c.version == bindparam("seen"))
    .values(place=bindparam("to"), version=labs.c.version + 1, touched=bindparam("now"))
)
MOVE_AND_CHANGE = MOVE.values(recipe=bindparam("changed"), schema=SCHEMA)
COUNT = select(func.count()).select_from(labs)
IN_CLASS = union_all(select(rooms.c.lab), select(members.c.lab))  # which go with their rooms
OLD = and_(labs.c.touched < bindparam("before"), labs.c.id.not_in(IN_CLASS))
OLDEST = select(labs.c.id).where(OLD).order_by(labs.c.touched).limit(bindparam("most"))
SWEEP = delete(labs).where(OLD, labs.c.id.in_(OLDEST))  # asked twice: one may be moved in between


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


class Labs:
    """Keep labs in a database."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def add(self, *, owner: str, recipe: str, place: int = 0) -> StoredLab:
        """Keep a new lab under a new id."""
        lab = StoredLab(secrets.token_urlsafe(9), owner, recipe, place, 1, SCHEMA, self._database.now())
        with self._database.connection() as connection:
            connection.execute(insert(labs), vars(lab))
        return lab

    def get(self, id: str) -> StoredLab | None:
        """Return the lab of exactly this id. Raise NewerSchema when this program is too old for it."""
        if not AN_ID.fullmatch(id):
            return None
        with self._database.connection() as connection:
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
        now = self._database.now()
        values = {"sought": lab.id, "seen": lab.version, "to": place, "now": now}
        with self._database.connection() as connection:
            if recipe is None:
                moved = connection.execute(MOVE, values).rowcount
            else:
                moved = connection.execute(MOVE_AND_CHANGE, {**values, "changed": recipe}).rowcount
        if not moved:
            return None
        recipe, schema = (lab.recipe, lab.schema) if recipe is None else (recipe, SCHEMA)
        return replace(lab, place=place, recipe=recipe, version=lab.version + 1, schema=schema, touched=now)

    def due(self, before: float) -> tuple[int, int]:
        """Return how many labs were last moved before then, in unix seconds, and how many there are."""
        with self._database.connection() as connection:
            old = connection.execute(COUNT.where(OLD), {"before": before}).scalar_one()
            return old, connection.execute(COUNT).scalar_one()

    def sweep(self, before: float, most: int) -> int:
        """Delete `most` labs at most, last moved before then, in unix seconds: the oldest. Return how many
        went."""
        with self._database.connection() as connection:
            return connection.execute(SWEEP, {"before": before, "most": most}).rowcount
