"""How the error shrinks on its way back, in the runs of a race: layer by layer, at their first iteration."""

from __future__ import annotations

import math
from dataclasses import dataclass

from app.analysis.race import first_errors
from app.lab.recipe import Recipe
from app.lab.replay import Replay
from app.notation.language import tr
from app.notation.numbers import figure, shrinking
from app.story import labels


@dataclass(frozen=True)
class Left:
    """What is left of the error in one layer of one run: by how much less than in the layer after it, and a
    bar's width in per cent on a logarithmic scale that all runs share."""

    text: str
    width: float


@dataclass(frozen=True)
class Passed:
    """One layer: its name, and what is left in each run."""

    name: str
    left: list[Left]


def passed_back(replay: Replay, runs: list[Recipe]) -> list[Passed]:
    """Return the layers of runs that have the same ones, from the output back: the output's mean |δ|, then by
    how much it shrank, in the end over all of them; none without a hidden layer."""
    found = [first_errors(replay, run) for run in runs]
    sizes = runs[0].sizes
    last = len(sizes) - 1
    logs = [math.log10(mean) for means in found for mean in means.values() if mean]
    if last < 2 or not logs:
        return []
    least, span = min(logs), (max(logs) - min(logs)) or 1.0

    def left(means: dict[int, float], layer: int) -> Left:
        mean = means.get(layer, 0.0)
        width = round(8 + 92 * (math.log10(mean) - least) / span, 1) if mean else 0.0
        text = figure(mean) if layer == last else shrinking(means.get(layer + 1, 0.0), mean)
        return Left(text, width)

    names = labels.column_names(last, short=True)
    layers = [Passed(names[layer], [left(means, layer) for means in found]) for layer in range(last, 0, -1)]
    ends = [Left(shrinking(means.get(last, 0.0), means.get(1, 0.0)), 0.0) for means in found]
    return [*layers, Passed(tr(labels.IN_ALL), ends)]
