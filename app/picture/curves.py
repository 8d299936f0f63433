"""A curve beside the stage with its point and its tangent, a second point where there is one, and what its
axes' ends say."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass, replace

import numpy as np

from app.engine.activations import Activation
from app.notation.language import per_language
from app.notation.numbers import apart, chosen, figure, in_digits
from app.picture.charts import EDGE, HEIGHT, WIDTH, Points, frame_of, line_through

Place = tuple[float, float]
FINE, FLAT, JUMP = (
    481,
    0.2,
    1e-6,
)  # places a function is asked at, and how far from the curve its line may stray
NEAR = 10.0  # a second point nearer than this would hide under the first


@dataclass(frozen=True)
class Curve:
    """A curve, the point on it, and the tangent there, as paths and places in the box WIDTH × HEIGHT.

    `ends` are the numbers at the box's left and right, bottom and top. `other` is a second point on the
    curve, and `secant` the line through both.
    """

    path: str
    tangent: str
    x: float
    y: float
    zero_x: float | None
    zero_y: float | None
    ends: tuple[str, str, str, str]
    other: Place | None = None
    secant: str = ""


def activation_curve(activation: Activation, z: float) -> Curve:
    """Draw an activation function around z, with its point (z, a) and its slope."""
    reach, at = max(4.0, float(f"{1.25 * abs(z):.1e}")), np.array([z])
    drawn, place = outline(activation, reach, chosen())
    a, slope = float(activation.value(at)[0]), float(activation.slope(at)[0])
    x, y = place(z, a)
    return replace(drawn, x=x, y=y, tangent=tangent(place, (z, a), slope, 2 * reach / 5))


@per_language(256)
def outline(
    activation: Activation, reach: float, digits: int
) -> tuple[Curve, Callable[[float, float], Place]]:
    """Draw an activation function from −reach to reach, for any point on it, its ends written with so many
    digits, and return where its values lie in the box."""
    xs = np.sort([*np.linspace(-reach, reach, FINE), -JUMP * reach, JUMP * reach])  # a step is upright at 0
    points = list(zip(xs.tolist(), activation.value(xs).tolist(), strict=True))
    with in_digits(digits):
        return curve(points, *points[0], 0.0), frame_of(points)


def tangent(place: Callable[[float, float], Place], at: Place, slope: float, span: float) -> str:
    """Draw the line of this slope through a place, as far as `span` to both sides."""
    (x, y), rise = at, slope * span
    return line_through(clipped(place(x - span, y - rise), place(x + span, y + rise)), 1)


def curve(points: Points, x: float, y: float, slope: float, other: Place | None = None) -> Curve:
    """Draw a curve with the tangent of this slope at (x, y), and with the other point on it where that can be
    seen."""
    finite = [(a, b) for a, b in points if math.isfinite(b)]
    all_points = [*finite, (x, y), *([other] if other and math.isfinite(other[1]) else [])]
    place = frame_of(all_points)
    span = (finite[-1][0] - finite[0][0]) / 5
    here, there = place(x, y), place(*other) if all_points[-1] == other else None
    seen = there if there and math.dist(here, there) >= NEAR else None
    zero = place(0.0, 0.0)
    low, high = min(b for _, b in all_points), max(b for _, b in all_points)
    inside_x, inside_y = EDGE <= zero[0] <= WIDTH - EDGE, EDGE <= zero[1] <= HEIGHT - EDGE
    return Curve(
        path=line_through(simplified([place(*point) for point in finite]), 1),
        tangent=tangent(place, (x, y), slope, span),
        x=here[0],
        y=here[1],
        zero_x=zero[0] if inside_x else None,
        zero_y=zero[1] if inside_y else None,
        ends=(*told(finite[0][0], finite[-1][0]), *told(low, high)),
        other=seen,
        secant=line_through(clipped(beyond(seen, here), beyond(here, seen)), 1) if seen else "",
    )


def told(first: float, last: float) -> tuple[str, str]:
    """Write an axis's two ends with as many digits as it takes to tell them apart.

    >>> told(-4.0, 4.0), told(0.69312, 0.69314), told(1.0, 1.0)
    (('−4', '4'), ('0.69312', '0.69314'), ('1', '1'))
    """
    digits = apart(first, last)
    return figure(first, digits), figure(last, digits)


def beyond(start: Place, end: Place) -> Place:
    """Return the place a quarter of the way farther than the end."""
    return end[0] + (end[0] - start[0]) / 4, end[1] + (end[1] - start[1]) / 4


def clipped(start: Place, end: Place) -> list[Place]:
    """Return the part of a line that is inside the box; some of it must be.

    >>> clipped((150.0, 75.0), (150.0, 275.0))
    [(150.0, 75.0), (150.0, 150.0)]
    """
    way, first, last = (end[0] - start[0], end[1] - start[1]), 0.0, 1.0
    for at, step, far in zip(start, way, (WIDTH, HEIGHT), strict=True):
        for ahead, room in ((step, far - at), (-step, at)):
            if ahead > 0:
                last = min(last, room / ahead)
            elif ahead < 0:
                first = max(first, room / ahead)
    return [(start[0] + part * way[0], start[1] + part * way[1]) for part in (first, last)]


def simplified(places: list[Place]) -> list[Place]:
    """Leave out the places that the line through the others does not need.

    >>> simplified([(0.0, 0.0), (1.0, 0.0), (2.0, 0.1), (3.0, 3.0)])
    [(0.0, 0.0), (2.0, 0.1), (3.0, 3.0)]
    """
    (x, y), (right, top) = places[0], places[-1]
    length = math.dist(places[0], places[-1]) or 1.0
    away = [abs((right - x) * (y - b) - (x - a) * (top - y)) / length for a, b in places]
    far = max(range(len(places)), key=away.__getitem__)
    if away[far] <= FLAT:
        return [places[0], places[-1]]
    return simplified(places[: far + 1]) + simplified(places[far:])[1:]
