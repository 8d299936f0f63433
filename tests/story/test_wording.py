"""How the story writes numbers, counts and lists."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.datasets.generated import SOURCES
from app.datasets.own import own_from
from app.lab.recipe import Recipe
from app.notation.numbers import MINUS
from app.story.tasks import TASKS, task_of
from app.story.wording import first_up, listed, told, told_apart, wish

LEAST = 0.005


@given(st.floats(-1e6, 1e6))
def test_a_number_is_told_with_its_sign_and_never_smaller_than_almost_0(value: float) -> None:
    text = told(value)
    if value and abs(value) < LEAST:
        assert text == "almost 0"
    else:
        assert float(text.replace(MINUS, "-")) == pytest.approx(value, rel=0.006, abs=0.005)
        assert text.startswith(MINUS) == (value < 0)


@pytest.mark.parametrize(
    ("values", "said"),
    [
        ((0.71234, 0.71239), ["0.7123", "0.7124"]),
        ((0.5, 0.5), ["0.50", "0.50"]),
        ((0.003, -0.001), ["almost 0", "almost 0"]),
        ((0.5, 0.001), ["0.50", "almost 0"]),
        ((0.004, 0.0), ["almost 0", "0"]),
        ((12.341, 12.342), ["12.341", "12.342"]),
        ((0.5, 0.5 + 1e-12), ["0.50", "0.50"]),  # no digits of a story could tell them apart
    ],
)
def test_numbers_that_are_compared_have_digits_enough_to_differ(
    values: tuple[float, float], said: list[str]
) -> None:
    assert [*told_apart(*values)] == said


def test_one_is_no_list_and_a_name_keeps_its_small_letter() -> None:
    assert listed(["a"]) == "a"
    assert first_up("h₁ says 1") == "h₁ says 1"
    assert (wish(-1.0), wish(1.0)) == ("louder", "quieter")


@pytest.mark.parametrize("key", SOURCES)
def test_every_data_set_is_a_task_in_words(key: str) -> None:
    data = Recipe(data=key).dataset
    assert task_of(data) == (data.name, TASKS[key])
    assert TASKS[key] == TASKS[key].strip(".")


def test_own_examples_are_a_task_too() -> None:
    own = own_from({"inputs": [[1], [2]], "targets": [[0], [1]]})
    assert task_of(own).words == "your 2 examples"
