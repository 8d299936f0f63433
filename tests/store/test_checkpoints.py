"""Saved starts of iterations are a cache: right while they are there, and safe to lose."""

from __future__ import annotations

import time
from concurrent.futures import ThreadPoolExecutor

from app.store.store import DAY, HOUR, Store
from tests.store.sweeping import sweep_at


def test_the_newest_checkpoint_up_to_an_iteration_is_found(store: Store) -> None:
    for iteration in (10, 30, 20):
        store.checkpoints.save_checkpoint("recipe", iteration, b"start of %d" % iteration)
    store.checkpoints.save_checkpoint("another recipe", 25, b"not this one")
    assert store.checkpoints.checkpoint("recipe", 9) is None
    assert store.checkpoints.checkpoint("recipe", 10) == (10, b"start of 10")
    assert store.checkpoints.checkpoint("recipe", 29) == (20, b"start of 20")
    assert store.checkpoints.checkpoint("recipe", 10**9) == (30, b"start of 30")
    assert store.checkpoints.checkpoint("nobody's", 30) is None


def test_any_bytes_come_back_as_they_were(store: Store) -> None:
    data = bytes(range(256)) * 4000
    store.checkpoints.save_checkpoint("recipe", 0, data)
    found = store.checkpoints.checkpoint("recipe", 0)
    assert found == (0, data)
    assert type(found[1]) is bytes


def test_saving_a_checkpoint_twice_changes_nothing(store: Store) -> None:
    store.checkpoints.save_checkpoint("recipe", 5, b"first")
    store.checkpoints.save_checkpoint("recipe", 5, b"second")
    assert store.checkpoints.checkpoint("recipe", 5) == (5, b"first")


def test_many_threads_can_save_the_same_checkpoints(store: Store) -> None:
    with ThreadPoolExecutor(8) as pool:
        list(pool.map(lambda n: store.checkpoints.save_checkpoint("recipe", n % 5, b"the same"), range(200)))
    assert store.checkpoints.checkpoint("recipe", 100) == (4, b"the same")


def test_a_sweep_takes_old_checkpoints(store: Store) -> None:
    store.checkpoints.save_checkpoint("recipe", 5, b"start")
    sweep_at(store, time.time() + 2 * HOUR)
    assert store.checkpoints.checkpoint("recipe", 5) is not None
    now = store.labs.add(owner="ada", recipe="{}").touched
    sweep_at(store, now + 31 * DAY)
    assert store.checkpoints.checkpoint("recipe", 5) is None
