"""The board of a class by HTTP: opening it, what it shows, what is pressed on it, and the way back in."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from html import unescape
from typing import NamedTuple

import pytest
from fastapi import FastAPI
from httpx import AsyncClient, Response

from app.lessons.lesson import LESSONS
from app.store.ballots import Try
from app.web import board_pages
from tests.web.conftest import Visit
from tests.web.visitor import make

pytestmark = pytest.mark.anyio

PAGE = {"accept": "text/html"}
SWAP = {"accept": "text/html", "hx-request": "true"}


class Class(NamedTuple):
    """A class with its teacher and those who have come in."""

    code: str
    host: str
    lab: str
    teacher: AsyncClient
    students: list[AsyncClient]

    async def board(self, query: str = "", **headers: str) -> str:
        """Return the board as its teacher sees it."""
        answer = await self.teacher.get(f"/rooms/{self.code}{query}", headers=PAGE | headers)
        assert answer.status_code == 200, answer.text
        return answer.text

    async def does(self, verb: str, query: str = "", **fields: str) -> Response:
        """Press something on the board, in a browser without scripts."""
        return await self.teacher.post(f"/rooms/{self.code}/{verb}{query}", data=fields, headers=PAGE)

    async def seats(self) -> list[str]:
        """Return the ids of who is in."""
        return [part.partition('"')[0] for part in (await self.board()).split('id="seat-')[1:]]


Opens = Callable[..., Awaitable[Class]]


@pytest.fixture
def opens(visit: Visit) -> Opens:
    """Open a class with so many students who step copies of their own."""

    async def open(students: int = 2, mode: str = "own", **recipe: object) -> Class:
        teacher = visit()
        lab = await make(teacher, **recipe)
        opened = (await teacher.post("/rooms", json={"lab": lab, "mode": mode})).json()
        code, inside = opened["code"], []
        for _ in range(students):
            student = visit()
            assert (await student.post(f"/rooms/{code}/join")).status_code == 201
            await student.get(f"/rooms/{code}", headers=PAGE)
            inside.append(student)
        return Class(code, opened["host"], lab, teacher, inside)

    return open


async def test_the_board_has_a_network_for_everybody_and_hides_their_names(opens: Opens) -> None:
    one = await opens(3)
    text = await one.board()
    assert text.count('class="stage sketch"') == 3
    assert "3 here, 3 awake" in text
    name = (await one.students[0].get(f"/rooms/{one.code}")).json()["name"]
    assert name not in text
    assert name in await one.board("?names=1")


async def test_a_network_is_drawn_once_for_all_who_stand_there(opens: Opens) -> None:
    board_pages.sketches.clear()
    one = await opens(5)
    await one.board()
    assert len(board_pages.sketches) == 1


async def test_whoever_follows_has_no_network_yet(opens: Opens) -> None:
    one = await opens(1, "follow")
    [seat] = await one.seats()
    text = await one.board(f"?look={seat}")
    assert "follows you" in text
    assert "no network of their own yet" in text


async def test_of_a_very_large_class_there_is_a_line_each_and_the_opened_one_is_drawn(
    opens: Opens, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(board_pages, "PICTURES", 2)
    one = await opens(3)
    seats = await one.seats()
    assert 'class="stage sketch"' not in await one.board()
    assert (await one.board(f"?look={seats[0]}")).count('class="stage sketch"') == 2  # its tile, and large


async def test_a_network_that_is_damaged_is_told_in_words(opens: Opens, app: FastAPI) -> None:
    one = await opens(1)
    lab = (await one.students[0].get(f"/rooms/{one.code}")).json()["lab"]
    store = app.state.labs.store
    stored = store.labs.get(lab)
    assert store.labs.move(stored, place=0, recipe='{"nonsense": 1}')
    text = await one.board()
    assert 'class="stage sketch"' not in text
    assert "1 · Input" in text


async def test_the_board_stays_when_the_teachers_lab_is_gone(opens: Opens, app: FastAPI) -> None:
    one = await opens(1)
    stored = app.state.labs.store.labs.get(one.lab)
    assert app.state.labs.store.labs.move(stored, place=0, recipe="{}")
    text = await one.board()
    assert "Nothing can be asked" in text
    assert "Your network" not in text


async def test_a_press_comes_back_to_the_same_sight(opens: Opens) -> None:
    one = await opens(1)
    answer = await one.does("pause", "?names=1", paused="true")
    assert (answer.status_code, answer.headers["location"]) == (303, f"/rooms/{one.code}?names=1")
    assert "All hands rest" in await one.board()
    assert (await one.does("pause", paused="false")).headers["location"] == f"/rooms/{one.code}"


async def test_an_open_board_is_told_in_parts_what_has_become_of_it(opens: Opens) -> None:
    one = await opens(1)
    answer = await one.teacher.post(f"/rooms/{one.code}/mode", data={"mode": "together"}, headers=SWAP)
    assert answer.text.count("<hx-partial") == 2
    assert "<html" not in answer.text
    assert answer.headers["cache-control"] == "no-store"
    assert "Together, up to <b>1 · Input</b>" in answer.text
    told = await one.does("allow", to="forward")
    assert told.status_code == 303
    assert "Let them on: Cost" in await one.board()


async def test_a_teacher_hears_in_the_sight_they_look_in(opens: Opens, app: FastAPI) -> None:
    one = await opens(1)
    name = (await one.students[0].get(f"/rooms/{one.code}")).json()["name"]
    now = await one.teacher.get(f"/rooms/{one.code}/now?names=1")
    assert name in now.text
    assert name not in (await one.teacher.get(f"/rooms/{one.code}/now")).text


async def ask(one: Class, question: str = "side") -> None:
    """Ask the class and let it guess."""
    assert (await one.does("rounds", question=question)).status_code == 303
    assert "Let them guess" in await one.board()
    assert (await one.does("advance", to="guess")).status_code == 303


async def say(one: Class, *answers: int) -> None:
    """Let the students answer, by the number of a choice."""
    for student, answer in zip(one.students, answers, strict=False):
        choices = (await student.get(f"/rooms/{one.code}")).json()["question"]["choices"]
        vote = {"answer": choices[answer]["key"], "confidence": 3}
        assert (await student.post(f"/rooms/{one.code}/vote", json=vote)).status_code == 200


async def test_a_whole_round_is_run_from_the_board(opens: Opens) -> None:
    one = await opens(6)
    await ask(one)
    await say(one, 0, 0, 0, 1, 1)
    assert "<b>5 of 6</b> have answered" in await one.board()
    await one.does("advance", to="hold")
    text = await one.board()
    assert "The votes, for you alone" in text
    assert "talking it over helps most" in text
    await one.does("advance", to="discuss")
    assert "They talk it over" in await one.board()
    await one.does("advance", to="guess")
    await say(one, 0, 0, 0, 0, 0, 0)
    assert "Close the vote and show the answer" in await one.board()
    await one.does("advance", to="reveal")
    text = await one.board()
    assert "2 changed their mind" in text
    assert text.count('class="rights"') in (1, 7)  # the answer; and who was right, all or nobody
    await one.does("advance")
    assert "Ask this" in await one.board()


async def test_right_answers_count_on_the_board_only_when_they_are_told(opens: Opens) -> None:
    one = await opens(2)
    await ask(one)
    await say(one, 0, 1)
    assert 'class="rights"' not in await one.board()
    await one.does("advance", to="hold")
    text = await one.board()
    assert 'class="rights"' not in text
    assert "fewer than five" in text
    await one.does("advance", to="reveal")
    assert (await one.board()).count('class="rights"') == 1  # one of the two was right


async def test_a_round_about_everybodys_own_network_says_so_and_can_be_dropped(opens: Opens) -> None:
    one = await opens(1)
    await one.does("rounds", question="side", own="true")
    assert "asked of their own network" in await one.board()
    await one.does("advance", to="drop")
    assert "Ask this" in await one.board()


async def test_what_can_be_asked_is_found_once_for_a_place_and_is_only_what_is_decided(opens: Opens) -> None:
    board_pages.lists.clear()
    one = await opens(0)
    assert 'value="side"' in await one.board()
    assert 'value="side"' in await one.board()
    assert len(board_pages.lists) == 1
    await one.teacher.post(f"/labs/{one.lab}/next", params={"at": 0, "stride": "phase"})
    await one.teacher.post(f"/labs/{one.lab}/next", params={"at": 4, "stride": "phase"})
    assert 'value="side"' not in await one.board()


async def test_an_opened_network_is_shown_to_all_and_taken_out(opens: Opens) -> None:
    one = await opens(2)
    first, _ = await one.seats()
    assert "Show to all" in await one.board(f"?look={first}")
    await one.does("show", f"?look={first}", member=first)
    assert "Show no longer" in await one.board()
    await one.does("remove", member=first)
    assert await one.seats() != []
    assert first not in await one.board()


async def test_the_head_says_when_the_door_is_closed(opens: Opens) -> None:
    one = await opens(0)
    assert "Nobody is here yet" in await one.board()
    await one.does("door", closed="true")
    text = await one.board()
    assert "door closed" in text
    assert "Open the door" in text


async def test_the_code_is_there_in_large_with_the_address_to_type(opens: Opens) -> None:
    one = await opens(0)
    text = await one.board()
    assert f"labs.test/{one.code}" in text
    assert f"{one.code[:3]} {one.code[3:]}" in text
    assert "only works on this machine" not in text


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
