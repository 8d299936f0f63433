"""Worksheets as they come: whoever solves one from its printed numbers gets the key, and nothing tells it
before."""

from __future__ import annotations

import os
import re
from urllib.parse import urlencode
from xml.etree import ElementTree

import pytest
from httpx import AsyncClient, Response

from app.datasets.own import own_from
from app.lab.presets import PRESETS
from app.lab.recipe import Recipe
from app.lessons.sheet import PARTS, sheet_of
from app.lessons.variants import drawn
from app.lessons.worksheet import OPENED, address_of
from app.page.view import View
from tests.lessons import solver
from tests.web.visitor import make, press

pytestmark = pytest.mark.anyio
COUNT = int(os.environ.get("SHEETS", "3"))  # of each recipe
RECIPES = {
    "xor": PRESETS["xor"],
    "textbook": PRESETS["textbook"],
    "mixed": Recipe(data="xor", hidden=(2, 2), activation="tanh,relu"),
    "linear": Recipe(hidden=(2,), activation="sigmoid", output="linear", cost="squared-error"),
}
SHARES = own_from({"inputs": [[1, 0], [0, 1]], "targets": [[1, 0], [0, 1]]}).as_rows()
TWO = {"hidden": "2", "output": "softmax", "data": str(SHARES).replace("'", '"')}


async def sheet(browser: AsyncClient, recipe: Recipe, **more: object) -> ElementTree.Element:
    """Return the page of a worksheet."""
    query = urlencode({**recipe.as_fields(), **more}, doseq=True)
    answer = await browser.get(f"/at/worksheet?{query}")
    assert answer.status_code == 200
    return solver.page(answer.text)


def check(root: ElementTree.Element, digits: int) -> int:
    """Solve every sheet of a page and compare with its key, with all digits and with those that it asks
    for. Return how many results there were."""
    sheets, keys = solver.sheets(root), solver.keys(root)
    assert len(sheets) == len(keys)
    count = far = 0
    for one, printed in zip(sheets, keys, strict=True):
        key = {name: text for name, text in printed.items() if text}
        assert sorted(one.blanks) == sorted(key)
        found = solver.solve(one)
        by_hand = solver.solve(one, lambda value: solver.to_digits(value, digits))
        for name, text in key.items():
            unit, value = solver.unit(text), solver.number(text)
            assert abs(found[name] - value) <= unit * 0.5001, name
            off = round(abs(by_hand[name] - value) / unit)
            assert off <= 2, name
            far, count = far + (off > 1), count + 1
    assert far <= count / 200
    return count


@pytest.mark.parametrize("recipe", RECIPES.values(), ids=RECIPES)
async def test_whoever_solves_drawn_sheets_gets_the_key(browser: AsyncClient, recipe: Recipe) -> None:
    assert check(await sheet(browser, recipe, sheets=COUNT), 4) >= 20 * COUNT


@pytest.mark.parametrize("recipe", [Recipe(), PRESETS["textbook"]], ids=["and", "textbook"])
async def test_whoever_solves_a_labs_own_sheet_gets_the_key(browser: AsyncClient, recipe: Recipe) -> None:
    root = await sheet(browser, recipe)
    assert check(root, 6) >= 20
    assert {one.get("id") for one in solver.of_class(root, "sheet")} == {"sheet-1"}


async def test_shares_are_solved_too(browser: AsyncClient) -> None:
    opened = await browser.get(f"/at?{urlencode(TWO)}")
    answer = await browser.get(opened.headers["location"].replace("/at?", "/at/worksheet?") + "&sheets=3")
    root = solver.page(answer.text)
    assert check(root, 4) > 60
    assert {"S", "R"} <= set(solver.keys(root)[0])


@pytest.mark.parametrize("activation", ["tanh", "relu", "linear", "softplus"])
async def test_no_sheet_tells_what_is_asked(activation: str) -> None:
    recipe = next(drawn(Recipe(hidden=(3,), activation=activation), 1, 1))
    made = sheet_of(recipe, 1, PARTS)
    for line in (line for part in made.parts for line in part.results()):
        for law in (line.law, line.short):
            assert line.key not in re.findall(r"<mn[^>]*>([^<]*)", law), line.name


async def test_what_is_not_left_blank_is_given_as_far_as_blanks_follow(browser: AsyncClient) -> None:
    root = await sheet(browser, Recipe(), blanks=["cost", "backward"])
    assert [part.get("class") for part in solver.of_class(root, "part")] == [
        "part forward",
        "part cost",
        "part backward",
    ]
    blank = [len(solver.of_class(part, "blank")) for part in solver.of_class(root, "part")]
    given = [len(solver.of_class(part, "known")) for part in solver.of_class(root, "part")]
    assert (blank[0], given[0]) == (0, 8)
    assert (blank[1], given[1]) == (1, 0)
    assert blank[2] > 10
    assert check(root, 6) == sum(blank)
    checked = [one.get("value") for one in root.iter("input") if one.get("checked") is not None]
    assert checked == ["cost", "backward"]


async def test_without_a_choice_all_is_left_blank(browser: AsyncClient) -> None:
    root = await sheet(browser, Recipe(biases=False))
    assert len(solver.of_class(root, "part")) == len(PARTS)
    assert solver.of_class(root, "known") == []


async def test_other_numbers_are_a_link_away_and_these_stay(browser: AsyncClient) -> None:
    first = await sheet(browser, Recipe(), sheets=2, draw=5, blanks=["forward"])
    other = next(one.get("href", "") for one in first.iter("a") if one.get("id") == "other")
    assert "draw=6" in other
    assert "blanks=forward" in other
    again = await sheet(browser, Recipe(), sheets=2, draw=5, blanks=["forward"])
    assert solver.keys(again) == solver.keys(first)
    assert solver.keys(solver.page((await browser.get(other)).text)) != solver.keys(first)


@pytest.mark.parametrize("recipe", [PRESETS["digits"], Recipe(hidden=(9,))], ids=["digits", "nine"])
async def test_a_network_too_large_for_three_pages_is_told(browser: AsyncClient, recipe: Recipe) -> None:
    root = await sheet(browser, recipe, sheets=3)
    said = next(solver.words(one) for one in root.iter("p") if one.get("id") == "refusal")
    assert f"{sum(recipe.sizes[1:])} neurons" in said
    assert "Up to 8 neurons and 40 weights" in said
    assert not solver.of_class(root, "sheet") + solver.of_class(root, "sheet-key")


async def test_where_no_numbers_are_worth_it_the_page_says_so(browser: AsyncClient) -> None:
    root = await sheet(browser, Recipe(activation="step"), sheets=2)
    said = next(solver.words(one) for one in root.iter("p") if one.get("id") == "refusal")
    assert said.startswith("No numbers were found")


async def test_share_leads_to_the_worksheet_of_a_lab_as_it_stands(browser: AsyncClient) -> None:
    id = await make(browser, data="xor", hidden=[2])
    await press(browser, id, "go", 0, to=25)
    shared = (await browser.get(f"/labs/{id}?panel=share")).text
    address = re.search(r'id="worksheet" href="([^"]*)"', shared)
    assert address is not None
    answer: Response = await browser.get(address[1].replace("&amp;", "&"))
    root = solver.page(answer.text)
    moment = (await browser.get(f"/labs/{id}.json")).json()
    printed = solver.sheets(root)[0].layers[0][0][1]
    assert [value for _, value in printed][1:] == [
        float(f"{v:.2e}") for v in moment["parameters"]["w"]["1"][0]
    ]


async def test_a_sheets_address_opens_its_network_on_another_machine(browser: AsyncClient) -> None:
    recipe = next(drawn(PRESETS["xor"], 4, 1))
    address = address_of(recipe)
    assert address.endswith("&" + urlencode(OPENED))
    known = address if hasattr(View(), "work") else address.replace("&work=1", "")
    opened = await browser.get(known)
    assert opened.status_code == 303
    there = await browser.get(opened.headers["location"], headers={"accept": "application/json"})
    moment = there.json()
    assert moment["place"] == 0
    assert [one for [one] in moment["x"]] == recipe.dataset.x[:, 0].tolist()
    flat = [value for layer in ("1", "2") for row in moment["parameters"]["w"][layer] for value in row]
    assert set(flat) <= set(recipe.parameters or ())


@pytest.mark.parametrize(
    ("text", "said"),
    [("{", "JSON"), ('{"inputs": [[1]]}', "inputs"), ('{"inputs": [[1]], "targets": []}', "")],
)
async def test_examples_in_an_address_that_cannot_be_used_are_told(
    browser: AsyncClient, text: str, said: str
) -> None:
    answer = await browser.get(f"/at?{urlencode({'data': text})}")
    assert answer.status_code == 422
    assert said in answer.text


@pytest.mark.parametrize("query", ["sheets=41", "sheets=-1", "draw=x", "blanks=all"])
async def test_a_choice_that_is_none_is_refused(browser: AsyncClient, query: str) -> None:
    assert (await browser.get(f"/at/worksheet?{query}")).status_code == 422
