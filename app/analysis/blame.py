"""Who of a layer is to blame: whom the layer above points at, who ends up with most of the error, and why
they differ."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from app.analysis.fingers import CLOSE
from app.engine.parameters import Array
from app.lab.replay import Numbers

# Of the largest term of a sum: what is left below this is rounding, and has no side and no rank.
ROUNDING = 1e-13


@dataclass(frozen=True)
class Blame:
    """One layer's blame for one example; neurons count from 1, empty where nobody is.

    `pointer` is the loudest blamer of the layer above, `pointed` whom it points at most, by w·δ. `kept` is
    who ends up with most error, by δ. Where they differ, `reason` says why: "slope" (who was pointed at
    hardly reacts, f′ is small) or "others" (the other neurons above point elsewhere, and together they weigh
    more).
    """

    pointer: int
    pointed: list[int]
    kept: list[int]
    reason: str


def blame_of(numbers: Numbers, example: int, layer: int) -> Blame:
    """Return who of a hidden layer is to blame; its errors must be known."""
    above = numbers.backward.delta[layer + 1][:, example]
    pointer = int(np.abs(above).argmax())
    pointed = tops(numbers.parameters.w[layer + 1][pointer] * above[pointer])
    received, kept = numbers.backward.received[layer][:, example], numbers.backward.delta[layer][:, example]
    first, most = tops(real(received, passed(numbers, example, layer))), tops(kept)
    reason = ""
    if pointed and most and not set(pointed) & set(most):
        reason = "slope" if set(pointed) & set(first) or not set(first) & set(most) else "others"
    return Blame(pointer + 1, pointed, most, reason)


LOUD, HANDS = (
    0.1,
    4,
)  # of the largest blame above: who has less does not lift a hand; and so many hands at most


def pointing(numbers: Numbers, example: int, layer: int) -> tuple[tuple[int, int, int], ...]:
    """Return the wires (layer, to, source) along which the neurons of a layer point at whom they blame most,
    by w·δ."""
    errors = numbers.backward.delta[layer][:, example]
    sizes = np.abs(errors)
    order = [j for j in np.argsort(-sizes, kind="stable").tolist() if sizes[j] > LOUD * sizes.max()][:HANDS]
    found = [(j + 1, tops(numbers.parameters.w[layer][j] * errors[j])) for j in order]
    return tuple((layer, j, whom[0]) for j, whom in found if len(whom) == 1)


def mean_errors(delta: dict[int, Array], sizes: Sequence[int]) -> dict[int, float]:
    """Return the mean |δ| of each layer whose neurons, `sizes` of them, are all known, from arrays of shape
    (n_l, m)."""
    whole = (layer for layer in sorted(delta) if len(delta[layer]) == sizes[layer])
    return {layer: float(np.abs(delta[layer]).mean()) for layer in whole}


def passed(numbers: Numbers, example: int, layer: int) -> Array:
    """Return what each neuron above passes back to each of a layer, w·δ, shape (n_{l+1}, n_l)."""
    above = numbers.backward.delta[layer + 1][:, [example]]
    return np.asarray(numbers.parameters.w[layer + 1] * above)


def real(sums: Array, terms: Array) -> Array:
    """Return sums, shape (n,), without those that are hardly more than the rounding of their terms, shape (m,
    n)."""
    return np.asarray(np.where(np.abs(sums) <= ROUNDING * np.abs(terms).max(axis=0), 0.0, sums))


def tops(values: Array | Sequence[float]) -> list[int]:
    """Return the numbers, from 1, of the largest by size; none where all are 0.

    >>> tops([0.1, -0.3, 0.3]), tops([0.0, 0.0])
    ([2, 3], [])
    """
    sizes = np.abs(np.asarray(values))
    largest = float(sizes.max())
    return [at + 1 for at, size in enumerate(sizes.tolist()) if largest and size >= largest * (1 - CLOSE)]
