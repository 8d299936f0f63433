"""How far somebody has come in a lesson is kept for each browser, and what was finished stays so."""

from __future__ import annotations

import time

from app.store.progress import Come
from app.store.store import DAY, Store
from tests.store.sweeping import sweep_at


def test_each_browser_has_its_own_place_in_each_lesson(store: Store) -> None:
    store.progress.keep("ada", "downhill", Come(2, "lab-1", done=False))
    store.progress.keep("ada", "cost", Come(1, "lab-2", done=False))
    store.progress.keep("bob", "downhill", Come(5, "lab-3", done=False))
    assert store.progress.of("ada") == {
        "downhill": Come(2, "lab-1", done=False),
        "cost": Come(1, "lab-2", done=False),
    }
    assert store.progress.of("bob") == {"downhill": Come(5, "lab-3", done=False)}
    assert store.progress.of("nobody") == {}


def test_the_newest_card_counts_and_what_was_finished_stays_finished(store: Store) -> None:
    for come in (Come(8, "lab-1", done=False), Come(9, "lab-1", done=True), Come(3, "lab-2", done=False)):
        store.progress.keep("ada", "downhill", come)
    assert store.progress.of("ada") == {"downhill": Come(3, "lab-2", done=True)}


def test_a_sweep_takes_what_has_rested_as_long_as_labs_may(store: Store) -> None:
    store.progress.keep("ada", "downhill", Come(2, "lab-1", done=False))
    sweep_at(store, time.time() + 29 * DAY)
    assert store.progress.of("ada")
    sweep_at(store, time.time() + 32 * DAY)
    assert store.progress.of("ada") == {}
