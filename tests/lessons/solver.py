"""Somebody with a printed worksheet and a pocket calculator: reads its numbers, works it out, and compares
with the printed key. Knows nothing of the program."""

from __future__ import annotations

import math
import re
from collections.abc import Callable
from dataclasses import dataclass, field
from xml.etree import ElementTree

Element = ElementTree.Element
Rounding = Callable[[float], float]


def exact(value: float) -> float:
    return value


def to_digits(value: float, digits: int = 4) -> float:
    """Round to so many significant digits, as somebody does who writes each step down."""
    return float(f"{value:.{digits - 1}e}")


def number(text: str) -> float:
    """Read a printed number.

    >>> number("−0.25"), number("1.5e−5")
    (-0.25, 1.5e-05)
    """
    return float(text.replace("−", "-"))


def named(text: str) -> tuple[str, float]:
    """Read what stands as "name = number"."""
    name, value = text.split(" = ")
    return name.strip(), number(value.strip())


def words(element: Element) -> str:
    return " ".join("".join(element.itertext()).split())


@dataclass
class Printed:
    """A sheet as it is printed: single values, per layer and neuron its name and its dials in order, what
    the neurons and the cost are, and the names of the blanks."""

    values: dict[str, float]
    layers: list[list[tuple[str, list[tuple[str, float]]]]]
    laws: dict[str, str]
    blanks: list[str] = field(default_factory=list)


def of_class(root: Element, name: str) -> list[Element]:
    return [one for one in root.iter() if name in one.get("class", "").split()]


def page(html: str) -> Element:
    """Read the page; of what HTML leaves open only a few elements occur."""
    body = html[html.index("<main") : html.index("</main>") + len("</main>")]
    closed = re.sub(r"<input([^>]*)>", r"<input\1/>", body)
    closed = re.sub(r"\s(checked|selected)(?=[\s>/])", r' \1=""', closed)
    return ElementTree.fromstring(closed.replace("&nbsp;", " "))


def sheets(root: Element) -> list[Printed]:
    """Read every sheet of a page."""
    return [printed(one) for one in of_class(root, "sheet")]


def printed(sheet: Element) -> Printed:
    values = dict(named(words(one)) for one in of_class(sheet, "values")[0])
    layers = []
    for table in of_class(sheet, "dials"):
        layers.append([(words(row[0]), [named(words(cell)) for cell in row[1:]]) for row in table])
    laws = dict(words(one).split(": ", 1) for one in of_class(sheet, "laws")[0])
    found = Printed(values, layers, laws)
    for line in of_class(sheet, "line"):
        found.blanks += [line.get("aria-label", "")] * len(of_class(line, "blank"))
    for turn in of_class(sheet, "turn"):
        old, gradient, _new = map(words, turn)
        if of_class(turn, "blank"):
            found.blanks += [gradient.split(" = ")[0].removesuffix(" ="), old.split(" = ")[0] + " new"]
    return found


def keys(root: Element) -> list[dict[str, str]]:
    """Read the table of keys: for each sheet what is printed beside each name."""
    found: list[dict[str, str]] = []
    for table in of_class(root, "sheet-key")[0].iter("table"):
        head, *rows = table.iter("tr")
        some: list[dict[str, str]] = [{} for _ in head[1:]]
        for row in rows:
            for one, cell in zip(some, row[1:], strict=True):
                one[words(row[0])] = words(cell)
        found += some
    return found


# --- the work ----------------------------------------------------------------------------------------------

VALUES: dict[str, Callable[[float], float]] = {
    "sigmoid": lambda z: 1 / (1 + math.exp(-z)),
    "tanh": math.tanh,
    "ReLU": lambda z: max(0.0, z),
    "linear": lambda z: z,
}
SLOPES: dict[str, Callable[[float], float]] = {  # from a
    "sigmoid": lambda a: a * (1 - a),
    "tanh": lambda a: 1 - a * a,
    "ReLU": lambda a: float(a > 0),
    "linear": lambda a: 1.0,
}


def solve(sheet: Printed, rounded: Rounding = exact) -> dict[str, float]:
    """Work a sheet out, rounding every step. Return each result by its name on the sheet."""
    kinds = {what: law.split(", ")[0] for what, law in sheet.laws.items()}
    found: dict[str, float] = {}
    signals = [(name, value) for name, value in sheet.values.items() if name.startswith("x")]
    reached = [signals]
    last = len(sheet.layers) - 1
    for at, layer in enumerate(sheet.layers):
        kind = (
            kinds["Outputs"] if at == last else kinds.get("Hidden neurons") or kinds[f"Hidden layer {at + 1}"]
        )
        sums = [rounded(heard(dials, signals)) for _, dials in layer]
        if kind == "softmax":
            found["S"] = rounded(sum(map(math.exp, sums)))
            answers = [rounded(math.exp(z) / found["S"]) for z in sums]
        else:
            answers = [rounded(VALUES[kind](z)) for z in sums]
        signals = [(name, a) for (name, _), a in zip(layer, answers, strict=True)]
        found |= {f"z({name})": z for (name, _), z in zip(layer, sums, strict=True)} | dict(signals)
        reached.append(signals)
    targets = [value for name, value in sheet.values.items() if name.startswith("y")]
    outputs = [a for _, a in signals]
    cost = kinds["Cost"]
    found["C"] = rounded(cost_of(cost, kinds["Outputs"], outputs, targets))
    received = received_of(cost, kinds["Outputs"], outputs, targets)
    for at in range(last, -1, -1):
        kind = (
            kinds["Outputs"] if at == last else kinds.get("Hidden neurons") or kinds[f"Hidden layer {at + 1}"]
        )
        received = [rounded(one) for one in received]
        deltas = back(found, kind, reached[at + 1], received, rounded)
        turn(found, sheet.layers[at], reached[at], deltas, sheet.values["η"], rounded)
        weights = [[value for _, value in dials][-len(reached[at]) :] for _, dials in sheet.layers[at]]
        received = [
            sum(row[k] * delta for row, delta in zip(weights, deltas, strict=True))
            for k in range(len(reached[at]))
        ]
    return found


def kind_of(kinds: dict[str, str], at: int, last: int) -> str:
    """Return what the neurons of a layer are, from 0."""
    if at == last:
        return kinds["Outputs"]
    return kinds.get("Hidden neurons") or kinds[f"Hidden layer {at + 1}"]


def heard(dials: list[tuple[str, float]], signals: list[tuple[str, float]]) -> float:
    """Add up what a neuron hears: its bias first, where it has one."""
    values = [value for _, value in dials]
    biases, weights = values[: -len(signals)], values[-len(signals) :]
    return sum(biases) + sum(w * a for w, (_, a) in zip(weights, signals, strict=True))


def cost_of(cost: str, kind: str, outputs: list[float], targets: list[float]) -> float:
    pairs = list(zip(outputs, targets, strict=True))
    if cost == "Cross-entropy":
        if kind == "softmax":
            return -sum(y * math.log(a) for a, y in pairs if y)
        return -sum(
            (y * math.log(a) if y else 0) + ((1 - y) * math.log(1 - a) if y != 1 else 0) for a, y in pairs
        )
    return {"Quadratic": 0.5, "Squared error": 1.0}[cost] * sum((a - y) ** 2 for a, y in pairs)


def received_of(cost: str, kind: str, outputs: list[float], targets: list[float]) -> list[float]:
    pairs = list(zip(outputs, targets, strict=True))
    if cost == "Cross-entropy":
        if kind == "softmax":
            return [-y / a for a, y in pairs]
        return [(1 - y) / (1 - a) - y / a for a, y in pairs]
    return [{"Quadratic": 1.0, "Squared error": 2.0}[cost] * (a - y) for a, y in pairs]


def back(
    found: dict[str, float],
    kind: str,
    answers: list[tuple[str, float]],
    received: list[float],
    rounded: Rounding,
) -> list[float]:
    """Work out what each neuron of a layer keeps of what it receives."""
    deltas = []
    usual = sum(a * one for (_, a), one in zip(answers, received, strict=True))
    for (name, a), one in zip(answers, received, strict=True):
        found[f"∂C/∂{name}"] = one
        if kind == "softmax":
            found["R"] = rounded(usual)
            deltas.append(rounded(a * (one - found["R"])))
        else:
            found[f"f′({name})"] = rounded(SLOPES[kind](a))
            deltas.append(rounded(one * found[f"f′({name})"]))
        found[f"δ({name})"] = deltas[-1]
    return deltas


def turn(
    found: dict[str, float],
    layer: list[tuple[str, list[tuple[str, float]]]],
    signals: list[tuple[str, float]],
    deltas: list[float],
    eta: float,
    rounded: Rounding,
) -> None:
    """Turn every dial of a layer."""
    for (_, dials), delta in zip(layer, deltas, strict=True):
        biases = len(dials) - len(signals)
        for at, (name, old) in enumerate(dials):
            gradient = rounded(delta if at < biases else signals[at - biases][1] * delta)
            found[f"∂C/∂{name}"], found[f"{name} new"] = gradient, rounded(old - eta * gradient)


# --- the comparison ----------------------------------------------------------------------------------------


def unit(text: str) -> float:
    """Return what one is in the last of the printed digits, of which there are three or more.

    >>> unit("−0.253"), unit("0.3"), unit("1.4170")
    (0.001, 0.001, 0.0001)
    """
    value = abs(number(text))
    if not value:
        return 1e-12
    printed = len(text.partition("e")[0].partition(".")[2]) if "e" not in text else 0
    decimals = max(printed, 2 - math.floor(math.log10(value)))
    return float(f"1e{-decimals}")
