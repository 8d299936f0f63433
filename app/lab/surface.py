"""The cost surface over any two dials: all others are held at this moment's values."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import islice

import numpy as np

from app.engine.gradcheck import mean_cost
from app.engine.parameters import Array, Parameters
from app.lab.names import dial_keys
from app.lab.picks import Pick, pick_from
from app.lab.replay import Numbers, Replay

GRID = 33  # points along each side
WALK = 200  # iterations of the path that are drawn
LEAST = 1.5  # half of the narrowest automatic range
NARROWEST, WIDEST = -4, 4  # zoom, in powers of two


@dataclass(frozen=True)
class Surface:
    """Costs over a square of two dials: xs and ys have shape (GRID,), costs (GRID, GRID), row = y.

    `path` holds (x, y) at the starts of the last iterations, the newest last; `slope` is the gradient's part for
    both dials and `after` where the descent took them, None before they happened.
    """

    xs: Array
    ys: Array
    costs: Array
    path: list[tuple[float, float]]
    slope: tuple[float, float] | None
    after: tuple[float, float] | None


def dials_of(sizes: tuple[int, ...]) -> list[Pick]:
    """Return every dial of a network in the order of the dials."""
    return [pick_from(key, sizes) for key in dial_keys(sizes)]


def value_of(parameters: Parameters, dial: Pick) -> float:
    """Return a dial's value."""
    return float(getattr(parameters, dial.kind)[dial.layer][place_of(dial)])


def place_of(dial: Pick) -> tuple[int, int]:
    return dial.to - 1, max(dial.source, 1) - 1


def surface(replay: Replay, numbers: Numbers, across: Pick, up: Pick, zoom: int) -> Surface:
    """Work out the surface around this moment's values; takes some tens of milliseconds."""
    recipe, now = numbers.recipe, numbers.parameters
    first = max(0, numbers.iteration - WALK)
    walked = [start.parameters for start in islice(replay.onward(recipe, first), numbers.iteration - first)]
    path = [(value_of(p, across), value_of(p, up)) for p in (*walked, now)]
    here = path[-1]
    after = None if numbers.after is None else (value_of(numbers.after, across), value_of(numbers.after, up))
    far = max(abs(value - here[axis]) for spot in (*path, after or here) for axis, value in enumerate(spot))
    half = max(LEAST, 1.25 * far) * 2.0**zoom
    xs, ys = (np.linspace(here[axis] - half, here[axis] + half, GRID) for axis in (0, 1))
    dials, costs = now.map(np.copy), np.empty((GRID, GRID))
    one, two = getattr(dials, across.kind)[across.layer], getattr(dials, up.kind)[up.layer]
    with np.errstate(over="ignore", invalid="ignore", divide="ignore"):
        for row, y in enumerate(ys):
            two[place_of(up)] = y
            for column, x in enumerate(xs):
                one[place_of(across)] = x
                costs[row, column] = mean_cost(recipe.network, dials, recipe.dataset.x, recipe.dataset.y)
    nabla = numbers.backward.nabla
    known = all(len(getattr(nabla, d.kind).get(d.layer, ())) >= d.to for d in (across, up))
    slope = (value_of(nabla, across), value_of(nabla, up)) if known else None
    return Surface(xs, ys, costs, path, slope, after)
