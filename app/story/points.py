"""What is said of points that somebody sets on the plane."""

from __future__ import annotations

from app.datasets.points import Point
from app.limits import ROWS
from app.notation.language import N_, ngettext, tr
from app.notation.numbers import figure

NOTE = N_("Points set by hand: 1 for the filled ones and 0 for the empty ones.")
WRONG_POINTS = N_("These points cannot be read; they were put aside.")
WRONG_PLACE = N_("x and y must be numbers from −1 to 1.")
TOO_MANY = N_("There can be up to {most} points.")
BOTH_NEEDED = N_("Set at least one point of each class first.")
CLEARED = N_("All points are gone.")
NONE_NEAR = N_("There is no point near ({x}, {y}).")
ERASED = N_("Erased near ({x}, {y}).")
ADDED = (  # by class
    N_("Set at ({x}, {y}): an empty point, class 0."),
    N_("Set at ({x}, {y}): a filled point, class 1."),
)


def too_many() -> str:
    """Say how many points there can be."""
    return tr(TOO_MANY, most=ROWS)


def at(message: str, x: float, y: float) -> str:
    """Say what happened at a place."""
    return tr(message, x=figure(x), y=figure(y))


def count_of(points: list[Point]) -> str:
    """Count the points.

    >>> count_of([Point(1, 0, 0)])
    '1 point: 0 of class 0, 1 of class 1.'
    """
    ones = sum(point.kind for point in points)
    return ngettext(
        "{n} point: {empty} of class 0, {filled} of class 1.",
        "{n} points: {empty} of class 0, {filled} of class 1.",
        len(points),
        empty=len(points) - ones,
        filled=ones,
    )
