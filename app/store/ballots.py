"""What a class has said: votes, which count once, and what became of numbers worked out by hand."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from sqlalchemy import Integer, bindparam, case, cast, literal, select
from sqlalchemy import insert as plain_insert

from app.store.connection import Database
from app.store.schema import INSERT, in_room, into_room, labs, members, rooms, tries, votes

VOTE = ("room", "number", "turn", "member", "answer", "sure", "right", "seconds", "place")
NO_ANSWER = {"answer": "", "sure": 0, "right": 0, "seconds": 0.0}


class Vote(NamedTuple):
    """One answer: round and turn, who (a member's id), what, how sure (0 where nothing was said), whether it
    is right, how many seconds after it was asked, and the place of the lab of which it was."""

    number: int
    turn: int
    member: str
    answer: str
    sure: int
    right: bool
    seconds: float
    place: int = 0


class Try(NamedTuple):
    """What became of a step that somebody worked out: which, of what kind, the slips that led to the first
    wrong value, whether it was right in the end, and how often something was typed."""

    member: str
    step: str
    quantity: str
    slips: tuple[str, ...]
    right: bool
    tries: int


class Ballots:
    """Keep in a database what classes have said."""

    def __init__(self, database: Database) -> None:
        self._database = database
        insert = self._insert = INSERT[database.engine.dialect.name]
        cast_ = into_room(insert(votes), rooms.c.guessing == bindparam("guessing"))
        new = {name: getattr(cast_.excluded, name) for name in VOTE[4:]}
        self._cast = cast_.on_conflict_do_update(index_elements=VOTE[:4], set_=new).returning(votes.c.turn)
        given = into_room(insert(tries))
        slips = case((tries.c.slips == "", given.excluded.slips), else_=tries.c.slips)
        right = case((tries.c.right == 1, 1), else_=given.excluded.right)
        more = {"slips": slips, "right": cast(right, Integer), "tries": tries.c.tries + 1}
        keys = ["room", "member", "step"]
        self._try = given.on_conflict_do_update(index_elements=keys, set_=more)

    def cast(self, room: str, vote: Vote) -> bool:
        """Keep a vote; the last one of somebody in a turn counts. Return False where votes of this round and
        turn do not count, any more or yet."""
        row = in_room({"room": room, **vote._asdict(), "right": int(vote.right)})
        values = row | {"guessing": f"{vote.number}.{vote.turn}"}
        with self._database.connection() as connection:
            return connection.execute(self._cast, values).first() is not None

    def abstain(self, room: str, number: int) -> None:
        """Keep of everybody in a room who has not voted in a round where their lab stands: as a vote with no
        answer, which is no vote."""
        silent = (
            select(
                members.c.room,
                literal(number),
                literal(1),
                members.c.id,
                *(literal(of_none, type_=votes.c[name].type) for name, of_none in NO_ANSWER.items()),
                labs.c.place,
            )
            .join(labs, labs.c.id == members.c.lab)
            .where(members.c.room == room, members.c.removed == 0)
            .where(
                ~select(votes)
                .where(votes.c.room == room, votes.c.number == number)
                .where(votes.c.member == members.c.id)
                .exists()
            )
        )
        with self._database.connection() as connection:
            connection.execute(self._insert(votes).from_select(VOTE, silent).on_conflict_do_nothing())

    def stood(self, room: str, number: int, member: str) -> int | None:
        """Return the place of somebody's lab of which they were last asked in a round, None where they were
        not."""
        mine = votes.c.room == room, votes.c.number == number, votes.c.member == member
        wanted = select(votes.c.place).where(*mine).order_by(votes.c.turn.desc()).limit(1)
        with self._database.connection() as connection:
            return connection.execute(wanted).scalar()

    def votes(self, room: str, number: int | None = None) -> list[Vote]:
        """Return the votes of a room, or of one of its rounds."""
        wanted = select(votes).where(votes.c.room == room, votes.c.answer != "").order_by(*votes.primary_key)
        wanted = wanted if number is None else wanted.where(votes.c.number == number)
        with self._database.connection() as connection:
            rows = connection.execute(wanted).all()
        return [
            Vote(r.number, r.turn, r.member, r.answer, r.sure, bool(r.right), r.seconds, r.place)
            for r in rows
        ]

    def keep(self, room: str, given: Sequence[Vote], worked: Sequence[Try]) -> None:
        """Keep what a class has said elsewhere, in a room where nobody has said anything yet."""
        cast = [{"room": room, **one._asdict(), "right": int(one.right)} for one in given]
        typed = [
            {"room": room, **one._asdict(), "slips": " ".join(one.slips), "right": int(one.right)}
            for one in {(one.member, one.step): one for one in worked}.values()
        ]
        with self._database.connection() as connection:
            for table, rows in ((votes, cast), (tries, typed)):
                if rows:
                    connection.execute(plain_insert(table), rows)

    def tried(self, room: str, one: Try) -> None:
        """Keep what somebody typed for a step; what went wrong first is what is told."""
        row = {"room": room, **one._asdict(), "slips": " ".join(one.slips), "right": int(one.right)}
        with self._database.connection() as connection:
            connection.execute(self._try, in_room(row))

    def tries(self, room: str) -> list[Try]:
        """Return what became of the steps that were worked out in a room."""
        with self._database.connection() as connection:
            rows = connection.execute(select(tries).where(tries.c.room == room)).all()
        return [
            Try(row.member, row.step, row.quantity, tuple(row.slips.split()), bool(row.right), row.tries)
            for row in rows
        ]
