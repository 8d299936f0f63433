"""The worked step: the formulas of one neuron, dial or cost, as far as they have happened, with their
numbers."""

from __future__ import annotations

from math import fsum

from app.engine.activations import LEAK
from app.notation import names
from app.story.formulas.directions import DIRECTIONS
from app.story.formulas.ends import rest, share, surprise, surprise_slope, tanh_slope
from app.story.formulas.equation import MOST_DIGITS, Equation
from app.story.formulas.expression import Call, Formula, Num, Ratio, Square, less, times, total
from app.story.formulas.quantities import Quantities

MANY, FEW = 10, 3  # a sum over more than MANY examples shows the first FEW, and the others by their sum
OTHERS = "{} others"
HALF = Num("", 0.5)


def shortened(parts: list[Formula]) -> list[Formula]:
    """Return a sum's terms; of a long one the first few, and the sum of all others as the last."""
    if len(parts) <= MANY:
        return parts
    others = parts[FEW:]
    return [
        *parts[:FEW],
        Num(f"Σ_{OTHERS.format(len(others))}", fsum(part.compute(MOST_DIGITS) for part in others)),
    ]


class Worker(Quantities):
    """Write equations for column `example` of the batch; what has not happened gets none."""

    # --- a neuron ----------------------------------------------------------------------------------------

    def neuron(self, layer: int, j: int) -> list[Equation]:
        """Return z, a, and then received, slope and δ of a neuron."""
        return self.signal(layer, j) + self.blame(layer, j)

    def signal(self, layer: int, j: int) -> list[Equation]:
        """Return z and a of a neuron; of a share also the sum of all powers it is a share of."""
        if not (layer and self.has(self.n.forward.z, layer, j)):
            return []
        heard = [times(self.w(layer, j, k), self.a(layer - 1, k)) for k in self.among(layer - 1)]
        first = Equation(self.z(layer, j), total(self.b(layer, j), *heard))
        if self.net.coupled(layer):
            whole, part = share([self.z(layer, i) for i in self.among(layer)], j)
            return [first, whole, Equation(self.a(layer, j), Ratio(part, whole.result))]
        return [first, Equation(self.a(layer, j), self.activation(layer, j))]

    def activation(self, layer: int, j: int) -> Formula:
        """Return the activation function put around z."""
        z, key = self.z(layer, j), self.net.activation(layer).key
        if key == "leaky-relu":
            return z if z.value > 0 else times(Num("", LEAK), z)
        return {"sigmoid": Call("σ", z), "tanh": Call("tanh", z), "relu": Call("max(0, ·)", z), "linear": z}[
            key
        ]

    def blame(self, layer: int, j: int) -> list[Equation]:
        """Return received, slope and δ of a neuron; where neurons share, what they received on average
        instead of a slope."""
        if not self.has(self.n.backward.delta, layer, j):
            return []
        received, delta = self.received(layer, j), self.delta(layer, j)
        if layer == self.last:
            whence = self.from_cost(j)
        else:
            whence = total(
                *(times(self.w(layer + 1, i, j), self.delta(layer + 1, i)) for i in self.among(layer + 1))
            )
        first = Equation(received, whence)
        if self.net.coupled(layer):
            average = total(*(times(self.a(layer, i), self.received(layer, i)) for i in self.among(layer)))
            usual = Num("R", average.compute(MOST_DIGITS))
            return [
                first,
                Equation(usual, average),
                Equation(delta, times(self.a(layer, j), less(received, usual))),
            ]
        slope = Num(f"f′_{self.name(layer, j)}", self.slope(layer, j), f"n-{layer}-{j}")
        return [first, Equation(slope, self.slope_formula(layer, j)), Equation(delta, times(received, slope))]

    def slope_formula(self, layer: int, j: int) -> Formula:
        a, z, key = self.a(layer, j), self.z(layer, j), self.net.activation(layer).key
        if key == "sigmoid":
            return times(a, rest(a, z))
        if key == "tanh":
            return tanh_slope(a, z)
        return Num("", self.slope(layer, j), f"n-{layer}-{j}")

    def from_cost(self, j: int) -> Formula:
        """Return ∂C/∂a of an output."""
        a, y = self.a(self.last, j), self.y(j)
        if self.net.cost.key == "quadratic":
            return less(a, y)
        if self.net.output.couples:
            return times(
                Num("", -1.0), Ratio(y, a) if a.value else y
            )  # where a is 0, so is y, and 0 / 0 here means 0
        return surprise_slope(a, self.z(self.last, j), y)

    # --- the cost ----------------------------------------------------------------------------------------

    def cost(self) -> list[Equation]:
        """Return the cost of the example, and of the batch where that is more."""
        if self.n.costs is None:
            return []
        own = Num("C", float(self.n.costs[self.example]), "cost")
        outputs = range(1, self.sizes[-1] + 1)
        terms = [self.cost_term(j) for j in outputs if self.counts(j)]
        notes = dict.fromkeys(note for _, note in terms if note)
        found = [Equation(own, total(*(term for term, _ in terms)), " ".join(notes))]
        if len(self.n.costs) > 1:
            each = [
                Num(f"C{names.example(m + 1)}", float(c))
                for m, c in zip(self.n.examples, self.n.costs, strict=True)
            ]
            mean = Num("C_batch", float(self.n.costs.mean()))
            found.append(Equation(mean, Ratio(total(*shortened(each)), Num("", float(len(each))))))
        return found

    def counts(self, j: int) -> bool:
        """Tell whether an output has a part in the cost: with softmax only the true one has."""
        return not (self.net.output.couples and self.net.cost.categorical) or self.y(j).value != 0

    def cost_term(self, j: int) -> tuple[Formula, str]:
        """Return an output's part of the cost, and a remark where it needs one."""
        a, y = self.a(self.last, j), self.y(j)
        if self.net.cost.key == "quadratic":
            return times(HALF, Square(less(a, y))), ""
        if self.net.output.couples:
            return times(Num("", -1.0), y, Call("ln", a)), ""
        return surprise(a, self.z(self.last, j), y)

    # --- a dial ------------------------------------------------------------------------------------------

    def dial(self, kind: str, layer: int, j: int, k: int = 1) -> list[Equation]:
        """Return a dial's gradient and its move."""
        if not self.has(self.n.backward.nabla.w, layer, j):
            return []
        block = getattr(self.n.backward.nabla, kind)[layer]
        old = self.w(layer, j, k) if kind == "w" else self.b(layer, j)
        mark = f"w-{layer}-{j}-{k}" if kind == "w" else f"n-{layer}-{j}"
        gradient = Num(f"∂C/∂{old.name}", float(block[j - 1, k - 1]), mark)
        examples = range(len(self.n.examples))
        parts: list[Formula] = [
            times(self.a(layer - 1, k, m), self.delta(layer, j, m))
            if kind == "w"
            else self.delta(layer, j, m)
            for m in examples
        ]
        size = Num("", float(len(parts)))
        mean: Formula = parts[0] if len(parts) == 1 else total(*(Ratio(part, size) for part in parts))
        if len(parts) > MANY:
            mean = Ratio(total(*shortened(parts)), size)
        found = [Equation(gradient, mean)]
        if self.n.after is not None:
            found += self.move(kind, (layer, j - 1, k - 1), old, gradient)
        return found

    def move(self, kind: str, at: tuple[int, int, int], old: Num, gradient: Num) -> list[Equation]:
        """Return the optimiser's own terms and old − η·direction (− decay) = new."""
        layer, row, place = at

        def pick(parameters) -> float:
            return float(getattr(parameters, kind)[layer][row, place])

        recipe, eta = self.n.recipe, Num("η", self.n.eta)
        memory = [pick(remembered) for remembered in self.n.start.memory]
        terms, direction = DIRECTIONS[recipe.optimiser](gradient, memory, self.n.iteration + 1)
        moved: list[Formula] = [times(eta, direction)]
        if recipe.regulariser != "none" and kind == "w":
            pull = old if recipe.regulariser == "l2" else Call("sign", old)
            moved.append(times(eta, Num("λ", recipe.decay), pull))
        return [*terms, Equation(Num("new", pick(self.n.after), old.ref), less(old, *moved))]
