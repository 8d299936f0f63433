"""Numbers: what exists at a moment and no more, and the same bits whichever way one came."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.engine.backprop import costs_of, forward
from app.engine.optimisers import OPTIMISERS
from app.lab.lab import Lab
from app.lab.recipe import Recipe
from app.lab.replay import Diverged, Replay
from tests.engine.rounding import reckoned
from tests.lab.recipes import MemoryShelf, StraightRun, fingerprint, recipes

SMALL = Recipe(data="and", hidden=(3,))  # 2-3-1: eleven moments
RUNAWAY = Recipe(data="and", hidden=(3,), activation="linear", output="linear", cost="quadratic", eta=50.0)


def rows_so_far(lab: Lab, phase: str) -> dict[int, int]:
    """Return how many rows of each layer a phase has filled, by going through its moments one by one."""
    network, rows = lab.recipe.network, {}
    for moment in lab.moments[: lab.place % len(lab.moments) + 1]:
        if moment.phase == phase:
            rows[moment.layer] = moment.neuron or network.sizes[moment.layer]
    return rows


def shapes(blocks: dict[int, np.ndarray]) -> dict[int, tuple[int, ...]]:
    """Return the shape of each layer's array."""
    return {layer: block.shape for layer, block in blocks.items()}


@settings(deadline=None)
@given(recipe=recipes(with_changes=True), iteration=st.integers(0, 3))
def test_nothing_ahead_of_the_cursor_exists_at_any_moment(recipe, iteration):
    replay, sizes, m = Replay(), recipe.sizes, recipe.batch
    begin = iteration * len(Lab(recipe).moments)
    for lab in (Lab(recipe, begin + position) for position in range(len(Lab(recipe).moments))):
        try:
            numbers = replay.numbers(lab)
        except Diverged:
            return
        phase = lab.moment.phase
        ahead, astern = rows_so_far(lab, "forward"), rows_so_far(lab, "backward")
        assert shapes(numbers.forward.z) == {layer: (rows, m) for layer, rows in ahead.items()}
        assert shapes(numbers.forward.a) == {0: (sizes[0], m)} | shapes(numbers.forward.z)
        assert shapes(numbers.backward.received) == {layer: (rows, m) for layer, rows in astern.items()}
        assert shapes(numbers.backward.delta) == shapes(numbers.backward.received)
        assert shapes(numbers.backward.nabla.b) == {layer: (rows, 1) for layer, rows in astern.items()}
        assert shapes(numbers.backward.nabla.w) == {
            layer: (rows, sizes[layer - 1]) for layer, rows in astern.items()
        }
        assert (numbers.costs is not None) == (phase in ("cost", "backward", "descent"))
        assert (numbers.after is not None) == (numbers.costs_after is not None) == (phase == "descent")


@settings(deadline=None)
@given(recipe=recipes(with_changes=True), place=st.integers(0, 60))
def test_every_number_belongs_to_the_same_examples_and_the_same_dials(recipe, place):
    lab = Lab(recipe, place)
    if fingerprint(Replay(), lab)[0] == "diverged":
        return
    numbers = Replay().numbers(lab)
    examples = recipe.examples_at(lab.iteration)
    assert (numbers.recipe, numbers.place, numbers.iteration) == (recipe, place, lab.iteration)
    assert (numbers.moment, numbers.network, numbers.examples) == (lab.moment, recipe.network, examples)
    assert numbers.eta == recipe.eta_at(lab.iteration)
    assert np.array_equal(numbers.x, recipe.dataset.x[:, examples])
    assert np.array_equal(numbers.y, recipe.dataset.y[:, examples])
    begin = StraightRun(recipe).start(lab.iteration).parameters
    typed = recipe.with_typed_dials(begin, lab.iteration)
    assert numbers.parameters.vector().tobytes() == typed.vector().tobytes()
    if numbers.after:
        following = forward(recipe.network, numbers.after, numbers.x)
        assert np.array_equal(numbers.costs_after, costs_of(recipe.network, following, numbers.y))


@given(recipe=recipes(with_changes=True), iteration=st.integers(0, 4))
def test_a_descent_leads_where_the_readable_iteration_does(recipe, iteration):
    lab = Lab(recipe, (iteration + 1) * len(Lab(recipe).moments) - 1)
    if fingerprint(Replay(), lab)[0] == "diverged":
        return
    numbers = Replay().numbers(lab)
    way = {"optimiser": recipe.optimiser, "regulariser": recipe.regulariser, "decay": recipe.decay}
    way["held"] = recipe.still
    begin = recipe.network, numbers.parameters, numbers.start.memory, numbers.x, numbers.y
    if found := reckoned(*begin, eta=numbers.eta, t=iteration + 1, **way):
        assert (np.abs(numbers.after.vector() - found[0].vector()) <= found[2]).all()


@pytest.mark.parametrize("optimiser", OPTIMISERS)
def test_what_a_descent_shows_is_where_the_next_iteration_begins(optimiser):
    recipe = Recipe(hidden=(3,), optimiser=optimiser, regulariser="l2", decay=0.01)
    replay = Replay()
    for iteration in (0, 1, 7):
        after = replay.numbers(Lab(recipe, 11 * iteration + 10)).after
        begin = replay.numbers(Lab(recipe, 11 * iteration + 11)).parameters
        assert after.vector().tobytes() == begin.vector().tobytes()


def test_a_step_back_across_a_descent_gives_the_very_same_numbers():
    replay, lab = Replay(MemoryShelf()), Lab(SMALL, 9)
    before = fingerprint(replay, lab)
    across = lab.step("descent").step("next").step("forward")
    assert fingerprint(replay, across) != before
    assert fingerprint(replay, across.back().back().back()) == before


def test_a_typed_dial_holds_from_the_start_of_its_iteration():
    lab = Lab(SMALL, 11 * 3 + 5).change("w-2-1-3", 2.5)
    replay = Replay()
    assert replay.numbers(lab).parameters.w[2][0, 2] == 2.5
    assert replay.numbers(lab.go(11 * 3 - 1)).after.w[2][0, 2] != 2.5
    untouched = Replay().numbers(Lab(SMALL, 11 * 3 + 5))
    assert not np.array_equal(replay.numbers(lab).costs, untouched.costs)
    later = replay.numbers(lab.go(11 * 4)).parameters
    assert np.array_equal(later.vector(), replay.numbers(lab.go(11 * 3 + 10)).after.vector())


def test_a_new_learning_rate_moves_the_dials_of_its_own_iteration():
    slow, fast = Lab(SMALL, 9), Lab(SMALL, 9).change("eta", 0.6)
    one, other = (Replay().numbers(lab.go(10)) for lab in (slow, fast))
    moved = [numbers.after.vector() - numbers.parameters.vector() for numbers in (one, other)]
    assert moved[1] == pytest.approx(2 * moved[0])


def test_numbers_that_run_away_are_said_to_have_diverged_and_where():
    replay, lab = Replay(), Lab(RUNAWAY)
    place = next(place for place in range(11 * 200) if fingerprint(replay, lab.go(place))[0] == "diverged")
    assert place > 11
    assert replay.numbers(lab.go(place - 1)).finite()
    with pytest.raises(Diverged) as caught:
        replay.numbers(lab.go(place))
    assert str(caught.value) == f"iteration {place // 11} is not finite"
    for later in (place + 11, place + 23, 11 * 600):
        with pytest.raises(Diverged) as caught:
            Replay().numbers(lab.go(later))
        assert caught.value.iteration == later // 11


@pytest.mark.parametrize("where", [("forward", "a"), ("backward", "delta"), ("backward", "received")])
def test_one_number_that_cannot_be_written_down_is_enough(where):
    numbers = Replay().numbers(Lab(SMALL, 10))
    assert numbers.finite()
    getattr(getattr(numbers, where[0]), where[1])[1][0, 0] = np.nan
    assert not numbers.finite()


def test_a_rate_typed_in_time_keeps_a_run_from_diverging():
    replay = Replay()
    assert replay.numbers(Lab(RUNAWAY).change("eta", 0.05).go(11 * 300)).finite()


def test_the_largest_dials_that_may_be_typed_are_reckoned_with_without_a_warning():
    lab = Lab(SMALL, 6).change("b-2-1", -1e6)  # the target is 1: a surprise of a million
    numbers = Replay().numbers(lab)
    assert numbers.forward.a[2].item() == 0.0
    assert numbers.costs.item() == pytest.approx(1e6, rel=1e-6)
    assert (numbers.backward.received[2].item(), numbers.backward.delta[2].item()) == (-math.inf, -1.0)
