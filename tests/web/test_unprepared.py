"""An entry of a registry that nobody has prepared works everywhere: its values are shown and nothing else is
claimed. One that is prepared needs its two entries, and no more."""

from __future__ import annotations

import ast
import json
import subprocess
import sys
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from fastapi import FastAPI
from httpx import AsyncClient

from app.engine.activations import ACTIVATIONS
from app.lab.dials import Dial
from app.lab.lab import Lab
from app.lab.recipe import Recipe
from app.page.panels import PANELS
from app.story.formulas.worked import Worker
from tests.story.calculator import comes_out
from tests.story.formulas.test_worked import check, ends, numbers_at, own, results
from tests.story.symbols import every_equation
from tests.web.added import PREPARED, UNPREPARED
from tests.web.checker import check_page
from tests.web.document import check_document
from tests.web.facts import Facts
from tests.web.oracle import LENS_OF, Known, known
from tests.web.sayable import Sayable
from tests.web.scripts import run_all, text_of_script, true_numbers
from tests.web.tree import Page, having, read, spoken

ROOT = Path(__file__).parents[2]
ALONE = {  # one choice that nobody has prepared, the others as they are
    "activation": Recipe(data="xor", hidden=(2,), activation="softplus"),
    "output": Recipe(data="and", hidden=(2,), output="softplus", cost="quadratic", batch=2),
    "cost": Recipe(data="half-adder", hidden=(2,), cost="log-cosh", batch=3),
    "cost of shares": Recipe(data="digits", hidden=(2,), output="softmax", cost="log-cosh"),
    "optimiser": Recipe(data="and", hidden=(2,), optimiser="sign-descent", eta=0.05),
    "regulariser": Recipe(data="and", hidden=(2,), regulariser="l4", decay=0.1, optimiser="adam"),
    "initialiser": Recipe(data="and", hidden=(2,), initialiser="uniform"),
}
ALL = Recipe(
    data="half-adder",
    hidden=(2, 2),
    activation="softplus",
    output="softplus",
    cost="log-cosh",
    optimiser="sign-descent",
    regulariser="l4",
    decay=0.1,
    eta=0.05,
    initialiser="uniform",
    batch=2,
)
RECIPES = [*(pytest.param(recipe, id=name) for name, recipe in ALONE.items()), pytest.param(ALL, id="all")]
# What belongs to a whole run, the clock, an address or a field to type into has tests of its own.
OTHERS = ("race", "downhill", "surface", "share", "dials")
SILENT = "Nothing is repeated here"
EXPORTS = ("json", "csv", "svg", "worked", "numpy", "torch")


@pytest.fixture
def unprepared(monkeypatch: pytest.MonkeyPatch) -> None:
    """Put an entry that nobody has prepared into each registry of the engine."""
    for registry, entry in UNPREPARED:
        monkeypatch.setitem(registry, entry.key, entry)


@pytest.fixture
def prepared(monkeypatch: pytest.MonkeyPatch) -> None:
    """Add an activation as the README says."""
    for registry, entry in PREPARED:
        monkeypatch.setitem(registry, entry.key, entry)


def iteration_of(recipe: Recipe) -> range:
    """Return the places of the second iteration."""
    length = len(Lab(recipe).moments)
    return range(length, 2 * length)


def equations_at(recipe: Recipe, place: int, example: int = 0) -> set[str]:
    """Return every equation there is at a moment, after each was redone and held against the engine."""
    found = every_equation(Worker(numbers_at(recipe, place), example))
    shown = {
        mark: [(one.result.name, one.result.value) for one in each if own(one)]
        for mark, each in found.items()
    }
    assert shown == results(Facts(known(recipe, place), example))
    for equation in (equation for each in found.values() for equation in each):
        check(equation, recipe.sizes)
    return {equation.spoken() for each in found.values() for equation in each}


def printed(page: Page) -> list[str]:
    """Return the equations that a page shows, as they are spoken."""
    return [element.get("aria-label", "") for element in page.root.iter() if element.get("role") == "math"]


@pytest.mark.usefixtures("unprepared")
@pytest.mark.parametrize("recipe", RECIPES)
def test_every_equation_comes_out_and_its_result_is_the_engines(recipe: Recipe) -> None:
    for place in iteration_of(recipe):
        for example in range(recipe.batch):
            equations_at(recipe, place, example)


@pytest.mark.usefixtures("unprepared")
def test_a_value_stands_alone_where_nobody_has_written_down_its_law() -> None:
    said = {name: Worker(numbers_at(recipe, ends(recipe, 1)), 0) for name, recipe in ALONE.items()}

    def spoken_of(equations: list[Any]) -> dict[str, str]:
        return {equation.result.label(): equation.spoken() for equation in equations}

    neuron = spoken_of(said["activation"].neuron(1, 1))
    assert [neuron[name].count("=") for name in ("h₁", "f′(h₁)")] == [1, 1]
    assert neuron["δ(h₁)"].startswith("δ(h₁) = ∂C/∂h₁ · f′(h₁) = ")
    output = spoken_of(said["output"].neuron(2, 1))
    assert [output[name].count("=") for name in ("ŷ", "f′(ŷ)")] == [1, 1]
    for name in ("cost", "cost of shares"):
        assert spoken_of(said[name].cost())["C"].count("=") == 1
        assert spoken_of(said[name].neuron(2, 1))["∂C/∂ŷ₁"].count("=") == 1
    assert spoken_of(said["cost of shares"].neuron(2, 1))["R"].startswith("R = ŷ₁ · ∂C/∂ŷ₁ + ")
    for name, whole in (("optimiser", False), ("regulariser", True)):  # a regulariser leaves the biases alone
        weight, bias = (said[name].dial(dial)[-1].spoken() for dial in (Dial("w", 1, 1, 1), Dial("b", 1, 1)))
        assert weight.startswith("new = ")
        assert weight.count("=") == 1
        assert bias.startswith("new = b₁ − η") == whole


@pytest.mark.usefixtures("unprepared")
def test_shares_that_nobody_has_prepared_stand_alone_too(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(ACTIVATIONS, "shares", replace(ACTIVATIONS["softmax"], key="shares"))
    recipe = Recipe(data="digits", hidden=(2,), output="shares", cost="quadratic")
    worker = Worker(numbers_at(recipe, 2 * len(Lab(recipe).moments) - 1), 0)
    for equations in every_equation(worker).values():
        for equation in equations:
            check(equation, recipe.sizes)
    assert [one.spoken().count("=") for one in worker.signal(2, 1)] == [3, 1]


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
                check_page(page, true, lens=lens, voice=voice)
        check_document((await program.get(f"/labs/{lab}.json")).text, true)


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
        assert [number for text in spoken(page.root) for number in sayable.unknown(text)] == []
        ast.parse(files["torch"])
        assert ("Nothing is repeated here" in files["torch"]) == (
            "Nothing is repeated here" in files["numpy"]
        )
        if "Nothing is repeated here" in files["numpy"]:
            check_numbers(files["numpy"], true)
        else:
            repeated.append((files["numpy"], true))
    needed = {"activation", "output"} & set(changed(recipe))
    assert bool(repeated) != bool(needed)
    for (found, _), (_, true) in zip(
        run_all([text for text, _ in repeated], tmp_path), repeated, strict=True
    ):
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
        assert (
            f"down in {word} yet: Softplus, Log-cosh, Sign-descent, L4. All numbers are the page's." in text
        )
    forward = text_of_script("numpy", ALONE["optimiser"], 1)
    assert SILENT not in forward  # the optimiser has had nothing to do yet


def in_a_program_of_its_own(kind: str, **recipe: Any) -> dict[str, str]:
    """Start with entries added, and return what a visitor is given."""
    command = [sys.executable, "-m", "tests.web.added", kind, json.dumps(recipe)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, encoding="utf-8", check=False)
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


def test_what_nobody_has_prepared_can_be_chosen_under_the_name_of_its_key() -> None:
    recipe = {name: getattr(ALL, name) for name in changed(ALL)}
    told = in_a_program_of_its_own("unprepared", data="and", **recipe)
    named = {key: f"{key[0].upper()}{key[1:]}" for key in recipe.values()}
    assert list(named.values()) == ["Softplus", "Log-cosh", "Sign-descent", "Uniform", "L4"]
    for key, name in named.items():
        assert f'<option value="{key}" selected>{name}</option>' in told["form"]
        assert f"| `{key}` | {name} |  |" in told["readme"]
    assert "as Sign-descent and L4 would have it" in told["page"]


@pytest.mark.usefixtures("prepared")
def test_an_activation_with_its_two_entries_is_worked_out() -> None:
    recipe, laws = replace(ALONE["activation"], hidden=(3,)), set()
    for place in iteration_of(recipe):
        worker = Worker(numbers_at(recipe, place), 0)
        equations_at(recipe, place)
    _, a, _, slope, _ = worker.neuron(1, 1)
    laws = {equation.formula.spoken(None) for equation in (a, slope)}
    assert laws == {"ln(1 + exp(z(h₁)))", "σ(z(h₁))"}
    assert all(comes_out(*equation.spoken().split(" = ")[-2:]) for equation in (a, slope))


def test_an_activation_with_its_two_entries_is_in_menu_page_script_and_readme(tmp_path: Path) -> None:
    entry = PREPARED[1][1]
    told = in_a_program_of_its_own("prepared", data="xor", hidden=[3], activation="softplus", batch=2)
    assert f'<option value="softplus" selected>Softplus: {entry.sentence}</option>' in told["form"]
    assert f"| `softplus` | Softplus | {entry.sentence} |" in told["readme"]
    assert "softplus" in told["page"]
    assert "def softplus_pull(z, received):" in told["script"]
    ((_, said),) = run_all([told["script"]], tmp_path)
    assert said.startswith("Largest difference from the page")
