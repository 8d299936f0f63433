"""At the edges of the arithmetic one number has one law: the step is the gradient's, and all comes out."""

from __future__ import annotations

import json
import math
from dataclasses import replace

import numpy as np
import pytest

from app.analysis.history import History
from app.datasets.own import own_from
from app.lab.dials import dials_of
from app.lab.lab import Lab
from app.lab.recipe import Recipe
from app.lab.replay import Numbers, Replay
from app.story.formulas.worked import AT_ONCE, Worker
from app.web.moment_json import moment_json
from tests.story.formulas.test_worked import check


def one_neuron(dials: list[float], y: list[float], output: str, **more: object) -> Recipe:
    """Return a network of one input, 1, and no hidden layer."""
    own = own_from({"inputs": [[1.0]], "targets": [y]})
    parameters = tuple(map(float, dials))
    return Recipe(data=own.key, own=own, hidden=(), output=output, parameters=parameters, test=0.0, **more)


TINY = math.exp(-40)
CASES = [  # a recipe, its cost, and the error of each output
    (one_neuron([800, 0], [0.0], "sigmoid"), 800.0, [1.0]),
    (one_neuron([-745, 0], [1.0], "sigmoid"), 745.0, [-1.0]),
    (one_neuron([40, 0], [1.0], "sigmoid"), TINY, [-TINY]),
    (one_neuron([-800, 0], [0.0], "sigmoid"), 0.0, [0.0]),
    (one_neuron([800, 0], [0.25], "sigmoid"), 600.0, [0.75]),
    (one_neuron([800, 0, 0, 0], [0.0, 1.0], "softmax"), 800.0, [1.0, -1.0]),
    (one_neuron([40, 0, 0, 0], [1.0, 0.0], "softmax"), TINY, [-TINY, TINY]),
    (
        one_neuron([800, 799, 0, 0, 0, 0], [0.0, 0.0, 1.0], "softmax"),
        800.31326168752,
        [0.731058578, 0.268941421, -1.0],
    ),
]


def at_descent(recipe: Recipe) -> Numbers:
    return Replay().numbers(Lab(recipe, len(Lab(recipe).moments) - 1))


@pytest.mark.parametrize(("recipe", "cost", "errors"), CASES)
def test_a_saturated_output_has_its_true_cost_and_error_and_makes_its_step(
    recipe: Recipe, cost: float, errors: list[float]
) -> None:
    numbers = at_descent(recipe)
    assert numbers.costs.item() == pytest.approx(cost, rel=1e-9, abs=1e-300)
    assert numbers.backward.delta[1][:, 0].tolist() == pytest.approx(errors, rel=1e-7, abs=1e-300)
    step = (numbers.after.vector() - numbers.parameters.vector()) / -numbers.eta
    assert step.tolist() == pytest.approx(numbers.backward.nabla.vector().tolist(), rel=1e-9, abs=1e-13)


@pytest.mark.parametrize(("recipe", "cost", "errors"), CASES)
def test_its_worked_steps_come_out_as_printed(recipe: Recipe, cost: float, errors: list[float]) -> None:
    worker, sizes = Worker(at_descent(recipe), 0), recipe.sizes
    equations = [*worker.cost(), *(one for dial in dials_of(sizes) for one in worker.dial(dial))]
    for j, error in enumerate(errors, 1):
        blame = worker.blame(1, j)
        kept = next(one for one in blame if one.result.name.startswith("δ"))
        assert kept.result.value == pytest.approx(error, rel=1e-7, abs=1e-300)
        equations += blame
    for equation in equations:
        assert math.isfinite(equation.result.value)
        check(equation, sizes)
    if cost > 500 or (recipe.output == "softmax" and 0 < cost < 1e-9):  # step by step the digits are gone
        assert any(AT_ONCE in equation.note for equation in equations)


@pytest.mark.parametrize(("recipe", "cost", "errors"), CASES)
def test_its_json_holds_no_number_that_is_none(recipe: Recipe, cost: float, errors: list[float]) -> None:
    found = json.dumps(moment_json("x", Lab(recipe), at_descent(recipe)), allow_nan=False)
    assert ("null" in found.split('"received"')[1].split('"delta"')[0]) == (cost > 500)


@pytest.mark.parametrize(
    ("recipe", "rel"),
    [
        (one_neuron([30, 0], [0.0], "sigmoid", cost="quadratic", eta=1e6), 1e-12),
        (one_neuron([40, 0], [0.0], "sigmoid", cost="quadratic", eta=1e14), 1e-12),
        (
            replace(
                one_neuron([30, 0, 1e6, 0], [0.0], "linear", cost="quadratic", eta=1.0),
                hidden=(1,),
                activation="sigmoid",
            ),
            1e-9,
        ),
        (replace(one_neuron([20, 0, 1, 0], [0.0], "linear", cost="quadratic", eta=1e14), hidden=(1,)), 1e-9),
    ],
)
def test_the_descent_takes_the_gradient_on_the_screen(recipe: Recipe, rel: float) -> None:
    numbers = at_descent(recipe)
    moved = numbers.parameters.vector() - numbers.after.vector()
    assert (moved / numbers.eta)[0] == pytest.approx(numbers.backward.nabla.vector()[0], rel=rel * 1e3)


def test_single_steps_and_a_run_agree_where_the_answers_are_sure() -> None:
    recipe = Recipe(data="digits", hidden=(), output="softmax", eta=100.0)
    length, replay = len(Lab(recipe).moments), Replay()
    stepped = replay.numbers(Lab(recipe, 30 * length)).parameters.vector()
    for at in range(30):
        numbers = Replay().numbers(Lab(recipe, (at + 1) * length - 1))
        plain = numbers.parameters.vector() - numbers.eta * numbers.backward.nabla.vector()
        assert np.allclose(plain, numbers.after.vector(), rtol=1e-12, atol=1e-12)
    assert np.array_equal(stepped, numbers.after.vector())


def test_downhill_ends_where_the_cost_is_hundreds() -> None:
    recipe, history = CASES[0][0], History(Replay())
    assert history.extend(recipe, 5)
    assert history.known(recipe)[0] == 800.0
