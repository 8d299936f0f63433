"""A class whose students step copies of their own, and what its teacher does on the board without scripts."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import NamedTuple

from httpx import AsyncClient, Response

from tests.web.conftest import Visit
from tests.web.visitor import make

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


def opening(visit: Visit) -> Opens:
    """Return what opens a class with so many students."""

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
