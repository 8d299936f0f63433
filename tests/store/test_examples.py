"""Somebody's own examples: kept under the name of their content for as long as a lab learns from them."""

from __future__ import annotations

import time
from functools import partial

from app.datasets.own import own_from
from app.lab.recipe import Recipe
from app.store.store import DAY, HOUR, Store
from tests.store.sweeping import sweep_at
from tests.store.test_store import at_once, run

OWN = own_from({"inputs": [[0.5], [1]], "targets": [[1], [0]]})
KEY, CONTENT = OWN.key, '{"inputs":[[0.5],[1.0]],"targets":[[1.0],[0.0]]} ∂'
OTHER = "own-" + 24 * "0"


def test_examples_come_back_as_they_were_put_in(store: Store) -> None:
    store.examples.keep(KEY, CONTENT)
    assert store.examples.get(KEY) == CONTENT
    assert store.examples.get(OTHER) is None


def test_no_key_however_odd_raises(store: Store) -> None:
    for key in ("", "\0", "own-\0", "\ud800", "é", "' OR 1=1 --", "own-" * 500):
        assert store.examples.get(key) is None


def test_examples_kept_twice_or_at_once_are_there_once(store: Store) -> None:
    at_once(*[partial(store.examples.keep, KEY, CONTENT)] * 8)
    store.examples.keep(KEY, CONTENT)
    assert store.examples.get(KEY) == CONTENT


def test_a_sweep_takes_examples_nobody_asked_for_again_and_no_lab_uses(store: Store) -> None:
    now = time.time()
    store.examples.keep(KEY, CONTENT)
    sweep_at(store, now + 29.9 * DAY)
    assert store.examples.get(KEY) == CONTENT
    sweep_at(store, now + 31 * DAY)
    assert store.examples.get(KEY) is None


def test_examples_stay_as_long_as_a_lab_that_learns_from_them(store: Store, url: str) -> None:
    store.examples.keep(KEY, CONTENT)
    store.examples.keep(OTHER, CONTENT)
    lab = store.labs.add(owner="ada", recipe=Recipe(data=KEY, own=OWN).text())
    store.labs.add(owner="ada", recipe=Recipe().text())
    run(url, f"UPDATE examples SET touched = touched - {40 * DAY}")
    sweep_at(store, time.time() + 2 * HOUR)
    assert (store.examples.get(KEY), store.examples.get(OTHER)) == (CONTENT, None)
    sweep_at(store, lab.touched + 31 * DAY)
    assert store.examples.get(KEY) is None


def test_asking_again_keeps_examples_from_the_sweep(store: Store, url: str) -> None:
    store.examples.keep(KEY, CONTENT)
    run(url, f"UPDATE examples SET touched = touched - {40 * DAY}")
    store.examples.keep(KEY, CONTENT)
    sweep_at(store, time.time() + 2 * HOUR)
    assert store.examples.get(KEY) == CONTENT


def test_examples_outlive_the_program(url: str) -> None:
    first = Store(url)
    first.examples.keep(KEY, CONTENT)
    first.close()
    second = Store(url)
    assert second.examples.get(KEY) == CONTENT
    second.close()
