"""What students work out by hand in a class is on its teacher's table: once for each thing that is typed, by
which slip, and never for anybody who is not a student at their own network."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from fastapi import FastAPI
from httpx import AsyncClient

from app.classroom.room import room_from
from app.lab.dials import Pick
from app.lab.lab import Lab
from app.lab.recipe import Recipe, recipe_from
from app.lessons.working import Working, work_out
from app.notation.numbers import figure
from app.page.view import View
from app.store.connection import StoreUnavailable
from app.store.store import Store
from app.web.attending import Attending
from app.web.handed_in import hand_in
from app.web.hub import Hub
from tests.web.conftest import Visit
from tests.web.schoolroom import Schoolroom, opened

pytestmark = pytest.mark.anyio
MOMENTS = Lab(Recipe(data="and", hidden=())).moments
PLACE = next(at for at, moment in enumerate(MOMENTS) if moment.phase == "forward")
SEEN = {"work": "1", "pick": "n-1-1"}


async def at_work(visit: Visit) -> tuple[Schoolroom, AsyncClient, str]:
    """Return a class in which each goes their own way, a student of it, and their network, one step on."""
    room, student = await opened(visit, "own", data="and", hidden=[], seed=3), visit("text/html")
    await room.let_in(student)
    lab = (await student.get(f"/rooms/{room.code}")).headers["location"].removeprefix("/labs/")
    answer = await student.post(f"/labs/{lab}/go?at=0&to={PLACE}")
    assert answer.status_code == 303, answer.text
    return room, student, lab


def tries_in(app: FastAPI, room: Schoolroom) -> list[tuple[Any, ...]]:
    store = app.state.classes.store
    return [tuple(one)[1:] for one in store.ballots.tries(store.rooms.by_code(room.code).id)]


async def types(student: AsyncClient, lab: str, tried: str, **more: str) -> str:
    answer = await student.get(f"/labs/{lab}", params={**SEEN, "tried": tried, **more})
    assert answer.status_code == 200
    return answer.text


def worked(app: FastAPI, lab: str, tried: str = "") -> Working:
    stored = app.state.labs.store.labs.get(lab)
    numbers = app.state.labs.replay.numbers(Lab(recipe_from(stored.recipe), stored.place))
    return work_out(numbers, 0, Pick("n", 1, 1), solved="", tried=tried)


async def test_what_is_typed_is_told_by_its_first_slip_and_whether_it_came_right(
    app: FastAPI, visit: Visit
) -> None:
    room, student, lab = await at_work(visit)
    step = worked(app, lab).open
    assert step
    right = figure(step.equation.result.value, step.equation.shown).replace("−", "-")
    here = f"0.0~n-1-1.{step.number}"
    assert 'id="told"' in await types(student, lab, "123")
    assert tries_in(app, room) == [(here, step.quantity, (), False, 1)]
    await types(student, lab, "123")  # the page is loaded again
    await types(student, lab, "123", digits="5")
    assert tries_in(app, room) == [(here, step.quantity, (), False, 1)]
    await types(student, lab, "no number")
    await types(student, lab, "123")
    await types(student, lab, right)
    assert tries_in(app, room) == [(here, step.quantity, (), True, 4)]


async def test_two_students_who_type_the_same_are_two(app: FastAPI, visit: Visit) -> None:
    room, student, lab = await at_work(visit)
    second = await room.let_in(visit("text/html", **{"hx-request": "true"}))
    other = (await second.get(f"/rooms/{room.code}")).headers["location"].removeprefix("/labs/")
    await second.post(f"/labs/{other}/go?at=0&to={PLACE}")
    for client, own in ((student, lab), (second, other), (second, other)):
        await types(client, own, "123")
    assert len(tries_in(app, room)) == 2


async def test_nothing_is_kept_of_anybody_elses_work_nor_where_nothing_was_asked_for(
    app: FastAPI, visit: Visit
) -> None:
    room, student, lab = await at_work(visit)
    await types(student, room.lab, "123")
    await types(room.teacher, room.lab, "123") if room.teacher else None
    await types(visit("text/html"), lab, "123")
    await types(student, lab, "123", work="0")
    await types(student, lab, "")
    await types(student, lab, "123", pick="cost")  # of which nothing is known yet
    await types(student, lab, "123", pick="")
    await room.does("remove", member=member_of(app, room))
    await types(student, lab, "123")
    assert tries_in(app, room) == []


def member_of(app: FastAPI, room: Schoolroom) -> str:
    store = app.state.classes.store
    return next(seat.member.id for seat in store.members.seats(store.rooms.by_code(room.code).id))


async def test_a_page_comes_whether_or_not_what_was_typed_can_be_kept(
    app: FastAPI, visit: Visit, tmp_path: Path
) -> None:
    room, student, lab = await at_work(visit)
    store = app.state.classes.store
    gone = tmp_path / "gone.sqlite3"
    broken = Store(f"sqlite:///{gone}")
    gone.rename(tmp_path / "elsewhere")
    stored = store.rooms.by_code(room.code)
    member = store.members.of(stored.id, student.cookies["blame-game"])
    hub = Hub(broken, lambda id, key: None, boards=bool)
    here = Attending(stored, room_from(stored.state), member, host=False, hub=hub)
    typed = worked(app, lab, "5")
    hand_in(here, lab, View(work=1, tried="5"), lambda: typed)
    with pytest.raises(StoreUnavailable):
        broken.ballots.tries(stored.id)
    broken.close()
    assert tries_in(app, room) == []
