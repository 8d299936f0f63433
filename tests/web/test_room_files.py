"""A class as a file: for its host alone, harmless in a spreadsheet, and enough to go on elsewhere; whatever
else is sent as one gets a sentence."""

from __future__ import annotations

import csv
import json
from io import StringIO
from typing import Any

import pytest
from fastapi import FastAPI
from httpx import AsyncClient, Response

from app.export.room_csv import HEADS, table
from app.store.ballots import Try
from app.story.classroom import WRONG_FILE
from tests.web.conftest import Visit
from tests.web.schoolroom import Schoolroom, opened

pytestmark = pytest.mark.anyio
OWN = {"inputs": [[0.0, 1.0], [1.0, 0.5]], "targets": [[0.0], [1.0]]}


async def played(app: FastAPI, visit: Visit, phase: str = "reveal", **recipe: Any) -> Schoolroom:
    """Return a class that was asked once, its first student right and its second wrong, and that has worked a
    step out."""
    room = await opened(visit, **recipe)
    students = [await room.let_in(visit()) for _ in range(2)]
    await room.comes_to("guess", "falls")
    for student, answer in zip(students, ("falls", "rises"), strict=True):
        assert (await room.votes(student, answer, sure=4)).status_code == 200
    for to in {"guess": [], "hold": [""], "reveal": ["", ""], "": ["", "", ""]}[phase]:
        await room.does("advance", to=to)
    store = app.state.classes.store
    stored = store.rooms.by_code(room.code)
    (member, *_) = [seat.member.id for seat in store.members.seats(stored.id)]
    store.ballots.tried(stored.id, Try(member, "0.1~n-1-1.0", "z", ("sign",), False, 1))
    return room


async def file_of(room: Schoolroom, kind: str = "json") -> Response:
    answer = await room.teacher.get(f"/rooms/{room.code}.{kind}")
    assert answer.status_code == 200, answer.text
    assert f'class-{room.code}.{kind}"' in answer.headers["content-disposition"]
    return answer


def lines_of(answer: Response) -> list[dict[str, str]]:
    return [*csv.DictReader(StringIO(answer.text, newline=""))]


async def load(client: AsyncClient, kept: Any) -> Response:
    text = kept if isinstance(kept, str | bytes) else json.dumps(kept)
    return await client.post("/rooms/load", content=text, headers={"content-type": "application/json"})


async def test_the_table_has_a_row_for_each_vote_and_each_worked_step(app: FastAPI, visit: Visit) -> None:
    room = await played(app, visit)
    *votes, step = lines_of(await file_of(room, "csv"))
    assert [*step] == list(HEADS)
    assert {line["name"] for line in votes} == set(room.names)
    found = {line["answer"]: line for line in votes}
    assert sorted(found) == ["falls", "rises"]
    assert sorted(line["right"] for line in votes) == ["0", "1"]
    for line in votes:
        assert (line["kind"], line["round"], line["turn"], line["confidence"]) == ("vote", "1", "1", "4")
        assert (line["question"], line["snapshot"][:24]) == ("falls", "http://labs.test/at?data")
        assert line["text"]
        assert line["answer_name"]
        assert float(line["seconds"]) >= 0
    assert (step["kind"], step["question"], step["answer"], step["slips"]) == (
        "step",
        "z",
        "0.1~n-1-1.0",
        "sign",
    )
    assert step["name"] in room.names
    shown = await room.teacher.get(votes[0]["snapshot"], headers={"accept": "text/html"})
    assert shown.status_code == 200


async def test_what_is_being_guessed_is_in_no_file(app: FastAPI, visit: Visit) -> None:
    room = await played(app, visit, "guess")
    assert [line["kind"] for line in lines_of(await file_of(room, "csv"))] == ["step"]
    assert (await file_of(room)).json()["votes"] == []
    await room.does("advance")
    assert len(lines_of(await file_of(room, "csv"))) == 3
    assert len((await file_of(room)).json()["votes"]) == 2


async def test_a_vote_of_an_unknown_round_or_about_ones_own_network_has_its_row(
    app: FastAPI, visit: Visit
) -> None:
    room, student = await opened(visit), visit()
    await room.let_in(student)
    await room.comes_to("guess", "falls", own=True)
    assert (await room.votes(student, "falls")).status_code == 200
    await room.does("advance")
    (line,) = lines_of(await file_of(room, "csv"))
    assert line["snapshot"].endswith("&place=0")
    assert line["confidence"] == ""
    store = app.state.classes.store
    store.ballots.keep(
        store.rooms.by_code(room.code).id,
        [store.ballots.votes(store.rooms.by_code(room.code).id)[0]._replace(number=9)],
        [],
    )
    assert lines_of(await file_of(room, "csv"))[1]["question"] == ""
    assert (await load(visit(), (await file_of(room)).json())).status_code == 422
    kept = (await file_of(room)).json()
    kept["votes"].pop()
    assert (await load(visit(), kept)).status_code == 201


async def test_files_are_for_the_host_alone(app: FastAPI, visit: Visit) -> None:
    room = await played(app, visit)
    student = await room.let_in(visit())
    for client in (student, visit()):
        for kind in ("json", "csv"):
            assert (await client.get(f"/rooms/{room.code}.{kind}")).status_code == 403
    assert (await room.teacher.get("/rooms/BBBBBB.json")).status_code == 404


@pytest.mark.parametrize("cell", ["=1+1", "+1", "-1", "−1", "@x", "\tx", "\rx", "\nx"])
def test_no_cell_is_one_that_a_spreadsheet_works_out(cell: str) -> None:
    _, line = table([{"name": cell, "answer": 'a "quoted", one'}])
    (row,) = csv.DictReader(StringIO(",".join(HEADS) + "\r\n" + line, newline=""))
    assert (row["name"], row["answer"]) == (f"'{cell}", 'a "quoted", one')


@pytest.mark.parametrize("phase", ["guess", "hold", "reveal", ""])
@pytest.mark.parametrize("recipe", [{}, {"data": OWN, "hidden": [2]}])
async def test_a_kept_class_goes_on_elsewhere_as_it_was(
    app: FastAPI, visit: Visit, phase: str, recipe: dict[str, Any]
) -> None:
    room = await played(app, visit, phase, **recipe)
    await room.does("mode", mode="together")
    kept, before = (await file_of(room)).json(), await room.seen_by(room.teacher)
    await room.does("end")
    teacher = visit()
    answer = await load(teacher, kept)
    assert answer.status_code == 201, answer.text
    new = Schoolroom(teacher, answer.json()["code"], answer.json()["host"], "")
    after = await new.seen_by(teacher)
    same = ("mode", "paused", "closed", "allowed", "phase", "round", "turn", "question", "role")
    assert [after[name] for name in same] == [before[name] for name in same]
    assert (after["people"], new.code != room.code, new.token != room.token) == (0, True, True)
    again = (await file_of(new)).json()
    assert {**again, "view": ""} == {**kept, "view": ""}
    assert len(lines_of(await file_of(new, "csv"))) == 1 + 2 * (phase != "guess")
    newcomer = await new.let_in(visit())
    assert not set(new.names) & set(room.names)
    assert (await new.seen_by(newcomer))["people"] == 1
    assert (await new.does("advance", to="drop" if phase else "")).status_code == (200 if phase else 409)
    assert (await new.does("rounds", question="falls")).status_code == 200
    assert (await new.seen_by(teacher))["round"] == 2


async def test_a_browser_brings_the_file_and_is_led_to_the_new_room(
    app: FastAPI, visit: Visit, browser: AsyncClient
) -> None:
    kept = await file_of(await played(app, visit))
    assert 'action="/rooms/load"' in (await browser.get("/recipe")).text
    answer = await browser.post("/rooms/load", files={"file": ("class.json", kept.content)})
    assert answer.status_code == 303
    assert (await browser.get(answer.headers["location"])).status_code == 200
    wrong = await browser.post("/rooms/load", files={"file": ("class.json", b"{}")})
    assert wrong.status_code == 422
    assert WRONG_FILE["no_class"] in wrong.text.replace("&#39;", "'")
    assert 'id="wrong-class"' in wrong.text
