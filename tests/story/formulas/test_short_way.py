"""The short way to an output's error, δ = ŷ − y: there where slope and cost cancel, and nowhere else."""

from __future__ import annotations

import pytest

from app.lab.recipe import Recipe
from app.notation import names
from app.story.formulas.worked import SHORT, Worker
from tests.story.formulas.test_worked import ends, numbers_at


@pytest.mark.parametrize(
    ("output", "cost", "there"),
    [
        ("sigmoid", "cross-entropy", True),
        ("softmax", "cross-entropy", True),
        ("sigmoid", "quadratic", False),
        ("linear", "quadratic", False),
    ],
)
def test_the_short_way_to_an_outputs_error_is_shown_where_it_is_one(
    output: str, cost: str, there: bool
) -> None:
    recipe = Recipe(data="digits", hidden=(3,), output=output, cost=cost)
    worker = Worker(numbers_at(recipe, ends(recipe, 1)), 0)
    for j in range(1, 11):
        found = [one for one in worker.blame(2, j) if one.note == SHORT]
        assert len(found) == there
        for one in found:
            delta = worker.n.backward.delta[2][j - 1, 0]
            assert one.result.value == delta
            name = names.neuron(recipe.sizes, 2, j)
            assert one.spoken().startswith(f"δ({name}) = {name} − y{name[1:]} = ")
            assert worker.n.forward.a[2][j - 1, 0] - worker.n.y[j - 1, 0] == pytest.approx(delta, rel=1e-9)
    assert not any(one.note == SHORT for one in worker.blame(1, 1))
