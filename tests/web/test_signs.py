"""Signs that no page can show, and numbers that none can: refused in words before anything is stored."""

from __future__ import annotations

import json
from typing import Any

import pytest
from fastapi import FastAPI
from httpx import AsyncClient
from sqlalchemy import func, select

from app.store.schema import examples, labs
from tests.web.tree import read
from tests.web.visitor import make

pytestmark = pytest.mark.anyio
SIGNS = ["\\ud800", "\\udfffx", "a\\ude00b", "\\u0000", "\\u0001", "\\u001b", "\\u007f", "\\u0085", "\\ufffe"]
OWN = '"inputs": [[0, 1], [1, 0]], "targets": [[0, 1], [1, 0]]'
COLUMN = '{"name": "x"}, {"name": "y"}, {"name": "z"}'
TEXTS = [
    '{"data": {OWN, "note": "SIGN"}}', '{"data": {OWN, "classes": ["SIGN", "b"]}}',
    '{"data": {OWN, "columns": [{"name": "SIGN"}, COLUMN]}}',
    '{"data": {OWN, "columns": [{"words": ["SIGN", "b"]}, COLUMN]}}', '{"data": {OWN, "SIGN": 1}}',
    '{"data": "SIGN"}', '{"activation": "SIGN"}', '{"activation": ["SIGN"]}', '{"held": ["SIGN"]}',
    '{"changes": [[0, "SIGN", 1]]}', '{"parameters": {"w": {"SIGN": [[1]]}, "b": {}}}', '{"SIGN": 1}',
    '{"eta": "SIGN"}', '{"hidden": ["SIGN"]}',
]  # fmt: skip
NUMBERS = ["NaN", "Infinity", "-Infinity", "1e999", "9" * 400, "9" * 5000, "-" + "9" * 400]
PLACES = [
    '{"eta": NUMBER}', '{"seed": NUMBER}', '{"hidden": [NUMBER]}', '{"changes": [[NUMBER, "eta", 1]]}',
    '{"changes": [[0, "eta", NUMBER]]}', '{"data": {"inputs": [[NUMBER]], "targets": [[1]]}}',
    '{"data": {"inputs": [[1]], "targets": [[1]], "columns": [{"low": NUMBER}, {}]}}', '{"batch": NUMBER}',
    '{"parameters": {"w": {"1": [[NUMBER]]}, "b": {}}}',
]  # fmt: skip
SENT = [
    *(text.replace("SIGN", sign) for text in TEXTS for sign in (SIGNS if "OWN" in text else SIGNS[:4:3])),
    *(place.replace("NUMBER", number) for place in PLACES for number in NUMBERS),
]
BODIES = [body.replace("OWN", OWN).replace("COLUMN", COLUMN) for body in SENT]


def stored(app: FastAPI) -> list[int]:
    """Return how many labs and examples there are."""
    with app.state.labs.store.database.connection() as connection:
        return [
            connection.execute(select(func.count()).select_from(one)).scalar_one() for one in (labs, examples)
        ]


async def refused(answer: Any, body: object) -> None:
    assert answer.status_code == 422, (body, answer.status_code, answer.text)
    if answer.headers["content-type"].startswith("text/html"):
        read(answer.text)
    else:
        assert answer.json()["detail"], body


async def test_what_cannot_be_shown_is_refused_before_anything_is_stored(
    app: FastAPI, program: AsyncClient, browser: AsyncClient
) -> None:
    as_json = {"content-type": "application/json"}
    before = stored(app)
    for number, body in enumerate(BODIES):
        await refused(await program.post("/labs", content=body, headers=as_json), body)
        kept = f'{{"schema": 2, "place": 0, "recipe": {body}}}'
        await refused(await program.post("/labs/load", content=kept, headers=as_json), body)
        if number % 8 == 0:  # pages take their time
            await refused(await browser.post("/labs", content=body, headers=as_json), body)
            await refused(await browser.post("/labs/load", data={"text": kept}), body)
            await refused(await browser.post("/labs/load", files={"file": ("a", kept.encode())}), body)
    raw = f'{{"data": {{{OWN}, "note": "\ud800"}}}}'.encode("utf-8", "surrogatepass")
    await refused(await program.post("/labs", content=raw, headers=as_json), raw)
    assert stored(app) == before


async def test_no_field_and_no_dial_breaks_on_a_sign(
    app: FastAPI, program: AsyncClient, browser: AsyncClient, htmx: AsyncClient
) -> None:
    for client in (program, browser, htmx):
        lab = await make(client)
        before = app.state.labs.store.labs.get(lab)
        for sign in set(SIGNS) - {"\\u0085"}:  # which is a space between numbers
            real = json.loads(f'"{sign}"')
            typed = "".join(f"%{byte:02X}" for byte in real.encode("utf-8", "surrogatepass"))
            form = {"content-type": "application/x-www-form-urlencoded"}
            for path, body in (
                (f"/labs/{lab}/change?at=0", f"what={typed}&value={typed}"),
                (f"/labs/{lab}/reshape", f"hidden={typed}"),
                (f"/labs/{lab}/dials?at=0", f"text={typed}"),
                ("/exercise", f"layers={typed}&examples={typed}&dials={typed}"),
                ("/labs", f"hidden={typed}&data={typed}"),
                ("/data/points", f"points={typed}"),
            ):
                await refused(await client.post(path, content=body, headers=form), (path, body))
            dials = '{"w": {"SIGN": [["SIGN"]]}, "b": {}}'.replace("SIGN", sign)
            answer = await client.post(
                f"/labs/{lab}/dials?at=0", content=dials, headers={"content-type": "application/json"}
            )
            await refused(answer, dials)
            for path in (f"/at?data={typed}", f"/labs/{lab}/next?at={typed}"):
                await refused(await client.request("POST" if "labs" in path else "GET", path), path)
            for path in (f"/recipe?hidden={typed}&x={typed}", f"/labs/{typed}", f"/data?points={typed}"):
                answer = await client.get(path)
                assert answer.status_code < 500
                if answer.headers["content-type"].startswith("text/html"):
                    read(answer.text)
        assert app.state.labs.store.labs.get(lab) == before


async def test_a_table_with_control_signs_is_read_without_them(
    browser: AsyncClient, program: AsyncClient
) -> None:
    table = "a,b,kind\n1,2,x\x01y\n3,4,z\x1b\n5,6,x\x01y\n7,8,z\x1b\n\x1a"
    for sent in ({"data": {"text": table}}, {"files": {"file": ("a.csv", table.encode())}}):
        answer = await browser.post("/data/table", **sent)
        assert answer.status_code == 303, answer.text[:3000]
        page = await browser.get(answer.headers["location"])
        assert page.status_code == 200
        read(page.text)
