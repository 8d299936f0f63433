"""Where the numbers on wires stand: on their own wire, clear of each other, and off crossings. SVG user
units."""

from __future__ import annotations

LABEL_WIDTH, LABEL_HEIGHT = 84.0, 24.0
WIDEST_LABEL = 160.0  # "−0.0123 → −0.0124"
LABEL_SPOTS = (0.5, 0.4, 0.6, 0.34, 0.66, 0.29, 0.71)

Spot = tuple[float, float]
Place = tuple[float, float, float]  # x, y, and how wide a label may be there


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


def place_labels(
    ends: dict[tuple[int, int, int], tuple[Spot, Spot]], radius: float, taken: tuple[float, float]
) -> dict[tuple[int, int, int], Place]:
    """Return a place on each wire so that no two labels touch, or nothing where they do not all fit.

    `taken`: how far discs and their texts reach to the right of a column's middle, and to its left.
    """
    calm = (*((t,) for t in LABEL_SPOTS), LABEL_SPOTS)  # all at one t looks calmest
    for clear, spots in ((clear, spots) for clear in (True, False) for spots in calm):
        placed: dict[tuple[int, int, int], Place] = {}
        for key, (start, end) in ends.items():
            for t, (x, y) in ((t, point(start, end, radius, t)) for t in spots):
                room = 2 * min(x - start[0] - taken[0], end[0] - x - taken[1]) - 2
                free = room >= LABEL_WIDTH and all(apart(x - a, y - b) for a, b, _ in placed.values())
                if free and not (clear and crossed(key, ends, t)):
                    placed[key] = (round(x, 1), round(y, 1), min(room, WIDEST_LABEL))
                    break
            else:
                break
        if len(placed) == len(ends):
            return placed
    return {}


def crossed(key: tuple[int, int, int], ends: dict[tuple[int, int, int], tuple[Spot, Spot]], t: float) -> bool:
    """Tell whether another wire of the gap runs through the middle of a label at t of this one."""

    def height(wire: tuple[int, int, int]) -> float:
        (_, begin), (_, end) = ends[wire]
        return begin + (end - begin) * (3 * t * t - 2 * t**3)

    here = height(key)
    return any(abs(height(wire) - here) < LABEL_HEIGHT for wire in ends if wire != key)


def apart(dx: float, dy: float) -> bool:
    """Tell whether two labels this far from each other do not touch."""
    return abs(dx) >= WIDEST_LABEL or abs(dy) >= LABEL_HEIGHT + 2
