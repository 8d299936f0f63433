"""Every way to ask in a class gets its way to be answered: browsers are led, htmx is given the page, streams
begin with the whole state."""

from __future__ import annotations

import pytest
from fastapi import FastAPI
from httpx import AsyncClient

from tests.web.conftest import Visit
from tests.web.schoolroom import BROWSER, Schoolroom, in_class, opened
from tests.web.straight import Asked, send
from tests.web.visitor import make

pytestmark = pytest.mark.anyio


async def test_browsers_are_led_and_htmx_is_given_the_page(
    visit: Visit, browser: AsyncClient, htmx: AsyncClient
) -> None:
    lab = await make(browser)
    told = await browser.post("/rooms", data={"lab": lab})
    assert told.status_code == 303
    at = told.headers["location"]
    pupil = visit("text/html")
    assert (await pupil.post(f"{at}/join")).headers["location"] == at
    assert (await pupil.get(at)).status_code == 200
    assert (await browser.get(at)).status_code == 200
    for verb, data in (("rounds", {"question": "falls"}), ("advance", {})):
        answer = await browser.post(f"{at}/{verb}", data=data)
        assert (answer.status_code, answer.headers["location"]) == (303, at)
    assert (await pupil.post(f"{at}/vote", data={"answer": "falls"})).headers["location"] == at
    htmx.cookies = pupil.cookies
    assert (await htmx.post(f"{at}/vote", data={"pick": "rises"})).status_code == 200
    htmx.cookies = browser.cookies
    answer = await htmx.post(f"{at}/pause", data={"paused": "false"})
    assert (answer.status_code, answer.headers["content-type"]) == (200, "text/html; charset=utf-8")
    answer = await htmx.post(f"{at}/end")
    assert (answer.status_code, answer.headers["hx-redirect"]) == (204, "/")
    lost = await browser.post(f"{at}/pause")
    assert lost.status_code == 404


async def test_a_stream_begins_with_the_whole_state(app: FastAPI, visit: Visit) -> None:
    room, student = await opened(visit), visit()
    await room.let_in(student)
    for client in (student, room.teacher):
        cookies = "; ".join(f"{name}={value}" for name, value in client.cookies.items())
        headers = [(b"host", b"labs.test"), (b"cookie", cookies.encode())]
        told = await send(app, Asked("GET", f"/rooms/{room.code}/events", b"", headers, b"", {}))
        assert (told.status, told.kind) == (200, "text/event-stream")
        assert b"data:" in told.body
        assert told.headers["cache-control"] == "no-store"


async def test_of_two_classes_the_one_that_was_looked_at_last_is_the_one_that_follows(
    app: FastAPI, visit: Visit
) -> None:
    teacher = visit("text/html")
    first, second = [await one_more(teacher) for _ in range(2)]
    store = app.state.classes.store
    for room in (first, second):
        await teacher.get(f"/rooms/{room.code}")
        await teacher.get(f"/labs/{room.lab}?digits=5")
    assert [store.rooms.by_code(room.code).view for room in (first, second)] == ["digits=5", "digits=5"]


async def one_more(teacher: AsyncClient) -> Schoolroom:
    lab = await make(teacher)
    answer = await teacher.post("/rooms", json={"lab": lab}, headers={"accept": "application/json"})
    return Schoolroom(teacher, answer.json()["code"], answer.json()["host"], lab)


async def test_how_sure_one_is_may_be_said_after_the_answer(app: FastAPI, visit: Visit) -> None:
    room, student = await in_class(visit)
    await room.comes_to("guess", "falls")
    vote, htmx = f"/rooms/{room.code}/vote", {"accept": BROWSER, "hx-request": "true"}
    assert (await student.post(vote, data={"confidence": "4"}, headers=htmx)).status_code == 204
    assert (await student.post(vote, data={"answer": "falls"}, headers=htmx)).status_code == 200
    assert (await student.post(vote, data={"confidence": "5"}, headers=htmx)).status_code == 200
    store = app.state.classes.store
    (kept,) = store.ballots.votes(store.rooms.by_code(room.code).id)
    assert (kept.answer, kept.sure) == ("falls", 5)


async def test_numbers_that_are_the_same_are_the_same_answer_and_what_is_none_is_said_beside_it(
    app: FastAPI, visit: Visit
) -> None:
    room, student = await in_class(visit)
    await room.comes_to("guess", "amount")
    vote, htmx = f"/rooms/{room.code}/vote", {"accept": BROWSER, "hx-request": "true"}
    store = app.state.classes.store
    for typed in ("-0.25", "-1/4", "−0.250"):
        assert (await student.post(vote, data={"answer": typed}, headers=htmx)).status_code == 200
        assert store.ballots.votes(store.rooms.by_code(room.code).id)[0].answer == "-0.25"
    wrong = await student.post(vote, data={"answer": "abc"}, headers=htmx)
    assert (wrong.status_code, wrong.headers["hx-retarget"]) == (422, "#voted-1-1")
    assert "Type one with its sign" in wrong.text
    assert "answer:" not in wrong.text
    page = await student.post(vote, data={"answer": "abc"}, headers={"accept": BROWSER})
    assert f'href="/rooms/{room.code}"' in page.text


async def test_a_mistyped_address_leads_to_where_codes_are_typed(visit: Visit) -> None:
    page = await visit(BROWSER).get("/QQQQQQ", follow_redirects=True)
    assert page.status_code == 404
    assert 'name="code"' in page.text
    assert "There is no class of this code." in page.text
    board = await visit(BROWSER).get("/rooms/QQQQQQ", headers={"hx-request": "true"})
    assert (board.status_code, board.headers["hx-redirect"]) == (404, "/")
