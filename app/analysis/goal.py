"""When something is learned, and when a run should end by itself."""

from __future__ import annotations

from array import array
from collections.abc import Sequence

import numpy as np

from app.datasets.dataset import Dataset
from app.engine.backprop import forward
from app.engine.gradcheck import mean_cost
from app.engine.parameters import Array, Parameters
from app.lab.recipe import Recipe

HALF = 0.5  # between the targets of two classes
MARGIN = 0.1  # by which an answer must be on the right side to count as learned
ALIKE = 1e-9  # answers no farther apart than this are the same
MOST = 5_000  # iterations that are tried
STILL = 0.002  # a cost that has fallen by a smaller part than this over a window stands still
WINDOW, EPOCHS = 400, 20  # how long a window is: so many iterations, and as many rounds of the examples


def margins(data: Dataset, y: Array, outputs: Array) -> Array | None:
    """Return how far each example's outputs, shape (n_L, N), are on the right side, shape (N,); None for
    numbers.

    One-hot: by how much the right output is the loudest. Other classes: by how much the worst output is
    nearer to its own target than to the other one. NaN where nobody knows yet.
    """
    if not data.classes:
        return None
    if data.one_hot:
        right = np.where(y == 1, outputs, -np.inf).max(axis=0)
        return np.asarray(right - np.where(y == 1, -np.inf, outputs).max(axis=0))
    return np.asarray(((outputs - HALF) * np.sign(y - HALF)).min(axis=0))


def learned(recipe: Recipe, dials: Parameters) -> bool:
    """Tell whether every training example is right by a margin; of numbers nobody can say so."""
    data, network = recipe.dataset, recipe.network
    if not data.classes:
        return False
    with np.errstate(over="ignore", invalid="ignore", divide="ignore"):
        found = margins(data, data.y, forward(network, dials, data.x).a[network.last])
    return found is not None and bool((found >= MARGIN).all())


def stands_still(costs: Sequence[float] | array[float], rows: int, batch: int) -> bool:
    """Tell whether the cost at the starts of iterations no longer falls: over a window its lowest hardly did.

    A window is at least `EPOCHS` rounds of the `rows` examples, since within a round the cost goes up and
    down.
    """
    window = max(WINDOW, EPOCHS * -(-rows // batch))
    if len(costs) <= 2 * window:
        return False
    before, lately = min(costs[:-window]), min(costs[-window:])
    return lately >= before * (1 - STILL)  # as well at a cost of 0


def why_stuck(recipe: Recipe, dials: Parameters) -> str:
    """Return what keeps a run from learning, where it is plain: "silent" (a hidden layer whose neurons
    react to no example), "alike" (a hidden layer whose neurons all do the same), "risen" (a cost above that
    of the first dials: the steps are too long), else ""."""
    data, network = recipe.dataset, recipe.network
    with np.errstate(over="ignore", invalid="ignore", divide="ignore"):
        reached = forward(network, dials, data.x)
    for layer in range(1, network.last):
        activation = network.activation(layer)
        if not activation.couples and not activation.slope(reached.z[layer]).any():
            return "silent"
        said = reached.a[layer]
        if len(said) > 1 and np.allclose(said, said[:1], rtol=0, atol=ALIKE):
            return "alike"
    first, now = (mean_cost(network, one, data.x, data.y) for one in (recipe.first_parameters(), dials))
    return "" if now <= first else "risen"
