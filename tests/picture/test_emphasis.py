"""What the picture brings out: how the error shrinks, the strongest of a thicket, who points at whom."""

from __future__ import annotations

from itertools import pairwise

from app.analysis.history import History
from app.lab.dials import Pick
from app.lab.lab import Lab
from app.lab.presets import PRESETS
from app.lab.recipe import Recipe
from app.notation.numbers import figure
from app.page.frame import Frame
from app.page.view import View
from app.picture.marks import Scene
from app.picture.scene import scene_of
from app.picture.wires import covers
from tests.picture.test_labels import REPLAY, WORDS, scene


def test_from_three_layers_on_one_sees_how_the_error_shrinks_column_by_column() -> None:
    recipe = PRESETS["vanishing"]
    place = len(Lab(recipe).moments) - 2
    delta = REPLAY.numbers(Lab(recipe, place)).backward.delta
    found = scene(recipe, place, "error")
    xs = [x for x, *_ in found.shrunk]
    assert xs == sorted(xs)
    assert xs == list(found.layout.columns[1:-1])
    means = {layer: abs(rows[:, 0]).mean() for layer, rows in delta.items()}
    assert [text.split(" ")[-1] for _, text in found.shrunk] == [
        figure(float(max(means[a], means[b]) / min(means[a], means[b]))) for a, b in pairwise(sorted(means))
    ]
    assert scene(recipe, place, "weights").shrunk == []
    assert scene(PRESETS["xor"], len(Lab(PRESETS["xor"]).moments) - 2, "error").shrunk == []


def test_of_a_thicket_the_strongest_wires_are_drawn_and_those_that_are_asked_for() -> None:
    digits = Recipe(data="digits", hidden=(16,), output="softmax")
    weights = abs(digits.first_parameters().w[1])
    found = scene(digits, 0, "weights", labels=False).wires[1]
    assert len(found) == 24
    drawn = {(one.to, one.source) for one in found}
    order = sorted(
        ((to, source) for to in range(1, 17) for source in range(1, 8)),
        key=lambda at: -weights[at[0] - 1, at[1] - 1],
    )
    assert drawn == set(order[:24])
    weakest = Pick("w", 1, *order[-1])
    asked = scene(digits, 0, "weights", weakest, labels=False).wires[1]
    assert {(one.to, one.source) for one in asked} == drawn | {order[-1]}
    neuron = scene(digits, 0, "weights", Pick("n", 1, 5), labels=False).wires[1]
    assert {(one.to, one.source) for one in neuron} == drawn | {(5, source) for source in range(1, 8)}
    assert len(scene(digits, 0, "weights", Pick("cost"), labels=False).wires[1]) == 24


def test_a_lone_hand_says_who_points_at_whom_and_several_only_whose_they_are() -> None:
    place = len(Lab(PRESETS["half-adder"]).moments) - 2

    def hands(*wires: tuple[int, int, int], recipe: Recipe = PRESETS["half-adder"], at: int = place) -> Scene:
        lab = Lab(recipe, at)
        return scene_of(REPLAY.numbers(lab), "error", 0, recent=(lab.moment,), words=WORDS, hands=wires)

    (alone,) = hands((2, 1, 4)).hands
    assert (alone.text, alone.icon) == ("ŷ₁ points at h₄", False)
    several = hands((2, 1, 4), (2, 2, 3)).hands
    assert [(one.text, one.icon) for one in several] == [("ŷ₁", True), ("ŷ₂", True)]
    (both,) = hands((2, 1, 4), (2, 2, 4)).hands  # one hand for each that is pointed at
    assert (both.text, both.tip[:34]) == ("ŷ₁, ŷ₂", "ŷ₁ points at h₄, ŷ₂ points at h₄: ")
    deep = Recipe(data="xor", hidden=(16,) * 6)
    narrow = hands((3, 12, 4), (3, 13, 4), recipe=deep, at=len(Lab(deep).moments) - 2)
    (above,) = narrow.hands
    assert above.y < narrow.layout.spots[2, 4][1] - narrow.layout.radius  # beside the disc is no room
    (short,) = hands((3, 2, 4), recipe=deep, at=len(Lab(deep).moments) - 2).hands
    assert short.icon


def test_no_chevron_is_under_a_hand() -> None:
    seen = 0
    for lab in map(Lab, PRESETS.values()):
        for place in (at for at, moment in enumerate(lab.moments) if moment.phase == "backward"):
            here = lab.go(place)
            numbers = REPLAY.numbers(here)
            scene = Frame(id="x", lab=here, numbers=numbers, view=View(), history=History(REPLAY)).scene
            hands = [(one.x, one.y, one.text, one.width) for one in scene.hands]
            chevrons = [one.chevron for wires in scene.wires.values() for one in wires if one.chevron]
            seen += len(hands)
            assert not [(hand, one) for hand in hands for one in chevrons if covers(hand, one)]
    assert seen > len(PRESETS)
