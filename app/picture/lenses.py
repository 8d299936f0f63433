"""What a lens shows on the wires into a layer: of which side they are, how wide, and what it says of each."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

import numpy as np

from app.analysis.fingers import side_of
from app.engine.parameters import Array
from app.notation.numbers import fewer, figure, moved, percents
from app.picture.stage import Stage
from app.picture.tint import width

WEIGHT_SCALE = 3.0  # the |w| and |w·a| drawn widest

SPEAKING = ("error", "blame", "gradient")  # lenses that say more of a wire than its weight


class Looks(NamedTuple):
    """How the wires into a layer look, a row for each of its neurons, a column for each one below: their
    kinds and widths. Only those between the first `rows` and the first `sources` show a number; the numbers
    of the others do not exist yet."""

    kinds: list[list[str]]
    widths: Array
    rows: int
    sources: int


def looks_of(stage: Stage, layer: int) -> Looks:
    """Return how the wires into a layer look; those are quiet whose number does not exist yet."""
    (rows, sources), weights = reached(stage, layer), stage.numbers.parameters.w[layer]
    kinds, widths = [["rest"] * weights.shape[1] for _ in weights], width(weights, WEIGHT_SCALE, weights.size)
    if not rows or not sources:
        return Looks(kinds, widths, 0, 0)
    values, sizes, scale = shown(stage, layer, weights[:rows, :sources])
    widths[:rows, :sources] = width(sizes, scale, weights.size)
    for kind, row in zip(kinds, values.tolist(), strict=False):
        kind[:sources] = [side_of(v) or "rest" for v in row] if stage.lens in SPEAKING else ["ink"] * sources
    return Looks(kinds, widths, rows, sources)


def shown(stage: Stage, layer: int, weights: Array) -> tuple[Array, Array, float]:
    """Return the numbers a lens shows on wires into the first neurons of a layer, which have these weights;
    then the sizes they are drawn by, and the size that is drawn widest."""
    if stage.lens == "weights":
        return weights, weights, WEIGHT_SCALE
    if stage.lens == "activation":
        heard = weights * stage.a[layer - 1]
        return heard, heard, WEIGHT_SCALE
    if stage.lens == "gradient":
        values = stage.real.nabla.w[layer]
    else:
        values = weights * np.array(stage.blame[layer])[: len(weights), None]
    sizes = (
        shares(stage, layer)[:, : weights.shape[1]]
        if stage.lens == "blame"
        else np.sqrt(np.abs(values) / stage.miss)
    )
    return values, sizes, 1.0


def shares(stage: Stage, layer: int) -> Array:
    """Return which share of its blame each neuron of a layer passes to each one below."""
    blame = np.array(stage.blame[layer])[:, None]
    pointed = np.abs(stage.numbers.parameters.w[layer][: len(blame)]) * (blame != 0)
    whole = pointed.sum(axis=1, keepdims=True)
    return np.asarray(pointed / np.where(whole, whole, 1.0))


def reached(stage: Stage, layer: int) -> tuple[int, int]:
    """Return of how many neurons of a layer, and of how many below it, the numbers exist already that the
    lens shows on the wires between them."""
    if stage.lens == "weights":
        return stage.sizes[layer], stage.sizes[layer - 1]
    if stage.lens == "gradient":
        return len(stage.numbers.backward.nabla.w.get(layer, ())), stage.sizes[layer - 1]
    table = stage.a if stage.lens == "activation" else stage.delta
    return len(table.get(layer, ())), len(table.get(layer - 1, ()))


def said(stage: Stage, layer: int, j: int, k: int) -> Iterator[str]:
    """Write what a lens that is not on the weights themselves says of a wire, then in shorter ways."""
    curve, weight = stage.layout.wires[layer, j, k], stage.weights[layer][j - 1][k - 1]
    if stage.after is not None and stage.descended:
        return move_texts(curve.name, weight, stage.after[layer][j - 1][k - 1])
    if stage.lens == "gradient":
        return named(f"∂{curve.name}", stage.numbers.backward.nabla.w[layer].item(j - 1, k - 1))
    if stage.lens == "error":
        return (figure(weight * stage.delta[layer][j - 1], digits) for digits in fewer())
    share = percents(shares(stage, layer)[j - 1].tolist())[k - 1]
    return iter((stage.words.share.format(share=share), share))


def named(name: str, value: float) -> Iterator[str]:
    """Write a number behind a name, then with fewer digits; never without the name."""
    return (f"{name} {figure(value, digits)}" for digits in fewer())


def move_texts(name: str, old: float, new: float) -> Iterator[str]:
    """Write a dial's move, then with fewer digits, two at least, then only where it led."""
    yield from (f"{name} {moved(old, new, digits)}" for digits in fewer()[:-1])
    yield from named(f"{name} →", new)
