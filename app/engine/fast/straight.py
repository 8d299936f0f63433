"""Small networks without arrays: whole runs as straight-line Python, written for a network and compiled once.

With few dials and few examples at a time, calling NumPy costs more than the arithmetic. The source has a
variable for every number (`w2_1_3`, `b2_1`, `a1_3`, `d2_1` for δ) and reads like the equations. A registry
entry without a line in a table below, and an iteration whose numbers are too large for `math`, go by NumPy;
the numbers are the same but for rounding.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Sequence
from functools import lru_cache
from itertools import chain
from typing import Any, NamedTuple

from app.engine.activations import LEAK
from app.engine.network import Network
from app.engine.optimisers import ADAM_DECAYS, EPSILON, MOMENTUM, OPTIMISERS, RMSPROP_DECAY

MOST = 110  # dials, times examples at a time and averages remembered: beyond, NumPy is faster


class Form(NamedTuple):
    """An activation in text: the way from {z} to {a}, which may leave {e} for the slope, and δ from {r}, the
    blame received."""

    value: str
    pull: str


ACTIVATIONS = {
    "sigmoid": Form("{e} = exp(-{z}); {a} = 1.0 / (1.0 + {e})", "{r} * ({e} * {a} * {a})"),
    "tanh": Form("{a} = tanh({z}); {e} = cosh({z})", "{r} / ({e} * {e})"),
    "relu": Form("{a} = 0.0 if {z} <= 0.0 else {z}", "0.0 if {z} <= 0.0 else {r}"),
    "leaky-relu": Form("{a} = {z} if {z} > 0.0 else LEAK * {z}", "{r} if {z} > 0.0 else LEAK * {r}"),
    "softplus": Form(
        "{e} = exp(-abs({z})); {a} = log1p({e}) + (0.0 if {z} <= 0.0 else {z})",
        "{r} * (1.0 if {z} > 0.0 else {e}) / (1.0 + {e})",
    ),
    "sine": Form("{a} = sin({z})", "{r} * cos({z})"),
    "step": Form("{a} = 1.0 if {z} > 0.0 else 0.0", "0.0 * {r}"),
    "linear": Form("{a} = {z}", "{r}"),
}
SLOPES = {  # ∂C/∂a of one of `n` outputs
    "quadratic": "({a} - {y})",
    "squared-error": "(2.0 * ({a} - {y}))",
    "mean-squared-error": "(2.0 * ({a} - {y}) / {n})",
}
ERRORS = {("cross-entropy", "sigmoid"): "(1.0 - {y}) * {a} - {y} * ({e} * {a})"}  # ∂C/∂z at once
RULES = {  # from the gradient g to the direction g, with what is remembered
    "descent": "",
    "momentum": "{m[0]} = g = MOMENTUM * {m[0]} + g",
    "rmsprop": "{m[0]} = KEPT * {m[0]} + (1 - KEPT) * (g * g); g = g / (sqrt({m[0]}) + EPSILON)",
    "adam": "{m[0]} = FIRST * {m[0]} + (1 - FIRST) * g; {m[1]} = SECOND * {m[1]} + (1 - SECOND) * (g * g); "
    "g = ({m[0]} / mean) / (sqrt({m[1]} / square) + EPSILON)",
}
BEFORE = {"adam": "mean = 1 - FIRST ** t; square = 1 - SECOND ** t"}  # all dials move
PRICES = {"none": "", "l2": "{w}", "l1": "(({w} > 0.0) - ({w} < 0.0))"}
NAMES = {name: getattr(math, name) for name in ("exp", "tanh", "cosh", "sin", "cos", "log1p", "sqrt")} | {
    "LEAK": LEAK,
    "MOMENTUM": MOMENTUM,
    "KEPT": RMSPROP_DECAY,
    "FIRST": ADAM_DECAYS[0],
    "SECOND": ADAM_DECAYS[1],
    "EPSILON": EPSILON,
}
FRAME = """
def go(dials, memory, examples, iterations, batch, t, eta, decay):
    {dials}, = dials
    {memory}
    begin, first, turn = t, 0, len(examples) - batch
    try:  # only what comes before the first dial moves can fail
        for t in range(t, t + iterations):
            {learn}
            first = (first + batch) % turn
        t += 1
    except (ArithmeticError, ValueError):
        pass
    return t - begin, [{dials}], [{remembered}]
"""
ALONE = "{example} = examples[first]"
TOGETHER = """{sums} = 0.0
            for {example} in examples[first : first + batch]:"""
Go = Callable[..., tuple[int, list[float], list[float]]]


class Dial(NamedTuple):
    """A dial in text: its name, δ of its neuron, and what it multiplies; "" for a bias."""

    name: str
    delta: str
    signal: str

    @property
    def slope(self) -> str:
        """Return ∂C/∂dial of one example."""
        return f"{self.delta} * {self.signal}" if self.signal else self.delta  # BP3, BP4


def dials_of(sizes: Sequence[int]) -> list[Dial]:
    """Return all dials, layer by layer as they lie in a run's memory: wᵀ, then b."""
    found = []
    for l, n in enumerate(sizes[1:], 1):
        below, above = range(1, sizes[l - 1] + 1), range(1, n + 1)
        found += [Dial(f"w{l}_{j}_{k}", f"d{l}_{j}", f"a{l - 1}_{k}") for k in below for j in above]
        found += [Dial(f"b{l}_{j}", f"d{l}_{j}", "") for j in above]
    return found


def forward(network: Network) -> Iterator[str]:
    """Yield the lines from the inputs to the outputs."""
    for l in network.layers:
        for j in range(1, network.sizes[l] + 1):
            terms = [f"w{l}_{j}_{k} * a{l - 1}_{k}" for k in range(1, network.sizes[l - 1] + 1)]
            yield f"z{l}_{j} = {' + '.join(terms)} + b{l}_{j}"
            yield ACTIVATIONS[network.activation(l).key].value.format_map(numbers(l, j))


def backward(network: Network) -> Iterator[str]:
    """Yield the lines from the outputs to the error of every neuron."""
    output, cost, last = network.output.key, network.cost.key, network.last
    for j in range(1, network.sizes[last] + 1):
        given = numbers(last, j) | {"y": f"y{j}", "n": network.sizes[last]}
        received = SLOPES.get(cost, "").format_map(given)
        law = ERRORS.get((cost, output), ACTIVATIONS[output].pull)
        yield f"d{last}_{j} = {law.format_map(given | {'r': received})}"  # BP1
    for l in range(last - 1, 0, -1):
        for k in range(1, network.sizes[l] + 1):
            terms = [f"w{l + 1}_{j}_{k} * d{l + 1}_{j}" for j in range(1, network.sizes[l + 1] + 1)]
            given = numbers(l, k) | {"r": f"({' + '.join(terms)})"}
            yield f"d{l}_{k} = {ACTIVATIONS[network.activation(l).key].pull.format_map(given)}"  # BP2


def numbers(layer: int, neuron: int) -> dict[str, Any]:
    """Return the names of a neuron's numbers."""
    return {kind: f"{kind}{layer}_{neuron}" for kind in "zae"}


def descent(dial: Dial, slope: str, optimiser: str, regulariser: str, held: bool) -> Iterator[str]:
    """Yield the lines that move one dial; a held one only remembers."""
    yield f"g = {slope}"
    yield RULES[optimiser].format(m=memory_of(dial, optimiser))
    price = PRICES[regulariser].format(w=dial.name) if dial.signal else ""
    if not held:
        yield f"{dial.name} = {dial.name} - eta * g{f' - eta * (decay * {price})' if price else ''}"


def memory_of(dial: Dial, optimiser: str) -> list[str]:
    """Return the names of what an optimiser remembers of a dial."""
    return [f"m{number}_{dial.name}" for number in range(OPTIMISERS[optimiser].remembers)]


def source(network: Network, alone: bool, optimiser: str, regulariser: str, held: frozenset[int]) -> str:
    """Write the run of a network on one example at a time, `alone`, or on several; `held` are numbers of
    dials."""
    dials = dials_of(network.sizes)
    inputs = [f"a0_{k}" for k in range(1, network.sizes[0] + 1)]
    example = ", ".join([*inputs, *(f"y{j}" for j in range(1, network.sizes[-1] + 1))])
    passes = [*forward(network), *backward(network)]
    if alone:
        learn = [ALONE.format(example=example), *passes]
    else:
        head = TOGETHER.format(sums=" = ".join(f"s_{dial.name}" for dial in dials), example=example)
        sums = [f"s_{dial.name} += {dial.slope}" for dial in dials]
        learn = [head, *(f"    {line}" for line in [*passes, *sums])]
    learn.append(BEFORE.get(optimiser, ""))
    for number, dial in enumerate(dials):
        slope = dial.slope if alone else f"s_{dial.name} / batch"
        learn += descent(dial, slope, optimiser, regulariser, number in held)
    remembered = ", ".join(chain(*zip(*(memory_of(dial, optimiser) for dial in dials), strict=True)))
    return FRAME.format(
        dials=", ".join(dial.name for dial in dials),
        memory=f"{remembered}, = memory" if remembered else "",
        remembered=remembered,
        learn="\n            ".join(filter(None, learn)),
    )


def known(network: Network, optimiser: str, regulariser: str) -> bool:
    """Tell whether every function has a line in the tables."""
    functions = {network.activation(l).key for l in network.layers}
    judged = network.cost.key in SLOPES or (network.cost.key, network.output.key) in ERRORS
    return judged and functions <= set(ACTIVATIONS) and optimiser in RULES and regulariser in PRICES


@lru_cache(maxsize=256)
def straight(
    network: Network, batch: int, optimiser: str, regulariser: str, held: frozenset[int]
) -> Go | None:
    """Return the function that runs a network, None where NumPy's way is faster or a function has no line
    here.

    It goes from flat lists of dials and memory, with the examples from its first one on, as many more than
    they come round as there are in a batch, to how many iterations it could do, the dials and the memory.
    """
    dials = sum((below + 1) * n for below, n in zip(network.sizes, network.sizes[1:], strict=False))
    if dials * (batch + OPTIMISERS[optimiser].remembers) > MOST or not known(network, optimiser, regulariser):
        return None
    found: dict[str, Any] = dict(NAMES)
    exec(source(network, batch == 1, optimiser, regulariser, held), found)
    go: Go = found["go"]
    return go
