"""The neurons of the picture held against what is known: numbers in all their lengths, rings, and nothing
before its time."""

from __future__ import annotations

from xml.etree.ElementTree import Element

from app.notation import names
from app.notation.numbers import apart, fewer, figure
from tests.web.facts import Facts, same, side
from tests.web.tree import having, kinds, text_of

RING, GAP, FAINT = 0.22, 3.0, 0.3  # the thickest ring, of the disc; its distance; the thinnest that is drawn
NEXT_TO_NOTHING = 1e-12


def check_disc(group: Element, facts: Facts, layer: int, j: int, lens: str) -> None:
    """Check a neuron: its hover text, its number, the texts below it, and how quiet it is before its time."""
    a, said, delta = facts.a(layer, j), facts.said(layer, j), facts.delta(layer, j)
    what, name = f"disc {layer}-{j}", facts.name(layer, j)
    title, *more = text_of(group.find("title")).split(" · ")
    same(f"{what}, name", title, name)
    true = [("z", facts.z(layer, j)), ("a", a), ("∂C/∂a", facts.received(layer, j)), ("δ", delta)]
    expected = [f"{word} {figure(value)}" for word, value in true if value is not None]
    bias = [facts.dial_text("b", layer, j, 1) + facts.held_text("b", layer, j, 1)] if layer else []
    bias = bias if facts.known.biased else []
    same(f"{what}, hover text", more, bias + expected)
    if said is None:
        same(f"{what}, fill", group.find("circle[@class='fill']").get("fill-opacity"), "0")
        same(f"{what}, value", having(group, "value") + having(group, "hatched"), [])
        same(f"{what}, light", "light" in kinds(group), False)
    else:
        inside = {text_of(value) for value in having(group, "value")}
        same(f"{what}, value", inside - {figure(said, digits) for digits in lengths(a, said)}, set())
        same(f"{what}, hatched", bool(having(group, "hatched")), said < 0 and abs(said) > NEXT_TO_NOTHING)
    same(f"{what}, side", kinds(group) & {"more", "less"}, side(facts.blame(layer, j)))
    check_ring(group, facts, facts.blame(layer, j) * (lens in ("error", "blame")), what)
    same(f"{what}, padlock", bool(having(group, "padlock")), facts.locked(layer, j))
    still = bool(layer and facts.known.biased and facts.held_text("b", layer, j, 1))
    same(f"{what}, bias held", bool(having(group, "held-lock")), still)
    shown = {text_of(text) for text in having(group, "below")} - {""}
    same(f"{what}, below", shown - below(facts, layer, j, lens), set())
    for text in having(group, "value") + having(group, "below"):  # with fewer digits, or of the new dials
        text.clear()


def lengths(old: float, new: float) -> range:
    """Return how many digits a number may have: the reader's, or as many as tell it from the old one; and
    fewer."""
    return range(apart(old, new), 0, -1)


def check_ring(group: Element, facts: Facts, delta: float, what: str) -> None:
    """Check that a ring around a disc is as thick as its error, on the iteration's scale; a faint one is
    none."""
    ring, radius = group.find("circle"), float(group.find("circle[@class='paper']").get("r"))
    thick = RING * radius * min(1.0, (abs(delta) / facts.miss()) ** 0.5) if delta else 0.0
    bare, drawn = "bare" in kinds(ring), float(ring.get("stroke-width"))
    same(f"{what}, ring, there", not bare, thick >= FAINT)
    if not bare:
        same(f"{what}, ring", abs(drawn - thick) < 0.06, True)
        same(f"{what}, ring, outside", abs(float(ring.get("r")) - radius - GAP - drawn / 2) < 0.11, True)


def below(facts: Facts, layer: int, j: int, lens: str) -> set[str]:
    """Return what may stand below a disc, in all the lengths it may have."""
    said, delta, known = facts.said(layer, j), facts.delta(layer, j), facts.known
    alone = said is not None and lens == "activation"
    found = {figure(said, digits) for digits in fewer()} if alone else set()
    if not layer:
        return found
    name, new = names.bias(facts.sizes, layer, j), facts.dial(known.after, "b", layer, j, 1)
    way, now = ("", facts.dial(known.before, "b", layer, j, 1)) if new is None else ("→ ", new)
    found |= {f"{name} {way}{figure(now, digits)}" for digits in fewer()}
    if new is not None and layer == len(facts.sizes) - 1:
        old = facts.a(layer, j)
        found |= {f"was {figure(old, digits)}" for digits in lengths(old, said)}
    gradient = facts.nabla("b", layer, j, 1)
    if delta is not None and lens in ("error", "blame"):
        found |= signed("", delta, facts.blame(layer, j))
    if gradient is not None and lens == "gradient" and new is None:
        found |= signed(f"∂{name} ", gradient, facts.tilt("b", layer, j, 1))
    return found


def signed(name: str, value: float, blame: float) -> set[str]:
    """Return how a value may be written: with fewer digits, without its word, never without the glyph of its
    blame."""
    mark = {"": "", "▼": "▼ quieter", "▲": "▲ louder"}[glyph(blame)]
    short = {f"{name}{figure(value, digits)} {glyph(blame)}".rstrip() for digits in fewer()}
    return short | {f"{text} {mark[2:]}".rstrip() for text in short}


def glyph(value: float) -> str:
    """Return the mark that the sign of a blame asks for."""
    return "" if value == 0 else "▼" if value > 0 else "▲"
