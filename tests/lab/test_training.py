"""From one start to the next the fast way leads where the readable way does, changes and all."""

from __future__ import annotations

from dataclasses import FrozenInstanceError
from itertools import islice

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.lab.lab import Lab
from app.lab.recipe import Change, Recipe
from app.lab.replay import Diverged, Replay
from app.lab.training import State, Trainer
from tests.engine.rounding import reckoned
from tests.lab.recipes import MemoryShelf, recipes


def by_hand(recipe: Recipe, iteration: int, start: State) -> tuple | None:
    """Return what `reckoned` says about one iteration of a recipe."""
    dials, turn = recipe.with_typed_dials(start.parameters, iteration), recipe.examples_at(iteration)
    way = {"optimiser": recipe.optimiser, "regulariser": recipe.regulariser, "decay": recipe.decay}
    way["held"] = recipe.still
    x, y = recipe.dataset.x[:, turn], recipe.dataset.y[:, turn]
    return reckoned(
        recipe.network, dials, start.memory, x, y, eta=recipe.eta_at(iteration), t=iteration + 1, **way
    )


@pytest.mark.walk
@settings(max_examples=200, deadline=None)
@given(recipes(with_changes=True), st.integers(0, 12))
def test_what_a_descent_shows_is_what_the_readable_way_says(recipe, iteration):
    lab, replay = Lab(recipe), Replay()
    try:
        shown = replay.numbers(lab.go((iteration + 1) * len(lab.moments) - 1))
    except Diverged:
        return
    with np.errstate(all="ignore"):
        found = by_hand(recipe, iteration, replay.start(recipe, iteration))
    if found is None or not found[0].finite() or np.abs(found[0].vector()).max() > 1e3:
        return
    assert (np.abs(shown.after.vector() - found[0].vector()) <= found[2]).all()
    for mine, other in zip(replay.start(recipe, iteration + 1).memory, found[1], strict=True):
        np.testing.assert_allclose(mine.vector(), other.vector(), rtol=1e-12, atol=1e-12)


@pytest.mark.walk
@settings(max_examples=60, deadline=None)
@given(recipes(with_changes=True), st.integers(0, 30), st.integers(0, 30))
def test_starts_one_by_one_are_those_of_a_run_to_the_last_bit(recipe, begin, steps):
    one_by_one = [start.pack() for start in islice(Replay().onward(recipe, begin), steps + 1)]
    assert one_by_one == [Replay().start(recipe, begin + step).pack() for step in range(steps + 1)]


def test_a_walk_heeds_every_change_on_its_way():
    changes = (
        Change(2, "eta", 0.7),
        Change(4, "w-1-2-1", 2.0),
        Change(4, "b-2-1", -1.0),
        Change(5, "example", 3.0),
    )
    recipe = Recipe(data="xor", hidden=(3,), optimiser="adam", eta=0.1, batch=2, changes=changes)
    begin = Replay.first(recipe)
    walk, start = Trainer(recipe, 0, begin), begin
    for iteration in range(8):
        found = by_hand(recipe, iteration, start)
        walk.to(iteration + 1)
        start = walk.start()
        assert start.parameters.vector() == pytest.approx(found[0].vector(), rel=1e-12, abs=1e-12)
    whole = Trainer(recipe, 0, begin)
    whole.to(8)
    assert whole.start().pack() == start.pack()


def test_who_goes_on_one_by_one_leaves_the_same_on_the_shelf():
    recipe, shelf, other = Recipe(hidden=(), optimiser="momentum"), MemoryShelf(), MemoryShelf()
    *_, last = islice(Replay(shelf).onward(recipe, 0), 1001)
    assert Replay(other).start(recipe, 1000).pack() == last.pack()
    assert shelf.kept == other.kept
    assert len(shelf.kept) == 2


def test_a_start_that_was_handed_out_cannot_be_altered():
    start = Replay.first(Recipe(optimiser="momentum"))
    kept = start.pack()
    for name in ("parameters", "memory"):
        with pytest.raises(FrozenInstanceError):
            setattr(start, name, None)
    for block in (*start.parameters.blocks(), *start.memory[0].blocks()):
        with pytest.raises(ValueError, match="read-only"):
            block[...] = 7.0
    assert start.pack() == kept
