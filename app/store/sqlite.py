"""A SQLite file: how it is opened, known again, examined and made smaller."""

from __future__ import annotations

import os
import sqlite3
import time
from contextlib import closing, suppress
from pathlib import Path
from threading import Lock
from typing import Any

SECONDS = 2  # how long to wait for somebody else's lock
PRAGMAS = f"""PRAGMA busy_timeout = {SECONDS * 1000}; PRAGMA synchronous = NORMAL; PRAGMA foreign_keys = ON;
PRAGMA secure_delete = ON; PRAGMA journal_size_limit = 4194304;"""
PAGES = 200  # that are given back at a time, so that nobody waits long for the file
EXAMINED = 60.0  # seconds in which nobody reads all of a file again, more where it is long
TORN = (0.05, 0.2)  # seconds: what is read alone while others write it may look damaged, so again after these
TOKEN = "SELECT token FROM state"
PARTS = ("", "-wal", "-shm")
Identity = tuple[tuple[int, int] | None, ...]


class AnotherFile(Exception):
    """Say that a connection's file is no longer the one at its path, or shorter than it was."""


class File:
    """Know a database file again: SQLite itself goes on writing into one that was deleted, without a word."""

    def __init__(self, path: str) -> None:
        self.path, self.size, self.token, self.lock = path, 0, "", Lock()
        self.rest = 0.0  # by the monotonic clock: until then it need not be examined
        Path(path).parent.mkdir(parents=True, exist_ok=True)

    def identity(self) -> Identity:
        """Return what the file and those beside it are, None for one that is not there."""
        found: list[tuple[int, int] | None] = []
        for part in PARTS:
            try:
                told = os.stat(self.path + part)
                found.append((told.st_dev, told.st_ino))
            except FileNotFoundError:
                found.append(None)
        return tuple(found)

    def check(self, opened: Identity) -> None:
        """Raise AnotherFile unless what a connection once opened is still there, whole."""
        if any(then is not None and then != now for then, now in zip(opened, self.identity(), strict=True)):
            raise AnotherFile("its file was taken away or replaced")
        before = self.size  # first: another thread may have looked later, at a file that has grown since
        size = os.stat(self.path).st_size
        if size < before:  # as it should be after a sweep, and then all of it is there
            if not size:
                raise AnotherFile("its file is empty")
            self.examine(alone=True)
        self.size = size

    def examine(self, *, alone: bool = False) -> None:
        """Raise AnotherFile unless all of the file can be read by a connection that remembers nothing; if
        `alone`, without the log that lies beside it."""
        began = time.monotonic()
        with self.lock:
            found = self._state(alone=alone)
            for pause in TORN if alone else ():
                if found != "ok":
                    time.sleep(pause)
                    found = self._state(alone=alone)
        ended = time.monotonic()
        self.rest = ended + max(EXAMINED, 100 * (ended - began))
        if found != "ok":
            raise AnotherFile(f"its file is damaged: {found}")

    def _state(self, *, alone: bool) -> str:
        address = Path(self.path).absolute().as_uri() + ("?immutable=1" if alone else "?mode=rw")
        with closing(sqlite3.connect(address, uri=True, timeout=SECONDS)) as connection:
            try:
                (found,) = connection.execute("PRAGMA quick_check(1)").fetchone()
                if connection.execute(TOKEN).fetchone() != (self.token,):
                    return "another one was written over it"
            except sqlite3.DatabaseError as error:
                return str(error)
        return str(found)


def prepare(connection: sqlite3.Connection) -> None:
    """Set up a new connection. Raise sqlite3.OperationalError where another program holds the file."""
    connection.executescript(PRAGMAS)
    end = time.monotonic() + SECONDS
    while True:
        try:
            connection.execute("PRAGMA auto_vacuum = INCREMENTAL").close()  # heard by a new file alone
            connection.execute("PRAGMA journal_mode = WAL").close()
            connection.execute("SELECT count(*) FROM sqlite_master").fetchall()  # opens all files
            return
        except sqlite3.OperationalError:  # another program is at it, and SQLite does not wait
            if time.monotonic() > end:
                raise
            time.sleep(0.01)


def can_shrink(connection: Any) -> None:
    """Rebuild a file that an older program made, once, so that it can give pages back. `connection` is
    sqlite3's."""
    if connection.execute("PRAGMA auto_vacuum").fetchone() == (0,):
        with suppress(sqlite3.OperationalError):  # somebody else is at it, or there is no room: another time
            connection.executescript("PRAGMA auto_vacuum = INCREMENTAL; VACUUM;")


def shrink(connection: Any) -> bool:
    """Give some pages back that nobody uses any more. Return whether there may be others."""
    (free,) = connection.execute("PRAGMA freelist_count").fetchone()
    connection.executescript(f"PRAGMA incremental_vacuum({PAGES})")  # `execute` would stop after one page
    if free > PAGES:
        return True
    connection.execute("PRAGMA wal_checkpoint(PASSIVE)").fetchall()
    return False


def forget(connection: Any) -> bool:
    """Let nothing of what was deleted stay in the log beside the file; in the file it is overwritten. Return
    whether that was possible: somebody else may be reading."""
    (busy, _, _) = connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
    return not busy
