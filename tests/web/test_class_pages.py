"""A student's pages: what all look at, one's own network, the question with one's own answer, and the
answer."""

from __future__ import annotations

import re
import time

import pytest
from fastapi import FastAPI, HTTPException

from app.web.room_pages import Reader, message, polled, strip
from tests.web.conftest import Visit
from tests.web.schoolroom import BROWSER, in_class

pytestmark = pytest.mark.anyio


async def test_who_follows_sees_the_teachers_network_and_has_nothing_to_press(visit: Visit) -> None:
    room, student = await in_class(visit)
    page = (await student.get(f"/rooms/{room.code}")).text
    assert "Your teacher steps, you watch." in page
    assert f'hx-sse:connect="/rooms/{room.code}/events"' in page
    assert 'id="next"' not in page
    assert 'id="watch"' not in page
    assert 'id="copy"' not in page


async def test_their_own_network_bears_the_strip_and_leads_back_when_all_look_together(visit: Visit) -> None:
    room, student = await in_class(visit, "own")
    own = (await student.get(f"/rooms/{room.code}")).headers["location"]
    page = (await student.get(own)).text
    assert "Your own way" in page
    assert 'id="next"' in page
    assert 'data-scene="own"' in page
    await room.does("mode", mode="follow")
    assert (await student.get(own)).headers["location"] == f"/rooms/{room.code}"
    assert (await student.get(own, headers={"hx-request": "true"})).status_code == 200


async def test_a_lesson_of_the_teachers_is_the_classs(visit: Visit) -> None:
    room, student = await in_class(visit, "own")
    await room.teacher.get(f"/labs/{room.lab}?lesson=downhill&card=2", headers={"accept": BROWSER})
    own = (await student.get(f"/rooms/{room.code}")).headers["location"]
    assert own.endswith("?lesson=downhill&card=2")


async def test_an_answer_is_shown_to_whoever_gave_it_and_can_be_changed(visit: Visit) -> None:
    room, student = await in_class(visit)
    await room.comes_to("guess")
    page = (await student.get(f"/rooms/{room.code}")).text
    assert 'id="voted-1-1"' in page
    assert "Your answer" not in page
    answer = await student.post(
        f"/rooms/{room.code}/vote", data={"answer": "high"}, headers={"hx-request": "true"}
    )
    assert "Your answer: <b>too high</b>" in answer.text
    assert 'hx-target="#class-now"' in answer.text
    assert "Your answer: <b>too high</b>" in (await student.get(f"/rooms/{room.code}")).text


async def test_the_answer_comes_with_ones_own_and_with_what_all_guessed(app: FastAPI, visit: Visit) -> None:
    room, student = await in_class(visit)
    silent = await room.let_in(visit(BROWSER))
    others = [await room.let_in(visit()) for _ in range(5)]
    await room.comes_to("guess")
    for one in (student, *others):
        await room.votes(one, "high")
    for to in ("", "reveal"):
        await room.does("advance", to=to)
    page, quiet = [(await one.get(f"/rooms/{room.code}")).text for one in (student, silent)]
    assert "Your guess: too high" in page
    assert 'id="why"' in page
    assert 'data-scene="told-1"' in page
    assert "The answer" in quiet
    assert 'id="why"' in quiet
    for text in (page, quiet):
        assert "<b>6 of 7</b> have answered." in text
    teacher = room.teacher
    host = (await teacher.get(f"/labs/{room.lab}", headers={"accept": BROWSER})).text
    assert "Class <strong>" in host
    classes = app.state.classes
    stored = classes.store.rooms.by_code(room.code)
    lab = classes.labs.load(room.lab)[1]
    assert classes.votes(stored, lab).answered == 6
    assert classes.votes(stored, lab.go(0)) is None


async def test_a_second_vote_is_drawn_beside_the_first_on_the_teachers_network(visit: Visit) -> None:
    room, student = await in_class(visit)
    others = [await room.let_in(visit()) for _ in range(4)]
    moved = await room.teacher.post(f"/labs/{room.lab}/go?at=0&to=3")
    assert moved.json()["place"] == 3
    await room.comes_to("guess", "blamed")
    for one in (student, *others):
        await room.votes(one, "n-1-1")
    for to in ("", "discuss", ""):
        await room.does("advance", to=to)
    for one in (student, *others):
        await room.votes(one, "n-1-2")
    assert (await room.does("advance")).json()["phase"] == "reveal"
    host = (await room.teacher.get(f"/labs/{room.lab}", headers={"accept": BROWSER})).text
    assert 'id="counts"' in host
    assert "5 changed their mind after talking." in host
    again = await room.teacher.get(f"/labs/{room.lab}", headers={"accept": BROWSER, "hx-request": "true"})
    assert 'id="counts"' in again.text
    assert 'id="counts"' in (await student.get(f"/rooms/{room.code}")).text


async def test_a_question_about_their_own_network_takes_its_step_when_it_is_told(visit: Visit) -> None:
    room, student = await in_class(visit, "own")
    late = await room.let_in(visit(BROWSER))
    for one in (student, late):
        await one.get(f"/rooms/{room.code}")
    await room.comes_to("guess", own=True)
    page = await student.get(f"/rooms/{room.code}")
    assert page.status_code == 200
    assert 'data-scene="asked-1-1-guess"' in page.text
    await room.votes(student, "high")
    for to in ("", "reveal"):
        await room.does("advance", to=to)
    own = (await student.get(f"/rooms/{room.code}")).headers["location"]
    assert "asked=" in own
    assert 'id="why"' in (await student.get(own)).text
    assert (await student.get(f"/rooms/{room.code}")).headers["location"] == own
    silent = (await late.get(f"/rooms/{room.code}")).headers["location"]
    assert ("asked=" in silent, "answered=" in silent) == (True, False)


async def test_open_pages_are_told_what_all_look_at_or_to_go_to_their_own(app: FastAPI, visit: Visit) -> None:
    room, student = await in_class(visit)
    classes = app.state.classes
    stored = classes.store.rooms.by_code(room.code)
    reader, host = [Reader(role, student_view()) for role in ("student", "host")]
    assert 'hx-target="#lab"' in message(classes, stored.id, reader)
    assert 'hx-target="#lab"' not in strip(classes, stored.id, reader)
    assert 'hx-target="#board"' in strip(classes, stored.id, host)
    await room.does("mode", mode="own")
    assert 'hx-target="#lab"' not in message(classes, stored.id, reader)
    assert message(classes, "gone", reader) is strip(classes, "gone", reader) is None
    seen = (await student.get(f"/rooms/{room.code}/now")).text.split('data-mark="')[1].split('"')[0]
    assert (await student.get(f"/rooms/{room.code}/now?seen={seen}")).status_code == 204


def student_view() -> object:
    from app.page.viewer import Viewer

    return Viewer(may=False)


async def test_a_class_whose_teachers_network_is_gone_goes_on(app: FastAPI, visit: Visit) -> None:
    room, student = await in_class(visit)
    classes = app.state.classes
    stored = classes.store.rooms.by_code(room.code)
    classes.store.rooms.change(stored, state=stored.state, guessing="", lab="nowhere")
    told = message(classes, stored.id, Reader("student", student_view()))
    assert 'hx-target="#class-now"' in told
    assert 'hx-target="#lab"' not in told
    assert student


async def test_the_page_of_a_hosts_network_hears_how_many_are_there(visit: Visit) -> None:
    room, student = await in_class(visit)
    page = await room.teacher.get(f"/rooms/{room.code}/people", headers={"accept": BROWSER})
    assert "1 here" in page.text
    assert (await student.get(f"/rooms/{room.code}/people")).status_code == 403


async def test_a_wrong_code_is_said_beside_its_field(visit: Visit) -> None:
    answer = await visit(BROWSER).get("/rooms?code=ABC")
    assert answer.status_code == 404
    assert 'value="ABC"' in answer.text
    assert (await visit().get("/rooms?code=ABC")).status_code == 404
    assert 'id="code"' in (await visit(BROWSER).get("/")).text


async def test_a_poll_that_finds_no_room_says_so(app: FastAPI) -> None:
    with pytest.raises(HTTPException):
        polled(app.state.classes, "nowhere", Reader("student", student_view()), "")


async def test_when_a_question_about_their_own_network_is_over_every_panel_opens_again(visit: Visit) -> None:
    room, student = await in_class(visit, "own")
    await student.get(f"/rooms/{room.code}")
    await room.comes_to("guess", own=True)
    await room.votes(student, "high")
    for to in ("", "reveal"):
        await room.does("advance", to=to)
    own = (await student.get(f"/rooms/{room.code}")).headers["location"]
    await room.does("advance")
    for panel in ("downhill", "surface"):
        page = (await student.get(f"{own}&panel={panel}")).text
        assert "Closed while a question is open" not in page


async def test_whoever_streams_do_not_reach_asks_and_is_there(app: FastAPI, visit: Visit) -> None:
    room, student = await in_class(visit)
    store = app.state.classes.store
    asks = {
        student: re.compile(r'data-mark="([^"]*)"'),
        room.teacher: re.compile(r'id="asks" hidden hx-get="[^"]*seen=([^"]*)"'),
    }
    for who, mark in asks.items():
        for _ in range(2):  # the second time it is known already that they are there
            page = await who.get(f"/rooms/{room.code}", headers={"accept": BROWSER})
            seen = mark.search(page.text)
            assert seen
            answer = await who.get(f"/rooms/{room.code}/now?seen={seen[1]}")
            assert answer.status_code == 204
        store.database.mark = time.time() + 3600
        await who.get(f"/rooms/{room.code}/now?seen={seen[1]}")
        stored = store.rooms.by_code(room.code)
        heard = stored.heard if who is room.teacher else store.members.seats(stored.id)[0].member.heard
        assert heard >= store.database.mark
        store.database.mark = 0.0
    await room.does("mode", mode="own")
    for who in asks:
        assert (await who.get(f"/rooms/{room.code}/now?seen={seen[1]}")).status_code == 200
