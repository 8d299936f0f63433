"""Each preset that is there to show something does what its sentence says."""

from __future__ import annotations

import numpy as np
import pytest

from app.analysis.fingers import fingers_of
from app.engine.backprop import forward
from app.engine.gradcheck import mean_cost
from app.lab.lab import Lab
from app.lab.presets import PRESETS
from app.lab.replay import Numbers, Replay
from app.story.presets import SENTENCES

REPLAY = Replay()


def after_one_iteration(key: str) -> Numbers:
    lab = Lab(PRESETS[key])
    return Replay().numbers(lab.go(len(lab.moments) - 1))


def cost_at(key: str, iteration: int, test: bool = False) -> float:
    recipe = PRESETS[key]
    data = recipe.dataset
    x, y = (data.x_test, data.y_test) if test else (data.x, data.y)
    return mean_cost(recipe.network, REPLAY.start(recipe, iteration).parameters, x, y)


def test_lazy_the_loud_wire_is_tweaked_and_the_quiet_neuron_is_guilty() -> None:
    numbers = after_one_iteration("lazy")
    a, delta = numbers.forward.a[1][:, 0], np.abs(numbers.backward.delta[1][:, 0])
    assert a[0] / a[1] == pytest.approx(3, rel=0.01)
    tweaked = fingers_of(numbers, 0, 2, 1)[-1]
    assert tweaked.shares[0] / tweaked.shares[1] == pytest.approx(3, rel=0.01)
    assert delta[1] / delta[0] == pytest.approx(17.5, rel=0.01)  # the figure of the design


def test_reverse_the_quieter_the_larger_the_error() -> None:
    numbers = after_one_iteration("reverse")
    assert (np.diff(numbers.forward.a[1][:, 0]) < 0).all()
    assert (np.diff(np.abs(numbers.backward.delta[1][:, 0])) > 0).all()


def test_twins_one_tenth_and_nine_tenths_get_the_same_error() -> None:
    numbers = after_one_iteration("twins")
    assert numbers.forward.a[1][:, 0] == pytest.approx([0.1, 0.9], abs=5e-4)
    assert numbers.backward.delta[1][0, 0] == pytest.approx(numbers.backward.delta[1][1, 0], rel=1e-12)


def test_ear_muffs_most_blame_received_least_kept() -> None:
    numbers = after_one_iteration("ear-muffs")
    received, kept = (np.abs(table[1][:, 0]) for table in (numbers.backward.received, numbers.backward.delta))
    assert received.argmax() == 1
    assert kept.argmin() == 1
    assert kept[1] < received[1] / 1000


def test_cancelling_four_pulls_add_up_to_nothing() -> None:
    numbers = after_one_iteration("cancelling")
    assert (np.abs(numbers.backward.delta[2]) == 0.5).all()
    assert numbers.backward.nabla.b[2].item() == 0


def test_overshoot_every_step_lands_higher() -> None:
    costs = [cost_at("overshoot", iteration) for iteration in range(8)]
    assert (np.diff(costs) > 0).all()


def test_stuck_the_twins_never_part_and_never_learn() -> None:
    recipe = PRESETS["stuck"]
    dials = Replay().start(recipe, 2000).parameters
    assert np.allclose(dials.w[1][0], dials.w[1][1], rtol=1e-9)
    answers = forward(recipe.network, dials, recipe.dataset.x).a[2] > 0.5
    assert not np.array_equal(answers, recipe.dataset.y == 1)


def test_vanishing_ten_thousand_times_smaller_at_the_first_layer() -> None:
    delta = after_one_iteration("vanishing").backward.delta
    assert np.abs(delta[1]).max() < np.abs(delta[7]).max() / 10_000
    largest = [np.abs(delta[layer]).max() for layer in sorted(delta)]
    assert (np.diff(largest) > 0).all()


def test_dead_silent_deaf_and_staying_so() -> None:
    numbers = after_one_iteration("dead")
    assert not numbers.forward.a[1].any()
    assert np.abs(numbers.backward.received[1]).min() > 0
    assert not numbers.backward.delta[1].any()
    recipe = PRESETS["dead"]
    dials = Replay().start(recipe, 500).parameters
    assert not forward(recipe.network, dials, recipe.dataset.x).a[1].any()


def test_circle_a_hundred_dots_of_which_those_it_never_saw_are_right_too() -> None:
    recipe = PRESETS["circle"]
    data, dials = recipe.dataset, Replay().start(recipe, 400).parameters
    assert (recipe.size, recipe.hidden) == (100, (4, 2))
    assert np.array_equal(forward(recipe.network, dials, data.x).a[3] > 0.5, data.y == 1)
    assert np.array_equal(forward(recipe.network, dials, data.x_test).a[3] > 0.5, data.y_test == 1)


def test_overfit_the_training_cost_vanishes_and_the_test_cost_rises() -> None:
    assert PRESETS["overfit"].dataset.rows == 20
    assert cost_at("overfit", 600) < 0.001
    tested = [cost_at("overfit", iteration, test=True) for iteration in (50, 200, 400, 600)]
    assert (np.diff(tested) > 0).all()
    assert tested[-1] > 4 * tested[0]


def test_overfit_l2_differs_only_in_that_and_its_test_cost_stays_as_low_as_the_training_cost() -> None:
    held, loose = vars(PRESETS["overfit-l2"]), vars(PRESETS["overfit"])
    assert {name for name in held if held[name] != loose[name]} == {"regulariser", "decay"}
    for iteration in (200, 600):
        assert cost_at("overfit-l2", iteration, test=True) == pytest.approx(
            cost_at("overfit-l2", iteration), rel=0.1
        )
    assert cost_at("overfit-l2", 600, test=True) < cost_at("overfit", 600, test=True) / 4


def test_the_textbook_page_has_the_numbers_of_the_textbook() -> None:
    lab = Lab(PRESETS["textbook"])
    numbers = Replay().numbers(lab.go(len(lab.moments) - 1))
    assert numbers.forward.a[1][:, 0] == pytest.approx([0.593269992, 0.596884378], abs=1e-9)
    assert numbers.forward.a[2][:, 0] == pytest.approx([0.75136507, 0.772928465], abs=1e-9)
    assert numbers.costs.item() == pytest.approx(0.298371109, abs=1e-9)
    assert numbers.after.w[2] == pytest.approx(
        np.array([[0.35891648, 0.408666186], [0.511301270, 0.561370121]]), abs=1e-9
    )
    assert numbers.after.w[1] == pytest.approx(
        np.array([[0.149780716, 0.19956143], [0.24975114, 0.29950229]]), abs=1e-8
    )
    after = mean_cost(numbers.network, numbers.after, numbers.x, numbers.y)
    assert after == pytest.approx(0.291027774, abs=1e-9)  # that page has 0.291027924, from rounded dials


@pytest.mark.parametrize(
    ("key", "words", "hidden"),
    [
        ("and", "two hidden neurons", (2,)),
        ("xor", "four hidden neurons", (4,)),
        ("article", "two hidden neurons", (2,)),
        ("reverse", "From h₁ to h₃", (3,)),
        ("stuck", "Both hidden neurons", (2,)),
        ("vanishing", "Six sigmoid layers", (3,) * 6),
        ("circle", "a hidden layer of four and one of two", (4, 2)),
        ("overfit", "Twelve neurons", (12,)),
    ],
)
def test_a_preset_has_the_neurons_its_sentence_counts(key: str, words: str, hidden: tuple[int, ...]) -> None:
    assert words in SENTENCES[key]
    assert PRESETS[key].hidden == hidden
