"""The count of nudging and backpropagation: counted, and checked against multiplications that really
happen."""

from __future__ import annotations

import itertools

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.analysis.count import count, products, timed, widened
from app.engine.backprop import backward, forward
from app.engine.parameters import Parameters
from app.lab.lab import Lab
from app.lab.recipe import Recipe
from app.lab.replay import Replay

sizes = st.lists(st.integers(1, 6), min_size=2, max_size=6).map(tuple)


class Counting(np.ndarray):
    """An array that counts the multiplications of its matrix products."""

    count = 0

    def __array_ufunc__(self, ufunc, method, *inputs, **settings):
        plain = [np.asarray(one) for one in inputs]
        if ufunc is np.matmul:
            rows, inner, columns = *plain[0].shape, plain[1].shape[1]
            Counting.count += rows * inner * columns
        return getattr(ufunc, method)(*plain, **settings)


def counted(recipe: Recipe, both_ways: bool) -> int:
    """Return the multiplications of one forward pass, and of the backward pass where asked, for one
    example."""
    dials = recipe.first_parameters()
    watched = Parameters({k: w.view(Counting) for k, w in dials.w.items()}, dials.b)
    x, y = recipe.dataset.x[:, :1], recipe.dataset.y[:, :1]
    Counting.count = 0
    reached = forward(recipe.network, watched, x)
    if both_ways:
        backward(recipe.network, watched, reached, y)
    return Counting.count


@pytest.mark.parametrize("hidden", [(), (3,), (4, 2), (2, 2, 2)])
def test_the_count_of_products_is_what_the_passes_multiply(hidden):
    recipe = Recipe(data="digits", hidden=hidden, output="softmax")
    dials, nudging, backprop = products(recipe.sizes)
    forward_alone = counted(recipe, both_ways=False)
    gradients = sum(w.size for w in recipe.first_parameters().w.values())  # each weight's own: a·δ
    assert dials == len(recipe.first_parameters())
    assert nudging == (dials + 1) * forward_alone
    assert backprop == counted(recipe, both_ways=True) + gradients


@given(shape=sizes)
def test_backprop_never_costs_more_than_three_forward_passes(shape):
    dials, nudging, backprop = products(shape)
    assert backprop < 3 * nudging / (dials + 1) + 1


def test_the_count_has_dials_passes_and_examples():
    recipe = Recipe(data="and", hidden=(3,), batch=4)
    found = count(Replay().numbers(Lab(recipe)))
    assert found.dials == 13
    assert (found.nudging.passes, found.backprop.passes) == (14, 2)
    assert (found.nudging.products, found.backprop.products) == (4 * 126, 4 * 21)
    assert found.growth[0] == (found.dials, found.nudging.products, found.backprop.products)


def test_the_growth_doubles_the_hidden_neurons_from_row_to_row():
    network = Recipe(data="half-adder", hidden=(3, 2)).network
    assert [widened(network, factor) for factor in (1, 2, 16)] == [(2, 3, 2, 2), (2, 6, 4, 2), (2, 48, 32, 2)]
    growth = count(Replay().numbers(Lab(Recipe(data="half-adder", hidden=(3, 2))))).growth
    assert growth == [products((2, 3 * factor, 2 * factor, 2)) for factor in (1, 2, 4, 8, 16)]


def test_without_a_hidden_layer_the_growth_begins_with_one_hidden_neuron():
    assert widened(Recipe(data="and", hidden=()).network, 4) == (2, 4, 1)


def test_the_clock_runs_the_work_as_often_as_it_was_told():
    runs = []
    assert timed(lambda: runs.append(1), 7) >= 0
    assert len(runs) == 7


@pytest.mark.parametrize(("hidden", "nudges"), [((3,), 13 + 1), ((30,), 25)])
def test_the_seconds_of_nudging_are_those_of_one_pass_times_all_its_passes(monkeypatch, hidden, nudges):
    seconds, passes = itertools.count(100.0), []
    monkeypatch.setattr("app.analysis.count.perf_counter", lambda: next(seconds))  # each run takes one
    monkeypatch.setattr("app.analysis.count.mean_cost", lambda *_: passes.append(1))
    found = count(Replay().numbers(Lab(Recipe(data="and", hidden=hidden))))
    assert (found.nudging.seconds, found.backprop.seconds) == (found.dials + 1, 1.0)
    assert len(passes) == nudges  # no more than there are, and of many a part
