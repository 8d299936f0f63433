"""What leaves the page: files that hold the moment, all of it, and nothing ahead of it."""

from __future__ import annotations

import asyncio
import csv
import io
import json
import re
from xml.etree import ElementTree

import numpy as np
import pytest
from httpx import AsyncClient, Response

from app.analysis.history import History
from app.export.run_csv import ROWS, SLICE, csv_of
from app.lab.lab import Lab
from app.lab.recipe import Change, Recipe
from app.lab.replay import Replay
from app.page.frame import Frame
from app.page.view import View
from app.web.exports import CONTENTS
from tests.pseudo import pseudo_language
from tests.web.document import check_document, dials
from tests.web.oracle import known
from tests.web.sayable import Sayable
from tests.web.visitor import press

pytestmark = pytest.mark.anyio
SVG = "{http://www.w3.org/2000/svg}"
RECIPE = Recipe(data="xor", hidden=(2,), optimiser="momentum", batch=2, changes=(Change(1, "eta", 0.2),))
LENGTH = len(Lab(RECIPE).moments)
PLACES = range(LENGTH, 2 * LENGTH)
NAMES = {"json": "json", "csv": "csv", "svg": "svg", "numpy": "numpy.py", "torch": "torch.py"}


async def lab_at(program: AsyncClient, recipe: Recipe, place: int) -> str:
    """Make a lab and go to a place of it; return its address."""
    made = await program.post("/labs", json=recipe.as_json())
    where = made.headers["location"]
    assert (await press(program, where.rpartition("/")[2], "go", 0, to=place)).status_code == 200
    return where


async def exported(
    program: AsyncClient, kind: str, place: int, recipe: Recipe = RECIPE, query: str = ""
) -> Response:
    """Return what an export of a moment gives."""
    answer = await program.get(f"{await lab_at(program, recipe, place)}/export/{kind}?{query}")
    assert answer.status_code == 200
    return answer


def rows_of(answer: Response) -> list[dict[str, str]]:
    """Read a CSV file as a spreadsheet would."""
    return list(csv.DictReader(io.StringIO(answer.text, newline="")))


@pytest.mark.parametrize("kind", NAMES)
async def test_a_file_comes_with_a_name_that_says_what_it_is(program: AsyncClient, kind: str) -> None:
    answer = await exported(program, kind, 5)
    name = f"blame-game-xor-2-2-1-at-5.{NAMES[kind]}"
    assert answer.headers["content-disposition"] == f'attachment; filename="{name}"'
    assert answer.headers["x-content-type-options"] == "nosniff"


async def test_there_is_no_other_kind_and_no_export_of_nothing(program: AsyncClient) -> None:
    where = await lab_at(program, RECIPE, 0)
    assert (await program.get(f"{where}/export/exe")).status_code == 422
    assert (await program.get("/labs/nobody/export/json")).status_code == 404


async def test_watchers_may_export_too(program: AsyncClient, browser: AsyncClient) -> None:
    answer = await browser.get(f"{await lab_at(program, RECIPE, 5)}/export/json")
    assert answer.json()["place"] == 5


@pytest.mark.parametrize("place", PLACES)
async def test_the_json_holds_every_array_and_nothing_ahead(program: AsyncClient, place: int) -> None:
    found, true = json.loads((await exported(program, "json", place)).text), known(RECIPE, place)
    before = known(RECIPE, place // LENGTH * LENGTH - 1)
    assert found.pop("costs") == (None if true.costs is None else true.costs.tolist())
    assert found.pop("costs_after") == (None if true.costs_after is None else true.costs_after.tolist())
    assert found.pop("memory") == [dials(part) for part in before.memory[1:]]
    check_document(json.dumps(found), true)


@pytest.mark.parametrize("place", PLACES)
async def test_the_csv_has_a_row_per_iteration_and_blank_cells_ahead(
    program: AsyncClient, place: int
) -> None:
    rows, true = rows_of(await exported(program, "csv", place)), known(RECIPE, place)
    assert list(rows[0])[:5] == ["iteration", "examples", "cost", "gradient_norm", "w-1-1-1"]
    assert len(rows) == 2 + (true.after is not None)
    assert [row["iteration"] for row in rows] == ["1", "2", "3"][: len(rows)]
    assert [row["examples"] for row in rows] == ["1 2", "3 4", ""][: len(rows)]
    assert rows[1]["cost"] == ("" if true.costs is None else repr(float(true.costs.mean())))
    assert bool(rows[1]["gradient_norm"]) == (len(true.backward.nabla) == len(true.before))
    assert [float(value) for value in list(rows[1].values())[4:]] == true.before.vector().tolist()
    if true.after is not None:
        assert (rows[2]["cost"], rows[2]["gradient_norm"]) == ("", "")
        assert [float(value) for value in list(rows[2].values())[4:]] == true.after.vector().tolist()


def test_the_csv_is_made_in_small_slices() -> None:
    for recipe, iterations in (
        (Recipe(), 400),
        (Recipe(data="digits", hidden=(16, 16), output="softmax"), 12),
    ):
        lab = Lab(recipe, iterations * len(Lab(recipe).moments))
        head, *slices = csv_of(lab, Replay().numbers(lab))
        assert "".join(slices).count("\n") == iterations + 1
        assert max(part.count(",") for part in slices) <= max(SLICE, head.count(","))
        assert max(part.count("\n") for part in slices) <= ROWS


@pytest.mark.walk
async def test_others_are_served_while_a_long_csv_is_made(program: AsyncClient, browser: AsyncClient) -> None:
    where = await lab_at(program, Recipe(), 4000 * len(Lab(Recipe()).moments))
    long = asyncio.create_task(program.get(f"{where}/export/csv"))
    await asyncio.sleep(0.05)
    assert (await browser.get("/readyz")).json() == {"status": "ok"}
    assert not long.done()
    assert (await long).text.count("\n") == 4002


def told(element: ElementTree.Element) -> list[str]:
    """Return all texts of a picture."""
    return [text.strip() for text in element.itertext() if text.strip()]


@pytest.mark.parametrize("place", PLACES)
async def test_the_picture_is_the_stage_with_its_colours_and_nothing_ahead(
    program: AsyncClient, place: int
) -> None:
    answer, true = await exported(program, "svg", place), known(RECIPE, place)
    picture = ElementTree.fromstring(answer.content)
    style = picture.find(f"{SVG}style")
    rules = style.text
    style.text = ""
    assert picture.tag == f"{SVG}svg"
    assert not re.search(r"var\(|@|transition|cursor|url\((?!\"#hatch)", rules)
    assert {"#d55e00", "#0072b2", "#1c1917"} <= set(re.findall(r"#[0-9a-f]{6}", rules))
    assert not [element for element in picture.iter() if {"style", "href", "onclick"} & set(element.attrib)]
    assert told(picture)[0] == "XOR · 2 → 2 → 1 · tanh: iteration 2"
    assert {element.get("id") for element in picture.iter()} >= {"stage", "n-2-1", "w-1-2-1", "y-1", "cost"}
    sayable = Sayable(true)
    assert [unknown for text in told(picture) for unknown in sayable.unknown(text)] == []


async def test_the_picture_wears_the_lens_and_shows_the_example_of_the_page(program: AsyncClient) -> None:
    answer = await exported(program, "svg", LENGTH + 5, query="lens=weights&example=2")
    assert 'class="stage lens-weights' in answer.text
    assert f">{known(RECIPE, LENGTH + 5).x[0, 1]:.0f}<" in answer.text
    text = (await exported(program, "svg", LENGTH + 5, query="maps=inside")).text
    assert 'clip-path="url(#round)"' in text
    assert '<clipPath id="round">' in text


async def test_every_class_that_is_painted_has_a_rule_in_the_file(program: AsyncClient) -> None:
    text = (await exported(program, "svg", 2 * LENGTH - 2)).text
    for name in ("wire", "disc", "ring", "paper", "fill", "value", "below", "pill", "cost", "target", "hand"):
        assert f".{name}" in text.split("</style>")[0]


def test_a_number_reads_back_to_the_last_bit() -> None:
    lab = Lab(RECIPE, 3 * LENGTH)
    text = "".join(csv_of(lab, Replay().numbers(lab)))
    last = [float(cell) for cell in text.splitlines()[-1].split(",")[4:]]
    assert np.array_equal(last, Replay().start(RECIPE, 3).parameters.vector())


@pytest.mark.parametrize("kind", ["json", "numpy", "torch"])
async def test_what_programs_read_is_the_same_in_every_language(kind: str) -> None:
    lab, history = Lab(RECIPE, LENGTH - 1), History(Replay())
    numbers = history.replay.numbers(lab)
    fresh = (Frame(id="a", lab=lab, numbers=numbers, view=View(), history=history) for _ in "ab")
    with pseudo_language():
        said = CONTENTS[kind]("a", next(fresh))
    assert said == CONTENTS[kind]("a", next(fresh))
