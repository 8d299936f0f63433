"""A class holds its people whichever page of ours they were last at, and keeps what is theirs."""

from __future__ import annotations

import json

import pytest
from fastapi import FastAPI
from httpx import AsyncClient

from tests.web.conftest import Visit
from tests.web.schoolroom import BROWSER, PHASES, Schoolroom, in_class, opened
from tests.web.straight import Asked, send
from tests.web.visitor import make

pytestmark = pytest.mark.anyio
JSON = {"accept": "application/json"}


async def status(client: AsyncClient, method: str, path: str) -> int:
    return (await client.request(method, path, headers=JSON)).status_code


async def leaves(client: AsyncClient, room: Schoolroom) -> None:
    assert (await client.post(f"/rooms/{room.code}/leave")).status_code == 303


async def opens_another(client: AsyncClient, _: Schoolroom) -> None:
    lab = await make(client)
    answer = await client.post("/rooms", json={"lab": lab}, headers=JSON)
    assert answer.status_code == 201
    assert (await client.get(f"/rooms/{answer.json()['code']}")).status_code == 200


@pytest.mark.parametrize("goes", [leaves, opens_another])
async def test_whoever_goes_elsewhere_is_held_all_the_same(app: FastAPI, visit: Visit, goes) -> None:
    room, student = await in_class(visit, "own")
    own = (await student.get(f"/rooms/{room.code}", headers=JSON)).json()["lab"]
    await goes(student, room)
    await room.comes_to("guess", "falls")
    for lab in (room.lab, own):
        assert await status(student, "GET", f"/labs/{lab}.json") == 409
    await room.does("advance", to="drop")
    assert await status(student, "GET", f"/labs/{room.lab}.json") == 200
    await room.does("pause", paused=True)
    assert await status(student, "POST", f"/labs/{own}/next?at=0") == 409
    app.state.labs.store.database.mark = app.state.labs.store.database.now() + 3600  # the teacher has gone
    assert await status(student, "POST", f"/labs/{own}/next?at=0") == 200
    app.state.labs.store.database.mark = 0.0


async def test_of_two_classes_in_one_browser_each_follows_its_own_network(app: FastAPI, visit: Visit) -> None:
    room = await opened(visit)
    await opens_another(room.teacher, room)
    await room.teacher.get(f"/labs/{room.lab}?lens=blame", headers={"accept": BROWSER})
    assert "lens=blame" in app.state.labs.store.rooms.by_code(room.code).view
    await room.comes_to("guess", "falls")
    assert await status(room.teacher, "POST", f"/labs/{room.lab}/next?at=0") == 409
    await room.does("advance", to="hold")
    await room.does("advance", to="reveal")
    assert app.state.labs.store.labs.get(room.lab).place > 0


async def test_after_another_code_open_pages_go_on_in_each_phase(visit: Visit) -> None:
    room, student = await in_class(visit)
    stranger = visit(BROWSER)
    old = room.code
    for phase in PHASES:
        await room.comes_to(phase, "falls")
        room.code = (await room.does("code")).json()["code"]
        for path in ("", "/now"):
            assert (await student.get(f"/rooms/{old}{path}")).status_code == 200
        if phase.startswith("guess"):
            answer = await student.post(f"/rooms/{old}/vote", json={"answer": "falls"}, headers=JSON)
            assert answer.status_code == 200
        assert (await room.teacher.get(f"/rooms/{old}")).status_code == 200
        assert (await stranger.get(f"/rooms/{old}")).status_code == 404


@pytest.mark.parametrize("phase", PHASES)
async def test_a_class_goes_on_elsewhere_in_the_phase_it_had_come_to(visit: Visit, phase: str) -> None:
    room = await opened(visit)
    await room.let_in(visit())
    await room.comes_to(phase, "amount")
    kept = await room.teacher.get(f"/rooms/{room.code}.json")
    teacher, student = visit(), visit()
    answer = await teacher.post(
        "/rooms/load", content=kept.content, headers={"content-type": "application/json"}
    )
    assert answer.status_code == 201, answer.text
    again = Schoolroom(teacher, answer.json()["code"], answer.json()["host"], "")
    await again.let_in(student)
    seen = await again.seen_by(student)
    assert seen["phase"] == phase.split(" ")[0]
    voted = await student.post(f"/rooms/{again.code}/vote", json={"answer": "1/4"})
    assert voted.status_code == (200 if phase.startswith("guess") else 409)
    again_kept = await teacher.get(f"/rooms/{again.code}.json")
    if phase.startswith("guess"):
        await again.does("advance")
        again_kept = await teacher.get(f"/rooms/{again.code}.json")
        assert [vote["turn"] for vote in json.loads(again_kept.content)["votes"]][-1:] == [seen["turn"]]
    loaded = await teacher.post(
        "/rooms/load", content=again_kept.content, headers={"content-type": "application/json"}
    )
    assert loaded.status_code == 201


async def test_whoever_comes_late_stands_no_further_than_the_class_may(app: FastAPI, visit: Visit) -> None:
    room, late = await opened(visit, "together"), visit()
    assert (await room.teacher.post(f"/labs/{room.lab}/go?at=0&to=9")).json()["place"] == 9
    await room.let_in(late)
    assert app.state.labs.store.labs.get((await room.seen_by(late))["lab"]).place == 0


async def test_whoever_comes_back_to_a_network_finds_their_copy(app: FastAPI, visit: Visit) -> None:
    room, student = await opened(visit, "own"), visit()
    await room.let_in(student)
    first = (await room.seen_by(student))["lab"]
    await student.post(f"/labs/{first}/next?at=0")
    other = await make(room.teacher)
    await room.does("lab", lab=other)
    second = (await room.seen_by(student))["lab"]
    await room.does("lab", lab=room.lab)
    assert (await room.seen_by(student))["lab"] == first != second
    labs = app.state.labs.store.labs
    with labs._database.connection() as connection:  # as after a year
        connection.exec_driver_sql(f"DELETE FROM labs WHERE id = '{first}'")
    await room.let_in(student)
    third = (await room.seen_by(student))["lab"]
    assert third not in (first, second)
    assert (await student.post(f"/labs/{third}/next?at=0")).status_code == 200


async def test_a_door_makes_a_second_press_the_same_persons(visit: Visit) -> None:
    room, student = await opened(visit), visit(BROWSER)
    assert "blame-game" in (await student.get(f"/rooms/{room.code}")).headers["set-cookie"]
    owner = student.cookies["blame-game"]
    for _ in range(2):
        await student.post(f"/rooms/{room.code}/join")
    assert student.cookies["blame-game"] == owner
    assert (await room.seen_by(room.teacher))["people"] == 1


async def test_a_teacher_who_looks_stays_the_host(visit: Visit) -> None:
    room = await opened(visit)
    renewed = (await room.teacher.get(f"/rooms/{room.code}", headers={"accept": BROWSER})).headers
    assert any(one.startswith("host-") and "Max-Age" in one for one in renewed.get_list("set-cookie"))


async def test_whoever_is_taken_out_is_shown_no_longer_and_has_answered_all_the_same(visit: Visit) -> None:
    room, student = await in_class(visit, "own")
    await student.get(f"/rooms/{room.code}")
    store = student._transport.app.state.labs.store  # type: ignore[attr-defined]
    stored = store.rooms.by_code(room.code)
    (seat,) = store.members.seats(stored.id)
    await room.does("show", member=seat.member.id)
    await room.does("remove", member=seat.member.id)
    assert '"shown": []' in store.rooms.by_code(room.code).state


async def test_a_program_that_dies_at_the_reveal_has_taken_the_step(app: FastAPI, visit: Visit) -> None:
    room = await opened(visit)
    await room.comes_to("hold", "falls")
    classes = app.state.classes
    stored = classes.store.rooms.by_code(room.code)

    def dies(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    change, classes.change = classes.change, dies
    with pytest.raises(KeyboardInterrupt):
        classes.advance(stored, "reveal")
    classes.change = change
    place = classes.store.labs.get(room.lab).place
    assert place > 0
    assert (await room.does("advance", to="reveal")).json()["phase"] == "reveal"
    assert classes.store.labs.get(room.lab).place == place


@pytest.mark.parametrize("way", ["POST /labs/{}/next", "POST /at/next", "GET /rooms/QQQQQQ", "GET /"])
async def test_an_address_that_is_no_text_breaks_nothing(app: FastAPI, visit: Visit, way: str) -> None:
    room, student = await in_class(visit)
    method, path = way.format(room.lab).split()
    cookies = "; ".join(f"{name}={value}" for name, value in student.cookies.items())
    headers = [(b"cookie", cookies.encode()), (b"host", b"labs.test"), (b"hx-request", b"true")]
    told = await send(app, Asked(method, path, b"data=xor&at=0&\xa4=1", headers, b"", {}))
    assert told.status < 500
