"""Response maps and curves: what a neuron answers all over the inputs, in the ink of the discs. SVG user
units."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache
from itertools import groupby
from typing import cast

import numpy as np
from contourpy import FillType, LineType, contour_generator

from app.analysis.rounding import ROUNDING, apart, without
from app.engine.activations import Activation
from app.engine.parameters import Array
from app.picture.charts import line_through
from app.picture.contours import filled, square
from app.picture.tint import inks

SMALL = 40.0  # side of a small map
FINE, COARSE = 8, 4  # shades of a large and of a small map
STRIDE = 3  # of the grid's points, every third is enough for a small map
MARKS = ((12, 7.5), (60, 5.0), (150, 4.2), (10_000, 3.4))  # up to so many examples, half a mark is so wide
LEAST_INK = 0.25  # of a mark, and as much is missing at most
FINER = 5.0  # half a mark narrower than this has finer lines
TEST = 0.7  # of a training mark's size
RING = 5.0  # between a mark and its ring

Range = tuple[float, float]


@dataclass(frozen=True)
class Map:
    """A drawing in a square: shades as (path, fill-opacity), each lying on those before it; where the
    activation is below zero; the line halfway; and for one input, instead of all these, the curve and the
    level of zero."""

    shades: list[tuple[str, str]]
    minus: str = ""
    half: str = ""
    curve: str = ""
    zero: str = ""


@dataclass(frozen=True)
class Mark:
    """Examples of one look, drawn as one path: `ink` is the target's place between its lowest and highest."""

    path: str
    ink: str
    test: bool


def map_of(values: Array, activation: Activation, shades: int, side: float, half: Array | None = None) -> Map:
    """Draw activations over a square, shape (n, n), row = second input, upward.

    `half` is zero on the line halfway. The ink is the discs', rounded to so many shades. Shades lie on each
    other, so no seam shows between them: the k-th adds what is missing to k / shades.
    """
    line = None if half is None else half.tobytes()
    return shaded(values.tobytes(), len(values), activation, shades, side, line)


@lru_cache(maxsize=512)
def shaded(
    values: bytes, n: int, activation: Activation, shades: int, side: float, half: bytes | None
) -> Map:
    """Draw a map whose numbers are float64 bytes: within an iteration no map changes, and all who stand there
    see the same ones."""
    field = without(inks(np.frombuffer(values).reshape(n, n), activation), ROUNDING)

    spread = square(n, side)

    def above(field: Array, *levels: float) -> list[str]:
        maker = contour_generator(z=field, fill_type=FillType.OuterOffset)
        return [filled(maker, level, np.inf, spread) for level in levels]

    paths = above(abs(field), *((shade - 0.5) / shades for shade in range(1, shades + 1)))
    found = [(path, f"{1 / (shades - at):.3f}") for at, path in enumerate(paths) if path]
    line = "" if half is None else lines(np.frombuffer(half).reshape(n, n), spread)
    return Map(found, above(-field, 0.0)[0] if field.min() < 0 else "", line)


def lines(field: Array, spread: Callable[[Array], Array]) -> str:
    """Return where a field is zero."""
    if not np.isfinite(field).all():
        return ""
    maker = contour_generator(z=field, line_type=LineType.Separate)
    found = cast(list[Array], maker.lines(0.0))
    return "".join(line_through(np.round(spread(points)).tolist()) for points in found)


def curve_map(values: Array, side: float, reach: Range) -> Map:
    """Draw activations over a line of inputs, shape (n,), from `reach`'s lowest to its highest; what is no
    number is left out, as a gap.

    What is far out of reach ends one picture's height outside: a browser reads no number beyond 3e38.
    """
    place = placed((0.0, len(values) - 1.0), reach, side)
    height = reach[1] - reach[0]
    drawn = np.clip(values, reach[0] - height, reach[1] + height).tolist()
    parts = groupby(range(len(values)), lambda at: math.isfinite(values[at]))
    whole = [spots for known, part in parts if known and len(spots := list(part)) > 1]
    path = "".join(
        "M" + "L".join("{:g} {:g}".format(*place(float(at), drawn[at])) for at in spots) for spots in whole
    )
    zero = f"M0 {place(0, 0.0)[1]:g}H{side:g}" if reach[0] <= 0 <= reach[1] else ""
    return Map([], curve=path, zero=zero)


def reach_of(activation: Activation, *values: Array) -> Range:
    """Return the range a curve is drawn in: the function's span where it has ends, and all of the values."""
    whole = np.concatenate([np.ravel(part) for part in values])
    whole = np.concatenate(
        [whole[np.isfinite(whole)], [end for end in activation.span if math.isfinite(end)]]
    )
    low, high = (float(whole.min()), float(whole.max())) if whole.size else (0.0, 0.0)
    return apart(low, high)


def placed(across: Range, up: Range, side: float) -> Callable[[float, float], tuple[float, float]]:
    """Return a function from two ranges to places in a square, the second one upward."""

    def place(x: float, y: float) -> tuple[float, float]:
        found = (x - across[0]) / (across[1] - across[0]), 1 - (y - up[0]) / (up[1] - up[0])
        return round(found[0] * side, 1), round(found[1] * side, 1)

    return place


def size_of(examples: int) -> float:
    """Return half a mark's width: many examples are drawn smaller."""
    return next(size for most, size in MARKS if examples <= most)


def marks_of(
    xs: Array,
    ys: Array,
    targets: Array | None,
    place: Callable[[float, float], tuple[float, float]],
    size: float,
    ends: Range = (0.0, 1.0),
    test: bool = False,
) -> list[Mark]:
    """Mark examples, all arrays of shape (N,): squares in the upper half of the targets' range `ends`,
    circles in the lower, their ink the target's place in it but never none or all, so that they look filled
    on any ground. Where a target is the place itself and needs no telling, all are circles."""
    span = (ends[1] - ends[0]) or 1.0
    shares = (
        np.ones(len(xs)) if targets is None else np.round(4 * (targets - ends[0]) / span) / 4 + 0.0
    )  # no −0
    groups: dict[float, list[str]] = {}
    for x, y, share in zip(xs.tolist(), ys.tolist(), shares.tolist(), strict=True):
        square = targets is not None and share >= 0.5
        across, down = place(x, y)
        groups.setdefault(share, []).append(shape(across, down, size * (TEST if test else 1.0), square))
    return [
        Mark("".join(paths), f"{LEAST_INK + (1 - 2 * LEAST_INK) * share:g}", test)
        for share, paths in sorted(groups.items())
    ]


def shape(x: float, y: float, size: float, square: bool) -> str:
    """Return a square or a circle around a place."""
    if square:
        size *= 0.9  # as heavy as the circle
        return f"M{x - size:.1f} {y - size:.1f}h{2 * size:.1f}v{2 * size:.1f}h{-2 * size:.1f}z"
    return (
        f"M{x - size:.1f} {y:.1f}a{size:g} {size:g} 0 1 0 {2 * size:g} 0a{size:g} {size:g} 0 1 0 "
        f"{-2 * size:g} 0z"
    )
