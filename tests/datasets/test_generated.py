"""Drawn examples: the same from the same seed, shaped as their sentence says, and none both learned from and
held back."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.datasets.dataset import divided, held_back
from app.datasets.generated import GENERATED, LIVELY, SOURCES, generated
from app.datasets.tables import table

CLOUDS = [key for key, entry in GENERATED.items() if entry.kind == "cloud"]
CURVES = [key for key, entry in GENERATED.items() if entry.kind == "curve"]
ARRAYS = ("x", "y", "x_test", "y_test")
ANY = given(
    key=st.sampled_from(list(GENERATED)),
    size=st.integers(10, 500),
    noise=st.floats(0, 1),
    seed=st.integers(0, 2**32 - 1),
    test=st.just(0.0) | st.floats(1e-6, 0.5),
)


@ANY
def test_both_parts_have_examples_and_together_they_are_as_many_as_wanted(key, size, noise, seed, test):
    data = generated(key, size, noise, seed, test)
    held = 0 if data.x_test is None else data.x_test.shape[1]
    assert data.rows + held == size
    assert (held > 0) == (test > 0)
    assert data.rows >= size / 2 - 1
    assert len(data.x) == (2 if data.kind == "cloud" else 1)
    assert data.x.dtype == data.y.dtype == float
    assert len(data.y) == 1
    if test:
        assert abs(held - test * size) <= 1
        assert len(data.x_test) == len(data.x)
        assert data.y_test.shape == (1, held)


@ANY
def test_the_same_choices_draw_the_same_examples_for_ever(key, size, noise, seed, test):
    one = generated(key, size, noise, seed, test)
    again = generated.__wrapped__(key, size, noise, seed, test)
    for name in ARRAYS:
        assert np.array_equal(getattr(one, name), getattr(again, name)) or getattr(one, name) is None


@ANY
def test_the_first_example_is_lively_where_any_is(key, size, noise, seed, test):
    x = np.abs(generated(key, size, noise, seed, test).x).min(axis=0)
    assert x[0] >= LIVELY or (x < LIVELY).all()


@pytest.mark.parametrize("key", GENERATED)
def test_the_share_that_is_held_back_only_divides_the_same_examples(key):
    whole, parted = generated(key, 60, 0.1, 5, 0.0), generated(key, 60, 0.1, 5, 0.3)
    together = np.hstack([parted.x, parted.x_test]).T.tolist()
    assert sorted(together) == sorted(whole.x.T.tolist())
    assert np.array_equal(parted.targets, np.hstack([parted.y, parted.y_test]))
    assert whole.targets is whole.y


@pytest.mark.parametrize("key", GENERATED)
def test_another_seed_draws_others_and_nobody_can_write_into_them(key):
    one, other = generated(key, 50, 0.1, 0, 0.2), generated(key, 50, 0.1, 1, 0.2)
    assert not np.array_equal(one.x, other.x)
    for name in ARRAYS:
        with pytest.raises(ValueError, match="read-only"):
            getattr(one, name)[0, 0] = 5.0


@pytest.mark.parametrize("key", GENERATED)
def test_the_classes_of_a_cloud_take_turns_at_random_and_a_curve_has_none(key):
    data = generated(key, 100, 0.1, 0, 0.0)
    assert (data.kind, data.classes) == (("cloud", True) if key in CLOUDS else ("curve", False))
    assert data.name == SOURCES[key].name
    if data.classes:
        assert data.y.sum() == 50
        assert 20 < (np.diff(data.y[0]) != 0).sum() < 80


def points(key: str, target: int) -> np.ndarray:
    """Return the points of one class without noise."""
    data = generated(key, 500, 0.0, 0, 0.0)
    return data.x[:, data.y[0] == target]


def test_a_circle_has_a_middle_and_a_ring():
    assert np.hypot(*points("circle", 1)).max() <= 0.5
    ring = np.hypot(*points("circle", 0))
    assert ring.min() >= 0.75
    assert ring.max() <= 1


def test_one_straight_line_tells_the_blobs_apart():
    assert (points("blobs", 1).sum(axis=0) > 0).all()
    assert (points("blobs", 0).sum(axis=0) < 0).all()


def test_xor_clouds_have_one_class_where_the_signs_differ():
    assert (points("xor-clouds", 1).prod(axis=0) < 0).all()
    assert (points("xor-clouds", 0).prod(axis=0) > 0).all()


def test_the_arms_of_a_spiral_are_half_a_turn_apart():
    for target, turn in ((0, 0), (1, np.pi)):
        x, y = points("spiral", target)
        far = np.hypot(x, y)
        assert np.cos(np.arctan2(y, x) - 3 * np.pi * far - turn) == pytest.approx(np.ones(len(far)))


def test_the_moons_are_half_circles_one_shifted_and_turned_over():
    across, up = points("moons", 0)
    assert np.hypot(1.5 * across + 0.5, up + 0.25) == pytest.approx(np.ones(len(up)))
    assert (up >= -0.25).all()
    across, up = points("moons", 1)
    assert np.hypot(1.5 * across - 0.5, up - 0.25) == pytest.approx(np.ones(len(up)))
    assert (up <= 0.25).all()


VALUES = {
    "sine": lambda x: np.sin(np.pi * x),
    "step": lambda x: np.sign(x) / 2,
    "line": lambda x: 0.8 * x,
    "bump": lambda x: np.exp(-((x / 0.3) ** 2)),
}


@pytest.mark.parametrize("key", CURVES)
def test_without_noise_a_curve_is_itself_and_noise_is_as_large_as_it_says(key):
    quiet, loud = generated(key, 500, 0.0, 3, 0.0), generated(key, 500, 0.2, 3, 0.0)
    assert quiet.y == pytest.approx(VALUES[key](quiet.x))
    assert np.abs(quiet.x).max() <= 1
    assert (loud.y - VALUES[key](loud.x)).std() == pytest.approx(0.2, rel=0.1)


@pytest.mark.parametrize("key", CLOUDS)
def test_noise_blurs_a_cloud_as_much_as_it_says(key):
    quiet, loud = generated(key, 500, 0.0, 3, 0.0), generated(key, 500, 0.2, 3, 0.0)
    found = sorted(quiet.x.T.tolist()), sorted(loud.x.T.tolist())
    assert loud.x.var() - quiet.x.var() == pytest.approx(0.04, rel=0.5)
    assert found[0] != found[1]


@given(size=st.integers(1, 500), share=st.just(0.0) | st.floats(1e-9, 0.5))
def test_neither_part_is_empty_where_there_are_two_examples(size, share):
    held = held_back(size, share)
    assert 0 <= held < size
    assert (held > 0) == (share > 0 and size > 1)


def test_given_examples_stay_in_their_order_and_a_share_is_held_back():
    data = table("count", "Count", "One to ten.", [([number], [-number]) for number in range(10)])
    whole, parted = divided(data, 3, 0.0), divided(data, 3, 0.3)
    assert whole.x.tolist() == data.x.tolist()
    assert whole.x_test is None
    learned, held = parted.x[0].tolist(), parted.x_test[0].tolist()
    assert (learned, held) == (sorted(learned), sorted(held))
    assert (len(held), sorted(learned + held)) == (3, list(range(10)))
    assert parted.y.tolist() == (-parted.x).tolist()
    assert divided(data, 4, 0.3).x_test[0].tolist() != held


def test_examples_as_rows_are_what_they_were_made_of():
    data = table("two", "Two", "Two examples.", [([1, 2], [3]), ([4, 5], [6])])
    assert data.as_rows() == {"inputs": [[1, 2], [4, 5]], "targets": [[3], [6]]}
