"""Room for the neurons' own maps: beside every disc or nowhere, and nothing touches them."""

from __future__ import annotations

import pytest
from hypothesis import example, given, settings

from app.picture import layout as geometry
from app.picture.layout import Layout, layout_of
from tests.picture.test_layout import (
    EDGES,
    HEADINGS,
    SHAPES,
    Box,
    box,
    discs,
    ends,
    labels,
    meet,
    numbers,
    texts,
)


def tiles(layout: Layout) -> dict[str, Box]:
    """Return every neuron's tile."""
    half = layout.tile / 2
    spots = {at: spot for at, spot in layout.spots.items() if at[0] and layout.tile}
    return {f"tile {at}": box(x + layout.tile_x + half, y, half, half) for at, (x, y) in spots.items()}


def check(sizes: tuple[int, ...]) -> None:
    """See that no tile touches anything, and that what points along a wire stands behind its tile."""
    layout = layout_of(sizes, tiles=True)
    found = tiles(layout)
    if not found:
        assert layout == layout_of(sizes)
    assert layout.tile in (0.0, *geometry.TILES)
    others = discs(layout) | texts(layout) | labels(layout) | ends(layout)
    for place, (name, one) in enumerate(found.items()):
        assert one[1] >= HEADINGS - 4
        for other, another in [*others.items(), *list(found.items())[place + 1 :]]:
            assert not meet(one, another), f"{sizes}: {name} meets {other}"
    for (layer, _, k), curve in layout.wires.items():
        edge = found.get(f"tile {(layer - 1, k)}", (0, 0, 0, 0))[2]
        assert max(numbers(curve.back)[2], edge) == numbers(curve.back)[2]
        assert curve.hand[0] > edge


@pytest.mark.parametrize("sizes", EDGES, ids=lambda sizes: "-".join(map(str, sizes)))
def test_no_map_touches_anything_at_the_edges_of_what_there_is(sizes: tuple[int, ...]) -> None:
    check(sizes)


@pytest.mark.walk
@settings(deadline=None, max_examples=150)
@given(SHAPES)
@example((1, 1, 1, 1, 1))
@example((1, 3, 3, 3, 1))
def test_no_map_touches_anything_in_any_shape(sizes: tuple[int, ...]) -> None:
    check(sizes)


def test_the_usual_networks_have_room_and_the_deepest_have_none() -> None:
    for sizes in ((2, 1), (2, 3, 1), (2, 4, 2, 1), (2, 8, 8, 1), (1, 3, 3, 3, 1), (2, 16, 16, 3)):
        assert layout_of(sizes, tiles=True).tile >= 28, sizes
    assert layout_of((2, *[16] * 6, 1), tiles=True).tile == 0


def test_without_maps_the_picture_is_what_it_was() -> None:
    assert layout_of((2, 3, 1)).columns[-1] == geometry.LAST
    assert layout_of((2, 3, 1)).tile == 0
