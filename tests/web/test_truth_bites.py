"""The truth test is no rubber stamp: whatever is doctored, in the numbers or on the page, is noticed."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace

import pytest

from app.engine.backprop import Backward, Forward, backward, costs_of, forward
from app.lab.lab import Lab
from app.lab.recipe import Recipe
from app.lab.replay import Numbers
from app.page.view import View
from tests.web.checker import NUMBER, NotTrue, check_page
from tests.web.document import check_document
from tests.web.facts import Facts
from tests.web.oracle import LENS_OF, known
from tests.web.panels import check_fingers, check_score
from tests.web.test_truth import REPLAY, rendered, written
from tests.web.tree import Page, read

TABLES = View(panel="tables")
LENGTH = 11  # moments in an iteration of AND with three hidden neurons
PARTS = (
    r'<section class="rail".*?</section>|<svg id="stage".*?</svg>|<div class="narration.*?</div>'
    r'|<table.*?</table>|<p class="where".*?</p>'
)
A_NUMBER = rf'(?<=[>\s])({NUMBER})(?=[\s<.,;:])(?![^<]*"[^<]*>)'


def whole(numbers: Numbers) -> tuple[Forward, Backward]:
    """Return both passes of the moment's iteration to their ends."""
    reached = forward(numbers.network, numbers.parameters, numbers.x)
    return reached, backward(numbers.network, numbers.parameters, reached, numbers.y)


def ran_ahead(numbers: Numbers) -> Numbers:
    return replace(numbers, forward=whole(numbers)[0])


def cost_too_early(numbers: Numbers) -> Numbers:
    return replace(numbers, costs=costs_of(numbers.network, whole(numbers)[0], numbers.y))


def one_error_too_early(numbers: Numbers) -> Numbers:
    rows, delta = len(numbers.backward.delta[1]) + 1, whole(numbers)[1].delta
    return replace(numbers, backward=replace(numbers.backward, delta={**delta, 1: delta[1][:rows]}))


def all_errors_too_early(numbers: Numbers) -> Numbers:
    return replace(numbers, backward=whole(numbers)[1])


def gradient_too_early(numbers: Numbers) -> Numbers:
    return replace(numbers, backward=replace(numbers.backward, nabla=whole(numbers)[1].nabla))


def new_dials_too_early(numbers: Numbers) -> Numbers:
    after = numbers.parameters - numbers.eta * numbers.backward.nabla
    return replace(numbers, after=after, costs_after=numbers.costs / 2)


def wrong_activation(numbers: Numbers) -> Numbers:
    a = numbers.forward.a
    return replace(numbers, forward=replace(numbers.forward, a={**a, 1: a[1] * 1.01}))


def wrong_error(numbers: Numbers) -> Numbers:
    delta = numbers.backward.delta
    return replace(numbers, backward=replace(numbers.backward, delta={**delta, 1: delta[1] * 1.01}))


def wrong_blame(numbers: Numbers) -> Numbers:
    received = numbers.backward.received
    return replace(numbers, backward=replace(numbers.backward, received={**received, 1: -received[1]}))


def wrong_cost(numbers: Numbers) -> Numbers:
    return replace(numbers, costs=numbers.costs * 1.01)


def wrong_target(numbers: Numbers) -> Numbers:
    return replace(numbers, y=1 - numbers.y)


def bias_moved_eight_times_too_far(numbers: Numbers) -> Numbers:
    b = {layer: old + 8 * (numbers.after.b[layer] - old) for layer, old in numbers.parameters.b.items()}
    return replace(numbers, after=replace(numbers.after, b=b))


def gradient_forgotten(numbers: Numbers) -> Numbers:
    return replace(numbers, backward=replace(numbers.backward, nabla=Backward().nabla))


DOCTORS = [
    (2, ran_ahead),
    (4, cost_too_early),
    (7, one_error_too_early),
    (5, all_errors_too_early),
    (7, gradient_too_early),
    (9, new_dials_too_early),
    (9, wrong_activation),
    (9, wrong_error),
    (9, wrong_blame),
    (6, wrong_cost),
    (6, wrong_target),
    (10, bias_moved_eight_times_too_far),
    (9, gradient_forgotten),
]


@pytest.mark.parametrize(("place", "doctor"), DOCTORS)
def test_a_doctored_moment_is_caught_on_the_page_and_in_the_json(
    place: int, doctor: Callable[[Numbers], Numbers]
) -> None:
    lab, true = Lab(Recipe(), LENGTH + place), known(Recipe(), LENGTH + place)
    numbers, lens = REPLAY.numbers(lab), LENS_OF[true.phase]
    check_page(read(rendered(lab, numbers, TABLES)), true, lens=lens)
    check_document(written(lab, numbers), true)
    with pytest.raises(NotTrue):
        check_page(read(rendered(lab, doctor(numbers), TABLES)), true, lens=lens)
    with pytest.raises(NotTrue):
        check_document(written(lab, doctor(numbers)), true)


LOOKS = [(0, ""), (2, ""), (5, "weights"), (8, ""), (9, "blame"), (9, "gradient"), (10, "")]


@pytest.mark.walk
@pytest.mark.parametrize(("place", "lens"), LOOKS)
def test_no_number_on_the_page_can_be_changed_unnoticed(place: int, lens: str) -> None:
    lab, true = Lab(Recipe(), LENGTH + place), known(Recipe(), LENGTH + place)
    html = rendered(lab, REPLAY.numbers(lab), View(lens=lens, panel="tables"))
    parts = list(re.finditer(PARTS, html, re.DOTALL))
    assert len(parts) == 7
    ends = [part.start() + found.end() for part in parts for found in re.finditer(A_NUMBER, part.group())]
    assert len(ends) > 40
    for end in ends:
        with pytest.raises(NotTrue):
            check_page(read(f"{html[:end]}7{html[end:]}"), true, lens=lens or LENS_OF[true.phase])


@pytest.mark.parametrize("place", [2, 5, 10])
def test_no_number_of_the_model_panel_can_be_changed_unnoticed_and_no_answer_told_too_early(
    place: int,
) -> None:
    lab, true = Lab(Recipe(), LENGTH + place), known(Recipe(), LENGTH + place)
    html = rendered(lab, REPLAY.numbers(lab), View(panel="model"))
    parts = list(
        re.finditer(r'<table id="answers".*?</table>|<svg class="response".*?</svg>', html, re.DOTALL)
    )
    ends = [part.start() + found.end() for part in parts for found in re.finditer(A_NUMBER, part.group())]
    assert len(ends) > 15
    check_page(read(html), true, lens=LENS_OF[true.phase])
    for doctored in (
        *(f"{html[:end]}7{html[end:]}" for end in ends),
        html.replace("<td></td>", "<td>0.5</td>", 1),
    ):
        if doctored != html:
            with pytest.raises(NotTrue):
                check_page(read(doctored), true, lens=LENS_OF[true.phase])


@pytest.mark.parametrize("text", ["the answer will be 0.611", "δ −0.389", "1.23e−5"])
def test_a_number_nobody_may_know_yet_is_noticed_wherever_it_is_said(text: str) -> None:
    lab, true = Lab(Recipe(), 0), known(Recipe(), 0)
    html = rendered(lab, REPLAY.numbers(lab), TABLES)
    for old, new in (("Change mid-run", text), ('aria-label="The network"', f'aria-label="{text}"')):
        assert old in html
        with pytest.raises(NotTrue):
            check_page(read(html.replace(old, new)), true, lens="activation")


@pytest.mark.parametrize("place", [3, 6, 9])
def test_no_number_of_the_fingers_can_be_changed_unnoticed(place: int) -> None:
    lab, true = Lab(Recipe(), LENGTH + place), known(Recipe(), LENGTH + place)
    html, facts = (
        rendered(lab, REPLAY.numbers(lab), View(pick="n-2-1" if place > 3 else "n-1-2")),
        Facts(true, 0),
    )
    layer, j = (2, 1) if place > 3 else (1, 2)

    def check(page: Page) -> None:
        check_fingers(page, facts, layer, j)
        check_score(page, facts)

    check(read(html))
    part = re.search(r'<section class="card fingers".*?</section>', html, re.DOTALL)
    ends = [
        part.start() + found.end()
        for found in re.finditer(rf"(?<=>|\s){NUMBER}(?=[\s<]|\.<)(?![^<]*>)", part.group())
    ]
    assert len(ends) >= {3: 4, 6: 10, 9: 20}[place]
    for end in ends:
        with pytest.raises(AssertionError):
            check(read(f"{html[:end]}7{html[end:]}"))
