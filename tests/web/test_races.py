"""A race over HTTP, pressed through as a browser without JavaScript does: names, costs, links."""

from __future__ import annotations

import re
from dataclasses import replace
from urllib.parse import parse_qs, urlsplit
from xml.etree.ElementTree import Element

import pytest
from httpx import AsyncClient

from app.engine.descent import first_memory, iterate
from app.engine.gradcheck import mean_cost
from app.lab.presets import PRESETS
from app.lab.recipe import Recipe
from app.notation.numbers import figure
from tests.web.tree import Page, having, text_of
from tests.web.visitor import follow as kept
from tests.web.visitor import make, moment, page_of, place

pytestmark = pytest.mark.anyio
XOR = {"data": "xor", "hidden": [4], "optimiser": "momentum", "eta": 0.1}


async def follow(client: AsyncClient, address: str) -> Page:
    """Go where a link leads, and on to where that leads."""
    answer = await client.get(address, follow_redirects=True)
    assert answer.status_code == 200, answer.text
    return page_of(answer)


async def ended(client: AsyncClient, page: Page) -> Page:
    """Press "again" until the race has ended."""
    while "working" in page.ids:
        page = await follow(client, page["again"].attrib["href"])
    return page


def rows(page: Page) -> list[list[str]]:
    """Return the names, results and links of the runs."""
    return [[text_of(cell) for cell in row][1:] for row in next(page["runners"].iter("tbody"))]


def at_line_ends(page: Page) -> set[tuple[str, str]]:
    """Return the names at the ends of the lines and what stands below each."""
    names, lasts = (having(page["race-chart"], kind) for kind in ("name", "last"))
    return {(text_of(name), text_of(last)) for name, last in zip(names, lasts, strict=True)}


def true_cost(recipe: Recipe, iterations: int) -> float:
    """Walk down step by step, by the readable way, and return the cost over all examples there."""
    dials, data = recipe.first_parameters(), recipe.dataset
    memory = first_memory(recipe.optimiser, dials)
    for iteration in range(iterations):
        drawn = recipe.examples_at(iteration)
        x, y = data.x[:, drawn], data.y[:, drawn]
        way = {"optimiser": recipe.optimiser, "eta": recipe.eta, "t": iteration + 1}
        dials, memory = iterate(recipe.network, dials, memory, x, y, **way)
    return mean_cost(recipe.network, dials, data.x, data.y)


@pytest.mark.walk
async def test_a_race_runs_without_a_run_and_without_javascript(browser: AsyncClient) -> None:
    lab = await make(browser, **XOR)
    page = await follow(browser, f"/labs/{lab}")
    page = await ended(browser, await follow(browser, page["panel-race"].attrib["href"]))
    names = ["η 0.0333", "η 0.1", "η 0.3", "η 1"]
    recipe = Recipe(data="xor", hidden=(4,), optimiser="momentum", eta=0.1)
    costs = [figure(true_cost(replace(recipe, eta=eta), 300)) for eta in (0.0333, 0.1, 0.3, 1.0)]
    opened = ["Open η 0.0333", "this run", "Open η 0.3", "Open η 1"]
    assert rows(page) == [list(row) for row in zip(names, costs, opened, strict=True)]
    assert at_line_ends(page) == set(zip(names, costs, strict=True))
    assert await place(browser, lab) == 0
    for kind in ("optimiser", "activation", "depth", "regulariser"):
        page = await ended(browser, await follow(browser, page[f"race-{kind}"].attrib["href"]))
        assert page[f"race-{kind}"].get("aria-current")
        assert len(at_line_ends(page)) == len(rows(page)) == (3 if kind == "regulariser" else 4)
        kinds = [line.get("class", "").split()[1] for line in having(page["race-chart"], "line")]
        assert len(set(kinds)) == len(kinds)


async def test_a_run_is_opened_where_the_race_ended_and_races_on_from_there(browser: AsyncClient) -> None:
    lab = await make(browser, **XOR)
    page = await ended(browser, await follow(browser, f"/labs/{lab}?panel=race&race=depth&voice=maths"))
    assert rows(page)[2][0] == "2 layers"
    answer = await kept(browser, page["open-3"].attrib["href"])
    there, query = urlsplit(answer.headers["location"]), parse_qs(urlsplit(answer.headers["location"]).query)
    assert {"panel": ["race"], "race": ["depth"], "far": ["300"], "voice": ["maths"]}.items() <= query.items()
    found = await moment(browser, there.path.split("/")[2])
    assert (found["iteration"], found["moment"]["phase"], found["moment"]["layer"]) == (300, "forward", 3)
    assert found["recipe"]["hidden"] == [4, 4]
    again = await ended(browser, await follow(browser, answer.headers["location"]))
    assert [row[0] for row in rows(again)] == ["1 layer", "2 layers", "3 layers", "4 layers"]
    assert rows(again)[1][:2] == rows(page)[2][:2]


async def test_a_run_that_diverges_is_told_and_can_be_opened(browser: AsyncClient) -> None:
    lab = await make(browser, **PRESETS["overshoot"].as_json())
    page = await ended(browser, await follow(browser, f"/labs/{lab}?panel=race"))
    told = [re.fullmatch(r"diverged at iteration (\d+)", row[1]) for row in rows(page)]
    assert [bool(match) for match in told] == [False, False, True, True]
    assert ("η 20", "diverged") in at_line_ends(page)
    assert "run along the upper edge" in text_of(page["race"])
    answer = await kept(browser, page["open-4"].attrib["href"])
    found = await moment(browser, urlsplit(answer.headers["location"]).path.split("/")[2])
    assert found["iteration"] + 1 == int(told[3][1])


async def test_sigmoid_and_relu_stand_side_by_side_by_one_press(browser: AsyncClient) -> None:
    lab = await make(browser, **PRESETS["vanishing"].as_json())
    page = await follow(browser, f"/labs/{lab}?pick=n-1-1")
    page = await ended(browser, await follow(browser, page["tab-race"].attrib["href"]))
    heads, *layers = ([text_of(cell) for cell in row] for row in page["passed"].iter("tr"))
    assert heads == ["", "sigmoid", "tanh", "ReLU", "leaky ReLU"]
    assert [layer[0] for layer in layers] == ["output", *(f"hidden {n}" for n in range(6, 0, -1)), "in all"]
    assert all(re.match("÷ ", layer[1]) for layer in layers[1:])
    down = await follow(browser, f"/labs/{lab}?panel=downhill")
    assert "to-activations" not in down.ids  # nothing has come back yet


async def test_a_choice_of_ones_own_is_typed_kept_and_raced(browser: AsyncClient) -> None:
    lab = await make(browser, **XOR)
    typed = {"panel": "race", "race": "other", "other_eta": "0,4", "log": "1"}
    page = page_of(await browser.get(f"/labs/{lab}", params=typed))
    page = await ended(browser, page)
    assert [row[0] for row in rows(page)] == ["η 0.1", "η 0.4"]
    kept = await follow(browser, page["race-optimiser"].attrib["href"])
    assert kept["other_eta"].get("value") == "0,4"
    there = await ended(browser, await follow(browser, page["open-2"].attrib["href"]))
    assert there["other_eta"].get("value") == "0.1"
    assert [row[0] for row in rows(there)] == ["η 0.4", "η 0.1"]
    assert "same-run" in page_of(await browser.get(f"/labs/{lab}?panel=race&race=other&other_eta=0.1")).ids


async def test_a_wrong_choice_is_told_beside_its_field(browser: AsyncClient) -> None:
    lab = await make(browser, **XOR)
    typed = {"panel": "race", "race": "other", "other_eta": "fast", "other_seed": "1"}
    page = page_of(await browser.get(f"/labs/{lab}", params=typed))
    assert page["other_eta"].get("value") == "fast"
    assert page["other_eta"].get("aria-describedby") == "wrong-other_eta"
    assert page["wrong-other_eta"].text == "This must be a number above 0, up to 100."
    assert page["other_seed"].get("value") == "1"
    assert "open-2" not in page.ids


async def test_a_race_that_is_not_over_asks_for_more_by_itself(htmx: AsyncClient) -> None:
    lab = await make(htmx, data="spiral", size=500, hidden=[16, 16, 16], batch=400)
    page = page_of(await htmx.get(f"/labs/{lab}?panel=race"))
    asking: list[Element] = [one for name, one in page.ids.items() if name.startswith("more-")]
    assert [one.get("hx-get") for one in asking] == [f"/labs/{lab}?panel=race"]
    assert "open-1" not in page.ids
