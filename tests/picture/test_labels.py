"""Numbers in the picture: none without its sign, its glyph or its name, of a row all or none, and none on a
crossing or over a chevron."""

from __future__ import annotations

import re

import pytest

from app.lab.dials import Pick
from app.lab.lab import Lab
from app.lab.presets import PRESETS
from app.lab.recipe import Recipe
from app.lab.replay import Replay
from app.notation import names
from app.notation.numbers import MINUS, figure, in_digits
from app.picture.label_places import LABEL_HEIGHT, point
from app.picture.layout import layout_of
from app.picture.marks import Scene, Wording
from app.picture.scene import LENSES, scene_of
from app.story.labels import IN_PICTURE

REPLAY, WORDS = Replay(), Wording(**IN_PICTURE)
GLYPH = {"more": " ▲", "less": " ▼", "calm": ""}
SHAPES = [(2,), (3,), (4,), (2, 2), (4, 2), (3, 3, 3), (8,), (1, 1), (16,) * 6]


def scene(recipe: Recipe, place: int, lens: str, asked: Pick | None = None, *, labels: bool = True) -> Scene:
    lab = Lab(recipe, place)
    return scene_of(
        REPLAY.numbers(lab), lens, 0, recent=(lab.moment,), words=WORDS, asked=asked, labels=labels
    )


def plain(text: str) -> float:
    return float(text.replace(MINUS, "-"))


@pytest.mark.parametrize("key", PRESETS)
@pytest.mark.parametrize("lens", LENSES)
def test_no_text_below_a_disc_lacks_its_sign_its_glyph_or_its_name_and_a_row_is_whole(
    key: str, lens: str
) -> None:
    recipe = PRESETS[key]
    sizes, end = recipe.sizes, len(Lab(recipe).moments) - 1
    for place in (end - 1, end):
        numbers, found = REPLAY.numbers(Lab(recipe, place)), scene(recipe, place, lens)
        for layer in range(1, len(sizes)):
            discs = found.discs[layer]
            assert len({tuple(line[0] == "dial" for line in disc.below) for disc in discs}) == 1
            for disc in discs:
                bias = names.bias(sizes, layer, disc.number)
                for kind, text, _ in disc.below:
                    if kind == "dial":
                        assert re.fullmatch(rf"{bias} (?:→ )?\S+", text), text
                    elif kind in ("more", "less"):
                        gradient = numbers.backward.nabla.b if lens == "gradient" else numbers.backward.delta
                        true = float(gradient[layer][disc.number - 1, 0])
                        name = f"∂{bias} " if lens == "gradient" else ""
                        number, words = re.fullmatch(rf"{name}(\S+)( [▲▼].*)", text).groups()
                        assert words.startswith(GLYPH[kind])
                        assert number in [figure(true, digits) for digits in (3, 2, 1)]
                        assert (plain(number) > 0) == (kind == "less")


def test_every_neuron_of_xor_has_its_number_and_so_has_every_one_of_the_circle() -> None:
    for key in ("xor", "circle"):
        recipe = PRESETS[key]
        found = scene(recipe, len(Lab(recipe).moments) - 2, "error", labels=False)
        for disc in (disc for discs in found.discs[1:] for disc in discs):
            ((kind, text, _),) = disc.below
            assert GLYPH[kind] in text
            assert any(digit in text for digit in "123456789")


def test_a_word_goes_before_the_last_but_one_digit() -> None:
    lazy = PRESETS["lazy"]
    text = scene(lazy, len(Lab(lazy).moments) - 2, "error").discs[1][0].below[0][1]
    assert text == "−0.00250 ▲"  # and not "−0.002 ▲ louder"


@pytest.mark.parametrize("key", PRESETS)
@pytest.mark.parametrize("lens", LENSES)
def test_labels_of_a_gap_are_all_there_with_their_names_or_none_is(key: str, lens: str) -> None:
    recipe = PRESETS[key]
    end = len(Lab(recipe).moments) - 1
    for place in (end - 1, end):
        for layer, wires in scene(recipe, place, lens).wires.items():
            assert len({one.label is None for one in wires}) <= 1, layer
            for one in wires:
                if one.label and (lens in ("weights", "activation", "gradient") or layer == 1):
                    name = names.weight(recipe.sizes, layer, one.to, one.source)
                    assert one.label[2].removeprefix("∂").startswith(f"{name} "), one.label
                if one.label and lens == "error" and layer > 1:
                    value = plain(one.label[2])
                    assert (one.kind == "less") == (value > 0)
                    assert (one.kind == "more") == (value < 0)


def test_a_picked_wire_and_a_picked_bias_bear_their_numbers_without_being_asked_for_all() -> None:
    end = len(Lab(PRESETS["xor"]).moments) - 2
    found = scene(PRESETS["xor"], end, "weights", Pick("w", 1, 2, 1), labels=False)
    assert [(one.to, one.source) for one in found.wires[1] if one.label] == [(2, 1)]
    found = scene(PRESETS["xor"], end, "weights", Pick("b", 1, 3), labels=False)
    assert [disc.number for disc in found.discs[1] if disc.below] == [3]
    assert found.discs[1][2].below[0][1].startswith("b₃ ")


def test_after_a_descent_the_weight_of_each_gap_that_moved_most_is_labelled() -> None:
    recipe = PRESETS["xor"]
    place = len(Lab(recipe).moments) - 1
    numbers = REPLAY.numbers(Lab(recipe, place))
    for layer, wires in scene(recipe, place, "gradient", labels=False).wires.items():
        moves = abs(numbers.after.w[layer] - numbers.parameters.w[layer])
        labelled = [one for one in wires if one.label]
        assert len(labelled) == 1
        assert moves[labelled[0].to - 1, labelled[0].source - 1] == moves.max()
    dead = PRESETS["dead"]
    found = scene(dead, len(Lab(dead).moments) - 1, "gradient", labels=False)
    assert not any(one.label for wires in found.wires.values() for one in wires)  # no weight moved


@pytest.mark.parametrize("sizes", [(2, 2, 1), (2, 3, 1), (2, 1), (2, 2, 2), (1, 2, 1), (1, 1, 1)])
def test_labels_of_small_networks_keep_off_every_other_wire(sizes: tuple[int, ...]) -> None:
    layout = layout_of(sizes)
    for (layer, j, k), curve in layout.wires.items():
        x, y, _ = curve.label
        for (other, to, source), _ in layout.wires.items():
            if other == layer and (to, source) != (j, k):
                start, end = layout.spots[layer - 1, source], layout.spots[layer, to]
                steps = [point(start, end, layout.radius, at / 400) for at in range(401)]
                height = min(steps, key=lambda spot: abs(spot[0] - x))[1]
                assert abs(height - y) >= LABEL_HEIGHT - 0.5, (layer, j, k, to, source)


def test_the_two_that_cross_have_their_labels_beside_the_crossing() -> None:
    layout = layout_of((2, 2, 1))
    crossing = (layout.spots[0, 1][1] + layout.spots[0, 2][1]) / 2
    for key in ((1, 1, 2), (1, 2, 1)):
        assert abs(layout.wires[key].label[1] - crossing) > LABEL_HEIGHT / 2 + 5


def boxes(found: Scene, layer: int) -> list[tuple[float, float, float, float]]:
    labels = [one.label for one in found.wires[layer] if one.label]
    return [
        (x - wide / 2, y - LABEL_HEIGHT / 2, x + wide / 2, y + LABEL_HEIGHT / 2) for x, y, _, wide in labels
    ]


@pytest.mark.walk
@pytest.mark.parametrize("hidden", SHAPES, ids=lambda hidden: "-".join(map(str, hidden)))
@pytest.mark.parametrize("lens", ["activation", "error", "gradient", "weights"])
def test_no_chevron_is_under_a_label(hidden: tuple[int, ...], lens: str) -> None:
    recipe = Recipe(data="xor", hidden=hidden)
    ends = {moment[:2]: at for at, moment in enumerate(Lab(recipe).moments)}
    for (phase, layer), place in ends.items():
        if phase not in ("forward", "backward"):
            continue
        gap = layer if phase == "forward" else layer + 1
        if gap > len(hidden) + 1:
            continue
        found, bare = scene(recipe, place, lens), scene(recipe, place, lens, labels=False)
        for one, usual in zip(found.wires[gap], bare.wires[gap], strict=True):
            assert bool(one.chevron) <= bool(usual.chevron)
            if len(hidden) == 1 and hidden[0] <= 4:
                assert bool(one.chevron) == bool(usual.chevron)  # there is room beside the labels
            if one.chevron:
                corners = [tuple(map(float, part.split())) for part in one.chevron[1:].split("L")]
                for left, top, right, bottom in boxes(found, gap):
                    assert (
                        max(x for x, _ in corners) < left
                        or min(x for x, _ in corners) > right
                        or max(y for _, y in corners) < top
                        or min(y for _, y in corners) > bottom
                    ), (one, left, right)


def test_chevrons_stay_where_they_always_are_while_no_label_is_in_their_way() -> None:
    recipe = PRESETS["xor"]
    place = next(at for at, moment in enumerate(Lab(recipe).moments) if moment[:2] == ("forward", 2))
    found = scene(recipe, place, "activation", labels=False)
    assert [one.chevron for one in found.wires[2]] == [
        found.layout.wires[2, one.to, one.source].ahead for one in found.wires[2]
    ]


def test_the_cost_loses_digits_only_where_its_box_has_no_room_for_them_and_only_there() -> None:
    lab = Lab(PRESETS["half-adder"])
    place = next(at for at, moment in enumerate(lab.moments) if moment.phase == "cost")
    true = float(REPLAY.numbers(lab.go(place)).costs[0])
    usual = scene(PRESETS["half-adder"], place, "activation")
    assert usual.cost == usual.cost_short == figure(true, 3)
    with in_digits(8):
        long = scene(PRESETS["half-adder"], place, "activation")
    assert long.cost == figure(true, 8)
    assert long.cost_short in [figure(true, digits) for digits in range(7, 3, -1)]
    before = scene(PRESETS["half-adder"], 0, "activation")
    assert (before.cost, before.cost_short) == (None, None)
