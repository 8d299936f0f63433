"""How many dials moved in a descent, and by whose rule, told as a story."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from app.analysis.rounding import steps
from app.engine.parameters import Array
from app.lab.replay import Numbers
from app.notation.language import N_, _, ngettext, tr
from app.story.functions import optimisers, regularisers
from app.story.speaker import Speaker
from app.story.wording import counted, first_up, listed

ALL = {  # by how many there are, whether some others are held still, and whether a rule has a name
    ("one", False, False): N_("The only dial moved."),
    ("one", False, True): N_("The only dial moved, by {rules}."),
    ("one", True, False): N_("The only free dial moved."),
    ("one", True, True): N_("The only free dial moved, by {rules}."),
    ("both", False, False): N_("Both dials moved."),
    ("both", False, True): N_("Both dials moved, by {rules}."),
    ("both", True, False): N_("Both free dials moved."),
    ("both", True, True): N_("Both free dials moved, by {rules}."),
    ("all", False, False): N_("All {count} dials moved."),
    ("all", False, True): N_("All {count} dials moved, by {rules}."),
    ("all", True, False): N_("All {count} free dials moved."),
    ("all", True, True): N_("All {count} free dials moved, by {rules}."),
}
Said = Callable[..., str]
SOME: dict[tuple[bool, bool], Said] = {  # by whether others are held still, and whether a rule has a name
    (False, False): lambda n, **more: ngettext(
        "One of {all} dials moved.", "{count} of {all} dials moved.", n, **more
    ),
    (False, True): lambda n, **more: ngettext(
        "One of {all} dials moved, by {rules}.", "{count} of {all} dials moved, by {rules}.", n, **more
    ),
    (True, False): lambda n, **more: ngettext(
        "One of {all} free dials moved.", "{count} of {all} free dials moved.", n, **more
    ),
    (True, True): lambda n, **more: ngettext(
        "One of {all} free dials moved, by {rules}.",
        "{count} of {all} free dials moved, by {rules}.",
        n,
        **more,
    ),
}
TOO_SMALL: dict[tuple[bool, bool], Said] = {
    (False, False): lambda n, **more: ngettext(
        "One of {all} dials moved; the steps of the others were too small.",
        "{count} of {all} dials moved; the steps of the others were too small.",
        n,
        **more,
    ),
    (False, True): lambda n, **more: ngettext(
        "One of {all} dials moved, by {rules}; the steps of the others were too small.",
        "{count} of {all} dials moved, by {rules}; the steps of the others were too small.",
        n,
        **more,
    ),
    (True, False): lambda n, **more: ngettext(
        "One of {all} free dials moved; the steps of the others were too small.",
        "{count} of {all} free dials moved; the steps of the others were too small.",
        n,
        **more,
    ),
    (True, True): lambda n, **more: ngettext(
        "One of {all} free dials moved, by {rules}; the steps of the others were too small.",
        "{count} of {all} free dials moved, by {rules}; the steps of the others were too small.",
        n,
        **more,
    ),
}


def turned(speaker: Speaker) -> str:
    """Say how many dials have moved, and by whose rule."""
    numbers, recipe = speaker.numbers, speaker.numbers.recipe
    moved = steps(numbers)
    assert moved is not None  # the descent has happened
    dials, count = len(numbers.parameters) - held_count(numbers), int(np.count_nonzero(moved.vector()))
    rules = [optimisers.told(recipe.optimiser).name] * (recipe.optimiser != "descent")
    rules += [regularisers.told(recipe.regulariser).name] * (recipe.regulariser != "none")
    how, named = (bool(recipe.held), bool(rules)), listed([tr(rule) for rule in rules]) if rules else ""
    if not dials:
        return _("No dial moved: all are held still.")
    if not count:
        lost = free_part(speaker).any()
        return _("No dial moved: the steps were too small.") if lost else _("No dial moved: no blame came.")
    if count == dials:
        which = {1: "one", 2: "both"}.get(dials, "all")
        return tr(ALL[which, *how], count=counted(dials), rules=named)
    told = TOO_SMALL if int(np.count_nonzero(free_part(speaker))) == dials else SOME
    return told[how](count, count=first_up(counted(count)), all=counted(dials), rules=named)


def held_count(numbers: Numbers) -> int:
    """Return how many dials are held still."""
    still = numbers.recipe.still
    return 0 if still is None else int(still.vector().sum())


def free_part(speaker: Speaker) -> Array:
    """Return the gradient of the dials that may move, and 0 for those that are held."""
    still = speaker.numbers.recipe.still
    nabla = speaker.real.nabla.vector()
    return nabla if still is None else nabla * (1 - still.vector())
