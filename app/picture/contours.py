"""A cost surface as filled contours, with the path walked, the arrow downhill and the next step. SVG user
units."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from typing import cast

import numpy as np
from contourpy import ContourGenerator, FillType, contour_generator

from app.analysis.rounding import beyond
from app.analysis.surface import Surface
from app.engine.parameters import Array
from app.picture.axes import SIZE
from app.picture.charts import line_through

BANDS = 9
ARROW = 40.0  # length of the arrow downhill
APART = 1.0  # what is nearer on the path is one spot


@dataclass(frozen=True)
class Contours:
    """Bands from the lowest to the highest cost as (path, ink), then the marks on them, all in a square of
    SIZE."""

    bands: list[tuple[str, str]]
    walked: str
    x: float
    y: float
    arrow: str
    step: str
    low: float
    high: float


def contours_of(found: Surface) -> Contours:
    """Draw a surface; costs beyond all numbers count as the highest finite one."""
    xs, ys = found.xs, found.ys

    def place(x: float, y: float) -> tuple[float, float]:
        across = (x - xs[0]) / (xs[-1] - xs[0]) * SIZE
        return round(float(across), 1), round(float(SIZE - (y - ys[0]) / (ys[-1] - ys[0]) * SIZE), 1)

    bands, low, high = ([], 0.0, 0.0) if found.costs is None else bands_of(found.costs.tobytes())
    walked = "M" + "L".join(f"{a:g} {b:g}" for a, b in thinned([place(*spot) for spot in found.path]))
    begin, (x, y) = place(*(found.before or found.path[-1])), place(*found.path[-1])
    step = "" if found.before is None else "M{:g} {:g}L{:g} {:g}".format(*begin, x, y)
    downward = arrow(found, *begin)
    return Contours(bands=bands, walked=walked, x=x, y=y, arrow=downward, step=step, low=low, high=high)


@lru_cache(maxsize=64)
def bands_of(costs: bytes) -> tuple[list[tuple[str, str]], float, float]:
    """Return the bands of costs, (n, n) float64 bytes, as (path, ink), then the lowest and the highest finite
    one; remembered, for the ground stays while an iteration lasts."""
    values = np.frombuffer(costs)
    n = math.isqrt(values.size)
    finite = values[np.isfinite(values)]
    low, high = (float(finite.min()), float(finite.max())) if finite.size else (0.0, 1.0)
    heights = low + beyond(np.where(np.isfinite(values), values, high), low)
    levels = np.quantile(heights, np.linspace(0, 1, BANDS + 1))  # each covers as much ground as any other
    maker = contour_generator(z=heights.reshape(n, n), fill_type=FillType.OuterOffset)
    bands = []
    for band, (begin, end) in enumerate(pairwise(levels)):
        if end <= begin:
            continue
        top = end + (high - low) * 1e-9 + 1e-300 if band == BANDS - 1 else end
        ink = f"{0.06 + 0.6 * band / (BANDS - 1):.2f}"
        bands.append((filled(maker, begin, top, square(n, SIZE)), ink))
    return bands, low, high


def square(n: int, side: float) -> Callable[[Array], Array]:
    """Return the function from a grid's n × n points, shape (…, 2), to places in a square."""
    return lambda points: np.asarray(points / (n - 1) * (side, -side) + (0, side))


def thinned(spots: list[tuple[float, float]]) -> list[tuple[float, float]]:
    """Leave out what lies no farther than a pixel or so from the spot drawn before it; both ends stay."""
    kept = spots[:1]
    for spot in spots[1:-1]:
        if math.dist(spot, kept[-1]) > APART:
            kept.append(spot)
    return kept + spots[1:][-1:]


def filled(maker: ContourGenerator, low: float, high: float, spread: Callable[[Array], Array]) -> str:
    """Return where a field lies between two levels; the maker's fill type must be `OuterOffset`."""
    polygons, offsets = cast(tuple[list[Array], list[Array]], maker.filled(low, high))
    return outline(polygons, offsets, spread)


def outline(polygons: list[Array], offsets: list[Array], spread: Callable[[Array], Array]) -> str:
    """Write filled polygons with their holes as one path of whole steps; `spread` takes points (n, 2) to user
    units.

    What rounding has put on one spot, or on a level or upright line, is written once.
    """
    rings = []
    for points, cuts in zip(polygons, offsets, strict=True):
        whole = np.round(spread(points)).tolist()
        for first, last in pairwise(cuts.tolist()):
            ring = corners(whole[first : last - 1])  # the last point is the first again
            if ring:
                rings.append(line_through(ring) + "Z")
    return "".join(rings)


def corners(ring: list[list[float]]) -> list[tuple[float, float]]:
    """Return the points of a closed line where it turns.

    >>> corners([[0, 0], [1, 0], [1, 0], [2, 0], [2, 3]])
    [(0, 0), (2, 0), (2, 3)]
    """
    spots = [spot for before, spot in zip([*ring[-1:], *ring], ring, strict=False) if spot != before]
    around = zip([*spots[-1:], *spots], spots, [*spots[1:], *spots[:1]], strict=False)
    return [
        (x, y)
        for (left, low), (x, y), (right, high) in around
        if (x - left) * (high - y) != (y - low) * (right - x)
    ]


def arrow(found: Surface, x: float, y: float) -> str:
    """Return the arrow against the gradient, of one length whatever the gradient's; "" before it is known."""
    slope = found.slope or (0.0, 0.0)
    length = math.hypot(*slope)
    if not length:
        return ""
    across, up = (-part / length * ARROW for part in slope)
    tip, back = (x + across, y - up), 9.0
    heading = math.atan2(-up, across)
    wings = [
        (tip[0] - back * math.cos(heading + turn), tip[1] - back * math.sin(heading + turn))
        for turn in (0.5, -0.5)
    ]
    shaft = f"M{x:g} {y:g}L{tip[0]:.1f} {tip[1]:.1f}"
    return (
        f"{shaft}M{wings[0][0]:.1f} {wings[0][1]:.1f}L{tip[0]:.1f} {tip[1]:.1f}L{wings[1][0]:.1f} "
        f"{wings[1][1]:.1f}"
    )
