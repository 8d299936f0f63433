"""Picks: the marks a person can point at, as short texts for addresses: "n-1-2", "w-1-2-1", "b-1-2", "y-1",
"cost"."""

from __future__ import annotations

import re
from typing import NamedTuple

from app.notation.names import Sizes

PATTERN = r"(?:n-\d{1,2}-\d{1,2}|w-\d{1,2}-\d{1,2}-\d{1,2}|b-\d{1,2}-\d{1,2}|y-\d{1,2}|cost)?"


class Pick(NamedTuple):
    """A neuron ("n"), weight ("w"), bias ("b"), target ("y") or the cost ("cost"); all counted from 1, inputs
    are layer 0."""

    kind: str
    layer: int = 0
    to: int = 0
    source: int = 0

    @property
    def text(self) -> str:
        """Return the pick as it stands in an address."""
        if self.kind == "y":
            return f"y-{self.to}"
        parts = {"n": 2, "b": 2, "w": 3}.get(self.kind, 0)
        return "-".join([self.kind, *map(str, self[1 : 1 + parts])])


def pick_from(text: str, sizes: tuple[int, ...]) -> Pick | None:
    """Read a pick; None where the network has no such mark."""
    if not text or not re.fullmatch(PATTERN, text):
        return None
    kind, *rest = text.split("-")
    index = [int(part) for part in rest]
    if kind == "cost":
        return Pick("cost")
    if kind == "y":
        return Pick("y", len(sizes) - 1, index[0]) if 1 <= index[0] <= sizes[-1] else None
    layer, to = index[:2]
    lowest = 0 if kind == "n" else 1
    if not (lowest <= layer < len(sizes) and 1 <= to <= sizes[layer]):
        return None
    if kind != "w":
        return Pick(kind, layer, to)
    return Pick("w", layer, to, index[2]) if 1 <= index[2] <= sizes[layer - 1] else None


def dial_keys(sizes: Sizes) -> list[str]:
    """Return every dial's key in the order of the dials.

    >>> dial_keys((2, 1))
    ['w-1-1-1', 'w-1-1-2', 'b-1-1']
    """
    found = []
    for layer in range(1, len(sizes)):
        found += [
            f"w-{layer}-{j}-{k}" for j in range(1, sizes[layer] + 1) for k in range(1, sizes[layer - 1] + 1)
        ]
        found += [f"b-{layer}-{j}" for j in range(1, sizes[layer] + 1)]
    return found
