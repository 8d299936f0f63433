"""The drawn surface: bands cover the square, marks stand where they should, nothing breaks where costs do."""

from __future__ import annotations

import numpy as np

from app.lab.surface import Surface
from app.picture.contours import ARROW, SIZE, contours_of

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
    drawn = contours_of(Surface(XS, XS, BOWL, PATH, (1.0, 0.0), (0.25, -0.25)))
    assert (drawn.x, drawn.y) == (SIZE / 2, SIZE / 2)
    assert drawn.walked == "M225 225L150 150"
    assert drawn.arrow.startswith(f"M150 150L{SIZE / 2 - ARROW:.1f} 150.0")  # against the gradient
    assert drawn.step == "M150 150L187.5 187.5"


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
