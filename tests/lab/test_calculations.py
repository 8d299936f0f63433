"""Arrays with which something is to be worked out are refused, never read without it; a dash is a dash."""

from __future__ import annotations

import pytest

from app.lab.dial_list import readings
from app.limits import Unusable


@pytest.mark.parametrize(
    ("text", "line", "what"),
    [
        ("W = -[[1, 2]]\nb = [3]", 1, "-"),
        ("W = [[1, 2]]\nb = -[3]", 2, "-"),
        ("W =\n  -[[1, 2]]\nb = [3]", 2, "-"),
        ("-[[1, 2]]\n[3]", 1, "-"),
        ("W = -np.array([[1, 2]])\nb = np.array([3])", 1, "-"),
        ("W = + [[1, 2]]\nb = [3]", 1, "+"),
        ("W = W0 - [[1, 2]]\nb = [3]", 1, "-"),
        ("{'W': -np.array([[1, 2]]), 'b': [3]}", 1, "-"),
        ("{'W': [[1, 2]], 'b': -[3]}", 1, "-"),
        ("W = 0.5 [1 2]; b = [3]", 1, "0.5"),
        ("W = 1/2 [1 2]; b = [3]", 1, "1/2"),
        ("W = 3 * [1 2]; b = [3]", 1, "*"),
        ("W = [[1, 2]] * 3\nb = [3]", 1, "*"),
        ("W = [[1, 2]] ** 2\nb = [3]", 1, "*"),
        ("W = [[1, 2]]^2\nb = [3]", 1, "^"),
        ("W = [[1, 2]]/10\nb = [3]", 1, "/"),
        ("W = [[1], [2]].T/2\nb = [3]", 1, "/"),
        ("W = [[1, 2]] - 1\nb = [3]", 1, "-"),
        ("W = [[1, 2]] -1\nb = [3]", 1, "-1"),
        ("W = [[1, 2]] + [[3, 4]]\nb = [3]", 1, "+"),
        ("W = [[1, 2]] @ [[1, 0], [0, 1]]\nb = [3]", 1, "@"),
    ],
)
def test_what_is_to_be_worked_out_is_told_with_its_line(text: str, line: int, what: str) -> None:
    with pytest.raises(Unusable) as caught:
        readings(text, (2, 1))
    assert caught.value.problem == ("dials", "dials-sign", {"line": line, "text": what})


@pytest.mark.parametrize(
    "text",
    [
        "- W = [[1, 2]]\n- b = [-3]",
        "W - hidden [[1, 2]]\nb - hidden [-3]",
        "W - [[1, 2]]\nb - [-3]",
        "W – hidden: [[1, 2]]\nb – hidden: [-3]",
        "Layer 1: W - output [[1, 2]]\nb [-3]",
        "W = [1 2] - hidden layer\nb = [-3]",
        "Weights (w) – [1 2]\nBias (b) – [-3]",
        "Weights (inputs)/(outputs): [1 2]\nBias (b) -3: [-3]",
        "W = [1 2]; b = -3",
        "epoch 3 - W [[1, 2]] b [-3]",
        "run of 2026-11-27: W [[1, 2]] b [-3]",
        "W^[1] = [1 2]\nb^[1] = -3",
        "W^{(1)} = [1 2]\nb^{(1)} = -3",
    ],
)
def test_dashes_signs_and_numbers_in_names_ask_for_nothing(text: str) -> None:
    (found,) = readings(text, (2, 1))
    assert found.dials.vector().tolist() == [1, 2, -3]
