"""Where rooms sleep: a row per room, changed by compare-and-swap, with its rounds."""

from __future__ import annotations

import hashlib
import json
import secrets
from collections.abc import Collection
from dataclasses import dataclass, replace
from typing import Any, NamedTuple

from sqlalchemy import and_, bindparam, delete, func, insert, or_, select, update
from sqlalchemy.exc import IntegrityError

from app.store import sqlite
from app.store.connection import Database
from app.store.members import Member
from app.store.schema import AN_ID, INSERT, copies, labs, members, rooms, rounds, tries, votes

WITH_MEMBER = select(rooms, members).join_from(
    rooms, members, and_(members.c.room == rooms.c.id, members.c.owner == bindparam("who")), isouter=True
)
BY_ID = WITH_MEMBER.where(rooms.c.id == bindparam("sought"))
BY_CODE = WITH_MEMBER.where(rooms.c.code == bindparam("sought"))
THEIRS = select(members.c.room).where(members.c.owner == bindparam("who"), members.c.removed == 0)
ATTENDED = WITH_MEMBER.where(or_(rooms.c.id.in_(bindparam("hosted", expanding=True)), rooms.c.id.in_(THEIRS)))
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
PARTS = (tries, votes, rounds, copies, members)
SOMEBODY = select(members.c.id).where(members.c.room == rooms.c.id, members.c.heard >= bindparam("before"))
OLDEST = (
    select(rooms.c.id)
    .where(rooms.c.touched < bindparam("before"), rooms.c.heard < bindparam("before"), ~SOMEBODY.exists())
    .limit(bindparam("most"))
)


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


Seen = tuple[StoredRoom, Member | None]


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
        self.remembered = False  # something that was deleted is still in the log beside the file
        self._keep_round = INSERT[database.engine.dialect.name](rounds).on_conflict_do_nothing()

    def add(self, *, code: str, token: str, lab: str, state: str, guessing: str = "") -> StoredRoom | None:
        """Keep a new room, whose host can show `token`. Return None where the code is another room's."""
        now = self._database.now()
        id = secrets.token_urlsafe(9)
        room = StoredRoom(id, code, hashed(token), lab, "", 0, state, guessing, 1, now, now)
        try:
            with self._database.connection() as connection:
                connection.execute(insert(rooms), vars(room))
        except IntegrityError:
            return None
        return room

    def get(self, id: str) -> StoredRoom | None:
        """Return the room of exactly this id."""
        found = self._seen(BY_ID, {"who": "", "sought": id}) if AN_ID.fullmatch(id) else []
        return found[0][0] if found else None

    def by_code(self, code: str) -> StoredRoom | None:
        """Return the room of a code."""
        found = self.seen_by("", code)
        return found[0] if found else None

    def seen_by(self, owner: str, code: str) -> Seen | None:
        """Return the room of a code, and a browser's member of it, None where it has not joined."""
        found = self._seen(BY_CODE, {"who": owner, "sought": code}) if AN_ID.fullmatch(code) else []
        return found[0] if found else None

    def attended(self, owner: str, ids: Collection[str]) -> list[Seen]:
        """Return the rooms a browser is in, and those of these ids, each with its member there if any."""
        sought = [id for id in ids if AN_ID.fullmatch(id)]
        return self._seen(ATTENDED, {"who": owner, "hosted": sought})

    def _seen(self, statement: Any, values: dict[str, Any]) -> list[Seen]:
        with self._database.connection() as connection:
            rows = connection.execute(statement, values).all()
        cut = len(rooms.c)
        return [(StoredRoom(*row[:cut]), None if row[cut] is None else Member(*row[cut:])) for row in rows]

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
        """Delete a room with all that was said in it, from the file too; the room first: from then on nothing
        is said in it any more."""
        with self._database.connection() as connection:
            connection.execute(delete(rooms).where(rooms.c.id == id))
            for table in PARTS:
                connection.execute(delete(table).where(table.c.room == id))
            self._forget(connection)

    def _forget(self, connection: Any) -> None:
        if self._database.file:
            self.remembered = not sqlite.forget(connection.connection)

    def sweep(self, before: float, most: int) -> int:
        """Delete rooms in which nothing was done, and nobody was, since then, in unix seconds, `most` at
        most, and what was left of others. Return how many went."""
        with self._database.connection() as connection:
            old = connection.execute(OLDEST, {"before": before, "most": most}).scalars().all()
        for id in old:
            self.end(id)
        with self._database.connection() as connection:
            left = [
                connection.execute(delete(table).where(table.c.room.not_in(select(rooms.c.id)))).rowcount
                for table in PARTS
            ]
            if any(left) or self.remembered:
                self._forget(connection)
        return len(old)
