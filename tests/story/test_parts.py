"""Each example's part of a dial's gradient: what is printed has the printed mean, and it is said where parts
cancel."""

from __future__ import annotations

import numpy as np
import pytest

from app.lab.dials import Pick
from app.lab.recipe import Change, Recipe
from app.notation.numbers import figure
from app.story.inspector import Inspection
from tests.story.calculator import last_place
from tests.story.test_inspector import AND, inspected
from tests.web.oracle import known


def test_a_batch_shows_each_examples_part_and_says_where_they_cancel() -> None:
    recipe = Recipe(data="and", hidden=(3,), batch=4)
    truth, found = known(recipe, 10), inspected(recipe, 10, Pick("w", 2, 1, 2))
    parts = truth.forward.a[1][1] * truth.backward.delta[2][0]
    check_mean(found, parts)
    assert [bar.name for bar in found.stack] == [f"example {number}" for number in truth.examples]
    assert max(bar.width for bar in found.stack) == 100
    assert found.mean == figure(float(parts.mean()))
    assert (figure(float(abs(parts).mean())) in found.cancels) == (abs(parts.mean()) < abs(parts).mean() / 2)
    bias = inspected(recipe, 10, Pick("b", 2, 1))
    check_mean(bias, truth.backward.delta[2][0])
    assert inspected(recipe, 5, Pick("w", 2, 1, 2)).stack == []
    assert inspected(recipe, 10, Pick("n", 2, 1)).stack == []
    assert inspected(AND, 10, Pick("w", 2, 1, 2)).stack == []


def check_mean(found: Inspection, parts: np.ndarray) -> None:
    """See that each example's part is what is printed, with digits enough for the printed mean to come
    out."""
    printed = [float(bar.value.replace("−", "-")) for bar in found.stack]
    assert printed == pytest.approx(parts.tolist(), rel=5e-3)
    half = float(last_place(found.mean)) / 2 * (1 + 1e-9)
    assert abs(sum(printed) / len(printed) - float(found.mean.replace("−", "-"))) <= half
    assert found.mean == figure(float(parts.mean()))


def test_parts_that_nearly_cancel_have_digits_enough_for_their_mean() -> None:
    recipe = Recipe(data="xor", hidden=(2,), batch=4, seed=68)
    truth, found = known(recipe, 7), inspected(recipe, 7, Pick("w", 2, 1, 2))
    check_mean(found, truth.forward.a[1][1] * truth.backward.delta[2][0])
    assert len(found.stack[0].value) > len("−0.249")
    assert "most of it cancels" in found.cancels


def test_where_all_of_it_cancels_all_is_said() -> None:
    even = Recipe(data="xor", hidden=(), batch=4, initialiser="equal", parameters=(0.0, 0.0, 0.0))
    found = inspected(even, 4, Pick("b", 1, 1))
    assert (found.mean, [bar.side for bar in found.stack].count("more")) == ("0", 2)
    assert "so all of it cancels" in found.cancels


def test_a_silent_example_has_no_part_at_all() -> None:
    recipe = Recipe(
        data="and", hidden=(3,), batch=2, changes=(Change(0, "example", 3.0),)
    )  # (1, 0) and (0, 0)
    found = inspected(recipe, 10, Pick("w", 1, 1, 2))
    assert [(bar.value, bar.side, bar.width) for bar in found.stack] == [("0", "", 0.0)] * 2
    assert (found.mean, found.cancels) == ("0", "")
