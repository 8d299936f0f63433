"""The life of a lab by HTTP: made, stepped by every verb and pace, taken back, and never moved by mistake."""

from __future__ import annotations

import asyncio

import pytest
from fastapi import FastAPI
from httpx import AsyncClient

from app.main import create_app
from app.settings import Settings
from tests.web.conftest import Visit
from tests.web.tree import text_of
from tests.web.visitor import make, moment, page_of, place, place_on, press, until_there

pytestmark = pytest.mark.anyio
ITERATION = [
    ("forward", "forward", 3),
    ("forward", "forward", 4),
    ("forward", "cost", 5),
    ("backward", "backward", 6),
    ("backward", "backward", 9),
    ("descent", "descent", 10),
    ("next", "input", 11),
]


async def test_a_program_makes_a_lab_and_is_told_where_it_is(program: AsyncClient) -> None:
    answer = await program.post("/labs", json={"data": "xor", "hidden": [4, 2], "eta": 0.25})
    found = answer.json()
    assert answer.status_code == 201
    assert answer.headers["location"] == f"/labs/{found['id']}"
    assert found["network"]["sizes"] == [2, 4, 2, 1]
    assert (found["place"], found["moment"]["phase"], found["next"]) == (0, "input", "forward")
    assert (await program.get(answer.headers["location"])).json() == found
    assert await moment(program, found["id"]) == found


async def test_a_form_makes_a_lab_and_leads_to_its_page(browser: AsyncClient) -> None:
    answer = await browser.post("/labs?pace=neuron", data={"data": "or", "hidden": "2", "eta": "0,5"})
    assert answer.status_code == 303
    page = page_of(await browser.get(answer.headers["location"]))
    assert page["pace-neuron"].get("aria-current") == "true"
    assert text_of(page["narration"]).startswith("Input Two inputs, 1 and 0. The answer should be 1.")
    recipe = (await moment(browser, answer.headers["location"].split("/")[2].split("?")[0]))["recipe"]
    assert (recipe["data"], recipe["hidden"], recipe["eta"]) == ("or", [2], 0.5)


async def test_the_home_pages_button_takes_the_first_step_at_once(browser: AsyncClient) -> None:
    page = page_of(await browser.get("/"))
    around = next(form for form in page.root.iter("form") if page["next"] in list(form))
    form = {field.get("name"): field.get("value") for field in around.iter("input")}
    assert (page["next"].get("name"), page["next"].get("value")) == ("place", "2")
    answer = await browser.post(around.get("action"), data={**form, "place": "2"})
    assert place_on(page_of(await browser.get(answer.headers["location"]))) == 2


@pytest.mark.parametrize("strange", ["-1", "x", "999999999999", "²", ""])
async def test_a_strange_place_in_the_form_is_the_start(browser: AsyncClient, strange: str) -> None:
    answer = await browser.post("/labs", data={"place": strange})
    assert place_on(page_of(await browser.get(answer.headers["location"]))) == 0


async def test_the_legal_verbs_walk_through_a_whole_iteration_and_into_the_next(program: AsyncClient) -> None:
    lab, at = await make(program), 0
    for verb, phase, to in ITERATION:
        answer = await press(program, lab, verb, at)
        assert answer.status_code == 200
        assert (answer.json()["moment"]["phase"], answer.json()["place"]) == (phase, to)
        at = to
    assert answer.json()["iteration"] == 1


@pytest.mark.parametrize(
    ("pace", "places"),
    [
        ("neuron", [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11]),
        ("layer", [3, 4, 5, 6, 9, 10, 11]),
        ("phase", [4, 5, 9, 10, 11]),
        ("iteration", [10, 21]),
    ],
)
@pytest.mark.parametrize("name", ["pace", "stride"])
async def test_each_pace_rests_where_it_should_and_goes_back_the_same_way(
    program: AsyncClient, name: str, pace: str, places: list[int]
) -> None:
    lab, seen = await make(program), [0]
    for _ in places:
        seen.append((await press(program, lab, "next", seen[-1], **{name: pace})).json()["place"])
    assert seen == [0, *places]
    if name == "pace":
        for there, here in zip(seen[:0:-1], seen[-2::-1], strict=True):
            assert (await press(program, lab, "back", there, pace=pace)).json()["place"] == here


async def test_back_across_a_descent_gives_the_very_same_numbers(program: AsyncClient) -> None:
    lab, told = await make(program, data="xor", optimiser="adam"), []
    for at in range(18):
        told.append(await moment(program, lab))
        await press(program, lab, "next", at, pace="neuron")
    for at in range(18, 0, -1):
        assert (await press(program, lab, "back", at, pace="neuron")).json() == told[at - 1]


async def test_go_stands_anywhere_in_the_run(program: AsyncClient) -> None:
    lab = await make(program)
    assert (await press(program, lab, "go", 0, to=1104)).json()["iteration"] == 100
    assert (await press(program, lab, "go", 1104, to=0)).json()["place"] == 0
    answer = await press(program, lab, "go", 0, to=220_000)
    assert (answer.status_code, answer.json()["detail"]) == (409, "There is no such place in this run.")


async def test_the_run_ends_and_says_so(program: AsyncClient, browser: AsyncClient) -> None:
    lab = await make(program, hidden=[])
    assert (await press(program, lab, "go", 0, to=99_999)).json()["moment"]["phase"] == "descent"
    answer = await press(program, lab, "next", 99_999)
    assert (answer.status_code, answer.json()["next"]) == (409, None)
    assert answer.json()["detail"] == "The run ends here, after 20,000 iterations. Go back, or start again."
    end = {"hidden": "", "place": "99999999"}
    answer = await until_there(lambda: browser.post("/labs", data=end))
    page = page_of(await browser.get(answer.headers["location"]))
    assert text_of(page["next"]).startswith("End of the run")
    assert "disabled" in page["next"].attrib


@pytest.mark.parametrize(
    ("at", "verb", "words"),
    [
        (0, "backward", "Not yet: a forward step comes next, so a backward step has to wait."),
        (0, "descent", "Not yet: a forward step comes next, so the descent has to wait."),
        (5, "forward", "Not yet: a backward step comes next, so a forward step has to wait."),
        (9, "backward", "Not yet: the descent comes next, so a backward step has to wait."),
        (10, "descent", "Not yet: a new example comes next, so the descent has to wait."),
        (0, "back", "This is the very start; there is nothing to go back to."),
    ],
)
async def test_a_verb_out_of_turn_is_answered_in_words_and_moves_nothing(
    program: AsyncClient, browser: AsyncClient, htmx: AsyncClient, at: int, verb: str, words: str
) -> None:
    for client in (program, browser, htmx):
        lab = await make(client)
        await press(client, lab, "go", 0, to=at)
        answer = await press(client, lab, verb, at)
        assert answer.status_code == 409
        if client is program:
            assert answer.json()["detail"] == words
        else:
            assert text_of(page_of(answer)["notice"]) == words
            assert place_on(page_of(answer)) == at
        assert await place(client, lab) == at


async def test_the_second_half_of_a_double_click_moves_nothing(
    program: AsyncClient, htmx: AsyncClient
) -> None:
    for client in (program, htmx):
        lab = await make(client)
        first, second = await press(client, lab, "forward", 0), await press(client, lab, "forward", 0)
        assert (first.status_code, second.status_code) == (200, 200)
        assert await place(client, lab) == 3
        if client is htmx:
            assert place_on(page_of(second)) == 3
            assert "already moved on" in text_of(page_of(second)["notice"])


async def test_many_posts_at_once_move_the_lab_once(program: AsyncClient) -> None:
    lab = await make(program)
    answers = await asyncio.gather(*(press(program, lab, "next", 0) for _ in range(12)))
    assert {answer.status_code for answer in answers} == {200}
    assert {answer.json()["place"] for answer in answers} == {3}
    assert await place(program, lab) == 3


async def test_a_restart_keeps_every_lab_and_its_place(
    app: FastAPI, program: AsyncClient, visit: Visit
) -> None:
    lab = await make(program, data="digits", output="softmax", hidden=[5], optimiser="momentum")
    await press(program, lab, "go", 0, to=77)
    before, url = await moment(program, lab), app.state.labs.store.database.engine.url
    again = create_app(Settings(database_url=str(url)))
    async with again.router.lifespan_context(again):
        program._transport.app = again
        assert await moment(program, lab) == before
        assert (await press(program, lab, "next", 77)).json()["place"] > 77
        program._transport.app = app
