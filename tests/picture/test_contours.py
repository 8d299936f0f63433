"""The drawn surface: bands cover the square, marks stand where they should, nothing breaks where costs do."""

from __future__ import annotations

import numpy as np
import pytest

from app.analysis.surface import Surface
from app.picture.axes import PANEL, SIZE, edges_of
from app.picture.contours import ARROW, contours_of, thinned
from app.picture.layout import LEAST_TEXT, breadth

XS = np.linspace(-1.0, 1.0, 9)
BOWL = XS[None, :] ** 2 + XS[:, None] ** 2
PATH = [(0.5, -0.5), (0.0, 0.0)]


def test_a_bowl_has_bands_that_darken_upward() -> None:
    drawn = contours_of(Surface(XS, XS, BOWL, PATH, (1.0, 0.0), (0.25, -0.25)))
    inks = [float(ink) for _, ink in drawn.bands]
    assert len(inks) > 5
    assert inks == sorted(inks)
    assert (drawn.low, drawn.high) == (0.0, 2.0)
    assert all(path.startswith("M") and path.endswith("Z") for path, _ in drawn.bands)


def test_marks_stand_where_they_should() -> None:
    drawn = contours_of(Surface(XS, XS, BOWL, PATH, (1.0, 0.0), None))
    assert (drawn.x, drawn.y) == (SIZE / 2, SIZE / 2)
    assert drawn.walked == "M225 225L150 150"
    assert drawn.arrow.startswith(f"M150 150L{SIZE / 2 - ARROW:.1f} 150.0")  # against the gradient
    taken = contours_of(Surface(XS, XS, BOWL, PATH, (1.0, 0.0), PATH[0]))
    assert (taken.x, taken.y, taken.walked) == (drawn.x, drawn.y, drawn.walked)
    assert taken.step == "M225 225L150 150"
    assert taken.arrow.startswith(f"M225 225L{225 - ARROW:.1f} 225.0")  # from where the step began


def test_what_has_not_happened_is_not_drawn() -> None:
    drawn = contours_of(Surface(XS, XS, BOWL, PATH, None, None))
    assert drawn.arrow == ""
    assert drawn.step == ""
    assert contours_of(Surface(XS, XS, BOWL, PATH, (0.0, 0.0), None)).arrow == ""


def test_a_plain_and_a_broken_surface_can_be_drawn_too() -> None:
    flat = contours_of(Surface(XS, XS, np.ones((9, 9)), PATH, None, None))
    assert len(flat.bands) <= 1
    holed = BOWL.copy()
    holed[0, 0] = np.inf
    assert contours_of(Surface(XS, XS, holed, PATH, None, None)).high == 2.0
    lost = contours_of(Surface(XS, XS, np.full((9, 9), np.nan), PATH, None, None))
    assert (lost.low, lost.high) == (0.0, 1.0)


def test_a_path_keeps_its_ends_and_leaves_out_what_cannot_be_told_apart() -> None:
    spots = [(0.0, 0.0), (0.5, 0.5), (3.0, 0.0), (3.2, 0.1), (3.0, 4.0), (3.1, 4.0)]
    assert thinned(spots) == [(0.0, 0.0), (3.0, 0.0), (3.0, 4.0), (3.1, 4.0)]
    assert thinned(spots[:1]) == spots[:1]


@pytest.mark.parametrize(
    "labels", [["b", "0", "1"], ["w⁽²⁾₁₂", "−4.39e153", "9.39e153"], ["c", "−0.00123", "0.5"]]
)
def test_the_labels_of_an_axis_have_room_and_can_be_read(labels: list[str]) -> None:
    edges = edges_of(labels, 4.0)
    left, _, width, height = map(float, edges.box.split())
    assert edges.size * PANEL / width >= LEAST_TEXT - 0.06
    assert -left >= edges.size * max(map(breadth, labels)) + 6
    assert height - 4 > edges.foot > SIZE + edges.size
