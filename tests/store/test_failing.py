"""A store that fails in use: noticed, said once, acknowledged never, and over when it works again."""

from __future__ import annotations

import logging
import os
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

import pytest

from app.store import sqlite, trouble
from app.store.connection import StoreUnavailable
from app.store.store import Store

ROOT = Path(__file__).parents[2]
RECIPE = '{"seed":1}'


@pytest.fixture(autouse=True)
def _no_pause(monkeypatch: pytest.MonkeyPatch) -> None:
    """Whoever asks next tries again."""
    monkeypatch.setattr(trouble, "LONGEST", 0.0)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "labs.sqlite3"


@pytest.fixture
def store(path: Path) -> Iterator[Store]:
    store = Store(f"sqlite:///{path}")
    yield store
    store.close()


def parts(path: Path) -> list[Path]:
    return sorted(path.parent.glob(f"{path.name}*"))


def delete(path: Path) -> None:
    for one in parts(path):
        one.unlink()


def move_away(path: Path) -> None:
    path.rename(path.with_name("elsewhere"))


def replace(path: Path) -> None:
    other = path.with_name("other")
    Store(f"sqlite:///{other}").close()
    delete(path)
    other.rename(path)


def replace_in_place(path: Path) -> None:
    other = path.with_name("other")
    Store(f"sqlite:///{other}").close()
    path.write_bytes(other.read_bytes())


def truncate(path: Path) -> None:
    os.truncate(path, 0)


def halve(path: Path) -> None:
    os.truncate(path, path.stat().st_size // 8192 * 4096)


def spoil(path: Path) -> None:
    with closing(sqlite3.connect(path)) as connection:  # what is in the log is read from there
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    with path.open("r+b") as file:
        file.seek(4096)
        file.write(b"\xff" * (path.stat().st_size - 4096))


def errors(caplog: pytest.LogCaptureFixture) -> list[str]:
    return [record.message for record in caplog.records if record.levelno >= logging.ERROR]


def written_out(store: Store, path: Path) -> None:
    """Bring all that was written from the log into the file itself."""
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("PRAGMA wal_checkpoint(PASSIVE)")
    store.labs.get("anything")


LOST = [delete, move_away, replace, replace_in_place, truncate, halve, spoil]


@pytest.mark.parametrize("damage", LOST)
def test_nothing_is_acknowledged_that_a_lost_or_damaged_file_does_not_keep(
    store: Store, path: Path, damage: Callable[[Path], None], caplog: pytest.LogCaptureFixture
) -> None:
    lab = store.labs.add(owner="ada", recipe='{"much":"' + "x" * 30_000 + '"}')
    store.ready()
    written_out(store, path)
    damage(path)
    for _ in range(3):
        with pytest.raises(StoreUnavailable):
            store.labs.add(owner="ada", recipe=RECIPE)
        with pytest.raises(StoreUnavailable):
            store.labs.move(lab, place=1)
        with pytest.raises(StoreUnavailable):
            store.ready()
    assert 1 <= len(errors(caplog)) <= 3
    assert all("the store fails: " in error for error in errors(caplog))


def test_a_log_that_was_taken_away_is_noticed_and_begun_anew(store: Store, path: Path) -> None:
    lab = store.labs.add(owner="ada", recipe=RECIPE)
    written_out(store, path)
    Path(f"{path}-wal").unlink()
    with pytest.raises(StoreUnavailable, match="was taken away or replaced"):
        store.labs.move(lab, place=1)
    moved = store.labs.move(store.labs.get(lab.id), place=2)
    assert store.labs.get(lab.id) == moved
    store.close()
    with closing(Store(f"sqlite:///{path}")) as after:
        assert after.labs.get(lab.id).place == 2


def test_a_file_that_comes_back_is_used_again_and_both_are_said_once(
    store: Store, path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    lab = store.labs.add(owner="ada", recipe=RECIPE)
    written_out(store, path)
    shutil.copy(path, path.with_name("backup"))
    delete(path)
    for _ in range(5):
        with pytest.raises(StoreUnavailable):
            store.labs.get(lab.id)
    assert parts(path) == []  # no empty one is made in its place
    path.with_name("backup").rename(path)
    for _ in range(5):
        assert store.labs.get(lab.id) == lab
        store.ready()
    *fails, works = errors(caplog)
    assert len(fails) == len({*fails}) <= 2
    assert "the store works again" in works


def test_damage_that_nobody_came_across_is_found_by_whoever_asks_for_it(
    store: Store, path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for _ in range(200):
        store.labs.add(owner="ada", recipe=RECIPE)
    store.ready()
    store.close()  # all is written out
    with path.open("r+b") as file:
        file.seek(path.stat().st_size - 4096)
        file.write(b"\xff" * 4096)
    store.database.file.rest = store.database.probed = 0.0  # long ago
    with pytest.raises(StoreUnavailable, match="damaged"):
        store.ready()


FILLING = """
import resource, sys
from app.store import sqlite, trouble
from app.store.connection import StoreUnavailable
from app.store.store import Store
trouble.LONGEST = 0.0
store = Store(sys.argv[1])
resource.setrlimit(resource.RLIMIT_FSIZE, (600_000, resource.RLIM_INFINITY))  # so much the disk holds
told = []
def kept(call, *given, **named):
    try:
        return call(*given, **named)
    except StoreUnavailable:
        return None
reason = None
while not reason:  # a log that began anew beside the file has room once more
    while lab := kept(store.labs.add, owner="ada", recipe="x" * 3000):
        told.append(lab.id)
    assert len(told) > 10
    try:
        store.ready()
    except StoreUnavailable as error:
        reason = error
print(reason)
resource.setrlimit(resource.RLIMIT_FSIZE, (resource.RLIM_INFINITY, resource.RLIM_INFINITY))
store.ready()
told.append(store.labs.add(owner="ada", recipe="{}").id)
print(*told)
"""


def test_a_full_disk_is_noticed_and_what_was_acknowledged_before_is_kept(path: Path) -> None:
    command = [sys.executable, "-c", FILLING, f"sqlite:///{path}"]
    ended = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=60)
    assert ended.returncode == 0, ended.stderr
    reason, ids = ended.stdout.splitlines()
    assert "cannot be used: " in reason
    assert ended.stderr.count("the store fails: ") == ended.stderr.count("the store works again, ") > 0
    with closing(Store(f"sqlite:///{path}")) as after:
        assert all(after.labs.get(id) for id in ids.split())


def test_a_file_that_grows_while_several_look_at_it_is_not_taken_for_a_shorter_one(
    store: Store, path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file, stat, asked = store.database.file, os.stat, []
    assert file

    def overtaken(name: str, **more: object) -> os.stat_result:
        told = stat(name, **more)
        if name == file.path:
            asked.append(name)
            if len(asked) == 2:  # the size: meanwhile another thread sees more of it
                file.size = told.st_size + 4096
        return told

    opened = file.identity()
    monkeypatch.setattr(os, "stat", overtaken)
    monkeypatch.setattr(file, "examine", lambda **_: pytest.fail("It was examined."))
    file.check(opened)
    assert len(asked) == 2


def test_what_is_read_while_others_write_is_read_again_before_it_counts_as_damaged(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    file, found = store.database.file, iter(["malformed", "malformed", "ok", "malformed"])
    assert file
    monkeypatch.setattr(sqlite, "TORN", (0.0, 0.0))
    monkeypatch.setattr(file, "_state", lambda **_: next(found))
    file.examine(alone=True)
    with pytest.raises(sqlite.AnotherFile, match="malformed"):
        file.examine()
