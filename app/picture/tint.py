"""How strongly things show: numbers in, strengths out. Hues are the style sheet's business."""

from __future__ import annotations

import math

import numpy as np

from app.engine.activations import Activation
from app.engine.parameters import Array
from app.picture.layout import RING

WIDEST = 9.0  # a wire, in user units
THINNEST = 1.2
FAINT = 0.3  # a ring, in user units


def ink(value: float, activation: Activation | None, largest: float = 1.0) -> float:
    """Return how full a disc is, 0 … 1: the size of the activation as a fraction of its function's span.

    Unbounded functions have no span: there the fraction is |a| / (1 + |a|). Inputs (no activation) are
    measured against the largest input of the data.
    """
    size = abs(value)
    if activation is None:
        return min(1.0, size / largest)
    bound = max(abs(end) for end in activation.span)
    return min(1.0, size / bound) if math.isfinite(bound) else size / (1.0 + size)


def inks(values: Array, activation: Activation) -> Array:
    """Return `ink` for a whole array, with the sign of each value; what is beyond all numbers is full."""
    size, bound = np.abs(values), max(abs(end) for end in activation.span)
    with np.errstate(invalid="ignore"):
        share = size / bound if math.isfinite(bound) else np.where(np.isinf(size), 1.0, size / (1.0 + size))
    return np.asarray(np.nan_to_num(np.sign(values) * np.minimum(1.0, share)))


def ring(delta: float, scale: float, radius: float) -> float:
    """Return the ring's thickness, ∝ √|δ|; `scale` is the iteration's largest output miss |a − y|.

    It disappears when the error does: what would be thinner than `FAINT` is not drawn.
    """
    found = RING * radius * min(1.0, math.sqrt(abs(delta) / (scale or 1.0)))
    return found if found >= FAINT else 0.0


def width(size: Array | float, scale: float, neighbours: int = 1) -> Array:
    """Return a wire's width for |size|, or of many at once, in proportion up to `scale`, where it is widest.

    `neighbours` is the number of wires in its gap: a crowd is drawn finer.
    """
    widest = WIDEST if neighbours <= 30 else WIDEST / 2 if neighbours <= 80 else WIDEST / 3
    return np.asarray(THINNEST + (widest - THINNEST) * np.minimum(1.0, np.abs(size) / (scale or 1.0)))


def locked(slope: float, activation: Activation) -> bool:
    """Tell whether a neuron passes on almost nothing: f′ below 5 % of the function's steepest slope."""
    return abs(slope) < 0.05 * activation.steepest
