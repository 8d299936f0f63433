"""What was kept and is damaged: that lab alone says so; damaged caches are worked out anew."""

from __future__ import annotations

import json
import sqlite3
import time
from contextlib import closing
from pathlib import Path

import pytest
from fastapi import FastAPI
from httpx import AsyncClient

from app.lab.lab import Lab
from app.lab.recipe import Recipe
from app.store.store import DAY
from app.story.refusals import DAMAGED, OWN_GONE
from app.web.saved_labs import SavedLabs
from tests.store.sweeping import sweep_at
from tests.web.tree import text_of
from tests.web.visitor import make, page_of

pytestmark = pytest.mark.anyio
GOOD = json.loads(Recipe().text())
RECIPES = [
    "", "nothing", "{", "[]", "null", "12", '{"data":"and"}', "\x00", "[" * 100_000,
    *(json.dumps(GOOD | wrong) for wrong in (
        {"data": None}, {"data": 3}, {"hidden": [0]}, {"hidden": [10**9]}, {"hidden": "no"}, {"eta": "much"},
        {"eta": None}, {"eta": 1e300}, {"seed": -1}, {"batch": 0}, {"activation": "nobody's"}, {"cost": ""},
        {"parameters": [1.0]}, {"parameters": "w"}, {"changes": [1]}, {"changes": [[0, "eta", -1]]},
        {"more": 1}, {"data": "circle", "size": 10**9}, {"optimiser": ["adam"]},
        {"held": ["\ud800"]},
    )),
]  # fmt: skip
PLACES = [-1, 10**8, 2**62]
LOOKS = ["", ".json", "/export/csv", "/export/json", "/copy"]


def spoil(file: Path, statement: str, *values: object) -> None:
    with closing(sqlite3.connect(file)) as connection, connection:
        connection.execute(statement, values)


async def says_so(client: AsyncClient, page: AsyncClient, lab: str, words: str = DAMAGED) -> None:
    for path in LOOKS:
        answer = await client.get(f"/labs/{lab}{path}")
        assert (answer.status_code, answer.json()) == (410, {"detail": words}), path
    answer = await client.post(f"/labs/{lab}/next?at=0")
    assert (answer.status_code, answer.json()) == (410, {"detail": words})
    shown = page_of(await page.get(f"/labs/{lab}"))
    assert words in text_of(shown["main"])


async def test_a_damaged_lab_says_so_and_all_others_live_and_are_swept(
    app: FastAPI, program: AsyncClient, browser: AsyncClient, database_file: Path
) -> None:
    lab, other = await make(program), await make(program)
    for recipe in RECIPES:
        spoil(database_file, "UPDATE labs SET recipe = ? WHERE id = ?", recipe, lab)
        await says_so(program, browser, lab)
    spoil(
        database_file, "UPDATE labs SET recipe = ? WHERE id = ?", json.dumps(GOOD | {"data": "nobody's"}), lab
    )
    await says_so(program, browser, lab, OWN_GONE)
    for place in PLACES:
        damaged = "UPDATE labs SET recipe = ?, place = ? WHERE id = ?"
        spoil(database_file, damaged, json.dumps(GOOD), place, lab)
        await says_so(program, browser, lab)
    spoil(database_file, "UPDATE labs SET recipe = 'nothing', touched = touched - ?", 40 * DAY)
    spoil(database_file, "UPDATE labs SET recipe = ? WHERE id = ?", json.dumps(GOOD), other)
    assert (await program.post(f"/labs/{other}/next?at=0")).status_code == 200
    assert sweep_at(app.state.labs.store, time.time() + DAY) == 1
    assert (await program.get(f"/labs/{lab}")).status_code == 404


async def test_damaged_examples_take_only_their_labs_with_them(
    app: FastAPI, program: AsyncClient, browser: AsyncClient, database_file: Path
) -> None:
    lab = await make(program, data={"inputs": [[0, 1], [1, 0]], "targets": [[0], [1]]})
    for content in ("nothing", "{}", "[]", '{"inputs":[[0,1],[1,0]],"targets":[[0],[0]]}'):
        spoil(database_file, "UPDATE examples SET content = ?", content)
        app.state.labs = SavedLabs(app.state.labs.store)  # nothing is remembered
        await says_so(program, browser, lab)
    await make(program)


async def test_a_damaged_checkpoint_is_worked_out_anew(
    app: FastAPI, program: AsyncClient, database_file: Path
) -> None:
    store, recipe = app.state.labs.store, Recipe()
    lab = Lab(recipe, 501 * len(Lab(recipe).moments))
    before = app.state.labs.replay.numbers(lab)
    for data in (b"", b"1234567", b"12345678" * 4):
        spoil(database_file, "UPDATE checkpoints SET data = ?", data)
        again = SavedLabs(store).replay.numbers(lab)
        assert again.parameters.vector().tolist() == before.parameters.vector().tolist()
