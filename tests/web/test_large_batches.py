"""A batch of hundreds: the page stays small, any of its examples can be drawn, and what a descent did is told
apart."""

from __future__ import annotations

import pytest
from httpx import AsyncClient

from app.engine.gradcheck import mean_cost
from app.lab.lab import Lab
from app.lab.presets import PRESETS
from app.lab.recipe import Recipe
from app.lab.replay import Replay
from app.notation.numbers import figure
from tests.web.tree import Page, text_of
from tests.web.visitor import make, moment, page_of, press

pytestmark = pytest.mark.anyio
MANY = {"data": "circle", "hidden": [4], "batch": 400, "size": 500}
PAGE = 80_000  # bytes, before they are compressed


def links(page: Page) -> list[int]:
    """Return the columns one can go to by a link."""
    return [int(name.removeprefix("column-")) for name in page.ids if name.startswith("column-")]


async def test_the_page_of_the_largest_batch_is_hardly_larger_than_others(htmx: AsyncClient) -> None:
    lab = await make(htmx, **{**MANY, "batch": 500, "test": 0})
    length = len(Lab(Recipe(hidden=(4,))).moments)
    await press(htmx, lab, "go", 0, to=length - 1)
    for query in ({}, {"pick": "b-1-1"}, {"pick": "cost"}, {"panel": "downhill"}, {"panel": "tables"}):
        answer = await htmx.get(f"/labs/{lab}", params=query)
        assert answer.status_code == 200
        assert len(answer.content) < PAGE
        assert links(page_of(answer)) == list(range(1, 10))


@pytest.mark.parametrize(("drawn", "near"), [(1, 1), (5, 1), (6, 2), (200, 196), (398, 392), (400, 392)])
async def test_links_lead_to_the_nearest_examples_of_a_large_batch(
    htmx: AsyncClient, drawn: int, near: int
) -> None:
    lab = await make(htmx, **MANY)
    page = page_of(await htmx.get(f"/labs/{lab}", params={"example": str(drawn)}))
    assert links(page) == list(range(near, near + 9))
    assert page[f"column-{drawn}"].get("aria-current") == "true"
    assert page["column"].get("value") == str(drawn)
    assert page["column"].get("max") == "400"


async def test_a_small_batch_has_all_its_links_and_needs_no_field(htmx: AsyncClient) -> None:
    lab = await make(htmx, **{**MANY, "batch": 9})
    page = page_of(await htmx.get(f"/labs/{lab}", params={"example": "9"}))
    assert links(page) == list(range(1, 10))
    assert "column" not in page.ids


@pytest.mark.parametrize(("size", "tag"), [(30, "select"), (31, "input")])
async def test_few_examples_are_a_menu_and_many_a_number(htmx: AsyncClient, size: int, tag: str) -> None:
    lab = await make(htmx, data="circle", size=size, test=0)
    assert page_of(await htmx.get(f"/labs/{lab}"))["example"].tag == tag
    answer = await htmx.post(
        f"/labs/{lab}/change", params={"at": 0}, data={"what": "example", "value": str(size)}
    )
    assert answer.status_code == 200
    assert (await moment(htmx, lab))["examples"] == [size]


async def test_what_the_descent_did_is_told_for_the_batch_for_training_and_for_the_test(
    htmx: AsyncClient,
) -> None:
    lab = await make(htmx, data="circle", hidden=[4], batch=10)
    recipe = Recipe(data="circle", hidden=(4,), batch=10)
    end = len(Lab(recipe).moments) - 1
    await press(htmx, lab, "go", 0, to=end)
    page = page_of(await htmx.get(f"/labs/{lab}", params={"panel": "downhill"}))
    rows = [[text_of(cell) for cell in row] for row in page["promise"].iter("tr")]
    numbers, data = Replay().numbers(Lab(recipe, end)), recipe.dataset
    before, after = numbers.parameters, numbers.after
    promised = numbers.backward.nabla.vector() @ (after - before).vector()
    kept = [
        figure(mean_cost(recipe.network, after, x, y) - mean_cost(recipe.network, before, x, y))
        for x, y in ((numbers.x, numbers.y), (data.x, data.y), (data.x_test, data.y_test))
    ]
    assert rows[1:] == [
        ["this batch", figure(float(promised)), kept[0]],
        ["all training examples", "–", kept[1]],
        ["the test examples", "–", kept[2]],
    ]


async def test_where_nothing_is_held_back_no_test_is_spoken_of(htmx: AsyncClient) -> None:
    lab = await make(htmx, data="xor", hidden=[2])
    await press(htmx, lab, "go", 0, to=len(Lab(Recipe(hidden=(2,))).moments) - 1)
    page = page_of(await htmx.get(f"/labs/{lab}", params={"panel": "downhill"}))
    assert len(list(page["promise"].iter("tr"))) == 3
    assert "test" not in text_of(page["promise"])


async def test_the_downhill_panel_tells_the_test_cost_and_where_it_was_lowest(htmx: AsyncClient) -> None:
    lab = await make(htmx, **PRESETS["overfit"].as_json())
    length = len(Lab(PRESETS["overfit"]).moments)
    await press(htmx, lab, "go", 0, to=100 * length)
    for _ in range(100):
        page = page_of(await htmx.get(f"/labs/{lab}", params={"panel": "downhill"}))
        if "working" not in page.ids:
            break
    recipe, data = PRESETS["overfit"], PRESETS["overfit"].dataset
    tested = [
        mean_cost(recipe.network, Replay().start(recipe, at).parameters, data.x_test, data.y_test)
        for at in range(101)
    ]
    assert text_of(page["test-now"]) == figure(tested[-1])
    lowest = tested.index(min(tested))
    assert f"lowest at the start of iteration {lowest + 1}: {figure(tested[lowest])}. Whoever" in text_of(
        page["lowest"]
    )
    early = page_of(await htmx.get(f"/labs/{await make(htmx, data='circle')}", params={"panel": "downhill"}))
    assert "lowest" not in early.ids
