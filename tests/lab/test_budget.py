"""A request's work: a little at once, more only while nobody else works long, no longer than a slice."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from itertools import count

import numpy as np
import pytest

from app.lab.budget import LITTLE, LONG, SLICE, NotYet, stop_after_a_slice, unbounded, working
from app.lab.recipe import Recipe
from app.lab.replay import KEEP_EVERY, Replay

RECIPE = Recipe(data="xor", hidden=(2,))


@contextmanager
def in_slices(clock: Callable[[], float]) -> Iterator[None]:
    """Work as a request does."""
    with unbounded():
        stop_after_a_slice(clock)
        yield


def steady(seconds: float):
    """Return a clock that is so many seconds later each time somebody looks."""
    return (at * seconds for at in count()).__next__


def test_outside_a_request_work_goes_on_to_its_end() -> None:
    with working() as may_go_on:
        assert may_go_on()
    assert Replay().start(RECIPE, 3000).parameters.finite()


def test_inside_it_stops_after_a_slice_and_begins_where_it_came_the_next_time() -> None:
    replay, reached = Replay(), [0]
    while reached[-1] < 1000:
        with in_slices(steady(SLICE / 20)), suppress(NotYet):
            found = replay.start(RECIPE, 1000)
        assert replay.replayed > reached[-1]  # nothing is worked out twice
        reached.append(replay.replayed)
    assert 3 < len(reached) < 10
    assert reached[-1] == 1000
    assert np.array_equal(found.pack(), Replay().start(RECIPE, 1000).pack())


def test_what_is_remembered_needs_no_budget() -> None:
    replay = Replay()
    replay.start(RECIPE, 1000)
    with in_slices(steady(10.0)):
        for _ in range(3):
            assert replay.start(RECIPE, 1000).parameters.finite()


def test_a_walk_begins_at_the_last_start_of_an_earlier_one_however_far_back() -> None:
    replay = Replay()
    for iteration in (990, 3000, 3300, 5000):
        replay.start(RECIPE, iteration)
        assert replay.replayed == iteration


def test_while_somebody_works_long_others_do_a_little_and_come_again() -> None:
    replay = Replay()
    with LONG, in_slices(steady(LITTLE / 2)):
        with pytest.raises(NotYet) as early:
            replay.start(RECIPE, 1000)
        assert 0 < early.value.iteration <= 3 * KEEP_EVERY
        assert LONG.locked()  # it is still the other one's
    with in_slices(steady(LITTLE / 2)), pytest.raises(NotYet) as later:
        replay.start(RECIPE, 1000)
    assert later.value.iteration > early.value.iteration + 5 * KEEP_EVERY
    assert not LONG.locked()


def test_all_walks_of_a_request_share_one_slice_and_one_inside_another_is_counted_once() -> None:
    with in_slices(steady(SLICE / 10)):
        with working() as outer:
            with working() as inner:
                assert outer()
                assert inner()
            assert LONG.locked()  # the outer one goes on
            asked = 2
            while outer():
                asked += 1
        assert 5 <= asked <= 11
        with working() as again:
            assert not again()
    assert not LONG.locked()


def test_what_passes_between_two_walks_is_not_counted_and_each_lets_others_work_again() -> None:
    now = [7.0]
    with in_slices(lambda: now[0]):
        with working():
            now[0] += LITTLE / 2  # spent without a question
        now[0] += 10 * SLICE
        with working() as may_go_on:
            assert may_go_on()
            assert not LONG.locked()
            now[0] += LITTLE  # one and a half times a little in all
            assert may_go_on()
            assert LONG.locked()
        assert not LONG.locked()
        now[0] += 10 * SLICE
        with working() as may_go_on:
            now[0] += SLICE - 2 * LITTLE
            assert may_go_on()  # half a little is left
            now[0] += LITTLE
            assert not may_go_on()


def test_a_way_whose_last_start_is_forgotten_begins_at_the_newest_one_nearby() -> None:
    replay = Replay()
    with LONG, in_slices(steady(LITTLE / 2)), pytest.raises(NotYet) as early:
        replay.start(RECIPE, 101)
    replay.start(RECIPE, 100)
    del replay.cache[RECIPE, early.value.iteration]
    before = replay.replayed
    replay.start(RECIPE, 101)
    assert replay.replayed - before == 1


def test_a_way_that_stopped_goes_on_from_a_nearer_start_that_is_known_by_now() -> None:
    replay = Replay()
    with LONG, in_slices(steady(LITTLE / 2)), pytest.raises(NotYet):
        replay.start(RECIPE, 101)
    replay.start(RECIPE, 100)
    before = replay.replayed
    replay.start(RECIPE, 101)
    assert replay.replayed - before == 1
