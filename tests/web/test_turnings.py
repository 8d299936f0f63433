"""A neuron somebody picked shows how each of its dials comes to its gradient and its move, and each comes out
as printed."""

from __future__ import annotations

import re
from random import Random
from xml.etree.ElementTree import Element

import pytest
from hypothesis import Phase, assume, given, settings
from hypothesis import strategies as st

from app.lab.recipe import Change, Recipe
from app.notation.numbers import figure
from app.page.view import View
from app.story.inspector import FIRST
from tests.lab.recipes import recipes
from tests.story.calculator import comes_out
from tests.story.symbols import dials_into
from tests.web.facts import Facts
from tests.web.oracle import Known, known, moments_of, network_of
from tests.web.test_truth import marks
from tests.web.test_truth_of_panels import page
from tests.web.tree import Page, text_of

ONE_STEP = Recipe(data="and", hidden=(3,))


def shown_dials(shown: Page) -> dict[str, list[str]]:
    """Return the equations below each dial's heading, by the dial's mark; the heading leads to the dial."""
    found: dict[str, list[str]] = {}
    for element in shown["inspector"].iter():
        if element.tag == "h3":
            link = element[0]
            assert f"pick={link.get('data-ref')}" in link.get("href")
            found[f"{text_of(link)} {link.get('data-ref')}"] = []
        elif element.get("role") == "math" and found:
            found[list(found)[-1]].append(element.get("aria-label"))
    return found


def true_dials(truth: Known, layer: int, j: int) -> dict[str, list[float]]:
    """Return gradient and new value of a neuron's bias and weights, as far as they have happened."""
    facts, found = Facts(truth, 0), {}
    *weights, bias = dials_into(truth.sizes, layer, j)
    for kind, name, k in [bias, *weights]:
        mark = f"w-{layer}-{j}-{k}" if kind == "w" else f"b-{layer}-{j}"
        values = [facts.nabla(kind, layer, j, k), facts.dial(truth.after, kind, layer, j, k)]
        if values[0] is not None:
            found[f"{name} {mark}"] = [value for value in values if value is not None]
    return found


@pytest.mark.walk
@settings(deadline=None, max_examples=40, phases=set(Phase) - {Phase.shrink})
@given(recipes(with_changes=True), st.integers(0, 1), st.integers(0, 2**32))
def test_a_picked_neuron_shows_each_of_its_dials_as_far_as_it_has_happened(
    recipe: Recipe, iteration: int, seed: int
) -> None:
    length, dice = len(moments_of(network_of(recipe))), Random(seed)
    assume(known(recipe, (iteration + 1) * length - 1).finite())
    for place in range(iteration * length, (iteration + 1) * length):
        truth, example = known(recipe, place), dice.randrange(recipe.batch)
        pick = dice.choice(
            [mark for mark in marks(truth.sizes) if mark.startswith("n-") and not mark.startswith("n-0")]
        )
        layer, j = map(int, pick.split("-")[1:])
        found, true = (
            shown_dials(page(recipe, place, View(pick=pick, example=example + 1))),
            true_dials(truth, layer, j),
        )
        assert list(found) == list(true)
        for mark, (gradient, *new) in true.items():
            said = [equation.split(" = ") for equation in found[mark]]
            assert said[0][0] == f"∂C/∂{mark.split()[0]}"
            assert said[0][-1] == figure(gradient)
            for value in new:  # with more digits where the usual ones would not tell it from the old one
                assert said[-1][0] == "new"
                assert said[-1][-1] in {figure(value, digits) for digits in range(3, 14)}
            assert len(said) == 1 or new


@pytest.mark.parametrize("optimiser", ["descent", "momentum", "rmsprop", "adam"])
def test_the_whole_descent_of_every_dial_of_a_picked_neuron_can_be_redone(optimiser: str) -> None:
    recipe = Recipe(data="and", hidden=(3,), optimiser=optimiser, regulariser="l2", decay=0.1, batch=2)
    found = shown_dials(page(recipe, 21, View(pick="n-1-1")))
    assert [mark.split()[1] for mark in found] == ["b-1-1", "w-1-1-1", "w-1-1-2"]
    for equations in found.values():
        assert equations[-1].startswith("new = ")
        for one in equations:
            *_, formula, result = one.split(" = ")
            assert comes_out(formula, result), one


@pytest.mark.parametrize(
    "view",
    [View(panel="inspect"), View(pick="n-0-1"), View(pick="w-1-1-1"), View(pick="y-1"), View(pick="n-9-9")],
)
def test_what_nobody_picked_and_what_has_no_dials_stays_short(view: View) -> None:
    assert shown_dials(page(ONE_STEP, 10, view)) == {}


@pytest.mark.parametrize(("inputs", "folded"), [(FIRST, 0), (FIRST + 1, 2)])
def test_many_dials_are_all_there_and_those_after_the_first_can_be_unfolded(inputs: int, folded: int) -> None:
    shown = page(Recipe(data="and", hidden=(inputs,)), 2 * inputs + 4, View(pick="n-2-1"))
    assert len(shown_dials(shown)) == inputs + 1
    more: list[Element] = [shown["other-dials"]] if folded else []
    assert [len(list(one.iter("h3"))) for one in more] == [folded] * bool(folded)
    assert [text_of(one[0]) for one in more] == [f"Its {folded} other weights"] * bool(folded)
    assert ("other-dials" in shown.ids) == bool(folded)


@pytest.mark.parametrize("pick", ["w-2-1-1", "b-2-1", ""])
def test_a_dial_says_where_it_was_and_where_it_is_now(pick: str) -> None:
    before, after = (
        text_of(page(ONE_STEP, place, View(pick=pick or "w-2-1-1"))["inspector-title"]) for place in (9, 10)
    )
    truth = known(ONE_STEP, 10)
    for found, dials in ((before, [truth.before]), (after, [truth.before, truth.after])):
        kind = "b" if pick == "b-2-1" else "w"
        values = [figure(float(getattr(one, kind)[2][0, 0])) for one in dials]
        assert found.endswith(
            f", now {values[0]}" if len(values) == 1 else f", was {values[0]}, now {values[1]}"
        )


def test_what_moved_too_little_to_be_seen_says_by_how_much_and_what_stayed_only_where_it_is() -> None:
    little_step = Recipe(data="and", hidden=(3,), eta=1e-9)
    little = page(little_step, 10, View(pick="w-2-1-1"))
    was, now = re.search(r"was (\S+), now (\S+)$", text_of(little["inspector-title"])).groups()
    truth = known(little_step, 10)
    before, after = (float(dials.w[2][0, 0]) for dials in (truth.before, truth.after))
    assert (was, now) == (f"{before:.{len(was) - 2}f}", f"{after:.{len(now) - 2}f}")
    assert was != now
    deaf = Recipe(data="and", hidden=(3,), changes=(Change(0, "example", 3.0),))  # (1, 0)
    still = text_of(page(deaf, 10, View(pick="w-1-1-2"))["inspector-title"])
    assert still.endswith(f", now {figure(float(known(deaf, 10).after.w[1][0, 1]))}")
    assert "was" not in still


def test_the_dial_that_is_looked_at_after_a_descent_says_both_too() -> None:
    assert ", was " in text_of(page(ONE_STEP, 10, View(panel="inspect"))["inspector-title"])
