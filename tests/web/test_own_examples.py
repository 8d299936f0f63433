"""A program brings its own examples: used, kept under the name of their content, given back, and explained
where wrong."""

from __future__ import annotations

import json
from typing import Any

import numpy as np
import pytest
from fastapi import FastAPI
from httpx import AsyncClient

from app.datasets.own import own_from
from app.lab.recipe import Recipe
from app.story.refusals import OWN_GONE
from tests.web.tree import text_of
from tests.web.visitor import make, moment, page_of, place, place_on, press

pytestmark = pytest.mark.anyio
EXAMPLES = {"inputs": [[0.5, -1], [2, 0.25], [-3, 4], [1, 1]], "targets": [[1], [0], [0], [1]]}
OWN = own_from(EXAMPLES)


async def test_a_program_learns_from_what_it_brought(program: AsyncClient) -> None:
    lab = await make(program, data=EXAMPLES, hidden=[2], batch=2)
    found = await moment(program, lab)
    assert (found["x"], found["y"]) == ([[0.5, 2], [-1, 0.25]], [[1, 0]])
    assert found["network"]["sizes"] == [2, 2, 1]
    assert (found["recipe"]["data"], found["recipe"]["test"]) == (EXAMPLES, 0)
    answer = await press(program, lab, "next", 0, pace="iteration")
    assert answer.json()["recipe"] == found["recipe"]


@pytest.mark.parametrize(
    ("targets", "output", "cost"),
    [
        ([[1], [0], [0], [1]], "sigmoid", "cross-entropy"),
        ([[1, 0], [0, 1], [0, 1], [1, 0]], "softmax", "cross-entropy"),
        ([[0.5], [2], [-1], [7]], "linear", "quadratic"),
    ],
)
async def test_what_is_left_out_fits_what_was_brought(
    program: AsyncClient, targets: list, output: str, cost: str
) -> None:
    recipe = (await moment(program, await make(program, data={**EXAMPLES, "targets": targets})))["recipe"]
    assert (recipe["output"], recipe["cost"]) == (output, cost)


NAMED = EXAMPLES | {
    "columns": [{"name": "a", "low": 1, "high": 9}, {"name": "b"}, {"name": "c", "words": ["n", "y"]}]
}


@pytest.mark.parametrize("examples", [EXAMPLES, NAMED], ids=["bare", "named"])
async def test_its_moment_loads_on_another_server(program: AsyncClient, examples: dict) -> None:
    lab = await make(program, data=examples, hidden=[2], test=0.25)
    await press(program, lab, "go", 0, to=9)
    kept = await moment(program, lab)
    exported = (await program.get(f"/labs/{lab}/export/json")).json()
    assert exported["recipe"]["data"] == examples
    loaded = await program.post("/labs/load", json=exported)
    assert loaded.status_code == 201
    assert {**loaded.json(), "id": lab} == kept


async def test_a_link_to_its_moment_works_here_and_explains_itself_elsewhere(
    program: AsyncClient, browser: AsyncClient
) -> None:
    lab = await make(program, data=EXAMPLES, hidden=[2])
    share = page_of(await browser.get(f"/labs/{lab}", params={"panel": "share"}))
    assert "stay on this server" in text_of(share["own-here"])
    link = share["link"].get("href")
    assert OWN.key in link
    assert place_on(page_of(await browser.get(link))) == 0
    gone = await browser.get(link.replace(OWN.key, "own-" + 24 * "0"))
    assert gone.status_code == 422
    assert text_of(page_of(gone)["wrong-data"]) == OWN_GONE


async def test_the_recipe_page_keeps_what_was_brought(program: AsyncClient, browser: AsyncClient) -> None:
    await make(program, data=EXAMPLES)
    page = page_of(await browser.get("/recipe", params={"data": OWN.key, "resize": "layer"}))
    chosen = page["data"].find(".//option[@selected]")
    assert chosen.get("value") == OWN.key
    answer = await browser.post("/labs", data={"data": OWN.key, "hidden": "3", "test": "0.5"})
    found = await moment(program, answer.headers["location"].split("/")[2])
    assert (found["recipe"]["data"], found["recipe"]["test"]) == (EXAMPLES, 0.5)
    answer = await browser.post(f"{answer.headers['location']}/reshape", data={"hidden": "2, 2"})
    other = answer.headers["location"].split("/")[2].split("?")[0]
    assert (await moment(program, other))["network"]["sizes"] == [2, 2, 2, 1]


@pytest.mark.parametrize(
    ("data", "said"),
    [
        ({}, "with a row of numbers per example"),
        ({"inputs": [[1]], "targets": [[1]], "x": 1}, "with a row of numbers"),
        (
            {"inputs": [[1, 2], [3]], "targets": [[1], [0]]},
            "Row 2 of inputs has 1 numbers, and the first row has 2.",
        ),
        ({"inputs": [[1], [2]], "targets": [[1], ["a"]]}, "Row 2 of targets holds a,"),
        (
            {"inputs": [[1]] * 501, "targets": [[1]] * 501},
            "There can be 1 to 500 examples, and here are 501.",
        ),
        ({"inputs": [[1]], "targets": [[10**7]]}, "between −1,000,000 and 1,000,000"),
    ],
)
async def test_what_cannot_be_used_is_explained_with_its_row(
    program: AsyncClient, data: Any, said: str
) -> None:
    answer = await program.post("/labs", json={"data": data})
    assert answer.status_code == 422
    assert said in answer.json()["fields"]["data"]


async def test_a_name_nobody_brought_is_no_lab(program: AsyncClient) -> None:
    answer = await program.post("/labs", json={"data": "own-" + 24 * "f"})
    assert (answer.status_code, answer.json()["fields"]) == (422, {"data": OWN_GONE})
    for odd in ("own-", "own-" + 24 * "F", OWN.key + "\n", "own-" + 25 * "0"):
        assert (
            (await program.post("/labs", json={"data": odd}))
            .json()["fields"]["data"]
            .startswith("Choose one of")
        )


async def test_a_lab_whose_examples_were_lost_says_so(
    program: AsyncClient, browser: AsyncClient, app: FastAPI
) -> None:
    lab = app.state.labs.store.labs.add(owner="ada", recipe=Recipe(data=OWN.key).text()).id
    answer = await program.get(f"/labs/{lab}.json")
    assert (answer.status_code, answer.json()["detail"]) == (410, OWN_GONE)
    assert OWN_GONE in (await browser.get(f"/labs/{lab}")).text


async def test_examples_of_full_precision_come_back_to_the_last_bit(program: AsyncClient) -> None:
    chance = np.random.RandomState(0)
    data = {
        "inputs": chance.standard_normal((40, 3)).tolist(),
        "targets": chance.standard_normal((40, 2)).tolist(),
    }
    found = await moment(program, await make(program, data=data))
    assert json.loads(json.dumps(found["recipe"]["data"])) == data


async def test_a_run_over_own_numbers_ends_with_how_far_off_it_is(program: AsyncClient) -> None:
    columns = [{"name": "x"}, {"name": "size", "low": 10, "high": 30}]
    data = {"inputs": [[-1], [1], [0]], "targets": [[-1], [1], [0.5]], "columns": columns}
    lab = await make(program, data=data, hidden=[], batch=3, eta=0.5)
    html, notice = {"accept": "text/html"}, ""
    while not notice or "is reached" in notice:
        run = {"at": await place(program, lab), "iterations": 5000, "goal": "learned"}
        ended = page_of(await program.post(f"/labs/{lab}/skip", params=run, headers=html))
        notice = text_of(ended["notice"])
    assert "the cost no longer falls: size off by " in notice
    assert text_of(ended["missed-now"]).startswith("size off by ")
    assert (await moment(program, lab))["recipe"]["data"]["columns"] == columns


@pytest.mark.parametrize("panel", ["", "downhill", "surface", "tables", "count", "race", "words", "share"])
async def test_every_panel_shows_it(program: AsyncClient, htmx: AsyncClient, panel: str) -> None:
    lab = await make(
        program, data={"inputs": EXAMPLES["inputs"], "targets": [[3], [-1], [0.5], [2]]}, test=0.3
    )
    answer = await htmx.get(f"/labs/{lab}", params={"panel": panel})
    assert answer.status_code == 200
    page_of(answer)
