"""Small drawings beside the stage: lines in a box, arrows, growing lines and runs. SVG user units."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

import numpy as np

from app.analysis.rounding import same

WIDTH, HEIGHT, EDGE = 300.0, 150.0, 8.0

Points = Sequence[tuple[float, float]]


def line_through(places: Points, digits: int | None = None) -> str:
    """Return a path through places, written as short steps, rounded to whole units or to so many digits.

    >>> line_through([(8.0, 142.0), (17.2, 141.0), (26.0, 120.4)])
    'M8 142l9-1 9-21'
    >>> line_through([(8.0, 142.0), (17.2, 141.0), (26.0, 120.4)], 1)
    'M8 142l9.2-1 8.8-20.6'
    """
    if digits is None:
        spots = [(round(x), round(y)) for x, y in places]
        ways = [f"{right - left} {down - up}" for (left, up), (right, down) in pairwise(spots)]
        return f"M{spots[0][0]} {spots[0][1]}l" + " ".join(ways).replace(" -", "-")
    whole = [(round(x, digits), round(y, digits)) for x, y in places]
    steps = [f"{round(b[0] - a[0], 1):g} {round(b[1] - a[1], 1):g}" for a, b in pairwise(whole)]
    return f"M{whole[0][0]:g} {whole[0][1]:g}l" + " ".join(steps).replace(" -", "-")


def frame_of(
    points: Points, box: tuple[float, float] = (WIDTH, HEIGHT)
) -> Callable[[float, float], tuple[float, float]]:
    """Return a function from data to the box: the points' range fills it where it is more than rounding, y
    upward."""
    xs, ys = [p[0] for p in points], [p[1] for p in points]
    left, low = min(xs), min(ys)
    wide, high = (
        max(1.0, *map(abs, ends)) if same(min(ends), max(ends)) else max(ends) - min(ends)
        for ends in (xs, ys)
    )

    def place(x: float, y: float) -> tuple[float, float]:
        across = EDGE + (x - left) / wide * (box[0] - 2 * EDGE)
        up = box[1] - EDGE - (y - low) / high * (box[1] - 2 * EDGE)
        return round(across, 1), round(up, 1)

    return place


def arrow(share: float, line: int) -> str:
    """Draw an arrow from the middle of a box 100 wide: `share` −1 reaches its left end, 1 its right one;
    lines are 12 high.

    >>> arrow(0.5, 0), arrow(-0.02, 1)
    ('M50 6h24l-5-4m5 4l-5 4', 'M50 18h-1l1-1m-1 1l1 1')
    """
    reach = round(48 * share)
    head = min(5, abs(reach))
    back, side = -head if reach > 0 else head, min(4, head)
    steps = f"l{back} {-side}m{-back} {side}l{back} {side}" if reach else ""
    return f"M50 {6 + 12 * line}h{reach}" + steps.replace(" -", "-")


def growth_lines(series: Sequence[Points]) -> list[str]:
    """Draw several lines on one pair of logarithmic axes; all numbers above zero."""
    logs = [[(math.log10(x), math.log10(y)) for x, y in line] for line in series]
    place = frame_of([point for line in logs for point in line])
    return [line_through([place(*point) for point in line]) for line in logs]


@dataclass(frozen=True)
class Line:
    """A line over a run, the numbers at the chart's edges, and where in it an iteration and its value
    stand."""

    path: str
    top: float
    bottom: float
    at: Callable[[float, float], tuple[float, float]]


def within_numbers(runs: Sequence[Sequence[float]]) -> Sequence[Sequence[float]]:
    """Return runs in which whatever is beyond all numbers is as large as the largest number there is.

    >>> within_numbers([[0.5, float("inf"), 2.0], [float("nan"), 1.0]])
    [[0.5, 2.0, 2.0], [2.0, 1.0]]
    """
    if all(math.isfinite(sum(run)) for run in runs):
        return runs
    top = max((value for run in runs for value in run if math.isfinite(value)), default=1.0)
    return [[value if math.isfinite(value) else top for value in run] for run in runs]


def thinned_lines(
    runs: Sequence[Sequence[float]],
    *,
    logarithmic: bool = False,
    buckets: int = 120,
    least: int = 0,
    box: tuple[float, float] = (WIDTH, HEIGHT),
) -> list[Line]:
    """Draw runs from left to right on one pair of axes, in SVG user units; none may be empty.

    Long runs keep each bucket's smallest and largest value, in their order. A logarithmic axis begins at the
    smallest value above zero; what is not above zero lies at the bottom. The other axis is `least` iterations
    long at least.
    """
    runs = within_numbers(runs)
    above = [value for run in runs for value in run if value > 0]
    bottom = min(above, default=1.0) if logarithmic else 0.0
    top, last, size = max([*above, bottom]), max(map(len, runs)) - 1, -(-max(map(len, runs)) // buckets)

    def height(value: float) -> float:
        return math.log10(max(value, bottom)) if logarithmic else value

    place = frame_of([(0.0, height(bottom)), (float(max(last, least)), height(top))], box)

    def at(iteration: float, value: float) -> tuple[float, float]:
        return place(float(iteration), height(value if math.isfinite(value) else top))

    ended = ([*thinned(run, size), (len(run) - 1, run[-1])] for run in runs)
    paths = [line_through([at(*point) for point in points]) for points in ended]
    return [Line(path=path, top=top, bottom=bottom, at=at) for path in paths]


@lru_cache(maxsize=128)
def remembered_line(run: bytes, least: int) -> Line:
    """Draw one run, float64 bytes, as `thinned_lines` does; it stays while an iteration lasts."""
    return thinned_lines([np.frombuffer(run).tolist()], least=least)[0]


def thinned(values: Sequence[float], size: int) -> list[tuple[int, float]]:
    """Return (place, value) pairs: in each bucket of this size the smallest and the largest, in their
    order."""
    found = []
    for begin in range(0, len(values), size):
        bucket = values[begin : begin + size]
        ends = {bucket.index(min(bucket)), bucket.index(max(bucket))}
        found += [(begin + at, bucket[at]) for at in sorted(ends)]
    return found


def apart(wanted: Sequence[float], gap: float, low: float, high: float) -> list[float]:
    """Return heights near the wanted ones that stand `gap` apart, between `low` and `high`, in their order.

    >>> apart([50.0, 52.0, 10.0], 20.0, 0.0, 60.0)
    [40.0, 60.0, 10.0]
    """
    order = sorted(range(len(wanted)), key=lambda at: wanted[at])
    found, least = list(wanted), low
    for at in order:
        found[at] = least = max(found[at], least)
        least += gap
    most = high
    for at in reversed(order):
        found[at] = most = min(found[at], most)
        most -= gap
    return found
