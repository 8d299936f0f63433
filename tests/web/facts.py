"""What is known at a moment, asked for by neuron and wire, as one example's plain numbers; None: not yet."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from types import SimpleNamespace

from app.analysis import rounding
from app.engine.backprop import Backward
from app.notation import names
from app.notation.numbers import figure, moved
from tests.web.oracle import Known


class NotTrue(AssertionError):
    """Say what the screen says wrongly, or too early."""


def same(what: str, shown: object, true: object) -> None:
    """See that what is shown is what is true."""
    if shown != true:
        raise NotTrue(f"{what}: shown {shown!r}, true {true!r}")


@dataclass(frozen=True)
class Facts:
    """Look things up; layers from 0, neurons from 1, `example` is a column from 0."""

    known: Known
    example: int

    @property
    def sizes(self) -> tuple[int, ...]:
        """Return (n_0, …, n_L)."""
        return self.known.sizes

    def at(self, table: dict, layer: int, j: int, column: int | None = None) -> float | None:
        """Return a number of neuron j, None where its row is not there."""
        block = table.get(layer)
        place = self.example if column is None else column
        return None if block is None or len(block) < j else float(block[j - 1, place])

    def z(self, layer: int, j: int) -> float | None:
        return self.at(self.known.forward.z, layer, j)

    def a(self, layer: int, j: int) -> float | None:
        return self.at(self.known.forward.a, layer, j)

    def received(self, layer: int, j: int) -> float | None:
        return self.at(self.known.backward.received, layer, j)

    def delta(self, layer: int, j: int) -> float | None:
        return self.at(self.known.backward.delta, layer, j)

    @cached_property
    def real(self) -> Backward:
        """Return the backward pass with 0 for what is only rounding; how much that is is tested by itself."""
        known = self.known
        asked = {name: getattr(known, name) for name in ("network", "forward", "backward", "x", "y")}
        return rounding.real(SimpleNamespace(**asked, parameters=known.before, found={}))

    def blame(self, layer: int, j: int) -> float:
        """Return the error that has a side, 0 where there is none or where it is only rounding."""
        return self.at(self.real.delta, layer, j) or 0.0

    def tilt(self, kind: str, layer: int, j: int, k: int) -> float:
        """Return the part of the gradient that has a side, 0 as above."""
        return self.at(getattr(self.real.nabla, kind), layer, j, k - 1) or 0.0

    def weight(self, layer: int, j: int, k: int) -> float:
        return float(self.known.before.w[layer][j - 1, k - 1])

    def nabla(self, kind: str, layer: int, j: int, k: int) -> float | None:
        return self.at(getattr(self.known.backward.nabla, kind), layer, j, k - 1)

    def said(self, layer: int, j: int) -> float | None:
        """Return what a disc says: after the descent the answer of the new dials."""
        again = self.known.again
        return self.a(layer, j) if again is None else self.at(again.a, layer, j)

    def cost(self) -> float | None:
        return None if self.known.costs is None else float(self.known.costs[self.example])

    def cost_said(self) -> float | None:
        """Return the cost of what the discs say."""
        costs = self.known.costs_after
        return self.cost() if costs is None else float(costs[self.example])

    def name(self, layer: int, j: int) -> str:
        """Return a neuron's name in the picture; an output that stands for something short is called so."""
        called = self.known.data.called
        short = called and layer == len(self.sizes) - 1 and len(called[j - 1]) <= 3
        return called[j - 1] if short else names.neuron(self.sizes, layer, j)

    def targets(self) -> list[float]:
        return self.known.y[:, self.example].tolist()

    def miss(self) -> float:
        """Return the largest |a − y| of the outputs, 1 where nothing is missed."""
        missed = self.known.forward.a[len(self.sizes) - 1] - self.known.y
        return float(abs(missed[:, self.example]).max()) or 1.0

    def slope(self, layer: int, j: int) -> float | None:
        """Return f′ once the error is there; a layer that only fires together has none per neuron."""
        function = self.known.network.activation(layer) if layer else None
        if self.delta(layer, j) is None or function.couples:
            return None
        return float(function.slope(self.known.forward.z[layer][j - 1, self.example]))

    def locked(self, layer: int, j: int) -> bool:
        """Tell whether the neuron passes on almost nothing: f′ below 5 % of the steepest slope."""
        slope = self.slope(layer, j)
        return slope is not None and abs(slope) < 0.05 * self.known.network.activation(layer).steepest

    def passed(self, layer: int, j: int, k: int) -> float | None:
        """Return w·δ once neuron k below has received it; inputs receive nothing."""
        if layer == 1 or self.delta(layer - 1, k) is None:
            return None
        return self.weight(layer, j, k) * self.delta(layer, j)

    def shares(self, layer: int, j: int) -> list[float]:
        """Return every wire's share of what neuron j passes back."""
        sizes = [abs(w * self.blame(layer, j)) for w in self.known.before.w[layer][j - 1].tolist()]
        return [size / (sum(sizes) or 1.0) for size in sizes]

    def dial_text(self, kind: str, layer: int, j: int, k: int) -> str:
        """Write a dial as "name old", after the descent with its move."""
        name = names.weight(self.sizes, layer, j, k) if kind == "w" else names.bias(self.sizes, layer, j)
        old, new = (self.dial(dials, kind, layer, j, k) for dials in (self.known.before, self.known.after))
        return f"{name} {figure(old) if new is None else moved(old, new)}"

    def held_text(self, kind: str, layer: int, j: int, k: int) -> str:
        """Write that a dial is held still, "" where it is not."""
        held = self.known.held
        return ", held still" if held is not None and self.dial(held, kind, layer, j, k) else ""

    @staticmethod
    def dial(dials: object, kind: str, layer: int, j: int, k: int) -> float | None:
        return None if dials is None else float(getattr(dials, kind)[layer][j - 1, k - 1])

    def neuron_rows(self) -> list[list[str]]:
        """Return the neurons' table."""
        looks = (self.z, self.a, self.received, self.slope, self.delta)
        return [
            [
                names.neuron(self.sizes, layer, j),
                *self.shared(layer, [written(look(layer, j)) for look in looks]),
            ]
            for layer, size in enumerate(self.sizes)
            for j in range(1, size + 1)
        ]

    def shared(self, layer: int, row: list[str]) -> list[str]:
        """Return a row with a dash for the slope that an output coupled with others does not have alone."""
        coupled = layer == len(self.sizes) - 1 and self.known.network.output.couples
        return [*row[:3], "–" if coupled and row[4] else row[3], row[4]]

    def goal_rows(self) -> list[list[str]]:
        """Return the table of targets and costs."""
        costs, last = self.known.costs, len(self.sizes) - 1
        rows = [
            [names.neuron(self.sizes, last, j).replace("ŷ", "y"), written(y)]
            for j, y in enumerate(self.targets(), 1)
        ]
        rows.append(["C", written(self.cost())])
        if len(self.known.examples) > 1:
            rows.append(["C(batch)", written(None if costs is None else float(costs.mean()))])
        return rows

    def dial_rows(self) -> list[list[str]]:
        """Return the dials' table: the weights of a layer row by row, then its biases."""
        rows = []
        for layer in range(1, len(self.sizes)):
            places = [
                ("w", j, k)
                for j in range(1, self.sizes[layer] + 1)
                for k in range(1, self.sizes[layer - 1] + 1)
            ]
            for kind, j, k in places + [("b", j, 1) for j in range(1, self.sizes[layer] + 1)]:
                old, new = (
                    self.dial(dials, kind, layer, j, k) for dials in (self.known.before, self.known.after)
                )
                change = None if new is None else new - old
                name = self.dial_text(kind, layer, j, k).split(" ")[0]
                rows.append([name, *map(written, (old, self.nabla(kind, layer, j, k), change, new))])
        return rows

    def moved(self) -> set[int]:
        """Return how many dials moved: all that did, or those that moved by more than the rounding
        of the dial itself, or of what cancels out on the way to it."""
        before, after = self.known.before.vector(), self.known.after.vector()
        moves = abs(after - before)
        own = abs(after) + abs(before)
        return {int((moves > noise).sum()) for noise in (0, 1e-13 * own, 1e-13 * (own + moves.max()))}

    def counts(self) -> set[str]:
        """Return the whole numbers a sentence may count with."""
        known = self.known
        found = {*known.examples, known.rows, len(known.examples)}
        if known.after is not None:  # how many dials there are, and how many have moved
            dials = len(known.after.vector())
            still = 0 if known.held is None else int(known.held.vector().sum())
            found |= {dials, dials - still} | self.moved()
        if known.costs is not None and known.regulariser in (
            "l1",
            "l2",
        ):  # the others of a long sum of weights
            found.add(sum(w.size for w in known.before.w.values()) - 3)
        return {f"{count:,}" for count in found}


def side(value: float | None) -> set[str]:
    """Return the class that the sign of a blame asks for."""
    return set() if not value else {"less" if value > 0 else "more"}


def written(value: float | None) -> str:
    """Write a number, nothing where there is none."""
    return "" if value is None else figure(value)
