"""The networks that are measured, by the sizes of their layers, and the walk of clicks through their
iterations."""

from __future__ import annotations

from dataclasses import replace

from app.lab.lab import Lab
from app.lab.recipe import Recipe

SMALL, MIDDLE, LARGE = "2-3-1", "2-4-2-1", "2-8-8-1"
RECIPES = {
    SMALL: Recipe(),
    MIDDLE: Recipe(data="xor", hidden=(4, 2), optimiser="momentum", eta=0.1),
    LARGE: Recipe(data="xor", hidden=(8, 8), optimiser="momentum", eta=0.1),
}


def seeded(name: str, seed: int) -> Recipe:
    """Return a network of this shape with first weights of its own."""
    return replace(RECIPES[name], seed=seed)


def fields(recipe: Recipe) -> dict[str, str]:
    """Return what a form would post to cook this recipe."""
    return recipe.as_fields()


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
