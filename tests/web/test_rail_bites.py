"""The rail tells the truth: whatever is doctored in it, by number or by place, is noticed, and so is whatever
comes too early."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest

from app.datasets.own import own_from
from app.lab.lab import Lab
from app.lab.recipe import Recipe
from app.lab.replay import Numbers
from app.page.view import View
from tests.web.facts import Facts, NotTrue
from tests.web.oracle import known, moments_of, network_of
from tests.web.rail import check_rail
from tests.web.test_truth import REPLAY, rendered
from tests.web.test_truth_bites import (
    A_NUMBER,
    bias_moved_eight_times_too_far,
    new_dials_too_early,
    ran_ahead,
)
from tests.web.tree import having, read

RAIL = re.compile(r'<section class="rail".*?</section>', re.DOTALL)
PLACED = re.compile(
    r'class="answer" x="2" y="\d+" width="([\d.]+)"'  # how long a bar is
    r'|class="(?:goal|before)" d="M([\d.]+) \d+v12"'  # where a tick or a ghost stands
    r'|class="(?:here|point)" cx="([\d.]+)"'
    r'|class="(?:here|point)" cx="[\d.]+" cy="([\d.]+)"'
    r'|class="line" d="M([\d.]+) '  # the cost over all, at its start
    r'|class="line" d="[^"]*?([\d.]+)"'  # and at its end
)
THREE = own_from(
    {
        "inputs": [[(7 * at % 5) / 2 - 1, (3 * at % 7) / 3 - 1] for at in range(30)],
        "targets": [[int(at % 3 == k) for k in range(3)] for at in range(30)],
        "classes": ["red", "sky blue", "no"],
    }
)
TASKS = {  # one of each kind that a rail shows, and one whose targets are any numbers
    "rows": Recipe(),
    "some rows": Recipe(data="half-adder", hidden=(2,), batch=2),
    "many outputs": Recipe(data="digits", hidden=(2,), output="softmax", batch=3),
    "map": Recipe(data="circle", size=30, hidden=(2,), batch=4),
    "classes": Recipe(data=THREE.key, own=THREE, hidden=(3,), output="softmax", batch=4, eta=0.2, test=0.2),
    "curve": Recipe(data="sine", size=12, hidden=(2,), output="linear", cost="quadratic", batch=3),
}
LAST = {key: len(moments_of(network_of(recipe))) - 1 for key, recipe in TASKS.items()}


def checked(html: str, recipe: Recipe, place: int) -> None:
    check_rail(read(html), Facts(known(recipe, place), 0))


def shown(recipe: Recipe, place: int, doctor: Callable[[Numbers], Numbers] = lambda numbers: numbers) -> str:
    lab = Lab(recipe, place)
    return rendered(lab, doctor(REPLAY.numbers(lab)), View())


@pytest.mark.parametrize("key", TASKS)
def test_every_task_is_shown_truly_at_every_moment_of_two_iterations(key: str) -> None:
    for place in range(2 * LAST[key] + 2):
        checked(shown(TASKS[key], place), TASKS[key], place)


@pytest.mark.parametrize("key", [key for key in TASKS if key != "many outputs"])
@pytest.mark.parametrize("doctor", [ran_ahead, new_dials_too_early, bias_moved_eight_times_too_far])
def test_what_is_told_too_early_or_by_wrong_dials_is_noticed_on_the_rail_alone(
    key: str, doctor: Callable[[Numbers], Numbers]
) -> None:
    recipe, length = TASKS[key], LAST[key] + 1
    place = length + {ran_ahead: 1, new_dials_too_early: length - 2}.get(doctor, length - 1)
    checked(shown(recipe, place), recipe, place)
    if key == "curve" and doctor is ran_ahead:
        return  # whose line is that of all inputs, and tells of no example by itself
    with pytest.raises(NotTrue):
        checked(shown(recipe, place, doctor), recipe, place)


def test_the_border_of_before_is_the_one_that_was_drawn_before_the_descent() -> None:
    recipe, at = TASKS["map"], 2 * LAST["map"] + 1
    before, after = (having(read(shown(recipe, place)).root, "small-map")[0] for place in (at - 1, at))
    (ghost,), (old,), (new,) = (
        having(*one) for one in ((after, "before"), (before, "border"), (after, "border"))
    )
    assert ghost.get("d") == old.get("d") != new.get("d")
    assert not having(before, "before")


@pytest.mark.parametrize("key", TASKS)
@pytest.mark.parametrize("end", [0, 1])
def test_no_number_and_no_place_of_the_rail_can_be_changed_unnoticed(key: str, end: int) -> None:
    recipe, place = TASKS[key], LAST[key] + 1 + LAST[key] * end
    html = shown(recipe, place)
    (part,) = RAIL.finditer(html)
    numbers = [part.start() + found.end() for found in re.finditer(A_NUMBER, part.group())]
    assert len(numbers) >= 2
    places = [
        (part.start() + found.start(group), part.start() + found.end(group))
        for found in PLACED.finditer(part.group())
        for group in [found.lastindex]
    ]
    assert len(places) >= 2
    doctored = [f"{html[:at]}7{html[at:]}" for at in numbers]
    doctored += [f"{html[:a]}{(float(html[a:b]) + 9) % 160:g}{html[b:]}" for a, b in places]
    for one in doctored:
        with pytest.raises(NotTrue):
            checked(one, recipe, place)
