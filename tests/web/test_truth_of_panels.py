"""The panels tell the truth: fingers, hands, score, nudge, gradient, count and surface, each by a computation
of its own."""

from __future__ import annotations

import re
from random import Random

import numpy as np
import pytest
from hypothesis import Phase, assume, given, settings
from hypothesis import strategies as st

from app.analysis.history import History
from app.engine.backprop import costs_of, forward
from app.engine.parameters import zeros
from app.lab.lab import Lab
from app.lab.recipe import Recipe
from app.lab.replay import Replay
from app.notation import names
from app.notation.numbers import figure
from app.page.downhill import Downhill
from app.page.frame import Frame
from app.page.panels import PANELS, panel_of
from app.page.view import View
from app.page.viewer import Viewer
from app.picture.scene import LENSES
from app.web.render import ENVIRONMENT
from tests.lab.recipes import recipes
from tests.web.checker import NUMBER, check_page
from tests.web.discs import glyph, same
from tests.web.facts import Facts
from tests.web.oracle import LENS_OF, Known, known, moments_of, network_of
from tests.web.panels import check_fingers, check_score, check_stack, number
from tests.web.test_truth import marks
from tests.web.tree import Page, having, read, text_of

REPLAY = Replay()
HISTORY = History(REPLAY)
AT_RANDOM = settings(deadline=None, phases=set(Phase) - {Phase.shrink})
NUDGED = re.compile(
    rf"\S.* from ({NUMBER}) to {NUMBER} ([+−] {NUMBER}): the cost moves by ΔC = ({NUMBER}), "
    rf"that is ΔC/ε = {NUMBER} / (?:{NUMBER}|\({NUMBER}\)) = ({NUMBER})\. Backprop says ({NUMBER})\."
)


def page(recipe: Recipe, place: int, view: View) -> Page:
    """Return the lab as it is written; whatever is misspelt in a template or invalid in the page fails."""
    lab = Lab(recipe, place)
    viewer = Viewer(origin="http://labs.test")
    frame = Frame(id="abc", lab=lab, numbers=REPLAY.numbers(lab), view=view, history=HISTORY, viewer=viewer)
    panel = panel_of(frame)
    while isinstance(panel, Downhill) and not panel.run.complete:
        panel = panel_of(frame)
    return read(ENVIRONMENT.get_template("lab/_lab.html").render(frame=frame, panel=panel, theme="auto"))


def parts_of(pick: str) -> tuple[str, int, int, int]:
    """Return kind, layer, neuron and upstream neuron of a mark, 1 where it has none."""
    kind, *rest = pick.split("-")
    layer, j, k = map(int, [*rest, "1"][:3])
    return kind, layer, j, k


@pytest.mark.walk
@settings(AT_RANDOM, max_examples=60)
@given(recipes(with_changes=True), st.integers(0, 1), st.integers(0, 2**32))
def test_fingers_hands_score_and_parts_are_the_engines_for_every_kind_of_pick(
    recipe: Recipe, iteration: int, seed: int
) -> None:
    length, dice = len(moments_of(network_of(recipe))), Random(seed)
    assume(known(recipe, (iteration + 1) * length - 1).finite())
    for place in range(iteration * length, (iteration + 1) * length):
        truth, example = known(recipe, place), dice.randrange(recipe.batch)
        pick = dice.choice([mark for mark in marks(truth.sizes) if mark[:2] in ("n-", "w-", "b-")])
        lens, (kind, layer, j, k) = dice.choice(["", *LENSES]), parts_of(pick)
        shown = page(recipe, place, View(pick=pick, lens=lens, example=example + 1))
        facts, lens = Facts(truth, example), lens or LENS_OF[truth.phase]
        check_fingers(shown, facts, layer, j)
        if "score" in shown.ids or check_fingers(shown, facts, layer, j):
            check_score(shown, facts)
        if kind in "wb":
            check_stack(shown, facts, kind, layer, j, k)
        check_page(shown, truth, lens=lens, example=example, pick=pick)


def cost_with(truth: Known, example: int, kind: str, at: tuple[int, int, int], change: float) -> float:
    """Return the cost with one dial changed. A neuron's z is changed through its bias, for its example
    alone."""
    layer, j, k = at
    dials = truth.before.map(np.array)
    getattr(dials, "w" if kind == "w" else "b")[layer][j - 1, (k if kind == "w" else 1) - 1] += change
    columns = [example] if kind == "n" else list(range(len(truth.examples)))
    return float(
        costs_of(
            truth.network, forward(truth.network, dials, truth.x[:, columns]), truth.y[:, columns]
        ).mean()
    )


@pytest.mark.walk
@settings(AT_RANDOM, max_examples=40)
@given(recipes(), st.integers(0, 2**32), st.sampled_from(["0.1", "-0,01", "1e-4", "−0.001", "2"]))
def test_a_nudge_moves_the_cost_as_far_as_it_says(recipe: Recipe, seed: int, epsilon: str) -> None:
    dice, last = Random(seed), len(moments_of(network_of(recipe))) - 1
    truth, example = known(recipe, last), dice.randrange(recipe.batch)
    assume(truth.finite())
    pick = dice.choice(
        [mark for mark in marks(truth.sizes) if mark[:2] in ("n-", "w-", "b-") and mark[:3] != "n-0"]
    )
    kind, *at = parts_of(pick)
    shown = page(recipe, last, View(pick=pick, epsilon=epsilon, example=example + 1))
    step = float(epsilon.replace(",", ".").replace("−", "-"))
    texts = NUDGED.match(text_of(shown["nudged"])).groups()
    value, size, moved, measured, slope = (number(text.replace(" ", "").replace("+", "")) for text in texts)
    facts = Facts(truth, example)
    before, after = (cost_with(truth, example, kind, tuple(at), change) for change in (0.0, step))
    rounding = 1e-13 * max(1.0, before, after)
    assert size == step
    assert moved == pytest.approx(after - before, rel=1e-5, abs=rounding)
    assert measured == pytest.approx((after - before) / step, rel=1e-5, abs=rounding / abs(step))
    true = facts.delta(*at[:2]) if kind == "n" else facts.nabla(kind, *at)
    assert slope == number(figure(true, 6))
    now = facts.z(*at[:2]) if kind == "n" else facts.dial(truth.before, kind, *at)
    assert value == number(figure(now))


@pytest.mark.parametrize("epsilon", ["nonsense", "0", "nan", "inf", "1e-99", "1e9"])
def test_a_nudge_by_nonsense_is_a_sentence_and_no_number(epsilon: str) -> None:
    shown = page(Recipe(), 10, View(pick="w-1-1-1", epsilon=epsilon))
    assert "wrong-epsilon" in shown.ids
    assert "nudged" not in shown.ids
    assert shown["epsilon"].get("value") == epsilon


def test_there_is_nothing_to_nudge_before_its_slope_is_known() -> None:
    for place, pick, there in (
        (9, "w-1-1-1", True),
        (6, "w-1-1-1", False),
        (6, "w-2-1-1", True),
        (10, "y-1", False),
    ):
        assert bool(having(page(Recipe(), place, View(pick=pick)).root, "nudge")) == there


@pytest.mark.walk
@settings(AT_RANDOM, max_examples=25)
@given(recipes(), st.integers(0, 2))
def test_the_gradient_beside_the_picture_is_the_engines_as_far_as_it_has_happened(
    recipe: Recipe, iteration: int
) -> None:
    length = len(moments_of(network_of(recipe)))
    assume(known(recipe, (iteration + 1) * length - 1).finite())
    for place in range(iteration * length, (iteration + 1) * length):
        truth, shown = known(recipe, place), page(recipe, place, View(panel="downhill"))
        facts, rows = Facts(truth, 0), {}
        for table in having(shown.root, "moved"):
            rows |= {next(row.iter("a")).get("data-ref"): row for row in table.findall("tbody/tr")}
        true = {
            mark: value
            for mark in marks(truth.sizes)
            if mark[:2] in ("w-", "b-")
            if (value := facts.nabla(parts_of(mark)[0], *parts_of(mark)[1:])) is not None
        }
        assert set(rows) == set(true)
        for mark, value in true.items():
            kind, *at = parts_of(mark)
            same(mark, text_of(rows[mark][2]), f"{figure(value)} {glyph(facts.tilt(kind, *at))}".rstrip())
            old, new = (facts.dial(dials, kind, *at) for dials in (truth.before, truth.after))
            move = [] if new is None else [f"moves {figure(new - old)}"]
            same(f"{mark}, move", [text_of(cell) for cell in rows[mark][3:4]], move)
        whole = len(true) == len(zeros(truth.sizes))
        length_said = (
            f"‖∇C‖ is {figure(float(np.sqrt(sum(value**2 for value in true.values()))))}."
            if whole
            else "‖∇C‖ is"
        )
        assert any(length_said in text_of(p) for p in shown.root.iter("p")) == whole
        assert ("promise" in shown.ids) == (truth.after is not None)
        data = recipe.dataset
        cost = costs_of(
            truth.network, forward(truth.network, start_of(recipe, iteration), data.x), data.y
        ).mean()
        same("cost now", number(text_of(shown["run-cost"])), pytest.approx(float(cost), rel=6e-3))


def start_of(recipe: Recipe, iteration: int):
    """Return the dials an iteration begins with."""
    return known(recipe, iteration * len(moments_of(network_of(recipe)))).before


@pytest.mark.walk
@settings(AT_RANDOM, max_examples=8)
@given(recipes(with_changes=True), st.integers(0, 2**32))
def test_every_panel_can_be_written_at_every_moment(recipe: Recipe, seed: int) -> None:
    dice, length = Random(seed), len(moments_of(network_of(recipe)))
    assume(known(recipe, length - 1).finite())
    for panel in PANELS:
        for place in range(length) if panel not in ("surface", "count") else [dice.randrange(length)]:
            assert (
                "stage" in page(recipe, place, View(panel=panel, pick=dice.choice(marks(recipe.sizes)))).ids
            )


@pytest.mark.parametrize("place", [0, 5, 6, 9, 10])
def test_the_surface_stands_where_the_dials_do_and_shows_no_slope_too_early(place: int) -> None:
    recipe = Recipe()
    truth, shown = (
        known(recipe, place),
        page(recipe, place, View(panel="surface", across="w-1-2-1", up="b-2-1")),
    )
    text = text_of(shown["surface"])
    left, across, right, top, up, bottom = (label.text for label in having(shown["surface"], "ends")[0])
    assert (across, up) == (names.weight(truth.sizes, 1, 2, 1), names.bias(truth.sizes, 2, 1))
    dials = truth.after or truth.before
    now = float(dials.w[1][1, 0]), float(dials.b[2][0, 0])
    assert f"Now {across} = {figure(now[0])} and {up} = {figure(now[1])}." in text
    (x0, y0), (low, high) = (float(truth.before.w[1][1, 0]), float(truth.before.b[2][0, 0])), now
    for one, other, ends in ((x0, low, (left, right)), (y0, high, (bottom, top))):
        begin, end = map(number, ends)
        assert begin < min(one, other) <= max(one, other) < end  # the way walked is in sight
        assert end - begin == 3.0
        assert (begin + end) / 2 % 0.375 == 0  # the window moves by whole steps or not at all
    come_back = len(truth.backward.nabla.w.get(1, ())) >= 2
    assert bool(having(shown["surface"], "band")) == come_back or truth.iteration > 0  # it would tell the way
    if come_back:
        least, most = map(number, re.search(rf"Cost ({NUMBER}) to ({NUMBER})\.", text).groups())
        x, y = recipe.dataset.x, recipe.dataset.y
        here = float(costs_of(truth.network, forward(truth.network, truth.before, x), y).mean())
        assert least * 0.99 <= here <= most * 1.01
        assert f"with the other dials as iteration {truth.iteration + 1} began." in text
    known_slope = {"downward": come_back, "stepped": truth.after is not None}
    assert {kind: bool(having(shown["surface"], kind)) for kind in known_slope} == known_slope
