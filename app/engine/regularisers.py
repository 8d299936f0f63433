"""Pulls towards small weights. To add one: an entry here and one in `app/story/functions/regularisers.py`."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from app.engine.parameters import Array, Parameters


@dataclass(frozen=True)
class Regulariser:
    """One price on large weights; biases are free. penalty(w) → a number, slope(w) → its derivative, as w.

    Its pull goes to the dials beside the optimiser's step, as −η · decay · slope(w) (decoupled, as in AdamW),
    so the gradient on screen stays the gradient of the cost alone.
    """

    key: str
    penalty: Callable[[Array], float]
    slope: Callable[[Array], Array]

    def gradient(self, parameters: Parameters, decay: float) -> Parameters:
        """Return decay · ∂penalty/∂dial for every dial; zero for the biases."""
        return Parameters(
            w={layer: decay * self.slope(w) for layer, w in parameters.w.items()},
            b={layer: np.zeros_like(b) for layer, b in parameters.b.items()},
        )

    def price(self, parameters: Parameters, decay: float) -> float:
        """Return decay · penalty, summed over all weights."""
        return decay * sum(float(self.penalty(w)) for w in parameters.w.values())


REGULARISERS: dict[str, Regulariser] = {
    entry.key: entry
    for entry in (
        Regulariser("none", lambda w: 0.0, np.zeros_like),
        Regulariser("l2", lambda w: 0.5 * (w**2).sum(), lambda w: w),
        Regulariser("l1", lambda w: np.abs(w).sum(), np.sign),
    )
}
