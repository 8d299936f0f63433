"""Whatever keeps a database from working surfaces as one kind of error with one plain sentence."""

from __future__ import annotations

import socket
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import psycopg
import pytest
from sqlalchemy import create_engine, text
from sqlalchemy.exc import DataError

from app.store import connection, sqlite
from app.store.connection import StoreUnavailable
from app.store.store import Store


def test_a_store_that_works_is_ready(store: Store) -> None:
    store.ready()


def test_a_server_that_is_not_there_is_unavailable_and_its_password_stays_secret() -> None:
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    with pytest.raises(StoreUnavailable, match=r"cannot be used: .*refused") as caught:
        Store(f"postgresql+psycopg://ada:secret@127.0.0.1:{port}/labs")
    assert "secret" not in str(caught.value)
    assert "\n" not in str(caught.value)


def test_a_folder_that_cannot_be_made_is_unavailable(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("not a folder")
    with pytest.raises(StoreUnavailable, match=r"labs\.sqlite3 cannot be used: "):
        Store(f"sqlite:///{tmp_path}/file/labs.sqlite3")


def test_a_folder_where_the_file_should_be_is_unavailable(tmp_path: Path) -> None:
    with pytest.raises(StoreUnavailable, match="unable to open database file"):
        Store(f"sqlite:///{tmp_path}")


def test_a_file_that_is_no_database_is_unavailable(tmp_path: Path) -> None:
    (tmp_path / "labs.sqlite3").write_text("once upon a time " * 100)
    with pytest.raises(StoreUnavailable, match="not a database"):
        Store(f"sqlite:///{tmp_path}/labs.sqlite3")


def test_a_table_that_was_taken_away_is_unavailable(store: Store, url: str) -> None:
    engine = create_engine(url)
    with engine.begin() as connection:
        connection.execute(text("DROP TABLE labs"))
    engine.dispose()
    with pytest.raises(StoreUnavailable):
        store.labs.get("anything")


def test_a_server_that_dropped_its_connections_is_found_again(database_url: str) -> None:
    store = Store(database_url)
    lab = store.labs.add(owner="ada", recipe="{}")
    with psycopg.connect(database_url.replace("+psycopg", "")) as connection:
        connection.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity "
            "WHERE datname = current_database() AND pid <> pg_backend_pid()"
        )
    assert store.labs.get(lab.id) == lab
    store.close()


def test_a_store_with_every_connection_in_use_says_that_it_is_busy(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name, value in {"pool_size": 1, "max_overflow": 0, "pool_timeout": 0.01}.items():
        monkeypatch.setitem(connection.POOL, name, value)
    store = Store(f"sqlite:///{tmp_path}/labs.sqlite3")
    with store.database.connection(), pytest.raises(StoreUnavailable, match="is too busy"):
        store.labs.get("anything")
    assert store.labs.get("anything") is None
    store.close()


def test_a_text_that_no_database_can_hold_is_the_callers_mistake(database_url: str) -> None:
    store = Store(database_url)
    with pytest.raises(DataError):
        store.labs.add(owner="a\0b", recipe="{}")
    store.close()


@pytest.fixture
def locked(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[sqlite3.Connection]:
    """Another program that holds a new SQLite file, which SQLite itself does not wait for."""
    monkeypatch.setattr(sqlite, "PRAGMAS", "PRAGMA busy_timeout = 0;")
    with closing(sqlite3.connect(tmp_path / "labs.sqlite3", isolation_level=None)) as other:
        other.execute("BEGIN EXCLUSIVE")
        yield other


def test_a_file_that_another_program_holds_for_a_moment_is_waited_for(
    tmp_path: Path, locked: sqlite3.Connection, monkeypatch: pytest.MonkeyPatch
) -> None:
    pauses = []

    def pause(seconds: float) -> None:
        pauses.append(seconds)
        if len(pauses) == 3:
            locked.execute("COMMIT")

    monkeypatch.setattr(sqlite.time, "sleep", pause)
    store = Store(f"sqlite:///{tmp_path}/labs.sqlite3")
    assert len(pauses) == 3
    store.ready()
    store.close()


@pytest.mark.usefixtures("locked")
def test_a_file_that_another_program_does_not_let_go_is_unavailable(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sqlite, "SECONDS", -1)
    with pytest.raises(StoreUnavailable, match="is locked"):
        Store(f"sqlite:///{tmp_path}/labs.sqlite3")
