"""A second opinion on answers: a network in plain Python, without NumPy and without a line of ours."""

from __future__ import annotations

import math
import re
from typing import NamedTuple

Matrix = list[list[float]]
BELOW = str.maketrans("₀₁₂₃₄₅₆₇₈₉⁰¹²³⁴⁵⁶⁷⁸⁹−‚", "01234567890123456789-,")


def logistic(z: float) -> float:
    return 1 / (1 + math.exp(-z)) if z > -700 else 0.0


VALUES = {
    "sigmoid": logistic,
    "tanh": math.tanh,
    "relu": lambda z: max(0.0, z),
    "leaky-relu": lambda z: z if z > 0 else 0.01 * z,
    "softplus": lambda z: z + math.log1p(math.exp(-z)) if z > 0 else math.log1p(math.exp(z)),
    "sine": math.sin,
    "linear": lambda z: z,
}
SLOPES = {
    "sigmoid": lambda z: logistic(z) * (1 - logistic(z)),
    "tanh": lambda z: 1 / math.cosh(z) ** 2 if abs(z) < 300 else 0.0,
    "relu": lambda z: float(z > 0),
    "leaky-relu": lambda z: 1.0 if z > 0 else 0.01,
    "softplus": logistic,
    "sine": math.cos,
    "linear": lambda z: 1.0,
}


class Net(NamedTuple):
    """Weights and biases by layer from 0, the activations' names, and the cost's."""

    w: list[Matrix]
    b: list[list[float]]
    acts: list[str]
    cost: str

    def forward(self, x: list[float], without: int | None = None) -> tuple[Matrix, Matrix]:
        """Return z and a of every layer, a from the input on; one neuron of the last hidden layer may be
        unplugged."""
        zs: Matrix = []
        signals = [x]
        for at, (w, b, act) in enumerate(zip(self.w, self.b, self.acts, strict=True)):
            z = [
                sum(wjk * ak for wjk, ak in zip(row, signals[-1], strict=True)) + bj
                for row, bj in zip(w, b, strict=True)
            ]
            if act == "softmax":
                powers = [math.exp(one - max(z)) for one in z]
                a = [power / sum(powers) for power in powers]
            else:
                a = [VALUES[act](one) for one in z]
            if without is not None and at == len(self.w) - 2:
                a[without] = 0.0
            zs.append(z)
            signals.append(a)
        return zs, signals

    def cost_of(self, x: list[float], y: list[float], without: int | None = None) -> float:
        """Return one example's cost."""
        zs, signals = self.forward(x, without)
        if self.cost == "quadratic":
            return sum(0.5 * (a - t) ** 2 for a, t in zip(signals[-1], y, strict=True))
        if self.acts[-1] == "softmax":
            top = max(zs[-1])
            whole = top + math.log(sum(math.exp(z - top) for z in zs[-1]))
            return sum(t * (whole - z) for z, t in zip(zs[-1], y, strict=True))
        soft = VALUES["softplus"]
        return sum(t * soft(-z) + (1 - t) * soft(z) for z, t in zip(zs[-1], y, strict=True))

    def deltas(self, x: list[float], y: list[float]) -> Matrix:
        """Return each layer's error."""
        zs, signals = self.forward(x)
        out = [a - t for a, t in zip(signals[-1], y, strict=True)]
        if self.cost == "quadratic":
            out = [d * SLOPES[self.acts[-1]](z) for d, z in zip(out, zs[-1], strict=True)]
        found = [out]
        for at in range(len(self.w) - 1, 0, -1):
            back = [
                sum(row[k] * d for row, d in zip(self.w[at], found[0], strict=True))
                for k in range(len(zs[at - 1]))
            ]
            found.insert(0, [r * SLOPES[self.acts[at - 1]](z) for r, z in zip(back, zs[at - 1], strict=True)])
        return found

    def stepped(self, xs: Matrix, ys: Matrix, eta: float) -> Net:
        """Return the network after one step on these examples."""
        w = [[list(row) for row in layer] for layer in self.w]
        b = [list(layer) for layer in self.b]
        for x, y in zip(xs, ys, strict=True):
            signals, errors = self.forward(x)[1], self.deltas(x, y)
            for layer, error in enumerate(errors):
                for j, d in enumerate(error):
                    b[layer][j] -= eta * d / len(xs)
                    for k, a in enumerate(signals[layer]):
                        w[layer][j][k] -= eta * d * a / len(xs)
        return self._replace(w=w, b=b)

    def mean_cost(self, xs: Matrix, ys: Matrix) -> float:
        """Return the mean cost of examples."""
        return sum(self.cost_of(x, y) for x, y in zip(xs, ys, strict=True)) / len(xs)


class Case(NamedTuple):
    """A state to grade: the network, the batch, which of it is drawn, all examples, η, and what was asked."""

    net: Net
    batch: list[int]
    drawn: int
    xs: Matrix
    ys: Matrix
    eta: float
    text: str
    names: dict[str, str]  # of the choices, by key
    dials: dict[str, tuple[int, int, int]]  # (layer, to, from) of each weight, from 0, by its name

    @property
    def x(self) -> list[float]:
        return self.xs[self.batch[self.drawn]]

    @property
    def y(self) -> list[float]:
        return self.ys[self.batch[self.drawn]]

    @property
    def after(self) -> Net:
        return self.net.stepped(
            [self.xs[at] for at in self.batch], [self.ys[at] for at in self.batch], self.eta
        )

    @property
    def output(self) -> int:
        """Return the output that is asked about, from 0: ŷ alone is the first."""
        return int(re.search(r"ŷ(\d*)", self.text.translate(BELOW))[1] or 1) - 1

    def move(self) -> float:
        """Return by how much the weight that is asked about changes."""
        name = next(name for name in sorted(self.dials, key=len, reverse=True) if f" {name} " in self.text)
        layer, to, source = self.dials[name]
        return self.after.w[layer][to][source] - self.net.w[layer][to][source]

    def hidden(self, sizes: list[float], least: bool = False) -> str:
        """Return the neuron of the last hidden layer with the largest or the smallest number."""
        at = sizes.index(min(sizes) if least else max(sizes))
        return f"n-{len(self.net.w) - 1}-{at + 1}"


def grade(key: str, case: Case) -> str | float:
    """Return the right answer as plain arithmetic has it."""
    net, x, y = case.net, case.x, case.y
    zs, signals = net.forward(x)
    if key == "side":
        return "high" if signals[-1][case.output] > y[case.output] else "low"
    if key == "unplug":
        return case.hidden([net.cost_of(x, y, at) for at in range(len(signals[-2]))])
    if key in ("blamed", "loudest"):
        most = case.hidden([abs(d) for d in net.deltas(x, y)[-2]])
        busiest = case.hidden([abs(a) for a in signals[-2]])
        return most if key == "blamed" else "yes" if most == busiest else "no"
    if key == "choked":
        return case.hidden([abs(SLOPES[net.acts[-2]](z)) for z in zs[-2]], least=True)
    if key == "wire":
        error = net.deltas(x, y)[-1][case.output]
        moves = [abs(error * a) for a in signals[-2]]
        return f"w-{len(net.w)}-{case.output + 1}-{moves.index(max(moves)) + 1}"
    if key == "left":
        size = [math.sqrt(sum(d * d for d in one) / len(one)) for one in net.deltas(x, y)]
        part = size[0] / size[-1]
        return "most" if part > 1 / 2 else "half" if part > 1 / 8 else "eighth" if part > 1 / 50 else "little"
    if key == "way":
        by = case.move()
        return "up" if by > 0 else "down" if by < 0 else "stay"
    if key == "amount":
        return case.move()
    if key == "falls":
        return (
            "falls" if case.after.mean_cost(case.xs, case.ys) < net.mean_cost(case.xs, case.ys) else "rises"
        )
    if key == "elsewhere":
        other = case.xs[int(re.search(r"example (\d+)", case.text)[1]) - 1]
        old, new = (one.forward(other)[1][-1][case.output] for one in (net, case.after))
        return "rises" if new > old else "falls"
    costs = {}
    for choice, name in case.names.items():
        eta = float(name.translate(BELOW).removeprefix("η = "))
        costs[choice] = net.stepped(case.xs, case.ys, eta).mean_cost(case.xs, case.ys)
    return min(costs, key=costs.__getitem__)
