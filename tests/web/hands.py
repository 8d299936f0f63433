"""The hands on the wires, and by how much the error shrank from column to column, held against what is
known."""

from __future__ import annotations

import numpy as np

from app.notation.numbers import figure
from tests.web.facts import Facts, same, side
from tests.web.tree import Page, text_of

FINGER = {"activation": "signal", "error": "passed", "blame": "passed", "gradient": "tweaked", "weights": ""}
BLAMING = ("error", "blame")
LIFTED, MOST = 0.1, 4  # of the largest error: who has less lifts no hand; and so many do at most
Wire = tuple[int, int, int]  # layer, to, from


def check_hands(page: Page, facts: Facts, lens: str, pick: str) -> None:
    """Check whose hands there are, at whom they point, what is written on them and its hue."""
    true: dict[tuple[int, int], list[int]] = {}
    for layer, j, k in wires_pointed(facts, lens, pick):
        true.setdefault((layer, k), []).append(j)
    shown = {text_of(hand.find("title")).split(": ")[0]: hand for hand in page["hands"]}
    said = {}
    for (layer, k), owners in true.items():
        names, whom = ", ".join(facts.name(layer, j) for j in owners), facts.name(layer - 1, k)
        each = ", ".join(f"{facts.name(layer, j)} points at {whom}" for j in owners)
        said[each] = (names, layer, owners[0], k)
    same("hands", set(shown), set(said))
    same("hands, doubled", len(page["hands"]), len(said))
    for words, (names, layer, j, k) in said.items():
        same("hand, text", text_of(shown[words].find("text")) in (words, names), True)
        hue = side(facts.weight(layer, j, k) * facts.blame(layer, j))
        same("hand, hue", set(shown[words].get("class").split()) & {"more", "less"}, hue)


def wires_pointed(facts: Facts, lens: str, pick: str) -> list[Wire]:
    """Return the wires that hands lie on: those of the neuron somebody picked, or, once a hidden layer has
    all its blame, of each neuron above that has much."""
    if pick:
        kind, layer, j = [*pick.split("-"), "0", "0"][:3]
        if kind not in "nwb" or not int(layer):
            return []
        return [(int(layer), int(j), k) for k in sorted(tops(drawn(facts, lens, int(layer), int(j))))]
    known, layer = facts.known, facts.known.layer or 0
    whole = len(known.backward.delta.get(layer, ())) == facts.sizes[layer]
    if known.phase != "backward" or layer == known.network.last or not whole or lens not in BLAMING:
        return []
    errors = facts.real.delta[layer + 1][:, facts.example]
    order = np.argsort(-np.abs(errors), kind="stable") + 1
    loud = [j for j in order.tolist() if abs(errors[j - 1]) > LIFTED * np.abs(errors).max()][:MOST]
    first = {j: tops(drawn(facts, lens, layer + 1, j)) for j in loud}
    return [(layer + 1, j, k) for j, found in first.items() if len(found) == 1 for k in found]


def drawn(facts: Facts, lens: str, layer: int, j: int) -> list[float]:
    """Return what the wires into a neuron are ranked by under a lens; for a gradient that is the mean over
    the batch."""
    kind = FINGER[lens]
    values = ranked(facts, kind, layer, j, pointed(facts, layer, j).get(kind, []))
    if lens == "gradient" and values:
        return [facts.tilt("w", layer, j, k) for k in range(1, facts.sizes[layer - 1] + 1)]
    return values


def pointed(facts: Facts, layer: int, j: int) -> dict[str, list[float]]:
    """Return the values of the fingers of a neuron that have happened."""
    known, n = facts.known, facts.sizes[layer - 1]
    if layer == 0 or facts.a(layer, j) is None:
        return {}
    heard = [facts.a(layer - 1, k) for k in range(1, n + 1)]
    weights = [facts.weight(layer, j, k) for k in range(1, n + 1)]
    found, delta = {"signal": [w * a for w, a in zip(weights, heard, strict=True)]}, facts.delta(layer, j)
    if delta is not None:
        if layer > 1 and len(known.backward.delta.get(layer - 1, ())) == n:
            found["passed"] = [w * delta for w in weights]
        found["tweaked"] = [a * delta for a in heard]
    return found


def ranked(facts: Facts, kind: str, layer: int, j: int, values: list[float]) -> list[float]:
    """Return a finger's values, all 0 where the error they hang on is only rounding: it points at nobody."""
    return values if kind == "signal" or facts.blame(layer, j) else [0.0] * len(values)


def tops(values: list[float]) -> set[int]:
    """Return who is first, from 1; equals share it."""
    sizes = np.abs(values or [0.0])
    return {int(k) + 1 for k in np.flatnonzero(sizes >= sizes.max() * (1 - 1e-9))} if sizes.any() else set()


def check_shrunk(page: Page, facts: Facts, lens: str) -> None:
    """Check by how much less mean |δ| a column of a deep network has than the next; take the texts away."""
    deltas, sizes = facts.real.delta, facts.sizes
    means = {
        layer: float(np.abs(block[:, facts.example]).mean())
        for layer, block in deltas.items()
        if len(block) == sizes[layer]
    }
    inner = [layer for layer in sorted(means) if layer + 1 in means and means[layer]]
    pairs = [(means[layer + 1], means[layer]) for layer in inner]
    said = [f"÷ {figure(one / two)}" if one >= two else f"× {figure(two / one)}" for one, two in pairs if one]
    true = said if lens in BLAMING and len(sizes) > 3 else []
    same("shrunk", [text_of(text) for text in page["shrunk"]], true)
    page["shrunk"].clear()
