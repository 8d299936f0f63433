"""Until a question is told nobody in the class can get its answer from anywhere: a class is asked twice about
networks that look alike and have different right answers, and nothing it gets is different."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator
from dataclasses import dataclass
from urllib.parse import urlencode

import pytest
from fastapi import FastAPI
from httpx import AsyncClient

from app.classroom.room import room_from
from app.lab.lab import Lab
from app.lab.recipe import Recipe
from app.notation.codes import spaced
from tests.web.conftest import Visit
from tests.web.schoolroom import PHASES, STEPS, Schoolroom, opened
from tests.web.straight import Asked as Asking
from tests.web.straight import send
from tests.web.visitor import make

pytestmark = pytest.mark.anyio
RECIPE = {"data": "xor", "hidden": [3], "eta": 0.5, "seed": 3}
PAIR = ({**RECIPE, "changes": [[1, "eta", 5.0]]}, {**RECIPE, "changes": [[1, "eta", 0.5]]})  # rises, falls
FIELDS = {"data": "xor", "hidden": "3", "seed": "3", "changes": '[[1, "eta", 5.0]]'}
PLACE = 2 * len(Lab(Recipe(hidden=(3,))).moments) - 2  # just before the second descent
KINDS = {
    "program": {"accept": "application/json"},
    "browser": {"accept": "text/html,*/*;q=0.8"},
    "htmx": {"accept": "text/html", "hx-request": "true"},
}
FREE = {"/livez", "/readyz", "/theme", "/language", "/openapi.json"}  # which know of no lab
SILENT = PHASES[1:-1]


@dataclass(frozen=True)
class Asked:
    """A room with a student in it, who has made a lab of the same recipe beforehand, and another class."""

    app: FastAPI
    room: Schoolroom
    student: AsyncClient
    own: str

    async def takes(self) -> AsyncIterator[tuple[str, str, int, str]]:
        """Yield all that the student can ask for: how, where, with what status and which words."""
        recipe = urlencode(FIELDS)
        for pattern, methods in self.app.openapi()["paths"].items():
            if pattern.startswith("/rooms/{code}") or pattern in ("/{code}", *FREE):
                continue
            for lab in (self.room.lab, self.own):
                path = re.sub(r"\{kind\}", "json", pattern.replace("{id}", lab))
                query = f"?{recipe}&place={PLACE + 1}" if pattern.startswith(("/at", "/recipe")) else "?at=0"
                for method in methods:
                    if (method, pattern) == ("get", "/rooms"):  # which leads to where a typed code does
                        continue
                    for kind, headers in KINDS.items():
                        body = {"data": {"at": "0", **FIELDS}} if method == "post" else {}
                        answer = await self.student.request(
                            method, re.sub(r"\{\w+\}", "x", path) + query, headers=headers, **body
                        )
                        yield kind, f"{method} {pattern}", answer.status_code, answer.text

    async def sees(self) -> dict[str, str]:
        """Return all that the class's own routes tell the student, what is different anyway left out."""
        at, found = f"/rooms/{self.room.code}", {}
        for kind, headers in KINDS.items():
            for path in (at, f"{at}/now"):
                answer = await self.student.get(path, headers=headers)
                assert answer.status_code == 200, (path, kind)
                found[f"{kind} {path.removeprefix(at)}"] = answer.text
            answer = await self.student.post(f"{at}/vote", headers=headers, data={"answer": "rises"})
            assert answer.status_code in (200, 303, 409)
            found[f"{kind} vote {answer.status_code}"] = answer.text
        found["events"] = await heard(self.app, self.student, at)
        return {what: self.alike(text) for what, text in found.items()}

    def alike(self, text: str) -> str:
        """Return a text without what is each class's own, and without η, which is no secret."""
        code, lab, called = self.room.code, self.room.lab, self.room.names[0]
        for name, own in (("CODE", code), ("CODE", spaced(code)), ("LAB", lab), ("NAME", called)):
            text = text.replace(own, name)
        text = re.sub(r'[?&][^"]*"', '"', text)  # addresses hold the recipe
        text = re.sub(r'data-page="[^"]*"|[\d.]+ ms', "", text)
        text = re.sub(r'(id="eta"[^>]*value=)"[^"]*"', r"\1", text)
        return re.sub(r"η [\d.]+ ·", "η ·", text)


async def heard(app: FastAPI, client: AsyncClient, at: str) -> str:
    """Return what a stream begins with."""
    cookies = "; ".join(f"{name}={value}" for name, value in client.cookies.items())
    headers = [(b"host", b"labs.test"), (b"cookie", cookies.encode())]
    told = await send(app, Asking("GET", f"{at}/events", b"", headers, b"", {}))
    assert (told.status, bool(told.body)) == (200, True)
    return re.sub(r"retry: \d+", "retry:", told.body.decode())


async def asked(app: FastAPI, visit: Visit, recipe: dict[str, object], mode: str = "follow") -> Asked:
    room, student = await opened(visit, mode, **recipe), visit()
    own = await make(student, **recipe)
    gone = await room.teacher.post(f"/labs/{room.lab}/go?at=0&to={PLACE}")
    assert gone.json()["place"] == PLACE
    return Asked(app, room, await room.let_in(student), own)


async def each_silent_phase(room: Schoolroom) -> AsyncIterator[str]:
    """Take a question through all phases before it is told, and yield each."""
    answer = await room.does("rounds", question="falls")
    assert answer.status_code == 200, answer.text
    yield "open"
    for phase, to in zip(("guess", "hold", "discuss", "guess again"), STEPS["guess again"], strict=True):
        assert (await room.does("advance", to=to)).status_code == 200
        yield phase


async def test_nothing_the_class_itself_tells_depends_on_the_answer(app: FastAPI, visit: Visit) -> None:
    told, right = [], set()
    for recipe in PAIR:
        one = await asked(app, visit, recipe)
        told.append({phase: await one.sees() async for phase in each_silent_phase(one.room)})
        right |= right_answers(app, one.room)
    assert right == {"rises", "falls"}
    for phase in SILENT:
        assert told[0][phase].keys() == told[1][phase].keys()
        for what, text in told[0][phase].items():
            assert text == told[1][phase][what], (phase, what)


async def test_nobody_in_a_class_gets_anything_else_while_it_is_asked(app: FastAPI, visit: Visit) -> None:
    one = await asked(app, visit, PAIR[0])
    labs = app.state.labs.store.labs
    before = [labs.get(id) for id in (one.room.lab, one.own)]
    led = {"program": (409, ""), "browser": (303, ""), "htmx": (204, "")}
    async for phase in each_silent_phase(one.room):
        async for kind, what, status, text in one.takes():
            wanted, words = led[kind]
            assert status == wanted, (phase, kind, what, text[:200])
            assert not words or words == text
            led[kind] = wanted, text  # the same words wherever one asks
    assert [labs.get(id) for id in (one.room.lab, one.own)] == before
    assert (await one.room.does("advance")).json()["phase"] == "reveal"
    assert (await one.student.get(f"/labs/{one.own}.json")).status_code == 200


async def test_once_it_is_told_the_two_classes_see_different_things(app: FastAPI, visit: Visit) -> None:
    seen = []
    for recipe in PAIR:
        one = await asked(app, visit, recipe)
        await one.room.comes_to("reveal", "falls")
        seen.append(await one.sees())
    assert seen[0]["browser "] != seen[1]["browser "]


def right_answers(app: FastAPI, room: Schoolroom) -> frozenset[str]:
    """Return what is right in the round that is on."""
    classes = app.state.classes
    stored = classes.store.rooms.by_code(room.code)
    return classes.asked_of(room_from(stored.state).round).posed.right


async def test_not_even_the_teacher_sees_what_is_guessed_before_all_have_guessed(
    app: FastAPI, visit: Visit
) -> None:
    room = await opened(visit)
    students = [await room.let_in(visit()) for _ in range(6)]
    await room.comes_to("guess", "falls")
    seen = []
    for answer in ("falls", "rises"):
        for student in students:
            assert (await room.votes(student, answer)).status_code == 200
        seen.append(await seen_by_host(app, room))
    assert seen[0] == seen[1]
    assert (await room.does("advance")).json()["phase"] == "hold"
    told = await seen_by_host(app, room)
    assert all(told[what] != seen[0][what] for what in told if what != "room")


async def seen_by_host(app: FastAPI, room: Schoolroom) -> dict[str, str]:
    """Return all that a host gets, but for when somebody was last heard, and what names a state."""
    at, found = f"/rooms/{room.code}", {"room": str(await room.seen_by(room.teacher))}
    for path in (at, f"{at}/now", f"{at}.json", f"{at}.csv"):
        answer = await room.teacher.get(path, headers={"accept": "text/html"})
        assert answer.status_code == 200
        found[path.removeprefix(at)] = answer.text
    found["events"] = await heard(app, room.teacher, at)
    return {what: re.sub(r"(id: |seen=)[\d.]+", "", text) for what, text in found.items()}
