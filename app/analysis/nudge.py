"""Doubt and check: nudge one dial, or one neuron's z, send the signal again, and see what the cost does."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from app.analysis.fingers import rows
from app.engine.costs import cost_terms
from app.engine.gradcheck import mean_cost
from app.lab.dials import Pick, with_dial
from app.lab.replay import Numbers

SIZES = tuple(10.0**power for power in range(3, -16, -1))  # of ε, tried where the chosen one does not do


@dataclass(frozen=True)
class Nudge:
    """The cost before and after a nudge of ε; ΔC / ε beside the slope that backpropagation found.

    `digits`: to how many significant digits the two agree (0 … 16). `verdict`: "good", "large" (the curve
    bends within ε, a smaller one does), "small" (ε drowns in rounding, a larger one does), "kink" (only the
    other direction does) or "lost" (none does).
    """

    epsilon: float
    value: float
    before: float
    after: float
    measured: float
    slope: float
    digits: int
    verdict: str


def nudge(numbers: Numbers, example: int, pick: Pick, epsilon: float) -> Nudge | None:
    """Nudge a dial (on the batch's cost) or a neuron's z (on the example's cost); None where no slope is
    known yet."""
    slope = slope_of(numbers, example, pick)
    if slope is None:
        return None
    value, cost = trial_of(numbers, example, pick)
    with np.errstate(over="ignore", invalid="ignore", divide="ignore"):
        before, after = cost(value), cost(value + epsilon)
        measured = (after - before) / epsilon
        gap = abs(measured - slope)
        apart = gap / max(abs(slope), 1e-300)
        digits = (
            16 if gap == 0 else int(max(0.0, min(16.0, -math.log10(apart)))) if math.isfinite(apart) else 0
        )

        def agrees(step: float) -> bool:
            return agree((cost(value + step) - before) / step, slope)

        drowned = gap <= 50 * 1e-16 * max(abs(before), 1e-3) / abs(
            epsilon
        )  # what rounding the cost can do to ΔC / ε
        verdict = "good" if agree(measured, slope) else verdict_of(agrees, epsilon, drowned)
    return Nudge(epsilon, value, before, after, measured, slope, digits, verdict)


def agree(measured: float, slope: float) -> bool:
    """Tell whether two slopes are the same to three digits, or both next to nothing."""
    return abs(measured - slope) <= 1e-3 * abs(slope) or abs(measured - slope) < 1e-9


def verdict_of(agrees: Callable[[float], bool], epsilon: float, drowned: bool) -> str:
    """Say why an ε does not do, by trying others of its sign, then of the other one."""
    fitting = [size for size in SIZES if agrees(math.copysign(size, epsilon))]
    smaller, larger = (
        any(size < abs(epsilon) for size in fitting),
        any(size > abs(epsilon) for size in fitting),
    )
    if smaller and not (larger and drowned):
        return "large"
    if larger:
        return "small"
    return "kink" if any(agrees(-math.copysign(size, epsilon)) for size in SIZES) else "lost"


def slope_of(numbers: Numbers, example: int, pick: Pick) -> float | None:
    """Return ∂C/∂dial or δ, None where it has not happened."""
    if pick.dial:
        return pick.dial.known(numbers.backward.nabla)
    if pick.kind != "n" or rows(numbers.backward.delta, pick.layer) < pick.to:
        return None
    return float(numbers.backward.delta[pick.layer][pick.to - 1, example])


def trial_of(numbers: Numbers, example: int, pick: Pick) -> tuple[float, Callable[[float], float]]:
    """Return the value now of a dial or a neuron's z, and a function from a value to the cost it gives."""
    dial = pick.dial
    if dial is None:
        z = float(numbers.forward.z[pick.layer][pick.to - 1, example])
        return z, lambda value: cost_with_z(numbers, example, pick, value)

    def cost(value: float) -> float:
        dials = with_dial(numbers.parameters, dial, value)
        return mean_cost(numbers.network, dials, numbers.x, numbers.y)

    return dial.of(numbers.parameters), cost


def cost_with_z(numbers: Numbers, example: int, pick: Pick, z: float) -> float:
    """Return the example's cost were the neuron's weighted input z."""
    net, dials = numbers.network, numbers.parameters
    column = numbers.forward.z[pick.layer][:, [example]].copy()
    column[pick.to - 1] = z
    for layer in range(pick.layer, net.last):
        column = dials.w[layer + 1] @ net.activation(layer).value(column) + dials.b[layer + 1]
    a = net.output.value(column)
    return float(cost_terms(net.cost, net.output, column, a, numbers.y[:, [example]]).sum())


def curve_of(
    numbers: Numbers, example: int, pick: Pick, reach: float, points: int = 81
) -> list[tuple[float, float]]:
    """Return (value, cost) around the value now, `reach` to either side: the curve whose tangent is the
    slope."""
    value, cost = trial_of(numbers, example, pick)
    with np.errstate(over="ignore", invalid="ignore", divide="ignore"):
        return [(x, cost(x)) for x in np.linspace(value - reach, value + reach, points).tolist()]
