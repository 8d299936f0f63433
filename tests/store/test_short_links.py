"""A code stands for one target and a target has one code, as long as it is used."""

from __future__ import annotations

import time

import pytest

from app.store.short_links import DAY, Found
from app.store.store import Store
from tests.store.sweeping import sweep_at


def test_a_code_leads_to_what_it_was_kept_for(store: Store) -> None:
    assert store.short_links.keep("KX7FRW", "/at?data=and&place=3")
    assert store.short_links.find("KX7FRW") == Found("/at?data=and&place=3", rested=False)
    assert store.short_links.code_of("/at?data=and&place=3") == "KX7FRW"


@pytest.mark.parametrize("code", ["KX7FRX", "kx7frw", "", "%", "K X", "\x00"])
def test_no_other_code_leads_anywhere(store: Store, code: str) -> None:
    store.short_links.keep("KX7FRW", "/at?data=and")
    assert store.short_links.find(code) is None
    assert store.short_links.code_of("/at?data=and&") == ""


def test_a_code_never_stands_for_two_targets(store: Store) -> None:
    assert store.short_links.keep("KX7FRW", "/at?data=and")
    assert not store.short_links.keep("KX7FRW", "/at?data=xor")
    assert store.short_links.find("KX7FRW").target == "/at?data=and"
    assert store.short_links.code_of("/at?data=xor") == ""


def test_a_target_never_has_two_codes(store: Store) -> None:
    target = "/at?parameters=" + "0.5," * 9000  # longer than an index of PostgreSQL holds
    assert store.short_links.keep("KX7FRW", target)
    assert not store.short_links.keep("BCDFGH", target)
    assert store.short_links.code_of(target) == "KX7FRW"
    assert store.short_links.find("BCDFGH") is None


def test_one_that_is_used_is_known_to_have_rested_only_after_a_day(store: Store) -> None:
    store.short_links.keep("KX7FRW", "/at")
    store.database.mark = time.time() + 0.9 * DAY
    assert not store.short_links.find("KX7FRW").rested
    store.database.mark = time.time() + 1.1 * DAY
    assert store.short_links.find("KX7FRW").rested
    store.short_links.touch("KX7FRW")
    assert not store.short_links.find("KX7FRW").rested


def test_a_sweep_takes_what_nobody_has_used_as_long_as_labs_may_rest_and_a_day(store: Store) -> None:
    store.short_links.keep("KX7FRW", "/at?place=1")
    sweep_at(store, time.time() + 30.5 * DAY)
    assert store.short_links.find("KX7FRW")
    store.short_links.keep("BCDFGH", "/at?place=2")
    sweep_at(store, time.time() + 32 * DAY)
    assert store.short_links.find("KX7FRW") is None
    assert store.short_links.find("BCDFGH")


def test_a_sweep_takes_no_more_than_it_may(store: Store) -> None:
    for code in ("BCDFGH", "KX7FRW", "WWWWWW"):
        store.short_links.keep(code, f"/at?{code}")
    assert store.short_links.sweep(time.time() + 1, 2) == 2
    assert store.short_links.sweep(time.time() + 1, 2) == 1
    assert store.short_links.sweep(time.time() + 1, 2) == 0
