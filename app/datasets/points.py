"""Points of two classes that a person sets on the plane −1 … 1, kept as a text that fits into an address."""

from __future__ import annotations

import math
import re
from dataclasses import dataclass

from app.limits import ROWS

NEAR = 0.15  # how far a click may miss the point it is to erase
POINT = re.compile(r"([01])_(-?[01](?:\.\d{1,2})?)_(-?[01](?:\.\d{1,2})?)", re.ASCII)


@dataclass(frozen=True)
class Point:
    """A point's class, 0 or 1, and its place, two digits behind the decimal point."""

    kind: int
    x: float
    y: float

    def far(self, x: float, y: float) -> float:
        """Return the distance from a place."""
        return math.hypot(self.x - x, self.y - y)


def points_from(text: str) -> list[Point]:
    """Read points; ValueError where it is none, or they are too many.

    >>> points_from("1_0.25_-1 0_0_0.5")
    [Point(kind=1, x=0.25, y=-1.0), Point(kind=0, x=0.0, y=0.5)]
    """
    parts = text.split()
    found = [match for part in parts if (match := POINT.fullmatch(part))]
    if len(found) < len(parts) or len(parts) > ROWS:
        raise ValueError("no points")
    return [placed(int(match[1]), float(match[2]), float(match[3])) for match in found]


def placed(kind: int, x: float, y: float) -> Point:
    """Return the point nearest to a place; ValueError outside the plane."""
    if not (abs(x) <= 1 and abs(y) <= 1):
        raise ValueError("outside the plane")
    return Point(kind, round(x, 2) + 0.0, round(y, 2) + 0.0)


def text_of(points: list[Point]) -> str:
    """Write points as `points_from` reads them.

    >>> text_of([Point(1, 0.25, -1.0)])
    '1_0.25_-1'
    """
    return " ".join(f"{point.kind}_{point.x:g}_{point.y:g}" for point in points)


def without(points: list[Point], x: float, y: float) -> list[Point]:
    """Return the points without the one nearest to a place, all of them where none is near."""
    nearest = min(points, key=lambda point: point.far(x, y), default=None)
    if nearest is None or nearest.far(x, y) > NEAR:
        return points
    return [point for point in points if point is not nearest]


def as_examples(points: list[Point]) -> dict[str, list[list[float]]]:
    """Return points as examples: their places as inputs, their classes as targets."""
    return {"inputs": [[point.x, point.y] for point in points], "targets": [[point.kind] for point in points]}
