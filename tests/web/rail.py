"""The rail held against what is known: each row, bar, ghost mark and digit, the map's spot, the score, the
cost and its curve."""

from __future__ import annotations

import re
from xml.etree.ElementTree import Element

import numpy as np

from app.engine.backprop import forward
from app.notation.numbers import figure, moved
from tests.web.facts import Facts, same
from tests.web.model import axes, gap
from tests.web.predictions import above, answers, is_right, score
from tests.web.tree import Page, having, text_of

LISTED, BARS, LEAST, BUCKETS, SIDE, GRID = 10, 3, 20, 120, 160.0, 49
STROKES = ("M3 0h14", "M20 3v12", "M20 21v12", "M3 36h14", "M0 21v12", "M0 3v12", "M3 18h14")
STEP = re.compile(r"([Ml])|(-?[\d.]+)[ ]?(-?[\d.]+)")


def check_rail(page: Page, facts: Facts) -> None:
    """Check all that the rail says and draws, then take it away: its numbers are to be found nowhere else."""
    rail, known = page["rail"], facts.known
    kind = kind_of(facts)
    shown = {"rows": having(rail, "rows"), "digits": having(rail, "digits"), "map": having(rail, "small-map")}
    same("rail, kind", {name for name, found in shown.items() if found}, {"map" if kind == "curve" else kind})
    {"rows": check_rows, "digits": check_digits, "map": check_map, "curve": check_fitted}[kind](page, facts)
    found, text = score(known), ""
    if found:
        waiting = known.rows - found[1]
        said = [f"{found[0]} of {found[1]} right"] * bool(found[1])
        text = ", ".join([*said, *[f"{counted(waiting)} not asked yet"] * bool(waiting)])
    same("score", text_of(page["score-now"]) if "score-now" in page.ids else "", text)
    now = figure(known.fall[-1]) if known.after is None else moved(*known.fall[-2:])
    same("cost over all", text_of(page["cost-now"]), f"cost {now}")
    same(
        "cost, over how many",
        text_of(page["cost-title"]),
        f"How wrong, over {all_of(known.rows)}".removesuffix(" examples"),
    )
    check_fall(having(rail, "fall")[0], facts, now)
    rail.clear()


def all_of(rows: int) -> str:
    """Name all examples."""
    return f"all {rows} examples" if rows > 1 else "its one example"


def counted(number: int) -> str:
    """Write a small number as a word."""
    words = [
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
    return words[number] if number < len(words) else f"{number:,}"


def kind_of(facts: Facts) -> str:
    """Return how a task is to be shown."""
    data = facts.known.data
    if data.key == "digits":
        return "digits"
    if len(data.x) == 1 and len(data.y) == 1:
        return "curve"
    clear = len(data.y) == 1 or data.one_hot  # one answer to each place
    return "map" if len(data.x) == 2 and data.rows > LISTED and clear else "rows"


def check_rows(page: Page, facts: Facts) -> None:
    """Check the examples that are listed: the first ones, and the drawn one."""
    known, said = facts.known, answers(facts.known)
    drawn = known.examples[facts.example]
    listed = list(range(1, min(LISTED, known.rows) + 1))
    listed = listed if drawn in listed else [*listed[:-1], drawn]
    before = forward(known.network, known.before, known.data.x).a[known.network.last]
    rows = having(page["rail"], "rows")[0].findall("tbody/tr")
    same("rows", [row.get("id") for row in rows], [f"row-{number}" for number in listed])
    here = [row.get("id") for row in rows if row.get("aria-current") or "here" in row.get("class", "")]
    same("row, drawn", here, [f"row-{drawn}"])
    for row, number in zip(rows, listed, strict=True):
        old = None if known.after is None else before[:, number - 1]
        check_row(row, facts, number, said[:, number - 1], old)


def check_row(row: Element, facts: Facts, number: int, said: np.ndarray, old: np.ndarray | None) -> None:
    """Check one example's row; `said` is NaN where nobody knows, `old` are the answers before a descent."""
    data, what, is_known = facts.known.data, f"row {number}", bool(np.isfinite(said).all())
    x, y = data.x[:, number - 1], data.y[:, number - 1]
    head, answer, mark = row
    same(f"{what}, head", text_of(head), f"{listed_as(x)} → {listed_as(y)}")
    same(f"{what}, answer", text_of(answer.findall("span")[-1]), listed_as(said) if is_known else "")
    true = "? not asked yet"
    if is_known:
        right = is_right(facts.known, y, said) if data.classes else None
        true = {True: "✓ right", False: "✗ wrong", None: ""}[right]
    same(f"{what}, mark", text_of(mark), true)
    drawing = answer.find("svg")
    same(f"{what}, bars", drawing is not None, len(y) <= BARS)
    if drawing is not None:
        bars = {name: having(drawing, name) for name in ("answer", "goal", "before")}
        near(f"{what}, bars", [float(one.get("width")) for one in bars["answer"]], shares(facts, said))
        near(f"{what}, ticks", [across(one) for one in bars["goal"]], shares(facts, y))
        near(
            f"{what}, ghosts",
            [across(one) for one in bars["before"]],
            [] if old is None else shares(facts, old),
        )


def listed_as(values: np.ndarray) -> str:
    """Write numbers side by side."""
    return ", ".join(figure(float(value)) for value in values)


def shares(facts: Facts, values: np.ndarray) -> list[float]:
    """Return where numbers stand on the bars' range, 0 to 100; nothing for what is not known."""
    data = facts.known.data
    low, high = float(data.targets.min()), float(data.targets.max())
    if data.classes or low == high:
        low, high = 0.0, 1.0
    return [float(np.clip(100 * (v - low) / (high - low), 0, 100)) for v in values if np.isfinite(v)]


def across(mark: Element) -> float:
    """Return where an upright stroke stands on the bars' range."""
    return float(re.match(r"M([\d.]+) ", mark.get("d"))[1]) - 2


def near(what: str, shown: list[float], true: list[float], room: float = 0.06) -> None:
    """See that places in a drawing are the true ones, but for their rounding."""
    same(f"{what}, how many", len(shown), len(true))
    same(what, [one for one, two in zip(shown, true, strict=True) if abs(one - two) > room], [])


def check_digits(page: Page, facts: Facts) -> None:
    """Check each digit's strokes, and what the network takes it for."""
    known, said = facts.known, answers(facts.known)
    cells = list(having(page["rail"], "digits")[0])
    same("digits", [cell.get("id") for cell in cells], [f"row-{at}" for at in range(1, 11)])
    here = [cell.get("id") for cell in cells if cell.get("aria-current") or "here" in cell.get("class", "")]
    same("digit, drawn", here, [f"row-{known.examples[facts.example]}"])
    for at, cell in enumerate(cells):
        name = int(known.data.y[:, at].argmax())
        strokes = [(path.get("d"), path.get("class")) for path in cell.iter("path")]
        lit = [f"segment-{'on' if on else 'off'}" for on in known.data.x[:, at]]
        same(f"digit {name}, strokes", strokes, list(zip(STROKES, lit, strict=True)))
        text = "?"
        if np.isfinite(said[:, at]).all():
            loudest = int(said[:, at].argmax())
            alone = above(said[loudest, at], np.delete(said[:, at], loudest).max())
            right = is_right(known, known.data.y[:, at], said[:, at])
            text = "✓ right" if right else f"{loudest if alone else '–'}, wrong"
        same(f"digit {name}", text_of(cell), f"{name}: {text}")


def check_map(page: Page, facts: Facts) -> None:
    """Check where the drawn example stands among two inputs, and the borders of now and of before."""
    known, drawing = facts.known, having(page["rail"], "small-map")[0]
    low, high, _ = axes(facts, held=False)
    x, y = known.x[:, facts.example]
    check_here(drawing, (x - low[0]) / (high[0] - low[0]), (y - low[1]) / (high[1] - low[1]))
    grids = np.meshgrid(*(np.linspace(*ends, GRID) for ends in zip(low, high, strict=True)))
    for kind, dials in (("border", known.after or known.before), ("before", known.after and known.before)):
        paths = [path.get("d") for path in having(drawing, kind)]
        if dials is None:
            same(f"map, {kind}", paths, [])
        else:
            said = forward(known.network, dials, np.stack([grid.ravel() for grid in grids]))
            check_border(f"map, {kind}", paths, ahead(facts, said.a[known.network.last]))


def ahead(facts: Facts, said: np.ndarray) -> np.ndarray:
    """Tell for each point of the grid, row = second input, which output is above the middle, or loudest."""
    targets = facts.known.data.targets
    middle = 0.5 if facts.known.data.classes else (targets.min() + targets.max()) / 2
    if len(said) > 1:
        middle = np.stack([np.delete(said, k, axis=0).max(axis=0) for k in range(len(said))])
    beyond = said - middle > 1e-9 * np.maximum(abs(said), abs(middle))
    return beyond.reshape(-1, GRID, GRID)


def check_border(what: str, paths: list[str], sides: np.ndarray) -> None:
    """Check that a border runs where sides change, all along it, and that there is one where they do."""
    parted = any(side.any() and not side.all() for side in sides)
    same(f"{what}, there", len(paths), int(parted))
    for path in "".join(paths).split("M")[1:]:
        for x, y in places_of(f"M{path.rstrip('Z')}"):
            column, row = x / SIDE * (GRID - 1), (1 - y / SIDE) * (GRID - 1)
            about = [slice(max(0, int(at - 0.2)), int(at + 0.2) + 2) for at in (row, column)]
            near_by = sides[:, *about]
            same(f"{what} at {x:g} {y:g}", any(one.any() and not one.all() for one in near_by), True)


def check_fitted(page: Page, facts: Facts) -> None:
    """Check a curve, the one before it, and where the drawn example stands, at its target."""
    known, drawing = facts.known, having(page["rail"], "small-map")[0]
    low, high, line = axes(facts, known.network.last, held=False)
    least, most = known.data.targets[0].min(), known.data.targets[0].max()
    room = (most - least) / 4 or 1.0  # the answers have no say in the range: old and new ones stay in place
    low[1], high[1] = least - room, most + room
    (x,), (y,) = known.x[:, facts.example], known.y[:, facts.example]
    check_here(drawing, (x - low[0]) / (high[0] - low[0]), (y - low[1]) / (high[1] - low[1]))
    curves = {"border": known.after or known.before, "before": known.after and known.before}
    for kind, dials in curves.items():
        paths = [path.get("d") for path in having(drawing, kind)]
        same(f"curve, {kind}", len(paths), int(dials is not None))
        if dials is not None:
            true = forward(known.network, dials, line).a[known.network.last][0]
            true = true[~gap(facts, line[0], known.network.last, 1)] if kind == "border" else true
            places = [float(part.split()[1]) for part in re.split("[ML]", paths[0])[1:]]
            heights = [SIDE * (1 - (v - low[1]) / (high[1] - low[1])) for v in true]
            near(f"curve, {kind}", places, [min(max(one, -SIDE), 2 * SIDE) for one in heights], 0.1)


def check_here(drawing: Element, right: float, up: float) -> None:
    """Check the ring around the drawn example; its place is given as parts of the square."""
    (ring,) = having(drawing, "here")
    near("drawn example", spot(ring), [SIDE * right, SIDE * (1 - up)], 0.1)


def spot(circle: Element) -> list[float]:
    """Return where a circle's middle is."""
    return [float(circle.get("cx")), float(circle.get("cy"))]


def check_fall(drawing: Element, facts: Facts, now: str) -> None:
    """Check the curve of the cost: from the start to this moment, not one iteration more, and its point."""
    fall, label = facts.known.fall, f"The cost over {all_of(facts.known.rows)}, now {now}"
    same("fall, name", drawing.get("aria-label"), label)
    lines, points = having(drawing, "line"), having(drawing, "point")
    places = places_of(lines[0].get("d")) if lines else []
    same("fall, lines", len(lines) <= 1 and len(points) <= 1, True)
    if not points:  # the way here is still being worked out
        same("fall, too far", len(places) <= len(fall), True)
        return
    top, long = max(fall), max(LEAST, len(fall) - 1)
    true = [(8 + at / long * 284, 142 - cost / (top or 1.0) * 134) for at, cost in enumerate(fall)]
    if len(fall) <= BUCKETS:  # all of them, and the last one again
        for shown, wanted in zip(places, [*true, true[-1]], strict=True):
            near("fall", list(shown), list(wanted), 0.6)
    near("fall, end", list(places[-1]), list(true[-1]), 0.6)
    near("fall, point", spot(points[0]), list(true[-1]), 0.1)


def places_of(path: str) -> list[tuple[float, float]]:
    """Return the places that a path of one M and short steps goes through."""
    found = [(float(x), float(y)) for _, x, y in STEP.findall(path) if x]
    return [(float(x), float(y)) for x, y in np.cumsum(found, axis=0)]
