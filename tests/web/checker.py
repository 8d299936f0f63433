"""Hold a rendered lab against what is known: every number where it stands, and nothing that has not
happened."""

from __future__ import annotations

import re
from xml.etree.ElementTree import Element

import numpy as np

from app.notation import names
from app.notation.numbers import MINUS, figure, percents
from tests.web.facts import Facts, NotTrue, same
from tests.web.model import check_model
from tests.web.oracle import Known
from tests.web.sayable import Sayable
from tests.web.tree import Page, having, spoken, text_of

NUMBER = rf"{MINUS}?\d+(?:,\d{{3}})*(?:\.\d+)?(?:e{MINUS}?\d+)?"
FORMULAS = {"0", "1", "2", "4"}  # max(0, z), 1 − a, 4·σ(2z)·σ(−2z)
PAIR = re.compile(rf"(\S+) = ({NUMBER})")


def check_page(page: Page, known: Known, *, lens: str, example: int = 0, voice: str = "") -> None:
    """Check the picture, the tables, the narration, and that no other number is to be found anywhere."""
    facts = Facts(known, example)
    for layer, size in enumerate(known.sizes):
        for j in range(1, size + 1):
            check_disc(page[f"n-{layer}-{j}"], facts, layer, j, lens)
    for layer in range(1, len(known.sizes)):
        check_wires(page, facts, layer, lens)
    check_ends(page, facts)
    if "table-1" in page.ids:
        check_tables(page, facts)
    if "model" in page.ids:
        check_model(page, facts)
    check_where(page, facts)
    sayable = Sayable(known)
    check_narration(text_of(page["narration"]), facts, sayable, voice)
    if "inspector" in page.ids:
        check_curve(page["inspector"], facts)
    for trial in having(
        page.root, "nudge"
    ):  # a trial is none of the moment's numbers: it has a test of its own
        trial.clear()
    for text in spoken(page.root):
        if sayable.unknown(text):
            raise NotTrue(f"nobody knows {sayable.unknown(text)}: {text}")


def check_disc(group: Element, facts: Facts, layer: int, j: int, lens: str) -> None:
    """Check a neuron: its hover text, its number, the texts below it, and how quiet it is before its time."""
    a, delta = facts.a(layer, j), facts.delta(layer, j)
    what, name = f"disc {layer}-{j}", names.neuron(facts.sizes, layer, j)
    title, *more = text_of(group.find("title")).split(" · ")
    same(f"{what}, name", title, name)
    true = [("z", facts.z(layer, j)), ("a", a), ("∂C/∂a", facts.received(layer, j)), ("δ", delta)]
    expected = [f"{word} {figure(value)}" for word, value in true if value is not None]
    bias = [facts.dial_text("b", layer, j, 1)] if layer else []
    same(f"{what}, hover text", more, bias + expected)
    if a is None:
        same(f"{what}, fill", group.find("circle[@class='fill']").get("fill-opacity"), "0")
        same(f"{what}, value", having(group, "value") + having(group, "hatched"), [])
        same(f"{what}, light", "light" in kinds(group), False)
    else:
        same(f"{what}, value", {text_of(value) for value in having(group, "value")} - {figure(a)}, set())
        same(f"{what}, hatched", bool(having(group, "hatched")), a < 0)
    ring, sides = group.find("circle"), kinds(group) & {"more", "less"}
    same(f"{what}, side", sides, side(delta))
    same(f"{what}, ring", "bare" not in kinds(ring), bool(delta) and lens in ("error", "blame"))
    same(f"{what}, padlock", bool(having(group, "padlock")), facts.locked(layer, j))
    new = facts.dial(facts.known.after, "b", layer, j, 1) if layer else None
    moved = [f"{names.bias(facts.sizes, layer, j)} → {figure(new)}"] if new is not None else bias
    allowed = {*moved, *([figure(a)] if a is not None and lens == "activation" else [])}
    if delta is not None and lens in ("error", "blame", "gradient"):
        number = facts.nabla("b", layer, j, 1) if lens == "gradient" else delta
        word = f"∂{names.bias(facts.sizes, layer, j)}" if lens == "gradient" else "δ"
        allowed |= {f"{word} {figure(number)}{glyph(number)}", figure(number)}
    shown = {text_of(text) for text in having(group, "below")} - {""}
    same(f"{what}, below", shown - allowed - {shorter(text) for text in allowed}, set())


def check_wires(page: Page, facts: Facts, layer: int, lens: str) -> None:
    """Check the wires into a layer: hover texts, hues, dashes and labels under the lens."""
    wires = [path for path in page[f"wires-{layer}"] if path.get("id")]
    pills = {pill.get("data-ref"): pill for pill in page[f"labels-{layer}"]}
    same(f"wires into {layer}", len(wires), facts.sizes[layer] * facts.sizes[layer - 1])
    same(f"labels of {layer}", pills.keys() - {wire.get("id") for wire in wires}, set())
    for wire in wires:
        j, k = map(int, wire.get("id").split("-")[2:])
        w, what = facts.weight(layer, j, k), wire.get("id")
        passed, nabla = facts.passed(layer, j, k), facts.nabla("w", layer, j, k)
        shown = {"error": passed, "blame": passed, "gradient": nabla}.get(lens)
        dial, name = facts.dial_text("w", layer, j, k), names.weight(facts.sizes, layer, j, k)
        label, hover = f"{name} {figure(w)}", [dial]
        if lens == "gradient" and facts.known.after is not None:
            label = dial
        elif shown is not None:
            share = f"{percents(facts.shares(layer, j))[k - 1]} blame"
            label = {"error": figure(shown), "blame": share, "gradient": f"∂{name} {figure(shown)}"}[lens]
            hover.append({"error": f"w·δ {label}"}.get(lens, label))
        same(f"{what}, hover text", text_of(wire.find("title")).split(" · "), hover)
        same(f"{what}, dashed", "minus" in kinds(wire), w < 0)
        same(f"{what}, hue", kinds(wire) & {"more", "less"}, side(shown))
        if what in pills:
            text = text_of(pills[what].find("text"))
            same(f"{what}, label", text, label if text == label else shorter(label))
            same(f"{what}, label's hue", kinds(pills[what]) & {"more", "less"}, side(shown))


def check_curve(inspector: Element, facts: Facts) -> None:
    """Check what stands at the ends of an activation curve's axes, and take it out: it is the function's."""
    for group in [group for curve in having(inspector, "curve") for group in having(curve, "ends")]:
        left, across, right, low, up, high = map(text_of, group)
        same("curve, axes", (across, up), ("z", "a"))
        same("curve, left and right", left, MINUS + right)
        functions = {facts.known.network.activation(layer) for layer in range(1, len(facts.sizes))}
        ends = [np.array([way * float(right)]) for way in (-1, 1)]
        true = [
            tuple(figure(float(one.value(end)[0])) for end in ends) for one in functions if not one.couples
        ]
        same("curve, bottom and top", (low, high) in true, True)
        group.clear()


def check_ends(page: Page, facts: Facts) -> None:
    """Check the targets and the cost box."""
    values, last = [figure(y) for y in facts.targets()], len(facts.sizes) - 1
    same("targets", [text_of(group.find("text")) for group in page["targets"]], values)
    owners = [f"target of {names.neuron(facts.sizes, last, j)}: {value}" for j, value in enumerate(values, 1)]
    same("targets' names", [text_of(group.find("title")) for group in page["targets"]], owners)
    box, cost = page["cost"], facts.cost()
    same(
        "cost, name",
        text_of(box.find("title")),
        "cost C, not known yet" if cost is None else f"cost C {figure(cost)}",
    )
    same("cost box", text_of(having(box, "value")[0]), "?" if cost is None else figure(cost))
    same("cost box, quiet", "unknown" in kinds(box), cost is None)


def check_tables(page: Page, facts: Facts) -> None:
    """Check every cell of the tables."""
    for number, true in enumerate((facts.neuron_rows(), facts.goal_rows(), facts.dial_rows()), 1):
        rows = page[f"table-{number}"].findall("tbody/tr")
        same(f"table {number}", [[text_of(cell) for cell in row] for row in rows], true)


def check_where(page: Page, facts: Facts) -> None:
    """Check the count of iterations and the example's number."""
    known = facts.known
    true = f"iteration {known.iteration + 1} example {known.examples[facts.example]} of {known.rows}"
    same("where", [text_of(line) for line in having(page.root, "where")], [true])


def check_narration(text: str, facts: Facts, sayable: Sayable, voice: str) -> None:
    """Check that every "name = number" is right, and that every other number is one of this moment's."""
    text = re.sub(r"hidden layer \d|\bL[12]\b", "", text)
    if voice != "maths":  # whose equations have a test of their own
        for name, number in PAIR.findall(text):
            same(f"narration, {name}", number in facts.meaning(name), True)
        text = PAIR.sub(" ", text)
    counts = facts.counts() | (FORMULAS if voice == "maths" else set())
    for number in re.findall(NUMBER, text):
        said = number.strip(MINUS)
        if said not in sayable and said not in counts:
            raise NotTrue(f"narration: nobody knows {number}: {text}")


def shorter(text: str) -> str:
    """Return a text without its first word: what is shown where there is no room for all of it."""
    return text.split(" ", 1)[-1]


def kinds(element: Element) -> set[str]:
    """Return an element's classes."""
    return set(element.get("class", "").split())


def side(value: float | None) -> set[str]:
    """Return the class that the sign of a blame asks for."""
    return set() if not value else {"less" if value > 0 else "more"}


def glyph(value: float) -> str:
    """Return the mark that the sign of a blame asks for."""
    return "" if value == 0 else " ▼" if value > 0 else " ▲"
