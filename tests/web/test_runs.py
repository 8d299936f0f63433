"""Whole runs over HTTP: many iterations at once, stopping by themselves, and what stands beside them."""

from __future__ import annotations

from itertools import count

import pytest
from fastapi import FastAPI
from httpx import AsyncClient

from app.engine.gradcheck import mean_cost
from app.lab.recipe import Recipe
from app.lab.replay import Replay
from app.notation.numbers import figure
from app.story.notices import on_the_way
from tests.web.tree import text_of
from tests.web.visitor import make, moment, page_of, place, place_on, press

pytestmark = pytest.mark.anyio
XOR = {"data": "xor", "hidden": [4], "optimiser": "momentum", "eta": 0.1}
LENGTH, ANSWERED = 13, 5  # moments of one iteration of 2-4-1, and until its output has answered


async def run(client: AsyncClient, lab: str, iterations: int, **query: str) -> None:
    """Run slice after slice until the wanted iteration is reached."""
    target = (await moment(client, lab))["iteration"] + iterations
    while (reached := (await moment(client, lab))["iteration"]) < target:
        answer = await press(
            client, lab, "skip", await place(client, lab), iterations=target - reached, **query
        )
        assert answer.status_code == 200, answer.text


async def test_a_run_ends_where_as_many_single_steps_do(program: AsyncClient) -> None:
    lab = await make(program, **XOR)
    await run(program, lab, 40)
    after = await moment(program, lab)
    assert after["place"] == 40 * LENGTH + ANSWERED
    assert (after["moment"]["phase"], after["moment"]["layer"]) == ("forward", 2)
    start = Replay().start(Recipe(data="xor", hidden=(4,), optimiser="momentum", eta=0.1), 40)
    assert after["parameters"]["w"]["1"] == start.parameters.w[1].tolist()


async def test_a_slice_that_leaves_something_to_do_asks_for_the_next_one(htmx: AsyncClient) -> None:
    lab = await make(htmx, **XOR)
    answer = await press(htmx, lab, "skip", 0, iterations=20_000, panel="downhill")
    page = page_of(answer)
    at = await place(htmx, lab)
    assert page[f"onward-{at}"].get("hx-post").startswith(f"/labs/{lab}/skip?at={at}&iterations=")
    assert page["run-1000"].get("formaction").startswith(f"/labs/{lab}/skip?at={at}&iterations=1000")
    assert text_of(page["play"]) == "Pause"
    stopped = page_of(await htmx.get(page["play"].attrib["href"]))
    assert not [name for name in stopped.ids if name.startswith("onward")]
    assert (text_of(stopped["play"]), place_on(stopped)) == ("Play", at)


async def test_whoever_has_no_next_slice_is_told_how_far_this_one_came(
    app: FastAPI, browser: AsyncClient, program: AsyncClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    ticks = count()
    monkeypatch.setattr(app.state.labs.history, "clock", lambda: float(next(ticks)))
    for client in (browser, program):
        lab = await make(client, **XOR)
        answer = await press(client, lab, "skip", 0, iterations=20_000)
        at = await place(client, lab)
        assert at == LENGTH  # a slice goes on for one iteration at least
        assert answer.status_code == 200
        if client is browser:
            assert text_of(page_of(answer)["notice"]) == on_the_way(1)
        else:
            assert answer.json()["place"] == at


async def test_a_run_stops_when_the_cost_is_low_enough_and_says_so(htmx: AsyncClient) -> None:
    lab = await make(htmx, **XOR)
    text = ""
    while "fell below" not in text:
        text = (await press(htmx, lab, "skip", await place(htmx, lab), iterations=1000, below="0,3")).text
    at = (await moment(htmx, lab))["iteration"]
    assert f"The cost fell below 0,3 at the start of iteration {at + 1}." in text
    recipe = Recipe(data="xor", hidden=(4,), optimiser="momentum", eta=0.1)
    data, dials = recipe.dataset, Replay().start(recipe, at).parameters
    assert mean_cost(recipe.network, dials, data.x, data.y) < 0.3


@pytest.mark.parametrize("below", ["nonsense", "-1", "0", "inf", "nan"])
async def test_a_cost_that_is_none_moves_nothing(htmx: AsyncClient, below: str) -> None:
    lab = await make(htmx, **XOR)
    answer = await press(htmx, lab, "skip", 0, iterations=10, below=below)
    assert answer.status_code == 422
    assert "This must be a number above 0." in answer.text
    assert await place(htmx, lab) == 0


async def test_a_diverging_run_stops_at_its_last_finite_place_and_says_why(htmx: AsyncClient) -> None:
    lab = await make(htmx, data="article", hidden=[], output="linear", cost="quadratic", batch=4, eta=90)
    text = ""
    for _ in range(50):
        text = (await press(htmx, lab, "skip", await place(htmx, lab), iterations=1000)).text
        if "The run stopped by itself" in text:
            break
    assert "η = 90 is too large here" in text
    stuck = await place(htmx, lab)
    await press(htmx, lab, "skip", stuck, iterations=1000)
    assert await place(htmx, lab) == stuck


async def test_a_visit_goes_to_the_beginning_of_an_iteration(program: AsyncClient) -> None:
    lab = await make(program, **XOR)
    answer = await program.post(f"/labs/{lab}/visit", params={"at": 0}, data={"iteration": "7"})
    assert answer.json()["place"] == 6 * LENGTH
    assert (
        await program.post(f"/labs/{lab}/visit", params={"at": 6 * LENGTH}, data={"iteration": "0"})
    ).status_code == 422


async def test_the_downhill_panel_shows_the_true_costs_and_gradient(htmx: AsyncClient) -> None:
    lab = await make(htmx, **XOR)
    await run(htmx, lab, 5)
    await press(htmx, lab, "go", 5 * LENGTH + ANSWERED, to=6 * LENGTH - 1)
    known = await moment(htmx, lab)
    page = page_of(await htmx.get(f"/labs/{lab}", params={"panel": "downhill"}))
    recipe = Recipe(data="xor", hidden=(4,), optimiser="momentum", eta=0.1)
    dials = Replay().start(recipe, 5).parameters
    assert page["run-cost"].text == figure(
        mean_cost(recipe.network, dials, recipe.dataset.x, recipe.dataset.y)
    )
    shown = [cell.text or "" for cell in page["lab"].iter("td")]
    for layer in ("1", "2"):
        for value in [v for row in known["nabla"]["w"][layer] for v in row]:
            assert any(text.startswith(figure(value)) for text in shown)


async def test_nothing_of_the_gradient_is_told_before_it_has_happened(htmx: AsyncClient) -> None:
    lab = await make(htmx, **XOR)
    text = (await htmx.get(f"/labs/{lab}", params={"panel": "downhill"})).text
    assert "Nothing yet" in text
    assert "‖∇C‖ is" not in text
    assert "promised" not in text


async def test_the_surface_can_be_drawn_over_any_two_dials_and_odd_ones_fall_back(htmx: AsyncClient) -> None:
    lab = await make(htmx, **XOR)
    odd = (("", ""), ("n-1-1", "cost"), ("w-9-9-9", "b-2-1"), ("b-2-1", "b-2-1"), ("w-2-1-1", "w-2-1-1"))
    for across, up in (("w-1-4-2", "b-2-1"), *odd):
        answer = await htmx.get(f"/labs/{lab}", params={"panel": "surface", "across": across, "up": up})
        assert answer.status_code == 200
        page = page_of(answer)
        assert page["surface"] is not None
        chosen = [
            option.attrib.get("value") for option in page["lab"].iter("option") if "selected" in option.attrib
        ]
        assert len(set(chosen) & {"w-1-4-2", "w-2-1-1", "b-2-1"}) == 2


@pytest.mark.parametrize("zoom", [-5, 5, "near"])
async def test_a_range_beyond_the_limits_is_refused_in_words(program: AsyncClient, zoom: object) -> None:
    lab = await make(program, **XOR)
    answer = await program.get(f"/labs/{lab}", params={"zoom": str(zoom)})
    assert answer.status_code == 422
    assert "zoom" in answer.json()["detail"]


async def test_without_script_a_run_says_how_far_it_came_and_how_to_go_on(
    browser: AsyncClient, htmx: AsyncClient
) -> None:
    for client, said in ((browser, True), (htmx, False)):
        lab = await make(client, **XOR)
        answer = await press(client, lab, "skip", 0, iterations=20_000, panel="downhill")
        at = (await moment(client, lab))["iteration"]
        assert 0 < at < 19_999
        assert (f"Iteration {at + 1:,} is reached; press Run again to go on." in answer.text) == said
        assert any(name.startswith("onward") for name in page_of(answer).ids) != said


async def test_what_is_not_worked_out_yet_can_be_asked_for_again(browser: AsyncClient) -> None:
    lab = await make(browser, data="spiral", size=500, hidden=[16, 16, 16], batch=10)
    await browser.post(f"/labs/{lab}/visit", params={"at": 0}, data={"iteration": "400"})
    page = page_of(await browser.get(f"/labs/{lab}", params={"panel": "downhill"}))
    assert page["again"].get("href") == f"/labs/{lab}?panel=downhill"


async def test_during_a_run_the_cost_is_named_as_it_is_after_it(htmx: AsyncClient) -> None:
    lab = await make(htmx, data="spiral", size=500, hidden=[16, 16], batch=300)
    text = (await press(htmx, lab, "skip", 0, iterations=20_000, panel="downhill")).text
    assert 'id="onward-' in text
    assert "Cost over all training examples at the start of iteration " in text


async def test_the_timeline_names_iteration_epoch_and_place_and_the_chart_marks_the_lowest_test_cost(
    htmx: AsyncClient,
) -> None:
    lab = await make(htmx, data="circle", size=100, batch=10)
    await run(htmx, lab, 25)
    while "working" in (page := page_of(await htmx.get(f"/labs/{lab}", params={"panel": "downhill"}))).ids:
        pass
    label = next(one for one in page["run"].iter("label") if one.get("for") == "timeline")
    at = await place(htmx, lab)
    assert text_of(label) == f"Go to iteration 26 of 26 · epoch 4 · place {at}"
    chart = next(page["run"].iter("svg"))
    assert [mark.get("class") for mark in chart.iter("circle")] == ["lowest", "point"]
    assert all(float(text.get("x")) < 0 for text in chart.iter("text"))
