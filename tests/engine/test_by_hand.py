"""One 2-2-1 network worked on paper: every number of one iteration, and the two neurons of the story."""

import math

import numpy as np
import pytest

from app.engine.backprop import backward, costs_of, forward
from app.engine.descent import descend
from app.engine.parameters import Parameters
from tests.engine.networks import network

# Sigmoid everywhere, quadratic cost, one example, η = 0.5. f′ is a·(1 − a).
PLAN = network((2, 2, 1), "sigmoid", "sigmoid", "quadratic")
X, Y, ETA = np.array([[0.9], [0.3]]), np.array([[1.0]]), 0.5
DIALS = Parameters(
    w={1: np.array([[0.4, -0.7], [-1.2, 0.5]]), 2: np.array([[0.8, -1.5]])},
    b={1: np.array([[0.1], [-0.2]]), 2: np.array([[0.3]])},
)
REACHED = forward(PLAN, DIALS, X)
BLAMED = backward(PLAN, DIALS, REACHED, Y)


def same(found, *rows: list[float]) -> bool:
    """Tell whether an array is this one, to eight decimals."""
    return np.array(found) == pytest.approx(np.array(rows), abs=1e-8, rel=0)


def test_by_hand_every_weighted_input():
    # 0.4·0.9 − 0.7·0.3 + 0.1 = 0.36 − 0.21 + 0.1 = 0.25
    # −1.2·0.9 + 0.5·0.3 − 0.2 = −1.08 + 0.15 − 0.2 = −1.13
    assert same(REACHED.z[1], [0.25], [-1.13])
    # 0.8·0.56217650 − 1.5·0.24416110 + 0.3 = 0.44974120 − 0.36624165 + 0.3
    assert same(REACHED.z[2], [0.38349955])


def test_by_hand_every_activation():
    assert same(REACHED.a[0], [0.9], [0.3])
    assert same(REACHED.a[1], [0.56217650], [0.24416110])  # 1/(1 + e^−0.25), 1/(1 + e^1.13)
    assert same(REACHED.a[2], [0.59471687])  # 1/(1 + e^−0.38349955)


def test_by_hand_the_cost():
    # ½·(0.59471687 − 1)² = ½·(−0.40528313)²
    assert costs_of(PLAN, REACHED, Y) == pytest.approx([0.08212721], abs=1e-8, rel=0)


def test_by_hand_the_output_keeps_what_it_receives_times_its_slope():
    assert same(BLAMED.received[2], [-0.40528313])  # a − y
    assert same(BLAMED.delta[2], [-0.09768487])  # −0.40528313·0.59471687·0.40528313


def test_by_hand_the_error_handed_on():
    # 0.8·(−0.09768487), −1.5·(−0.09768487)
    assert same(BLAMED.received[1], [-0.07814790], [0.14652731])
    # −0.07814790·0.56217650·0.43782350 = −0.07814790·0.24613408
    # 0.14652731·0.24416110·0.75583890 = 0.14652731·0.18454646
    assert same(BLAMED.delta[1], [-0.01923486], [0.02704110])


def test_by_hand_the_gradient():
    # −0.09768487·0.56217650, −0.09768487·0.24416110
    assert same(BLAMED.nabla.w[2], [-0.05491614, -0.02385085])
    assert same(BLAMED.nabla.b[2], [-0.09768487])
    # −0.01923486·0.9, −0.01923486·0.3; 0.02704110·0.9, 0.02704110·0.3
    assert same(BLAMED.nabla.w[1], [-0.01731137, -0.00577046], [0.02433699, 0.00811233])
    assert same(BLAMED.nabla.b[1], [-0.01923486], [0.02704110])


def test_by_hand_every_dial_after_the_descent_and_the_cost_that_follows():
    after, memory = descend(DIALS, BLAMED.nabla, (), optimiser="descent", eta=ETA)
    assert memory == ()
    # 0.4 + 0.5·0.01731137, −0.7 + 0.5·0.00577046; −1.2 − 0.5·0.02433699, 0.5 − 0.5·0.00811233
    assert same(after.w[1], [0.40865569, -0.69711477], [-1.21216849, 0.49594384])
    assert same(after.b[1], [0.10961743], [-0.21352055])  # 0.1 + 0.5·0.01923486, −0.2 − 0.5·0.02704110
    assert same(after.w[2], [0.82745807, -1.48807458])  # 0.8 + 0.5·0.05491614, −1.5 + 0.5·0.02385085
    assert same(after.b[2], [0.34884244])  # 0.3 + 0.5·0.09768487
    again = forward(PLAN, after, X)
    assert same(again.a[2], [0.61334992])
    assert costs_of(PLAN, again, Y) == pytest.approx([0.07474914], abs=1e-8, rel=0)


def story_network() -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Return received and delta of two sigmoid neurons that say .9 and .3, and the gradient of the wires they
    feed.

    The wires weigh .2 and −1.5. A linear output, 0.9·0.2 − 0.3·1.5 + 0.4115 = 0.1415, against a target of 0:
    its error is 0.1415.
    """
    plan = network((1, 2, 1), "sigmoid", "linear", "quadratic")
    logits = np.array([[math.log(9)], [math.log(3 / 7)]])
    dials = Parameters(
        w={1: np.zeros((2, 1)), 2: np.array([[0.2, -1.5]])}, b={1: logits, 2: np.array([[0.4115]])}
    )
    reached = forward(plan, dials, np.array([[1.0]]))
    blamed = backward(plan, dials, reached, np.array([[0.0]]))
    assert same(reached.a[1], [0.9], [0.3])
    assert same(blamed.delta[2], [0.1415])
    return blamed.received[1].ravel(), blamed.delta[1].ravel(), blamed.nabla.w[2].ravel()


def test_the_wire_of_the_busy_neuron_is_blamed_three_to_one():
    _, _, wires = story_network()
    assert wires == pytest.approx([0.9 * 0.1415, 0.3 * 0.1415])  # 0.12735, 0.04245
    assert wires[0] / wires[1] == pytest.approx(3.0)


def test_the_error_handed_on_blames_the_lazy_neuron_seventeen_and_a_half_to_one():
    received, delta, _ = story_network()
    assert received == pytest.approx([0.2 * 0.1415, -1.5 * 0.1415])  # 0.0283, −0.21225
    assert delta == pytest.approx(
        [0.2 * 0.1415 * 0.9 * 0.1, -1.5 * 0.1415 * 0.3 * 0.7]
    )  # 0.002547, −0.0445725
    assert delta[1] / delta[0] == pytest.approx(-17.5)
