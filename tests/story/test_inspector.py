"""The inspector's words: fingers, their disagreement, doubts and nudges, each against a computation of its
own."""

from __future__ import annotations

import re

import numpy as np
import pytest
from hypothesis import Phase, assume, given, settings
from hypothesis import strategies as st

from app.analysis.fingers import Score, fingers_of
from app.lab.dials import Pick
from app.lab.lab import Lab
from app.lab.recipe import Recipe
from app.lab.replay import Replay
from app.notation import names
from app.notation.numbers import figure
from app.story.fingers import FINGER_WORDS, HEARD, LOUD, score_told
from app.story.inspector import LOCKED, Inspection, inspect
from tests.lab.recipes import recipes
from tests.web.oracle import Known, known, moments_of, network_of

REPLAY, AND = Replay(), Recipe(data="and", hidden=(3,))
SAID = re.compile(r"(Signal|Passed back|Tweaked): (\S+) (<1|>99|\d+) %\.")


def inspected(recipe: Recipe, place: int, pick: Pick, example: int = 0, locked: bool = False) -> Inspection:
    numbers = REPLAY.numbers(Lab(recipe, place))
    pointer = Pick("n", pick.layer, pick.to) if pick.kind in "nwb" and pick.layer else None
    found = fingers_of(numbers, example, pick.layer, pick.to) if pointer else []
    return inspect(numbers, example, pick, locked, pointer, found)


def pointed(truth: Known, example: int, layer: int, j: int) -> dict[str, np.ndarray]:
    """Return |w·a|, |w·δ| and |a·δ| of a neuron over those it hears, as far as they have happened."""
    found, w = {}, truth.before.w[layer][j - 1]
    if len(truth.forward.a.get(layer, ())) < j:
        return found
    a = truth.forward.a[layer - 1][:, example]
    found["Signal"] = abs(w * a)
    if len(truth.backward.delta.get(layer, ())) >= j:
        delta = truth.backward.delta[layer][j - 1, example]
        if layer > 1 and len(truth.backward.delta.get(layer - 1, ())) == truth.sizes[layer - 1]:
            found["Passed back"] = abs(w * delta)
        found["Tweaked"] = abs(a * delta)
    return found


def close(sizes: np.ndarray) -> bool:
    """Tell whether it is a matter of rounding who is first."""
    largest = np.sort(sizes)[-2:]
    return len(largest) > 1 and 1e-12 < 1 - largest[0] / largest[1] < 1e-6


@pytest.mark.walk
@settings(deadline=None, max_examples=80, phases=set(Phase) - {Phase.shrink})
@given(recipes(with_changes=True), st.integers(0, 1), st.integers(0, 3))
def test_the_disagreement_is_said_exactly_where_nobody_is_first_under_every_finger(
    recipe: Recipe, iteration: int, example: int
) -> None:
    length, example = len(moments_of(network_of(recipe))), example % recipe.batch
    assume(known(recipe, (iteration + 1) * length - 1).finite())
    for place in range(iteration * length, (iteration + 1) * length):
        truth = known(recipe, place)
        for layer in range(1, len(truth.sizes)):
            for j in range(1, truth.sizes[layer] + 1):
                fingers = {
                    word: sizes for word, sizes in pointed(truth, example, layer, j).items() if sizes.any()
                }
                if any(map(close, fingers.values())):
                    continue
                tops = {
                    word: set(np.flatnonzero(sizes >= sizes.max() * (1 - 1e-11)))
                    for word, sizes in fingers.items()
                }
                found = inspected(recipe, place, Pick("n", layer, j), example)
                assert [one.word for one in found.pointings] == list(pointed(truth, example, layer, j))
                together = bool(tops) and bool(set.intersection(*tops.values()))
                assert bool(found.disagreement) == (bool(tops) and not together)
                if found.disagreement:
                    check_sentence(found.disagreement, truth.sizes[layer - 1], fingers, tops, truth, layer)


def check_sentence(text: str, size: int, fingers: dict, tops: dict, truth: Known, layer: int) -> None:
    """See that the sentence names a first one of each finger, with its share."""
    said = SAID.findall(text)
    assert [word for word, _, _ in said] == list(fingers)
    guilty = "Passed back" in tops and not tops["Passed back"] & tops["Tweaked"]
    assert re.sub(SAID, "", text).strip() == (LOUD if guilty else HEARD)
    heard = [names.neuron(truth.sizes, layer - 1, k) for k in range(1, size + 1)]
    for word, name, whole in said:
        k, sizes = heard.index(name), fingers[word]
        assert k in tops[word]
        share = 100 * sizes[k] / sizes.sum()
        if whole.isdigit():
            assert abs(int(whole) - share) <= 1 + 1e-9  # together they add up to 100 %
        else:
            assert share > 99


@settings(deadline=None, max_examples=40, phases=set(Phase) - {Phase.shrink})
@given(recipes(), st.integers(0, 3))
def test_bars_have_the_engines_numbers_the_largest_first(recipe: Recipe, example: int) -> None:
    place, example = len(moments_of(network_of(recipe))) - 1, example % recipe.batch
    truth = known(recipe, place)
    assume(truth.finite())
    layer, j = len(truth.sizes) - 1, 1
    found = inspected(recipe, place, Pick("n", layer, j), example)
    for one, sizes in zip(found.pointings, pointed(truth, example, layer, j).values(), strict=True):
        widths = [bar.width for bar in one.bars]
        assert widths == sorted(widths, reverse=True)
        assert sum(widths) == pytest.approx(100, abs=0.05 * len(widths)) or not sizes.any()
        for bar in one.bars:
            k = int(bar.ref.rpartition("-")[2])
            assert (bar.ref, bar.name) == (f"w-{layer}-{j}-{k}", names.neuron(truth.sizes, layer - 1, k))
            assert bar.value.lstrip("−") == figure(float(sizes[k - 1]))
            assert bar.side == ("" if bar.value == "0" else "more" if bar.value.startswith("−") else "less")
            assert bar.top == bool(sizes.any() and sizes[k - 1] >= sizes.max() * (1 - 1e-9))
            kept = (
                figure(float(truth.backward.delta[layer - 1][k - 1, example])) if one.kind == "passed" else ""
            )
            assert bar.kept == kept


@pytest.mark.parametrize(
    ("pick", "title", "what", "nudged"),
    [
        (Pick("n", 0, 2), "x₂", "an input: this example has 1", "z of x₂"),
        (Pick("n", 1, 3), "h₃", "neuron 3 of the hidden layer", "z of h₃"),
        (Pick("n", 2, 1), "ŷ", "neuron 1 of the output layer", "z of ŷ"),
        (Pick("w", 1, 2, 1), "w₂₁", "the weight from x₁ to h₂, was 0.619, now 0.618", "w₂₁"),
        (Pick("b", 2, 1), "c", "the bias of ŷ, was 0, now 0.117", "c"),
        (Pick("y", 2, 1), "y", "the target of ŷ: 1", "y"),
        (Pick("cost"), "C", "the cost", "C"),
    ],
)
def test_every_mark_has_a_name_and_says_what_it_is(pick: Pick, title: str, what: str, nudged: str) -> None:
    found = inspected(AND, 10, pick)
    assert (found.title, found.what, found.nudged) == (title, what, nudged)
    results = [equation.result.label() for equation in found.equations]
    expected = {
        "n": [f"z({title})", title, f"∂C/∂{title}", f"f′({title})", *[f"δ({title})"] * pick.layer]
        if pick.layer
        else [],
        "w": [f"∂C/∂{title}", "new"],
        "b": [f"∂C/∂{title}", "new"],
    }
    assert results == expected.get(pick.kind, ["C"])
    assert found.pointer == (
        names.neuron((2, 3, 1), pick.layer, pick.to) if pick.layer and pick.kind in "nwb" else ""
    )


def test_a_padlock_is_explained_where_there_is_one() -> None:
    assert inspected(AND, 10, Pick("n", 1, 1), locked=True).locked == LOCKED
    assert inspected(AND, 10, Pick("n", 1, 1)).locked == ""


@pytest.mark.parametrize(
    ("score", "said"),
    [
        (Score(0, 0, 0, 0), ""),
        (Score(0, 0, 2, 3), "had its wire tweaked most 2 of 3 times."),
        (Score(1, 4, 0, 0), "was passed the most blame 1 of 4 times."),
        (
            Score(1, 4, 4, 4),
            "was passed the most blame 1 of 4 times, and had its wire tweaked most 4 of 4 times.",
        ),
    ],
)
def test_the_score_is_told_once_there_is_one(score: Score, said: str) -> None:
    alone, by = score_told(score, ""), score_told(score, "example 3 alone")
    assert alone == (said and f"This iteration so far, the most active neuron {said}")
    assert by == (said and f"This iteration so far, by example 3 alone, the most active neuron {said}")


def test_each_finger_has_a_word_and_a_meaning() -> None:
    assert list(FINGER_WORDS) == ["signal", "passed", "tweaked"]
