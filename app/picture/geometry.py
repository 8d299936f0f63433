"""Where things are: columns of discs, curved wires, and labels that do not touch. Units are SVG user units."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

WIDTH = 840.0
TOP = 40.0  # below the names of the layers
LEAST_HEIGHT = 400.0
FIRST, LAST = 62.0, 578.0  # x of the input and the output column
TARGET_X, COST_X = 668.0, 772.0
LABEL_WIDTH, LABEL_HEIGHT = 104.0, 24.0
LEAST_TEXT = 14.0
DIGIT = 0.64  # widest digit of the fonts in use, in em
LABEL_SPOTS = (0.5, 0.4, 0.6, 0.32, 0.68, 0.45, 0.55, 0.36, 0.64)

Spot = tuple[float, float]


@dataclass(frozen=True)
class Curve:
    """A wire: its path, where its label may stand, and chevrons that point with and against the signal."""

    path: str
    label: Spot | None
    ahead: str
    back: str


@dataclass(frozen=True)
class Layout:
    """All positions of a network's picture; neurons are keyed (layer, j), wires (layer, j, k), from 1.

    `lines`: how many lines of text have room below a disc.
    """

    height: float
    radius: float
    lines: int
    columns: tuple[float, ...]
    spots: dict[tuple[int, int], Spot]
    wires: dict[tuple[int, int, int], Curve]

    def text_size(self, text: str) -> float | None:
        """Return the size at which a text fits into a disc, None where it would be too small to read."""
        size = min(17.0, (2 * self.radius - 6) / (DIGIT * max(len(text), 1)))
        return round(size, 1) if size >= LEAST_TEXT else None


@lru_cache(maxsize=256)
def layout_of(sizes: tuple[int, ...]) -> Layout:
    """Return the layout for the sizes (n_0, …, n_L)."""
    most, last = max(sizes), len(sizes) - 1
    pitch = min(150.0, max((LEAST_HEIGHT - TOP - 4) / most, min(58.0, 560.0 / most)))
    height = max(LEAST_HEIGHT, TOP + most * pitch + 4)
    gap = (LAST - FIRST) / last
    radius = round(min(38.0, pitch * (0.27 if most <= 3 else 0.34), gap * 0.3), 1)
    free = pitch - 2 * radius * 1.3  # between two discs with their thickest rings
    lines = 0 if gap < 92 else 2 if free >= 34 else 1 if pitch - 2 * radius >= 18 else 0
    columns = tuple(round(FIRST + layer * gap, 1) for layer in range(last + 1))
    middle = TOP + (height - TOP) / 2 - (8 * lines if lines else 0)
    spots = {
        (layer, j): (columns[layer], round(middle + (j - (size + 1) / 2) * pitch, 1))
        for layer, size in enumerate(sizes)
        for j in range(1, size + 1)
    }
    wires: dict[tuple[int, int, int], Curve] = {}
    for layer in range(1, last + 1):
        ends = {
            (layer, j, k): (spots[layer - 1, k], spots[layer, j])
            for k in range(1, sizes[layer - 1] + 1)
            for j in range(1, sizes[layer] + 1)
        }
        labels = place_labels(ends, radius)
        wires.update({key: _curve(*pair, radius, labels.get(key)) for key, pair in ends.items()})
    return Layout(round(height, 1), radius, lines, columns, spots, wires)


def point(start: Spot, end: Spot, radius: float, t: float) -> Spot:
    """Return the point at t (0 … 1) of the wire between two discs: a cubic that leaves and arrives level.

    >>> point((0, 0), (100, 40), 10, 0.5)
    (50.0, 20.0)
    """
    left, right = start[0] + radius, end[0] - radius
    mid = (left + right) / 2
    u = 1 - t
    x = u**3 * left + 3 * u * u * t * mid + 3 * u * t * t * mid + t**3 * right
    return x, start[1] + (end[1] - start[1]) * (3 * t * t - 2 * t**3)


def place_labels(ends: dict[tuple[int, int, int], tuple[Spot, Spot]], radius: float) -> dict:
    """Return a spot on each wire so that no two labels touch, or nothing where they do not all fit."""
    placed: dict[tuple[int, int, int], Spot] = {}
    for key, (start, end) in ends.items():
        if end[0] - start[0] - 2 * radius < LABEL_WIDTH + 24:
            return {}
        for t in LABEL_SPOTS:
            x, y = point(start, end, radius, t)
            inside = start[0] + radius + 8 <= x - LABEL_WIDTH / 2 and x + LABEL_WIDTH / 2 <= end[0] - radius - 8
            if inside and all(abs(x - a) >= LABEL_WIDTH + 4 or abs(y - b) >= LABEL_HEIGHT + 2 for a, b in placed.values()):
                placed[key] = (round(x, 1), round(y, 1))
                break
        else:
            return {}
    return placed


def _curve(start: Spot, end: Spot, radius: float, label: Spot | None) -> Curve:
    left, right = round(start[0] + radius, 1), round(end[0] - radius, 1)
    mid = round((left + right) / 2, 1)
    path = f"M{left:g} {start[1]:g}C{mid:g} {start[1]:g} {mid:g} {end[1]:g} {right:g} {end[1]:g}"
    return Curve(path, label, _chevron(start, end, radius, 0.9, 1), _chevron(start, end, radius, 0.1, -1))


def _chevron(start: Spot, end: Spot, radius: float, t: float, way: int) -> str:
    (x, y), (dx, dy) = point(start, end, radius, t), (7.0 * way, 0.0)
    ahead = point(start, end, radius, t + 0.02)
    slope = (ahead[1] - y) / (ahead[0] - x)
    length = (1 + slope * slope) ** 0.5
    dx, dy = 7.0 * way / length, 7.0 * way * slope / length
    corners = ((x - dx - dy, y - dy + dx), (x + dx, y + dy), (x - dx + dy, y - dy - dx))
    return "M" + "L".join(f"{a:.0f} {b:.0f}" for a, b in corners)
