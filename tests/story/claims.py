"""What a narration claims besides its numbers: who is first, who is last, which wire; checked by looking at
everybody."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest

from app.notation import names
from tests.story.calculator import NUMBER
from tests.web.facts import Facts

EXTREME = re.compile(rf"(\S+) = {NUMBER} (is the l\w+|the quietest|the smallest)")
HEARD = re.compile(
    r"(\S+) (?:hears|adds up what it hears:) its bias \S+ and (?:most of all )?(\S+) through (\S+) = "
)
TURNED = re.compile(r"(Every dial has|(\d+) of (\d+) dials ha(?:s|ve)|No dial has) moved")


def named(facts: Facts, layer: int, name: str) -> int:
    """Return the number of the neuron of this name."""
    return [names.neuron(facts.sizes, layer, j) for j in range(1, facts.sizes[layer] + 1)].index(name) + 1


def sizes(look: Callable[[int, int], float | None], layer: int, size: int) -> list[float]:
    """Return what a look finds of a layer so far, without signs."""
    return [abs(value) for j in range(1, size + 1) if (value := look(layer, j)) is not None]


def check_claims(text: str, facts: Facts) -> int:
    """See that all that is claimed is so, and return how many claims there were."""
    truth, last = facts.known, len(facts.sizes) - 1
    layer = last if truth.phase == "cost" else truth.layer or 0
    look = facts.delta if truth.phase == "backward" else facts.a
    everybody, count = sizes(look, layer, facts.sizes[layer]), 0
    for who, word in EXTREME.findall(text):
        end = max if word.startswith("is") else min
        assert abs(look(layer, named(facts, layer, who))) == end(everybody), text
        count += 1
    for who, verdict in re.findall(r"(\S+) is blamed most and should fire (\w+)", text):
        delta = facts.delta(layer, named(facts, layer, who))
        assert abs(delta) == max(everybody) > 0, text
        assert verdict == ("less" if delta > 0 else "more"), text
        count += 1
    for who in re.findall(r"\. ([^.]+) are blamed most, and alike", text):
        alike = [abs(look(layer, named(facts, layer, name))) for name in re.split(r", | and ", who)]
        assert alike == pytest.approx([max(everybody)] * len(alike)), text
        assert len(alike) > 1, text
        count += 1
    if "All are blamed alike" in text:
        assert everybody == pytest.approx([max(everybody)] * len(everybody)), text
        count += 1
    for number, verdict in re.findall(rf"its error δ = ({NUMBER}): it (should fire \w+|has nothing)", text):
        side = "should fire more" if number.startswith("−") else "should fire less"
        assert verdict == ("has nothing" if number == "0" else side), text
        count += 1
    if "Nobody keeps any" in text:
        assert not any(everybody), text
    for who, source, wire in HEARD.findall(text):
        j, k = named(facts, layer, who), named(facts, layer - 1, source)
        signals = [
            abs(facts.weight(layer, j, i) * facts.a(layer - 1, i))
            for i in range(1, facts.sizes[layer - 1] + 1)
        ]
        assert signals[k - 1] == max(signals) > 0, text
        assert wire == names.weight(facts.sizes, layer, j, k), text
        count += 1
    return count + (check_descent(text, facts) if truth.phase == "descent" else 0)


def check_descent(text: str, facts: Facts) -> int:
    """See who is said to have moved, how many, and whether really against the gradient."""
    moves = (facts.known.after - facts.known.before).vector()
    nabla, turned = facts.known.backward.nabla.vector(), int((moves != 0).sum())
    found = TURNED.search(text)
    if found[2]:
        assert (int(found[2]), int(found[3])) == (turned, len(moves)), text
        assert 0 < turned < len(moves), text
        assert ("dials has moved" in text) == (turned == 1), text
    else:
        assert turned == (len(moves) if found[1].startswith("Every") else 0), text
    if "against" in text:
        assert (moves[moves != 0] * nabla[moves != 0] < 0).all(), text
    if "the others have none" in text:
        assert nabla[moves == 0] * facts.known.eta == pytest.approx(0, abs=1e-15), text
    label = re.search(r"(\S+) moved most", text)
    assert bool(label) == bool(turned), text
    if label:
        rows = {row[0]: row for row in dial_moves(facts)}
        assert abs(rows[label[1]][1]) == abs(moves).max(), text
    return 2


def dial_moves(facts: Facts) -> list[tuple[str, float]]:
    """Return every dial's name and move."""
    found = []
    for layer in range(1, len(facts.sizes)):
        for j in range(1, facts.sizes[layer] + 1):
            ways = [
                ("w", names.weight(facts.sizes, layer, j, k), k) for k in range(1, facts.sizes[layer - 1] + 1)
            ]
            for kind, name, k in [*ways, ("b", names.bias(facts.sizes, layer, j), 1)]:
                old, new = (
                    facts.dial(dials, kind, layer, j, k) for dials in (facts.known.before, facts.known.after)
                )
                found.append((name, new - old))
    return found
