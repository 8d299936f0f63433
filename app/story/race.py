"""What is said of a race: its kinds, how its runs are called, and how it ended."""

from __future__ import annotations

from app.lab.recipe import Recipe
from app.notation.language import N_, _, ngettext, tr
from app.notation.numbers import figure, grouped
from app.story import labels
from app.story.functions import optimisers, regularisers
from app.story.wording import listed

WORDS = {
    "eta": "η",
    "optimiser": N_("Optimisers"),
    "activation": N_("Activations"),
    "depth": N_("Depths"),
    "regulariser": "L2",
}

SENTENCES = {
    "eta": N_("This run beside the same with a third, three times and ten times its learning rate."),
    "optimiser": N_("This run beside the same with other optimisers, all with the same η."),
    "activation": N_("This run beside the same with other activations in its hidden layers."),
    "depth": N_("This run beside the same with fewer and with more hidden layers, their dials drawn anew."),
    "regulariser": N_("This run beside the same with and without L2, which keeps weights small."),
    "other": N_("This run beside one that you choose below."),
}

ALONE = {
    "activation": N_("Without a hidden layer there is no activation to exchange: this run is alone."),
    "other": N_("Choose below what is other in it; until then this run is alone."),
}

THIS, OTHER = N_("this run"), N_("the other")
TRAINING, TEST = N_("Cost over all training examples"), N_("Cost over the test examples")


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
        return _("Descent") if recipe.optimiser == "descent" else tr(optimisers.told(recipe.optimiser).name)
    if kind == "activation":
        return labels.functions_named(recipe.activations)
    if kind == "depth":
        count = len(recipe.hidden)
        return ngettext("{n} layer", "{n} layers", count) if count else _("no layer")
    if kind == "seed":
        return _("seed {seed}", seed=recipe.seed) if recipe.parameters is None else tr(THIS)
    if recipe.regulariser == "none":
        return _("without")
    return f"{tr(regularisers.told(recipe.regulariser).name)} λ {figure(recipe.decay)}"


def diverged_at(iteration: int) -> str:
    """Say in which iteration, from 1, a run's numbers ran away."""
    return _("diverged at iteration {iteration}", iteration=grouped(iteration))


DIVERGED = N_("diverged")


def verdict(best: list[str], cost: str, iterations: int, *, level: bool) -> str:
    """Say which runs are lowest, by names, after so many iterations; `level`: all of them.

    >>> verdict(["η 3"], "0.012", 300, level=False)
    'After 300 iterations the lowest is η 3, with 0.012.'
    >>> verdict(["sigmoid", "tanh"], "0.694", 1000, level=False)
    'After 1,000 iterations the lowest are sigmoid and tanh, with 0.694.'
    """
    if not best:
        return _("All of them diverged.")
    count = grouped(iterations)
    if level:
        return _("After {count} iterations all are level, at {cost}.", count=count, cost=cost)
    return ngettext(
        "After {count} iterations the lowest is {names}, with {cost}.",
        "After {count} iterations the lowest are {names}, with {cost}.",
        len(best),
        count=count,
        names=listed(best),
        cost=cost,
    )
