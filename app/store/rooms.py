"""Where rooms sleep: a row per room, changed by compare-and-swap, with its rounds."""

from __future__ import annotations

import hashlib
import json
import secrets
from collections.abc import Collection
from dataclasses import dataclass, replace
from typing import Any, NamedTuple

from sqlalchemy import and_, bindparam, delete, func, insert, select, update
from sqlalchemy.exc import IntegrityError

from app.store import sqlite
from app.store.connection import Database
from app.store.members import Member
from app.store.schema import AN_ID, INSERT, labs, members, rooms, rounds, tries, votes

WITH_MEMBER = select(rooms, members).join_from(
    rooms, members, and_(members.c.room == rooms.c.id, members.c.owner == bindparam("who")), isouter=True
)
WITH_MEMBER_BY = {
    "id": WITH_MEMBER.where(rooms.c.id == bindparam("sought")),
    "code": WITH_MEMBER.where(rooms.c.code == bindparam("sought")),
}
CHANGE = (
    update(rooms)
    .where(rooms.c.id == bindparam("sought"), rooms.c.revision == bindparam("seen"))
    .values(
        code=bindparam("new_code"),
        lab=bindparam("new_lab"),
        state=bindparam("new_state"),
        guessing=bindparam("now_guessing"),
        revision=rooms.c.revision + 1,
        touched=bindparam("now"),
    )
)
LOOK = (
    update(rooms)
    .where(rooms.c.id == bindparam("sought"), rooms.c.view != bindparam("new_view"))
    .values(view=bindparam("new_view"), looks=rooms.c.looks + 1)
)
HEARD = update(rooms).where(rooms.c.id == bindparam("sought")).values(heard=bindparam("now"))
PARTS = (tries, votes, rounds, members)
OLDEST = select(rooms.c.id).where(rooms.c.touched < bindparam("before")).limit(bindparam("most"))


@dataclass(frozen=True)
class StoredRoom:
    """One row: `host` is a hash, `view` a query string, `state` and the rounds are JSON, times are in unix
    seconds."""

    id: str
    code: str
    host: str
    lab: str
    view: str
    looks: int
    state: str
    guessing: str
    revision: int
    heard: float
    touched: float


class Mark(NamedTuple):
    """What changes with a room: `state` with what it is and how its teacher looks, `lab` with the teacher's
    lab, `board` with whatever anybody in it does."""

    state: int
    lab: int
    board: int

    def name(self, *, board: bool) -> str:
        """Return the name of what somebody sees who sees the board too, or only the rest.

        >>> Mark(3, 14, 159).name(board=True), Mark(3, 14, 159).name(board=False)
        ('3.14.159', '3.14')
        """
        return ".".join(map(str, self if board else self[:2]))


def hashed(token: str) -> str:
    """Return what is kept of a token: enough to know it again, and nothing else."""
    return hashlib.sha256(token.encode()).hexdigest()


class Rooms:
    """Keep rooms in a database."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._keep_round = INSERT[database.engine.dialect.name](rounds).on_conflict_do_nothing()

    def add(self, *, code: str, token: str, lab: str, state: str) -> StoredRoom | None:
        """Keep a new room, whose host can show `token`. Return None where the code is another room's."""
        now = self._database.now()
        id = secrets.token_urlsafe(9)
        room = StoredRoom(id, code, hashed(token), lab, "", 0, state, "", 1, now, now)
        try:
            with self._database.connection() as connection:
                connection.execute(insert(rooms), vars(room))
        except IntegrityError:
            return None
        return room

    def get(self, id: str) -> StoredRoom | None:
        """Return the room of exactly this id."""
        found = self.seen_by("", "id", id)
        return found[0] if found else None

    def by_code(self, code: str) -> StoredRoom | None:
        """Return the room of a code."""
        found = self.seen_by("", "code", code)
        return found[0] if found else None

    def seen_by(self, owner: str, by: str, sought: str) -> tuple[StoredRoom, Member | None] | None:
        """Return the room of an id or a code, as `by` says, and a browser's member of it, None where it has
        not joined; it is asked for with every request, so at once."""
        if not AN_ID.fullmatch(sought):
            return None
        with self._database.connection() as connection:
            row = connection.execute(WITH_MEMBER_BY[by], {"who": owner, "sought": sought}).first()
        if row is None:
            return None
        room, member = row[: len(rooms.c)], row[len(rooms.c) :]
        return StoredRoom(*room), None if member[0] is None else Member(*member)

    def change(
        self, room: StoredRoom, *, state: str, guessing: str, code: str = "", lab: str = ""
    ) -> StoredRoom | None:
        """Store what becomes of a room: its state, and where given its `code` and `lab`. Return None when
        somebody else was faster, or the code is another room's."""
        new = replace(room, state=state, guessing=guessing, code=code or room.code, lab=lab or room.lab)
        now = self._database.now()
        values = {"sought": room.id, "seen": room.revision, "now": now}
        values |= {"new_state": state, "now_guessing": guessing, "new_code": new.code, "new_lab": new.lab}
        try:
            with self._database.connection() as connection:
                changed = connection.execute(CHANGE, values).rowcount
        except IntegrityError:
            return None
        return replace(new, revision=room.revision + 1, touched=now) if changed else None

    def look(self, id: str, view: str) -> bool:
        """Keep how the teacher looks at the lab. Return whether that is another way than before."""
        with self._database.connection() as connection:
            return bool(connection.execute(LOOK, {"sought": id, "new_view": view}).rowcount)

    def hear(self, id: str) -> None:
        """Keep that the teacher is there."""
        with self._database.connection() as connection:
            connection.execute(HEARD, {"sought": id, "now": self._database.now()})

    def keep_round(self, id: str, number: int, round: dict[str, Any]) -> None:
        """Keep what a round asks; it never changes."""
        row = {"room": id, "number": number, "round": json.dumps(round)}
        with self._database.connection() as connection:
            connection.execute(self._keep_round, row)

    def rounds(self, id: str) -> dict[int, dict[str, Any]]:
        """Return the rounds of a room by their numbers."""
        with self._database.connection() as connection:
            rows = connection.execute(select(rounds).where(rounds.c.room == id)).all()
        return {row.number: json.loads(row.round) for row in sorted(rows, key=lambda row: row.number)}

    def marks(self, ids: Collection[str]) -> dict[str, Mark]:
        """Return what has changed in rooms, by their ids; those that are gone are left out."""

        def of(table: Any, what: Any) -> Any:
            return select(func.coalesce(what, 0)).where(table.c.room == rooms.c.id).scalar_subquery()

        theirs = (
            select(func.coalesce(func.sum(labs.c.version), 0))
            .where(members.c.room == rooms.c.id, labs.c.id == members.c.lab)
            .scalar_subquery()
        )
        teachers = select(labs.c.version).where(labs.c.id == rooms.c.lab).scalar_subquery()
        counts = of(votes, func.count()) + of(tries, func.sum(tries.c.tries))
        people = of(members, func.count()) + of(members, func.sum(members.c.removed))
        statement = select(
            rooms.c.id, rooms.c.revision + rooms.c.looks, func.coalesce(teachers, 0), theirs + counts + people
        ).where(rooms.c.id.in_(tuple(ids)))
        with self._database.connection() as connection:
            rows = connection.execute(statement).all()
        return {row[0]: Mark(*map(int, row[1:])) for row in rows}

    def end(self, id: str) -> None:
        """Delete a room with all that was said in it, from the file too."""
        with self._database.connection() as connection:
            for table in PARTS:
                connection.execute(delete(table).where(table.c.room == id))
            connection.execute(delete(rooms).where(rooms.c.id == id))
            if self._database.file:
                sqlite.forget(connection.connection)

    def sweep(self, before: float, most: int) -> int:
        """Delete rooms last changed before then, in unix seconds, `most` at most. Return how many went."""
        with self._database.connection() as connection:
            old = connection.execute(OLDEST, {"before": before, "most": most}).scalars().all()
        for id in old:
            self.end(id)
        return len(old)
