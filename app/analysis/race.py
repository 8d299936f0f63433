"""A race: up to four runs that differ in one choice, worked out side by side in short slices.

To add a race: a function of a recipe that returns its runs, put into `RACES`; its words go into
`app/story/race.py`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace

from app.analysis.blame import mean_errors
from app.analysis.history import SLICE, History
from app.engine.activations import ACTIVATIONS
from app.engine.optimisers import OPTIMISERS
from app.lab.lab import Lab
from app.lab.recipe import Recipe
from app.lab.replay import Diverged, Replay
from app.limits import DECAY, ETA, HIDDEN_LAYERS
from app.notation.numbers import plain

MOST = 4  # runs in one race
LEAST = 300  # iterations that a race is long at least: without a run it runs
LEG = 20  # iterations that one run is worked out ahead of the others
FACTORS = (1 / 3, 1.0, 3.0, 10.0)  # of the learning rate
SHARE = 0.05  # of every weight, which L2 takes at each step where nobody has chosen a λ
DEEP = 4  # hidden layers: from here on the activation decides whether any error comes back to the first


def etas(recipe: Recipe) -> list[Recipe]:
    """Return a third of the learning rate, itself, three times and ten times, as far as they are allowed; a
    rate set in mid-run goes along."""
    found = [recipe if factor == 1 else scaled(recipe, factor) for factor in FACTORS]
    return [one for one in found if one.largest_eta <= ETA]


def scaled(recipe: Recipe, factor: float) -> Recipe:
    """Return a recipe with its learning rates so many times as large, in three digits."""
    changes = tuple(
        change._replace(value=plain(change.value * factor, 3)) if change.what == "eta" else change
        for change in recipe.changes
    )
    return replace(recipe, eta=plain(recipe.eta * factor, 3), changes=changes)


def optimisers(recipe: Recipe) -> list[Recipe]:
    """Return the same run with each optimiser."""
    return chosen([replace(recipe, optimiser=key) for key in OPTIMISERS], recipe)


def activations(recipe: Recipe) -> list[Recipe]:
    """Return the same run with each activation of the hidden layers; itself alone where there are none."""
    keys = [key for key, entry in ACTIVATIONS.items() if entry.hidden and recipe.hidden]
    return chosen([replace(recipe, activation=key) for key in keys], recipe)


def depths(recipe: Recipe) -> list[Recipe]:
    """Return the same run with a hidden layer less, as it is, and with more, from dials drawn anew."""
    now, width = len(recipe.hidden), recipe.hidden[-1] if recipe.hidden else 3
    fewest = min(max(now - 1, 0), HIDDEN_LAYERS - MOST + 1)
    kept = tuple(change for change in recipe.changes if change.what in ("eta", "example"))
    return [
        recipe
        if count == now
        else replace(recipe.reshaped((*recipe.hidden[:count], *[width] * (count - now))), changes=kept)
        for count in range(fewest, fewest + MOST)
    ]


def regularisers(recipe: Recipe) -> list[Recipe]:
    """Return the same run without a regulariser, with a little L2 and with more."""
    usual = min(plain(SHARE / recipe.eta, 1), DECAY)
    decay = usual if recipe.regulariser == "none" else recipe.decay
    pulled = [replace(recipe, regulariser="l2", decay=one) for one in (plain(decay / 10, 3), decay) if one]
    without = recipe if recipe.regulariser == "none" else replace(recipe, regulariser="none", decay=0.0)
    return chosen([without, *pulled], recipe)


def chosen(runs: Iterable[Recipe], own: Recipe) -> list[Recipe]:
    """Return so many different runs as fit into a race, always with one's own among them."""
    found = list(dict.fromkeys(runs))
    if own not in found[:MOST]:
        found = [*found[: MOST - 1], own]
    return found[:MOST]


RACES: dict[str, Callable[[Recipe], list[Recipe]]] = {
    "eta": etas,
    "optimiser": optimisers,
    "activation": activations,
    "depth": depths,
    "regulariser": regularisers,
}


def usual_race(recipe: Recipe) -> str:
    """Return which race shows most: of activations in a deep network, else of learning rates."""
    return "activation" if len(recipe.hidden) >= DEEP else "eta"


def advance(history: History, runs: list[Recipe], what: str, last: int) -> bool:
    """Work for a slice on the values of all runs up to the iteration `last`, always on the run that is
    farthest behind; return whether all are known."""
    until = history.clock() + SLICE
    while behind := [run for run in runs if not history.walked(run, last, what)]:
        slowest = min(behind, key=lambda run: len(history.known(run, what)))
        history.extend(slowest, min(last, len(history.known(slowest, what)) + LEG - 1), what)
        if history.clock() >= until:
            break
    return all(history.walked(run, last, what) for run in runs)


def first_errors(replay: Replay, recipe: Recipe) -> dict[int, float]:
    """Return each layer's mean |δ| in a run's first iteration; none where the numbers are not finite."""
    lab = Lab(recipe)
    last = max(at for at, moment in enumerate(lab.moments) if moment.phase == "backward")
    try:
        numbers = replay.numbers(lab.go(last))
    except Diverged:
        return {}
    return mean_errors(numbers.backward.delta, recipe.sizes)
