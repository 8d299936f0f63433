"""What the network says to every example as far as a moment may know it, from the engine alone."""

from __future__ import annotations

import numpy as np

from app.engine.backprop import forward
from tests.web.oracle import Known


def answers(known: Known) -> np.ndarray:
    """Return the outputs, shape (n_L, N), of the model of this moment; NaN for examples of the batch whose
    own pass has not come there."""
    last, dials = known.network.last, known.after or known.before
    said = np.array(forward(known.network, dials, known.data.x).a[last])
    if not told(known):
        said[:, [number - 1 for number in known.examples]] = np.nan
    return said


def told(known: Known) -> bool:
    """Tell whether the batch's own outputs have answered."""
    return known.after is not None or len(known.forward.a.get(known.network.last, ())) == known.sizes[-1]


def is_right(known: Known, y: np.ndarray, said: np.ndarray) -> bool:
    """Tell whether each output is on its target's side of a half, or the right one louder than all others."""
    if known.data.one_hot:
        return above(said[y.argmax()], np.delete(said, y.argmax()).max())
    return all(above(v, 0.5) if wanted else above(0.5, v) for wanted, v in zip(y, said, strict=True))


def above(one: float, other: float) -> bool:
    """Tell whether a number is larger than another by more than rounding."""
    return bool(one - other > 1e-9 * max(abs(one), abs(other)))


def score(known: Known) -> tuple[int, int] | None:
    """Count the right answers, and those that are known; None where targets are any numbers."""
    if not known.data.classes:
        return None
    said = answers(known)
    asked = [at for at in range(known.rows) if np.isfinite(said[:, at]).all()]
    return sum(is_right(known, known.data.y[:, at], said[:, at]) for at in asked), len(asked)
