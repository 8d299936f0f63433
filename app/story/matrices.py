"""What is said of pasted matrices: how they can be read, and which of them does not fit."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from app.lab.matrices import Way

NEURONS = {
    "rows": "In your matrices each row is a neuron, as in PyTorch and most textbooks",
    "columns": "In your matrices each column is a neuron, as in Keras and scikit-learn",
    "lines": "The numbers come neuron by neuron, weights and then bias",
}
BIAS = {"last": "its bias stands last", "first": "its bias stands first"}
ORDER = {"turns": "weights and biases take turns", "after": "all biases come after all weights"}
MOST = 8  # arrays that are listed


def way_told(way: Way, among: Sequence[Way]) -> str:
    """Say how a text is read, the order of the arrays only where it is in question."""
    parts = [NEURONS[way.neurons], BIAS.get(way.bias, "")]
    if len({one.order for one in among}) > 1:
        parts.append(ORDER.get(way.order, ""))
    return "; ".join(filter(None, parts)) + "."


def which(among: Sequence[Way]) -> str:
    """Say to a program that it has to choose."""
    ways = " ".join(f"take={way.key}: {way_told(way, among)}" for way in among)
    return f"This can be read in {len(among)} ways; say which. {ways}"


def told(facts: dict[str, Any]) -> dict[str, Any]:
    """Return facts about arrays as words."""
    found = dict(facts)
    if "arrays" in facts:
        arrays = facts["arrays"]
        more = f" and {len(arrays) - MOST:,} more" if len(arrays) > MOST else ""
        found["are"] = "is one" if len(arrays) == 1 else f"are {len(arrays):,}"
        listed = (f"{name_of(name, at)} ({shape(*size)})" for name, at, *size in arrays[:MOST])
        found["arrays"] = ", ".join(listed) + more
    else:
        name, at, rows, columns = facts["array"]
        called = name_of(name, at)
        found["array"] = f"{called[0].upper()}{called[1:]} is {shape(rows, columns)}"
        by_row = facts["neurons"] == "rows"
        size = (facts["to"], facts["sources"]) if by_row else (facts["sources"], facts["to"])
        found["wanted"] = f"{shape(*size)}, a {'row' if by_row else 'column'} for each neuron"
    return found


def name_of(name: str, at: int) -> str:
    """Return what an array is called, else which one it is."""
    return f"“{name[-40:]}”" if name else f"array {at}"


def shape(rows: int, columns: int) -> str:
    """Write rows × columns.

    >>> shape(2, 3)
    '2 × 3'
    """
    return f"{rows:,} × {columns:,}"
