"""Every page of a class is valid: a button that belongs to a form finds it, a name is given once."""

from __future__ import annotations

import pytest

from tests.web.conftest import Visit
from tests.web.schoolroom import BROWSER, PHASES, in_class
from tests.web.tree import read

pytestmark = pytest.mark.anyio
OF_TEACHER = ("", "?names=1", "/keep", "/people", "/hand-ins", "/end")


@pytest.mark.parametrize("own", [False, True])
@pytest.mark.parametrize("phase", PHASES)
async def test_pages_of_a_round(visit: Visit, phase: str, own: bool) -> None:
    room, student = await in_class(visit)
    stranger, html = visit(BROWSER), {"accept": BROWSER}
    await room.comes_to(phase, own=own)
    for voted in (False, True):
        if voted:
            await room.votes(student)
        for client in (student, stranger):
            answer = await client.get(f"/rooms/{room.code}", headers=html, follow_redirects=True)
            read(answer.text)
        for path in OF_TEACHER:
            answer = await room.teacher.get(f"/rooms/{room.code}{path}", headers=html, follow_redirects=True)
            assert answer.status_code == 200
            read(answer.text)
        read((await room.teacher.get(f"/labs/{room.lab}", headers=html)).text)


@pytest.mark.parametrize("mode", ["follow", "together", "own"])
@pytest.mark.parametrize(
    "view", ["", "pace=iteration", "panel=inspect&pick=w-2-1-1", "maps=inside&pace=neuron"]
)
async def test_pages_between_rounds(visit: Visit, mode: str, view: str) -> None:
    room, student = await in_class(visit, mode)
    html = {"accept": BROWSER}
    for _ in range(2):
        read((await room.teacher.get(f"/labs/{room.lab}?{view}", headers=html)).text)
        answer = await student.get(f"/rooms/{room.code}", headers=html, follow_redirects=True)
        assert answer.status_code == 200
        read(answer.text)
        await room.teacher.post(f"/labs/{room.lab}/next?at=0&{view}")
