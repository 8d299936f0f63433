"""What registry entries cost in whole runs: for each a list of NumPy calls that write into arrays already
there.

A new registry entry needs nothing here. One without calls of its own in a table below goes through the entry
itself, which is slower by its allocations and no more; a test holds both ways together.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from itertools import pairwise
from typing import NamedTuple

import numpy as np

from app.engine.activations import LEAK, Activation
from app.engine.costs import output_error
from app.engine.network import Network
from app.engine.optimisers import ADAM_DECAYS, EPSILON, MOMENTUM, OPTIMISERS, RMSPROP_DECAY
from app.engine.parameters import Array, Parameters
from app.engine.regularisers import REGULARISERS

Calls = list[Callable[[], object]]
WIDE = 64  # examples at a time
ZERO, ONE, HUGE = np.array(0.0), np.array(1.0), np.array(1e300)  # NumPy takes an array faster than a float


class Space(NamedTuple):
    """One number per dial: flat; as blocks, wᵀ over bᵀ, shape (n_{l−1} + 1, n_l); as parameters. The numbers
    are shared."""

    flat: Array
    block: dict[int, Array]
    named: Parameters


def space(sizes: tuple[int, ...]) -> Space:
    """Return zeros for the layer sizes (n_0, …, n_L)."""
    shapes = [(below + 1, n) for below, n in pairwise(sizes)]
    ends = np.cumsum([rows * columns for rows, columns in shapes]).tolist()
    flat = np.zeros(ends[-1])
    parts = zip(np.split(flat, ends[:-1]), shapes, strict=True)
    block = {layer: part.reshape(shape) for layer, (part, shape) in enumerate(parts, 1)}
    w, b = ({layer: both[cut].T for layer, both in block.items()} for cut in (slice(-1), slice(-1, None)))
    return Space(flat, block, Parameters(w, b))


def fill(target: Parameters, source: Parameters) -> None:
    """Write every dial of one into the arrays of the other."""
    for old, new in zip(target.blocks(), source.blocks(), strict=True):
        old[...] = new


def put(out: Array, function: Callable[..., Array], *given: object) -> None:
    """Write what a function returns into an array."""
    out[...] = function(*given)


def of(function: Callable[..., object]) -> Callable[..., Callable[[], object]]:
    """Return a writer of prepared calls: `add(x, y, out)` is the call np.add(x, y, out), to be made later."""
    return lambda *arrays: partial(function, *arrays)


add, cosh, divide, exp, heaviside = of(np.add), of(np.cosh), of(np.divide), of(np.exp), of(np.heaviside)
multiply, negative, positive, sign = of(np.multiply), of(np.negative), of(np.positive), of(np.sign)
sqrt, subtract, tanh = of(np.sqrt), of(np.subtract), of(np.tanh)

VALUES: dict[str, Callable[[Array, Array, Array], Calls]] = {  # from z to a; f is where f′(z) will be
    "sigmoid": lambda z, a, f: [negative(z, f), exp(f, f), add(f, ONE, a), divide(ONE, a, a)],
    "tanh": lambda z, a, f: wide_tanh(z, a, f) if wide(z) else [tanh(z, a)],
    "relu": lambda z, a, f: [partial(np.maximum, z, ZERO, out=a)],
    "leaky-relu": lambda z, a, f: [multiply(z, np.array(LEAK), a), partial(np.maximum, z, a, out=a)],
    "sine": lambda z, a, f: [partial(np.sin, z, out=a)],
    "linear": lambda z, a, f: [positive(z, a)],
}
SLOPES: dict[str, Callable[[Array, Array, Array], Calls]] = {  # to f′(z), exact far out in the tails
    # f is e^−z yet, from the way to a = 1 / (1 + e^−z): σ′ = e^−z · a²
    "sigmoid": lambda z, a, f: [partial(np.minimum, f, HUGE, out=f), multiply(f, a, f), multiply(f, a, f)],
    "tanh": lambda z, a, f: (
        [] if wide(z) else [cosh(z, f), divide(ONE, f, f), multiply(f, f, f)]  # 1 / cosh² z
    ),
    "relu": lambda z, a, f: [heaviside(z, ZERO, f)],
    "leaky-relu": lambda z, a, f: [
        heaviside(z, ZERO, f),
        multiply(f, np.array(1 - LEAK), f),
        add(f, np.array(LEAK), f),
    ],
    "sine": lambda z, a, f: [partial(np.cos, z, out=f)],
    "linear": lambda z, a, f: [],  # its slopes are the ones that the array was made with
}


def wide(z: Array) -> bool:
    """Tell whether there are so many examples that arithmetic costs more than calls."""
    return bool(z.shape[1] >= WIDE)


def wide_tanh(z: Array, a: Array, f: Array) -> Calls:
    """Return the calls to tanh z and its slope by one exponential, t = e^−2|z|: |a| = 2 / (1 + t) − 1 and
    f′ = t · (1 + |a|)², which is exact far out in the tails."""
    exponential: Calls = [partial(np.absolute, z, f), multiply(f, np.array(-2.0), f), exp(f, f)]
    above = [add(f, ONE, a), divide(np.array(2.0), a, a)]  # 1 + |a|
    slope = [multiply(f, a, f), multiply(f, a, f)]
    return [*exponential, *above, *slope, subtract(a, ONE, a), partial(np.copysign, a, z, a)]


def value_calls(activation: Activation, z: Array, a: Array, slope: Array) -> Calls:
    """Return the calls from z to a, all (n, m), which may leave in `slope` what its own calls go on from."""
    own = VALUES.get(activation.key)
    return own(z, a, slope) if own else [partial(put, a, activation.value, z)]


def slope_calls(activation: Activation, z: Array, a: Array, slope: Array) -> Calls:
    """Return the calls from z and a to f′(z), all (n, m), to be made after those to a; none where neurons are
    coupled and `pull` needs no slope."""
    own = SLOPES.get(activation.key)
    if own:
        return own(z, a, slope)
    return [] if activation.couples else [partial(put, slope, activation.slope, z)]


def pull_call(activation: Activation, z: Array, slope: Array, delta: Array) -> Callable[[], object]:
    """Return the call that turns ∂C/∂a into δ, in the same array."""
    return (
        partial(put, delta, activation.pull, z, delta)
        if activation.couples
        else multiply(delta, slope, delta)
    )


def blame_calls(network: Network, outputs: tuple[Array, ...], y: Array, toward: Array) -> Calls:
    """Return the calls from the outputs' z to their error, BP1; outputs are z, a, slope, error; toward =
    2y − 1."""
    cost, output, (z, a, slope, delta) = network.cost, network.output, outputs
    if (cost.key, output.key) == ("cross-entropy", "sigmoid") and (np.abs(toward) == 1).all():
        # a − y is σ(z) where y is 0, and −σ(−z) where y is 1: both are −toward / (1 + e^(toward·z)).
        away = -toward
        return [
            multiply(z, toward, delta),
            exp(delta, delta),
            add(delta, ONE, delta),
            divide(away, delta, delta),
        ]
    answer = value_calls(output, z, a, slope)
    if cost.key == "quadratic":
        pulled = pull_call(output, z, slope, delta)
        return [*answer, *slope_calls(output, z, a, slope), subtract(a, y, delta), pulled]
    return [*answer, partial(put, delta, output_error, cost, output, z, a, y)]


def momentum(g: Array, t: Array, v: Array) -> tuple[Calls, Array]:
    """Return v ← 0.9·v + g."""
    return [multiply(v, np.array(MOMENTUM), v), add(v, g, v)], v


def rmsprop(g: Array, t: Array, s: Array) -> tuple[Calls, Array]:
    """Return g / (√s + ε) after s ← 0.9·s + 0.1·g²."""
    u = np.empty_like(g)
    return [
        *average(s, RMSPROP_DECAY, u, multiply(g, g, u)),
        sqrt(s, u),
        add(u, np.array(EPSILON), u),
        divide(g, u, u),
    ], u


def adam(g: Array, t: Array, m: Array, v: Array) -> tuple[Calls, Array]:
    """Return m̂ / (√v̂ + ε) after both averages have taken g in."""
    u, direction, since_zero = np.empty_like(g), np.empty_like(g), (np.array(0.0), np.array(0.0))

    def corrections() -> None:
        for part, decay in zip(since_zero, ADAM_DECAYS, strict=True):
            part[...] = 1 - decay ** t.item()

    mean = [*average(m, ADAM_DECAYS[0], u, positive(g, u)), divide(m, since_zero[0], direction)]
    square = [*average(v, ADAM_DECAYS[1], u, multiply(g, g, u)), divide(v, since_zero[1], u)]
    return [
        corrections,
        *mean,
        *square,
        sqrt(u, u),
        add(u, np.array(EPSILON), u),
        divide(direction, u, direction),
    ], direction


def average(kept: Array, decay: float, new: Array, renew: Callable[[], object]) -> Calls:
    """Return the calls for kept ← decay·kept + (1 − decay)·new, where `renew` writes what is new."""
    return [
        multiply(kept, np.array(decay), kept),
        renew,
        multiply(new, np.array(1 - decay), new),
        add(kept, new, kept),
    ]


# From the gradient, the number of the step and the optimiser's memory to the calls and where they leave the
# direction.
RULES: dict[str, Callable[..., tuple[Calls, Array]]] = {
    "momentum": momentum,
    "rmsprop": rmsprop,
    "adam": adam,
}


def rule_calls(
    key: str, sizes: tuple[int, ...], nabla: Space, memory: list[Space], t: Array
) -> tuple[Calls, Array]:
    """Return an optimiser's calls, and the flat array in which they leave the direction."""
    if key in RULES:
        return RULES[key](nabla.flat, t, *(part.flat for part in memory))
    direction = space(sizes)

    def entry() -> None:
        found, known = OPTIMISERS[key].rule(tuple(part.named for part in memory), nabla.named, int(t.item()))
        for target, source in zip((direction, *memory), (found, *known), strict=True):
            fill(target.named, source)

    return [entry], direction.flat


def price_calls(key: str, sizes: tuple[int, ...], dials: Space, decay: float) -> tuple[Calls, Array]:
    """Return a regulariser's calls, and the flat array in which they leave its pull, decay · slope, on every
    dial."""
    pull, share = space(sizes), space(sizes)
    for w in share.named.w.values():
        w[...] = decay  # and 0 for the biases
    if key == "l2":
        return [multiply(dials.flat, share.flat, pull.flat)], pull.flat
    if key == "l1":
        return [sign(dials.flat, pull.flat), multiply(pull.flat, share.flat, pull.flat)], pull.flat
    return [lambda: fill(pull.named, REGULARISERS[key].gradient(dials.named, decay))], pull.flat
