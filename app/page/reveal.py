"""What a class guessed, drawn where it guessed it: counts beside neurons and wires."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import combinations, product
from typing import NamedTuple

from app.lab.dials import Pick, pick_from
from app.page.ask import Ask, Bar
from app.picture.label_places import Spot, point
from app.picture.layout import LINE, NAMED, RING, RING_GAP, Layout
from app.picture.text_width import BOLD, breadth

LONGEST = 64.0  # units of the picture, as all here: of a bar
LENGTHS = (LONGEST, 48.0, 32.0, 16.0)  # where there is less room, bars are shorter
APART, AIR = 26.0, 4.0  # from a disc to its bars, usually and at least
SIZE, BEFORE = 16.0, 6.0  # of a number, and from it to its bar
TICK = 1.16  # em, with the space before it
HALF, HALF_OF_ONE = 20.0, 9.0  # half the height of two bars, and of one
ALONG = (0.5, 0.45, 0.4, 0.35, 0.3, 0.25)  # of a wire: ever nearer to where wires into a neuron are apart


class Count(NamedTuple):
    """An answer's counts in the picture: where they end at the right, and how long their bars are."""

    bar: Bar
    x: float
    y: float
    first: float
    second: float | None


class Box(NamedTuple):
    """Room that something takes."""

    left: float
    top: float
    right: float
    bottom: float

    def touches(self, other: Box) -> bool:
        """Tell whether two things cover each other."""
        beside = self.right <= other.left or other.right <= self.left
        return not (beside or self.bottom <= other.top or other.bottom <= self.top)


def counts_of(ask: Ask, layout: Layout) -> list[Count]:
    """Return the counts of those answers that are marks of the picture; none where they would cover its
    numbers or each other: they stand in words too."""
    found = [] if ask.few else [(bar, pick) for bar in ask.bars if (pick := pick_in(bar.key, layout))]
    if not found:
        return []
    taken = [*taken_in({pick.layer for _, pick in found}, layout)]
    for longest, usual, along in product(LENGTHS, (True, False), ALONG):
        spots = [spot_of(pick, layout, longest, apart_from(layout, usual=usual), along) for _, pick in found]
        boxes = [box_of(bar, spot, longest) for (bar, _), spot in zip(found, spots, strict=True)]
        near = any(box.touches(other) for box, other in product(boxes, taken))
        if not near and not any(one.touches(other) for one, other in combinations(boxes, 2)):
            return drawn([bar for bar, _ in found], spots, longest)
    return []


def drawn(bars: Sequence[Bar], spots: Sequence[Spot], longest: float) -> list[Count]:
    """Return counts, the largest of them with a bar of that length."""
    most = max(max(bar.first, bar.second or 0) for bar in bars) or 1
    return [
        Count(
            bar,
            round(x, 1),
            round(y, 1),
            round(longest * bar.first / most, 1),
            None if bar.second is None else round(longest * bar.second / most, 1),
        )
        for bar, (x, y) in zip(bars, spots, strict=True)
    ]


def pick_in(key: str, layout: Layout) -> Pick | None:
    """Return the neuron or wire of an answer, None where it is neither."""
    layers = Counter(layer for layer, _ in layout.spots)
    pick = pick_from(key, tuple(layers[at] for at in sorted(layers)))
    return pick if pick and pick.kind in ("n", "w") and pick.layer else None


def apart_from(layout: Layout, *, usual: bool) -> float:
    """Return how far bars are from their disc: behind its ring, and its name where that stands beside it."""
    least = RING * layout.radius + RING_GAP + AIR
    if layout.radius < NAMED:
        least = max(least, 0.75 * layout.radius + RING_GAP + NAMED - layout.radius)
    return max(APART, least) if usual else least


def spot_of(pick: Pick, layout: Layout, longest: float, apart: float, along: float) -> Spot:
    """Return where the counts of a mark begin: left of a neuron, or around a place along a wire."""
    x, y = layout.spots[pick.layer, pick.to]
    if pick.kind == "n":
        return x - layout.radius - apart - longest, y
    x, y = point(layout.spots[pick.layer - 1, pick.source], (x, y), layout.radius, along)
    return x - longest / 2, y


def box_of(bar: Bar, spot: Spot, longest: float) -> Box:
    """Return the room of an answer's counts: their numbers, and bars as long as any may be."""
    (x, y), half = spot, HALF_OF_ONE if bar.second is None else HALF
    widest = breadth(str(max(bar.first, bar.second or 0))) + TICK * bar.right
    return Box(x - BEFORE - SIZE * BOLD * widest, y - half, x + longest, y + half)


def taken_in(layers: set[int], layout: Layout) -> Iterator[Box]:
    """Yield the room of the discs of layers and of those before them, and of the texts below the former: the
    layers before have no error yet where a class is told its answer."""
    radius, ringed = layout.radius, layout.radius * (1 + RING) + RING_GAP
    for (layer, _), (x, y) in layout.spots.items():
        if layer in layers or layer + 1 in layers:
            yield Box(x - radius, y - radius, x + radius, y + radius)
        if layer in layers and layout.lines:
            half = layout.below / 2
            yield Box(x - half, y + ringed, x + half, y + ringed + LINE * layout.lines)
