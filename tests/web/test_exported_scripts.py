"""The exported scripts rebuild the network and find the same numbers, as far as the moment goes and no
further."""

from __future__ import annotations

import importlib.util
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

from app.datasets.own import own_from
from app.engine.activations import ACTIVATIONS
from app.engine.costs import COSTS
from app.engine.optimisers import OPTIMISERS
from app.engine.regularisers import REGULARISERS
from app.lab.lab import Lab
from app.lab.recipe import Change, Recipe
from app.story.functions import activations, costs, optimisers, regularisers
from tests.web.oracle import Known, known
from tests.web.scripts import fractions, run_all, text_of_script, true_numbers

TORCH = pytest.mark.skipif(importlib.util.find_spec("torch") is None, reason="PyTorch is not installed here")
KINDS = ["numpy", pytest.param("torch", marks=TORCH)]
HIDDEN = [key for key, entry in ACTIVATIONS.items() if entry.hidden]
DOWNHILL = [(optimiser, regulariser) for optimiser in OPTIMISERS for regulariser in REGULARISERS]
WHOLE = [
    Recipe(
        data="xor", hidden=(3, 2), optimiser=optimiser, regulariser=regulariser, decay=0.02, batch=3, eta=0.05
    )
    for optimiser, regulariser in DOWNHILL
]
WHOLE += [Recipe(hidden=(3,), activation=key, cost="quadratic", output="tanh", seed=4) for key in HIDDEN]
WHOLE += [
    Recipe(data="half-adder", hidden=(2,), output=key, cost="quadratic", eta=0.1, batch=2) for key in HIDDEN
]
WHOLE += [
    Recipe(data="digits", hidden=(4,), output="softmax", cost=cost, activation="sigmoid", batch=4)
    for cost in COSTS
]
WHOLE += [
    Recipe(hidden=()),
    Recipe(
        optimiser="adam",
        changes=(Change(1, "eta", 0.7), Change(2, "w-1-2-1", -1.5), Change(2, "example", 3.0)),
    ),
    Recipe(parameters=tuple(40.0 * (-1) ** dial for dial in range(13))),  # as saturated as can be
]
OWN = own_from(
    {"inputs": [[0.1, 2, -3], [1e-7, 5, 1e6], [4, 4, 4]], "targets": [[1.5, 0], [-2, 1], [1 / 3, 7]]}
)
WHOLE += [
    Recipe(data="sine", output="linear", cost="quadratic", batch=12, size=20, test=0.3),
    Recipe(data=OWN.key, own=OWN, output="linear", cost="quadratic", batch=2, eta=1e-14, test=0.3),
]
STEPWISE = [
    Recipe(data="xor", hidden=(2, 3), optimiser="rmsprop", batch=2),
    Recipe(
        data="digits",
        hidden=(3,),
        output="softmax",
        activation="relu",
        optimiser="momentum",
        regulariser="l2",
        decay=0.1,
    ),
]


def iteration_of(recipe: Recipe, iteration: int) -> list[int]:
    """List the places of an iteration."""
    length = len(Lab(recipe).moments)
    return list(range(iteration * length, (iteration + 1) * length))


MOMENTS = [(recipe, place) for recipe in STEPWISE for place in iteration_of(recipe, 1)]
MOMENTS += [(recipe, iteration_of(recipe, 2)[-1]) for recipe in WHOLE]


def compare(found: dict[str, list], true: Known) -> None:
    """See that a script has found every number that is known, and no other."""
    expected = true_numbers(true)
    assert set(found) == set(expected)
    for name, block in expected.items():
        assert np.shape(found[name]) == block.shape
        difference = np.abs(np.array(found[name]) - block) / np.maximum(1.0, np.abs(block))
        assert difference.max() <= 1e-12, name


@pytest.mark.parametrize("kind", KINDS)
def test_a_script_finds_every_number_of_its_moment_and_not_one_more(kind: str, tmp_path: Path) -> None:
    results = run_all([text_of_script(kind, *moment) for moment in MOMENTS], tmp_path)
    for (recipe, place), (found, said) in zip(MOMENTS, results, strict=True):
        compare(found, known(recipe, place))
        assert said.startswith("Largest difference from the page")


@pytest.mark.parametrize("kind", ["numpy", "torch"])
@pytest.mark.parametrize("recipe", STEPWISE)
def test_no_number_ahead_of_the_moment_is_written_into_a_script(kind: str, recipe: Recipe) -> None:
    for place in iteration_of(recipe, 1):
        true, lab = known(recipe, place), Lab(recipe, place)
        memory = [block for part in memory_of(lab) for block in part.blocks()]
        blocks = [*true_numbers(true).values(), true.x, true.y, *true.before.blocks(), *memory]
        sayable = {abs(value) for block in blocks for value in np.ravel(block).tolist()}
        constants = {recipe.eta, recipe.decay, 1.0, 0.5, 2.0, 4.0, 0.01, 0.9, 0.999, 1e-8, 1e-9, 1e-12}
        assert fractions(text_of_script(kind, recipe, place)) <= sayable | constants


def memory_of(lab: Lab):
    """Return what the optimiser remembers at the start of a lab's iteration, worked out from its recipe
    alone."""
    before = known(lab.recipe, lab.iteration * len(lab.moments) - 1)
    return before.memory[len(before.memory) // 2 :]


@pytest.mark.parametrize("kind", KINDS)
def test_a_script_that_finds_other_numbers_says_so(kind: str, tmp_path: Path) -> None:
    text = text_of_script(kind, Recipe(), 10)
    path = tmp_path / "changed.py"
    path.write_text(text.replace("0.3", "0.31"), encoding="utf-8")
    done = subprocess.run([sys.executable, "-I", str(path)], capture_output=True, text=True, check=False)
    assert done.returncode == 1
    assert "They are not the same numbers." in done.stderr


def test_whatever_a_recipe_can_name_has_its_lines() -> None:
    laws = [law for key in COSTS for law in (costs.told(key).law, costs.told(key).categorical)]
    lines = [activations.told(key) for key in ACTIVATIONS] + [law for law in laws if law]
    lines += [optimisers.told(key) for key in OPTIMISERS]
    lines += [regularisers.told(key) for key in REGULARISERS if key != "none"]
    assert all(one.numpy and one.torch for one in lines)
    assert {key: len(optimisers.told(key).state) for key in OPTIMISERS} == {
        key: entry.remembers for key, entry in OPTIMISERS.items()
    }
