"""What is said of a race: its kinds, how its runs are called, and how it ended."""

from __future__ import annotations

from app.lab.recipe import Recipe
from app.notation.numbers import figure
from app.story import labels
from app.story.functions import optimisers, regularisers

WORDS = {
    "eta": "η",
    "optimiser": "Optimisers",
    "activation": "Activations",
    "depth": "Depths",
    "regulariser": "L2",
}

SENTENCES = {
    "eta": "This run beside the same with a third, three times and ten times its learning rate.",
    "optimiser": "This run beside the same with other optimisers, all with the same η.",
    "activation": "This run beside the same with other activations in its hidden layers.",
    "depth": "This run beside the same with fewer and with more hidden layers, their dials drawn anew.",
    "regulariser": "This run beside the same with and without L2, which keeps weights small.",
    "other": "This run beside one that you choose below.",
}

ALONE = {
    "activation": "Without a hidden layer there is no activation to exchange: this run is alone.",
    "other": "Choose below what is other in it; until then this run is alone.",
}

THIS, OTHER = "this run", "the other"
TRAINING, TEST = "Cost over all training examples", "Cost over the test examples"


def run_name(kind: str, recipe: Recipe, iteration: int) -> str:
    """Name a run by what it differs in from the others; η is that in force in an iteration.

    >>> run_name("eta", Recipe(eta=0.3), 0), run_name("optimiser", Recipe(), 0)
    ('η 0.3', 'Descent')
    >>> run_name("depth", Recipe(hidden=()), 0), run_name("depth", Recipe(hidden=(3, 3)), 0)
    ('no layer', '2 layers')
    >>> run_name("regulariser", Recipe(), 0), run_name("regulariser", Recipe(regulariser="l2", decay=0.02), 0)
    ('without', 'L2 λ 0.02')
    """
    if kind == "eta":
        return f"η {figure(recipe.eta_at(iteration))}"
    if kind == "optimiser":
        name = optimisers.told(recipe.optimiser).name.split()[-1]
        return name[0].upper() + name[1:]
    if kind == "activation":
        return labels.functions_named(recipe.activations)
    if kind == "depth":
        count = len(recipe.hidden)
        return f"{count} layer{'s' if count > 1 else ''}" if count else "no layer"
    if kind == "seed":
        return f"seed {recipe.seed}" if recipe.parameters is None else THIS
    if recipe.regulariser == "none":
        return "without"
    return f"{regularisers.told(recipe.regulariser).name} λ {figure(recipe.decay)}"


def diverged_at(iteration: int) -> str:
    """Say in which iteration, from 1, a run's numbers ran away."""
    return f"diverged at iteration {iteration:,}"


DIVERGED = "diverged"


def verdict(best: list[str], cost: str, iterations: int, *, level: bool) -> str:
    """Say which runs are lowest, by names, after so many iterations; `level`: all of them.

    >>> verdict(["η 3"], "0.012", 300, level=False)
    'After 300 iterations the lowest is η 3, with 0.012.'
    >>> verdict(["sigmoid", "tanh"], "0.694", 1000, level=False)
    'After 1,000 iterations the lowest are sigmoid and tanh, with 0.694.'
    """
    if not best:
        return "All of them diverged."
    if level:
        return f"After {iterations:,} iterations all are level, at {cost}."
    names = " and ".join([", ".join(best[:-1]), best[-1]] if len(best) > 1 else best)
    return (
        f"After {iterations:,} iterations the lowest {'are' if len(best) > 1 else 'is'} {names}, with {cost}."
    )
