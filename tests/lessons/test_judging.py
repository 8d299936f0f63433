"""Nothing is marked wrong that is right, and nothing right that no printed number leads to."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Iterator
from random import Random

import pytest

from app.lab.dials import Pick, dials_of
from app.lab.lab import Lab
from app.lab.recipe import Recipe
from app.lab.replay import Replay
from app.lessons.judging import judge, judge_typed
from app.lessons.reach import half_unit
from app.lessons.steps import Step, steps_of
from app.notation.numbers import figure, in_digits, plain
from app.story.formulas.worked import Worker
from tests.lessons.persons import answer, operations

STATES = int(os.environ.get("STATES", "12"))
REPLAY = Replay()
KINDS = [
    {"data": "xor", "hidden": (3,), "batch": 2},
    {"data": "digits", "hidden": (4,), "output": "softmax", "batch": 3},
    {"data": "xor", "hidden": (2, 2), "activation": "relu", "optimiser": "adam"},
    {"data": "xor", "hidden": (2,), "output": "sigmoid", "cost": "squared-error", "optimiser": "momentum"},
    {"data": "and", "hidden": (3,), "activation": "sigmoid", "regulariser": "l2", "decay": 0.01, "batch": 4},
]


def states(seed: int, count: int) -> Iterator[list[Step]]:
    """Draw moments after a descent, and yield the steps of some marks in each."""
    chance = Random(seed)
    for at in range(count):
        recipe = Recipe(
            **KINDS[at % len(KINDS)], seed=chance.randrange(10**6), eta=chance.choice([0.05, 0.7])
        )
        length = len(Lab(recipe).moments)
        numbers = REPLAY.numbers(Lab(recipe, length * chance.choice([1, 2, 9, 40]) - 1))
        worker = Worker(numbers, chance.randrange(len(numbers.examples)))
        neurons = [Pick("n", layer, j) for layer in range(1, len(recipe.sizes)) for j in worker.among(layer)]
        dials = [Pick(*dial) for dial in chance.sample(dials_of(recipe.sizes), 3)]
        yield [
            step
            for pick in (*chance.sample(neurons, 3), Pick("cost"), *dials)
            for step in steps_of(worker, pick)
        ]


def test_whoever_works_with_the_printed_numbers_is_right_in_whatever_order_and_however_rounded() -> None:
    chance, judged = Random(1), Counter[str]()
    for steps in states(1, STATES):
        for step in steps:
            if step.given:
                continue
            for _ in range(12):
                equation = chance.choice(step.equations)
                found = answer(equation, chance)
                assert judge(step, found).right, (equation.spoken(), found)
                judged[step.quantity] += 1
    assert {"z", "a", "cost", "mean", "received", "slope", "delta", "nabla", "after", "term"} <= {*judged}


def test_the_printed_result_and_the_exact_one_are_right_with_any_number_of_digits() -> None:
    for digits in (3, 5, 8):
        with in_digits(digits):
            for steps in states(2, 3):
                for step in steps:
                    equation = step.equation
                    assert judge(step, equation.result.value).right, equation.spoken()
                    assert judge_typed(step, figure(equation.result.value, equation.shown)).right


def test_what_is_off_by_more_than_all_roundings_together_is_never_right() -> None:
    refused = 0
    for steps in states(3, STATES):
        for step in steps:
            count, size = operations(step.equation.formula)
            if step.given or len(step.equations) > 1 or not size:
                continue
            for way in (-1, 1):
                off = step.equation.result.value + way * 2 * count * 0.005 * size
                assert not judge(step, off).right, (step.equation.spoken(), off)
                refused += 1
    assert refused > 100


def test_where_a_dial_stood_before_its_move_is_not_where_it_stands_after_it() -> None:
    refused = 0
    for steps in states(4, STATES):
        for step in steps:
            if step.quantity != "after" or step.given or step.worker.n.recipe.decay:
                continue
            old, new = (step.pick.dial.of(one) for one in (step.worker.n.parameters, step.worker.n.after))
            typed = plain(old, step.equation.shown)
            if min(abs(typed - new), abs(old - new)) > 1.2 * half_unit(new, step.equation.shown):
                assert not judge(step, typed).right, step.equation.spoken()
                refused += 1
    assert refused > 10


def first(quantity: str, **recipe: object) -> Step:
    """Return a step of the first hidden neuron, at the end of the first iteration."""
    lab = Lab(Recipe(data="and", hidden=(3,), **recipe))
    worker = Worker(REPLAY.numbers(Lab(lab.recipe, len(lab.moments) - 1)), 0)
    return next(step for step in steps_of(worker, Pick("n", 1, 1)) if step.quantity == quantity)


@pytest.mark.parametrize(("bias", "given"), [(-0.3, True), (0.0, False)])
def test_what_is_nothing_but_rounding_is_given(bias: float, given: bool) -> None:
    recipe = Recipe(data="and", hidden=(1,), parameters=(0.1, 0.2, bias, 1.0, 0.0))
    step = steps_of(Worker(REPLAY.numbers(Lab(recipe, 1)), 0), Pick("n", 1, 1))[0]
    assert step.given is given


def test_too_few_digits_are_told_from_a_wrong_result() -> None:
    step = first("z")
    verdict = judge_typed(step, "1,4")
    assert (verdict.right, verdict.slips) == (False, ())
    assert verdict.why == "Right as far as it goes. Give 3 digits that count."
    assert judge_typed(step, "1,37").why == "Right."


def test_what_cannot_be_read_and_what_nobody_knows_is_said_plainly() -> None:
    step = first("z")
    assert judge_typed(step, "about 1").why.startswith("This is neither a number nor a sum.")
    assert judge_typed(step, "77").why.startswith("Not right, and none of the usual slips leads there.")
