"""What is brought as a class and is none, or is wrong somewhere, gets a sentence: nothing from elsewhere can
break a board."""

from __future__ import annotations

from typing import Any

import pytest
from fastapi import FastAPI
from httpx import Response

from app.limits import FILE_BYTES
from app.story.classroom import WRONG_FILE
from tests.web.conftest import Visit
from tests.web.schoolroom import opened
from tests.web.test_room_files import file_of, load, played
from tests.web.visitor import make

pytestmark = pytest.mark.anyio


async def changed(app: FastAPI, visit: Visit, change: Any) -> Response:
    kept = (await file_of(await played(app, visit))).json()
    change(kept)
    return await load(visit(), kept)


WRONG = {
    "schema": (lambda kept: kept.pop("schema"), "no_class"),
    "newer": (lambda kept: kept.update(schema=2), "newer"),
    "mode": (lambda kept: kept.update(mode="x"), "no_class"),
    "half": (lambda kept: kept.update(view="\ud800"), "no_class"),
    "no recipe": (lambda kept: kept.update(recipes=[]), "no_class"),
    "another recipe": (lambda kept: kept["lab"].update(recipe=7), "recipe"),
    "many": (lambda kept: kept.update(rounds=kept["rounds"] * 201), "no_class"),
    "same round": (lambda kept: kept["rounds"].append(kept["rounds"][0]), "twice"),
    "same id": (lambda kept: kept["members"].append(kept["members"][0]), "twice"),
    "same name": (lambda kept: kept["members"].append({**kept["members"][0], "id": "x"}), "twice"),
    "a name": (lambda kept: kept["members"][0].update(name="Wise Teacher"), "names"),
    "undecided": (lambda kept: kept["rounds"][0].update(place=10**8), "round"),
    "nobody": (lambda kept: kept["votes"][0].update(member="nobody"), "votes"),
    "not asked": (lambda kept: kept["votes"][0].update(number=9), "votes"),
    "no answer": (lambda kept: kept["votes"][0].update(answer="n-1-1"), "votes"),
    "markup": (lambda kept: kept["votes"][0].update(answer="<b>"), "no_class"),
    "infinite": (lambda kept: kept["votes"][0].update(seconds=1e300), "no_class"),
    "slip": (lambda kept: kept["tries"][0].update(slips=[{}]), "no_class"),
    "step": (lambda kept: kept["tries"][0].update(step="x"), "no_class"),
}


@pytest.mark.parametrize("what", WRONG)
async def test_a_file_that_is_wrong_somewhere_is_refused_with_a_sentence(
    app: FastAPI, visit: Visit, what: str
) -> None:
    change, why = WRONG[what]
    answer = await changed(app, visit, change)
    assert (answer.status_code, answer.json()["fields"]["file"]) == (422, WRONG_FILE[why])


@pytest.mark.parametrize("text", ["", " ", "{", "[]", "3", "null", '{"schema": "1"}', "[" * 9000, b"\xff"])
async def test_what_is_no_class_at_all_is_refused_with_a_sentence(visit: Visit, text: str | bytes) -> None:
    answer = await load(visit(), text)
    assert (answer.status_code, bool(answer.json()["detail"])) == (422, True)


async def test_wrong_recipes_and_views_are_told_and_too_large_a_file_is_not_read(
    app: FastAPI, visit: Visit
) -> None:
    for change in (
        lambda kept: kept["recipes"][0].update(eta=-1),
        lambda kept: kept["recipes"][0].update(data="own-000000000000000000000000"),
        lambda kept: kept.update(view="lens=x"),
        lambda kept: kept["rounds"][0].update(view="pace=x"),
    ):
        answer = await changed(app, visit, change)
        assert (answer.status_code, bool(answer.json()["detail"])) == (422, True)
    assert (await load(visit(), b" " * (FILE_BYTES + 1))).status_code == 413


async def test_whether_a_kept_answer_was_right_is_found_out_anew(app: FastAPI, visit: Visit) -> None:
    kept = (await file_of(await played(app, visit))).json()
    true = {vote["member"]: vote["right"] for vote in kept["votes"]}
    for vote in kept["votes"]:
        vote["right"] = not vote["right"]
    kept["tries"][0]["slips"].append("<b>")
    teacher = visit()
    code = (await load(teacher, kept)).json()["code"]
    again = (await teacher.get(f"/rooms/{code}.json")).json()
    assert {vote["member"]: vote["right"] for vote in again["votes"]} == true
    assert again["tries"][0]["slips"] == ["sign"]


async def test_whoever_is_asked_opens_no_class_from_a_file_either(app: FastAPI, visit: Visit) -> None:
    kept = (await file_of(await played(app, visit))).json()
    room = await opened(visit)
    student = await room.let_in(visit())
    await make(student)
    await room.comes_to("open")
    assert (await load(student, kept)).status_code == 409
