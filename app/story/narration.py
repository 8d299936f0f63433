"""What has just happened, in this moment's names and numbers, and what comes next."""

from __future__ import annotations

from dataclasses import dataclass

from app.analysis.fingers import CLOSE
from app.engine.optimisers import OPTIMISERS
from app.engine.regularisers import REGULARISERS
from app.lab.itinerary import Moment
from app.lab.replay import Numbers
from app.notation import names
from app.notation.numbers import figure, moved
from app.story import labels
from app.story.labels import function_name, layer_name
from app.story.tale import Teller

MANY = 3  # layers with more neurons are told by their extremes


@dataclass(frozen=True)
class Narration:
    """A title ("Forward, hidden layer."), what happened, and what the next click will do."""

    title: str
    lines: list[str]
    next: str


def narrate(
    numbers: Numbers, example: int, recent: tuple[Moment, ...], coming: tuple[Moment, ...]
) -> Narration:
    """Tell the moments of the last click, for column `example` of the batch, and announce the next ones."""
    last = recent[-1]
    neurons = [m.neuron for m in recent if m[:2] == last[:2] and m.neuron]
    title = f"{labels.PHASE_NAMES[last.phase]}."
    return Narration(
        title, [Teller(numbers, example).tell(last, neurons)], _Teller(numbers, example).announce(coming)
    )


class _Teller:
    def __init__(self, numbers: Numbers, example: int) -> None:
        self.n, self.example = numbers, example
        self.sizes, self.last = numbers.network.sizes, numbers.network.last

    def name(self, layer: int, j: int) -> str:
        return names.neuron(self.sizes, layer, j)

    def value(self, table: dict, layer: int, j: int) -> float:
        return float(table[layer][j - 1, self.example])

    def neurons(self, layer: int, found: list) -> list[int]:
        return list(range(1, self.sizes[layer] + 1)) if None in found else found

    def list_of(self, table: dict, layer: int, chosen: list[int]) -> str:
        return listed([f"{self.name(layer, j)} = {figure(self.value(table, layer, j))}" for j in chosen])

    def goal(self) -> str:
        targets = [figure(float(t)) for t in self.n.y[:, self.example]]
        return f"the target is {targets[0]}" if len(targets) == 1 else f"the targets are {listed(targets)}"

    def input(self, moment: Moment, found: list) -> tuple[str, str]:
        number, rows = self.n.examples[self.example] + 1, self.n.recipe.dataset.rows
        inputs = list(range(1, self.sizes[0] + 1))
        batch = f" It stands for a batch of {len(self.n.examples)}." if len(self.n.examples) > 1 else ""
        shown = self.list_of(self.n.forward.a, 0, inputs)
        return f"Input, example {number} of {rows}.", f"{shown}; {self.goal()}. Nothing has fired yet.{batch}"

    def forward(self, moment: Moment, found: list) -> tuple[str, str]:
        layer, chosen = moment.layer, self.neurons(moment.layer, found)
        title = f"Forward, {layer_name(self.last, layer)}."
        if len(chosen) == 1:
            j, name = chosen[0], self.name(layer, chosen[0])
            z, a = self.value(self.n.forward.z, layer, j), self.value(self.n.forward.a, layer, j)
            function = function_name(self.n.network.activation(layer).key)
            heard = f"{name} adds up what it hears: {self.loudest(layer, j)}"
            return title, f"{heard}. The sum is z = {figure(z)}, and its {function} makes it a = {figure(a)}."
        if None in found:
            title = f"Forward, {layer_name(self.last, layer)}, all at once."
        loud, text = self.extremes(self.n.forward.a, layer, chosen, "is the loudest", "the quietest")
        return title, f"{text}. {self.name(layer, loud)} hears {self.loudest(layer, loud)}."

    def loudest(self, layer: int, j: int) -> str:
        """Say through which wire neuron j heard most."""
        heard = self.n.parameters.w[layer][j - 1] * self.n.forward.a[layer - 1][:, self.example]
        k = int(abs(heard).argmax()) + 1
        bias = f"its bias {figure(float(self.n.parameters.b[layer][j - 1, 0]))}"
        if heard[k - 1] == 0:
            return f"{bias} and silence from every wire"
        weight = (
            f"{names.weight(self.sizes, layer, j, k)} = "
            f"{figure(float(self.n.parameters.w[layer][j - 1, k - 1]))}"
        )
        only = "" if self.sizes[layer - 1] == 1 else "most of all "
        return f"{bias} and {only}{self.name(layer - 1, k)} through {weight}"

    def extremes(
        self, table: dict, layer: int, chosen: list[int], most: str, least: str, what: str = ""
    ) -> tuple[int, str]:
        """List a short layer, and tell a long one by its largest and smallest; return the largest's number
        too."""
        sized = sorted(chosen, key=lambda j: -abs(self.value(table, layer, j)))
        if len(chosen) <= MANY:
            return sized[0], what + self.list_of(table, layer, chosen)
        top, low = (self.list_of(table, layer, [j]) for j in (sized[0], sized[-1]))
        return sized[0], f"{what}{top} {most}, {low} {least}"

    def cost(self, moment: Moment, found: list) -> tuple[str, str]:
        outputs = list(range(1, self.sizes[-1] + 1))
        said = self.extremes(self.n.forward.a, self.last, outputs, "is the loudest output", "the quietest")[1]
        own = float(self.n.costs[self.example])
        text = f"The network says {said}; {self.goal()}. Being that wrong costs C = {figure(own)}."
        if len(self.n.costs) > 1:
            text += f" The batch's mean cost is {figure(float(self.n.costs.mean()))}."
        return "Cost.", text

    def backward(self, moment: Moment, found: list) -> tuple[str, str]:
        layer, chosen = moment.layer, self.neurons(moment.layer, found)
        title = f"Backward, {layer_name(self.last, layer)}."
        delta = self.n.backward.delta
        if len(chosen) == 1:
            j = chosen[0]
            got, kept = self.value(self.n.backward.received, layer, j), self.value(delta, layer, j)
            whence = "from the cost" if layer == self.last else "through the wires its signal went out by"
            slope = float(
                self.n.network.activation(layer).slope(self.n.forward.z[layer][j - 1, self.example])
            )
            heard = f"{self.name(layer, j)} receives blame ∂C/∂a = {figure(got)} {whence}"
            made = f"Times its slope f′ = {figure(slope)} that makes its error δ = {figure(kept)}"
            return title, f"{heard}. {made}: it {wish(kept)}."
        text = self.extremes(delta, layer, chosen, "is the largest error", "the smallest", "δ of ")[1]
        whence = "straight from the cost" if layer == self.last else "back through the same wires"
        said = verdict({self.name(layer, j): self.value(delta, layer, j) for j in chosen})
        return title, f"Blame comes {whence}. {text}. {said}."

    def descent(self, moment: Moment, found: list) -> tuple[str, str]:
        dials = list(self.dials())
        label, before, after = max(dials, key=lambda dial: abs(dial[2] - dial[1]))
        most = f" {label} moved most: {moved(before, after)}." if before != after else ""
        text = (
            f"{self.turned(len(dials), sum(old != new for _, old, new in dials))}, η = "
            f"{figure(self.n.eta)}.{most}"
        )
        whose = "this example" if len(self.n.costs) == 1 else "this batch"
        old, new = float(self.n.costs.mean()), float(self.n.costs_after.mean())
        return "Descent.", f"{text} On {whose} the cost goes from {figure(old)} to {figure(new)}."

    def turned(self, dials: int, count: int) -> str:
        """Say how many dials have moved, and by what."""
        recipe = self.n.recipe
        rules = [OPTIMISERS[recipe.optimiser].name] * (recipe.optimiser != "descent")
        rules += [REGULARISERS[recipe.regulariser].name] * (recipe.regulariser != "none")
        if not count:
            return "No dial has moved"
        every, alone = count == dials, count == 1
        own = "its own gradient" if every or alone else "their own gradient"
        how = f"as {' and '.join(rules)} would have it" if rules else f"against {own}"
        rest = "" if every or rules else "; the others have none"
        who = "Every dial has" if every else f"{count} of {dials} dials {'has' if alone else 'have'}"
        return f"{who} moved {how}{rest}"

    def dials(self):
        """Yield every dial's name, old and new value."""
        for layer in self.n.network.layers:
            for kind, label in (("w", names.weight), ("b", names.bias)):
                before, after = getattr(self.n.parameters, kind)[layer], getattr(self.n.after, kind)[layer]
                for (row, place), value in enumerate_2d(before):
                    index = (row + 1, place + 1) if kind == "w" else (row + 1,)
                    yield label(self.sizes, layer, *index), value, float(after[row, place])

    def announce(self, coming: tuple[Moment, ...]) -> str:
        """Say what the next click will do."""
        if not coming:
            return "This is the longest run there is; go back, or start again."
        first, final = coming[0], coming[-1]
        if (first.phase, final.phase) == ("input", "descent"):
            return "Next: the whole next iteration, from another example to the descent."
        if first.phase != final.phase:
            return "Next: on to the descent." if final.phase == "descent" else "Next: the following phase."
        if final.phase in ("forward", "backward"):
            where = layer_name(self.last, final.layer)
            if len(coming) == 1 and final.neuron:
                where = self.name(final.layer, final.neuron)
            if first.layer != final.layer:
                where = "the output" if final.phase == "forward" else "the first hidden layer"
            verb = "the signal moves on to" if final.phase == "forward" else "the error moves back to"
            the = "the " if where.endswith("layer") and not where.startswith("the ") else ""
            return f"Next: {verb} {the}{where}."
        return {
            "input": "Next: another example.",
            "cost": "Next: compare the output with its target.",
            "descent": "Next: every dial moves a little against its gradient.",
        }[final.phase]


def listed(parts: list[str]) -> str:
    """Join parts as a sentence does.

    >>> listed(["a", "b", "c"])
    'a, b and c'
    """
    return parts[0] if len(parts) == 1 else f"{', '.join(parts[:-1])} and {parts[-1]}"


def enumerate_2d(block):
    """Yield ((row, column), float) over a 2-D array."""
    for row, numbers in enumerate(block.tolist()):
        for place, value in enumerate(numbers):
            yield (row, place), value


def wish(delta: float) -> str:
    """Say what an error asks of its neuron."""
    if delta == 0:
        return "has nothing to answer for"
    return "should fire less ▼" if delta > 0 else "should fire more ▲"


def verdict(deltas: dict[str, float]) -> str:
    """Say who is blamed most, given errors by name; those that differ by nothing but rounding share the
    blame.

    >>> verdict({"h₁": -0.2, "h₂": 0.1}), verdict({"h₁": -0.2, "h₂": 0.2})
    ('h₁ is blamed most and should fire more ▲', 'h₁ and h₂ are blamed most, and alike')
    """
    top = max(map(abs, deltas.values()))
    alike = [name for name, delta in deltas.items() if abs(delta) >= top * (1 - CLOSE)]
    if not top:
        return "Nobody keeps any"
    if len(alike) == 1:
        return f"{alike[0]} is blamed most and {wish(deltas[alike[0]])}"
    if len(alike) == len(deltas) > 2:
        return "All are blamed alike"
    return f"{', '.join(alike[:-1])} and {alike[-1]} are blamed most, and alike"
