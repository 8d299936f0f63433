"""A class: its teacher and its students, each a browser or program of their own."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from httpx import AsyncClient, Response

from tests.web.visitor import make

PHASES = ("", "open", "guess", "hold", "discuss", "guess again", "reveal")
BROWSER = "text/html"
STEPS = {  # how a round without talking, and one with it, comes to each phase
    "": [],
    "open": [],
    "guess": [""],
    "hold": ["", ""],
    "discuss": ["", "", "discuss"],
    "guess again": ["", "", "discuss", ""],
    "reveal": ["", "", "reveal"],
}


@dataclass
class Schoolroom:
    """A room by HTTP: who opened it, its code, its host's token and its teacher's lab."""

    teacher: AsyncClient
    code: str
    token: str
    lab: str
    names: list[str] = field(default_factory=list)

    async def does(self, verb: str, **given: Any) -> Response:
        """Let the teacher do something."""
        return await self.teacher.post(f"/rooms/{self.code}/{verb}", json=given)

    async def seen_by(self, client: AsyncClient) -> dict[str, Any]:
        """Return the room as JSON, as somebody sees it."""
        answer = await client.get(f"/rooms/{self.code}", headers={"accept": "application/json"})
        assert answer.status_code == 200, answer.text
        return answer.json()

    async def let_in(self, client: AsyncClient) -> AsyncClient:
        """Let somebody join; return them."""
        answer = await client.post(f"/rooms/{self.code}/join", headers={"accept": "application/json"})
        assert answer.status_code == 201, answer.text
        self.names.append(answer.json()["name"])
        return client

    async def votes(self, client: AsyncClient, answer: str = "", sure: int = 0) -> Response:
        """Let somebody answer, with the first choice unless told otherwise."""
        choices = ((await self.seen_by(client))["question"] or {"choices": []})["choices"]
        said = {"answer": answer or (choices[0]["key"] if choices else "0.5"), "confidence": sure}
        return await client.post(f"/rooms/{self.code}/vote", json=said)

    async def comes_to(self, phase: str, question: str = "side", *, own: bool = False) -> None:
        """Ask the class, and take the round on to a phase; "" ends what is on."""
        if (await self.seen_by(self.teacher))["phase"]:
            assert (await self.does("advance", to="drop")).status_code == 200
        if phase:
            asked = await self.does("rounds", question=question, own=own)
            assert asked.status_code == 200, asked.text
        for to in STEPS[phase]:
            answer = await self.does("advance", to=to)
            assert answer.status_code == 200, answer.text


async def opened(enter: Callable[..., AsyncClient], mode: str = "follow", **recipe: Any) -> Schoolroom:
    """Open a room at a new lab."""
    teacher = enter()
    lab = await make(teacher, **recipe)
    answer = await teacher.post("/rooms", json={"lab": lab, "mode": mode})
    assert answer.status_code == 201, answer.text
    return Schoolroom(teacher, answer.json()["code"], answer.json()["host"], lab)


async def in_class(enter: Callable[..., AsyncClient], mode: str = "follow") -> tuple[Schoolroom, AsyncClient]:
    """Open a room, and let somebody in by a browser."""
    room, student = await opened(enter, mode), enter(BROWSER)
    await room.let_in(student)
    return room, student
