"""Each slip, made by hand from a moment's arrays, is told by its name."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import fields

import numpy as np
import pytest

from app.lab.dials import Pick
from app.lab.lab import Lab
from app.lab.recipe import Recipe
from app.lab.replay import Numbers, Replay
from app.lessons.judging import judge
from app.lessons.slips.registry import SLIPS, Slip
from app.lessons.steps import PHASES, Step, steps_of
from app.story.formulas.worked import Worker

KEYS = [
    "slope",
    "z-for-a",
    "a-for-slope",
    "sign",
    "target-first",
    "rate",
    "mean",
    "half",
    "new-weight",
    "other-weight",
    "transposed",
]
SQUARE = {"hidden": (2, 2), "activation": "sigmoid", "cost": "quadratic", "size": 20}
RECIPES = {
    "square": Recipe(data="moons", seed=5, eta=2.0, **SQUARE),
    "batch": Recipe(data="moons", seed=5, eta=2.0, batch=3, **SQUARE),
    "shares": Recipe(data="digits", seed=5, hidden=(3,), output="softmax"),
    "entropy": Recipe(data="and", seed=5, hidden=(3,)),
}


def at_descent(recipe: Recipe, iteration: int = 2) -> Numbers:
    return Replay().numbers(Lab(recipe, (iteration + 1) * len(Lab(recipe).moments) - 1))


NUMBERS = {key: at_descent(recipe) for key, recipe in RECIPES.items()}


def step_of(numbers: Numbers, pick: Pick, quantity: str) -> Step:
    return next(step for step in steps_of(Worker(numbers, 0), pick) if step.quantity == quantity)


def of(table: dict[int, np.ndarray], layer: int, j: int) -> float:
    return float(table[layer][j - 1, 0])


N12, N22, N31, COST = Pick("n", 1, 2), Pick("n", 2, 2), Pick("n", 3, 1), Pick("cost")
W221, W212 = Pick("w", 2, 2, 1), Pick("w", 2, 1, 2)
WEIGHTS: list[tuple[str, Pick, str, str, Callable[[Numbers], float]]] = [
    ("square", N22, "delta", "slope", lambda n: of(n.backward.received, 2, 2)),
    ("square", N22, "z", "z-for-a", lambda n: (n.parameters.w[2] @ n.forward.z[1] + n.parameters.b[2])[1, 0]),
    ("square", N22, "a", "z-for-a", lambda n: of(n.forward.z, 2, 2)),
    ("square", N22, "slope", "z-for-a", lambda n: of(n.forward.z, 2, 2) * (1 - of(n.forward.z, 2, 2))),
    ("square", COST, "cost", "z-for-a", lambda n: 0.5 * (of(n.forward.z, 3, 1) - n.y[0, 0]) ** 2),
    ("square", N31, "received", "z-for-a", lambda n: of(n.forward.z, 3, 1) - n.y[0, 0]),
    ("square", W221, "nabla", "z-for-a", lambda n: of(n.forward.z, 1, 1) * of(n.backward.delta, 2, 2)),
    ("square", N22, "slope", "a-for-slope", lambda n: of(n.forward.a, 2, 2)),
    ("square", N22, "delta", "a-for-slope", lambda n: of(n.backward.received, 2, 2) * of(n.forward.a, 2, 2)),
    ("square", N22, "z", "sign", lambda n: -of(n.forward.z, 2, 2)),
    ("square", W221, "nabla", "sign", lambda n: -n.backward.nabla.w[2][1, 0]),
    (
        "square",
        W221,
        "after",
        "sign",
        lambda n: n.parameters.w[2][1, 0] + n.eta * n.backward.nabla.w[2][1, 0],
    ),
    ("square", N31, "received", "target-first", lambda n: n.y[0, 0] - of(n.forward.a, 3, 1)),
    ("square", N31, "delta", "target-first", lambda n: -of(n.backward.delta, 3, 1)),
    ("shares", Pick("n", 2, 3), "delta", "target-first", lambda n: n.y[2, 0] - of(n.forward.a, 2, 3)),
    ("square", W221, "after", "rate", lambda n: n.parameters.w[2][1, 0] - n.backward.nabla.w[2][1, 0]),
    ("batch", W221, "nabla", "mean", lambda n: 3 * n.backward.nabla.w[2][1, 0]),
    ("batch", COST, "mean", "mean", lambda n: float(n.costs.sum())),
    ("square", COST, "cost", "half", lambda n: 2 * float(n.costs[0])),
    ("square", COST, "cost", "half", lambda n: float(n.costs[0]) / 2),
    ("square", N31, "received", "half", lambda n: 2 * of(n.backward.received, 3, 1)),
    ("square", N22, "received", "new-weight", lambda n: (n.after.w[3].T @ n.backward.delta[3])[1, 0]),
    ("square", N22, "z", "new-weight", lambda n: (n.after.w[2] @ n.forward.a[1] + n.after.b[2])[1, 0]),
    ("square", W221, "after", "new-weight", lambda n: 2 * n.after.w[2][1, 0] - n.parameters.w[2][1, 0]),
    (
        "square",
        N22,
        "z",
        "other-weight",
        lambda n: (n.parameters.w[2] @ n.forward.a[1])[0, 0] + n.parameters.b[2][1, 0],
    ),
    ("square", N12, "received", "other-weight", lambda n: (n.parameters.w[2].T @ n.backward.delta[2])[0, 0]),
    (
        "square",
        W221,
        "after",
        "other-weight",
        lambda n: n.after.w[2][1, 0] - n.parameters.w[2][1, 0] + n.parameters.w[2][1, 1],
    ),
    (
        "square",
        N22,
        "z",
        "transposed",
        lambda n: (n.parameters.w[2].T @ n.forward.a[1] + n.parameters.b[2])[1, 0],
    ),
    ("square", N12, "received", "transposed", lambda n: (n.parameters.w[2] @ n.backward.delta[2])[1, 0]),
    ("square", W221, "nabla", "transposed", lambda n: n.backward.nabla.w[2][0, 1]),
]


@pytest.mark.parametrize(("recipe", "pick", "quantity", "key", "by_hand"), WEIGHTS)
def test_a_slip_is_told_by_its_name(
    recipe: str, pick: Pick, quantity: str, key: str, by_hand: Callable[[Numbers], float]
) -> None:
    numbers = NUMBERS[recipe]
    step = step_of(numbers, pick, quantity)
    value = by_hand(numbers)
    verdict = judge(step, value)
    assert not verdict.right, (step.equation.spoken(), value)
    assert key in verdict.slips, (step.equation.spoken(), value, verdict.slips)
    assert SLIPS[key].name in verdict.why


def test_all_slips_that_are_known_are_made_above() -> None:
    assert list(SLIPS) == KEYS
    made = {(key, quantity) for _, _, quantity, key, _ in WEIGHTS}
    assert {key for key, _ in made} == {*KEYS}
    assert {quantity for slip in SLIPS.values() for quantity in slip.leads} <= {*PHASES}


def test_a_slip_is_told_in_two_digits_too() -> None:
    step = step_of(NUMBERS["square"], N22, "delta")
    in_two = float(f"{of(NUMBERS['square'].backward.received, 2, 2):.1e}")
    assert "slope" in judge(step, in_two).slips


def test_two_slips_that_lead_to_one_value_are_both_named() -> None:
    step = step_of(NUMBERS["square"], N31, "received")
    verdict = judge(step, -step.equation.result.value)
    assert verdict.slips == ("sign", "target-first")
    assert all(SLIPS[key].sentence in verdict.why for key in verdict.slips)


@pytest.mark.parametrize("recipe", RECIPES)
def test_no_slip_is_said_of_what_is_right_and_each_leads_somewhere_or_nowhere_everywhere(recipe: str) -> None:
    numbers = NUMBERS[recipe]
    sizes = numbers.network.sizes
    picks = [Pick("n", layer, 1) for layer in range(1, len(sizes))] + [COST]
    picks += [Pick("w", layer, 1, 2) for layer in range(1, len(sizes))] + [Pick("b", 1, 1)]
    led = set()
    for step in (step for pick in picks for step in steps_of(Worker(numbers, 0), pick)):
        assert judge(step, step.equation.result.value).slips == ()
        led |= {
            key
            for key, slip in SLIPS.items()
            if step.quantity in slip.leads and slip.leads[step.quantity](step)
        }
    assert led >= {"sign", "new-weight", "other-weight", "rate", "z-for-a"}


def test_a_slip_says_what_to_do_instead_in_a_sentence() -> None:
    assert [field.name for field in fields(Slip)] == ["key", "name", "sentence", "leads"]
    for slip in SLIPS.values():
        assert slip.sentence.endswith(".")
        assert not slip.name.endswith(".")
