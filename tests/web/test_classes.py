"""What several do at once in a class is done once, and every way to ask gets its way to be answered."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from fastapi import FastAPI, HTTPException
from sqlalchemy import event

from app.classroom.room import Refused, Room, room_from
from app.lab.lab import Lab
from app.lab.recipe import Recipe, recipe_from
from app.notation.codes import drawn_code
from app.page.view import View
from app.store.members import Member
from app.web.classes import Classes
from tests.web.conftest import Visit
from tests.web.schoolroom import opened
from tests.web.visitor import make

pytestmark = pytest.mark.anyio
RUNS_AWAY = Recipe(data="moons", hidden=(8,), activation="relu", output="linear", cost="quadratic", eta=100.0)


def classes_in(app: FastAPI) -> Classes:
    return app.state.classes


@contextmanager
def meanwhile(classes: Classes, words: str, do: Callable[[Any], None]) -> Iterator[None]:
    """Let somebody else be faster: do something just before the first statement that begins with words."""
    engine, waiting = classes.store.database.engine, [do]

    def before(connection: Any, cursor: Any, statement: str, parameters: Any, *more: Any) -> None:
        if statement.startswith(words) and waiting:
            waiting.pop()(parameters)

    event.listen(engine, "before_cursor_execute", before)
    try:
        yield
    finally:
        event.remove(engine, "before_cursor_execute", before)
    assert not waiting


def insert(file: Path, member: Member) -> None:
    """Write a member down as another process would."""
    with sqlite3.connect(file) as other:
        names = ", ".join(f":{name}" for name in vars(member))
        other.execute(f"INSERT INTO members VALUES ({names})", vars(member))
    other.close()


async def test_two_tabs_that_join_at_once_are_one_person(
    app: FastAPI, visit: Visit, database_file: Path
) -> None:
    room, classes = await opened(visit), classes_in(app)
    stored = classes.store.rooms.by_code(room.code)
    other = Member(stored.id, "a-browser-with-two-tabs", "x", "Wise Wren", "", "", 0.0, 0)
    with meanwhile(classes, "INSERT INTO members", lambda _: insert(database_file, other)):
        assert classes.join(stored, other.owner) == other
    assert classes.store.members.count(stored.id) == 1


async def test_a_name_that_somebody_else_draws_meanwhile_is_drawn_anew(
    app: FastAPI, visit: Visit, database_file: Path
) -> None:
    room, classes = await opened(visit), classes_in(app)
    stored = classes.store.rooms.by_code(room.code)
    member = classes.join(stored, "somebody-of-the-class")
    taken: list[str] = []

    def faster(parameters: Any) -> None:
        taken.extend(one for one in parameters if " " in one)
        insert(database_file, Member(stored.id, "somebody-else", "x", taken[0], "", "", 0.0, 0))

    with meanwhile(classes, "UPDATE members SET name", faster):
        new = classes.renamed(member)
    assert new.name not in (member.name, *taken)
    assert classes.store.members.names(stored.id) == {new.name, taken[0]}


async def test_who_is_late_changes_the_room_as_it_is_by_then_or_not_at_all(
    app: FastAPI, visit: Visit
) -> None:
    room, classes = await opened(visit), classes_in(app)
    old = classes.store.rooms.by_code(room.code)
    await room.does("pause")
    assert room_from(classes.change(old, lambda now: now).state).paused
    with pytest.raises(Refused, match="stale"):
        classes.change(old, lambda now: now, at=old.revision + 1)
    await room.does("end")
    with pytest.raises(HTTPException) as gone:
        classes.change(old, lambda now: now)
    assert gone.value.status_code == 404


async def test_what_never_succeeds_ends_in_words(
    app: FastAPI, visit: Visit, monkeypatch: pytest.MonkeyPatch
) -> None:
    room, classes = await opened(visit), classes_in(app)
    stored = classes.store.rooms.by_code(room.code)
    monkeypatch.setattr("app.notation.codes.SIGNS", "B")  # so that there is one code
    classes.open(room.lab, Room())
    endless = [
        lambda: classes.open(room.lab, Room()),
        lambda: classes.change(stored, lambda now: now, code=drawn_code()),
    ]
    member = classes.join(stored, "somebody-of-the-class")
    for what in endless:
        with pytest.raises(HTTPException):
            what()
    monkeypatch.setattr("app.web.classes.TRIES", 0)
    endless += [lambda: classes.renamed(member), lambda: classes.join(stored, "somebody-new")]
    for what in endless:
        with pytest.raises(HTTPException) as refused:
            what()
        assert refused.value.status_code == 503


async def test_a_lab_that_has_moved_meanwhile_is_not_moved_again_when_it_is_told(
    app: FastAPI, visit: Visit
) -> None:
    room, classes = await opened(visit), classes_in(app)
    await room.comes_to("hold", "falls")
    assert classes.store.labs.move(classes.store.labs.get(room.lab), place=2)
    assert (await room.does("advance")).json()["phase"] == "reveal"
    assert classes.store.labs.get(room.lab).place == 2


async def test_where_a_run_has_run_away_and_at_its_end_nothing_is_asked(app: FastAPI) -> None:
    classes, moments = classes_in(app), len(Lab(RUNS_AWAY).moments)
    assert classes.asked(Lab(RUNS_AWAY, 60 * moments), "falls", View()) is None
    lab = Lab(Recipe(data="xor"))
    assert classes.asked(Lab(lab.recipe, lab.last_place), "falls", View()) is None


async def test_nobody_opens_a_class_at_somebody_elses_lab(visit: Visit) -> None:
    room, other = await opened(visit), visit()
    lab = await make(other)
    assert (await other.post("/rooms", json={"lab": room.lab})).status_code == 403
    assert (await room.does("lab", lab=lab)).status_code == 403
    mine = await make(room.teacher)
    assert (await room.does("lab", lab=mine)).json()["lab"] == mine


async def test_everybody_votes_about_their_own_network_where_they_are_asked_so(
    app: FastAPI, visit: Visit
) -> None:
    room, student = await opened(visit, "own"), visit()
    await room.let_in(student)
    await room.comes_to("guess", "falls", own=True)
    for answer in ("falls", "rises"):
        assert (await room.votes(student, answer)).status_code == 200
    stored = classes_in(app).store.rooms.by_code(room.code)
    (vote,) = classes_in(app).store.ballots.votes(stored.id)
    (seat,) = classes_in(app).store.members.seats(stored.id)
    assert (vote.answer, seat.member.source, seat.member.lab != "") == ("rises", room.lab, True)
    assert (await room.does("advance", to="hold")).status_code == 200
    assert (await room.does("advance", to="reveal")).status_code == 200
    assert classes_in(app).store.labs.get(room.lab).place == 10


async def test_a_question_that_somebodys_own_network_does_not_decide_is_not_asked_of_them(
    app: FastAPI, visit: Visit
) -> None:
    room, student = await opened(visit, "own"), visit()
    await room.let_in(student)
    labs, id = classes_in(app).store.labs, (await room.seen_by(student))["lab"]
    assert id != room.lab
    labs.move(labs.get(id), place=Lab(recipe_from(labs.get(id).recipe)).last_place)
    await room.comes_to("guess", "falls", own=True)
    assert (await room.seen_by(student))["question"] is None
    assert (await room.seen_by(room.teacher))["question"]["key"] == "falls"
    assert (await room.votes(student, "falls")).status_code == 422


async def test_a_vote_that_comes_when_the_class_has_just_been_stopped_does_not_count(
    app: FastAPI, visit: Visit, database_file: Path
) -> None:
    room, student = await opened(visit), visit()
    await room.let_in(student)
    await room.comes_to("guess", "falls")

    def stopped(_: Any) -> None:
        with sqlite3.connect(database_file) as other:
            other.execute("UPDATE rooms SET guessing = ''")
        other.close()

    with meanwhile(classes_in(app), "INSERT INTO votes", stopped):
        assert (await room.votes(student, "falls")).status_code == 409
