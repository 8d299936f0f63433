"""The wires of the picture held against what is known: hover texts, hues, dashes, labels under each lens."""

from __future__ import annotations

from app.notation import names
from app.notation.numbers import fewer, figure, moved, percents
from tests.web.facts import Facts, same, side
from tests.web.tree import Page, having, kinds, text_of

THICKET, KEPT = 40, 24  # of more wires in a gap so many are drawn, and those that somebody asks for


def check_wires(page: Page, facts: Facts, layer: int, lens: str, pick: str) -> None:
    """Check the wires into a layer: hover texts, hues, dashes and labels under the lens."""
    wires = [path for path in page[f"wires-{layer}"] if path.get("id")]
    pills = {pill.get("data-ref"): pill for pill in page[f"labels-{layer}"]}
    check_crowd(facts, layer, [wire.get("id") for wire in wires], pick)
    same(f"labels of {layer}", pills.keys() - {wire.get("id") for wire in wires}, set())
    locks: dict[str, bool] = {}
    for wire in wires:
        j, k = map(int, wire.get("id").split("-")[2:])
        w, what = facts.weight(layer, j, k), wire.get("id")
        passed, nabla = facts.passed(layer, j, k), facts.nabla("w", layer, j, k)
        shown = {"error": passed, "blame": passed, "gradient": nabla}.get(lens)
        dial = facts.dial_text("w", layer, j, k) + facts.held_text("w", layer, j, k)
        name = names.weight(facts.sizes, layer, j, k)
        ends = f"{facts.name(layer - 1, k)} → {facts.name(layer, j)}"
        labels, hover, hue = named(name, w), [ends, dial], facts.blame(layer, j) * w
        if lens == "gradient" and facts.known.after is not None:
            labels = moves(facts, layer, j, k)
        elif shown is not None:
            share = percents(facts.shares(layer, j))[k - 1]
            labels = {
                "error": [figure(shown, digits) for digits in fewer()],
                "blame": [f"{share} blame", share],
                "gradient": named(f"∂{name}", shown),
            }[lens]
            hover.append({"error": f"w·δ {labels[0]}"}.get(lens, labels[0]))
        hue = 0.0 if shown is None else facts.tilt("w", layer, j, k) if lens == "gradient" else hue
        same(f"{what}, hover text", text_of(wire.find("title")).split(" · "), hover)
        locks[what] = bool(facts.held_text("w", layer, j, k))
        same(f"{what}, dashed", "minus" in kinds(wire), w < 0)
        same(f"{what}, hue", kinds(wire) & {"more", "less"}, side(hue))
        if what in pills:
            text = pills[what].find("text")
            same(f"{what}, label", text_of(text) if text_of(text) not in labels else labels[0], labels[0])
            same(f"{what}, label's hue", kinds(pills[what]) & {"more", "less"}, side(hue))
            text.clear()  # it may have fewer digits than all else
    same(f"locks of {layer}", len(having(page[f"wires-{layer}"], "held-lock")), sum(locks.values()))


def named(name: str, value: float) -> list[str]:
    """Return the ways to write a number behind a name, the longest first; the name is always there."""
    return [f"{name} {figure(value, digits)}" for digits in fewer()]


def moves(facts: Facts, layer: int, j: int, k: int) -> list[str]:
    """Return the ways to write how far a weight moved, the longest first."""
    name = names.weight(facts.sizes, layer, j, k)
    old, new = (facts.dial(dials, "w", layer, j, k) for dials in (facts.known.before, facts.known.after))
    return [*(f"{name} {moved(old, new, digits)}" for digits in fewer()), *named(f"{name} →", new)]


def check_crowd(facts: Facts, layer: int, drawn: list[str], pick: str) -> None:
    """Check how many wires are drawn: all, or in a thicket the strongest, and those that are asked for."""
    n, m = facts.sizes[layer], facts.sizes[layer - 1]
    if n * m <= THICKET:
        same(f"wires into {layer}", len(drawn), n * m)
        return
    kind, *at = pick.split("-")
    asked = {f"w-{layer}-{j}-{k}" for j in range(1, n + 1) for k in range(1, m + 1)}
    if kind == "w":
        asked &= {pick}
    else:  # a neuron's wires, on both of its sides
        ends = {f"{layer}-{j}": {f"w-{layer}-{j}-{k}" for k in range(1, m + 1)} for j in range(1, n + 1)}
        ends |= {f"{layer - 1}-{k}": {f"w-{layer}-{j}-{k}" for j in range(1, n + 1)} for k in range(1, m + 1)}
        asked = ends.get("-".join(at), set()) if kind in ("n", "b") else set()
    same(f"wires into {layer}, asked for", asked - set(drawn), set())
    same(f"wires into {layer}", KEPT <= len(drawn) <= KEPT + len(asked), True)
