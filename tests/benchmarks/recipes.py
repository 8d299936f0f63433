"""The networks that are measured, by the sizes of their layers, and the walk of clicks through their
iterations."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from app.datasets.own import own_from
from app.lab.lab import Lab
from app.lab.recipe import Recipe

SMALL, MIDDLE, LARGE, DEEP = "2-3-1", "2-4-2-1", "2-8-8-1", "16-(16×6)-10"


def rows(count: int, inputs: int = 2, outputs: int = 1) -> Recipe:
    """Return a recipe for so many examples drawn by chance; several outputs are classes."""
    dice = np.random.default_rng(0)
    x, choice = dice.uniform(-1, 1, (count, inputs)), np.arange(count) % max(2, outputs)
    y = np.eye(outputs)[choice] if outputs > 1 else choice[:, None]
    own = own_from({"inputs": x.round(3).tolist(), "targets": y.tolist()})
    return Recipe(data=own.key, own=own)


RECIPES = {
    SMALL: Recipe(),
    MIDDLE: Recipe(data="xor", hidden=(4, 2), optimiser="momentum", eta=0.1),
    LARGE: Recipe(data="xor", hidden=(8, 8), optimiser="momentum", eta=0.1),
    DEEP: replace(rows(20, 16, 10), hidden=(16,) * 6, output="softmax"),
}


def seeded(name: str, seed: int) -> Recipe:
    """Return a network of this shape with first weights of its own."""
    return replace(RECIPES[name], seed=seed)


def walk(recipe: Recipe, clicks: int, pace: str = "layer") -> list[int]:
    """Return the places a lab comes to rest at, from the input on: one more than there are clicks."""
    lab, places = Lab(recipe), [0]
    for _ in range(clicks):
        lab = lab.step("next", pace)
        places.append(lab.place)
    return places


def clicks_in(recipe: Recipe, iterations: int, pace: str = "layer") -> int:
    """Count the clicks that walk through so many iterations, the last one up to its descent."""
    end, lab, clicks = iterations * len(Lab(recipe).moments) - 1, Lab(recipe), 0
    while lab.place < end:
        lab, clicks = lab.step("next", pace), clicks + 1
    return clicks
