"""Sweeping by two witnesses: a clock that jumps takes nobody's labs, and the file gets smaller afterwards."""

from __future__ import annotations

import logging
import sqlite3
import time
from contextlib import closing
from pathlib import Path

import pytest

from app.store.store import DAY, HOUR, Store
from tests.store.sweeping import sweep_at
from tests.store.test_store import RECIPE, run


def filled(store: Store, labs: int = 20) -> list[str]:
    return [store.labs.add(owner="ada", recipe=RECIPE).id for _ in range(labs)]


def left(store: Store, ids: list[str]) -> int:
    return sum(store.labs.get(id) is not None for id in ids)


def test_a_clock_that_is_ahead_at_the_start_takes_no_lab(url: str) -> None:
    with closing(Store(url)) as before:
        ids = filled(before)
    for start in range(10):  # also where the program starts again and again
        with closing(Store(url)) as store:
            assert store.sweep(keep_days=30, wall=time.time() + 4000 * DAY) == 0
            up = time.monotonic() + 600
            assert store.sweep(keep_days=30, wall=time.time() + 4000 * DAY, uptime=up) == 0
            assert start or left(store, ids) == 20
    with closing(Store(url)) as store:
        assert left(store, ids) == 20


def test_a_clock_that_jumps_while_the_program_runs_is_believed_a_day_an_hour_and_said_once(
    store: Store, caplog: pytest.LogCaptureFixture
) -> None:
    ids, now, up = filled(store), time.time(), time.monotonic()
    for hour in range(1, 24):
        assert store.sweep(keep_days=30, wall=now + 400 * DAY, uptime=up + hour * HOUR) == 0
    assert left(store, ids) == 20
    assert [record.message for record in caplog.records if "jumped" in record.message] == [
        "the clock has jumped 399 days ahead: swept slowly"
    ]


def test_a_clock_that_went_back_ages_nothing(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    sweep_at(store, time.time() + DAY)
    there, lived = time.time() + DAY, time.monotonic()
    monkeypatch.setattr("app.store.connection.time.time", lambda: 0.0)
    ids = filled(store)
    monkeypatch.undo()
    assert store.sweep(keep_days=30, wall=0.0, uptime=lived + DAY) == 0
    assert store.sweep(keep_days=30, wall=there + 29 * DAY, uptime=lived + 30 * DAY) == 0
    assert left(store, ids) == 20


def test_a_sweep_takes_a_tenth_of_the_labs_at_most_the_oldest_first_and_says_so(
    store: Store, url: str, caplog: pytest.LogCaptureFixture
) -> None:
    ids, now = filled(store, 30), time.time()
    run(url, f"UPDATE labs SET touched = touched - {DAY} WHERE id IN ('{ids[7]}', '{ids[21]}', '{ids[4]}')")
    assert sweep_at(store, now + 40 * DAY) == 3
    assert [store.labs.get(id) for id in (ids[7], ids[21], ids[4])] == [None] * 3
    assert "30 of 30 labs are due at once: the oldest 3 are swept now" in caplog.text
    gone = [sweep_at(store, now + 40 * DAY + hours * HOUR) for hours in range(2, 60, 2)]
    assert left(store, ids) == 0
    assert max(gone) == 3


def test_several_programs_sweep_once_an_hour_together(url: str) -> None:
    stores = [Store(url) for _ in range(4)]
    ids, now = filled(stores[0], 20), time.time()
    assert sum(sweep_at(store, now + 40 * DAY) for store in stores) == 2
    assert sum(sweep_at(store, now + 40 * DAY + 1.1 * HOUR) for store in stores) == 2
    assert left(stores[0], ids) == 16
    for store in stores:
        store.close()


def test_nothing_is_swept_before_an_hour_has_passed(store: Store, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.INFO)
    assert sweep_at(store, time.time() + HOUR / 2, keep_days=0) == 0
    assert caplog.text == ""


@pytest.mark.parametrize("older", [False, True])
def test_the_file_gets_smaller_after_a_sweep(tmp_path: Path, older: bool) -> None:
    path = tmp_path / "labs.sqlite3"
    if older:  # a program that had no such thing made it
        store = Store(f"sqlite:///{path}")
        run(f"sqlite:///{path}", "DROP TABLE state")
        store.close()
        with closing(sqlite3.connect(path)) as connection:
            connection.executescript("PRAGMA auto_vacuum = NONE; VACUUM;")
    store = Store(f"sqlite:///{path}")
    for number in range(2000):
        store.checkpoints.save_checkpoint("recipe", number, b"x" * 2000)
    store.close()
    store = Store(f"sqlite:///{path}")
    full, lab = path.stat().st_size, store.labs.add(owner="ada", recipe=RECIPE)
    sweep_at(store, time.time() + 31 * DAY, keep_days=30)
    assert store.labs.get(lab.id) is None
    store.ready()
    store.close()
    assert path.stat().st_size < full / 20
