"""Who of a layer is to blame: whom the layer above points at, who ends up with most of the error, and why
they differ."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from app.analysis.rounding import real, tops
from app.engine.parameters import Array
from app.lab.replay import Numbers


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
    blamed = real(numbers)
    above = blamed.delta[layer + 1][:, example]
    pointer = int(np.abs(above).argmax())
    pointed = tops(numbers.parameters.w[layer + 1][pointer] * above[pointer])
    first, most = (tops(part[layer][:, example]) for part in (blamed.received, blamed.delta))
    reason = ""
    if pointed and most and not set(pointed) & set(most):
        reason = "slope" if set(pointed) & set(first) or not set(first) & set(most) else "others"
    return Blame(pointer + 1, pointed, most, reason)


LOUD = 0.1  # of the largest blame above: who has less does not lift a hand
HANDS = 4  # at most


def pointing(numbers: Numbers, example: int, layer: int) -> tuple[tuple[int, int, int], ...]:
    """Return the wires (layer, to, source) along which the neurons of a layer point at whom they blame most,
    by w·δ; inputs are not to blame."""
    if layer == 1:
        return ()
    errors = real(numbers).delta[layer][:, example]
    sizes = np.abs(errors)
    order = [j for j in np.argsort(-sizes, kind="stable").tolist() if sizes[j] > LOUD * sizes.max()][:HANDS]
    found = [(j + 1, tops(numbers.parameters.w[layer][j] * errors[j])) for j in order]
    return tuple((layer, j, whom[0]) for j, whom in found if len(whom) == 1)


def mean_errors(delta: Mapping[int, Array | list[float]], sizes: Sequence[int]) -> dict[int, float]:
    """Return the mean |δ| of each layer whose neurons, `sizes` of them, are all known, from arrays of shape
    (n_l, m) or (n_l,)."""
    whole = (layer for layer in sorted(delta) if len(delta[layer]) == sizes[layer])
    return {layer: float(np.abs(delta[layer]).mean()) for layer in whole}
