"""Numbers drawn for worksheets: of few digits, each set another one, the same for ever, and no step idle."""

from __future__ import annotations

import os

import numpy as np
import pytest

from app.datasets.own import own_from
from app.engine.parameters import zeros
from app.lab.lab import Lab
from app.lab.presets import PRESETS
from app.lab.recipe import Recipe
from app.lab.replay import Numbers, Replay
from app.lessons.variants import NoVariant, clear, drawn, lasting, on_paper
from app.notation.numbers import plain

COUNT = int(os.environ.get("SHEETS", "3"))  # of each recipe
SHARES = own_from({"inputs": [[1, 0], [0, 1]], "targets": [[1, 0], [0, 1]]})
RECIPES = {
    "and": Recipe(),
    "xor": PRESETS["xor"],
    "textbook": PRESETS["textbook"],
    "circle": PRESETS["circle"],
    "without biases": Recipe(hidden=(6,), biases=False, eta=0.5),
    "mixed": Recipe(data="xor", hidden=(2, 2), activation="tanh,relu"),
    "many": Recipe(hidden=(6,), activation="sigmoid"),
    "shares": Recipe(data=SHARES.key, own=SHARES, output="softmax", hidden=(2,), test=0.0),
    "curve": Recipe(data="line", hidden=(2,), output="linear", cost="quadratic"),
}


def whole(recipe: Recipe) -> Numbers:
    """Return the numbers of a whole iteration."""
    lab = Lab(recipe)
    return Replay().numbers(Lab(recipe, len(lab.moments) - 1))


@pytest.mark.parametrize("recipe", RECIPES.values(), ids=RECIPES)
def test_what_is_drawn_has_two_digits_and_no_idle_step(recipe: Recipe) -> None:
    found = list(drawn(recipe, 7, COUNT))
    assert len({(one.parameters, one.data) for one in found}) == COUNT
    for one in found:
        numbers = whole(one)
        assert numbers.after is not None
        for value in (*(one.parameters or ()), *numbers.x[:, 0].tolist()):
            assert value == round(value, 2)
            assert value or not recipe.biases
        kinds = [numbers.forward.z, numbers.forward.a, numbers.backward.delta]
        results = np.concatenate([rows.ravel() for kind in kinds for rows in kind.values()])
        assert (np.abs(results) >= 0.001).all()
        for layer in numbers.network.layers:
            activation = numbers.network.activation(layer)
            assert (np.abs(activation.slope(numbers.forward.z[layer])) > 0.05 * activation.steepest).all()
            for kind in kinds:
                alike = [plain(value, 3) for value in kind[layer].ravel().tolist()]
                assert len(set(alike)) == len(alike)
        still = np.zeros(len(numbers.after.vector())) if one.still is None else one.still.vector()
        for old, new, held in zip(one.parameters or (), numbers.after.vector(), still, strict=True):
            assert held or plain(old, 3) != plain(float(new), 3)


def test_a_seed_always_draws_the_same_and_another_one_others() -> None:
    recipe = Recipe()
    three, five = (list(drawn(recipe, 1, count)) for count in (3, 5))
    assert five[:3] == three
    assert list(drawn(recipe, 2, 3)) != three
    assert three[0].own is not None
    assert three[0].data == three[0].own.key


def test_targets_are_those_of_the_data_and_all_of_them_come() -> None:
    found = {float(one.dataset.y[0, 0]) for one in drawn(PRESETS["xor"], 1, 12)}
    assert found == {0.0, 1.0}


def test_a_rate_too_small_for_three_digits_becomes_a_larger_one() -> None:
    assert next(drawn(Recipe(eta=0.001), 1, 1)).eta == 0.5
    assert next(drawn(Recipe(eta=0.3), 1, 1)).eta == 0.3


def test_where_no_step_is_worth_it_nothing_is_drawn() -> None:
    with pytest.raises(NoVariant):
        next(drawn(Recipe(activation="step"), 1, 1))


def test_nothing_degenerate_is_clear() -> None:
    network, dials = Recipe(hidden=(1,)).network, zeros((2, 1, 1))
    given = np.array([0.3, 0.7, 0.2, -0.9, 0.4])
    good = np.array([0.5, 0.6]), np.array([1.0])
    assert clear(network, dials.filled(given), *good)
    saturated, silent = given.copy(), given.copy()
    saturated[2], silent[3] = 4.0, 0.0
    for one in (saturated, silent):
        assert not clear(network, dials.filled(one), *good)
    assert not clear(network, dials.filled(given), np.array([1.0, 0.6]), np.array([1.0]))
    assert lasting(np.array([[0.5, -0.2]]))
    assert not lasting(np.array([[0.5, -0.49]]))


def test_a_labs_own_numbers_are_rounded_as_they_are_printed() -> None:
    numbers = whole(Recipe(data="xor", hidden=(2,), batch=2, optimiser="momentum", eta=0.12345, seed=3))
    one = on_paper(numbers, 1)
    assert one.parameters == tuple(plain(value, 3) for value in numbers.parameters.vector().tolist())
    assert one.dataset.x[:, 0].tolist() == numbers.x[:, 1].tolist()
    assert (one.eta, one.optimiser, one.batch, one.dataset.rows) == (0.123, "descent", 1, 1)


def test_rounded_shares_still_make_a_whole() -> None:
    own = own_from({"inputs": [[1], [0]], "targets": [[1 / 3, 2 / 3], [0.5, 0.5]]})
    recipe = Recipe(data=own.key, own=own, output="softmax", hidden=(2,), test=0.0)
    one = on_paper(whole(recipe), 0)
    assert one.dataset.y[:, 0].tolist() == [0.333, 0.667]
    assert one.dataset.shares
