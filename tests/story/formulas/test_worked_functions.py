"""Every activation, output and cost in a worked step, on both sides of zero: the equation that is its own,
and it comes out."""

from __future__ import annotations

from dataclasses import replace

import pytest

from app.engine.activations import ACTIVATIONS
from app.lab.recipe import Recipe
from app.story.formulas.worked import Worker
from app.story.functions.activations import FAR
from tests.story.formulas.test_worked import check, ends, numbers_at
from tests.story.mathml import seen
from tests.story.symbols import every_equation

OUTPUTS = [
    ("digits", "softmax", "quadratic"),
    ("digits", "softmax", "cross-entropy"),
    ("half-adder", "sigmoid", "quadratic"),
]
LAWS = {  # of a hidden neuron's activation and of its slope; numbers where there is no law to name
    "sigmoid": {("σ(z)", "a · (1 − a)")},
    "tanh": {("tanh(z)", "1 − a²")},
    "relu": {("max(0, z)", "0"), ("max(0, z)", "1")},
    "leaky-relu": {("z", "1"), ("0.01 · z", "0.01")},
    "softplus": {("ln(1 + exp(z))", "σ(z)")},
    "sine": {("sin(z)", "cos(z)")},
    "step": {("0", "0"), ("1", "0")},
    "linear": {("z", "1")},
}


@pytest.mark.no_cover  # twice as fast: shorter tests run these lines
@pytest.mark.parametrize("key", LAWS)
@pytest.mark.parametrize(("data", "output", "cost"), OUTPUTS)
def test_every_activation_is_worked_out_on_both_sides_of_zero(
    key: str, data: str, output: str, cost: str
) -> None:
    recipe = Recipe(data=data, hidden=(3,), activation=key, output=output, cost=cost)
    laws, sides = set(), set()
    for iteration in range(4):
        worker = Worker(numbers_at(recipe, ends(recipe, iteration)), 0)
        for mark, equations in every_equation(worker).items():
            for equation in equations if mark[0] != "w" or mark.endswith("-1") else ():
                check(equation, recipe.sizes)
        for j in (1, 2, 3):
            z, a, _, slope, _ = worker.neuron(1, j)
            law = [
                one.formula.spoken(None).replace(z.result.label(), "z").replace(f"h{'₀₁₂₃'[j]}", "a")
                for one in (a, slope)
            ]
            laws.add(tuple(law))
            sides.add(z.result.value > 0)
    assert sides == {False, True}
    assert laws == LAWS[key]


def test_no_hidden_activation_is_left_out() -> None:
    assert set(LAWS) == {key for key, entry in ACTIVATIONS.items() if entry.hidden}


@pytest.mark.parametrize(("data", "output", "cost"), OUTPUTS)
def test_the_output_is_worked_out_from_the_cost_that_was_chosen(data: str, output: str, cost: str) -> None:
    recipe = Recipe(data=data, hidden=(3,), output=output, cost=cost)
    worker = Worker(numbers_at(recipe, ends(recipe, 0)), 0)
    (z, *powers, a), (received, between, delta, *short) = worker.signal(2, 1), worker.blame(2, 1)
    assert (z.result.label(), a.result.label(), received.result.label()) == ("z(ŷ₁)", "ŷ₁", "∂C/∂ŷ₁")
    shares = output == "softmax"
    assert [one.formula.spoken(None)[:17] for one in powers] == ["exp(z(ŷ₁)) + exp("] * shares
    assert a.formula.spoken(None) == ("exp(z(ŷ₁)) / S" if shares else "σ(z(ŷ₁))")
    law = received.formula.spoken(None)
    assert law == ("ŷ₁ − y₁" if cost == "quadratic" else "−1 · y₁ / ŷ₁")
    assert between.spoken().startswith("R = ŷ₁ · ∂C/∂ŷ₁ + " if shares else "f′(ŷ₁) = ŷ₁ · (1 − ŷ₁) = ")
    assert delta.formula.spoken(None) == ("ŷ₁ · (∂C/∂ŷ₁ − R)" if shares else "∂C/∂ŷ₁ · f′(ŷ₁)")
    assert [one.formula.spoken(None) for one in short] == ["ŷ₁ − y₁"] * (cost == "cross-entropy")


@pytest.mark.parametrize("scale", [1.0, 5.0, 100.0])
@pytest.mark.parametrize("cost", ["quadratic", "cross-entropy"])
def test_shares_come_out_through_their_sum_however_large_their_z(cost: str, scale: float) -> None:
    recipe = Recipe(data="digits", hidden=(3,), output="softmax", cost=cost)
    loud = replace(
        recipe, parameters=tuple(scale * dial for dial in recipe.first_parameters().vector().tolist())
    )
    worker = Worker(numbers_at(loud, ends(loud, 0)), 0)
    for j in range(1, 11):
        for equation in worker.neuron(2, j):
            check(equation, loud.sizes)
            longest = max(len(piece) for piece in seen(equation.worked()).split(" + "))
            assert longest < 70, (
                equation.spoken()
            )  # between its terms a sum may wrap, and nothing else is long
    largest = max(abs(worker.z(2, j).value) for j in range(1, 11))
    assert (worker.signal(2, 1)[1].remark == FAR) == (largest > 100) == (scale > 10)
