"""The count beside the picture: passes and multiplications of this network, and of larger ones, in one
measure."""

from __future__ import annotations

import re

import pytest

from app.engine.parameters import zeros
from app.lab.recipe import Recipe
from app.page.view import View
from tests.web.test_truth_of_panels import page
from tests.web.tree import having, text_of


@pytest.mark.parametrize("hidden", [(3,), (), (4, 2)])
def test_the_count_has_passes_and_dials(hidden: tuple[int, ...]) -> None:
    recipe = Recipe(hidden=hidden)
    shown, dials = page(recipe, 0, View(panel="count")), len(zeros(recipe.sizes))
    text = text_of(having(shown.root, "side")[0])
    assert f"This network has {dials} dials." in text
    assert re.search(rf"passes\s*{dials + 1}\s*1 \+ 1 back", text)


@pytest.mark.parametrize("batch", [1, 4])
def test_the_counts_table_of_growth_begins_with_this_network_and_its_drawing_says_from_where_to_where(
    batch: int,
) -> None:
    shown = page(Recipe(hidden=(3,), batch=batch), 0, View(panel="count"))
    both, growth = (
        [[text_of(cell) for cell in row] for row in body]
        for body in having(shown.root, "side")[0].iter("tbody")
    )
    assert growth[0] == ["13", f"{126 * batch}", f"{21 * batch}"] == ["13", *both[1][1:]]
    left, _, right, bottom, top = [text_of(label) for label in having(shown.root, "ends")[0]]
    assert [left, bottom, right, top] == [growth[0][0], growth[0][2], growth[-1][0], growth[-1][1]]
