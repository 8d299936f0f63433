"""Who may do what in a class, and when: every route for every role in every phase of a round."""

from __future__ import annotations

import pytest
from fastapi import FastAPI
from httpx import AsyncClient

from tests.web.conftest import Visit
from tests.web.schoolroom import PHASES, Schoolroom, opened

pytestmark = pytest.mark.anyio
ASKING = ("open", "guess", "hold", "discuss", "guess again")
HOSTS = {  # what only its host may do, with a body that is in order, and when that is refused
    "mode": ({"mode": "follow"}, ()),
    "pause": ({"paused": False}, ()),
    "door": ({"closed": False}, ()),
    "allow": ({"to": "cost"}, PHASES),  # this class follows
    "rounds": ({"question": "side"}, ASKING),
    "advance": ({}, ("",)),
    "show": ({"member": "nobody"}, ()),
    "remove": ({"member": "nobody"}, ()),
    "lab": ({"lab": "THEIRS"}, ASKING),
    "code": ({}, ()),
}
ROLES = ("stranger", "student", "other", "removed", "host")
GUESSING = ("guess", "guess again")


async def people(app: FastAPI, visit: Visit, room: Schoolroom) -> dict[str, AsyncClient]:
    """Return one of each role: nobody, a student, one of another class, one who was taken out, the host."""
    found = {role: visit() for role in ROLES[:-1]}
    await (await opened(visit)).let_in(found["other"])
    await room.let_in(found["removed"])
    store = app.state.classes.store
    (seat,) = store.members.seats(store.rooms.by_code(room.code).id)
    assert (await room.does("remove", member=seat.member.id)).status_code == 200
    await room.let_in(found["student"])
    return {**found, "host": room.teacher}


async def status(asking: AsyncClient, method: str, path: str, **more: object) -> int:
    return (await asking.request(method, path, **more)).status_code


@pytest.mark.parametrize("phase", PHASES)
async def test_each_role_gets_what_is_documented_in_each_phase(
    app: FastAPI, visit: Visit, phase: str
) -> None:
    room = await opened(visit)
    everybody = await people(app, visit, room)
    await room.comes_to(phase)
    before = await room.seen_by(room.teacher)
    at, documented = f"/rooms/{room.code}", app.openapi()["paths"]
    for role, client in everybody.items():
        seated = role in ("student", "host")
        seen = await room.seen_by(client)
        assert seen["role"] == (role if seated else "stranger")
        assert (seen["question"] is not None, seen["lab"] != "") == (bool(seated and phase), seated)
        expected = {
            ("GET", ""): 200,
            ("GET", "/now"): 200 if seated else 403,
            ("POST", "/vote"): {"host": 403, "student": 200 if phase in GUESSING else 409}.get(role, 403),
            ("POST", "/host"): 403,
            ("POST", "/join"): {"removed": 403, "host": 409}.get(role, 201),
        }
        if role in ("stranger", "other"):
            del expected["POST", "/join"]  # they would be students from then on
        for (method, path), wanted in expected.items():
            body = {"/vote": {"answer": await an_answer(room)}, "/host": {"host": "guessed"}}.get(path, {})
            more = {"json": body} if method == "POST" else {}
            got = await status(client, method, at + path, **more)
            assert got == wanted, (role, method, path)
            assert str(got) in documented[f"/rooms/{{code}}{path}"][method.lower()]["responses"]
        if not seated:
            assert await status(client, "GET", at + "/events") == 403
        for verb, (body, _) in HOSTS.items():
            if role != "host":
                assert await status(client, "POST", f"{at}/{verb}", json=body) == 403, (role, verb)
                assert await status(client, "POST", f"{at}/{verb}", json={"x": []}) == 403, (role, verb)
        assert await status(client, "POST", f"{at}/end") == 403 if role != "host" else True
    assert await room.seen_by(room.teacher) == before


async def an_answer(room: Schoolroom) -> str:
    question = (await room.seen_by(room.teacher))["question"]
    return question["choices"][0]["key"] if question else "x"


@pytest.mark.parametrize("phase", PHASES)
async def test_the_host_is_refused_with_a_reason_what_a_phase_does_not_allow(
    app: FastAPI, visit: Visit, phase: str
) -> None:
    documented = app.openapi()["paths"]
    for verb, (body, refused) in HOSTS.items():
        room = await opened(visit)
        await room.comes_to(phase)
        given = {name: room.lab if text == "THEIRS" else text for name, text in body.items()}
        # once it is told the step is taken, and "side" is decided
        wanted = 409 if phase in refused or (phase, verb) == ("reveal", "rounds") else 200
        answer = await room.does(verb, **given)
        assert answer.status_code == wanted, (verb, answer.text)
        assert str(wanted) in documented[f"/rooms/{{code}}/{verb}"]["post"]["responses"]
        assert "detail" in answer.json() if wanted == 409 else answer.json()["role"] == "host"
    room.code = answer.json()["code"]
    assert (await room.does("end")).status_code == 200
    assert await status(room.teacher, "GET", f"/rooms/{room.code}") == 404


async def test_a_bad_body_is_told_and_changes_nothing(visit: Visit) -> None:
    room = await opened(visit)
    before = await room.seen_by(room.teacher)
    for verb, body in (
        ("mode", {"mode": "x"}),
        ("mode", {}),
        ("allow", {"to": "cost", "iterations": 0}),
        ("rounds", {"question": "x"}),
        ("advance", {"at": 0}),
        ("show", {}),
        ("lab", {"lab": "x" * 65}),
    ):
        answer = await room.does(verb, **body)
        assert answer.status_code == 422, verb
        assert answer.json()["detail"]
    at = f"/rooms/{room.code}/pause"
    for text in ("{", "[]", "3", '"x"', "[" * 9000):
        answer = await room.teacher.post(at, content=text, headers={"content-type": "application/json"})
        assert answer.status_code == 422, text
    half = r'{"host": "\ud800", "member": "\ud800\u0000", "mode": "\ud800"}'
    for verb, wanted in (("host", 403), ("show", 200), ("remove", 200), ("mode", 422)):
        answer = await room.teacher.post(
            f"/rooms/{room.code}/{verb}", content=half, headers={"content-type": "application/json"}
        )
        assert answer.status_code == wanted, verb
    assert (await room.seen_by(room.teacher))["mode"] == before["mode"]


async def test_a_second_device_is_the_host_by_its_token_and_by_nothing_else(visit: Visit) -> None:
    room, second = await opened(visit), visit()
    at = f"/rooms/{room.code}"
    for token in ("", "x", room.token[:-1]):
        assert await status(second, "POST", f"{at}/host", json={"host": token}) in (403, 422)
    assert await status(second, "POST", f"{at}/host", json={"host": f" {room.token} "}) == 200
    assert (await room.seen_by(second))["role"] == "host"
    bearer = visit(authorization=f"Bearer {room.token}")
    assert (await room.seen_by(bearer))["role"] == "host"
    assert (await room.seen_by(visit(authorization=f"Basic {room.token}")))["role"] == "stranger"


async def test_a_closed_door_keeps_out_whoever_is_not_in_and_a_new_code_nobody_who_is(visit: Visit) -> None:
    room, student, late = await opened(visit), visit(), visit()
    await room.let_in(student)
    assert (await room.does("door", closed=True)).json()["closed"] is True
    assert await status(late, "POST", f"/rooms/{room.code}/join") == 403
    assert await status(student, "POST", f"/rooms/{room.code}/join") == 201
    old, room.code = room.code, (await room.does("code")).json()["code"]
    assert await status(late, "GET", f"/rooms/{old}") == 404
    for code in (old, room.code):  # an open page asks under the old one
        seen = await student.get(f"/rooms/{code}", headers={"accept": "application/json"})
        assert (seen.status_code, seen.json()["role"], seen.json()["code"]) == (200, "student", room.code)


async def test_whoever_opened_a_class_does_not_sit_in_it(visit: Visit) -> None:
    room = await opened(visit)
    answer = await room.teacher.post(f"/rooms/{room.code}/join")
    assert (answer.status_code, (await room.seen_by(room.teacher))["people"]) == (409, 0)


async def test_a_name_is_kept_by_whoever_comes_back_and_drawn_again_by_whoever_asks(visit: Visit) -> None:
    room, student = await opened(visit), visit()
    at = f"/rooms/{room.code}"
    for _ in range(2):
        await room.let_in(student)
    await student.post(f"{at}/leave")
    await room.let_in(student)
    assert len(set(room.names)) == 1
    again = await student.post(f"{at}/join", json={"again": True})
    assert again.json()["name"] not in room.names
    assert (await room.seen_by(student))["people"] == 1
