"""What the story claims of a moment, held against the engine's numbers by looking at everybody."""

from __future__ import annotations

import re

import numpy as np

from app.notation.numbers import MINUS
from app.story.wording import WORDS
from tests.story.calculator import NUMBER
from tests.web.facts import Facts
from tests.web.sayable import numbers

NAME = r"(?:“[^”]+”|(?<![a-z])[xhŷ][⁰¹²³⁴⁵⁶⁷⁸⁹]*[₀₁₂₃₄₅₆₇₈₉]*(?![a-z]))"
ROUNDING = 1e-13  # of the numbers it comes from
LEAST = 0.005  # what a story calls almost 0 is smaller
SIDES = {"louder": -1, "quieter": 1}
POINTED = r"points at (.+?)(?:\.(?: |$)|, (?:and they get|through a|for it))"
GREEK = re.compile("[\u0370-\u03ff∂∇′]")
SENTENCE = re.compile(r"[.:;] ")


def plain(number: str) -> float:
    return float(number.replace(MINUS, "-").replace(",", ""))


def unnamed(text: str) -> str:
    """Return a text without names that hold numbers: what an output stands for, a layer, a regulariser."""
    return re.sub(r"“[^”]+”|hidden layer \d|\bL[12]\b", "", text)


def check_voice(text: str) -> None:
    """See that a text is a story: no symbol, two numbers a sentence, and nothing smaller than almost 0."""
    assert not GREEK.search(text), text
    for sentence in SENTENCE.split(unnamed(text)):
        found = [plain(number) for number in re.findall(NUMBER, sentence)]
        assert len(found) <= 2, text
        assert all(number == 0 or abs(number) >= LEAST for number in found), text


def check_numbers(text: str, facts: Facts) -> None:
    """See that every number of a text is one of this moment's, as far as its digits tell."""
    truth = facts.known
    misses = (
        np.ravel(np.abs(truth.forward.a[len(facts.sizes) - 1] - truth.y)) if truth.costs is not None else []
    )
    pool = np.concatenate([*(np.ravel(block) for block in numbers(truth)), np.ravel(truth.x), misses])
    again = again_of(facts)
    pool = np.abs(np.concatenate([pool, again]))
    counts = {*facts.counts(), *(str(size) for size in facts.sizes)}
    for number in re.findall(NUMBER, unnamed(text)):
        digits = len(number.partition(".")[2])
        near = 10.0**-digits * (1.01 if digits else 0.5)  # a miss is told as what its two numbers leave
        close = np.abs(pool - abs(plain(number))) <= max(near, 0.005 * abs(plain(number)))
        assert number in counts or close.any(), (number, text)


def again_of(facts: Facts) -> np.ndarray:
    """Return what the outputs say to the batch after the descent."""
    truth = facts.known
    if truth.after is None:
        return np.array([])
    value = truth.x
    for layer in range(1, len(facts.sizes)):
        z = truth.after.w[layer] @ value + truth.after.b[layer]
        value = truth.network.activation(layer).value(z)
    return np.ravel(value)


class Claims:
    """The claims of one text; `names` finds a neuron of a layer by what the story calls it."""

    def __init__(self, text: str, facts: Facts, real: bool = False) -> None:
        self.real = real  # errors that are no more than what rounding leaves are none
        self.text, self.facts, self.last, self.count = text, facts, len(facts.sizes) - 1, 0
        self.layer = facts.known.layer if facts.known.layer is not None else self.last

    def named(self, layer: int, name: str) -> int:
        """Return the number of the neuron of this name."""
        if name.startswith("“"):
            return self.facts.known.data.called.index(name.strip("“”")) + 1
        low = name.lstrip("xhŷ⁰¹²³⁴⁵⁶⁷⁸⁹").translate(str.maketrans("₀₁₂₃₄₅₆₇₈₉", "0123456789"))
        return int(low or 1)

    def claim(self, holds: bool) -> None:
        assert holds, self.text
        self.count += 1

    def sizes(self, layer: int, look: str) -> list[float]:
        """Return the sizes of all that is known of a layer."""
        find = self.delta if look == "delta" else getattr(self.facts, look)
        found = [find(layer, j) for j in range(1, self.facts.sizes[layer] + 1)]
        return [abs(value) for value in found if value is not None]

    def delta(self, layer: int, j: int) -> float | None:
        """Return an error, 0 where it is no more than what rounding leaves of what cancels out."""
        found = self.facts.delta(layer, j)
        return 0.0 if self.real and found is not None and abs(found) <= self.noise(layer, j) else found

    def noise(self, layer: int, j: int) -> float:
        """Return how much of an error can be rounding, layer by layer from the output back."""
        facts = self.facts
        if layer == self.last:
            return ROUNDING
        above = range(1, facts.sizes[layer + 1] + 1)
        sent = (
            abs(facts.weight(layer + 1, i, j))
            * (ROUNDING * abs(facts.delta(layer + 1, i)) + self.noise(layer + 1, i))
            for i in above
        )
        return sum(sent) * abs(facts.slope(layer, j))

    def check(self) -> int:
        """Check all there are, and return how many."""
        {"forward": self.forward, "cost": self.cost, "backward": self.backward, "descent": self.descent}.get(
            self.facts.known.phase, lambda: None
        )()
        return self.count

    def forward(self) -> None:
        a = self.sizes(self.layer, "a")
        for who in re.findall(rf"({NAME}) is the loude", self.text):
            self.claim(a[self.named(self.layer, who) - 1] == max(a))
        for who in re.findall(rf"The loudest output is ({NAME})", self.text):
            self.claim(a[self.named(self.layer, who) - 1] == max(a))
        for who in re.findall(rf"({NAME}) is the quietest", self.text):
            self.claim(a[self.named(self.layer, who) - 1] == min(a))
        for owner, source in re.findall(rf"({NAME}) adds up .* It listens most to ({NAME})", self.text):
            j = self.named(self.layer, owner)
            heard = [
                abs(self.facts.weight(self.layer, j, k) * self.facts.a(self.layer - 1, k))
                for k in range(1, self.facts.sizes[self.layer - 1] + 1)
            ]
            self.claim(heard[self.named(self.layer - 1, source) - 1] == max(heard) > 0)

    def cost(self) -> None:
        targets = self.facts.targets()
        misses = [self.facts.a(self.last, j) - y for j, y in enumerate(targets, 1)]
        for who in re.findall(rf"({NAME}) is most wrong", self.text):
            self.claim(abs(misses[self.named(self.last, who) - 1]) == max(map(abs, misses)))
        for who in re.findall(rf"The right one, ({NAME}),", self.text):
            self.claim(targets[self.named(self.last, who) - 1] == 1)
        who = re.search(rf"({NAME})(?:,| is most wrong)", self.text)
        miss = misses[self.named(self.last, who[1]) - 1 if who else 0]
        for side in re.findall(r"too (loud|quiet)", self.text):
            self.claim(miss > 0 if side == "loud" else miss < 0)
        if "exactly right" in self.text:
            self.claim(miss == 0)

    def backward(self) -> None:
        deltas = self.sizes(self.layer, "delta")
        for who, side in re.findall(rf"({NAME}) gets [^:]+: it should be (louder|quieter)", self.text):
            delta = self.delta(self.layer, self.named(self.layer, who))
            self.claim(delta * SIDES[side] > 0)
            self.claim("most of" not in self.text or abs(delta) == max(deltas))
        for who in re.findall(rf"No blame stays with ({NAME})", self.text):
            self.claim(self.delta(self.layer, self.named(self.layer, who)) == 0)
        if "Nothing is wrong here" in self.text or "all the blame is lost" in self.text:
            self.claim(not any(deltas))
        pointer = re.match(rf"({NAME}) points at", self.text)
        if pointer:
            self.pointing(self.named(self.layer + 1, pointer[1]), deltas)

    def pointing(self, pointer: int, deltas: list[float]) -> None:
        """Check whom the loudest of the layer above points at, who keeps most, and why they differ."""
        facts, above = self.facts, self.sizes(self.layer + 1, "delta")
        everybody = range(1, facts.sizes[self.layer] + 1)
        passed = [
            facts.weight(self.layer + 1, pointer, k) * self.delta(self.layer + 1, pointer) for k in everybody
        ]
        pointed, kept = tops(passed), tops(deltas)
        self.claim(above[pointer - 1] == max(above))
        self.claim(said(self.text, POINTED, self, pointed))
        if "end" in self.text and " up with the most blame" in self.text:
            self.claim(said(self.text, r"(?:\. Yet |\. )([^.]+?) ends? up with the most", self, kept))
        elif "no blame stays" in self.text or "No blame comes" in self.text:
            self.claim(not kept)
        else:
            self.claim(pointed == kept)
        lost = [k for k in pointed if k not in kept]
        self.claim(("Yet" in self.text and "together ask" not in self.text) == bool(lost))
        for who in re.findall(rf"({NAME}) reacts less", self.text):
            k = self.named(self.layer, who)
            self.claim(k in lost and facts.slope(self.layer, k) < facts.slope(self.layer, kept[0]))
        received = self.sizes(self.layer, "received")
        if "all above together send it more" in self.text:
            self.claim(received[kept[0] - 1] > received[lost[0] - 1])
        for who, side in re.findall(rf"({NAME}) (?:should|ends up [^:]* should) be (\w+)", self.text):
            self.claim(facts.delta(self.layer, self.named(self.layer, who)) * SIDES[side] > 0)
        for who, side in re.findall(rf"for ({NAME}) to be (\w+)", self.text, re.IGNORECASE):
            self.claim(facts.delta(self.layer + 1, self.named(self.layer + 1, who)) * SIDES[side] > 0)
        if "The weight is below zero" in self.text:
            self.claim(facts.weight(self.layer + 1, pointer, pointed[0]) < 0)

    def descent(self) -> None:
        truth = self.facts.known
        moves = (truth.after - truth.before).vector()
        words = rf"{'|'.join(WORDS)}|\d+"
        found = re.match(
            rf"(?:({words}) of |All |Both |No |The only )({words})? ?(?:free )?dials? moved", self.text, re.I
        )
        free = len(moves) - (0 if truth.held is None else int(truth.held.vector().sum()))
        count = free if re.match("All|Both|The only", self.text) else 0
        self.claim((value_of(found[1]) if found[1] else count) in self.facts.moved())
        self.claim(not found[2] or value_of(found[2]) == free)
        costs, after = truth.costs, truth.costs_after
        before, now = float(costs.mean()), float(after.mean())
        if "worse." in self.text and "no worse" not in self.text:
            self.claim(now > before)
        elif "better." in self.text:
            self.claim(now < before)
            self.claim(("a little" in self.text) == (before - now < before / 5))
        else:
            self.claim(now == before)


def value_of(word: str) -> int:
    words = ("no", *WORDS)
    return words.index(word.lower()) if word.lower() in words else int(word)


def tops(values: list[float]) -> list[int]:
    """Return who is largest by size, alike within rounding; nobody where all are 0."""
    most = max(map(abs, values))
    return [k for k, value in enumerate(values, 1) if most and abs(value) >= most * (1 - 1e-9)]


def said(text: str, pattern: str, claims: Claims, true: list[int]) -> bool:
    """Tell whether a text names just these neurons, or their number where they are many or all."""
    found = re.search(pattern, text)
    assert found, (pattern, text)
    whom = found[1]
    if "nobody" in whom:
        return not true
    names = re.findall(NAME, whom)
    if names:
        return [claims.named(claims.layer, name) for name in names] == true
    count = re.search(rf"({'|'.join(WORDS)}|\d+) alike", whom, re.IGNORECASE)
    whole = not whom.lower().startswith("all") or len(true) == claims.facts.sizes[claims.layer]
    return whole and value_of(count[1]) == len(true)


def check_claims(text: str, facts: Facts) -> int:
    """See that all that is claimed is so, and return how many claims there were."""
    check_voice(text)
    check_numbers(text, facts)
    try:
        return Claims(text, facts).check()
    except AssertionError:
        return Claims(text, facts, real=True).check()
