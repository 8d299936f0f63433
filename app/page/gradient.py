"""The way downhill beside the picture: the gradient dial by dial, what it promised and what came of it."""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import cached_property

from app.analysis.blame import mean_errors
from app.analysis.fingers import side_of
from app.analysis.rounding import real, steps
from app.engine.backprop import Backward
from app.engine.gradcheck import mean_cost
from app.engine.parameters import Parameters
from app.engine.regularisers import REGULARISERS
from app.lab.dials import Dial, dials_of
from app.lab.replay import Numbers
from app.notation.language import tr
from app.notation.numbers import figure
from app.picture.charts import arrow
from app.story import labels


@dataclass(frozen=True)
class DialBar:
    """One dial's part of the gradient: its mark, name, number, and its bar, from the middle of a box 100
    wide: the largest fills half of it."""

    ref: str
    name: str
    value: str
    x: float
    width: float
    side: str
    move: str
    arrows: list[tuple[str, str]]


@dataclass(frozen=True)
class Gradient:
    """This iteration's gradient, as far as it has happened."""

    numbers: Numbers

    @cached_property
    def gradient(self) -> list[tuple[int, list[DialBar]]]:
        """Return the known part of the gradient, layer by layer in the order of the dials."""
        raw, nabla, sizes = self.numbers.backward.nabla, self.real.nabla, self.numbers.network.sizes
        largest = max((float(abs(block).max()) for block in nabla.blocks()), default=0.0) or 1.0
        found: dict[int, list[DialBar]] = {}
        for dial in dials_of(sizes):
            value = dial.known(nabla)
            if value is None:
                continue
            width = round(50 * (abs(value) / largest), 1)
            bar = DialBar(
                ref=dial.mark,
                name=dial.name(sizes),
                value=figure(dial.of(raw)),
                x=50.0 if value > 0 else 50 - width,
                width=width,
                side=side_of(value),
                move=self.moved(dial),
                arrows=self.arrows(dial),
            )
            found.setdefault(dial.layer, []).append(bar)
        return sorted(found.items())

    @cached_property
    def real(self) -> Backward:
        """Return the backward pass without what is only rounding."""
        return real(self.numbers)

    def moved(self, dial: Dial) -> str:
        """Return how far a dial moved in the descent, "" before it."""
        after = self.numbers.after
        return "" if after is None else figure(dial.of(after) - dial.of(self.numbers.parameters))

    @cached_property
    def moves(self) -> dict[str, Parameters]:
        """Return the parts of the descent: the step against the gradient, and the pull of the regulariser
        beside it."""
        numbers, recipe, change = self.numbers, self.numbers.recipe, steps(self.numbers)
        if change is None:
            return {}
        if recipe.regulariser == "none":
            return {"step": change}
        decay = -numbers.eta * REGULARISERS[recipe.regulariser].gradient(numbers.parameters, recipe.decay)
        return {"step": change - decay, "decay": decay}

    @cached_property
    def farthest(self) -> float:
        """Return the size of the largest part of a move, which fills half of a drawing."""
        return (
            max(
                (float(abs(block).max()) for part in self.moves.values() for block in part.blocks()),
                default=0.0,
            )
            or 1.0
        )

    def arrows(self, dial: Dial) -> list[tuple[str, str]]:
        """Return the parts of a dial's move as (part, path), none before the descent."""
        parts = enumerate(self.moves.items())
        return [(name, arrow(dial.of(part) / self.farthest, line)) for line, (name, part) in parts]

    @property
    def decays(self) -> bool:
        """Tell whether a regulariser pulls at the dials too."""
        return "decay" in self.moves

    @property
    def errors(self) -> list[tuple[str, str, float]]:
        """Return each layer's mean |δ| as far as it is complete, from the output back: name, number, and its
        bar's width in per cent on a logarithmic scale, on which the smallest keeps a tenth; none before there
        are two to compare."""
        sizes = self.numbers.network.sizes
        means = mean_errors(self.numbers.backward.delta, sizes)
        logs = {layer: math.log10(mean) for layer, mean in means.items() if self.real.delta[layer].any()}
        least = min(logs.values(), default=0.0)
        span = max(logs.values(), default=0.0) - least or 1.0
        width = {layer: round(10 + 90 * (log - least) / span, 1) for layer, log in logs.items()}
        found = [
            (labels.layer_name(len(sizes) - 1, layer), figure(means[layer]), width.get(layer, 0.0))
            for layer in sorted(means, reverse=True)
        ]
        return found if len(found) > 1 else []

    @property
    def length(self) -> str:
        """Return the gradient's length ‖∇C‖, "" before all of it is known."""
        nabla = self.numbers.backward.nabla
        whole = sum(block.size for block in nabla.blocks()) == len(self.numbers.parameters)
        return figure(math.sqrt(sum(float((block**2).sum()) for block in nabla.blocks()))) if whole else ""

    @property
    def promise(self) -> list[tuple[str, str, str]]:
        """Return what came of the descent as (examples, change promised, change kept): this batch's, to which
        the gradient made its first-order promise ∇C · change, then all training and all test examples, to
        which it made none; empty before the descent."""
        numbers, after = self.numbers, self.numbers.after
        costs, kept_costs = numbers.costs, numbers.costs_after
        if after is None or costs is None or kept_costs is None:
            return []
        before, data, network = numbers.parameters, numbers.recipe.dataset, numbers.network
        promised = float(numbers.backward.nabla.vector() @ (after - before).vector())
        found = [(tr(labels.BATCH), figure(promised), figure(float(kept_costs.mean() - costs.mean())))]
        for label, x, y in ((labels.TRAINING, data.x, data.y), (labels.TEST, data.x_test, data.y_test)):
            if x is not None and y is not None:
                kept = mean_cost(network, after, x, y) - mean_cost(network, before, x, y)
                found.append((tr(label), labels.NO_PROMISE, figure(kept)))
        return found
