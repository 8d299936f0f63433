"""What is shown to all, who is let in, and whose hands rest."""

from __future__ import annotations

import pytest
from fastapi import FastAPI

from tests.web.conftest import Visit
from tests.web.schoolroom import BROWSER, in_class, opened

pytestmark = pytest.mark.anyio


async def test_what_is_shown_to_all_is_seen_by_all_without_a_name(app: FastAPI, visit: Visit) -> None:
    room, student = await in_class(visit, "own")
    other = await room.let_in(visit(BROWSER))
    await other.get(f"/rooms/{room.code}")
    classes = app.state.classes
    stored = classes.store.rooms.by_code(room.code)
    ids = {seat.member.name: seat.member.id for seat in classes.store.members.seats(stored.id)}
    for name in room.names:
        await room.does("show", member=ids[name])
    page = (await student.get(f"/rooms/{room.code}")).text
    assert page.count("Somebody’s network") == 2
    assert "Your teacher shows this to all." in page
    assert room.names[1] not in page
    assert 'data-scene="shown-' in page
    for name in room.names:
        await room.does("show", member=ids[name])
    assert (await student.get(f"/rooms/{room.code}")).status_code == 303


async def test_whoever_cannot_come_in_is_told_why(app: FastAPI, visit: Visit) -> None:
    room, student = await in_class(visit)
    await room.does("door", closed=True)
    assert "The door of this class is closed." in (await visit(BROWSER).get(f"/rooms/{room.code}")).text
    stored = app.state.classes.store.rooms.by_code(room.code)
    (seat,) = app.state.classes.store.members.seats(stored.id)
    await room.does("remove", member=seat.member.id)
    assert "You were taken out of this class." in (await student.get(f"/rooms/{room.code}")).text


async def test_hands_rest_for_everybody_but_others_networks_and_the_one_that_is_asked_about(
    visit: Visit,
) -> None:
    room, student = await in_class(visit, "own")
    own = (await student.get(f"/rooms/{room.code}")).headers["location"]
    json = {"accept": "application/json"}
    await room.does("pause", paused=True)
    assert (await student.post(f"{own}/next?at=0", headers=json)).status_code == 409
    other = (await student.post("/labs", data={}, headers=json)).json()["id"]
    assert (await student.post(f"/labs/{other}/next?at=0", headers=json)).status_code == 200
    await room.does("pause", paused=False)
    await room.does("mode", mode="together")
    assert (await student.post(f"{own}/next?at=0", headers=json)).status_code == 409
    assert (await room.teacher.post(f"/labs/{room.lab}/next?at=0")).status_code == 200
    await room.does("mode", mode="follow")
    await room.comes_to("guess", "unplug")
    assert (await room.teacher.post(f"/labs/{room.lab}/next?at=1", headers=json)).status_code == 409


async def test_who_only_asks_for_the_head_of_a_stream_gets_it_and_that_is_all(visit: Visit) -> None:
    room, student = await in_class(visit)
    answer = await student.head(f"/rooms/{room.code}/events")
    assert (answer.status_code, answer.text) == (200, "")
    assert answer.headers["content-type"].startswith("text/event-stream")
    assert answer.headers["cache-control"] == "no-store"


async def test_a_program_in_a_class_that_steps_for_itself_has_a_network_of_its_own_too(visit: Visit) -> None:
    room, student = await opened(visit), visit()
    await room.let_in(student)
    assert (await room.seen_by(student))["lab"] == room.lab
    await room.does("mode", mode="own")
    own = (await room.seen_by(student))["lab"]
    assert own != room.lab
    assert (await student.post(f"/labs/{own}/next?at=0")).json()["place"] > 0
    assert (await room.seen_by(student))["lab"] == own
    assert (await room.seen_by(room.teacher))["lab"] == room.lab


async def test_the_home_page_leads_back_to_ones_class(visit: Visit) -> None:
    room, student = await in_class(visit)
    for who in (student, room.teacher):
        home = (await who.get("/", headers={"accept": BROWSER})).text
        assert f'id="to-my-class" href="/rooms/{room.code}"' in home
    assert "to-my-class" not in (await visit(BROWSER).get("/")).text
    await student.post(f"/rooms/{room.code}/leave")
    assert "to-my-class" not in (await student.get("/")).text


async def test_while_all_hands_rest_the_buttons_look_so(visit: Visit) -> None:
    room, student = await in_class(visit, "own")
    for paused in (True, False):
        await room.does("pause", paused=paused)
        page = await student.get(f"/rooms/{room.code}", follow_redirects=True)
        assert ("data-held" in page.text) == paused
