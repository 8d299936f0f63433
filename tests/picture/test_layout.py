"""Where things are: nothing touches anything, from the smallest network to the largest one there is."""

from __future__ import annotations

import math
import re
from itertools import combinations, pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.lab.dials import Dial
from app.lab.itinerary import Moment
from app.lab.lab import Lab
from app.lab.recipe import Recipe
from app.lab.replay import Replay
from app.limits import HIDDEN_LAYERS, NEURONS
from app.notation.numbers import DIGITS, MINUS, in_digits
from app.picture import layout as geometry
from app.picture.label_places import LABEL_HEIGHT, LABEL_WIDTH, WIDEST_LABEL
from app.picture.layout import Layout, layout_of
from app.picture.marks import Wording
from app.picture.scene import scene_of
from app.picture.text_width import LEAST_TEXT, breadth

INPUTS, OUTPUTS = 16, 10
HEADINGS = 22.0  # the names of the layers end here
TARGET, COST = (30.0, 15.0), (52.0, geometry.COST_HALF)  # half the width and height of their boxes
SHAPES = st.tuples(
    st.integers(1, INPUTS), st.lists(st.integers(1, NEURONS), max_size=HIDDEN_LAYERS), st.integers(1, OUTPUTS)
).map(lambda drawn: (drawn[0], *drawn[1], drawn[2]))
EDGES = [
    (1, 1),
    (1, 1, 1),
    (2, 3, 1),
    (2, 4, 2, 1),
    (16, 10),
    (16, *[16] * 6, 10),
    (1, *[16] * 6, 1),
    (16, *[1] * 6, 10),
]

Box = tuple[float, float, float, float]  # left, top, right, bottom


def box(x: float, y: float, wide: float, high: float) -> Box:
    return x - wide, y - high, x + wide, y + high


def meet(one: Box, other: Box) -> bool:
    """Tell whether two boxes overlap by more than a rounding."""
    slack = 0.15
    return (
        min(one[2], other[2]) - max(one[0], other[0]) > slack
        and min(one[3], other[3]) - max(one[1], other[1]) > slack
    )


def discs(layout: Layout) -> dict[str, Box]:
    """Return every disc with the thickest ring it can have."""
    outer = layout.radius * (1 + geometry.RING) + geometry.RING_GAP
    return {f"disc {at}": box(*spot, outer, outer) for at, spot in layout.spots.items()}


def texts(layout: Layout) -> dict[str, Box]:
    """Return the room of the texts that belong to the discs: lines below, names beside small ones."""
    found, outer = {}, layout.radius * (1 + geometry.RING) + geometry.RING_GAP
    for (layer, j), (x, y) in layout.spots.items():
        if layer and layout.lines:
            bottom = y + outer + geometry.LINE * layout.lines
            found[f"below {layer}-{j}"] = (x - layout.below / 2, y + outer, x + layout.below / 2, bottom)
        if layout.radius < geometry.NAMED:
            right, base = x - 0.75 * layout.radius - 3, y - 0.75 * layout.radius
            found[f"name {layer}-{j}"] = (
                right - geometry.NAMED,
                base - 0.75 * geometry.LEAST_TEXT,
                right,
                base,
            )
    return found


def labels(layout: Layout) -> dict[str, Box]:
    """Return the widest box each wire's label may have."""
    found = {}
    for at, curve in layout.wires.items():
        if curve.label:
            x, y, room = curve.label
            found[f"label {at}"] = box(x, y, room / 2, LABEL_HEIGHT / 2)
    return found


def ends(layout: Layout) -> dict[str, Box]:
    """Return the boxes of targets and cost."""
    last = len(layout.columns) - 1
    spots = {at: spot for at, spot in layout.spots.items() if at[0] == last}
    found = {f"target {at}": box(geometry.TARGET_X, y, *TARGET) for at, (_, y) in spots.items()}
    return found | {"cost": box(geometry.TARGET_X, layout.cost_y, *COST)}


def check(sizes: tuple[int, ...]) -> None:
    """See that nothing of a layout touches anything else, and that all of it is on the page."""
    layout = layout_of(sizes)
    found = discs(layout) | texts(layout) | labels(layout) | ends(layout)
    near = sorted(found.items(), key=lambda item: item[1][1])
    for place, (name, one) in enumerate(near):
        assert one[0] >= -0.15, name
        assert one[2] <= geometry.WIDTH + 0.15, name
        assert one[1] >= HEADINGS - 4, name
        assert one[3] <= layout.height + 0.15, name
        for other, another in near[place + 1 :]:
            if another[1] >= one[3]:
                break
            both = name[:5], other[:5]
            if both == ("disc ", "disc ") or ("name " in both and "disc " in both):
                continue  # round things: below
            assert not meet(one, another), f"{sizes}: {name} meets {other}"
    outer = layout.radius * (1 + geometry.RING) + geometry.RING_GAP
    for one, other in combinations(layout.spots.values(), 2):
        assert math.dist(one, other) >= 2 * outer - 0.15


@pytest.mark.parametrize("sizes", EDGES, ids=lambda sizes: "-".join(map(str, sizes)))
def test_nothing_touches_anything_at_the_edges_of_what_there_is(sizes: tuple[int, ...]) -> None:
    check(sizes)


@pytest.mark.walk
@settings(deadline=None, max_examples=150)
@given(SHAPES)
def test_nothing_touches_anything_in_any_shape(sizes: tuple[int, ...]) -> None:
    check(sizes)


@settings(deadline=None, max_examples=60)
@given(SHAPES)
def test_the_name_beside_a_small_disc_keeps_off_every_ring(sizes: tuple[int, ...]) -> None:
    layout = layout_of(sizes)
    outer = layout.radius * (1 + geometry.RING) + geometry.RING_GAP
    for name, (left, top, right, bottom) in texts(layout).items():
        layer, j = map(int, name.split(" ")[1].split("-"))
        for at, (x, y) in layout.spots.items():
            if name.startswith("name") and at != (layer, j):
                gap = math.hypot(x - min(max(x, left), right), y - min(max(y, top), bottom))
                assert gap >= outer - 2, (sizes, name, at)


def numbers(path: str) -> list[float]:
    return [float(found) for found in re.findall(r"-?\d+(?:\.\d+)?", path)]


@pytest.mark.walk
@settings(deadline=None, max_examples=60)
@given(SHAPES)
def test_every_wire_runs_from_disc_to_disc_and_its_chevrons_point_along_it(sizes: tuple[int, ...]) -> None:
    layout = layout_of(sizes)
    assert len(layout.wires) == sum(a * b for a, b in pairwise(sizes))
    for (layer, j, k), curve in layout.wires.items():
        start, end = layout.spots[layer - 1, k], layout.spots[layer, j]
        x, y, *_, last_x, last_y = numbers(curve.path)
        assert (x, y) == pytest.approx((start[0] + layout.radius, start[1]), abs=0.06)
        assert (last_x, last_y) == pytest.approx((end[0] - layout.radius, end[1]), abs=0.06)
        for chevron, way in ((curve.ahead, 1), (curve.back, -1)):
            corners = numbers(chevron)
            assert (corners[2] - (corners[0] + corners[4]) / 2) * way > 0
            assert x < corners[2] < last_x
        assert x < curve.hand[0] < last_x
        ringed = layout.radius * (1 + geometry.RING) + geometry.RING_GAP
        assert curve.hand[1] + geometry.HAND <= y + max(geometry.HAND, ringed) + 0.1


@settings(deadline=None, max_examples=60)
@given(SHAPES)
def test_labels_stand_on_their_wires_all_of_a_gap_or_none(sizes: tuple[int, ...]) -> None:
    layout = layout_of(sizes)
    for layer in range(1, len(sizes)):
        curves = [(at, curve) for at, curve in layout.wires.items() if at[0] == layer]
        assert len({curve.label is None for _, curve in curves}) == 1
        for (_, j, k), curve in curves:
            if curve.label:
                x, y, room = curve.label
                start, end = layout.spots[layer - 1, k], layout.spots[layer, j]
                across = (x - start[0] - layout.radius) / (end[0] - start[0] - 2 * layout.radius)
                assert 0 < across < 1
                low, high = sorted((start[1], end[1]))
                assert low - 0.1 <= y <= high + 0.1
                assert LABEL_WIDTH <= room <= WIDEST_LABEL


def test_small_networks_have_every_label_and_middling_ones_a_number_in_each_disc_or_below() -> None:
    for sizes in ((2, 1), (2, 2, 1), (2, 3, 1), (2, 4, 1), (2, 3, 2)):
        assert all(curve.label for curve in layout_of(sizes).wires.values()), sizes
    for sizes in ((2, 5, 1), (2, 4, 4, 1), (5, 5, 5, 5)):
        assert layout_of(sizes).text_size("0.123") is not None, sizes
    for sizes in ((2, 6, 3), (2, 8, 1), (2, 8, 8, 4)):
        assert layout_of(sizes).lines, sizes


def test_a_number_is_14_high_at_least_or_not_in_its_disc_at_all() -> None:
    for sizes in EDGES:
        for text in ("0", "0.5", "−0.123", "−1.23e−12"):
            size = layout_of(sizes).text_size(text)
            assert size is None or size >= geometry.LEAST_TEXT


def test_columns_go_from_left_to_right_and_layers_are_centred_on_each_other() -> None:
    layout = layout_of((3, 5, 2))
    assert (layout.columns[0], layout.columns[-1]) == (geometry.FIRST, geometry.LAST)
    assert list(layout.columns) == sorted(layout.columns)
    middles = [
        sum(layout.spots[layer, j][1] for j in range(1, size + 1)) / size
        for layer, size in enumerate((3, 5, 2))
    ]
    assert middles == pytest.approx([middles[0]] * 3, abs=0.1)


def test_the_longest_text_that_fits_below_a_disc_is_taken() -> None:
    layout = layout_of((2, 3, 1))
    assert layout.fitting_below("δ −0.123 ▲", "−0.123", bold=True) == "δ −0.123 ▲"
    assert layout.fitting_below("a very long text indeed", "short", bold=False) == "short"
    assert layout.fitting_below("a very long text indeed", bold=False) == ""


@pytest.mark.parametrize("digits", DIGITS)
def test_where_room_is_short_a_number_loses_digits_and_nothing_else(digits: int) -> None:
    numbers = Replay().numbers(Lab(Recipe(), len(Lab(Recipe()).moments) - 1))
    moment = (Moment("descent", 0, 0),)
    with in_digits(digits):
        scene = scene_of(numbers, "gradient", 0, recent=moment, words=Wording(was="was"), labels=True)
    for wire in (wire for wires in scene.wires.values() for wire in wires):
        dial, room = Dial("w", wire.layer, wire.to, wire.source), scene.layout.wires
        assert wire.label[3] <= room[wire.layer, wire.to, wire.source].label[2]
        name, *_, new = wire.label[2].split(" ")
        assert name == dial.name(numbers.network.sizes)
        assert new.startswith(MINUS) == (dial.of(numbers.after) < 0)
    below = [
        text for discs in scene.discs[1:] for disc in discs for kind, text, _ in disc.below if kind == "dial"
    ]
    assert len(below) == 3  # below the output stands what it said before
    assert all("→" in text and text[0] == "b" for text in below)
    assert breadth(f"cost {scene.cost_short}") * LEAST_TEXT < 104
