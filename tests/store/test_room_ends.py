"""What ends is gone: nobody comes into a room that is no more, and what a crash or a reader kept goes too."""

from __future__ import annotations

import sqlite3
import time
from contextlib import closing
from pathlib import Path

from sqlalchemy import insert, select

from app.store.ballots import Try, Vote
from app.store.schema import members, tries
from app.store.store import DAY, Store
from tests.store.test_rooms import joined, opened

TRY = Try("ada", "1.1~n-1-1.2", "sum", (), True, 1)


def test_nothing_is_said_in_a_room_that_has_ended(store: Store) -> None:
    room = opened(store)
    store.rooms.end(room.id)
    assert store.members.join(room.id, "ada", "quiet otter") is None
    store.ballots.tried(room.id, TRY)
    assert not store.ballots.cast(room.id, Vote(1, 1, "ada", "falls", 0, True, 1.0))
    assert store.ballots.tries(room.id) == []


def test_what_an_end_that_broke_off_left_goes_with_the_next_sweep(store: Store) -> None:
    room = opened(store)
    joined(store, room, "ada", "quiet otter")
    with store.database.connection() as connection:
        connection.execute(insert(tries), {"room": "gone", **TRY._asdict(), "slips": "", "right": 1})
        row = dict(connection.execute(select(members)).first()._mapping)
        connection.execute(insert(members), row | {"room": "gone"})
    assert store.rooms.sweep(0.0, 10) == 0
    assert (store.members.everybody("gone"), store.ballots.tries("gone")) == ([], [])
    assert len(store.members.everybody(room.id)) == 1


def test_a_room_in_which_somebody_is_does_not_vanish(store: Store) -> None:
    room = opened(store)
    joined(store, room, "ada", "quiet otter")
    store.database.mark = time.time() + 8 * DAY
    store.members.hear(room.id, ["ada"])
    assert store.rooms.sweep(store.database.now() - 7 * DAY, 10) == 0
    store.database.mark += 8 * DAY
    store.rooms.hear(room.id)
    assert store.rooms.sweep(store.database.now() - 7 * DAY, 10) == 0
    store.database.mark += 8 * DAY
    assert store.rooms.sweep(store.database.now() - 7 * DAY, 10) == 1


def test_what_somebody_was_reading_goes_from_the_file_as_soon_as_they_have_done(tmp_path: Path) -> None:
    path = tmp_path / "labs.sqlite3"
    store = Store(f"sqlite:///{path}")
    room = opened(store, code="QQWWRR")
    joined(store, room, "ada", "quiet otter")

    def kept() -> bool:
        return any(b"quiet otter" in part.read_bytes() for part in tmp_path.glob("labs.sqlite3*"))

    with closing(sqlite3.connect(path)) as reader:
        reader.execute("BEGIN")
        reader.execute("SELECT * FROM rooms").fetchall()
        store.rooms.end(room.id)
        assert store.rooms.remembered
        assert kept()
    store.rooms.sweep(0.0, 10)
    assert not store.rooms.remembered
    assert not kept()
    store.close()
