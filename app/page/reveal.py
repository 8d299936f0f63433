"""What a class guessed, drawn where it guessed it: counts beside neurons and wires."""

from __future__ import annotations

from typing import NamedTuple

from app.page.ask import Ask, Bar
from app.picture.layout import Layout

LONGEST, APART = 64.0, 26.0  # units of the picture: of a bar, and from a disc to it


class Count(NamedTuple):
    """An answer's counts in the picture: where they end at the right, and how long their bars are."""

    bar: Bar
    x: float
    y: float
    first: float
    second: float | None


def counts_of(ask: Ask, layout: Layout) -> list[Count]:
    """Return the counts of those answers that are marks of the picture."""
    if ask.few:
        return []
    found = [(bar, spot) for bar in ask.bars if (spot := spot_of(bar.key, layout))]
    most = max((max(bar.first, bar.second or 0) for bar, _ in found), default=0) or 1
    return [
        Count(
            bar,
            round(x, 1),
            round(y, 1),
            round(LONGEST * bar.first / most, 1),
            None if bar.second is None else round(LONGEST * bar.second / most, 1),
        )
        for bar, (x, y) in found
    ]


def spot_of(key: str, layout: Layout) -> tuple[float, float] | None:
    """Return where the counts of a mark begin: left of a neuron, in the middle of a wire."""
    kind, *numbers = key.split("-")
    if kind == "n":
        layer, neuron = map(int, numbers)
        x, y = layout.spots[layer, neuron]
        return x - layout.radius - APART - LONGEST, y
    if kind == "w":
        layer, to, source = map(int, numbers)
        (left, high), (right, low) = layout.spots[layer - 1, source], layout.spots[layer, to]
        return (left + right - LONGEST) / 2, (high + low) / 2
    return None
