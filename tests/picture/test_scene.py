"""What each lens shows of a moment; what has not happened has no mark, and what is drawn stays as it is in a
wave."""

from __future__ import annotations

from dataclasses import replace
from math import sqrt
from typing import Any

import pytest
from hypothesis import Phase, assume, given, settings
from hypothesis import strategies as st

from app.lab.itinerary import Moment
from app.lab.lab import Lab
from app.lab.recipe import Recipe
from app.lab.replay import Numbers, Replay
from app.notation import names
from app.notation.numbers import figure, moved, percents
from app.picture.layout import RING, layout_of
from app.picture.marks import Disc, Scene, Wire, Wording
from app.picture.scene import LENSES, scene_of
from app.picture.wires import THICKET
from app.story.labels import IN_PICTURE
from tests.lab.recipes import recipes
from tests.web.oracle import known, moments_of, network_of

REPLAY, AND = Replay(), Recipe(data="and", hidden=(3,))
INPUT, FIRED, SPOKEN, COST, BLAMED, ONE_BACK, BACK, DOWN = 0, 3, 4, 5, 6, 7, 9, 10  # places of 2-3-1
WORDS = Wording(**IN_PICTURE)
DIGITS = Recipe(data="digits", hidden=(16,), output="softmax", batch=3)


def numbers_at(place: int, recipe: Recipe = AND) -> Numbers:
    return REPLAY.numbers(Lab(recipe, place))


def scene(place: int, lens: str = "activation", recipe: Recipe = AND, **more: Any) -> Scene:
    return scene_of(
        numbers_at(place, recipe), lens, 0, recent=(Lab(recipe, place).moment,), words=WORDS, **more
    )


def wire(found: Scene, layer: int, j: int, k: int) -> Wire:
    return next(one for one in found.wires[layer] if (one.to, one.source) == (j, k))


def kinds(found: Scene, layer: int) -> set[str]:
    return {one.kind for one in found.wires[layer]}


def below(disc: Disc) -> list[tuple[str, str]]:
    return [(kind, text) for kind, text, _ in disc.below]


def test_before_anything_has_fired_only_inputs_targets_and_dials_are_there() -> None:
    for lens in LENSES:
        found = scene(INPUT, lens)
        assert [disc.text for disc in found.discs[0]] == ["1", "1"]
        assert all(
            disc.ink is None and disc.text is None and disc.ring is None
            for disc in found.discs[1] + found.discs[2]
        )
        assert (found.cost, [target.value for target in found.targets]) == (None, ["1"])
        if lens != "weights":
            assert kinds(found, 1) == kinds(found, 2) == {"rest"}


def test_the_activation_lens_draws_signals_in_ink_as_far_as_they_have_come() -> None:
    found, numbers = scene(FIRED - 1), numbers_at(FIRED - 1)
    a, w = numbers.forward.a, numbers.parameters.w
    assert [disc.text for disc in found.discs[1]] == [figure(a[1][0, 0]), figure(a[1][1, 0]), None]
    assert [disc.negative for disc in found.discs[1]] == [a[1][0, 0] < 0, a[1][1, 0] < 0, False]
    assert [wire(found, 1, j, 1).kind for j in (1, 2, 3)] == ["ink", "ink", "rest"]
    assert float(wire(found, 1, 2, 1).width) == pytest.approx(1.2 + 7.8 * abs(w[1][1, 0]) / 3, abs=0.06)
    assert [bool(wire(found, 1, j, 2).chevron) for j in (1, 2, 3)] == [False, True, False]
    assert kinds(found, 2) == {"rest"}
    assert [one.dashed for one in found.wires[1]] == [
        w[1][one.to - 1, one.source - 1] < 0 for one in found.wires[1]
    ]


def test_the_weights_lens_draws_every_weight_at_any_time() -> None:
    for place in (INPUT, BACK, DOWN):
        found = scene(place, "weights")
        for layer in (1, 2):
            for one in found.wires[layer]:
                w = float(numbers_at(place).parameters.w[layer][one.to - 1, one.source - 1])
                assert one.kind == "ink"
                assert float(one.width) == pytest.approx(1.2 + 7.8 * min(1, abs(w) / 3), abs=0.06)
                after, name = numbers_at(place).after, names.weight((2, 3, 1), layer, one.to, one.source)
                new = None if after is None else float(after.w[layer][one.to - 1, one.source - 1])
                ends = found.discs[layer - 1][one.source - 1].name, found.discs[layer][one.to - 1].name
                value = figure(w) if new is None else moved(w, new)
                assert one.facts == f"{' → '.join(ends)} · {name} {value}"


def test_the_error_lens_draws_rings_and_the_blame_that_was_passed_back() -> None:
    found, numbers = scene(ONE_BACK, "error", labels=True), numbers_at(ONE_BACK)
    delta, miss = numbers.backward.delta, abs(numbers.forward.a[2] - numbers.y)[0, 0]
    disc = found.discs[2][0]
    assert disc.side == ("less" if delta[2][0, 0] > 0 else "more")
    assert float(disc.ring) == pytest.approx(
        RING * found.layout.radius * min(1, sqrt(abs(delta[2][0, 0]) / miss)), abs=0.06
    )
    assert below(disc)[0] == ("more", f"{figure(delta[2][0, 0])} ▲ louder")
    assert [bool(disc.ring) for disc in found.discs[1]] == [True, False, False]
    passed = float(numbers.parameters.w[2][0, 0] * delta[2][0, 0])
    assert (wire(found, 2, 1, 1).kind, wire(found, 2, 1, 1).label[2]) == (
        "less" if passed > 0 else "more",
        figure(passed),
    )
    assert [wire(found, 2, 1, k).kind == "rest" for k in (1, 2, 3)] == [False, True, True]
    assert kinds(found, 1) == {"rest"}  # inputs are not to blame
    assert [bool(wire(found, 2, 1, k).chevron) for k in (1, 2, 3)] == [True, False, False]


def test_the_blame_lens_draws_shares_of_one_whole() -> None:
    found, w = scene(BACK, "blame", labels=True), abs(numbers_at(BACK).parameters.w[2][0])
    shares = [wire(found, 2, 1, k) for k in (1, 2, 3)]
    assert [one.label[2] for one in shares] == [f"{text} blame" for text in percents((w / w.sum()).tolist())]
    widths = [(float(one.width) - 1.2) / 7.8 for one in shares]
    assert sum(widths) == pytest.approx(1, abs=0.03)


def test_the_gradient_lens_draws_each_dials_slope_then_its_move() -> None:
    found, numbers = scene(BACK, "gradient", labels=True), numbers_at(BACK)
    slope = float(numbers.backward.nabla.w[1][1, 0])
    assert wire(found, 1, 2, 1).kind == ("less" if slope > 0 else "more")
    assert wire(found, 2, 1, 1).label[2] == f"∂v₁ {figure(float(numbers.backward.nabla.w[2][0, 0]))}"
    assert below(found.discs[2][0])[0][1].startswith("∂c ")
    assert found.discs[2][0].ring is None
    after = scene(DOWN, "gradient", labels=True)
    assert " → " in wire(after, 2, 1, 1).facts
    new = float(numbers_at(DOWN).after.b[1][0, 0])
    assert below(after.discs[1][0]) == [("dial", f"b₁ → {figure(new)}")]
    assert below(after.discs[2][0]) == [("calm", f"was {figure(float(numbers.forward.a[2][0, 0]))}")]


def test_marks_of_the_last_click_stand_out_and_hands_point_where_they_are_told() -> None:
    found = scene(FIRED, hands=((1, 3, 2),))
    assert [disc.now for disc in found.discs[1]] == [False, False, True]
    assert [(hand.text, hand.y) for hand in found.hands] == [
        ("h₃ points at x₂", found.layout.wires[1, 3, 2].hand[1])
    ]
    assert all(disc.now for disc in scene(INPUT).discs[0])
    whole = scene(Lab(DIGITS).moments.index(Moment("forward", 2)), recipe=DIGITS)
    assert all(disc.now and disc.ink for disc in whole.discs[2])
    assert all(one.chevron is None for one in whole.wires[2])  # a crowd of chevrons would be a smear
    assert all(disc.side == "" or not disc.locked for disc in whole.discs[2])


def test_where_nothing_flows_no_chevron_says_it_does() -> None:
    dead = Recipe(data="half-adder", hidden=(5, 5), activation="relu")
    for moment in (Moment("forward", 3, 1), Moment("backward", 1, 5)):
        place = Lab(dead).moments.index(moment)
        numbers, layer = numbers_at(place, dead), max(2, moment.layer)
        heard, blamed = numbers.forward.a[layer - 1], numbers.backward.delta.get(layer)
        found = set()
        for one in scene(place, recipe=dead).wires[layer]:
            if moment.phase == "forward" and one.to == 1:
                found.add((bool(one.chevron), bool(heard[one.source - 1, 0])))
            if moment.phase == "backward" and one.source == 5:
                found.add((bool(one.chevron), bool(blamed[one.to - 1, 0])))
        assert found == {(True, True), (False, False)}


def test_a_disc_too_small_for_its_number_has_it_below_or_in_its_hover_text() -> None:
    eight = replace(AND, hidden=(8,))
    disc, a = scene(8, recipe=eight).discs[1][0], float(numbers_at(8, eight).forward.a[1][0, 0])
    assert (disc.text, below(disc)) == (None, [("calm", figure(a))])
    assert (scene(8, "error", eight).discs[1][0].text, below(scene(8, "error", eight).discs[1][0])) == (
        None,
        [],
    )
    six = scene(6, recipe=replace(AND, hidden=(6,))).discs[1][0]
    assert (six.text, below(six)) == (
        figure(numbers_at(6, replace(AND, hidden=(6,))).forward.a[1][0, 0], 2),
        [],
    )
    crowd = scene(20, recipe=DIGITS)
    assert all(disc.below == () and " · a " in disc.facts for disc in crowd.discs[1])


@pytest.mark.walk
@settings(deadline=None, max_examples=60, phases=set(Phase) - {Phase.shrink})
@given(recipes(with_changes=True), st.integers(0, 1), st.sampled_from(LENSES))
def test_nothing_ahead_of_the_cursor_is_drawn_and_what_is_drawn_stays(
    recipe: Recipe, iteration: int, lens: str
) -> None:
    moments = moments_of(network_of(recipe))
    begin, end = iteration * len(moments), (iteration + 1) * len(moments) - 1
    assume(known(recipe, end).finite())
    before: dict[tuple, tuple] = {}
    for place in range(begin, end):  # a descent says what has become of everything: that is another picture
        truth, found = known(recipe, place), scene(place, lens, recipe)
        assert (found.cost is None) == (truth.costs is None)
        drawn: dict[tuple, tuple] = {}
        for layer, discs in enumerate(found.discs):
            fired, blamed = (len(table.get(layer, ())) for table in (truth.forward.a, truth.backward.delta))
            assert [disc.ink is None for disc in discs] == [disc.number > fired for disc in discs]
            assert all(
                disc.ring is None and disc.side == "" and not disc.locked
                for disc in discs
                if disc.number > blamed
            )
            drawn |= {
                ("ink", layer, disc.number): (disc.ink, disc.text, disc.size) for disc in discs if disc.ink
            }
            drawn |= {
                ("ring", layer, disc.number): (disc.ring, disc.side, disc.locked)
                for disc in discs
                if disc.side
            }
        for layer, wires in found.wires.items():
            if truth.sizes[layer] * truth.sizes[layer - 1] > THICKET:
                continue  # there a stronger wire takes the place of a weaker one
            drawn |= {(layer, w.to, w.source): (w.width, w.kind, w.label) for w in wires if w.kind != "rest"}
        assert before.items() <= drawn.items()
        before = drawn


def test_everything_of_a_scene_stands_where_the_layout_says() -> None:
    found, layout = scene(BACK), layout_of((2, 3, 1))
    spots = {(disc.layer, disc.number): (disc.x, disc.y) for discs in found.discs for disc in discs}
    assert (found.layout, spots) == (layout, layout.spots)
    assert all(
        one.path == layout.wires[one.layer, one.to, one.source].path
        for wires in found.wires.values()
        for one in wires
    )
    assert found.targets[0].y == layout.spots[2, 1][1]
