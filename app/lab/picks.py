"""Picks: the marks a person can point at, as short texts for addresses: "n-1-2", "w-1-2-1", "b-1-2", "y-1",
"cost"."""

from __future__ import annotations

import re
from typing import NamedTuple

from app.lab.itinerary import Moment
from app.lab.replay import Numbers

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


def natural_pick(numbers: Numbers, example: int, recent: tuple[Moment, ...]) -> Pick:
    """Return what to look at when nobody chose: of the neurons just computed the one with most to say, by its
    activation or its error; after a descent the dial that moved most."""
    phase, layer, _ = recent[-1]
    if phase in ("forward", "backward"):
        table = numbers.forward.a if phase == "forward" else numbers.backward.delta
        sizes = abs(table[layer][:, example])
        chosen = [m.neuron for m in recent if m[:2] == (phase, layer)]
        if None in chosen:
            chosen = list(range(1, len(sizes) + 1))
        return Pick("n", layer, max(chosen, key=lambda j: sizes[j - 1]))
    if phase == "cost":
        return Pick("cost")
    if phase == "descent":
        moves = (numbers.after - numbers.parameters).map(abs)
        found = [
            (float(block.max()), kind, at, *divmod(int(block.argmax()), block.shape[1]))
            for kind, blocks in (("w", moves.w), ("b", moves.b))
            for at, block in sorted(blocks.items())
        ]
        _, kind, at, row, place = max(found, key=lambda entry: entry[0])
        return Pick(kind, at, row + 1, place + 1 if kind == "w" else 0)
    return Pick("n", 0, 1)
