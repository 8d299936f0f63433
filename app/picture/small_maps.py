"""What a network is to learn, drawn small: a cloud of points and its border, a curve, or a seven-segment
figure. SVG user units."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from contourpy import FillType, contour_generator

from app.analysis.predictions import middle_of
from app.analysis.rounding import beyond
from app.datasets.dataset import Dataset
from app.engine.parameters import Array
from app.picture.contours import filled
from app.picture.decision_regions import borders, class_marks
from app.picture.decision_regions import shape as mark
from app.picture.response_map import Range, curve_map, lines, placed

SIDE = 160.0  # of the square that clouds and curves are drawn in
DOT = 3.2  # half a point's width
# The strokes of a display, clockwise from the top, the middle one last.
SEGMENTS = ("M3 0h14", "M20 3v12", "M20 21v12", "M3 36h14", "M0 21v12", "M0 3v12", "M3 18h14")


@dataclass(frozen=True)
class SmallMap:
    """Areas and points as (path, kind), the border between them, the border before the descent, the drawn
    example.

    `kind` is "one" or "other", the class that an area or a point belongs to, or "any" where there are more.
    """

    areas: list[tuple[str, str]]
    points: list[tuple[str, str]]
    border: str
    before: str
    here: tuple[float, float]


def cloud(
    data: Dataset, axes: tuple[Array, ...], answers: Array, before: Array | None, here: Array
) -> SmallMap:
    """Draw two inputs: `answers` and `before` have shape (n_L, n, n), row = second input; `here` is (2,)."""
    right, up = ((float(axis[0]), float(axis[-1])) for axis in axes)
    place = placed(right, up, SIDE)
    spot = place(*here.tolist())
    last = answers.shape[1] - 1

    def spread(points: Array) -> Array:
        return np.asarray(points / last * (SIDE, -SIDE) + (0, SIDE))

    if len(answers) > 1:
        marks = class_marks(data.x, data.y.argmax(axis=0).tolist(), place, DOT, False)
        ghost = "" if before is None else borders(before, SIDE)
        return SmallMap([], [(one.path, "any") for one in marks], borders(answers, SIDE), ghost, spot)
    middle = middle_of(data, 0)
    side = beyond(answers[0], middle)
    areas = [
        (filled(contour_generator(z=field, fill_type=FillType.OuterOffset), 0.0, np.inf, spread), kind)
        for field, kind in ((-side, "other"), (side, "one"))
    ]
    sides = [(data.x[:, (data.y[0] > middle) == side].T.tolist(), side) for side in (False, True)]
    points = [
        ("".join(mark(*place(*at), DOT, 0) for at in rows), "one" if side else "other")
        for rows, side in sides
    ]
    ghost = "" if before is None else lines(beyond(before[0], middle), spread)
    return SmallMap(areas, points, lines(side, spread), ghost, spot)


def fitted(
    data: Dataset, axis: Array, answers: Array, before: Array | None, here: tuple[float, float], reach: Range
) -> SmallMap:
    """Draw one input: `answers` and `before` have shape (n,), `here` is (input, target)."""
    place = placed((float(axis[0]), float(axis[-1])), reach, SIDE)
    pairs = zip(data.x[0].tolist(), data.y[0].tolist(), strict=True)
    points = "".join(mark(*place(x, y), DOT, 0) for x, y in pairs)
    now, then = ("" if one is None else curve_map(one, SIDE, reach).curve for one in (answers, before))
    return SmallMap([], [(points, "any")], now, then, place(*here))


def segments(lit: list[float]) -> list[tuple[str, bool]]:
    """Return the seven strokes of a display as (path, lit).

    >>> segments([1, 0, 0, 0, 0, 0, 0])[:2]
    [('M3 0h14', True), ('M20 3v12', False)]
    """
    return [(path, bool(on)) for path, on in zip(SEGMENTS, lit, strict=True)]
