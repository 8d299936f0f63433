"""The dials of a network (every weight and bias) and the space they live in."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]


@dataclass(frozen=True)
class Parameters:
    """Hold one number per dial. A gradient, a velocity and a change are `Parameters` too.

    w[l][j, k] is the weight from neuron k of layer l-1 to neuron j of layer l: shape (n_l, n_{l-1}).
    b[l] is a column: shape (n_l, 1). Layers are counted from 1; layer 0 is the input and has no dials.
    """

    w: Mapping[int, Array]
    b: Mapping[int, Array]

    def map(self, function: Callable[..., Array], *others: Parameters) -> Parameters:
        """Apply `function` dial by dial to these parameters and the others, all of one shape."""
        return Parameters(
            w={layer: function(w, *(o.w[layer] for o in others)) for layer, w in self.w.items()},
            b={layer: function(b, *(o.b[layer] for o in others)) for layer, b in self.b.items()},
        )

    def __add__(self, other: Parameters) -> Parameters:
        return self.map(np.add, other)

    def __sub__(self, other: Parameters) -> Parameters:
        return self.map(np.subtract, other)

    def __mul__(self, factor: float) -> Parameters:
        return self.map(lambda value: value * factor)

    __rmul__ = __mul__

    def __len__(self) -> int:
        """Count the dials."""
        return sum(block.size for block in self.blocks())

    def blocks(self) -> Iterator[Array]:
        """Yield the arrays in the order of the dials: w[1], b[1], w[2], b[2], …"""
        for layer in sorted(self.w):
            yield self.w[layer]
            yield self.b[layer]

    def vector(self) -> Array:
        """Return every dial in one flat array, shape (P,), in the order of `blocks`."""
        return np.concatenate([block.ravel() for block in self.blocks()])

    def filled(self, vector: Array) -> Parameters:
        """Return parameters of this shape holding the numbers of `vector`, shape (P,)."""
        ends = np.cumsum([block.size for block in self.blocks()])
        parts = iter(np.split(np.asarray(vector, dtype=float), ends[:-1]))
        w, b = {}, {}
        for layer in sorted(self.w):
            w[layer] = next(parts).reshape(self.w[layer].shape)
            b[layer] = next(parts).reshape(self.b[layer].shape)
        return Parameters(w, b)

    def finite(self) -> bool:
        """Tell whether no dial is NaN or infinite."""
        return all(np.isfinite(block).all() for block in self.blocks())

    def frozen(self) -> Parameters:
        """Make the arrays read-only, so that a cache may hand them out."""
        for block in self.blocks():
            block.setflags(write=False)
        return self


def zeros(sizes: tuple[int, ...]) -> Parameters:
    """Return all-zero parameters for the layer sizes (n_0, …, n_L).

    >>> zeros((2, 3, 1)).w[1].shape, len(zeros((2, 3, 1)))
    ((3, 2), 13)
    """
    layers = range(1, len(sizes))
    return Parameters(
        w={layer: np.zeros((sizes[layer], sizes[layer - 1])) for layer in layers},
        b={layer: np.zeros((sizes[layer], 1)) for layer in layers},
    )
