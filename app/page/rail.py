"""The rail beside the picture: what is to be learned, how far it has been learned, and how wrong the network still is.

It shows what was told at the last descent, at the very start the answers of the untaught network; the batch's own rows
wait until its passes have come there. After the descent all answers are those of the new dials, beside the old ones.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from math import isfinite

import numpy as np

from app.analysis.history import History, diverged
from app.analysis.predictions import Answers, answers_of, asked
from app.datasets.dataset import Dataset
from app.engine.gradcheck import mean_cost
from app.engine.parameters import Array
from app.lab.replay import Numbers
from app.notation.numbers import figure
from app.picture.charts import Line, thinned_lines

ROWS = 10  # examples that are listed one by one
BARS = 3  # outputs that have a bar each; of more the loudest is named


@dataclass(frozen=True)
class Bar:
    """One output's answer, its target and its answer before the descent, each from 0 to 100; None is not known."""

    answer: float | None
    target: float
    before: float | None


@dataclass(frozen=True)
class Row:
    """One example: its number from 1, its inputs and targets as text, its answer as text and as bars.

    `right` is None where nobody knows it, or where targets are any numbers; `here` marks the drawn example.
    """

    number: int
    inputs: str
    targets: str
    answer: str
    bars: list[Bar]
    right: bool | None
    here: bool


@dataclass(frozen=True)
class Rail:
    """The examples and the cost of a moment, for column `example` of the batch."""

    numbers: Numbers
    history: History
    example: int

    @property
    def data(self) -> Dataset:
        """Return the examples to learn from."""
        return self.numbers.recipe.dataset

    @property
    def kind(self) -> str:
        """Return how the task is shown: "digits", "map" (two inputs, many examples), "curve" (one input) or "rows"."""
        if self.data.key == "digits":
            return "digits"
        inputs = len(self.data.x)
        if inputs == 1:
            return "curve"
        return "map" if inputs == 2 and self.data.rows > ROWS else "rows"

    @cached_property
    def answers(self) -> Answers:
        """Return what the network says to every example, as far as this moment may know it."""
        return answers_of(self.numbers)

    @cached_property
    def before(self) -> Array | None:
        """Return the answers of the dials before the descent, None where it has not happened."""
        if self.numbers.after is None:
            return None
        return asked(self.numbers.network, self.numbers.parameters, self.data.x, self.data.y)[0]

    @cached_property
    def ends(self) -> tuple[float, float]:
        """Return the range of the bars: that of the targets, and of classes from 0 to 1."""
        targets = self.data.targets
        low, high = float(targets.min()), float(targets.max())
        return (0.0, 1.0) if self.data.classes or low == high else (low, high)

    @property
    def rows(self) -> list[Row]:
        """Return the first examples as rows; the drawn one is always among them."""
        here = self.numbers.examples[self.example]
        shown = list(range(min(ROWS, self.data.rows)))
        if here not in shown:
            shown[-1] = here
        return [self.row(at, at == here) for at in shown]

    @property
    def more(self) -> int:
        """Count the examples that are not listed."""
        return max(0, self.data.rows - ROWS)

    def row(self, at: int, here: bool) -> Row:
        """Return one example's row; `at` counts from 0."""
        said, right = self.answers.outputs[:, at].tolist(), self.answers.right
        known = all(map(isfinite, said))
        before = [None] * len(said) if self.before is None else self.before[:, at].tolist()
        targets = self.data.y[:, at].tolist()
        bars = [Bar(*map(self.share, each)) for each in zip(said, targets, before, strict=True)]
        return Row(
            number=at + 1,
            inputs=", ".join(map(figure, self.data.x[:, at].tolist())),
            targets=", ".join(map(figure, targets)),
            answer=", ".join(map(figure, said)) if known else "",
            bars=bars if len(bars) <= BARS else [],
            right=right[at] if right else None,
            here=here,
        )

    def share(self, value: float | None) -> float | None:
        """Return where a number lies in the range of the bars, in per cent; None for what is not known."""
        if value is None or not isfinite(value):
            return None
        low, high = self.ends
        return round(100 * min(1.0, max(0.0, (value - low) / (high - low))), 1)

    @cached_property
    def costs(self) -> list[float]:
        """Return the cost over all training examples at the start of each iteration as far as it is known."""
        wanted = self.numbers.iteration
        if not self.history.walked(self.numbers.recipe, wanted):
            self.history.extend(self.numbers.recipe, wanted)
        values = self.history.known(self.numbers.recipe)
        known = values[: min(wanted + 1, len(values) - diverged(values))].tolist()
        return [*known, self.new] if self.new is not None and len(known) == wanted + 1 else known

    @cached_property
    def now(self) -> float:
        """Return the cost over all training examples with the dials this iteration began with."""
        return mean_cost(self.numbers.network, self.numbers.parameters, self.data.x, self.data.y)

    @cached_property
    def new(self) -> float | None:
        """Return the same with the dials after the descent, None before it."""
        if self.numbers.after is None:
            return None
        return mean_cost(self.numbers.network, self.numbers.after, self.data.x, self.data.y)

    @cached_property
    def line(self) -> Line | None:
        """Return the cost as a line, None before there are two points."""
        return thinned_lines([self.costs])[0] if len(self.costs) > 1 else None

    @property
    def point(self) -> tuple[float, float]:
        """Return where today's cost stands in the chart."""
        last = len(self.costs) - 1
        return self.line.at(last, self.costs[-1]) if self.line else (8.0, 8.0)

    @property
    def right(self) -> int:
        """Count the examples that are right, as far as it is known."""
        return sum(map(bool, self.answers.right or []))

    @property
    def all_known(self) -> bool:
        """Tell whether every answer is known."""
        return bool(np.isfinite(self.answers.outputs).all())
