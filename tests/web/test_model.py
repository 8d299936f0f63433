"""The model panel and the maps beside the discs: for every data set, at every moment, and of that moment
only."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest
from httpx import AsyncClient

from app.analysis.responses import axes_of
from app.datasets.generated import SOURCES
from app.lab.recipe import Recipe
from app.picture.axes import SIZE
from tests.web.checker import check_page
from tests.web.oracle import LENS_OF, known, moments_of, network_of
from tests.web.tree import Page, having, text_of
from tests.web.visitor import make, page_of, press

pytestmark = pytest.mark.anyio
XOR = {"data": "xor", "hidden": [3]}  # 2-3-1: input, 3 + 1 forward, cost, 1 + 3 backward, descent


def recipe_for(data: str) -> Recipe:
    """Return a recipe that fits the data."""
    recipe = Recipe(data=data, hidden=(3, 2), batch=1 if data == "textbook" else 2)
    if "size" in recipe.deciding:
        recipe = replace(recipe, size=16, test=0.25)
    if recipe.dataset.one_hot:
        return replace(recipe, output="softmax")
    return recipe if recipe.dataset.classes else replace(recipe, output="linear", cost="quadratic")


async def panel(client: AsyncClient, lab: str, **query: object) -> Page:
    """Return a lab's part with the model panel open."""
    answer = await client.get(f"/labs/{lab}", params={"panel": "model", **query})
    assert answer.status_code == 200, answer.text
    return page_of(answer)


def tiles(page: Page) -> list[str]:
    """Return the neurons that have a map beside their discs."""
    return [
        key for key, group in page.ids.items() if re.fullmatch(r"n-\d+-\d+", key) and having(group, "map")
    ]


@pytest.mark.parametrize(
    "data", [pytest.param(data, marks=() if data == "line" else pytest.mark.walk) for data in SOURCES]
)
async def test_the_panel_tells_the_truth_at_every_moment_for_every_data_set(
    htmx: AsyncClient, data: str
) -> None:
    recipe = recipe_for(data)
    lab = await make(htmx, **recipe.as_json())
    for place in range(len(moments_of(network_of(recipe)))):
        if place:
            await press(htmx, lab, "next", place - 1, pace="neuron")
        for pick in ("", "n-1-2", "n-3-1"):
            page, true = await panel(htmx, lab, maps="1", pick=pick, example=2), known(recipe, place)
            drawn = min(2, recipe.batch) - 1
            assert bool(having(page.root, "response")) == (len(true.data.x) <= 2)
            assert len(tiles(page)) == (sum(true.sizes[1:]) if len(true.data.x) <= 2 else 0)
            check_page(page, true, lens=LENS_OF[true.phase], example=drawn, pick=pick)


async def test_of_more_than_two_inputs_there_is_no_map(htmx: AsyncClient) -> None:
    page = await panel(htmx, await make(htmx, data="digits", hidden=[2], output="softmax"))
    assert "model" in page.ids
    assert not having(page.root, "response")


async def test_a_map_beside_a_disc_shows_the_example_only_once_the_neuron_has_answered_it(
    htmx: AsyncClient,
) -> None:
    lab = await make(htmx, **XOR)
    for place in range(6):
        if place:
            await press(htmx, lab, "next", place - 1, pace="neuron")
        page = page_of(await htmx.get(f"/labs/{lab}?maps=1"))
        spotted = [key for key in tiles(page) if having(page[key], "spot")]
        assert spotted == ["n-1-1", "n-1-2", "n-1-3", "n-2-1"][:place]


async def test_without_maps_the_picture_has_no_trace_of_them_and_no_room(htmx: AsyncClient) -> None:
    lab = await make(htmx, **XOR)
    plain, mapped = [(await htmx.get(f"/labs/{lab}{query}")).text for query in ("", "?maps=1")]
    assert not re.search(r'class="(map|shade|below-zero|spot)"', plain)
    assert re.search(r'class="(map|shade|below-zero|spot)"', mapped)
    assert ("translate(606.0" in plain, "translate(606.0" in mapped) == (True, False)


async def test_maps_inside_fill_the_discs_and_leave_everything_else_where_it_was(htmx: AsyncClient) -> None:
    lab = await make(htmx, **XOR)
    for place in range(3):
        if place:
            await press(htmx, lab, "next", place - 1, pace="neuron")
        plain, inside = [
            page_of(await htmx.get(f"/labs/{lab}?lens=weights{query}")) for query in ("", "&maps=inside")
        ]
        assert tiles(inside) == ["n-1-1", "n-1-2", "n-1-3", "n-2-1"]
        assert len([key for key in tiles(inside) if having(inside[key], "spot")]) == place
        pills = [[text_of(pill) for pill in having(page["labels-1"], "pill")] for page in (plain, inside)]
        assert pills[0] == pills[1] != []
        places = [
            [disc.get("transform") for disc in having(page["stage"], "disc")] for page in (plain, inside)
        ]
        assert places[0] == places[1]
        clip = having(inside["n-1-1"], "map")[0].get("clip-path")
        assert clip == "url(#round)"
        assert "round" in inside.ids
        assert not having(inside["n-1-1"], "light")
    assert inside["maps-inside"].get("aria-current") == "true"
    assert "maps=" not in inside["maps-none"].get("href")


async def test_maps_are_offered_only_where_there_is_room_for_them_and_an_input_to_draw_over(
    htmx: AsyncClient,
) -> None:
    for recipe, offered, inside in (
        (XOR, True, True),
        ({"data": "digits"}, False, False),
        ({"data": "xor", "hidden": [16] * 6}, False, True),
    ):
        page = page_of(await htmx.get(f"/labs/{await make(htmx, **recipe)}?maps=1"))
        assert ("maps-beside" in page.ids, "maps-inside" in page.ids) == (offered, inside)
        assert bool(tiles(page)) == offered
        if offered:
            assert page["maps-beside"].get("aria-current") == "true"
            assert "maps=" not in page["maps-none"].get("href")


async def test_the_picked_neuron_is_drawn_large_and_the_first_output_where_none_is(htmx: AsyncClient) -> None:
    lab = await make(htmx, data="half-adder", hidden=[2])
    for pick, title in (
        ("", "Decision map: ŷ₁"),
        ("n-2-2", "Decision map: ŷ₂"),
        ("y-2", "Decision map: ŷ₂"),
        ("b-1-2", "h₂"),
        ("n-0-1", "Decision map: ŷ₁"),
        ("cost", "Decision map: ŷ₁"),
    ):
        page = await panel(htmx, lab, pick=pick)
        assert text_of(page["model-title"]) == f"{title} over x₁ and x₂"
        (chosen,) = [key for key in page.ids if key.startswith("map-") and page[key].get("aria-current")]
        assert text_of(page[chosen]) == title.split(" ")[-1]


async def test_the_ring_stands_where_the_drawn_example_is(htmx: AsyncClient) -> None:
    lab = await make(htmx, data="article", hidden=[2], batch=3)
    data = Recipe(data="article").dataset
    across, up = axes_of(data.x)
    for example in (1, 2, 3):
        here = (await panel(htmx, lab, example=example))["here"]
        x, y = data.x[:, example - 1]
        assert float(here.get("cx")) == pytest.approx(
            SIZE * (x - across[0]) / (across[-1] - across[0]), abs=0.06
        )
        assert float(here.get("cy")) == pytest.approx(SIZE * (up[-1] - y) / (up[-1] - up[0]), abs=0.06)


async def test_examples_held_back_are_hollow_and_counted_on_their_own(htmx: AsyncClient) -> None:
    lab = await make(htmx, data="moons", hidden=[3], size=40, test=0.25)
    page = await panel(htmx, lab)
    assert {mark.get("class") for mark in having(page.root, "mark")} == {"mark", "mark test"}
    assert [text_of(row[0]) for row in page["answers"].findall("tbody/tr")][-1] == "test 10"
    assert re.search(
        r"table: test \d+ of 10 right$", text_of(page["examples"][0])
    )  # the drawn one is not known yet
    await press(htmx, lab, "next", 0, pace="phase")
    assert re.search(
        r"table: \d+ of 30 right, test \d+ of 10 right$", text_of((await panel(htmx, lab))["examples"][0])
    )


CORNERS = {
    "inputs": [[0, 0], [1, 0], [0, 1], [0.1, 0], [1, 0.1], [0, 0.9]],
    "targets": [[1, 0, 0], [0, 1, 0], [0, 0, 1]] * 2,
}
# b₁ = 0, b₂ = 5 (x₁ − ½), b₃ = 5 (x₂ − ½): the three corners are told apart.
SORTED = {"w": {"1": [[0, 0], [5, 0], [0, 5]]}, "b": {"1": [0, -2.5, -2.5]}}


async def test_of_many_outputs_the_map_shows_which_is_the_loudest_and_names_each_region(
    htmx: AsyncClient,
) -> None:
    for classes in (None, ["apple", "pear", "plum"]):
        data = CORNERS | ({"classes": classes} if classes else {})
        lab = await make(htmx, data=data, hidden=[], output="softmax", parameters=SORTED, test=0)
        page = await panel(htmx, lab)
        assert text_of(page["model-title"]) == "Decision map: the loudest output over x₁ and x₂"
        found = {
            text_of(name): (float(name.get("x")), float(name.get("y")))
            for name in having(page.root, "region")
        }
        first, second, third = classes or ["ŷ₁", "ŷ₂", "ŷ₃"]
        assert found.keys() == {first, second, third}
        assert found[first][0] < found[second][0]  # x₁ grows to the right
        assert found[third][1] < found[first][1]  # x₂ grows upward
        assert having(page.root, "half")
        marks = [mark.get("d") for mark in having(page.root, "mark-ink")]
        assert len(marks) == 3 and ("a" in marks[0], "a" in marks[1]) == (True, False)  # noqa: PT018
        assert len(having(page["model"], "kind")) == 3
        assert page["loudest"].get("aria-current") == "true"
        alone = await panel(htmx, lab, pick="n-1-2")
        assert text_of(alone["model-title"]) == "Decision map: ŷ₂ over x₁ and x₂"
        assert not having(alone.root, "region")


async def test_of_independent_outputs_each_is_shown_alone_and_called_so(htmx: AsyncClient) -> None:
    lab = await make(htmx, data="half-adder", hidden=[2])
    page = await panel(htmx, lab)
    assert "whole network" not in text_of(page["model"])
    assert "What the output ŷ₁ alone answers" in text_of(page["model"])
    assert page["output-2"].get("href").endswith("pick=n-2-2")
    assert "loudest" not in page.ids
    assert "output-1" not in (await panel(htmx, await make(htmx, **XOR))).ids
