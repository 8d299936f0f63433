"""Numbers of any size: every panel can be drawn, and nothing is ever written that is no number."""

from __future__ import annotations

import random
import re

import numpy as np
import pytest

from app.analysis.history import History
from app.analysis.rounding import FARTHEST, apart
from app.analysis.surface import axes_around
from app.engine.activations import ACTIVATIONS
from app.engine.costs import COSTS
from app.engine.optimisers import OPTIMISERS
from app.lab.dials import dials_of
from app.lab.lab import Lab
from app.lab.replay import Diverged, Numbers, Replay
from app.page.frame import Frame
from app.page.panels import PANELS, panel_of
from app.page.view import View
from app.picture.charts import frame_of
from app.web.recipe_form import Mistakes, from_fields
from app.web.render import ENVIRONMENT

NO_NUMBER = re.compile(
    r"(?:(?<![A-Za-z])|[MLHVlhvmZ](?=[ni]))(?:nan|inf|infinity)(?![A-Za-z])", re.IGNORECASE
)
CASES = {
    "sine": ({"data": "sine", "hidden": "4", "eta": "5"}, 15),
    "digits": ({"data": "digits", "hidden": "", "eta": "100"}, 1),
    "deep": ({"data": "line", "hidden": "2,2,2,2,2,2", "activation": "sigmoid", "eta": "30"}, 12),
    "spiral": ({"data": "spiral", "hidden": "3, 3", "activation": "linear", "eta": "30", "batch": "10"}, 9),
}


def page(numbers: Numbers, replay: Replay, view: View) -> str:
    """Return the page of a moment."""
    lab, history = Lab(numbers.recipe, numbers.place), History(replay)
    frame = Frame(id="abcdefabcdef", lab=lab, numbers=numbers, view=view, history=history)
    return ENVIRONMENT.get_template("lab/_lab.html").render(frame=frame, panel=panel_of(frame), theme="light")


def last_finite(replay: Replay, lab: Lab) -> Numbers:
    """Return the numbers at a place, or at the last one before it where all are finite."""
    while True:
        try:
            return replay.numbers(lab)
        except Diverged:
            lab = lab.go(lab.place - 1)


def wild(rng: random.Random) -> Lab:
    """Return a lab of a random recipe that tends to run away, with dials of odd sizes."""
    fields = {
        "data": rng.choice(["xor", "sine", "line", "spiral", "moons", "digits"]),
        "hidden": rng.choice(["", "1", "3, 3", "2,2,2,2,2,2"]),
        "activation": rng.choice(list(ACTIVATIONS)),
        "output": rng.choice(list(ACTIVATIONS)),
        "cost": rng.choice(list(COSTS)),
        "optimiser": rng.choice(list(OPTIMISERS)),
        "eta": rng.choice(["1e-300", "0.3", "5", "100"]),
    }
    try:
        lab = Lab(from_fields({name: [text] for name, text in fields.items()}))
    except Mistakes:  # not all of them go together
        return wild(rng)
    for _ in range(rng.choice([0, 3])):
        dial = rng.choice(dials_of(lab.recipe.sizes))
        lab = lab.change(dial.mark, rng.choice([1e6, -1e6, 1e-300, 1e-310, 0.0]))
    return lab.go(rng.choice([0, 3, 9, 15 * len(lab.moments) - 1, 40 * len(lab.moments) + 3]))


@pytest.mark.parametrize("case", CASES)
def test_no_panel_fails_where_a_run_runs_away(case: str) -> None:
    fields, iterations = CASES[case]
    replay, lab = Replay(), Lab(from_fields({name: [text] for name, text in fields.items()}))
    numbers = last_finite(replay, lab.go(iterations * len(lab.moments) - 1))
    for panel in PANELS:
        for view in (View(panel=panel, maps="inside"), View(panel=panel, log=1, zoom=-4, voice="maths")):
            assert NO_NUMBER.findall(page(numbers, replay, view)) == []


@pytest.mark.parametrize("seed", range(12))
def test_no_panel_fails_at_wild_numbers(seed: int) -> None:
    rng, replay = random.Random(seed), Replay()
    numbers = last_finite(replay, wild(rng))
    for panel in rng.sample(list(PANELS), 4):
        view = View(
            panel=panel,
            pick=rng.choice(["", "n-1-1", "w-1-1-1"]),
            maps=rng.choice(["", "inside"]),
            zoom=rng.choice([-4, 0, 4]),
            log=rng.choice([0, 1]),
            voice=rng.choice(["", "maths"]),
        )
        assert NO_NUMBER.findall(page(numbers, replay, view)) == []


def test_the_search_finds_what_it_looks_for_and_nothing_else() -> None:
    for bad in ("now NaN<", 'd="Mnan 3', "L3 nan", "-inf", "= Infinity"):
        assert NO_NUMBER.search(bad)
    for good in ("finance", "infinite", "a banana", "In all"):
        assert not NO_NUMBER.search(good)


@pytest.mark.parametrize("at", [0.0, 1e-310, 3.0, -7e15, 1e17, -1e17, 1e300, 1.7e308, -1.7e308])
def test_ranges_around_one_number_have_two_ends_and_places_between(at: float) -> None:
    low, high = apart(at, at)
    assert low < high
    assert np.isfinite(high - low)
    xs, _ = axes_around([(at, at), (at, at)], zoom=-4)
    assert len(set(xs.tolist())) == len(xs) or abs(at) > FARTHEST
    place = frame_of([(0.0, at), (1.0, at)])
    assert all(abs(number) < 1000 for number in place(1.0, at * (1 + 1e-14)))


def test_ranges_that_are_wide_enough_stay_as_they_are() -> None:
    assert apart(-2.0, 5.0) == (-2.0, 5.0)
