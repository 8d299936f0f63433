"""The run so far: every iteration's own numbers, and of the last one no more than has happened."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from app.analysis import run_log
from app.analysis.run_log import Past, every_of, past_of, size_of
from app.lab.lab import Lab
from app.lab.recipe import Recipe
from app.lab.replay import Replay
from tests.lab.recipes import recipes
from tests.web.oracle import known


def rows(recipe: Recipe, place: int) -> list[Past]:
    """Return the run up to a place."""
    lab = Lab(recipe, place)
    return list(past_of(lab, Replay().numbers(lab)))


@settings(max_examples=60, deadline=None)
@given(recipes(with_changes=True), st.integers(0, 5))
def test_each_iteration_has_its_examples_cost_gradient_and_dials(recipe: Recipe, iterations: int) -> None:
    length = len(Lab(recipe).moments)
    ends = [known(recipe, (iteration + 1) * length - 1) for iteration in range(iterations + 1)]
    assume(ends[-1].finite())
    found = rows(recipe, (iterations + 1) * length - 1)
    assert [past.iteration for past in found] == list(range(1, iterations + 3))
    for past, true in zip(found, ends, strict=False):
        assert past.examples == true.examples
        assert past.cost == float(true.costs.mean())
        assert past.steepness == pytest.approx(np.sqrt((true.backward.nabla.vector() ** 2).sum()), rel=1e-12)
        assert np.array_equal(past.dials, true.before.vector())
    assert found[-1][1:4] == ([], None, None)
    assert np.array_equal(found[-1].dials, ends[-1].after.vector())


def test_what_has_not_happened_in_the_last_iteration_is_not_there() -> None:
    recipe = Recipe()  # 2-3-1: input, four forward moments, cost, four backward ones, descent
    length = len(Lab(recipe).moments)
    last = [rows(recipe, length + place)[1] for place in range(length)]
    assert [past.cost is not None for past in last] == [False] * 5 + [True] * 6
    assert [past.steepness is not None for past in last] == [False] * 9 + [True] * 2
    assert [len(rows(recipe, length + place)) for place in range(length)] == [2] * 10 + [3]


def test_a_long_run_ends_where_the_replay_stands() -> None:
    recipe = Recipe(data="xor", hidden=(4,), optimiser="adam", eta=0.1, regulariser="l1", decay=0.001)
    *_, before = rows(recipe, 700 * len(Lab(recipe).moments))
    assert np.allclose(before.dials, Replay().start(recipe, 700).parameters.vector(), rtol=1e-12, atol=1e-12)


def test_the_log_has_every_iteration_until_they_are_too_many_numbers(monkeypatch: pytest.MonkeyPatch) -> None:
    """A 2-3-1 network has 6 + 3 + 3 + 1 = 13 dials: 16 numbers with the iteration, cost and steepness."""
    recipe = Recipe()
    length = len(Lab(recipe).moments)
    assert [every_of(Lab(recipe, at * length)) for at in (0, 1, 7)] == [1, 1, 1]
    monkeypatch.setattr(run_log, "TABLE_NUMBERS", 60)
    assert [every_of(Lab(recipe, at * length)) for at in (0, 3, 4, 7, 8, 10)] == [1, 1, 2, 2, 3, 3]
    assert [past.iteration for past in rows(recipe, 10 * length)] == [1, 4, 7, 10, 11]


@pytest.mark.parametrize(("iteration", "most", "lines"), [(0, 1000, 1), (7, 1000, 8), (10, 60, 5)])
def test_a_table_is_as_large_as_its_lines_with_twenty_bytes_a_number(
    monkeypatch: pytest.MonkeyPatch, iteration: int, most: int, lines: int
) -> None:
    monkeypatch.setattr(run_log, "TABLE_NUMBERS", most)
    recipe = Recipe()
    place = iteration * len(Lab(recipe).moments)
    assert len(rows(recipe, place)) == lines
    assert size_of(Lab(recipe, place)) == lines * 16 * 20
