"""The cost surface over any two dials: all others are held at this moment's values."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from math import ceil, log2

import numpy as np

from app.analysis.rounding import FARTHEST, real
from app.engine.backprop import forward
from app.engine.costs import cost_terms
from app.engine.parameters import Array, Parameters, zeros
from app.lab.dials import Dial
from app.lab.recipe import Recipe
from app.lab.replay import KEEP_EVERY, Numbers, Replay
from app.lab.training import State

GRID = 33  # points along each side
COLUMNS = 2**15  # pairs of a value and an example in one forward pass: a few megabytes
WALK = 500  # halts of the path that are drawn
LEAST = 1.5  # half of the narrowest automatic range
ROOM = 0.8  # of the range is for the path
TELLING = 1e-9  # of the dials’ size is the least that half of a range can be, for places in it to differ
NARROWEST, WIDEST = -4, 4  # zoom, in powers of two

Window = tuple[tuple[float, float], tuple[float, float]]  # from where to where both axes go


@dataclass(frozen=True)
class Surface:
    """Costs over a square of two dials: xs and ys have shape (GRID,), costs (GRID, GRID), row = y; None where
    no gradient has come back yet, which they would tell. The other dials are held where iteration `of`, the
    last one whose gradient is known, had them.

    `path` holds (x, y) from the run's start to where the dials stand now, of its iterations each `every`-th,
    the last ones always; `slope` is the gradient's part for both dials and `before` where a descent has just
    begun, None before they happened.
    """

    xs: Array
    ys: Array
    costs: Array | None
    path: list[tuple[float, float]]
    slope: tuple[float, float] | None
    before: tuple[float, float] | None
    of: int = 0
    every: int = 1


def stride_of(iteration: int) -> int:
    """Return of how many iterations one is a halt of the path: long ones go by those that are remembered."""
    return 1 if iteration <= WALK else KEEP_EVERY * ceil(iteration / (WALK * KEEP_EVERY))


def walked(replay: Replay, recipe: Recipe, iteration: int) -> list[Parameters]:
    """Return the dials at the starts of the iterations before this one, from the first on, each `stride_of`
    one."""
    stride = stride_of(iteration)
    starts: Iterable[tuple[int, State]]
    if stride == 1:
        starts = zip(range(iteration), replay.onward(recipe, 0), strict=False)
    else:
        starts = ((at, replay.start(recipe, at)) for at in range(0, iteration, stride))
    return [recipe.with_typed_dials(start.parameters, at) for at, start in starts]


def axes_around(path: list[tuple[float, float]], zoom: int) -> tuple[Array, Array]:
    """Return both axes, with all of the path in sight, or with a zoom inward where it ends.

    The window stands still as long as the path stays in it: its range is `LEAST` doubled as often as needed,
    and its middle lies on a lattice of a quarter of that.
    """
    ends = [(min(part), max(part)) for part in zip(*path, strict=True)]
    need = min(max(high / 2 - low / 2 for low, high in ends), FARTHEST) / ROOM
    middles = path[-1] if zoom < 0 else [low / 2 + high / 2 for low, high in ends]
    middles = [min(max(middle, -FARTHEST), FARTHEST) for middle in middles]
    least = max(LEAST, need, TELLING * 2.0**-zoom * max(map(abs, middles)))
    half = LEAST * 2.0 ** ceil(log2(least / LEAST)) * 2.0**zoom
    snapped = [round(middle / (half / 4)) * half / 4 for middle in middles]
    across, up = (np.linspace(middle - half, middle + half, GRID) for middle in snapped)
    return across, up


def surface(replay: Replay, numbers: Numbers, across: Dial, up: Dial, zoom: int) -> Surface:
    """Work out the surface, all other dials held where they were when a gradient last came back."""
    recipe, walk = numbers.recipe, walked(replay, numbers.recipe, numbers.iteration)
    halts = [*walk, numbers.parameters, *([] if numbers.after is None else [numbers.after])]
    path = [(across.of(p), up.of(p)) for p in halts]
    xs, ys = axes_around(path, zoom)
    nabla = real(numbers).nabla
    slopes = across.known(nabla), up.known(nabla)
    slope = None if slopes[0] is None or slopes[1] is None else (slopes[0], slopes[1])
    of, costs = numbers.iteration - (slope is None), None
    if of >= 0:
        held = (
            numbers.parameters if slope else recipe.with_typed_dials(replay.start(recipe, of).parameters, of)
        )
        window = (float(xs[0]), float(xs[-1])), (float(ys[0]), float(ys[-1]))
        costs = ground(recipe, held.vector().tobytes(), (across, up), window)
    before = None if numbers.after is None else path[-2]
    return Surface(xs, ys, costs, path, slope, before, of, stride_of(numbers.iteration))


@lru_cache(maxsize=64)
def ground(recipe: Recipe, held: bytes, axes: tuple[Dial, Dial], window: Window) -> Array:
    """Return the costs over all training examples with two dials set and all others held, shape (GRID, GRID),
    row = the second one; read-only, for it is remembered.

    `held` are the dials as float64 bytes.
    """
    dials = zeros(recipe.sizes).filled(np.frombuffer(held))
    xs, ys = (np.linspace(*ends, GRID) for ends in window)
    values = np.stack([np.tile(xs, GRID), np.repeat(ys, GRID)])  # (2, GRID²)
    at_once = max(1, COLUMNS // recipe.dataset.rows)
    with np.errstate(over="ignore", invalid="ignore", divide="ignore"):
        parts = [
            costs_at(recipe, dials, axes, values[:, first : first + at_once])
            for first in range(0, GRID**2, at_once)
        ]
    costs = np.concatenate(parts).reshape(GRID, GRID)
    costs.setflags(write=False)
    return costs


def costs_at(recipe: Recipe, held: Parameters, axes: tuple[Dial, ...], values: Array) -> Array:
    """Return the costs over all training examples, shape (G,), with some dials at G values each, one row of
    `values` for each dial: one pass for all of them, in which a value and an example are a column."""
    network, data, count = recipe.network, recipe.dataset, values.shape[1]
    first = min(dial.layer for dial in axes)
    w, b = dict(held.w), dict(held.b)
    for dial, row in zip(axes, values, strict=True):
        blocks, (to, source) = (w if dial.kind == "w" else b), dial.place
        if blocks[dial.layer].ndim == 2:
            blocks[dial.layer] = np.repeat(blocks[dial.layer][None], count, axis=0)  # (G, n_l, n_{l−1})
        blocks[dial.layer][:, to, source] = row
    below = forward(network, held, data.x, up_to=(first - 1, network.sizes[first - 1])).a[first - 1]
    a: Array = np.broadcast_to(below, (count, *below.shape))  # (G, n_l, N)
    for l in range(first, network.last + 1):
        z = (w[l] @ a + b[l]).swapaxes(0, 1).reshape(network.sizes[l], -1)  # (n_l, G·N)
        said = network.activation(l).value(z)
        a = said.reshape(network.sizes[l], count, data.rows).swapaxes(0, 1)
    costs: Array = cost_terms(network.cost, network.output, z, said, np.tile(data.y, count)).sum(axis=0)
    return np.asarray(costs.reshape(count, data.rows).mean(axis=1))
