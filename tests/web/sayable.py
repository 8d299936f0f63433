"""Every number that may be said anywhere at a moment, in whatever length it is printed."""

from __future__ import annotations

import re

import numpy as np

from app.engine.optimisers import OPTIMISERS
from app.notation.numbers import DIGITS, MINUS, figure
from tests.web.oracle import Known

CONSTANTS = [0.5, 0.01, 0.9, 0.1, 0.999, 0.001, 1e-8]  # of costs, leaky ReLU and the optimisers
FRACTION = re.compile(r"\d+(?:\.\d+(?:e−?\d+)?|e−?\d+)")


class Sayable:
    """Tell of a printed number, without its sign, whether anybody can know it yet; `numbers` lists each
    kind."""

    def __init__(self, known: Known) -> None:
        self.values = np.abs(np.concatenate([np.ravel(block) for block in numbers(known)]))
        self.short = {figure(float(value)) for value in self.values}

    def __contains__(self, text: str) -> bool:
        if text in self.short:
            return True
        written = re.sub(r"e.*", "", text)
        counting = (
            written.replace(".", "") if "." in written else written.rstrip("0")
        )  # 26380 has four digits, 26.380 five
        digits = max(DIGITS[0], len(counting.lstrip("0")))
        said = float(text.replace(MINUS, "-"))
        close = self.values[np.isclose(self.values, said, rtol=10.0 ** (1 - digits), atol=0)]
        decimals = len(written.partition(".")[2])
        if digits > DIGITS[0] and any(f"{value:.{decimals}f}" == text for value in close):
            return True  # of two that are compared both have as many decimals: 0.8000 → 0.8004
        return any(
            figure(float(value), longer) == text for value in close for longer in range(DIGITS[0], digits + 3)
        )

    def unknown(self, text: str) -> list[str]:
        """Return the numbers with a fraction in a text that nobody can know yet."""
        return [number for number in FRACTION.findall(text) if number not in self]


def numbers(known: Known) -> list[np.ndarray]:
    """List all that is known: quantities, the products wires carry, and what the optimiser made of the
    gradient."""
    reached, blamed = known.forward, known.backward
    found = [
        np.array([known.eta, known.eta_next, known.decay, *CONSTANTS]),
        known.y,
        *known.before.blocks(),
        *blamed.nabla.blocks(),
    ]
    found += [*reached.z.values(), *reached.a.values(), *blamed.received.values(), *blamed.delta.values()]
    found += [] if known.again is None else list(known.again.a.values())
    found += [costs for costs in (known.costs, known.costs_after) if costs is not None]
    found += [np.array([costs.mean()]) for costs in (known.costs, known.costs_after) if costs is not None]
    for layer, z in reached.z.items():
        w = known.before.w[layer][: len(z), :, None]  # to, from, example
        found.append(w * reached.a[layer - 1])
        delta = blamed.delta.get(layer)
        if delta is not None:
            tweaks = reached.a[layer - 1] * delta[:, None]
            found += [
                tweaks,
                np.abs(tweaks).mean(axis=2),
                np.abs(delta).mean(axis=1),
            ]  # the mean of their sizes
            found.append(known.network.activation(layer).slope(z[: len(delta)]))
            found += [w[: len(delta)] * delta[:, None]] if layer - 1 in blamed.delta else []
    if known.costs is not None and known.regulariser in ("l1", "l2"):
        found += priced(known)
    last = max(reached.z, default=0)
    if known.network.activation(last or 1).couples and last:  # what softmax's outputs have in common: S and R
        z = reached.z[last]
        found.append(np.exp(z - np.where(np.abs(z).max(axis=0) > 100, z.max(axis=0), 0.0)).sum(axis=0))
        if last in blamed.received:
            found.append((reached.a[last] * blamed.received[last]).sum(axis=0))
    if known.after is not None:
        found += [*known.after.blocks(), *(known.after - known.before).blocks(), *turned(known)]
    return found


def priced(known: Known) -> list[np.ndarray]:
    """Return what all weights are asked for, the cost with it, and what a long sum leaves to the others."""
    blocks = known.before.w.values()
    part = {"l2": np.square, "l1": np.abs}[known.regulariser]
    parts = [part(w).ravel() for w in blocks]
    price = sum(float((0.5 if known.regulariser == "l2" else 1.0) * one.sum()) for one in parts)
    others = np.concatenate(parts)[3:].sum()
    return [np.array([price, known.costs.mean() + known.decay * price, others])]


def turned(known: Known) -> list[np.ndarray]:
    """Return an optimiser's running averages, its corrections for their start, and its directions."""
    optimiser, t = OPTIMISERS[known.optimiser], known.iteration + 1
    old, held = known.memory[: optimiser.remembers], known.memory[optimiser.remembers :]
    # What is said is worked out from this gradient; what the run holds may differ from it in the last bit.
    direction, new = optimiser.rule(old, known.backward.nabla, t)
    for one, other in zip(new, held, strict=True):
        for mine, theirs in zip(one.blocks(), other.blocks(), strict=True):
            np.testing.assert_allclose(mine, theirs, rtol=1e-9, atol=1e-15)
    corrections = [1 - decay**t for decay in (0.9, 0.999)]
    found = [block for part in (*old, *new, *held, direction) for block in part.blocks()]
    hats = [block / by for part in (*new, *held) for block in part.blocks() for by in corrections]
    return [np.array(corrections), *found, *hats]
