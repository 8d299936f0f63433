"""Exact first dials: their shapes are checked block by block, and every float64 comes through to the last
bit."""

from __future__ import annotations

import json
from typing import Any

import pytest
from httpx import AsyncClient
from hypothesis import given, settings
from hypothesis import strategies as st

from app.web.recipe_form import Mistakes, from_fields, from_json

FIT = "The dials do not fit the network 2-2-1: {} must have the shape {}."
dial = st.floats(-1e6, 1e6, allow_subnormal=True)


def dials(**changed: Any) -> dict[str, Any]:
    """Return dials that fit 2-2-1, with some blocks replaced ("w1", "b2"); None leaves a block out."""
    blocks = {"w1": [[1, 2], [3, 4]], "w2": [[5, 6]], "b1": [7, 8], "b2": [9], **changed}
    found: dict[str, dict] = {"w": {}, "b": {}}
    for name, block in blocks.items():
        if block is not None:
            found[name[0]][name[1:]] = block
    return found


def given_to(parameters: Any, form: bool) -> tuple[float, ...] | None:
    if form:
        return from_fields({"hidden": ["2"], "parameters": [json.dumps(parameters)]}).parameters
    return from_json(json.dumps({"hidden": [2], "parameters": parameters}).encode()).parameters


@pytest.mark.parametrize("form", [False, True])
def test_dials_that_fit_are_taken_in_their_order(form: bool) -> None:
    in_order = (1.0, 2.0, 3.0, 4.0, 7.0, 8.0, 5.0, 6.0, 9.0)
    assert given_to(dials(), form) == in_order
    assert given_to(dials(b1=[[7], [8]], b2=[[9]]), form) == in_order


@pytest.mark.parametrize("form", [False, True])
@pytest.mark.parametrize(
    ("changed", "words"),
    [
        ({"w1": [[1, 2]]}, FIT.format("w[1]", "2 × 2")),
        ({"w1": [[1, 2], [3]]}, FIT.format("w[1]", "2 × 2")),
        ({"w1": [[1, 2], [3, 4], [5, 6]]}, FIT.format("w[1]", "2 × 2")),
        ({"w1": []}, FIT.format("w[1]", "2 × 2")),
        ({"w1": None}, FIT.format("w[1]", "2 × 2")),
        ({"w2": [[5], [6]]}, FIT.format("w[2]", "1 × 2")),
        ({"b1": [7]}, FIT.format("b[1]", "2 × 1")),
        ({"b1": [[7, 8]]}, FIT.format("b[1]", "2 × 1")),
        ({"b2": [9, 9]}, FIT.format("b[2]", "1 × 1")),
        ({"b2": None}, FIT.format("b[2]", "1 × 1")),
        ({"w3": [[1]]}, FIT.format("layer 3", "0 × 0")),
        ({"w0": [[1]]}, FIT.format("layer 0", "0 × 0")),
        ({"w01": [[1]]}, FIT.format("layer 01", "0 × 0")),
        ({"b_": []}, FIT.format("layer _", "0 × 0")),
    ],
)
def test_dials_that_do_not_fit_are_told_which_block_and_which_shape(
    form: bool, changed: dict, words: str
) -> None:
    with pytest.raises(Mistakes) as caught:
        given_to(dials(**changed), form)
    assert caught.value.fields == {"parameters": words}


@pytest.mark.parametrize("form", [False, True])
@pytest.mark.parametrize("number", [float("nan"), float("inf"), 1_000_000.1, -1e7, "seven", None, [1], {}])
def test_a_dial_must_be_a_number_of_a_sane_size(form: bool, number: Any) -> None:
    with pytest.raises(Mistakes) as caught:
        given_to(dials(w2=[[number, 6]]), form)
    assert caught.value.fields["parameters"].startswith("Write {")


@settings(max_examples=60, deadline=None)
@given(st.lists(dial, min_size=9, max_size=9))
def test_every_float_comes_through_to_the_last_bit(numbers: list[float]) -> None:
    a, b, c, d, e, f, g, h, i = numbers
    sent = {"w": {"1": [[a, b], [c, d]], "2": [[g, h]]}, "b": {"1": [e, f], "2": [i]}}
    assert given_to(sent, form=False) == given_to(sent, form=True) == tuple(numbers)


@pytest.mark.anyio
async def test_posted_dials_are_the_dials_of_the_first_iteration(program: AsyncClient) -> None:
    sent = {
        "w": {"1": [[0.1, -1e-300], [2.5, 1 / 3]], "2": [[1e6, -0.7]]},
        "b": {"1": [[0.0], [5e-324]], "2": [[-2]]},
    }
    answer = await program.post("/labs", json={"hidden": [2], "parameters": sent})
    assert answer.status_code == 201
    assert answer.json()["parameters"] == answer.json()["recipe"]["parameters"] == sent
    again = await program.post("/labs", json=answer.json()["recipe"])
    assert {**again.json(), "id": ""} == {**answer.json(), "id": ""}
