"""A class comes in whole, however many share an address; wrong codes are slowed and right ones never; what is
over is gone."""

from __future__ import annotations

import time
from pathlib import Path

import pytest
from fastapi import FastAPI

from app.limits import WRONG_CODES, WRONG_CODES_OF_ONE
from app.store.store import DAY
from app.web.allowance import Allowance
from app.web.attending import Codes
from tests.store.sweeping import sweep_at
from tests.web.conftest import Visit
from tests.web.schoolroom import opened

pytestmark = pytest.mark.anyio
PEOPLE = 300
OWNER = "somebody-with-a-cookie"


class Clock:
    """A clock that goes when it is told to."""

    now = 0.0

    def __call__(self) -> float:
        return self.now


def test_a_browser_may_mistype_some_codes_at_once_and_one_every_two_seconds_after_that() -> None:
    clock = Clock()
    codes, burst = Codes(clock), int(WRONG_CODES_OF_ONE.burst)
    assert [codes.wrong("me") for _ in range(burst + 1)] == [0] * burst + [2]
    assert codes.wrong("you") == 0
    assert [codes.wrong("me") for _ in range(5)] == [4] * 5  # who goes on does not wait for ever
    clock.now = 4.0
    assert codes.wrong("me") == 0
    clock.now = 1e6
    assert [codes.wrong("me") for _ in range(burst + 1)] == [0] * burst + [2]


def test_all_together_may_mistype_so_many_and_no_cookie_helps() -> None:
    clock = Clock()
    codes, burst = Codes(clock), int(WRONG_CODES.burst)
    assert [codes.wrong("" if at % 2 else f"browser {at}") for at in range(burst)] == [0] * burst
    assert codes.wrong("another") == codes.wrong("") == 1
    clock.now = 1.0
    assert codes.wrong("") == 0


async def test_wrong_codes_are_slowed_and_right_ones_never(app: FastAPI, visit: Visit) -> None:
    app.state.codes = Codes(Clock())
    room, guessing, other = await opened(visit), visit(), visit()
    for client in (guessing, other):
        client.cookies.set("blame-game", f"{OWNER}-{client is other}", domain="labs.test")
    statuses = []
    for _ in range(int(WRONG_CODES_OF_ONE.burst) + 1):
        answer = await guessing.get("/rooms/BBBBBB")
        statuses.append(answer.status_code)
    assert statuses == [404] * int(WRONG_CODES_OF_ONE.burst) + [429]
    assert (answer.headers["retry-after"], bool(answer.json()["detail"])) == ("2", True)
    assert (await guessing.post("/rooms/BBBBBB/join")).status_code == 429
    assert (await other.get("/rooms/no-code")).status_code == 404
    for _ in range(20):
        assert (await guessing.get(f"/rooms/{room.code}")).status_code == 200
    await room.let_in(guessing)


async def test_a_code_is_read_however_it_is_typed(visit: Visit) -> None:
    room, student = await opened(visit), visit("text/html")
    code = room.code
    for typed in (code, code.lower(), f"{code[:3]} {code[3:]}", f" {code[:3]}-{code[3:].lower()} "):
        answer = await student.get("/rooms", params={"code": typed})
        assert (answer.status_code, answer.headers["location"]) == (303, f"/rooms/{code}")
    for path in (code, code.lower(), f"{code[:3]}-{code[3:]}", f"{code[:3]} {code[3:]}"):
        answer = await student.get(f"/{path}")
        assert (answer.status_code, answer.headers["location"]) == (303, f"/rooms/{code}")
        assert (await student.get(f"/rooms/{path}")).status_code == 200
    wrong = await student.get("/rooms", params={"code": "?"})
    assert wrong.status_code == 404
    assert 'aria-describedby="wrong-code"' in wrong.text
    assert 'value="?"' in wrong.text
    assert 'id="code"' in (await student.get("/rooms")).text
    assert (await student.get("/rooms/-")).status_code == 404
    for path in ("BBBBB", "AAAAAA", f"{code}x"):
        assert (await student.get(f"/{path}")).status_code == 404


async def test_a_whole_year_of_students_behind_one_address_comes_in_and_gets_to_work(
    app: FastAPI, visit: Visit
) -> None:
    room = await opened(visit, "own")
    allowance = app.state.labs.allowance = Allowance(Clock())
    while not allowance.take("", "127.0.0.1", 1):  # nobody here may make another lab
        pass
    assert (await visit().post("/labs", json={})).status_code == 429
    labs = set()
    for _ in range(PEOPLE):
        student = visit("text/html")
        await room.let_in(student)
        labs.add((await student.get(f"/rooms/{room.code}")).headers["location"])
    assert len(labs) == len(set(room.names)) == PEOPLE
    assert (await room.seen_by(room.teacher))["people"] == PEOPLE


async def test_what_is_ended_is_in_no_answer_and_in_no_file(
    app: FastAPI, visit: Visit, database_file: Path
) -> None:
    room, student = await opened(visit), visit()
    await room.let_in(student)
    await room.comes_to("guess", "falls")
    assert (await room.votes(student, "rises")).status_code == 200
    stored = app.state.classes.store.rooms.by_code(room.code)
    (seat,) = app.state.classes.store.members.seats(stored.id)
    secrets = [room.code, stored.id, stored.host, seat.member.name, seat.member.id, "rises"]
    assert all(word.encode() in all_of(database_file) for word in secrets)
    assert (await room.does("end")).json() == {}
    assert not [word for word in secrets if word.encode() in all_of(database_file)]
    for client in (room.teacher, student):
        assert (await client.get(f"/rooms/{room.code}")).status_code == 404
        assert (await client.get("/", headers={"accept": "text/html"})).status_code == 200


def all_of(file: Path) -> bytes:
    """Return all that is in a database file and beside it."""
    return b"".join(part.read_bytes() for part in file.parent.glob(f"{file.name}*"))


async def test_a_room_vanishes_by_itself_and_lets_everybody_go(app: FastAPI, visit: Visit) -> None:
    room, student = await opened(visit), visit()
    await room.let_in(student)
    await room.comes_to("open")
    store = app.state.classes.store
    days = app.state.settings.room_days
    sweep_at(store, time.time() + (days - 1) * DAY)
    assert (await room.seen_by(student))["role"] == "student"
    sweep_at(store, time.time() + (days + 1) * DAY)
    assert (await student.get(f"/rooms/{room.code}")).status_code == 404
    assert (await student.get(f"/labs/{room.lab}.json")).status_code == 200
