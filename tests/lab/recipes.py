"""Recipes to test with, a shelf for checkpoints, and a run worked out in one straight line."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import numpy as np
from hypothesis import strategies as st

from app.datasets.generated import SOURCES
from app.engine.activations import ACTIVATIONS
from app.engine.descent import first_memory
from app.engine.fast.run import Run
from app.engine.initialisers import INITIALISERS
from app.engine.optimisers import OPTIMISERS
from app.engine.parameters import zeros
from app.engine.regularisers import REGULARISERS
from app.lab.dials import dials_of
from app.lab.lab import Lab
from app.lab.recipe import Change, Recipe
from app.lab.replay import Diverged, Numbers, Replay
from app.lab.training import State

SQUARES = ("quadratic", "squared-error", "mean-squared-error")
NUMBERS_TOO = [(key, cost) for key in ACTIVATIONS if key != "softmax" for cost in SQUARES]
ANY_OUTPUT = [*NUMBERS_TOO, *[("sigmoid", "cross-entropy")] * 5]
ONE_HOT_TOO = [("softmax", "quadratic"), *[("softmax", "cross-entropy")] * 5]
INSIDE = [key for key, entry in ACTIVATIONS.items() if entry.hidden]


def keys(registry: dict) -> st.SearchStrategy[str]:
    """Draw a key of a registry."""
    return st.sampled_from(sorted(registry))


@st.composite
def changes_for(draw: st.DrawFn, recipe: Recipe, iterations: st.SearchStrategy[int]) -> Change:
    """Draw one change that this recipe can take."""
    iteration, kind = (
        draw(iterations),
        draw(st.sampled_from(("eta", "example", "w", "b" if recipe.biases else "w"))),
    )
    if kind == "eta":
        return Change(iteration, kind, draw(st.floats(0.01, 1.0)))
    if kind == "example":
        return Change(iteration, kind, float(draw(st.integers(1, recipe.dataset.rows))))
    layer = draw(st.integers(1, len(recipe.sizes) - 1))
    index = [draw(st.integers(1, recipe.sizes[layer]))]
    if kind == "w":
        index.append(draw(st.integers(1, recipe.sizes[layer - 1])))
    return Change(iteration, "-".join([kind, str(layer), *map(str, index)]), draw(st.floats(-3, 3)))


@st.composite
def recipes(draw: st.DrawFn, with_changes: bool = False) -> Recipe:
    """Draw a recipe without problems."""
    data = Recipe(data=draw(keys(SOURCES)))
    if "size" in data.deciding:
        shares = st.just(0.0) | st.floats(0.001, 0.5)
        data = replace(
            data,
            size=draw(st.integers(10, 60)),
            noise=draw(st.floats(0, 1)),
            data_seed=draw(st.integers(0, 2**32 - 1)),
            test=draw(shares),
        )
    known = data.dataset
    output, cost = draw(
        st.sampled_from((ANY_OUTPUT if known.classes else NUMBERS_TOO) + ONE_HOT_TOO * known.one_hot)
    )
    hidden = tuple(draw(st.lists(st.integers(1, 4), max_size=3)))
    keys_inside = draw(
        st.lists(st.sampled_from(INSIDE), min_size=len(hidden) or 1, max_size=len(hidden) or 1)
    )
    recipe = replace(
        data,
        hidden=hidden,
        activation=keys_inside[0] if len(set(keys_inside)) == 1 else ",".join(keys_inside),
        output=output,
        cost=cost,
        optimiser=draw(keys(OPTIMISERS)),
        eta=draw(st.floats(0.01, 0.5)),
        initialiser=draw(keys(INITIALISERS)),
        seed=draw(st.integers(0, 2**32 - 1)),
        batch=draw(st.integers(1, min(4, known.rows))),
        regulariser=draw(keys(REGULARISERS)),
        decay=draw(st.floats(0, 0.1)),
    )
    if draw(st.booleans()):
        given = np.random.RandomState(draw(st.integers(0, 99))).standard_normal(len(zeros(recipe.sizes)))
        recipe = Recipe(**{**vars(recipe), "parameters": tuple(given.tolist())})
    elif draw(st.integers(0, 2)) == 0:
        recipe = replace(recipe, biases=False)
    if draw(st.integers(0, 2)) == 0:
        marks = [dial.mark for dial in dials_of(recipe.sizes)]
        recipe = replace(recipe, held=tuple(draw(st.lists(st.sampled_from(marks), max_size=4, unique=True))))
    if with_changes:
        drawn = draw(st.lists(changes_for(recipe, st.integers(0, 4)), max_size=6))
        in_order = tuple(sorted(drawn, key=lambda change: change.iteration))
        recipe = Recipe(**{**vars(recipe), "changes": in_order})
    return recipe


class MemoryShelf:
    """Keep checkpoints in a dictionary: a whole shelf, only not one that survives the process."""

    def __init__(self) -> None:
        self.kept: dict[tuple[str, int], bytes] = {}

    def checkpoint(self, key: str, at_most: int) -> tuple[int, bytes] | None:
        """Return the newest checkpoint of a key up to an iteration."""
        found = max(
            (iteration for kept, iteration in self.kept if kept == key and iteration <= at_most), default=None
        )
        return None if found is None else (found, self.kept[key, found])

    def save_checkpoint(self, key: str, iteration: int, data: bytes) -> None:
        """Keep a checkpoint."""
        self.kept[key, iteration] = data


class StraightRun:
    """A recipe's run as anybody would write it: one loop from the start, nothing kept but what it went
    through."""

    def __init__(self, recipe: Recipe) -> None:
        dials = recipe.first_parameters()
        self.recipe, self.starts = recipe, [State(dials, first_memory(recipe.optimiser, dials))]

    def start(self, iteration: int) -> State:
        """Return the start of an iteration, before anything is typed in."""
        recipe, data = self.recipe, self.recipe.dataset
        run = Run(
            recipe.network,
            data.x,
            data.y,
            recipe.batch,
            optimiser=recipe.optimiser,
            regulariser=recipe.regulariser,
            decay=recipe.decay,
            held=recipe.still,
        )
        while len(self.starts) <= iteration:
            now, start = len(self.starts) - 1, self.starts[-1]
            run.load(recipe.with_typed_dials(start.parameters, now), start.memory)
            run.go(1, first=recipe.examples_at(now)[0], eta=recipe.eta_at(now), t=now + 1)
            self.starts.append(State(run.parameters(), run.remembered()))
        return self.starts[iteration]

    def changed(self, recipe: Recipe, iteration: int) -> StraightRun:
        """Return the run of a recipe that differs from this one from an iteration on."""
        other = StraightRun(recipe)
        other.starts = self.starts[: iteration + 1]
        return other


def every_array(numbers: Numbers) -> Iterator[tuple[str, np.ndarray]]:
    """Yield every array that a moment holds, with its name."""
    forward_, backward_ = numbers.forward, numbers.backward
    layered = {"z": forward_.z, "a": forward_.a, "received": backward_.received, "delta": backward_.delta}
    layered |= {"nabla.w": backward_.nabla.w, "nabla.b": backward_.nabla.b}
    for name, blocks in layered.items():
        yield from ((f"{name}[{layer}]", block) for layer, block in blocks.items())
    spaces = [numbers.start.parameters, *numbers.start.memory, *([numbers.after] if numbers.after else [])]
    for number, space in enumerate(spaces):
        yield from ((f"space {number}", block) for block in space.blocks())
    for name in ("x", "y", "costs", "costs_after"):
        if getattr(numbers, name) is not None:
            yield name, getattr(numbers, name)


def fingerprint(replay: Replay, lab: Lab) -> tuple:
    """Return every bit of what is known at a place, or where it is known to have diverged."""
    try:
        numbers = replay.numbers(lab)
    except Diverged as diverged:
        return ("diverged", diverged.iteration)
    bits = tuple((name, block.shape, block.tobytes()) for name, block in every_array(numbers))
    return (numbers.place, numbers.moment, tuple(numbers.examples), numbers.eta, bits)
