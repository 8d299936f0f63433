"""A result is judged for programs: right or not, which slip, why; and nothing moves."""

from __future__ import annotations

from typing import Any

import pytest
from fastapi import FastAPI
from httpx import AsyncClient, Response

from app.lessons.slips.registry import SLIPS
from tests.web.visitor import make, moment, press

pytestmark = pytest.mark.anyio
XOR = {"data": "xor", "hidden": [3], "batch": 2, "seed": 2}
LAST = 10  # the place after the first descent


async def ask(client: AsyncClient, lab: str, at: int = LAST, **body: Any) -> Response:
    return await client.post(f"/labs/{lab}/check", params={"at": at}, json=body)


async def at_descent(client: AsyncClient) -> str:
    lab = await make(client, **XOR)
    await press(client, lab, "go", 0, to=LAST)
    return lab


async def test_every_number_of_a_moment_is_right_by_the_name_that_the_moment_gives_it(
    program: AsyncClient,
) -> None:
    lab = await at_descent(program)
    known = await moment(program, lab)
    wanted = [({"quantity": "cost"}, known["cost"])]
    for name in ("z", "a", "received", "delta"):
        for layer, rows in known[name].items():
            where = {"quantity": name, "layer": int(layer)}
            wanted += [
                ({**where, "neuron": j}, row[0]) for j, row in enumerate(rows, 1) if int(layer) or name != "a"
            ]
    for name in ("nabla", "after"):
        for layer in ("1", "2"):
            for j, row in enumerate(known[name]["w"][layer], 1):
                where = {"quantity": name, "layer": int(layer), "neuron": j}
                wanted += [({**where, "source": k}, value) for k, value in enumerate(row, 1)]
                wanted.append((where, known[name]["b"][layer][j - 1][0]))
    assert len(wanted) == 1 + 4 * 4 + 2 * 13
    for body, value in wanted:
        answer = await ask(program, lab, **body, value=value)
        assert answer.json() == {"right": True, "slips": [], "why": "Right."}, body
    assert await moment(program, lab) == known


async def test_a_slip_is_told_by_its_key_and_in_words(program: AsyncClient) -> None:
    lab = await at_descent(program)
    delta = (await moment(program, lab))["received"]["1"][1][0]
    answer = await ask(program, lab, quantity="delta", layer=1, neuron=2, value=delta)
    assert answer.json()["right"] is False
    assert "slope" in answer.json()["slips"]
    assert SLIPS["slope"].sentence in answer.json()["why"]


async def test_the_drawn_example_is_the_one_that_is_meant(program: AsyncClient) -> None:
    lab = await at_descent(program)
    first, second = (await moment(program, lab))["z"]["1"][0]
    body = {"quantity": "z", "layer": 1, "neuron": 1, "value": second}
    assert abs(first - second) > 0.1
    assert not (await ask(program, lab, **body)).json()["right"]
    seen = await program.post(f"/labs/{lab}/check", params={"at": LAST, "example": 2}, json=body)
    assert seen.json()["right"]


async def test_what_is_typed_may_be_a_sum_with_commas(program: AsyncClient) -> None:
    lab = await at_descent(program)
    value = (await moment(program, lab))["z"]["1"][0][0]
    text = f"{value - 1:.6f} + 2·0,5".replace(".", ",")
    assert (await ask(program, lab, quantity="z", layer=1, neuron=1, value=text)).json()["right"]


async def test_whoever_may_see_the_lab_may_ask(program: AsyncClient, browser: AsyncClient) -> None:
    lab = await at_descent(program)
    value = (await moment(program, lab))["cost"]
    assert (await ask(browser, lab, quantity="cost", value=value)).json()["right"]


async def test_what_has_not_happened_yet_is_no_secret_to_be_found_by_asking(program: AsyncClient) -> None:
    lab = await make(program, **XOR)
    await press(program, lab, "go", 0, to=2)
    for body in (
        {"quantity": "z", "layer": 1, "neuron": 3},
        {"quantity": "cost"},
        {"quantity": "delta", "layer": 2, "neuron": 1},
        {"quantity": "nabla", "layer": 1, "neuron": 1, "source": 2},
        {"quantity": "after", "layer": 1, "neuron": 1},
    ):
        answer = await ask(program, lab, at=2, **body, value=0)
        assert answer.status_code == 409
        assert answer.json()["detail"].startswith("This has not happened yet")


async def test_another_place_than_the_lab_s_is_told(program: AsyncClient) -> None:
    lab = await at_descent(program)
    answer = await ask(program, lab, at=3, quantity="cost", value=1)
    assert answer.status_code == 409
    assert answer.json()["place"] == LAST


@pytest.mark.parametrize(
    ("field", "body"),
    [
        ("value", {"value": "about one"}),
        ("value", {"value": True}),
        ("value", {"value": None}),
        ("value", {"value": 10**400}),
        ("value", {"value": [1]}),
        ("quantity", {"quantity": "slope"}),
        ("layer", {"layer": 0}),
        ("layer", {"layer": 3}),
        ("layer", {"layer": 99}),
        ("neuron", {"neuron": 0}),
        ("neuron", {"neuron": 4}),
        ("source", {"source": 1}),
        ("source", {"quantity": "nabla", "source": 3}),
        ("epsilon", {"epsilon": 1}),
    ],
)
async def test_nonsense_is_refused_with_its_field(
    program: AsyncClient, field: str, body: dict[str, Any]
) -> None:
    lab = await make(program, **XOR)
    answer = await ask(program, lab, **{"quantity": "z", "layer": 1, "neuron": 1, "value": 1, **body}, at=0)
    assert answer.status_code == 422
    assert list(answer.json()["fields"]) == [field]


def test_the_schema_tells_what_is_asked_and_answered(put_together: FastAPI) -> None:
    schema = put_together.openapi()
    route = schema["paths"]["/labs/{id}/check"]["post"]
    assert {"200", "403", "404", "409", "410", "422"} <= set(route["responses"])
    told = schema["components"]["schemas"]
    for name in ("Check", "VerdictJSON"):
        assert all(field["description"] for field in told[name]["properties"].values())
    assert told["Check"]["additionalProperties"] is False
