"""Hold a rendered lab against what is known: every number where it stands, and nothing that has not
happened."""

from __future__ import annotations

import re
from xml.etree.ElementTree import Element

import numpy as np

from app.notation import names
from app.notation.numbers import MINUS, apart, fewer, figure, moved, percents
from tests.web.facts import Facts, NotTrue, same, side
from tests.web.hands import check_hands, check_shrunk
from tests.web.model import check_model
from tests.web.oracle import Known
from tests.web.predictions import score
from tests.web.rail import check_rail
from tests.web.sayable import Sayable
from tests.web.told import check_counts, check_story
from tests.web.tree import Page, having, spoken, text_of

NUMBER = rf"{MINUS}?\d+(?:,\d{{3}})*(?:\.\d+)?(?:e{MINUS}?\d+)?"
VERDICT = re.compile(
    r"(?P<count>[\d,]+) iteration(?P<many>s?)(?:: |, and )(?:.*?(?P<score>\d+ of \d+ right))?"
)
FORMULAS = {"0", "1", "2", "4"}  # max(0, z), 1 − a, 4·σ(2z)·σ(−2z)
RING, GAP, FAINT = 0.22, 3.0, 0.3  # the thickest ring, of the disc; its distance; the thinnest that is drawn
NEXT_TO_NOTHING = 1e-12
THICKET, KEPT = 40, 24  # of more wires in a gap so many are drawn, and those that somebody asks for


def check_page(
    page: Page, known: Known, *, lens: str, example: int = 0, voice: str = "", pick: str = ""
) -> None:
    """Check picture, rail, tables and story, and that no other number is to be found anywhere."""
    facts = Facts(known, example)
    for layer, size in enumerate(known.sizes):
        for j in range(1, size + 1):
            check_disc(page[f"n-{layer}-{j}"], facts, layer, j, lens)
    for layer in range(1, len(known.sizes)):
        check_wires(page, facts, layer, lens, pick)
    check_hands(page, facts, lens, pick)
    check_shrunk(page, facts, lens)
    check_ends(page, facts)
    check_rail(page, facts)
    if "table-1" in page.ids:
        check_tables(page, facts)
    if "model" in page.ids:
        check_model(page, facts)
    check_where(page, facts)
    check_verdict(page, facts)
    sayable = Sayable(known)
    check_narration(page["narration"], facts, sayable, voice)
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
    a, said, delta = facts.a(layer, j), facts.said(layer, j), facts.delta(layer, j)
    what, name = f"disc {layer}-{j}", facts.name(layer, j)
    title, *more = text_of(group.find("title")).split(" · ")
    same(f"{what}, name", title, name)
    true = [("z", facts.z(layer, j)), ("a", a), ("∂C/∂a", facts.received(layer, j)), ("δ", delta)]
    expected = [f"{word} {figure(value)}" for word, value in true if value is not None]
    bias = [facts.dial_text("b", layer, j, 1)] if layer else []
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
    check_ring(group.find("circle"), facts, facts.blame(layer, j) * (lens in ("error", "blame")), what)
    same(f"{what}, padlock", bool(having(group, "padlock")), facts.locked(layer, j))
    shown = {text_of(text) for text in having(group, "below")} - {""}
    same(f"{what}, below", shown - below(facts, layer, j, lens), set())
    for text in having(group, "value") + having(group, "below"):  # with fewer digits, or of the new dials
        text.clear()


def lengths(old: float, new: float) -> range:
    """Return how many digits a number may have: the reader's, or as many as tell it from the old one; and
    fewer."""
    return range(apart(old, new), 0, -1)


def check_ring(ring: Element, facts: Facts, delta: float, what: str) -> None:
    """Check that a ring is as thick as its error, on the iteration's scale; a faint one is none."""
    inner = float(ring.get("r")) - float(ring.get("stroke-width")) / 2 - (0 if "bare" in kinds(ring) else GAP)
    thick = RING * inner * min(1.0, (abs(delta) / facts.miss()) ** 0.5) if delta else 0.0
    drawn = 0.0 if "bare" in kinds(ring) else float(ring.get("stroke-width"))
    same(f"{what}, ring", abs(drawn - (thick if thick >= FAINT else 0.0)) < 0.06, True)


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
    return short | {f"{text} {mark[2:]}".rstrip() for text in short} | {glyph(blame)}


def check_wires(page: Page, facts: Facts, layer: int, lens: str, pick: str) -> None:
    """Check the wires into a layer: hover texts, hues, dashes and labels under the lens."""
    wires = [path for path in page[f"wires-{layer}"] if path.get("id")]
    pills = {pill.get("data-ref"): pill for pill in page[f"labels-{layer}"]}
    check_crowd(facts, layer, [wire.get("id") for wire in wires], pick)
    same(f"labels of {layer}", pills.keys() - {wire.get("id") for wire in wires}, set())
    for wire in wires:
        j, k = map(int, wire.get("id").split("-")[2:])
        w, what = facts.weight(layer, j, k), wire.get("id")
        passed, nabla = facts.passed(layer, j, k), facts.nabla("w", layer, j, k)
        shown = {"error": passed, "blame": passed, "gradient": nabla}.get(lens)
        dial, name = facts.dial_text("w", layer, j, k), names.weight(facts.sizes, layer, j, k)
        ends = f"{facts.name(layer - 1, k)} → {facts.name(layer, j)}"
        labels, hover, hue = named(name, w), [ends, dial], facts.blame(layer, j) * w
        if lens == "gradient" and facts.known.after is not None:
            labels = moves(facts, layer, j, k)
        elif shown is not None:
            labels = {
                "error": [figure(shown, digits) for digits in fewer()],
                "blame": [percents(facts.shares(layer, j))[k - 1] + word for word in (" blame", "")],
                "gradient": named(f"∂{name}", shown),
            }[lens]
            hover.append({"error": f"w·δ {labels[0]}"}.get(lens, labels[0]))
        hue = 0.0 if shown is None else facts.tilt("w", layer, j, k) if lens == "gradient" else hue
        same(f"{what}, hover text", text_of(wire.find("title")).split(" · "), hover)
        same(f"{what}, dashed", "minus" in kinds(wire), w < 0)
        same(f"{what}, hue", kinds(wire) & {"more", "less"}, side(hue))
        if what in pills:
            text = pills[what].find("text")
            same(f"{what}, label", text_of(text) if text_of(text) not in labels else labels[0], labels[0])
            same(f"{what}, label's hue", kinds(pills[what]) & {"more", "less"}, side(hue))
            text.clear()  # it may have fewer digits than all else


def named(name: str, value: float) -> list[str]:
    """Return the ways to write a number behind a name, the longest first."""
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
    owners = [f"target of {facts.name(last, j)}: {value}" for j, value in enumerate(values, 1)]
    same("targets' names", [text_of(group.find("title")) for group in page["targets"]], owners)
    box, cost = page["cost"], facts.cost_said()
    text = "cost ?" if cost is None else f"cost {figure(cost)}"
    same("cost, name", text_of(box.find("title")), "cost, not known yet" if cost is None else text)
    fitting = {text} if cost is None else {f"cost {figure(cost, digits)}" for digits in fewer()}
    same("cost box", text_of(value := having(box, "value")[0]) in fitting, True)
    value.clear()  # it may have fewer digits than all else
    same("cost box, quiet", "unknown" in kinds(box), cost is None)


def check_tables(page: Page, facts: Facts) -> None:
    """Check every cell of the tables."""
    for number, true in enumerate((facts.neuron_rows(), facts.goal_rows(), facts.dial_rows()), 1):
        rows = page[f"table-{number}"].findall("tbody/tr")
        same(f"table {number}", [[text_of(cell) for cell in row] for row in rows], true)


def check_where(page: Page, facts: Facts) -> None:
    """Check the count of iterations and the example's number."""
    known = facts.known
    number, example = f"{known.iteration + 1:,}", known.examples[facts.example]
    true = f"iteration {number} · example {example} of {known.rows}"
    same("where", [text_of(line) for line in having(page.root, "where")], [true])


def check_verdict(page: Page, facts: Facts) -> None:
    """Check what is said at the end of a run: how many iterations it took, how many examples are right."""
    said = VERDICT.search(text_of(page["notice"]))
    if said:
        same("verdict, iterations", said["count"], f"{facts.known.iteration:,}")
        same("verdict, one or many", said["many"], "s" * (facts.known.iteration != 1))
        right = score(facts.known)
        same("verdict, score", said["score"], f"{right[0]} of {right[1]} right" if right else None)


def check_narration(told: Element, facts: Facts, sayable: Sayable, voice: str) -> None:
    """Check that each number stands in a phrase that is right, in maths that somebody can know it; then take
    the words away: a story has fewer digits than all else."""
    text = check_story(text_of(told), facts)
    if voice == "maths":  # whose equations have a test of their own
        counts = facts.counts() | FORMULAS
        for number in re.findall(NUMBER, re.sub(r"hidden layer \d|\bL[12]\b", "", text)):
            said = number.strip(MINUS)
            if said not in sayable and said not in counts:
                raise NotTrue(f"narration: nobody knows {number}: {text}")
    else:
        check_counts(text, facts)
    for element in told.iter():
        element.text = element.tail = ""


def kinds(element: Element) -> set[str]:
    """Return an element's classes."""
    return set(element.get("class", "").split())


def glyph(value: float) -> str:
    """Return the mark that the sign of a blame asks for."""
    return "" if value == 0 else "▼" if value > 0 else "▲"
