"""Who of a layer is to blame: whom the layer above points at, who ends up with most of the error, and why
they differ."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from app.analysis.rounding import CLOSE, real, tops
from app.engine.parameters import Array
from app.lab.replay import Numbers

LOUD = 0.1  # of the largest blame above: who has less does not lift a hand
HANDS = 4  # at most


@dataclass(frozen=True)
class Blame:
    """One layer's blame for one example; neurons count from 1, empty where nobody is.

    `pointer` is the loudest blamer of the layer above, `pointed` whom it points at most, by w·δ. `kept` is
    who ends up with most error, by δ. Where somebody who is pointed at does not keep most, `reason` says
    why: "slope" (who was pointed at received as much, and reacts less) or "others" (all neurons above
    together sent less there); "" where all do.
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
    received, kept = (part[layer][:, example] for part in (blamed.received, blamed.delta))
    most = tops(kept)
    return Blame(pointer + 1, pointed, most, reason_of(pointed, most, np.abs(received)))


def reason_of(pointed: list[int], kept: list[int], received: Array) -> str:
    """Return why not all who are pointed at keep most; `received` are sizes, shape (n,).

    >>> reason_of([1], [1], np.array([2.0, 1.0])), reason_of([1], [2], np.array([2.0, 1.0]))
    ('', 'slope')
    >>> reason_of([1], [2], np.array([1.0, 2.0])), reason_of([1], [], np.array([0.0, 0.0]))
    ('others', 'others')
    """
    lost = [k for k in pointed if k not in kept]
    if not lost:
        return ""
    if not kept:
        return "slope" if received.any() else "others"
    return "slope" if received[lost[0] - 1] >= received[kept[0] - 1] * (1 - CLOSE) else "others"


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
