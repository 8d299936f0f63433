"""What a class guessed, drawn where it guessed it: counts beside neurons and wires."""

from __future__ import annotations

from collections import Counter
from typing import NamedTuple

from app.lab.dials import pick_from
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
    layers = Counter(layer for layer, _ in layout.spots)
    pick = pick_from(key, tuple(layers[at] for at in sorted(layers)))
    if pick is None:
        return None
    if pick.kind == "n":
        x, y = layout.spots[pick.layer, pick.to]
        return x - layout.radius - APART - LONGEST, y
    (left, high), (right, low) = layout.spots[pick.layer - 1, pick.source], layout.spots[pick.layer, pick.to]
    return (left + right - LONGEST) / 2, (high + low) / 2
