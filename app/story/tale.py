"""What has just happened, told as a story: no Greek, at most two numbers a sentence, and who is to blame for what."""

from __future__ import annotations

from app.analysis.blame import Blame, blame_of, tops
from app.engine.parameters import Array
from app.lab.itinerary import Moment
from app.lab.replay import Numbers
from app.notation import names
from app.notation.numbers import MINUS, figure
from app.story.labels import layer_name

MANY = 3  # layers with more neurons are told by their extremes
WORDS = [
    "no",
    "one",
    "two",
    "three",
    "four",
    "five",
    "six",
    "seven",
    "eight",
    "nine",
    "ten",
    "eleven",
    "twelve",
]
LEAST = 0.005  # what is smaller than this is almost 0 in a story
LITTLE = 0.2  # a cost that falls by a smaller part than this is a little better
FAINT = 0.05  # of the steepest slope: what has less hardly reacts


def told(value: float) -> str:
    """Write a number for a story: two digits behind the point, and nothing smaller than "almost 0".

    >>> told(0.6584), told(-2.0), told(0.0004), told(0.0), told(123.4)
    ('0.66', '−2', 'almost 0', '0', '123')
    """
    if value and abs(value) < LEAST:
        return "almost 0"
    if value == round(value) or abs(value) >= 10:
        return figure(value)
    return f"{value:.2f}".replace("-", MINUS)


def counted(number: int) -> str:
    """Write a small number as a word.

    >>> counted(9), counted(13)
    ('nine', '13')
    """
    return WORDS[number] if number < len(WORDS) else str(number)


def many(number: int, word: str) -> str:
    """Count something.

    >>> many(1, "input"), many(9, "dial")
    ('one input', 'nine dials')
    """
    return f"{counted(number)} {word}{'' if number == 1 else 's'}"


def listed(parts: list[str]) -> str:
    """Join parts as a sentence does.

    >>> listed(["a", "b", "c"])
    'a, b and c'
    """
    return parts[0] if len(parts) == 1 else f"{', '.join(parts[:-1])} and {parts[-1]}"


def wish(delta: float) -> str:
    """Say what an error asks of its neuron: to be louder where more of it would lower the cost, or quieter."""
    return "quieter" if delta > 0 else "louder"


class Teller:
    """Tell one example's moments, that of column `example` of the batch."""

    def __init__(self, numbers: Numbers, example: int) -> None:
        self.n, self.example = numbers, example
        self.net, self.sizes, self.last = numbers.network, numbers.network.sizes, numbers.network.last

    def tell(self, moment: Moment, neurons: list[int]) -> str:
        """Return what happened at a moment, in the neurons of its layer that have just been walked through."""
        layer = moment.layer or 0
        chosen = neurons or list(range(1, self.sizes[layer] + 1))
        if moment.phase == "forward":
            return self.answer() if layer == self.last else self.said(layer, chosen)
        if moment.phase == "backward":
            return self.first_blame() if layer == self.last else self.blamed(layer, chosen)
        return {"input": self.shown, "cost": self.wrong, "descent": self.better}[moment.phase]()

    # --- who is who ----------------------------------------------------------------------------------------

    def name(self, layer: int, j: int) -> str:
        """Name a neuron; outputs that stand for something are called by it."""
        called = self.n.recipe.dataset.called
        return f"“{called[j - 1]}”" if called and layer == self.last else names.neuron(self.sizes, layer, j)

    def of(self, table: dict[int, Array], layer: int) -> list[float]:
        """Return a layer's numbers as far as they are known."""
        return [float(value) for value in table[layer][:, self.example]]

    @property
    def targets(self) -> list[float]:
        """Return what the outputs should say."""
        return [float(value) for value in self.n.y[:, self.example]]

    # --- the phases ----------------------------------------------------------------------------------------

    def shown(self) -> str:
        """Tell the inputs and the right answer."""
        inputs, data = self.of(self.n.forward.a, 0), self.n.recipe.dataset
        given = f"{many(len(inputs), 'input').capitalize()}"
        if len(inputs) <= MANY:
            given += f", {listed([told(value) for value in inputs])}"
        batch = (
            f" It is the first of {many(len(self.n.examples), 'example')} that are asked together."
            if (len(self.n.examples) > 1 and not self.example)
            else ""
        )
        if data.one_hot:
            right = f"The answer should be {self.name(self.last, self.targets.index(1.0) + 1)}."
        elif len(self.targets) > MANY:
            right = f"There are {many(len(self.targets), 'right answer')}."
        else:
            one = len(self.targets) == 1
            right = (
                f"The answer{'' if one else 's'} should be {listed([told(value) for value in self.targets])}."
            )
        return f"{given}. {right} Let us see what the network says.{batch}"

    def said(self, layer: int, chosen: list[int]) -> str:
        """Tell what hidden neurons say."""
        values = self.of(self.n.forward.a, layer)
        if len(chosen) == 1:
            j = chosen[0]
            heard = self.n.parameters.w[layer][j - 1] * self.n.forward.a[layer - 1][:, self.example]
            most = tops(heard)
            by = (
                f" It listens most to {self.name(layer - 1, most[0])}."
                if len(heard) > 1 and len(most) == 1
                else ""
            )
            return f"{self.name(layer, j)} adds up what it hears and says {told(values[j - 1])}.{by}"
        if len(set(map(told, (values[j - 1] for j in chosen)))) == 1:
            return f"All of them are equally loud: each says {told(values[chosen[0] - 1])}."
        if len(chosen) <= MANY:
            each = [f"{self.name(layer, j)} says {told(values[j - 1])}" for j in chosen]
            loud = tops([values[j - 1] for j in chosen])
            more = "louder" if len(chosen) == 2 else "loudest"
            ending = f" {self.name(layer, chosen[loud[0] - 1])} is the {more}." if len(loud) == 1 else ""
            return f"{listed(each)}.{ending}"
        order = sorted(chosen, key=lambda j: -abs(values[j - 1]))
        loud, quiet = order[0], order[-1]
        return (
            f"{self.name(layer, loud)} is the loudest of {counted(len(chosen))}, with {told(values[loud - 1])}; "
            f"{self.name(layer, quiet)} is the quietest."
        )

    def answer(self) -> str:
        """Tell what the outputs answer."""
        values, size = self.of(self.n.forward.a, self.last), self.sizes[-1]
        heard = self.sizes[self.last - 1]
        whom = (
            listed([self.name(self.last - 1, k + 1) for k in range(heard)])
            if heard <= MANY
            else f"all {heard} before it"
        )
        if size == 1:
            return f"{self.name(self.last, 1)} listens to {whom} and answers {told(values[0])}."
        if len(values) < size:
            return f"{self.name(self.last, len(values))} listens to {whom} and answers {told(values[-1])}."
        loud = tops(values)
        if len(loud) > 1:
            return f"{listed([self.name(self.last, j) for j in loud]) if len(loud) <= MANY else 'Several outputs'} are equally loud."
        return f"The loudest output is {self.name(self.last, loud[0])}, with {told(values[loud[0] - 1])}."

    def miss(self, j: int) -> str:
        """Tell what an output said, what it should have said, and by how much it is off."""
        said, right = self.of(self.n.forward.a, self.last)[j - 1], self.targets[j - 1]
        off = round(said, 2) - round(right, 2) or said - right
        if said == right:
            return f"said {told(said)}, as it should: exactly right"
        return f"said {told(said)} and should say {told(right)}: {told(abs(off))} too {'loud' if off > 0 else 'quiet'}"

    def wrong(self) -> str:
        """Tell how wrong the answer is."""
        assert self.n.costs is not None
        values = self.of(self.n.forward.a, self.last)
        off = [abs(said - right) for said, right in zip(values, self.targets, strict=True)]
        if len(values) == 1:
            text = f"It {self.miss(1)}."
        elif self.n.recipe.dataset.one_hot:
            j = self.targets.index(1.0) + 1
            text = f"The right one, {self.name(self.last, j)}, {self.miss(j)}."
        else:
            j = off.index(max(off)) + 1
            text = f"{self.name(self.last, j)} is most wrong: it {self.miss(j)}."
        text += f" That costs {told(float(self.n.costs[self.example]))}."
        if len(self.n.costs) > 1:
            text += f" The {counted(len(self.n.costs))} asked together cost {told(float(self.n.costs.mean()))} on average."
        return text

    def first_blame(self) -> str:
        """Tell what the cost asks of the outputs."""
        deltas = self.of(self.n.backward.delta, self.last)
        most = tops(deltas)
        if not most:
            return "Nothing is wrong here, so nobody gets any blame."
        j = most[0]
        name, who = self.name(self.last, j), wish(deltas[j - 1])
        text = f"{name} gets the first blame: it should be {who}."
        if len(deltas) > 1:
            text = f"{name} gets most of the first blame: it should be {who}."
            if len(most) > 1:
                text = f"{counted(len(most)).capitalize()} outputs share the first blame alike."
        if self.faint(self.last, j):
            text += " But it hardly reacts any more, so it keeps almost none of it."
        return text

    def faint(self, layer: int, j: int) -> bool:
        """Tell whether a neuron hardly reacts: its slope is close to none."""
        activation = self.net.activation(layer)
        if activation.couples:
            return False
        slope = float(activation.slope(self.n.forward.z[layer][j - 1, self.example]))
        return slope < FAINT * activation.steepest

    def blamed(self, layer: int, chosen: list[int]) -> str:
        """Tell who of a hidden layer is pointed at, and who ends up with most of the error."""
        deltas = self.of(self.n.backward.delta, layer)
        if len(chosen) == 1 < self.sizes[layer] or len(deltas) < self.sizes[layer]:
            j = chosen[-1]
            kept = deltas[j - 1]
            if not kept:
                return f"No blame stays with {self.name(layer, j)}."
            wished = wish(kept)
            return (
                f"{self.name(layer, j)} gets blame back through the wires it spoke by: it should be {wished}."
            )
        found = blame_of(self.n, self.example, layer)
        pointer = self.name(layer + 1, found.pointer)
        if not found.kept:
            return f"No blame comes through to the {layer_name(self.last, layer)}: nobody there reacts."
        if len(found.pointed) != 1 or len(found.kept) != 1:
            return self.shared(layer, found, pointer)
        k = found.pointed[0]
        weight = float(self.n.parameters.w[layer + 1][found.pointer - 1, k - 1])
        above = float(self.n.backward.delta[layer + 1][found.pointer - 1, self.example])
        asked = wish(weight * above)
        way = f"for {pointer} to be {wish(above)}, {self.name(layer, k)} should be {asked}"
        sign = "The weight is below zero, so " if weight < 0 else ""
        text = f"{pointer} points at {self.name(layer, k)}, through a weight of {told(weight)}. {sign}{way}."
        text = text if sign else text.replace(". for", ". For")
        return text + self.but(layer, found, deltas)

    def but(self, layer: int, found: Blame, deltas: list[float]) -> str:
        """Tell why another one than who was pointed at ends up with most of the error."""
        if not found.reason:
            return ""
        most, pointed = found.kept[0], self.name(layer, found.pointed[0])
        ending = (
            f"{self.name(layer, most)} ends up with the most blame, and should be {wish(deltas[most - 1])}"
        )
        if found.reason == "slope":
            return f" Yet {ending}: {pointed} reacts less, so less of its blame gets through."
        return f" Yet {ending}: the others point at it more."

    def shared(self, layer: int, found: Blame, pointer: str) -> str:
        """Tell a blame in which several share the first place."""
        kept = [self.name(layer, j) for j in found.kept]
        if len(kept) == 1:
            return f"{pointer} points at several alike; {kept[0]} ends up with the most blame."
        if len(kept) == self.sizes[layer] and len(kept) > 2:
            return f"All {counted(len(kept))} get the same blame."
        return (
            f"{listed(kept)} get the same blame."
            if len(kept) <= MANY
            else f"{counted(len(kept)).capitalize()} share the most blame."
        )

    def better(self) -> str:
        """Tell how many dials moved, and whether it got better."""
        assert self.n.after is not None and self.n.again is not None
        assert self.n.costs is not None and self.n.costs_after is not None
        old, new = self.n.parameters.vector(), self.n.after.vector()
        count = int((old != new).sum())
        if not count:
            return "No dial moved: there was no blame to follow."
        whose = (
            f"All {counted(len(old))}"
            if count == len(old)
            else f"{counted(count).capitalize()} of {counted(len(old))}"
        )
        text = f"{whose} dials moved."
        before, after = float(self.n.costs[self.example]), float(self.n.costs_after[self.example])
        judged = self.judged(before, after)
        if len(self.targets) == 1:
            said, now = (float(a[self.last][0, self.example]) for a in (self.n.forward.a, self.n.again.a))
            name = self.name(self.last, 1)
            if told(said) == told(now):
                return f"{text} Asked the same again, {name} still says {told(now)}: {judged}."
            return (
                f"{text} Asked the same again, {name} now says {told(now)} instead of {told(said)}: {judged}."
            )
        return f"{text} Asked the same again, the answer costs {told(after)} instead of {told(before)}: {judged}."

    @staticmethod
    def judged(before: float, after: float) -> str:
        """Say whether a cost got better."""
        if after == before:
            return "no better and no worse"
        if after > before:
            return "worse"
        return "a little better" if before - after < LITTLE * before else "better"
