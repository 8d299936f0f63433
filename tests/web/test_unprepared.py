"""An entry of a registry that nobody has prepared works everywhere: its values are shown and nothing else is
claimed. One that is prepared needs its two entries, and no more."""

from __future__ import annotations

import ast
import json
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from fastapi import FastAPI
from httpx import AsyncClient

from app.lab.recipe import Recipe
from app.page.panels import PANELS
from app.web import saved_labs
from tests.story.formulas.test_worked import ends
from tests.story.functions.added import ALL, ALONE, PREPARED, UNPREPARED
from tests.story.functions.test_unprepared import RECIPES, equations_at, iteration_of
from tests.web.checker import check_page, check_picture
from tests.web.document import check_document
from tests.web.facts import Facts
from tests.web.oracle import LENS_OF, Known, known
from tests.web.sayable import Sayable
from tests.web.scripts import run_all, text_of_script, true_numbers
from tests.web.told import check_chapters
from tests.web.tree import Page, having, read, spoken

ROOT = Path(__file__).parents[2]
# What belongs to a whole run, the clock, an address or a field to type into has tests of its own.
OTHERS = ("count", "race", "downhill", "surface", "share", "dials")
SILENT = "Nothing is repeated here"
EXPORTS = ("json", "csv", "svg", "worked", "numpy", "torch")


@pytest.fixture
def unprepared(monkeypatch: pytest.MonkeyPatch) -> None:
    """Put an entry that nobody has prepared into each registry of the engine."""
    for registry, entry in UNPREPARED:
        monkeypatch.setitem(registry, entry.key, entry)
    monkeypatch.setattr(saved_labs, "sound", lambda recipe: recipe)  # the form read its menus at the start


def printed(page: Page) -> list[str]:
    """Return the equations that a page shows, as they are spoken."""
    return [element.get("aria-label", "") for element in page.root.iter() if element.get("role") == "math"]


@pytest.mark.walk
@pytest.mark.anyio
@pytest.mark.usefixtures("unprepared")
@pytest.mark.parametrize("recipe", RECIPES)
async def test_every_panel_tells_the_truth_at_every_moment(
    app: FastAPI, browser: AsyncClient, program: AsyncClient, recipe: Recipe
) -> None:
    for place in iteration_of(recipe):
        lab = app.state.labs.store.labs.add(owner="nobody", recipe=recipe.text(), place=place).id
        true, said = known(recipe, place), equations_at(recipe, place)
        views: list[dict[str, str]] = [{"voice": "maths", "pick": "n-1-1"}]
        if recipe is ALL or place == iteration_of(recipe)[-1]:
            picks = ("cost", "n-1-2", f"n-{len(true.sizes) - 1}-1", "w-1-1-1", "b-1-1")
            views += [{"panel": panel} for panel in PANELS]
            views += [{"pick": pick, "maps": "inside", "lens": "blame", "epsilon": "1e-4"} for pick in picks]
        for view in views:
            answer = await browser.get(f"/labs/{lab}", params=view)
            assert answer.status_code == 200, view
            page = read(answer.text)
            assert set(printed(page)) <= said, view
            if view.get("panel") not in OTHERS:
                lens, voice = view.get("lens", LENS_OF[true.phase]), view.get("voice", "")
                check_page(page, true, lens=lens, voice=voice, pick=view.get("pick", ""))
        check_document((await program.get(f"/labs/{lab}.json")).text, true)


@pytest.mark.walk
@pytest.mark.anyio
@pytest.mark.usefixtures("unprepared")
@pytest.mark.parametrize("recipe", RECIPES)
async def test_every_export_tells_the_truth_at_every_moment(
    app: FastAPI, program: AsyncClient, recipe: Recipe, tmp_path: Path
) -> None:
    repeated = []
    for place in iteration_of(recipe):
        lab = app.state.labs.store.labs.add(owner="nobody", recipe=recipe.text(), place=place).id
        true, files = known(recipe, place), {}
        for kind in EXPORTS:
            answer = await program.get(f"/labs/{lab}/export/{kind}")
            assert answer.status_code == 200, kind
            files[kind] = answer.text
        page, sayable = read(files["worked"]), Sayable(true)
        said = set().union(*(equations_at(recipe, place, example) for example in range(recipe.batch)))
        assert set(printed(page)) <= said
        having(page.root, "address")[0].clear()  # the recipe's own choices
        check_chapters(page, true, list(range(recipe.batch)))
        check_picture(page, Facts(true, 0), LENS_OF[true.phase])
        assert [number for text in spoken(page.root) for number in sayable.unknown(text)] == []
        ast.parse(files["torch"])
        assert (SILENT in files["torch"]) == (SILENT in files["numpy"])
        if SILENT in files["numpy"]:
            check_numbers(files["numpy"], true)
        else:
            repeated.append((files["numpy"], true))
    needed = {"activation", "output"} & set(changed(recipe))
    assert bool(repeated) != bool(needed)
    done = run_all([text for text, _ in repeated], tmp_path)
    for (found, _), (_, true) in zip(done, repeated, strict=True):
        assert set(found) == set(true_numbers(true))
        for name, block in true_numbers(true).items():
            assert np.array(found[name]) == pytest.approx(block, rel=1e-12, abs=1e-12)


def changed(recipe: Recipe) -> list[str]:
    """Return which of a recipe's choices nobody has prepared."""
    keys = {entry.key for _, entry in UNPREPARED}
    return [name for name, value in vars(recipe).items() if isinstance(value, str) and value in keys]


def check_numbers(text: str, true: Known) -> None:
    """See that a script which repeats nothing holds every number that is known, and no function."""
    assert not [node for node in ast.walk(ast.parse(text)) if isinstance(node, ast.FunctionDef | ast.Lambda)]
    there: dict[str, Any] = {"print": lambda *_: None}
    exec(compile(text, "script", "exec"), there)
    expected = true_numbers(true)
    assert set(there["told"]) == set(expected)
    for name, block in expected.items():
        assert np.array_equal(there["told"][name], block), name


@pytest.mark.usefixtures("unprepared")
def test_a_script_names_whatever_it_would_need_and_has_no_lines_for() -> None:
    for kind, word in (("numpy", "NumPy"), ("torch", "PyTorch")):
        text = " ".join(text_of_script(kind, ALL, ends(ALL, 1)).replace("\n#", "").split())
        names = "Softsign, Log-cosh, Sign-descent, L4"
        assert f"down in {word} yet: {names}. All numbers are the page's." in text
    forward = text_of_script("numpy", ALONE["optimiser"], 1)
    assert SILENT not in forward  # the optimiser has had nothing to do yet


def in_a_program_of_its_own(kind: str, **recipe: Any) -> dict[str, str]:
    """Start with entries added, and return what a visitor is given."""
    command = [sys.executable, "-m", "tests.web.started", kind, json.dumps(recipe)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, encoding="utf-8", check=False)
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


def test_what_nobody_has_prepared_can_be_chosen_under_the_name_of_its_key() -> None:
    recipe = {name: getattr(ALL, name) for name in changed(ALL)}
    told = in_a_program_of_its_own("unprepared", data="and", **recipe)
    named = {key: f"{key[0].upper()}{key[1:]}" for key in recipe.values()}
    assert list(named.values()) == ["Softsign", "Log-cosh", "Sign-descent", "Uniform", "L4"]
    for key, name in named.items():
        assert f'<option value="{key}" selected>{name}</option>' in told["form"]
        assert f"| `{key}` | {name} |  |" in told["readme"]
    assert "dials moved, by Sign-descent and L4." in told["page"]


def test_an_activation_with_its_two_entries_is_in_menu_page_script_and_readme(tmp_path: Path) -> None:
    entry = PREPARED[1][1]
    brief = re.split("[;:,]", entry.sentence)[0].rstrip(".")
    told = in_a_program_of_its_own("prepared", data="xor", hidden=[3], activation="softsign", batch=2)
    assert f'<option value="softsign" selected>Softsign: {brief}</option>' in told["form"]
    assert entry.sentence in told["form"]
    assert f"| `softsign` | Softsign | {entry.sentence} |" in told["readme"]
    assert "softsign" in told["page"]
    assert "def softsign_pull(z, received):" in told["script"]
    ((_, said),) = run_all([told["script"]], tmp_path)
    assert said.startswith("Largest difference from the page")
