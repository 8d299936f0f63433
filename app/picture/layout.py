"""Where things are: columns of discs, curved wires, and labels that do not touch. Units are SVG user
units."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from app.lab.dials import Dial
from app.notation.language import _
from app.notation.numbers import chosen, fewer, figure
from app.picture.label_places import Place, Spot, place_labels, point
from app.picture.text_width import BOLD, LEAST_TEXT, breadth

WIDTH = 768.0
TOP = 28.0  # below the names of the layers
BOTTOM = 6.0
LEAST_HEIGHT = 372.0
FIRST, LAST = 52.0, 606.0  # x of the input and the output column
TARGET_X, TARGET_HALF = 710.0, 26.0  # the middle of the targets' boxes, and half their width
DEEP = 3  # layers with dials: from here on one sees below the columns how the error shrinks
COST_HALF = 13.0  # half the height of the cost's box, which stands below the targets
COST_ROOM = 60.0  # beside its word
COST_AIR = 4.0
COST_HALVES = 52, 57  # half the width of its box, for a usual and for a long word
BELOW_TARGET = 58.0, 36.0  # from the lowest target to the cost: of one, which says what it is, and of more
PITCHES = (150.0, 150.0, 112.0, 96.0, 84.0, 76.0, 68.0, 62.0)  # between neurons, for layers of 1 … 8
LINE = 17.0  # height of a line of text
RING = 0.22  # thickest ring, of the disc's radius
RING_GAP = 3.0
HAND = 9.0  # half of its height
BELOW = (46.0, 66.0)  # half of the text below a disc: least, and most (then comes the target)
TILES = 36.0, 28.0  # side of a neuron's own map beside its disc, in low and in high columns
TILE_GAP = 6.0
TILE_ROOM = 42.0  # which the output column leaves to its maps
NAMED = 28.0  # a smaller disc has its name beside it, this wide at most
STEPS = tuple(step / 50 for step in range(11, 48))  # along a wire
LOCK = 0.9  # of a wire: where its padlock hangs
AHEAD, FARTHEST = 0.78, 0.86  # of a wire: where a chevron with the signal stands, and where any may at most


@dataclass(frozen=True)
class Curve:
    """A wire: its weight's mark and name, its path, where its label may stand, from where on (0 … 1) nothing
    of its beginning covers it, chevrons that point with and against the signal, and where a hand may point at
    the upstream neuron."""

    mark: str
    name: str
    path: str
    label: Place | None
    clear: float
    ahead: str
    back: str
    hand: Spot


@dataclass(frozen=True)
class Layout:
    """All positions of a network's picture; neurons are keyed (layer, j), wires (layer, j, k), from 1.

    `lines`: how many lines of text have room below a disc, `below`: how wide they may be. `tile`: the side of
    a neuron's own map, whose left edge is `tile_x` beside the disc's middle; 0 where there is none.
    """

    height: float
    radius: float
    cost_y: float
    lines: int
    below: float
    columns: tuple[float, ...]
    spots: dict[tuple[int, int], Spot]
    wires: dict[tuple[int, int, int], Curve]
    tile: float = 0.0
    tile_x: float = 0.0
    width: float = WIDTH

    def chevrons(self, layer: int, j: int, k: int, way: int) -> Iterator[str]:
        """Yield the places of a wire's chevron with (1) or against (−1) the signal, the usual one first, then
        others ever farther from it."""
        start, end, clear = self.spots[layer - 1, k], self.spots[layer, j], self.wires[layer, j, k].clear
        usual = AHEAD if way > 0 else clear
        free = sorted((t for t in STEPS if clear <= t <= FARTHEST), key=lambda t: abs(t - usual))
        yield from (chevron(start, end, self.radius, t, way) for t in (usual, *free))

    def lock(self, layer: int, j: int, k: int) -> Spot:
        """Return where the padlock of a wire hangs that is held still: near its end."""
        return point(self.spots[layer - 1, k], self.spots[layer, j], self.radius, LOCK)

    @staticmethod
    def label_width(text: str, *, bold: bool = False) -> float:
        """Return how wide a label's box must be for its text."""
        return round(10 + LEAST_TEXT * breadth(text) * (BOLD if bold else 1.0))

    def text_size(self, text: str) -> float | None:
        """Return the size at which a number fits into a disc, None where it would be too small to read."""
        size = min(17.0, (2 * self.radius - 7) / breadth(text))
        return round(size, 1) if size >= LEAST_TEXT else None

    def number_inside(self, value: float, most: int | None = None) -> tuple[str | None, float | None]:
        """Return a number with as many digits as fit into a disc, from `most` or the usual ones on, and its
        size; None where not even two do."""
        for digits in range(most or chosen(), 1, -1):
            if size := self.text_size(text := figure(value, digits)):
                return text, size
        return None, None

    def fitting_below(self, *texts: str, bold: bool) -> str:
        """Return the first of the texts that fits below a disc, "" where none does."""
        room = self.below / LEAST_TEXT / (BOLD if bold else 1.0)
        return next((text for text in texts if breadth(text) <= room), "")


def cost_box(cost: float | None) -> tuple[int, str | None]:
    """Return half the width of the cost's box, as the word for it needs, and a cost with as many digits as
    fit into it, one at least."""
    word = LEAST_TEXT * BOLD * breadth(_("cost {cost}", cost=""))
    half = COST_HALVES[word + COST_ROOM > 2 * COST_HALVES[0]]
    if cost is None:
        return half, None
    room = min(COST_ROOM, 2 * half - COST_AIR - word) / LEAST_TEXT / BOLD
    texts = [figure(cost, digits) for digits in fewer()]
    return half, next((text for text in texts if breadth(text) <= room), texts[-1])


@lru_cache(maxsize=256)
def layout_of(sizes: tuple[int, ...], tiles: bool = False) -> Layout:
    """Return the layout for the sizes (n_0, …, n_L); `tiles` leaves room beside the discs, if there can be
    any."""
    most, last = max(sizes), len(sizes) - 1
    pitch = PITCHES[most - 1] if most <= len(PITCHES) else max(35.0, 540.0 / most)
    height = max(LEAST_HEIGHT, TOP + most * pitch + BOTTOM)
    gap = (LAST - TILE_ROOM * tiles - FIRST) / last
    roomy = most <= len(PITCHES) and gap >= 2 * BELOW[0]
    fitting = (pitch - LINE - 2 * RING_GAP) / 2 / (1 + RING) if roomy else pitch * 0.34
    radius = round(min(36.0, fitting, gap * 0.3), 1)
    free = pitch - 2 * (radius * (1 + RING) + RING_GAP)
    lines = min(2, int((free + 0.5) // LINE)) if roomy else 0
    columns = tuple(round(FIRST + layer * gap, 1) for layer in range(last + 1))
    middle = (TOP + height - BOTTOM - LINE * lines) / 2
    lowest = middle + (sizes[-1] - 1) / 2 * pitch
    under = radius * (1 + RING) + RING_GAP + LINE * lines + COST_HALF + 4
    cost_y = round(lowest + max(BELOW_TARGET[sizes[-1] > 1], under), 1)
    height = max(height + LINE * (last >= DEEP), cost_y + COST_HALF + BOTTOM)
    spots = spots_of(sizes, columns, middle, pitch)
    below = max(BELOW[0], min(BELOW[1], gap / 2 - BELOW[0])) if lines else 0.0
    ringed = radius * (1 + RING) + RING_GAP
    right = max(ringed, below)
    left = max(right, radius * 0.75 + 3 + NAMED) if radius < NAMED else right
    tile, tile_x = 0.0, round(ringed + TILE_GAP, 1)
    if tiles:
        spare = gap - ringed - left if last > 1 else WIDTH
        tile = next((side for side in TILES[most > 3 :] if side + TILE_GAP <= spare), 0.0)
        if not tile:
            return layout_of(sizes)
        tile_x = round(ringed + min(TILE_GAP, (spare - tile) / 2), 1)
    return Layout(
        height=round(height, 1),
        radius=radius,
        cost_y=cost_y,
        lines=lines,
        below=2 * below,
        columns=columns,
        spots=spots,
        wires=wires_of(sizes, spots, radius, (right, left), tile_x + tile if tile else 0.0),
        tile=tile,
        tile_x=tile_x,
    )


def spots_of(
    sizes: tuple[int, ...], columns: tuple[float, ...], middle: float, pitch: float
) -> dict[tuple[int, int], Spot]:
    """Return the middles of all discs: each column around a height, its neurons so far from each other."""
    return {
        (layer, j): (columns[layer], round(middle + (j - (size + 1) / 2) * pitch, 1))
        for layer, size in enumerate(sizes)
        for j in range(1, size + 1)
    }


def wires_of(
    sizes: tuple[int, ...], spots: dict[tuple[int, int], Spot], radius: float, taken: Spot, past: float
) -> dict[tuple[int, int, int], Curve]:
    """Return all wires; `taken` is the room beside a column's middle that discs and their texts have, to the
    right and to the left, `past` how far the maps beside the discs of a hidden layer reach."""
    found: dict[tuple[int, int, int], Curve] = {}
    for layer in range(1, len(sizes)):
        ends = {
            (layer, j, k): (spots[layer - 1, k], spots[layer, j])
            for k in range(1, sizes[layer - 1] + 1)
            for j in range(1, sizes[layer] + 1)
        }
        behind = past if layer > 1 else 0.0
        labels = place_labels(ends, radius, (max(taken[0], behind), taken[1]))
        for key, pair in ends.items():
            dial = Dial("w", *key)
            called = dial.mark, dial.name(sizes)
            found[key] = _curve(called, *pair, radius, labels.get(key), behind)
    return found


def _curve(
    called: tuple[str, str], start: Spot, end: Spot, radius: float, label: Place | None, past: float
) -> Curve:
    """Return a wire; what stands at its beginning is put behind `past`, from the disc's middle."""
    left, right = round(start[0] + radius, 1), round(end[0] - radius, 1)
    mid = round((left + right) / 2, 1)
    path = f"M{left:g} {start[1]:g}C{mid:g} {start[1]:g} {mid:g} {end[1]:g} {right:g} {end[1]:g}"
    lowest = max(
        0.0, radius * (1 + RING) + RING_GAP - HAND
    )  # any lower, and it would cover the text below the disc
    hand, t = (
        (round(left + 20, 1), round(min(point(start, end, radius, 0.12)[1], start[1] + lowest), 1)),
        0.22,
    )
    if past:
        behind = start[0] + past
        clear = min(
            behind + 14, (behind + right) / 2
        )  # at least in the middle of what is to be seen of the wire
        t = next((t for t in STEPS if point(start, end, radius, t)[0] >= clear), STEPS[-1])
        x, y = point(start, end, radius, min(t + 0.06, 0.84))
        hand = round(x, 1), round(y, 1)
    ahead, back = chevron(start, end, radius, AHEAD, 1), chevron(start, end, radius, t, -1)
    mark, name = called
    return Curve(mark=mark, name=name, path=path, label=label, clear=t, ahead=ahead, back=back, hand=hand)


@lru_cache(maxsize=4096)
def chevron(start: Spot, end: Spot, radius: float, t: float, way: int) -> str:
    """Return a chevron at t of a wire, which points with (1) or against (−1) the signal."""
    (x, y), (dx, dy) = point(start, end, radius, t), (7.0 * way, 0.0)
    ahead = point(start, end, radius, t + 0.02)
    slope = (ahead[1] - y) / (ahead[0] - x)
    length = (1 + slope * slope) ** 0.5
    dx, dy = 7.0 * way / length, 7.0 * way * slope / length
    corners = ((x - dx - dy, y - dy + dx), (x + dx, y + dy), (x - dx + dy, y - dy - dx))
    return "M" + "L".join(f"{a:.0f} {b:.0f}" for a, b in corners)
