"""The examples as rows of a table: what goes in, what should come out, and what does."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import isfinite

import numpy as np

from app.analysis.predictions import Answers
from app.analysis.rounding import loudest
from app.datasets.dataset import Dataset
from app.lab.replay import Numbers
from app.notation import names
from app.notation.language import N_, _
from app.notation.numbers import figure
from app.story.wording import listed

MOST_SHOWN = 8  # numbers in one cell
FEW = 3  # bits that are written apart
UNCLEAR = N_("unclear")  # which class is said: right on the border, or several equally loud


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
    data, sizes = numbers.recipe.dataset, numbers.network.sizes
    named = [names.neuron(sizes, last, j) for j in range(1, sizes[last] + 1)]
    outputs = list(data.called) if data.columns and data.called else named

    def told(values: list[float], wanted: bool = False) -> str:
        if data.columns and not data.one_hot:
            return " ".join(data.targets_told(values) if wanted else answered(data, values))
        if not data.one_hot or not brief(values):
            return brief(values)
        (one,) = loudest(np.array(values)[:, None])
        if one is None:
            return _("equally loud {value}", value=figure(max(values)))
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
            " ".join(data.inputs_told(x)) if data.columns else brief(x),
            told(y, wanted=True),
            told(said),
            brief([cost]),
            verdict,
            at == here,
        )
        for at, (x, y, said, cost, verdict) in enumerate(zip(*columns, strict=True))
    ]


def answered(data: Dataset, values: Sequence[float]) -> list[str]:
    """Write what the network says in the units that somebody brought, nothing where it is not known."""
    if not all(map(isfinite, values)):
        return []
    return [column.answered(value) for column, value in zip(data.aims, values, strict=True)]


def missed(data: Dataset, misses: list[float]) -> str:
    """Say by how much the network is off on average, "" where that is no question.

    >>> from app.datasets.own import own_from
    >>> missed(own_from({"inputs": [[0.0]], "targets": [[3.0]]}), [2.5])
    'off by 2.5 on average'
    """
    named = zip(misses, data.aims, strict=False)
    said = [
        _("{name} off by {miss}", name=column.name, miss=figure(miss))
        if column.name
        else _("off by {miss}", miss=figure(miss))
        for miss, column in named
    ]
    return _("{misses} on average", misses=listed(said)) if said else ""


def class_names(data: Dataset) -> list[str]:
    """Return what the classes are called: as somebody called them, else by their outputs' numbers or by 0 and
    1."""
    if len(data.y) == 1:
        return list(data.aims[0].words or ("0", "1"))
    return list(data.called) or [str(number) for number in range(1, len(data.y) + 1)]


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
