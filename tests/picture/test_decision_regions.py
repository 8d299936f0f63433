"""The loudest output's map: borders between regions, a name inside each, and marks of which no two are
alike."""

from __future__ import annotations

import re

import numpy as np

from app.picture.decision_regions import CORNERS, borders, class_marks, inner, names_at, shape
from app.picture.response_map import placed

N, SIDE = 49, 480.0
X, Y = np.meshgrid(np.linspace(-1, 1, N), np.linspace(-1, 1, N))  # row = second input
NOBODY = np.array([[9.0], [9.0]])


def test_borders_run_where_the_two_loudest_are_equally_loud() -> None:
    xs = {float(x) for x in re.findall(r"M(\d+) ", borders(np.stack([-X, X]), SIDE))}
    assert xs == {SIDE / 2}
    assert borders(np.stack([X, X - 1]), SIDE) == ""  # one is the loudest everywhere
    assert borders(np.stack([X, X + np.inf]), SIDE) == ""


def test_every_region_has_its_name_well_inside_and_away_from_the_marks() -> None:
    values = np.stack([-X, X, np.full_like(X, -5.0)])  # the third is never the loudest
    left, right = names_at(values, NOBODY, SIDE)
    assert (left[0], right[0]) == (0, 1)
    assert SIDE / 8 < left[1] < SIDE / 2 - 30
    assert SIDE / 2 + 30 < right[1] < SIDE * 7 / 8
    crowd = np.array([[0.25, 0.25, 0.25], [0.1, 0.5, 0.6]])  # below and in the middle of the left half
    (_, _, down), _ = names_at(values, crowd, SIDE)
    assert down < SIDE / 4


def test_a_narrow_region_is_named_where_it_is() -> None:
    edge = np.where(X > 0.99, 1.0, -1.0)
    ((_, *_), (_, across, _)) = names_at(np.stack([-edge, edge]), NOBODY, SIDE)
    assert across == SIDE
    lonely = np.zeros((N, N), dtype=bool)
    lonely[7, 9] = True
    assert inner(lonely).tolist() == [[7, 9]]


def test_ten_classes_have_ten_marks_and_a_class_is_one_path() -> None:
    assert len({shape(0, 0, 10, kind) for kind in range(10)}) == len(CORNERS) == 10
    assert shape(3, 4, 5, 10) == shape(3, 4, 5, 0)
    place = placed((0.0, 1.0), (0.0, 1.0), 100.0)
    first, second = class_marks(np.array([[0.0, 1.0, 0.5], [0.0, 1.0, 0.5]]), [1, 0, 1], place, 10.0, False)
    assert (first.path.count("M"), second.path.count("M"), first.ink, first.test) == (1, 2, "0.75", False)
    (held,) = class_marks(np.array([[0.5], [0.5]]), [0], place, 10.0, True)
    assert held.test
    assert "a7 7" in held.path
