"""Changes in mid-run: they hold from their iteration on, and what cannot be is said where the lab stays."""

from __future__ import annotations

import math

import pytest
from httpx import AsyncClient

from app.story.refusals import out_of_range
from tests.web.tree import text_of
from tests.web.visitor import change, follow, make, moment, page_of, place_on, press, until_there

pytestmark = pytest.mark.anyio


async def test_a_new_learning_rate_holds_from_this_iteration_on(program: AsyncClient) -> None:
    lab = await make(program)
    await press(program, lab, "go", 0, to=20)
    before = await moment(program, lab)
    answer = await change(program, lab, 20, "eta", "0,05")
    after = answer.json()
    assert (answer.status_code, after["place"], after["eta"]) == (200, 20, 0.05)
    assert after["recipe"]["changes"] == [[1, "eta", 0.05]]
    assert after["parameters"] == before["parameters"]
    done = (await press(program, lab, "descent", 20)).json()
    old, new, nabla = (done[table]["w"]["2"][0][0] for table in ("parameters", "after", "nabla"))
    assert new == old - 0.05 * nabla
    assert (await press(program, lab, "back", 21, pace="iteration")).json()["eta"] == 0.3


async def test_after_a_descent_a_change_waits_for_the_next_iteration(program: AsyncClient) -> None:
    lab = await make(program)
    await press(program, lab, "go", 0, to=10)
    assert (await change(program, lab, 10, "eta", 0.01)).json()["eta"] == 0.3
    assert (await press(program, lab, "next", 10)).json()["eta"] == 0.01


async def test_another_example_is_taken_at_once_and_the_turns_go_on_from_it(program: AsyncClient) -> None:
    lab = await make(program)
    await press(program, lab, "go", 0, to=4)
    found = (await change(program, lab, 4, "example", 3)).json()
    assert (found["examples"], found["x"], found["place"]) == ([3], [[1.0], [0.0]], 4)
    assert (await press(program, lab, "go", 4, to=11)).json()["examples"] == [4]


async def test_a_dial_can_be_typed_in(program: AsyncClient) -> None:
    lab = await make(program)
    found = (await change(program, lab, 0, "w-1-3-2", "−1.5")).json()
    found = (await change(program, lab, 0, "b-2-1", "2e-3")).json()
    assert found["parameters"]["w"]["1"][2][1] == -1.5
    assert found["parameters"]["b"]["2"] == [[0.002]]


async def test_a_later_change_of_the_same_thing_replaces_it_and_drops_what_comes_after(
    program: AsyncClient,
) -> None:
    lab = await make(program)
    for to, value in ((11, 0.1), (22, 0.2), (0, 0.4), (0, 0.5)):
        at = (await moment(program, lab))["place"]
        await press(program, lab, "go", at, to=to)
        await change(program, lab, to, "eta", value)
    assert (await moment(program, lab))["recipe"]["changes"] == [[0, "eta", 0.5]]


@pytest.mark.parametrize(
    ("what", "value", "words"),
    [
        ("eta", "0", "This must be a number above 0, up to 100."),
        ("eta", "100.5", "This must be a number above 0, up to 100."),
        ("eta", "fast", "This must be a number above 0, up to 100."),
        ("eta", "nan", "This must be a number above 0, up to 100."),
        ("eta", "1e999", "This must be a number above 0, up to 100."),
        ("eta", "", "This must be a number above 0, up to 100."),
        ("example", "5", "There is nothing called “example” here that could take this value."),
        ("example", "1.5", "There is nothing called “example” here that could take this value."),
        ("w-1-4-1", "0", "There is nothing called “w-1-4-1” here that could take this value."),
        ("w-0-1-1", "0", "There is nothing called “w-0-1-1” here that could take this value."),
        ("b-3-1", "0", "There is nothing called “b-3-1” here that could take this value."),
        ("w-1-1-1", "1000001", out_of_range("dial")),
        ("b-1-1", "high", out_of_range("dial")),
        ("b-9-1", "high", "This must be a number."),
        ("seed", "3", "There is nothing called “seed” here that could take this value."),
    ],
)
async def test_a_change_that_cannot_be_is_answered_with_the_lab_and_the_reason(
    program: AsyncClient, browser: AsyncClient, htmx: AsyncClient, what: str, value: str, words: str
) -> None:
    for client in (program, browser, htmx):
        lab = await make(client)
        await press(client, lab, "go", 0, to=4)
        before = await moment(client, lab)
        answer = await change(client, lab, 4, what, value)
        assert answer.status_code == 422
        if client is program:
            assert answer.json() == {"detail": f"{what}: {words}", "fields": {what: words}}
        else:
            assert text_of(page_of(answer)["notice"]) == words
            assert place_on(page_of(answer)) == 4
        assert await moment(client, lab) == before


async def test_a_run_takes_two_hundred_changes_and_not_one_more(program: AsyncClient) -> None:
    changes = [[iteration, "eta", 0.1] for iteration in range(200)]
    lab = await make(program, changes=changes)
    await press(program, lab, "go", 0, to=11 * 200)
    answer = await change(program, lab, 11 * 200, "eta", 0.2)
    assert (answer.status_code, answer.json()["detail"]) == (
        422,
        "eta: A run takes up to 200 changes. Start a new one to go on changing.",
    )


async def test_a_run_that_diverges_stops_in_words_before_it(
    program: AsyncClient, browser: AsyncClient, htmx: AsyncClient
) -> None:
    recipe = {
        "data": "half-adder",
        "activation": "linear",
        "output": "linear",
        "cost": "quadratic",
        "eta": 100,
    }
    for client in (program, browser, htmx):
        lab, at, answer = await make(client, **recipe), 0, None
        while answer is None or answer.status_code != 409:
            before = await moment(program, lab)
            at = before["place"]
            assert math.isfinite(sum(map(abs, before["parameters"]["w"]["1"][0])))
            answer = await press(client, lab, "next", at, stride="iteration")
        words = answer.json()["detail"] if client is program else text_of(page_of(answer)["notice"])
        assert "the numbers grow beyond what a computer can write down" in words
        assert f"In iteration {before['iteration'] + 2} " in words
        assert "The learning rate η = 100 is too large here: the steps land beyond, and higher." in words
        if client is not program:
            remedy = page_of(answer).ids["remedy"]
            assert text_of(remedy).startswith("Begin anew with η = ")
            better = await follow(client, remedy.get("href"))
            assert better.status_code == 303
        assert await moment(client, lab) == before
        answer = await press(program if client is program else client, lab, "back", at, pace="iteration")
        assert answer.status_code in (200, 303)


async def test_a_link_beyond_a_divergence_opens_at_the_start(program: AsyncClient) -> None:
    recipe = {"activation": "linear", "output": "linear", "cost": "quadratic", "eta": 100, "place": 99_999}
    answer = await until_there(lambda: program.get("/at", params=recipe))
    assert (answer.status_code, answer.json()["place"]) == (200, 0)


@pytest.mark.parametrize(
    ("what", "typed", "value"),
    [("eta", "1/8", 0.125), ("w-1-1-1", "−2 / 3", -2 / 3), ("b-2-1", ",5", 0.5), ("w-2-1-3", "1e-3", 0.001)],
)
async def test_numbers_are_taken_as_people_type_them(
    program: AsyncClient, what: str, typed: str, value: float
) -> None:
    lab = await make(program)
    assert (await change(program, lab, 0, what, typed)).json()["recipe"]["changes"] == [[0, what, value]]


@pytest.mark.parametrize("wrong", ["", "1/0", "1/2/3", "0x1", "1_0", "٣", "1e999", "nan", "1,000,000", "½"])
async def test_a_wrong_number_stays_in_its_field_with_a_sentence_beside_it(
    browser: AsyncClient, wrong: str
) -> None:
    lab = await make(browser)
    where, what = {"at": 0, "pick": "w-1-2-1"}, {"what": "w-1-2-1", "value": wrong}
    answer = await browser.post(f"/labs/{lab}/change", params=where, data=what)
    assert answer.status_code == 422
    page = page_of(answer)
    assert (page["dial"].get("value"), page["dial"].get("aria-describedby")) == (wrong, "wrong-dial")
    assert page["wrong-dial"].text == out_of_range("dial")
