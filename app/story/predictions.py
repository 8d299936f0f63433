"""The examples as rows of a table: what goes in, what should come out, and what does."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from app.analysis.predictions import Answers
from app.analysis.rounding import loudest
from app.lab.replay import Numbers
from app.notation import names
from app.notation.numbers import figure

MOST_SHOWN = 8  # numbers in one cell
FEW = 3  # bits that are written apart
EQUAL = "equally loud"  # none of the outputs is the loudest


@dataclass(frozen=True)
class Row:
    """One example in figures, numbered among those to learn from or among those held back; "" is not known
    yet.

    `right` is None where it is not known or not to be told.
    """

    number: int
    test: bool
    inputs: str
    target: str
    output: str
    cost: str
    right: bool | None
    here: bool


def rows_of(numbers: Numbers, answers: Answers, example: int | None) -> list[Row]:
    """Return a row for every example; column `example` of the batch is the one drawn, None: these are held
    back."""
    last = numbers.network.last
    here = None if example is None else numbers.examples[example]
    outputs = [
        names.neuron(numbers.network.sizes, last, j) for j in range(1, numbers.network.sizes[last] + 1)
    ]

    def told(values: list[float], wanted: bool = False) -> str:
        if not numbers.recipe.dataset.one_hot or not brief(values):
            return brief(values)
        (one,) = loudest(np.array(values)[:, None])
        if one is None:
            return f"{EQUAL} {figure(max(values))}"
        return outputs[one] if wanted else f"{outputs[one]} {figure(values[one])}"

    right = answers.right or [None] * len(answers.costs)
    columns = (
        answers.x.T.tolist(),
        answers.y.T.tolist(),
        answers.outputs.T.tolist(),
        answers.costs.tolist(),
        right,
    )
    return [
        Row(
            at + 1,
            example is None,
            brief(x),
            told(y, wanted=True),
            told(said),
            brief([cost]),
            verdict,
            at == here,
        )
        for at, (x, y, said, cost, verdict) in enumerate(zip(*columns, strict=True))
    ]


def brief(values: list[float]) -> str:
    """Write a few numbers in a row, "" where one is not known; many bits are written like one word.

    >>> brief([0.0, 0.25]), brief([float("nan")]), brief([0.5] * 10), brief([1.0, 0.0, 1.0, 1.0])
    ('0 0.25', '', '0.5 0.5 0.5 0.5 0.5 0.5 0.5 0.5 …', '1011')
    """
    if any(value != value for value in values):
        return ""
    if len(values) > FEW and set(values) <= {0.0, 1.0}:
        return "".join(map(figure, values))
    return " ".join([*map(figure, values[:MOST_SHOWN]), *["…"] * (len(values) > MOST_SHOWN)])
