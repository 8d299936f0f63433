"""Whose lab it is: the browser that made it moves it, others watch it and may make a copy of their own."""

from __future__ import annotations

import pytest
from httpx import AsyncClient

from tests.web.conftest import Visit
from tests.web.tree import text_of
from tests.web.visitor import change, make, moment, page_of, place, place_on, press

pytestmark = pytest.mark.anyio
MOVES = ["next", "forward", "back", "go?to=0", "change"]


async def test_the_cookie_is_random_unreadable_to_scripts_and_not_sent_by_other_sites(visit: Visit) -> None:
    cookies = set()
    for _ in range(3):
        answer = await visit().post("/labs", json={})
        cookie = answer.headers["set-cookie"]
        assert "HttpOnly" in cookie
        assert "SameSite=lax" in cookie
        assert "Max-Age=31536000" in cookie
        cookies.add(cookie.split(";")[0])
    assert len(cookies) == 3
    assert all(len(cookie) >= len("blame-game=") + 16 for cookie in cookies)


async def test_one_browser_owns_all_the_labs_it_made(program: AsyncClient) -> None:
    first, second = await make(program), await make(program)
    assert (await press(program, first, "next", 0)).status_code == 200
    assert (await press(program, second, "next", 0)).status_code == 200


async def test_a_lab_can_only_be_moved_by_the_browser_that_made_it(
    program: AsyncClient, visit: Visit
) -> None:
    lab = await make(program)
    await press(program, lab, "go", 0, to=4)
    stranger = visit()
    for owner_too in (False, True):  # with no cookie at all, and with one of another browser
        if owner_too:
            await make(stranger)
        for verb in MOVES:
            form = {"data": {"what": "eta", "value": "0.1"}} if verb == "change" else {}
            answer = await stranger.post(f"/labs/{lab}/{verb}", params={"at": 4, "to": 0}, **form)
            assert answer.status_code == 403
            assert "somebody else’s lab" in answer.json()["detail"]
    assert await place(program, lab) == 4
    assert "changes" not in (await moment(program, lab))["recipe"]


@pytest.mark.parametrize("forged", ["", "x", "blame-game", "ё", "a" * 5000])
async def test_a_forged_cookie_opens_nothing(program: AsyncClient, visit: Visit, forged: str) -> None:
    lab = await make(program)
    cookie = f"blame-game={forged}".encode()
    answer = await visit().post(f"/labs/{lab}/next?at=0", headers=[(b"cookie", cookie)])
    assert answer.status_code == 403
    assert await place(program, lab) == 0


async def test_others_see_the_lab_without_buttons_that_work_and_are_told(
    program: AsyncClient, browser: AsyncClient
) -> None:
    lab = await make(program)
    page = page_of(await browser.get(f"/labs/{lab}"))
    assert "You are watching: this lab belongs to another browser." in text_of(page["notice"])
    moves = ["restart", "back", "next", "finish-phase", "finish", "go-cost-1", "set-eta", "set-example"]
    assert all("disabled" in page[move].attrib for move in moves)
    assert {"copy", "watch"} <= set(page.ids)
    await press(program, lab, "next", 0)
    assert place_on(page_of(await browser.get(f"/labs/{lab}"))) == 3


async def test_a_stranger_who_presses_sees_the_lab_and_the_reason(
    program: AsyncClient, htmx: AsyncClient
) -> None:
    lab = await make(program)
    answer = await press(htmx, lab, "next", 0)
    assert answer.status_code == 403
    assert "Make your own copy" in text_of(page_of(answer)["notice"])
    assert place_on(page_of(answer)) == 0


async def test_a_copy_stands_at_the_same_place_with_the_same_numbers_and_is_ones_own(
    program: AsyncClient, visit: Visit
) -> None:
    lab = await make(program, data="xor", optimiser="momentum")
    await press(program, lab, "go", 0, to=15)
    await change(program, lab, 15, "eta", 0.125)
    original, stranger = await moment(program, lab), visit()
    answer = await stranger.post(f"/labs/{lab}/copy")
    copy = answer.json()
    assert (answer.status_code, answer.headers["location"]) == (201, f"/labs/{copy['id']}")
    assert copy["id"] != lab
    assert {**copy, "id": lab} == original
    assert (await press(stranger, copy["id"], "next", 15)).status_code == 200
    assert await moment(program, lab) == original


async def test_another_shape_is_a_new_run_of_the_same_recipe(
    program: AsyncClient, browser: AsyncClient
) -> None:
    lab = await make(program, data="xor", eta=0.125, changes=[[0, "w-1-3-1", 1.0]])
    answer = await program.post(f"/labs/{lab}/reshape", data={"hidden": "2, 5"})
    found = answer.json()
    assert (answer.status_code, found["network"]["sizes"], found["place"]) == (201, [2, 2, 5, 1], 0)
    assert (found["recipe"]["data"], found["recipe"]["eta"], found["recipe"].get("changes")) == (
        "xor",
        0.125,
        None,
    )
    answer = await browser.post(f"/labs/{lab}/reshape", data={"hidden": ""})
    assert answer.status_code == 303
    assert "headings" in page_of(await browser.get(answer.headers["location"])).ids
    assert (await program.post(f"/labs/{lab}/reshape", data={"hidden": "17"})).status_code == 422
    assert (await moment(program, lab))["network"]["sizes"] == [2, 3, 1]
