"""An exercise as it stands on paper: examples line by line, inputs and then targets."""

from __future__ import annotations

import re

from app.datasets.dataset import Dataset
from app.datasets.own import own_from
from app.lab.dial_list import short
from app.lab.lines import read_line
from app.limits import HIDDEN_LAYERS, NEURONS, Unusable
from app.notation.names import Sizes

ARROW = re.compile(r"→|->|=>|=|:|\|")  # between inputs and targets


def typed_sizes(text: str) -> Sizes:
    """Read the sizes of all layers, inputs first; raises Unusable.

    >>> typed_sizes("2-2-1"), typed_sizes("2 → 3")
    ((2, 2, 1), (2, 3))
    """
    found = tuple(int(part) for part in re.findall(r"\d{1,4}", text, re.ASCII))
    if not 2 <= len(found) <= HIDDEN_LAYERS + 2 or not all(1 <= size <= NEURONS for size in found):
        raise Unusable("layers", "exercise-layers")
    return found


def typed_examples(text: str, sizes: Sizes) -> Dataset:
    """Read a line per example: its inputs, an arrow or bar if one likes, its targets; raises Unusable."""
    rows: dict[str, list[list[float]]] = {"inputs": [], "targets": []}
    inputs, targets = sizes[0], sizes[-1]
    for number, line in enumerate(text.splitlines(), 1):
        if not line.strip():
            continue
        try:
            parts = [read_line(part, number) for part in ARROW.split(line)]
        except Unusable as error:
            raise Unusable("examples", "dials-number", **error.problem.facts) from None
        flat = [value for part in parts for value in part]
        apart = len(parts) == 2 and (len(parts[0]), len(parts[1])) != (inputs, targets)
        if len(parts) > 2 or apart or len(flat) != inputs + targets:
            facts = {"line": number, "inputs": inputs, "targets": targets, "found": len(flat)}
            raise Unusable("examples", "exercise-row", **facts)
        rows["inputs"].append(flat[:inputs])
        rows["targets"].append(flat[inputs:])
    if not rows["inputs"]:
        raise Unusable("examples", "exercise-empty")
    try:
        return own_from(rows)
    except Unusable as error:
        raise Unusable("examples", error.problem.why, **error.problem.facts) from None


def examples_text(data: Dataset) -> str:
    """Write examples the way `typed_examples` reads them."""
    rows = data.as_rows()
    pairs = zip(rows["inputs"], rows["targets"], strict=True)
    return "\n".join(f"{' '.join(map(short, x))} → {' '.join(map(short, y))}" for x, y in pairs)
