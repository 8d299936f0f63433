"""Small drawings of what is to be learned: a cloud with its border, a curve through its points, a lit digit."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from contourpy import FillType, contour_generator

from app.datasets.dataset import Dataset
from app.engine.parameters import Array
from app.picture.contours import outline
from app.picture.decision_regions import borders, shape
from app.picture.response_map import Range, lines, placed

SIDE = 160.0  # of the square that clouds and curves are drawn in
DOT = 3.2  # half a point's width
SEGMENTS = (
    "M3 0h14",
    "M20 3v12",
    "M20 21v12",
    "M3 36h14",
    "M0 21v12",
    "M0 3v12",
    "M3 18h14",
)  # clockwise, middle last


@dataclass(frozen=True)
class SmallMap:
    """Areas and points as (path, kind), the border between them, the border before the descent, the drawn example.

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
    place = placed(*((float(axis[0]), float(axis[-1])) for axis in axes), SIDE)
    last = answers.shape[1] - 1

    def spread(points: Array) -> Array:
        return np.asarray(points / last * (SIDE, -SIDE) + (0, SIDE))

    if len(answers) > 1:
        kinds = data.y.argmax(axis=0).tolist()
        points = [
            (
                "".join(
                    shape(*place(*at), DOT, kind)
                    for at, one in zip(data.x.T.tolist(), kinds, strict=True)
                    if one == kind
                ),
                "any",
            )
            for kind in sorted(set(kinds))
        ]
        found = [borders(each, SIDE) for each in (answers, before) if each is not None]
        return SmallMap([], points, found[0], found[1] if len(found) > 1 else "", place(*here.tolist()))
    middle = float(data.targets.min() + data.targets.max()) / 2
    inside = contour_generator(z=answers[0] - middle, fill_type=FillType.OuterOffset).filled(0.0, np.inf)
    areas = [(f"M0 0H{SIDE:g}V{SIDE:g}H0Z", "other"), (outline(*inside, spread), "one")]
    points = [
        ("".join(dot(*place(*at)) for at in data.x[:, (data.y[0] > middle) == side].T.tolist()), kind)
        for side, kind in ((False, "other"), (True, "one"))
    ]
    ghost = "" if before is None else lines(before[0] - middle, spread)
    return SmallMap(areas, points, lines(answers[0] - middle, spread), ghost, place(*here.tolist()))


def fitted(
    data: Dataset, axis: Array, answers: Array, before: Array | None, here: tuple[float, float], reach: Range
) -> SmallMap:
    """Draw one input: `answers` and `before` have shape (n,), `here` is (input, target)."""
    place = placed((float(axis[0]), float(axis[-1])), reach, SIDE)

    def drawn(values: Array) -> str:
        known = [(x, y) for x, y in zip(axis.tolist(), values.tolist(), strict=True) if np.isfinite(y)]
        return "M" + "L".join("{:g} {:g}".format(*place(*each)) for each in known) if len(known) > 1 else ""

    points = "".join(dot(*place(x, y)) for x, y in zip(data.x[0].tolist(), data.y[0].tolist(), strict=True))
    return SmallMap(
        [], [(points, "any")], drawn(answers), "" if before is None else drawn(before), place(*here)
    )


def dot(x: float, y: float) -> str:
    """Return a small circle around a place."""
    return shape(x, y, DOT, 0)


def segments(lit: list[float]) -> list[tuple[str, bool]]:
    """Return the seven strokes of a display as (path, lit).

    >>> segments([1, 0, 0, 0, 0, 0, 0])[:2]
    [('M3 0h14', True), ('M20 3v12', False)]
    """
    return [(path, bool(on)) for path, on in zip(SEGMENTS, lit, strict=True)]
