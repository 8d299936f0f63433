"""What does not move: dials that are held, biases that are not there, and how a recipe tells of both."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from app.engine.initialisers import INITIALISERS, Initialiser
from app.lab.recipe import Recipe

PLAIN = Recipe(data="and", hidden=(2,))  # 2-2-1: four weights, two biases, two weights, a bias
HELD = replace(PLAIN, held=("w-1-2-1", "b-1-2"))


@pytest.mark.parametrize(
    ("recipe", "still"),
    [
        (HELD, [0, 0, 1, 0, 0, 1, 0, 0, 0]),
        (replace(HELD, biases=False), [0, 0, 1, 0, 1, 1, 0, 0, 1]),
        (replace(PLAIN, biases=False), [0, 0, 0, 0, 1, 1, 0, 0, 1]),
        (replace(HELD, held=("w-1-2-1", "w-1-3-1", "w-3-1-1")), [0, 0, 1, 0, 0, 0, 0, 0, 0]),
    ],
)
def test_each_dial_that_is_held_has_a_1_and_the_others_a_0(recipe: Recipe, still: list[int]) -> None:
    assert recipe.still is not None
    assert recipe.still.vector().tolist() == still


@pytest.mark.parametrize("held", [(), ("w-1-3-1",)])
def test_where_no_dial_of_the_network_is_held_all_may_move(held: tuple[str, ...]) -> None:
    assert replace(PLAIN, held=held).still is None


def test_without_biases_all_of_them_are_0_however_the_dials_are_drawn(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    ones = Initialiser("ones", lambda _, n_out, n_in: np.ones((n_out, n_in)), bias=1.0)
    monkeypatch.setitem(INITIALISERS, "ones", ones)
    drawn = replace(PLAIN, initialiser="ones")
    assert drawn.first_parameters().vector().tolist() == [1] * 9
    assert replace(drawn, biases=False).first_parameters().vector().tolist() == [1, 1, 1, 1, 0, 0, 1, 1, 0]


def test_held_dials_are_a_list_for_a_program_and_one_text_in_a_form() -> None:
    assert HELD.as_json()["held"] == ["w-1-2-1", "b-1-2"]
    assert HELD.as_fields()["held"] == "w-1-2-1, b-1-2"
    assert "held" not in PLAIN.as_json()
    assert "held" not in PLAIN.as_fields()


def test_one_activation_is_a_word_for_a_program_and_several_are_a_list() -> None:
    assert PLAIN.as_json()["activation"] == "tanh"
    two = replace(PLAIN, hidden=(2, 2), activation="tanh,relu")
    assert two.as_json()["activation"] == ["tanh", "relu"]
    assert two.as_fields()["activation"] == "tanh,relu"
