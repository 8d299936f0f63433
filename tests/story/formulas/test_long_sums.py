"""Sums over large batches: the first terms, the rest as one, and still everything multiplies out as
printed."""

from __future__ import annotations

from dataclasses import replace

import pytest

from app.lab.dials import Dial, Pick
from app.lab.recipe import Recipe
from app.story.fingers import stack_of
from app.story.formulas.worked import FEW, MANY, Worker
from tests.story.calculator import comes_out
from tests.story.formulas.test_worked import check, ends, numbers_at
from tests.story.mathml import seen
from tests.story.symbols import every_equation

CIRCLE = Recipe(data="circle", hidden=(3,), batch=80)


@pytest.mark.parametrize("batch", [MANY, MANY + 1, 80])
@pytest.mark.parametrize("data", ["circle", "sine"])
def test_every_equation_of_a_large_batch_comes_out_as_printed(data: str, batch: int) -> None:
    fits = {"output": "linear", "cost": "quadratic"} if data == "sine" else {}
    recipe = replace(CIRCLE, data=data, batch=batch, **fits)
    for equations in every_equation(Worker(numbers_at(recipe, ends(recipe, 1)), 7)).values():
        for equation in equations:
            check(equation, recipe.sizes)
            assert len(equation.spoken()) < 900


def test_a_long_sum_shows_its_first_terms_and_says_how_many_others_there_are() -> None:
    worker = Worker(numbers_at(CIRCLE, ends(CIRCLE, 0)), 0)
    cost = worker.cost()[-1]
    name, law, worked, result = cost.spoken().split(" = ")
    assert (name, law) == ("C(batch)", f"(C⁽¹⁾ + C⁽²⁾ + C⁽³⁾ + Σ({80 - FEW} others)) / 80")
    assert comes_out(worked, result)
    gradient = worker.dial(Dial("w", 1, 2, 1))[0]
    assert f"Σ({80 - FEW} others)" in gradient.spoken()
    others = sum(
        float(worker.n.forward.a[0][0, m] * worker.n.backward.delta[1][1, m]) for m in range(FEW, 80)
    )
    assert gradient.formula.top.terms[-1].value == pytest.approx(others)


@pytest.mark.parametrize("batch", [MANY, 80])
def test_a_mean_is_written_so_that_it_can_wrap_between_its_terms(batch: int) -> None:
    worker = Worker(numbers_at(replace(CIRCLE, batch=batch), ends(CIRCLE, 0)), 0)
    for equation in (worker.cost()[-1], worker.dial(Dial("w", 1, 2, 1))[0]):
        for text in (equation.law(), equation.worked()):
            assert text.count("<math>") >= (FEW + 1 if batch > MANY else batch)
            assert all(len(seen(f"<math>{piece}")) < 40 for piece in text.split("<math>")[1:])


def test_the_parts_of_a_large_batch_are_the_largest_ones_and_the_others_together() -> None:
    numbers = numbers_at(CIRCLE, ends(CIRCLE, 0))
    bars, mean, _ = stack_of(numbers, Pick("b", 2, 1))
    assert len(bars) == MANY
    assert bars[-1].name == f"{80 - MANY + 1} others together"
    deltas = numbers.backward.delta[2][0]
    assert {bar.name for bar in bars[:-1]} == {
        f"example {at + 1}" for at in abs(deltas).argsort()[::-1][: MANY - 1]
    }
    shown = [float(bar.value.replace("−", "-")) for bar in bars]
    assert sum(shown) / 80 == pytest.approx(float(mean.replace("−", "-")), abs=0.002)


def test_a_small_batch_shows_every_part_in_its_order() -> None:
    recipe = replace(CIRCLE, batch=4)
    bars, _, _ = stack_of(numbers_at(recipe, ends(recipe, 0)), Pick("w", 1, 1, 1))
    assert [bar.name for bar in bars] == [f"example {number}" for number in (1, 2, 3, 4)]
