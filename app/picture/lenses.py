"""What a lens shows on the wires into a layer: of which side they are, how wide, and what it says of each."""

from __future__ import annotations

import math
from collections.abc import Iterator

import numpy as np

from app.analysis.fingers import side_of
from app.notation.numbers import fewer, figure, moved, percents
from app.picture.stage import Stage
from app.picture.tint import width

WEIGHT_SCALE = 3.0  # the |w| and |w·a| drawn widest

SPEAKING = ("error", "blame", "gradient")  # lenses that say more of a wire than its weight

Look = tuple[str, float]  # a wire's kind and its width


def reached(stage: Stage, layer: int) -> tuple[int, int]:
    """Return of how many neurons of a layer, and of how many below it, the numbers exist already that the
    lens shows on the wires between them."""
    if stage.lens == "weights":
        return stage.sizes[layer], stage.sizes[layer - 1]
    if stage.lens == "gradient":
        return len(stage.numbers.backward.nabla.w.get(layer, ())), stage.sizes[layer - 1]
    table = stage.a if stage.lens == "activation" else stage.delta
    return len(table.get(layer, ())), len(table.get(layer - 1, ()))


def looks_of(stage: Stage, layer: int) -> list[list[Look]]:
    """Return how the wires into a layer look, a row for each of its neurons; those are quiet whose number
    does not exist yet."""
    (rows, sources), crowd = reached(stage, layer), stage.sizes[layer] * stage.sizes[layer - 1]
    found = [[("rest", width(w, WEIGHT_SCALE, crowd)) for w in row] for row in stage.weights[layer]]
    for j in range(rows if sources else 0):
        found[j][:sources] = row_of(stage, layer, j, crowd)[:sources]
    return found


def row_of(stage: Stage, layer: int, j: int, crowd: int) -> list[Look]:
    """Return how the wires into a neuron, from 0, look whose numbers exist; `crowd` is how many wires there
    are beside each other."""
    weights = stage.weights[layer][j]
    if stage.lens == "weights":
        return [("ink", width(weight, WEIGHT_SCALE, crowd)) for weight in weights]
    if stage.lens == "activation":
        heard = zip(weights, stage.a[layer - 1], strict=True)
        return [("ink", width(weight * a, WEIGHT_SCALE, crowd)) for weight, a in heard]
    if stage.lens == "gradient":
        values = stage.real.nabla.w[layer][j].tolist()
    else:
        values = [weight * stage.blame[layer][j] for weight in weights]
    sizes = [math.sqrt(abs(value) / stage.miss) for value in values]
    if stage.lens == "blame":
        sizes = shares(stage, layer, j)
    return [
        (side_of(value) or "rest", width(size, 1.0, crowd)) for value, size in zip(values, sizes, strict=True)
    ]


def shares(stage: Stage, layer: int, j: int) -> list[float]:
    """Return which share of its blame a neuron, from 0, passes to each one below."""
    pointed = np.abs(stage.weights[layer][j]) * bool(stage.blame[layer][j])
    found: list[float] = (pointed / (pointed.sum() or 1.0)).tolist()
    return found


def said(stage: Stage, layer: int, j: int, k: int) -> Iterator[str]:
    """Write what a lens that is not on the weights themselves says of a wire, then in shorter ways."""
    curve, weight = stage.layout.wires[layer, j, k], stage.weights[layer][j - 1][k - 1]
    if stage.after is not None and stage.descended:
        return move_texts(curve.name, weight, stage.after[layer][j - 1][k - 1])
    if stage.lens == "gradient":
        return named(f"∂{curve.name}", stage.numbers.backward.nabla.w[layer].item(j - 1, k - 1))
    if stage.lens == "error":
        return (figure(weight * stage.delta[layer][j - 1], digits) for digits in fewer())
    share = percents(shares(stage, layer, j - 1))[k - 1]
    return iter((f"{share} blame", share))


def named(name: str, value: float) -> Iterator[str]:
    """Write a number behind a name, then with fewer digits; never without the name."""
    return (f"{name} {figure(value, digits)}" for digits in fewer())


def move_texts(name: str, old: float, new: float) -> Iterator[str]:
    """Write a dial's move, then with fewer digits, two at least, then only where it led."""
    yield from (f"{name} {moved(old, new, digits)}" for digits in fewer()[:-1])
    yield from named(f"{name} →", new)
