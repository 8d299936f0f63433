"""The worked step: the formulas of one neuron, dial or cost, as far as they have happened, with their
numbers."""

from __future__ import annotations

from math import fsum, isfinite

from app.engine.regularisers import REGULARISERS
from app.lab.dials import Dial, dials_of
from app.notation import names
from app.notation.language import N_, _, tr
from app.notation.numbers import apart
from app.story.formulas.equation import MOST_DIGITS, Equation
from app.story.formulas.expression import Formula, Num, Ratio, less, times, total
from app.story.formulas.quantities import Quantities
from app.story.functions import activations, costs, optimisers, regularisers

MANY, FEW = 10, 3  # a sum over more than MANY examples shows the first FEW, and the others by their sum


def alone(found: Num) -> Num:
    """Return a value as its own formula: all there is to say where nobody has written down the law."""
    return Num("", found.value, found.ref)


def shortened(parts: list[Formula]) -> list[Formula]:
    """Return a sum's terms; of a long one the first few, and the sum of all others as the last."""
    if len(parts) <= MANY:
        return parts
    others = parts[FEW:]
    name = "Σ_" + _("{count} others", count=len(others))
    return [*parts[:FEW], Num(name, fsum(part.compute(MOST_DIGITS) for part in others))]


SHORT = N_("The short way: here the slopes of the cost and of the output cancel.")
AT_ONCE = N_(
    "Worked out at once: the slopes of the cost and of the output cancel, and one by one they need more "
    "digits than a computer has."
)


HELD = N_("This dial is held still: it keeps its value, whatever its gradient.")
APART = N_(
    "The price of large weights stands apart: λ pulls at the weights beside the step (decoupled, as in "
    "AdamW), so the gradient and every cost shown are without it."
)


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
        biased = [self.b(layer, j)] if self.n.recipe.biases else []
        first = Equation(self.z(layer, j), total(*biased, *heard))
        share = activations.told(self.net.activation(layer).key).share
        if share:
            whole, part = share([self.z(layer, i) for i in self.among(layer)], j)
            return [first, whole, Equation(self.a(layer, j), Ratio(part, whole.result))]
        return [first, Equation(self.a(layer, j), self.activation(layer, j))]

    def activation(self, layer: int, j: int) -> Formula:
        """Return the activation function put around z."""
        value = activations.told(self.net.activation(layer).key).value
        return value(self.z(layer, j)) if value else alone(self.a(layer, j))

    def blame(self, layer: int, j: int) -> list[Equation]:
        """Return received, slope and δ of a neuron, of an output also the short way to δ; where neurons
        share, what they received on average instead of a slope."""
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
            error = Equation(delta, times(self.a(layer, j), less(received, usual)))
            steps = [first, Equation(usual, average), error]
            return self.at_once(steps, j) or [*steps, *self.short(layer, j)]
        slope = Num(f"f′_{self.name(layer, j)}", self.slope(layer, j), f"n-{layer}-{j}")
        law = activations.told(self.net.activation(layer).key).slope
        how = law(self.a(layer, j), self.z(layer, j)) if law else alone(slope)
        steps = [first, Equation(slope, how), Equation(delta, times(received, slope))]
        return (layer == self.last and self.at_once(steps, j)) or [*steps, *self.short(layer, j)]

    def at_once(self, steps: list[Equation], j: int) -> list[Equation]:
        """Return an output's δ by the law of its own, where the steps to it lack the digits, after those of
        them that have enough; else nothing."""
        law = costs.law_of(self.net.cost, self.net.output)
        if law is None or law.error is None:
            return []
        sure = [step for step in steps if isfinite(step.result.value) and step.works_out(step.digits)]
        if len(sure) == len(steps) and not steps[-1].rounding:
            return []
        there = [step for step in sure if step is not steps[-1]]
        return [*there, Equation(steps[-1].result, law.error(self.outputs(), j - 1), tr(AT_ONCE))]

    def outputs(self) -> list[costs.Output]:
        """Return all outputs."""
        last = self.last
        return [costs.Output(self.a(last, j), self.z(last, j), self.y(j)) for j in self.among(last)]

    def short(self, layer: int, j: int) -> list[Equation]:
        """Return the short way to an output's error where there is one and the digits are enough for it."""
        law = costs.law_of(self.net.cost, self.net.output) if layer == self.last else None
        if law is None or law.short != self.net.output.key:
            return []
        found = Equation(self.delta(layer, j), less(self.a(layer, j), self.y(j)), tr(SHORT))
        return [found] if found.works_out(found.digits) and not found.rounding else []

    def from_cost(self, j: int) -> Formula:
        """Return ∂C/∂a of an output."""
        law = costs.law_of(self.net.cost, self.net.output)
        if law is None:
            return alone(self.received(self.last, j))
        return law.slope(self.outputs(), j - 1)

    # --- the cost ----------------------------------------------------------------------------------------

    def cost(self) -> list[Equation]:
        """Return the cost of the example, and of the batch where that is more."""
        if self.n.costs is None:
            return []
        found = [self.own_cost(float(self.n.costs[self.example]))]
        if len(self.n.costs) > 1:
            each: list[Formula] = [
                Num(f"C{names.example(m + 1)}", float(c))
                for m, c in zip(self.n.examples, self.n.costs, strict=True)
            ]
            mean = Num("C_batch", float(self.n.costs.mean()))
            found.append(Equation(mean, Ratio(total(*shortened(each)), Num("", float(len(each))))))
        return [*found, *self.priced(found[-1].result)]

    def priced(self, cost: Num) -> list[Equation]:
        """Return what the regulariser asks for all weights, and the cost with it, which no gradient is of."""
        recipe, weights = self.n.recipe, [dial for dial in dials_of(self.sizes) if dial.kind == "w"]
        said = regularisers.told(recipe.regulariser)
        if said.part is None:
            return []
        parts = [said.part(self.w(*dial[1:])) for dial in weights]
        value = REGULARISERS[recipe.regulariser].price(self.n.parameters, 1.0)
        price, rate = Num("P", value), Num("λ", recipe.decay)
        factor = [] if said.factor == 1 else [Num("", said.factor)]
        whole = total(*shortened(parts))
        return [
            Equation(price, times(*factor, whole) if factor else whole),
            Equation(
                Num("C_with P", cost.value + recipe.decay * value), total(cost, times(rate, price)), tr(APART)
            ),
        ]

    def own_cost(self, value: float) -> Equation:
        """Return the cost of the example as the sum of its outputs' parts."""
        own, law = Num("C", value, "cost"), costs.law_of(self.net.cost, self.net.output)
        if law is None:
            return Equation(own, alone(own))
        outputs = self.outputs()
        terms = [term for at in range(len(outputs)) if (term := law.term(outputs, at))]
        notes = dict.fromkeys(tr(note) for formula, note in terms if note)
        return Equation(own, total(*(formula for formula, note in terms)), " ".join(notes))

    # --- a dial ------------------------------------------------------------------------------------------

    def dial(self, dial: Dial) -> list[Equation]:
        """Return a dial's gradient and its move."""
        nabla = dial.known(self.n.backward.nabla)
        if nabla is None:
            return []
        layer, j, k = dial[1:]
        old = self.b(layer, j) if dial.kind == "b" else self.w(layer, j, k)
        gradient = Num(f"∂C/∂{old.name}", nabla, old.ref)
        parts: list[Formula] = [
            times(self.a(layer - 1, k, m), self.delta(layer, j, m))
            if dial.kind == "w"
            else self.delta(layer, j, m)
            for m in range(len(self.n.examples))
        ]
        size = Num("", float(len(parts)))
        mean: Formula = parts[0] if len(parts) == 1 else total(*(Ratio(part, size) for part in parts))
        if len(parts) > MANY:
            mean = Ratio(total(*shortened(parts)), size)
        found = [Equation(gradient, mean)]
        if self.n.after is not None:
            found += self.move(old, gradient, dial, dial.of(self.n.after))
        return found

    def move(self, old: Num, gradient: Num, dial: Dial, after: float) -> list[Equation]:
        """Return the optimiser's own terms and old − η·direction (− η·λ·pull) = new."""
        recipe, eta, new = self.n.recipe, Num("η", self.n.eta), Num("new", after, old.ref)
        if recipe.is_held(dial):
            return [Equation(new, old, tr(HELD))]
        step = optimisers.told(recipe.optimiser).direction
        pull = regularisers.told(recipe.regulariser).pull
        pulled = recipe.regulariser != "none" and dial.kind == "w"
        if step is None or (pulled and pull is None):
            return [Equation(new, alone(new), least=apart(old.value, after))]
        memory = [dial.of(remembered) for remembered in self.n.start.memory]
        terms, direction = step(gradient, memory, self.n.iteration + 1)
        moved: list[Formula] = [times(eta, direction)]
        if pulled and pull is not None:
            moved.append(times(eta, Num("λ", recipe.decay), pull(old)))
        return [*terms, Equation(new, less(old, *moved), least=apart(old.value, after))]
