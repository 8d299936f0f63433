"""Short words: the big button and the phase track, and the equations of the other voice."""

from __future__ import annotations

from itertools import product

import pytest

from app.engine.optimisers import OPTIMISERS
from app.lab.dials import Dial, Pick
from app.lab.itinerary import PACES, Moment, onward
from app.lab.lab import Lab
from app.lab.recipe import Recipe
from app.lab.replay import Replay
from app.page.selection import natural_pick
from app.picture.scene import LENSES
from app.story.formulas.maths_voice import in_maths
from app.story.formulas.worked import Worker
from app.story.functions import optimisers
from app.story.labels import LEGENDS, LENS_NAMES, PACE_NAMES, track_name, track_title
from app.story.next_step import step_name
from tests.story.calculator import comes_out

REPLAY, AND = Replay(), Recipe(data="and", hidden=(3,))
BACK = [Moment("backward", 1, j) for j in (1, 2, 3)]


def coming(place: int, pace: str, recipe: Recipe = AND) -> tuple[Moment, ...]:
    """Return the moments of the next click."""
    moments = Lab(recipe).moments
    ahead = range(place + 1, onward(recipe.network, place, pace) + 1)
    return tuple(moments[at % len(moments)] for at in ahead)


@pytest.mark.parametrize(
    ("place", "pace", "said"),
    [
        (0, "layer", "Forward: hidden layer"),
        (3, "layer", "Forward: output layer"),
        (0, "phase", "Forward: all layers"),
        (4, "layer", "Cost: compare"),
        (5, "layer", "Backward: output layer"),
        (5, "phase", "Backward: all layers"),
        (9, "layer", "Descent"),
        (10, "layer", "Next example"),
        (0, "iteration", "Whole iteration"),
    ],
)
def test_the_big_button_says_what_it_will_do(place: int, pace: str, said: str) -> None:
    assert step_name(2, coming(place, pace), None) == said


def test_the_big_button_names_a_single_neuron_and_the_end() -> None:
    assert step_name(2, coming(0, "neuron"), "h₁") == "Forward: neuron h₁"
    assert step_name(2, (), None) == "End of the run"
    assert step_name(2, (Moment("forward", 2, 1), Moment("cost")), None) == "On to cost"


def test_segments_of_the_track_are_short_and_their_titles_whole() -> None:
    assert [track_name(2, layer, "forward") for layer in (1, 2)] == ["hidden", "output"]
    assert [track_name(3, layer, "forward") for layer in (1, 2, 3)] == ["hidden 1", "hidden 2", "output"]
    assert [track_name(7, layer, "backward") for layer in (1, 6, 7)] == ["1", "6", "out"]
    assert track_title(7, 6, "backward") == "hidden layer 6"
    assert [track_title(2, 0, phase) for phase in ("input", "cost", "descent")] == [
        "example",
        "compare",
        "update",
    ]


def test_every_lens_and_pace_has_its_words() -> None:
    assert set(LENS_NAMES) == set(LEGENDS) == set(LENSES)
    assert set(PACE_NAMES) == set(PACES)
    for general, below, above in LEGENDS.values():
        assert general.endswith(".")
        assert bool(below) == bool(above)


def maths(place: int, recipe: Recipe = AND) -> list[str]:
    lab = Lab(recipe, place)
    numbers = REPLAY.numbers(lab)
    return in_maths(numbers, 0, natural_pick(numbers, 0, (lab.moment,)))


def test_the_voice_of_maths_says_what_was_just_computed_and_its_equations_come_out() -> None:
    heads = [[line.split(" = ")[0] for line in maths(place)] for place in range(1, 11)]
    assert heads[0] == ["z(h₁)", "h₁"]
    assert heads[3:5] == [["z(ŷ)", "ŷ"], ["C"]]
    assert heads[5][-3:] == ["δ(ŷ)", "∂C/∂c", "∂C/∂v₁"]
    assert heads[7] == ["∂C/∂h₂", "f′(h₂)", "δ(h₂)", "∂C/∂b₂", "∂C/∂w₂₁"]
    assert heads[9] == ["∂C/∂c", "new"]
    for place in range(1, 11):
        for equation in maths(place):
            *law, formula, result = equation.split(" = ")
            assert len(law) == 1 or comes_out(formula, result), (
                equation
            )  # one name for another: nothing to work out


def test_where_nothing_was_computed_there_is_no_equation() -> None:
    assert maths(0) == []
    assert in_maths(REPLAY.numbers(Lab(AND, 3)), 0, Pick("cost")) == []


@pytest.mark.parametrize("key", OPTIMISERS)
@pytest.mark.parametrize("iteration", [0, 1, 5])
def test_each_optimisers_own_terms_lead_to_the_step_it_took(key: str, iteration: int) -> None:
    recipe = Recipe(data="and", hidden=(3,), optimiser=key)
    place = 11 * iteration + 10
    numbers = REPLAY.numbers(Lab(recipe, place))
    for kind, (layer, j, k) in product("wb", [(1, 2, 1), (2, 1, 1)]):
        first, *terms, last = Worker(numbers, 0).dial(Dial(kind, layer, j, k))
        memory = [float(getattr(part, kind)[layer][j - 1, k - 1]) for part in numbers.start.memory]
        found, direction = optimisers.told(key).direction(first.result, memory, iteration + 1)
        assert [one.result for one in found] == [one.result for one in terms]
        old, new = (float(getattr(p, kind)[layer][j - 1, k - 1]) for p in (numbers.parameters, numbers.after))
        assert old - numbers.eta * direction.compute(17) == pytest.approx(new, rel=1e-12)
        assert last.result.value == new
