"""The square that somebody sets points on: from pixels to places and back."""

from __future__ import annotations

from app.datasets.points import Point

SIDE, MIDDLE = 280, 140  # pixels of the plane


def place_of(across: int, down: int) -> tuple[float, float]:
    """Return the place of a pixel of the plane, counted from its upper left corner."""
    inside = (min(max(pixel, 0), SIDE - 1) + 0.5 for pixel in (across, down))
    x, y = (pixel * 2 / SIDE - 1 for pixel in inside)
    return x, -y


def spot(point: Point) -> tuple[int, float, float]:
    """Return a point's class and where it is on the plane, in its pixels.

    >>> spot(Point(1, -1.0, 1.0))
    (1, 0.0, 0.0)
    """
    return point.kind, round((point.x + 1) * SIDE / 2, 1), round((1 - point.y) * SIDE / 2, 1)
