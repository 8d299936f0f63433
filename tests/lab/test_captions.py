"""Names beside and over pasted numbers: they say what is whose, as far as they go."""

from __future__ import annotations

import pytest

from app.lab.dial_list import dial_lines, readings
from app.limits import Unusable


@pytest.mark.parametrize(
    ("text", "sizes", "wanted"),
    [
        ("Weights\n1 2\nBiases\n3", (2, 1), [1, 2, 3]),
        ("Weights: 1 2\nTheta: 3", (2, 1), [1, 2, -3]),
        ("Output neuron:\nw₁: 1\nw₂: 2\nθ: 3", (2, 1), [1, 2, -3]),
        ("W = [1, 2]\nb = [3, 4]", (1, 2), [1, 2, 3, 4]),
        ("W: 1 2\nb: 3 4", (1, 2), [1, 2, 3, 4]),
        ("Weights: [1, 2]\n[3, 4]", (1, 2), [1, 2, 3, 4]),
        ("Weights: [1] [2]\nBiases: [3] [4]", (1, 1, 1), [1, 3, 2, 4]),
        ("[[1]] b1 = [2]\n[[3]] theta2 = [4]\n[[5]] [6]", (1, 1, 1, 1), [1, 2, 3, -4, 5, 6]),
        ("W1 = [[1, 2]]\nb1 = [3]\nV = [[4]]\nc = [5]", (2, 1, 1), [1, 2, 3, 4, 5]),
    ],
)
def test_a_caption_says_what_its_numbers_are(text: str, sizes: tuple[int, ...], wanted: list[float]) -> None:
    (found,) = readings(text, sizes)
    assert found.dials.vector().tolist() == wanted


@pytest.mark.parametrize(
    ("text", "wanted"),
    [("Exercise 4, part b: 1\n2\n3", [1, 2, 3]), ("w₁: 0,5\nw₂: 0.25\nb: 1/4", [0.5, 0.25, 0.25])],
)
def test_dials_on_lines_of_their_own_are_a_list_whatever_stands_before_them(
    text: str, wanted: list[float]
) -> None:
    (found,) = readings(text, (2, 1))
    assert (found.way.key, found.dials.vector().tolist()) == ("lines", wanted)


@pytest.mark.parametrize(
    ("text", "sizes", "why", "facts"),
    [
        ("w₁: 1\nw₂: two\nb: 3", (2, 1), "dials-number", {"line": 2, "text": "two"}),
        (
            "bias of the hidden neuron: 1\nw: 2\nv: 3\nc: 4",
            (1, 1, 1),
            "dials-name",
            {"text": "bias of the hidden n", "dial": "w"},
        ),
        (
            "w1 = 1, w2 = 2, [3]",
            (2, 1),
            "dials-blocks",
            {"layers": 1, "arrays": [("w1", 1, 1, 1), ("w2", 2, 1, 1), ("", 3, 1, 1)]},
        ),
    ],
)
def test_a_dial_that_is_not_understood_is_told_as_it_was_written(
    text: str, sizes: tuple[int, ...], why: str, facts: dict
) -> None:
    with pytest.raises(Unusable) as caught:
        readings(text, sizes)
    assert caught.value.problem == ("dials", why, facts)


def test_layers_with_numbers_of_two_digits_come_after_those_with_one() -> None:
    parts = [f"'{2 * n}.weight': tensor([[{n}.]]), '{2 * n}.bias': tensor([{n}.5])" for n in range(6)]
    (found,) = readings(f"OrderedDict({{{', '.join(parts)}}})", (1,) * 7)
    assert found.dials.vector().tolist() == [0, 0.5, 1, 1.5, 2, 2.5, 3, 3.5, 4, 4.5, 5, 5.5]


@pytest.mark.parametrize("text", ["1\n2\nθ: 0", "w₁: 1\nw₂: 2\nθ: 0", "W = [[1, 2]]\ntheta = [0]"])
def test_a_threshold_of_nothing_is_a_bias_of_nothing_without_a_sign(text: str) -> None:
    (found,) = readings(text, (2, 1))
    assert dial_lines(found.dials, (2, 1)) == "w₁: 1\nw₂: 2\nb: 0"
