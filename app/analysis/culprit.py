"""Why a run ran away, found by trying: which one choice, made smaller, makes it come down instead."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from math import isfinite

import numpy as np

from app.datasets.own import scaled
from app.engine.descent import first_memory
from app.engine.gradcheck import mean_cost
from app.lab.dials import dial_from
from app.lab.recipe import Recipe
from app.lab.training import State, Trainer
from app.notation.numbers import plain

FURTHER, MOST = 50, 1000  # iterations that a remedy is tried for: so many beyond the trouble, and at most
LARGE = 3.0  # inputs beyond this are unscaled
SMALLER = 12  # tenths of the learning rate that are tried


@dataclass(frozen=True)
class Culprit:
    """What is to blame: "decay" (λ), "dials" (those given or typed in), "inputs" (their scale) or "eta"; and
    the same recipe without it, from its start, None where no trial came down."""

    what: str
    remedy: Recipe | None


def culprit_of(recipe: Recipe, iteration: int) -> Culprit:
    """Find what made a run run away in an iteration, or lets its cost stand above that of its first dials.

    Each choice that may be to blame is replaced, unscaled inputs also together with too large an η, and the
    run is tried anew; the first with which it ends no higher than it began is the one. λ comes first, for it
    can do so whatever the gradient says.
    """
    reach = min(iteration + FURTHER, MOST)
    for what, remedy in suspects(recipe):
        if comes_down(remedy, reach):
            return Culprit(what, remedy)
    return Culprit("eta", None)


def suspects(recipe: Recipe) -> Iterator[tuple[str, Recipe]]:
    """Yield what may be to blame, and the recipe without it."""
    eta = recipe.largest_eta
    steady = tuple(change for change in recipe.changes if change.what != "eta")
    if recipe.regulariser != "none" and recipe.decay:
        yield "decay", replace(recipe, decay=plain(min(0.1 / eta, recipe.decay / 10), 1))
    typed = [change for change in recipe.changes if dial_from(change.what, recipe.sizes)]
    if typed or recipe.parameters is not None:
        left = tuple(change for change in recipe.changes if change not in typed)
        yield "dials", replace(recipe, parameters=None, changes=left)
    if recipe.own is not None and np.abs(recipe.own.x).max() > LARGE:
        own = scaled(recipe.own)
        yield "inputs", replace(recipe, data=own.key, own=own)
        yield "inputs", replace(recipe, data=own.key, own=own, eta=plain(eta / 10, 1), changes=steady)
    for tenths in range(1, SMALLER + 1):
        yield "eta", replace(recipe, eta=plain(eta / 10**tenths, 1), changes=steady)


def comes_down(recipe: Recipe, reach: int) -> bool:
    """Tell whether a run's cost is, after so many iterations, no higher than with its first dials."""
    dials = recipe.first_parameters()
    data, network = recipe.dataset, recipe.network
    with np.errstate(over="ignore", invalid="ignore", divide="ignore"):
        walk = Trainer(recipe, 0, State(dials, first_memory(recipe.optimiser, dials)))
        walk.to(reach)
        costs = [mean_cost(network, one, data.x, data.y) for one in (dials, walk.start().parameters)]
    return all(map(isfinite, costs)) and costs[1] <= costs[0]
