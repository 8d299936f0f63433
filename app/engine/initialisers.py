"""First values of the dials. To add some: an entry here and one in `app/story/functions/initialisers.py`."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from app.engine.parameters import Array, Parameters, zeros


@dataclass(frozen=True)
class Initialiser:
    """One way to set the weights before the first step; biases begin at 0 unless `bias` says otherwise.

    weights(stream, n_out, n_in) → shape (n_out, n_in); the stream is NumPy's frozen legacy one.
    """

    key: str
    weights: Callable[[np.random.RandomState, int, int], Array]
    bias: float = 0.0


def initial(key: str, sizes: tuple[int, ...], seed: int) -> Parameters:
    """Return the first parameters for the sizes (n_0, …, n_L): the same seed gives the same numbers for
    ever."""
    initialiser, stream = INITIALISERS[key], np.random.RandomState(seed)
    empty = zeros(sizes)
    return Parameters(
        w={layer: initialiser.weights(stream, *w.shape) for layer, w in empty.w.items()},
        b={layer: np.full(b.shape, initialiser.bias) for layer, b in empty.b.items()},
    )


INITIALISERS: dict[str, Initialiser] = {
    entry.key: entry
    for entry in (
        Initialiser(
            "xavier",
            lambda stream, n_out, n_in: stream.standard_normal((n_out, n_in)) * np.sqrt(2.0 / (n_in + n_out)),
        ),
        Initialiser(
            "he", lambda stream, n_out, n_in: stream.standard_normal((n_out, n_in)) * np.sqrt(2.0 / n_in)
        ),
        Initialiser("normal", lambda stream, n_out, n_in: stream.standard_normal((n_out, n_in)) * 0.1),
        Initialiser("equal", lambda stream, n_out, n_in: np.full((n_out, n_in), 0.5)),
    )
}
