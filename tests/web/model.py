"""The model panel held against what is known: every cell of its table, its axes, and who is right."""

from __future__ import annotations

import numpy as np

from app.engine.backprop import costs_of, forward
from app.notation import names
from app.notation.numbers import figure
from tests.web.facts import Facts, same
from tests.web.oracle import Known
from tests.web.predictions import above, is_right, told
from tests.web.tree import Page, having, text_of


def check_model(page: Page, facts: Facts) -> None:
    """Check the table and the axes, then take them away: their numbers are to be found nowhere else."""
    rows = page["answers"].findall("tbody/tr")
    same("answers", [[text_of(cell) for cell in row] for row in rows], answer_rows(facts))
    drawn = facts.known.examples[facts.example] - 1
    same("answers, drawn", [at for at, row in enumerate(rows) if row.get("aria-current")], [drawn])
    page["answers"].clear()
    moment = (
        "with the new dials, after the descent of" if facts.known.after else "with the dials that"
    ) + " iteration"
    same("model, when", f"{moment} {facts.known.iteration + 1}" in text_of(page["model"]), True)
    for drawing in having(page.root, "response"):
        texts = drawing.findall("text")
        shown = [text_of(text) for text in texts if "name" not in text.get("class", "")]
        across, up = [text_of(text) for text in texts if "name" in text.get("class", "")]
        same("axes", across, names.neuron(facts.sizes, 0, 1))
        same("ends of the axes", shown, ends(facts, up))
        drawing.clear()


def answer_rows(facts: Facts) -> list[list[str]]:
    """Return the table of examples: those of the batch only know what their own passes have reached, and
    those that come next are left out after the descent."""
    known, rows = facts.known, []
    last, dials = known.network.last, known.after or known.before
    for x, y, test in ((known.data.x, known.data.y, False), (known.data.x_test, known.data.y_test, True)):
        if x is None:
            continue
        reached = forward(known.network, dials, x)
        outputs, costs = reached.a[last], costs_of(known.network, reached, y)
        for at in range(x.shape[1]):
            inside = not test and known.after is None and at + 1 in known.examples
            next_up = not test and known.after is not None and at + 1 in known.coming
            next_up = next_up and len(set(known.coming)) < known.rows
            said = not next_up and (not inside or told(known))
            cost = figure(float(costs[at])) if said and (not inside or known.costs is not None) else ""
            here = " drawn" if not test and at + 1 == known.examples[facts.example] else ""
            row = [f"{'test ' * test}{at + 1}{here}", short(x[:, at]), target(facts, y[:, at])]
            row += [output(facts, outputs[:, at]) if said else "", cost]
            if np.isin(known.data.y, (0, 1)).all():
                row.append(verdict(known, y[:, at], outputs[:, at]) if said else "")
            rows.append(row)
    return rows


def short(values: np.ndarray) -> str:
    """Write a few numbers in a row."""
    if len(values) > 3 and np.isin(values, (0, 1)).all():
        return "".join(str(int(value)) for value in values)
    return " ".join([figure(float(value)) for value in values[:8]] + ["…"] * (len(values) > 8))


def target(facts: Facts, y: np.ndarray) -> str:
    """Write what should come out: of many outputs the name of the one that should be 1."""
    return (
        names.neuron(facts.sizes, facts.known.network.last, int(y.argmax()) + 1)
        if facts.known.data.one_hot
        else short(y)
    )


def output(facts: Facts, said: np.ndarray) -> str:
    """Write what comes out: of many outputs the loudest with its number."""
    if not facts.known.data.one_hot:
        return short(said)
    alone = above(said.max(), np.delete(said, said.argmax()).max())
    return f"{target(facts, said) if alone else 'equally loud'} {figure(float(said.max()))}"


def verdict(known: Known, y: np.ndarray, said: np.ndarray) -> str:
    """Say whether the outputs say what they should."""
    return "right ✓" if is_right(known, y, said) else "wrong ✗"


def ends(facts: Facts, up: str) -> list[str]:
    """Return the ends of the axes as text: over one input those of the neuron that is named there."""
    at = (0, 1)
    if len(facts.known.data.x) == 1:
        names_of = {
            names.neuron(facts.sizes, layer, j): (layer, j)
            for layer, size in enumerate(facts.sizes)
            for j in range(1, size + 1)
            if layer
        }
        at = names_of[up]
    lows, highs, _ = axes(facts, *at)
    return [figure(float(value)) for value in (lows[0], highs[0], lows[1], highs[1])]


def axes(
    facts: Facts, layer: int = 0, j: int = 1, *, held: bool = True
) -> tuple[list[float], list[float], np.ndarray]:
    """Return the lower and the upper ends of two axes, and a line along the first one.

    Inputs: all examples in the middle, with or without those held back, a quarter of their range on each
    side. Over one input, of a neuron: the curve's values, the function's ends and an output's targets.
    """
    known, data = facts.known, facts.known.data
    x = data.x if data.x_test is None or not held else np.hstack([data.x, data.x_test])
    low, high = x.min(axis=1), x.max(axis=1)
    half, middle = 0.75 * ((high - low).max() or 1.0), (low + high) / 2
    lows, highs = list(middle - half), list(middle + half)
    line = np.linspace(lows[0], highs[0], 49)[None]
    if len(x) == 1:
        curves = forward(known.network, known.after or known.before, line).a
        span = [end for end in known.network.activation(layer).span if np.isfinite(end)]
        targets = data.targets[j - 1] if layer == known.network.last else []
        values = [*curves[layer][j - 1][~gap(facts, line[0], layer, j)], *span, *targets]
        level = 1.0 if min(values) == max(values) else 0.0
        lows.append(min(values) - level)
        highs.append(max(values) + level)
    return lows, highs, line


def gap(facts: Facts, line: np.ndarray, layer: int, j: int) -> np.ndarray:
    """Tell which points of a line, shape (n,), a curve leaves out: those by the drawn example, as long as the
    neuron has not answered it."""
    known = facts.known
    fired = known.after is not None or len(known.forward.a.get(layer, ())) >= j
    return (not fired) & (abs(line - known.x[0, facts.example]) <= 2 * (line[1] - line[0]))
