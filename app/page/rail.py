"""The rail beside the picture: what is to be learned, how far it has been learned, and how wrong the network
still is.

It shows what was told at the last descent, at the very start the answers of the untaught network; the batch's
own rows wait until its passes have come there. After the descent all answers are those of the new dials,
beside the old ones.
"""

from __future__ import annotations

from array import array
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import accumulate
from math import isfinite
from typing import NamedTuple

import numpy as np

from app.analysis.history import History, diverged
from app.analysis.predictions import Answers, answers_of, asked, dials_now, misses
from app.analysis.responses import plane_of, told
from app.analysis.rounding import loudest
from app.datasets.dataset import Dataset
from app.engine.gradcheck import mean_cost
from app.engine.parameters import Array, Parameters
from app.lab.replay import Numbers
from app.notation.numbers import beside, figure, moved
from app.picture.charts import Line, remembered_line
from app.picture.small_maps import SmallMap, cloud, fitted, segments
from app.story.predictions import answered, missed
from app.story.wording import counted

ROWS = 10  # examples that are listed one by one
LEAST = 20  # iterations that the cost's axis is long at least
LETTERS = 16  # of a row of somebody's own table
BARS = 3  # outputs that have a bar each; of more the loudest is named


class Bar(NamedTuple):
    """One output's answer, its target and its answer before the descent, each from 0 to 100; None is not
    known."""

    answer: float | None
    target: float
    before: float | None


class Row(NamedTuple):
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


class Digit(NamedTuple):
    """One digit: its name, its strokes, what the network takes it for ("" is not known yet, "–": several
    digits alike), and whether that is right."""

    name: str
    segments: list[tuple[str, bool]]
    said: str
    right: bool
    here: bool


@dataclass(frozen=True)
class Rail:
    """The examples and the cost of a moment, for column `example` of the batch."""

    numbers: Numbers
    history: History
    example: int

    @cached_property
    def data(self) -> Dataset:
        """Return the examples to learn from."""
        return self.numbers.recipe.dataset

    @property
    def kind(self) -> str:
        """Return how the task is shown: "digits", "map" (two inputs, many examples, and one answer), "curve"
        (one input) or "rows"."""
        if self.data.key == "digits":
            return "digits"
        inputs, one = len(self.data.x), len(self.data.y) == 1
        if inputs == 1 and one:
            return "curve"
        return "map" if inputs == 2 and self.data.rows > ROWS and (one or self.data.one_hot) else "rows"

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
        known = self.answers.right or [None] * self.data.rows
        right, data = [known[at] for at in shown], self.data
        x, y, said = (table[:, shown].T.tolist() for table in (data.x, data.y, self.answers.outputs))
        before = [[None] * len(y[0])] * len(y) if self.before is None else self.before[:, shown].T.tolist()
        return [
            Row(
                number=at + 1,
                inputs=self.fitting(data.inputs_told(inputs)),
                targets=beside().join(data.targets_told(targets)),
                answer=beside().join(answered(data, answers)),
                bars=self.bars(targets, answers, old),
                right=verdict,
                here=at == here,
            )
            for at, inputs, targets, answers, old, verdict in zip(
                shown, x, y, said, before, right, strict=True
            )
        ]

    @property
    def more(self) -> int:
        """Count the examples that are not listed."""
        return max(0, self.data.rows - ROWS)

    @property
    def digits(self) -> list[Digit]:
        """Return the digits with what the network takes them for."""
        data, here = self.data, self.numbers.examples[self.example]
        said = self.answers.outputs
        known = np.logical_and.reduce(np.isfinite(said), axis=0)
        taken = ["–" if one is None else data.called[one] for one in loudest(said)]
        right = self.answers.right or [None] * data.rows
        return [
            Digit(
                name=data.called[int(data.y[:, at].argmax())],
                segments=segments(data.x[:, at].tolist()),
                said=taken[at] if known[at] else "",
                right=bool(right[at]),
                here=at == here,
            )
            for at in range(data.rows)
        ]

    @cached_property
    def map(self) -> SmallMap:
        """Return the cloud or the curve."""
        numbers, data = self.numbers, self.data
        dials = [dials_now(numbers), *([] if numbers.after is None else [numbers.parameters])]
        planes = [plane_of(numbers.network, one, data.x) for one in dials]
        planes[0] = told(planes[0], numbers, self.example)
        answers, *before = (plane.a[numbers.network.last] for plane in planes)
        axes, old = planes[0].axes, before[0] if before else None
        if len(axes) > 1:
            return cloud(data, axes, answers, old, numbers.x[:, self.example])
        spot = float(numbers.x[0, self.example]), float(numbers.y[0, self.example])
        return fitted(data, axes[0], answers[0], None if old is None else old[0], spot, self.reach)

    @property
    def reach(self) -> tuple[float, float]:
        """Return the range a curve is drawn in: that of its targets and a quarter more on either side.

        The answers have no say in it, so that old and new ones stay where they are.
        """
        low, high = float(self.data.targets[0].min()), float(self.data.targets[0].max())
        room = (high - low) / 4 or 1.0
        return low - room, high + room

    def bars(self, targets: list[float], answers: list[float], before: Sequence[float | None]) -> list[Bar]:
        """Return one example's bars, none where there would be too many."""
        if len(targets) > BARS:
            return []
        return [
            Bar(answer=self.share(value), target=self.share(target) or 0.0, before=self.share(old))
            for target, value, old in zip(targets, answers, before, strict=True)
        ]

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
        at, values = self.numbers.iteration, self.history.known(self.numbers.recipe)
        known = at < len(values) and isfinite(values[at])
        return values[at] if known else self.cost_with(self.numbers.parameters)

    @cached_property
    def new(self) -> float | None:
        """Return the same with the dials after the descent, None before it."""
        return None if self.numbers.after is None else self.cost_with(self.numbers.after)

    def cost_with(self, dials: Parameters) -> float:
        """Return the cost over all training examples with these dials; beyond all numbers it may be none."""
        with np.errstate(over="ignore", invalid="ignore"):
            return mean_cost(self.numbers.network, dials, self.data.x, self.data.y)

    @cached_property
    def line(self) -> Line | None:
        """Return the cost as a line on axes that are long enough for a few iterations, None before any is
        known."""
        return remembered_line(array("d", self.costs).tobytes(), LEAST) if self.costs else None

    @property
    def point(self) -> tuple[float, float] | None:
        """Return where today's cost stands in the chart, None while the way there is being worked out."""
        if self.line is None or len(self.costs) <= self.numbers.iteration:
            return None
        return self.line.at(len(self.costs) - 1, self.costs[-1])

    @property
    def cost(self) -> str:
        """Write today's cost, after the descent the old and the new one."""
        return figure(self.now) if self.new is None else moved(self.now, self.new)

    @property
    def score(self) -> tuple[int, int] | None:
        """Return how many examples are right, and of how many that is known; None where targets are any
        numbers."""
        right = self.answers.right
        known = [one for one in right or [] if one is not None]
        return None if right is None else (sum(known), len(known))

    @property
    def missed(self) -> str:
        """Say by how much the network is off on average, in the units of somebody's own table."""
        return missed(self.data, misses(self.data, self.answers)) if self.data.columns else ""

    @property
    def heads(self) -> str:
        """Return the names of the columns of somebody's own table, "" where nobody said."""
        parts = (self.data.inputs, self.data.aims)
        names = [dict.fromkeys(column.name.partition(" = ")[0] for column in part) for part in parts]
        inputs, targets = (self.fitting([*filter(None, part)], 2 * LETTERS) for part in names)
        return f"{inputs} → {targets}" if inputs and targets else ""

    def fitting(self, texts: list[str], letters: int = LETTERS) -> str:
        """Join texts; of somebody's own table, whose rows may be long, as many as have room in the rail."""
        room = accumulate(len(text) + 2 for text in texts)
        fit = sum(end <= letters for end in room) if self.data.columns else len(texts)
        return beside().join(texts if fit >= len(texts) else [*texts[: max(1, fit)], "…"])

    @property
    def waiting(self) -> str:
        """Return in words how many examples have not been asked yet, "" for none."""
        waiting = self.data.rows - (self.score or (0, 0))[1]
        return counted(waiting) if waiting else ""
