"""Opening a class, the pages beside its board, and the way back in."""

from __future__ import annotations

from html import unescape

import pytest
from fastapi import FastAPI
from httpx import AsyncClient

from app.lessons.lesson import LESSONS
from app.store.ballots import Try
from tests.web.boards import PAGE, Opens, opening
from tests.web.conftest import Visit
from tests.web.visitor import make

pytestmark = pytest.mark.anyio


@pytest.fixture
def opens(visit: Visit) -> Opens:
    """Open a class with so many students who step copies of their own."""
    return opening(visit)


@pytest.mark.parametrize("page", ["keep", "hand-ins", "end"])
async def test_pages_beside_the_board_are_the_hosts_alone(opens: Opens, visit: Visit, page: str) -> None:
    one = await opens(1)
    answer = await one.teacher.get(f"/rooms/{one.code}/{page}?names=1", headers=PAGE)
    assert answer.status_code == 200
    assert f"/rooms/{one.code}?names=1" in answer.text
    assert answer.headers["cache-control"] == "no-store"
    for other in (one.students[0], visit()):
        assert (await other.get(f"/rooms/{one.code}/{page}")).status_code == 403


async def test_the_way_back_in_makes_another_browser_the_host(opens: Opens, visit: Visit) -> None:
    one = await opens(0)
    page = await one.teacher.get(f"/rooms/{one.code}/keep", headers=PAGE)
    link = f"http://labs.test/rooms/{one.code}#host={one.host}"
    assert link in page.text
    assert one.host not in await one.board()
    other = visit("text/html")
    assert "I opened this class" in (await other.get(f"/rooms/{one.code}")).text
    for wrong in ("nonsense", link[:-1]):
        assert (await other.post(f"/rooms/{one.code}/host", data={"host": wrong})).status_code == 403
    assert (await other.post(f"/rooms/{one.code}/host", data={"host": link})).status_code == 303
    assert 'id="board"' in (await other.get(f"/rooms/{one.code}")).text


async def test_a_program_that_shows_its_token_has_no_link_to_keep(opens: Opens, visit: Visit) -> None:
    one = await opens(0)
    bearer = visit(authorization=f"Bearer {one.host}")
    assert (await bearer.get(f"/rooms/{one.code}/keep")).status_code == 404


async def test_what_went_wrong_by_hand_is_a_table(opens: Opens, app: FastAPI) -> None:
    one = await opens(1)
    empty = await one.teacher.get(f"/rooms/{one.code}/hand-ins", headers=PAGE)
    assert "Nobody has worked anything out" in empty.text
    store = app.state.labs.store
    room, [seat] = store.rooms.by_code(one.code), await one.seats()
    store.ballots.tried(room.id, Try(seat, "1.1~n-1-1.0", "delta", ("slope",), False, 1))
    page = await one.teacher.get(f"/rooms/{one.code}/hand-ins", headers=PAGE)
    assert "Forgot the slope × 1" in page.text


async def test_a_class_ends_only_behind_a_second_press(opens: Opens) -> None:
    one = await opens(1)
    assert f'action="/rooms/{one.code}/end"' not in await one.board()
    page = await one.teacher.get(f"/rooms/{one.code}/end", headers=PAGE)
    assert f'action="/rooms/{one.code}/end"' in page.text
    assert (await one.does("end")).headers["location"] == "/"
    assert (await one.teacher.get(f"/rooms/{one.code}")).status_code == 404


async def test_a_class_is_opened_from_the_share_panel_and_works_on_the_lesson(browser: AsyncClient) -> None:
    lab = await make(browser)
    query = f"lesson={next(iter(LESSONS))}&card=1"
    page = await browser.get(f"/labs/{lab}?{query}&panel=share")
    assert f'action="/rooms?{query}"' in unescape(page.text)
    opened = await browser.post(f"/rooms?{query}", data={"lab": lab, "mode": "together"})
    board = await browser.get(opened.headers["location"])
    assert f"/labs/{lab}?{query}" in unescape(board.text)


async def test_a_prepared_class_says_what_it_opens_and_opens_it_by_one_press(browser: AsyncClient) -> None:
    page = await browser.get("/at?data=xor&hidden=4&place=3&panel=share")
    assert 'action="/rooms/new?' in page.text
    address = "/rooms/new?data=xor&hidden=4&place=3&pace=phase&mode=together"
    page = await browser.get(address)
    assert "XOR · 2 → 4 → 1" in page.text
    assert "as far as you allow" in page.text
    opened = await browser.post(address)
    assert opened.status_code == 303
    board = await browser.get(opened.headers["location"])
    assert "Together, up to" in board.text
    assert "?pace=phase" in board.text
    chosen = await browser.post(address, data={"mode": "own"})
    assert "Together, up to" not in (await browser.get(chosen.headers["location"])).text


@pytest.mark.parametrize("method", ["GET", "POST"])
async def test_a_prepared_class_of_no_recipe_shows_what_is_wrong(
    browser: AsyncClient, program: AsyncClient, method: str
) -> None:
    address = "/rooms/new?eta=fast"
    answer = await browser.request(method, address)
    assert answer.status_code == 422
    assert 'value="fast"' in answer.text
    assert "fields" in (await program.request(method, address)).json()


async def test_the_head_of_a_teachers_lab_leads_to_the_board(opens: Opens) -> None:
    one = await opens(2)
    page = (await one.teacher.get(f"/labs/{one.lab}", headers=PAGE)).text
    assert f'id="to-board" href="/rooms/{one.code}"' in page
    assert "2 here" in page
    assert "Let the class work on this" not in page
    other = await make(one.teacher)
    page = (await one.teacher.get(f"/labs/{other}", headers=PAGE)).text
    assert "Let the class work on this" in page
    await one.does("lab", lab=other)
    assert f'href="/labs/{other}' in await one.board()
    student = (await one.students[0].get(f"/labs/{one.lab}", headers=PAGE)).text
    assert 'id="to-board"' not in student
