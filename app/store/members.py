"""Who is in a room: a browser under a drawn name, with a lab of its own."""

from __future__ import annotations

import secrets
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import NamedTuple

from sqlalchemy import and_, bindparam, func, insert, select, update
from sqlalchemy.exc import IntegrityError

from app.store.connection import Database
from app.store.schema import INSERT, copies, in_room, into_room, labs, members

MINE = members.c.room == bindparam("in_room"), members.c.owner == bindparam("who")
THEIRS = members.c.room == bindparam("in_room"), members.c.id == bindparam("whose")
OF = select(members).where(*MINE)
RENAME = update(members).where(*MINE).values(name=bindparam("new_name"))
SETTLE = (
    update(members)
    .where(*MINE, members.c.lab == bindparam("seen_lab"))
    .values(lab=bindparam("new_lab"), source=bindparam("new_source"))
)
REMOVE = update(members).where(*THEIRS).values(removed=1)
COUNT = select(func.count()).where(members.c.room == bindparam("in_room"), members.c.removed == 0)
ALL = (
    select(members, labs.c.recipe, labs.c.place, labs.c.touched)
    .join_from(members, labs, labs.c.id == members.c.lab, isouter=True)
    .where(members.c.room == bindparam("in_room"), members.c.removed == 0)
    .order_by(members.c.id)
)


@dataclass(frozen=True)
class Member:
    """One row: `id` is what others know them by, `lab` "" as long as they have none, `source` the teacher's
    lab it was copied from, `heard` in unix seconds."""

    room: str
    owner: str
    id: str
    name: str
    lab: str
    source: str
    heard: float
    removed: int


class Seat(NamedTuple):
    """A member with where their lab stands: recipe "" where there is none, `moved` in unix seconds."""

    member: Member
    recipe: str
    place: int
    moved: float


class Members:
    """Keep in a database who is in which room."""

    def __init__(self, database: Database) -> None:
        self._database = database
        name = database.engine.dialect.name
        keep = INSERT[name](copies)
        self._keep_copy = keep.on_conflict_do_update(
            index_elements=["room", "owner", "source"], set_={"lab": keep.excluded.lab}
        )
        self._join = into_room(insert(members)).returning(members.c.id)

    def join(self, room: str, owner: str, name: str) -> Member | None:
        """Keep somebody new. Return None where the name, or the browser, is in the room already, or the room
        is gone."""
        now = self._database.now()
        member = Member(room, owner, secrets.token_urlsafe(6), name, "", "", now, 0)
        try:
            with self._database.connection() as connection:
                kept = connection.execute(self._join, in_room(vars(member))).first()
        except IntegrityError:
            return None
        return member if kept else None

    def keep_gone(self, room: str, names: Mapping[str, str]) -> None:
        """Keep people who were in a class elsewhere, by their ids: as seats that no browser owns and nobody
        sees."""
        gone = [
            Member(room, secrets.token_urlsafe(16), id, name, "", "", 0.0, 1) for id, name in names.items()
        ]
        if gone:
            with self._database.connection() as connection:
                connection.execute(insert(members), [vars(one) for one in gone])

    def everybody(self, room: str) -> list[Member]:
        """Return all who have ever been in a room, those who were removed too."""
        wanted = select(members).where(members.c.room == room).order_by(members.c.id)
        with self._database.connection() as connection:
            return [Member(*row) for row in connection.execute(wanted).all()]

    def of(self, room: str, owner: str) -> Member | None:
        """Return a browser's member of a room, None where it has not joined."""
        if not owner:
            return None
        with self._database.connection() as connection:
            row = connection.execute(OF, {"in_room": room, "who": owner}).first()
        return None if row is None else Member(*row)

    def rename(self, member: Member, name: str) -> bool:
        """Give somebody another name. Return False where it is taken."""
        try:
            with self._database.connection() as connection:
                connection.execute(RENAME, {"in_room": member.room, "who": member.owner, "new_name": name})
        except IntegrityError:
            return False
        return True

    def settle(self, member: Member, lab: str, source: str) -> bool:
        """Give somebody a lab, a copy of the teacher's `source`, and keep that it is. Return False where they
        were given another one meanwhile."""
        values = {
            "in_room": member.room,
            "who": member.owner,
            "seen_lab": member.lab,
            "new_lab": lab,
            "new_source": source,
        }
        copy = {"room": member.room, "owner": member.owner, "source": source, "lab": lab}
        with self._database.connection() as connection:
            if not connection.execute(SETTLE, values).rowcount:
                return False
            connection.execute(self._keep_copy, copy)
        return True

    def copy(self, member: Member, source: str) -> str:
        """Return the copy of a teacher's lab that somebody was given, "" where they were not."""
        of = copies.c.room == member.room, copies.c.owner == member.owner, copies.c.source == source
        with self._database.connection() as connection:
            return connection.execute(select(copies.c.lab).where(*of)).scalar() or ""

    def remove(self, room: str, id: str) -> bool:
        """Remove somebody; their browser cannot join again. Return whether there was somebody."""
        with self._database.connection() as connection:
            return bool(connection.execute(REMOVE, {"in_room": room, "whose": id}).rowcount)

    def hear(self, room: str, owners: Collection[str]) -> None:
        """Keep that the pages of these browsers are there."""
        here = and_(members.c.room == room, members.c.owner.in_(tuple(owners)))
        with self._database.connection() as connection:
            connection.execute(update(members).where(here).values(heard=self._database.now()))

    def removed(self, room: str) -> set[str]:
        """Return the browsers of those who were removed from a room."""
        wanted = select(members.c.owner).where(members.c.room == room, members.c.removed == 1)
        with self._database.connection() as connection:
            return set(connection.execute(wanted).scalars())

    def count(self, room: str) -> int:
        """Return how many are in a room."""
        with self._database.connection() as connection:
            found: int = connection.execute(COUNT, {"in_room": room}).scalar_one()
        return found

    def names(self, room: str) -> set[str]:
        """Return the names that are taken in a room."""
        with self._database.connection() as connection:
            return set(connection.execute(select(members.c.name).where(members.c.room == room)).scalars())

    def seats(self, room: str) -> list[Seat]:
        """Return all who are in a room, with where their labs stand."""
        with self._database.connection() as connection:
            rows = connection.execute(ALL, {"in_room": room}).all()
        return [Seat(Member(*row[:8]), row.recipe or "", row.place or 0, row.touched or 0.0) for row in rows]
