"""Who is pointed at, and for what: the three fingers of a neuron over those it heard, and the running
score."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from app.analysis.rounding import real, tops
from app.engine.backprop import Backward
from app.engine.parameters import Array
from app.lab.replay import Numbers


@dataclass(frozen=True)
class Finger:
    """One way of pointing at the upstream neurons 1 … n: their values, their shares of Σ|value|, and the top
    ones. Where the values are only rounding there are no shares and nobody is at the top.

    kind: "signal" w·a (who spoke), "passed" w·δ (who is asked to change), "tweaked" a·δ (whose wire moves).
    `kept` belongs to "passed": each upstream neuron's own δ, after ×f′.
    """

    kind: str
    values: list[float]
    shares: list[float]
    tops: list[int]
    kept: list[float] | None = None


def finger(kind: str, values: Array, kept: Array | None = None, *, known: bool = True) -> Finger:
    """Rank the values, shape (n,), by size; not `known` are those that hang on nothing but rounding."""
    sizes = np.abs(values) * known
    whole = float(sizes.sum())
    shares = (sizes / whole if whole else sizes).tolist()
    return Finger(kind, values.tolist(), shares, tops(sizes), None if kept is None else kept.tolist())


def fingers_of(
    numbers: Numbers, example: int, layer: int, j: int, blame: Backward | None = None
) -> list[Finger]:
    """Return the fingers of neuron j of a layer, for one example, as far as they have happened; `blame` is
    the backward pass without what is only rounding, where somebody has it already."""
    reached, blamed, found = numbers.forward, numbers.backward, []
    weights = numbers.parameters.w[layer][j - 1]
    if rows(reached.a, layer) < j:
        return []
    heard = reached.a[layer - 1][:, example]
    found.append(finger("signal", weights * heard))
    if rows(blamed.delta, layer) >= j:
        delta = float(blamed.delta[layer][j - 1, example])
        known = bool((blame or real(numbers)).delta[layer][j - 1, example])
        if layer > 1 and rows(blamed.delta, layer - 1) == numbers.network.sizes[layer - 1]:
            kept = blamed.delta[layer - 1][:, example]
            found.append(finger("passed", weights * delta, kept, known=known))
        found.append(finger("tweaked", heard * delta, known=known))
    return found


def led_by(numbers: Numbers, layer: int, j: int) -> list[int]:
    """Return whose wires into neuron j of a layer the gradient moves most: with several examples it is their
    mean's say."""
    gradients = real(numbers).nabla.w
    return tops(gradients[layer][j - 1]) if rows(gradients, layer) >= j else []


def rows(table: Mapping[int, Array], layer: int) -> int:
    """Count the neurons of a layer that a table has."""
    return len(table.get(layer, ()))


@dataclass(frozen=True)
class Score:
    """How often, so far in this iteration, the most active upstream neuron was also pointed at most.

    `blamed` of `asked` by the error passed back, `tweaked` of `moved` by a·δ. Where several share the first
    place, among the active or among those pointed at, there is no most, and nothing is counted.
    """

    blamed: int
    asked: int
    tweaked: int
    moved: int


def score_of(numbers: Numbers, example: int) -> Score:
    """Count over every neuron whose error is known, for one example."""
    blamed = asked = tweaked = moved = 0
    blame = real(numbers)
    for layer in numbers.network.layers:
        for j in range(1, rows(numbers.backward.delta, layer) + 1):
            active = finger("active", numbers.forward.a[layer - 1][:, example]).tops
            for pointing in fingers_of(numbers, example, layer, j, blame)[1:]:
                if len(active) != 1 or len(pointing.tops) != 1:
                    continue
                agrees = active == pointing.tops
                if pointing.kind == "passed":
                    asked, blamed = asked + 1, blamed + agrees
                else:
                    moved, tweaked = moved + 1, tweaked + agrees
    return Score(blamed, asked, tweaked, moved)


def side_of(value: float) -> str:
    """Return which way a blame pulls: "less" above zero, "more" below, "" for none."""
    return "less" if value > 0 else "more" if value < 0 else ""
