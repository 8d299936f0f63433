"""The board of a class by HTTP: what it shows, and what is pressed on it."""

from __future__ import annotations

import re

import pytest
from fastapi import FastAPI

from app.web import board_pages
from tests.web.boards import SWAP, Class, Opens, opening
from tests.web.conftest import Visit

pytestmark = pytest.mark.anyio


@pytest.fixture
def opens(visit: Visit) -> Opens:
    """Open a class with so many students who step copies of their own."""
    return opening(visit)


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


async def test_students_have_no_sight_of_their_own(opens: Opens) -> None:
    one = await opens(1, "follow")
    told = [await one.students[0].get(f"/rooms/{one.code}/now{query}") for query in ("", "?names=1&look=x")]
    assert told[0].text == told[1].text


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


async def test_of_everybodys_own_network_it_is_told_how_many_were_right(opens: Opens) -> None:
    one = await opens(5)
    await one.does("rounds", question="side", own="true")
    await one.does("advance", to="guess")
    await say(one, 0, 0, 1, 1, 1)
    await one.does("advance", to="hold")
    assert 'id="own-rights"' not in await one.board()
    await one.does("advance", to="discuss")
    await one.does("advance", to="guess")
    await say(one, 0, 0, 0, 0, 1)
    await one.does("advance", to="reveal")
    told = re.search(r'id="own-rights">([^<]*)<b>([^<]*)</b>', await one.board())
    assert told
    numbers = int(told[1].split(": ")[1].split(" of 5")[0]), int(told[2].split(" of 5")[0])
    assert numbers in ((2, 4), (3, 1))  # whichever answer is right: all have the same network


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
