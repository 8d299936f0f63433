"""An exercise as it stands on paper, read line by line."""

from __future__ import annotations

import pytest

from app.lab.exercise import examples_text, typed_examples, typed_sizes
from app.lab.presets import PRESETS
from app.limits import HIDDEN_LAYERS, Unusable


@pytest.mark.parametrize("text", ["2-3-1", "2 3 1", "2 → 3 → 1", "2, 3, 1", "2×3×1"])
def test_sizes_are_read_whatever_stands_between_them(text: str) -> None:
    assert typed_sizes(text) == (2, 3, 1)


def test_as_many_layers_as_a_recipe_has_and_no_more() -> None:
    assert typed_sizes("1-1-1-1-1-1-1-1") == (1,) * (HIDDEN_LAYERS + 2)


@pytest.mark.parametrize("text", ["", "2", "2-0-1", "17-1", "1-1-1-1-1-1-1-1-1", "two-one"])
def test_sizes_that_are_none_are_told(text: str) -> None:
    with pytest.raises(Unusable) as error:
        typed_sizes(text)
    assert error.value.problem[:2] == ("layers", "exercise-layers")


@pytest.mark.parametrize(
    "text",
    ["0.05 0.10 → 0.01 0.99", "0,05 0,10 -> 0,01 0,99", "0.05, 0.1, 0.01, 0.99", "\n1/20 1/10 | .01 .99\n"],
)
def test_a_line_is_inputs_and_then_targets(text: str) -> None:
    found = typed_examples(text, (2, 2, 2))
    assert (found.x.ravel().tolist(), found.y.ravel().tolist()) == ([0.05, 0.1], [0.01, 0.99])


@pytest.mark.parametrize("text", ["5 → 6 7 8", "5 6 7 8", "5, 6, 7, 8"])
def test_a_line_has_the_inputs_of_the_first_layer_and_the_targets_of_the_last(text: str) -> None:
    found = typed_examples(text, (1, 2, 4, 3))
    assert found.as_rows() == {"inputs": [[5.0]], "targets": [[6.0, 7.0, 8.0]]}


@pytest.mark.parametrize(
    ("text", "found"),
    [("5 6 → 7 8", 4), ("5 6 7 → 8", 4), ("→ 5 6 7 8", 4), ("5 → 6 7", 3), ("5 6 7 8 9", 5)],
)
def test_a_line_that_does_not_fit_is_told_with_what_fits(text: str, found: int) -> None:
    with pytest.raises(Unusable) as error:
        typed_examples(f"1 → 2 3 4\n\n{text}", (1, 2, 4, 3))
    facts = {"line": 3, "inputs": 1, "targets": 3, "found": found}
    assert error.value.problem == ("examples", "exercise-row", facts)


@pytest.mark.parametrize(
    ("text", "why", "line"),
    [
        ("", "exercise-empty", None),
        ("1 2 3 4\n1 2 3", "exercise-row", 2),
        ("1 → 2 3 4", "exercise-row", 1),
        ("1 2 → 3 → 4", "exercise-row", 1),
        ("1 2 → 3 x", "dials-number", 1),
        ("1e6 2 → 3 4\n" * 501, "own-rows", None),
    ],
)
def test_what_is_no_example_is_told_with_its_line(text: str, why: str, line: int | None) -> None:
    with pytest.raises(Unusable) as error:
        typed_examples(text, (2, 2, 2))
    assert (error.value.problem.field, error.value.problem.why) == ("examples", why)
    assert error.value.problem.facts.get("line") == line


def test_examples_are_written_the_way_they_are_read() -> None:
    recipe = PRESETS["textbook"]
    text = examples_text(recipe.dataset)
    assert text == "0.05 0.1 → 0.01 0.99"
    assert typed_examples(text, recipe.sizes).x.tolist() == recipe.dataset.x.tolist()
