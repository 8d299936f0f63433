"""Random recipes, lively and legal ones: what the tests of the picture, the story and the web draw from."""

from __future__ import annotations

import math
from itertools import pairwise

import numpy as np
from hypothesis import strategies as st

from app.engine.activations import ACTIVATIONS
from app.engine.costs import COSTS
from app.engine.datasets import DATASETS
from app.engine.initialisers import INITIALISERS
from app.engine.optimisers import OPTIMISERS
from app.engine.regularisers import REGULARISERS
from app.lab.recipe import Change, Recipe

HIDDEN = [key for key, entry in ACTIVATIONS.items() if entry.hidden]


def outputs_for(data: str) -> list[str]:
    """List the output activations that fit a data set."""
    return [key for key, entry in ACTIVATIONS.items() if DATASETS[data].one_hot or not entry.couples]


def costs_for(output: str) -> list[str]:
    """List the costs that can judge an output."""
    return [key for key, entry in COSTS.items() if not entry.outputs or output in entry.outputs]


def dials(draw: st.DrawFn, sizes: tuple[int, ...]) -> tuple[float, ...]:
    """Draw exact first dials: ordinary, tiny, large and zero ones."""
    stream = np.random.RandomState(draw(st.integers(0, 2**32 - 1)))
    count = sum(n * (below + 1) for below, n in pairwise(sizes))
    scale = draw(st.sampled_from([1.0, 1e-6, 3.0]))
    found = (stream.standard_normal(count) * scale).round(draw(st.sampled_from([1, 3, 17])))
    return tuple((found + 0.0).tolist())  # as the forms do: there is only one zero


@st.composite
def changes(draw: st.DrawFn, data: str, sizes: tuple[int, ...]) -> tuple[Change, ...]:
    """Draw a few things that were set in mid-run."""
    found = []
    for iteration in draw(st.lists(st.integers(0, 3), max_size=3)):
        kind = draw(st.sampled_from(["eta", "example", "w", "b"]))
        layer = draw(st.integers(1, len(sizes) - 1))
        to, source = draw(st.integers(1, sizes[layer])), draw(st.integers(1, sizes[layer - 1]))
        what = {"w": f"w-{layer}-{to}-{source}", "b": f"b-{layer}-{to}"}.get(kind, kind)
        value = draw(st.floats(0.001, 1.0))
        if kind == "example":
            value = float(draw(st.integers(1, DATASETS[data].rows)))
        found.append(Change(iteration, what, value))
    return tuple(sorted(found, key=lambda change: change.iteration))


@st.composite
def recipes(draw: st.DrawFn, deepest: int = 3, widest: int = 4) -> Recipe:
    """Draw a recipe of up to `deepest` hidden layers of up to `widest` neurons."""
    data = draw(st.sampled_from(list(DATASETS)))
    hidden = tuple(draw(st.lists(st.integers(1, widest), max_size=deepest)))
    output = draw(st.sampled_from(outputs_for(data)))
    sizes = (len(DATASETS[data].x), *hidden, len(DATASETS[data].y))
    regulariser = draw(st.sampled_from(list(REGULARISERS)))
    return Recipe(
        data=data,
        hidden=hidden,
        activation=draw(st.sampled_from(HIDDEN)),
        output=output,
        cost=draw(st.sampled_from(costs_for(output))),
        optimiser=draw(st.sampled_from(list(OPTIMISERS))),
        eta=math.exp(draw(st.floats(math.log(1e-4), math.log(0.5)))),
        initialiser=draw(st.sampled_from(list(INITIALISERS))),
        seed=draw(st.integers(0, 2**32 - 1)),
        batch=draw(st.sampled_from([1, 1, 1, 2, 3, DATASETS[data].rows])),
        regulariser=regulariser,
        decay=0.0 if regulariser == "none" else draw(st.floats(0, 0.1)),
        parameters=dials(draw, sizes) if draw(st.booleans()) else None,
        changes=draw(changes(data, sizes)),
    )
