"""Which of several outputs is the loudest, all over two inputs: the regions' borders, and where a region can
be named."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

from app.analysis.rounding import lead
from app.engine.parameters import Array
from app.picture.contours import square
from app.picture.response_map import LEAST_INK, TEST, Mark, lines

MARGIN, BESIDE = 4, 8  # points of the grid between a name and its region's border, and the sides of the map

# Marks of classes, around (0, 0): no two alike, and about equally heavy. The first one is a circle.
CORNERS: tuple[tuple[tuple[float, float], ...], ...] = (
    (),
    ((-0.9, -0.9), (0.9, -0.9), (0.9, 0.9), (-0.9, 0.9)),
    ((0, -1.2), (1.15, 0.9), (-1.15, 0.9)),
    ((0, -1.35), (1.1, 0), (0, 1.35), (-1.1, 0)),
    ((0, 1.2), (1.15, -0.9), (-1.15, -0.9)),
    (
        (-0.4, -1.2),
        (0.4, -1.2),
        (0.4, -0.4),
        (1.2, -0.4),
        (1.2, 0.4),
        (0.4, 0.4),
        (0.4, 1.2),
        (-0.4, 1.2),
        (-0.4, 0.4),
        (-1.2, 0.4),
        (-1.2, -0.4),
        (-0.4, -0.4),
    ),
    ((-1, -1.1), (1, -1.1), (-1, 1.1), (1, 1.1)),
    ((-1.2, 0), (0.9, -1.15), (0.9, 1.15)),
    ((1.2, 0), (-0.9, -1.15), (-0.9, 1.15)),
    ((-1.4, -0.45), (1.4, -0.45), (1.4, 0.45), (-1.4, 0.45)),
)


def shape(x: float, y: float, size: float, kind: int) -> str:
    """Return the mark of a class, counted from 0, around a place; after the tenth they begin again."""
    corners = CORNERS[kind % len(CORNERS)]
    if not corners:
        return (
            f"M{x - size:.1f} {y:.1f}a{size:g} {size:g} 0 1 0 {2 * size:g} 0a{size:g} {size:g} 0 1 0 "
            f"{-2 * size:g} 0z"
        )
    return "M" + "L".join(f"{x + size * across:.1f} {y + size * down:.1f}" for across, down in corners) + "z"


def borders(values: Array, side: float) -> str:
    """Return where the two loudest outputs are equally loud; values of shape (n, GRID, GRID), row = second
    input."""
    spread = square(values.shape[1], side)
    return "".join(lines(lead(values, one), spread) for one in range(len(values)))


def class_marks(
    x: Array, kinds: list[int], place: Callable[[float, float], tuple[float, float]], size: float, test: bool
) -> list[Mark]:
    """Mark examples, x of shape (2, N), those of one class alike."""
    groups: dict[int, list[str]] = {}
    for across, up, kind in zip(*x.tolist(), kinds, strict=True):
        groups.setdefault(kind, []).append(shape(*place(across, up), size * (TEST if test else 1.0), kind))
    return [Mark("".join(paths), f"{1 - LEAST_INK:g}", test) for _, paths in sorted(groups.items())]


def names_at(values: Array, taken: Array, side: float) -> list[tuple[int, float, float]]:
    """Return for every output that is the loudest somewhere its number, from 0, and a free place well inside
    its region.

    `taken`: where marks stand, shape (2, N), each from 0 to 1.
    """
    last, found = values.shape[1] - 1, []
    for number in range(len(values)):
        region = lead(values, number) > 0
        if not region.any():
            continue
        spots = inner(region)
        middle = spots[(spots[:, 1] >= BESIDE) & (spots[:, 1] <= last - BESIDE)]
        spots = middle if len(middle) else spots
        row, column = spots[
            np.hypot(*(spots.T[:, :, None] / last - taken[::-1, None, :])).min(axis=1).argmax()
        ].tolist()
        found.append((number, round(column / last * side, 1), round(side - row / last * side, 1)))
    return found


def inner(region: NDArray[np.bool_]) -> NDArray[np.intp]:
    """Return the spots (row, column) of a region that are not near its border, as far as it is wide
    enough."""
    for _ in range(MARGIN):
        wide = np.pad(region, 1)
        peeled = wide[1:-1, 1:-1] & wide[:-2, 1:-1] & wide[2:, 1:-1] & wide[1:-1, :-2] & wide[1:-1, 2:]
        if not peeled.any():
            break
        region = peeled
    return np.argwhere(region)[::2] if region.sum() > 1 else np.argwhere(region)
