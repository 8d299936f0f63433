"""The truth test over the wire: a person and a program walk the same iteration and are told the same
numbers."""

from __future__ import annotations

import json

import pytest
from httpx import AsyncClient

from app.lab.presets import PRESETS
from tests.web.checker import check_page
from tests.web.document import check_document
from tests.web.oracle import LENS_OF, known, moments_of, network_of
from tests.web.visitor import make, page_of, press

pytestmark = pytest.mark.anyio


@pytest.mark.walk
@pytest.mark.parametrize("key", PRESETS)
async def test_page_part_and_json_tell_the_truth_at_every_moment_of_a_presets_second_iteration(
    htmx: AsyncClient, key: str
) -> None:
    recipe = PRESETS[key]
    lab, length = await make(htmx, **recipe.as_json()), len(moments_of(network_of(recipe)))
    await press(htmx, lab, "go", 0, to=length - 1)
    for place in range(length, 2 * length):
        true = known(recipe, place)
        part = await press(htmx, lab, "next", place - 1, pace="neuron", panel="tables")
        page = await htmx.get(f"/labs/{lab}?panel=tables", headers={"hx-request": ""})
        for answer in (part, page):
            assert answer.status_code == 200
            check_page(page_of(answer), true, lens=LENS_OF[true.phase])
        check_document((await htmx.get(f"/labs/{lab}.json")).text, true)


async def test_what_comes_next_is_known_to_nobody_before_the_press(program: AsyncClient) -> None:
    recipe = PRESETS["half-adder"]
    lab, at = await make(program, **recipe.as_json()), 0
    while at < len(moments_of(network_of(recipe))):
        answer = await press(program, lab, "next", at, pace="neuron")
        check_document(answer.text, known(recipe, at + 1))
        at = json.loads(answer.text)["place"]


async def test_the_home_page_tells_the_truth_about_the_recipe_it_opens_with(browser: AsyncClient) -> None:
    check_page(page_of(await browser.get("/")), known(PRESETS["and"], 0), lens="activation")
