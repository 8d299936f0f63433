"""Names of neurons and dials: every mark of a network has its own, written as in a textbook."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.notation.names import bias, neuron, weight

shapes = st.lists(st.integers(1, 16), min_size=2, max_size=8).map(tuple)


def names_of(sizes: tuple[int, ...]) -> list[str]:
    """Return the names of all neurons and dials of a network."""
    found = [
        neuron(sizes, layer, number + 1) for layer in range(len(sizes)) for number in range(sizes[layer])
    ]
    for layer in range(1, len(sizes)):
        for to in range(1, sizes[layer] + 1):
            found.append(bias(sizes, layer, to))
            found += [weight(sizes, layer, to, source) for source in range(1, sizes[layer - 1] + 1)]
    return found


@given(sizes=shapes)
def test_no_two_marks_of_a_network_have_one_name(sizes):
    names = names_of(sizes)
    assert len(set(names)) == len(names)
    assert all(name and " " not in name for name in names)


@pytest.mark.parametrize(
    ("sizes", "expected"),
    [
        ((1, 1), "x ŷ b w"),
        ((2, 1), "x₁ x₂ ŷ b w₁ w₂"),
        ((2, 2, 1), "x₁ x₂ h₁ h₂ ŷ b₁ w₁₁ w₁₂ b₂ w₂₁ w₂₂ c v₁ v₂"),
        ((1, 1, 1, 2), "x h¹ h² ŷ₁ ŷ₂ b¹ w¹ b² w² b³₁ w³₁ b³₂ w³₂"),
    ],
)
def test_the_names_of_small_networks(sizes, expected):
    assert names_of(sizes) == expected.split()


def test_two_digit_numbers_are_kept_apart():
    sizes = (16, 12, 10)
    assert weight(sizes, 1, 1, 11) == "w₁‚₁₁"
    assert weight(sizes, 1, 11, 1) == "w₁₁‚₁"
    assert weight(sizes, 2, 10, 9) == "v₁₀‚₉"
    assert neuron(sizes, 0, 16) == "x₁₆"
    assert bias(sizes, 2, 10) == "c₁₀"
