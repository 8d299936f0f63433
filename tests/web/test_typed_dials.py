"""All dials at once: from a list or a JSON file, as a change that back, links and replays keep."""

from __future__ import annotations

import json

import pytest
from httpx import AsyncClient, Response

from app.limits import CHANGES
from app.notation.language import tr
from app.story import notices
from app.story import refusals as words
from tests.web.tree import text_of
from tests.web.visitor import make, moment, page_of, press

pytestmark = pytest.mark.anyio
LENGTH = 11  # moments of one iteration of 2-3-1
IN_TURN = "h₁: 1 2 | 3\nh₂: 4 5 | 6\nh₃: 7 8 | 9\nŷ: 10 11 12 | 1/2"
W, B = {"1": [[1, 2], [4, 5], [7, 8]], "2": [[10, 11, 12]]}, {"1": [[3], [6], [9]], "2": [[0.5]]}


async def type_in(client: AsyncClient, lab: str, at: int, text: str) -> Response:
    where, form = {"at": at, "panel": "dials"}, {"data": {"text": text}, "files": {"file": ("", b"")}}
    return await client.post(f"/labs/{lab}/dials", params=where, **form)


async def test_a_list_typed_in_the_first_iteration_becomes_the_recipes_own_start(
    program: AsyncClient,
) -> None:
    lab = await make(program)
    await press(program, lab, "go", 0, to=4)
    await program.post(f"/labs/{lab}/change", params={"at": 4}, data={"what": "eta", "value": "0.2"})
    await program.post(f"/labs/{lab}/change", params={"at": 4}, data={"what": "w-1-1-1", "value": "7"})
    found = (await type_in(program, lab, 4, IN_TURN)).json()
    assert (found["place"], found["parameters"]) == (4, {"w": W, "b": B})
    assert found["recipe"]["changes"] == [[0, "eta", 0.2]]
    link = (await program.get("/at", params={**fields(found["recipe"]), "place": 4})).json()
    assert link["parameters"] == {"w": W, "b": B}
    assert (await press(program, lab, "back", 4)).json()["parameters"] == {"w": W, "b": B}


def fields(recipe: dict) -> dict[str, str]:
    return {
        name: text
        if isinstance(text, str)
        else json.dumps(text).strip("[]")
        if name == "hidden"
        else json.dumps(text)
        for name, text in recipe.items()
    }


async def test_later_on_only_the_dials_that_differ_are_changes(program: AsyncClient) -> None:
    lab = await make(program)
    await press(program, lab, "go", 0, to=2 * LENGTH - 1)
    after = (await moment(program, lab))["after"]
    after["b"]["2"] = [[0.25]]
    answer = await program.post(
        f"/labs/{lab}/dials",
        params={"at": 2 * LENGTH - 1},
        files={"file": ("dials.json", json.dumps(after).encode())},
    )
    assert answer.json()["recipe"]["changes"] == [[2, "b-2-1", 0.25]]
    assert (await press(program, lab, "next", 2 * LENGTH - 1)).json()["parameters"] == after
    assert (await press(program, lab, "back", 2 * LENGTH, pace="iteration")).json()["iteration"] == 1


async def test_the_field_holds_the_dials_as_they_stand_and_setting_them_changes_nothing(
    htmx: AsyncClient,
) -> None:
    lab = await make(htmx)
    await press(htmx, lab, "go", 0, to=LENGTH - 1)
    page = page_of(await htmx.get(f"/labs/{lab}", params={"panel": "dials"}))
    answer = await type_in(htmx, lab, LENGTH - 1, page["dials"].text)
    assert notices.dials_set(0, 1) in text_of(page_of(answer)["notice"])
    assert "changes" not in (await moment(htmx, lab))["recipe"]


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("1 2 3", "This network has 13 dials; there are 3 numbers here."),
        (
            IN_TURN.replace("| 6", ""),
            "Line 2: h₂ needs 3 numbers, its weights and then its bias, and this line has 2.",
        ),
        (IN_TURN.replace("8", "eight"), "Line 3: “eight” is no number from −1,000,000 to 1,000,000."),
        ("{", words.said("parameters")),
        ('{"w": 3}', words.said("parameters")),
        ('{"w": {}, "b": {}}', "The dials do not fit the network 2-3-1: w[1] must have the shape 3 × 2."),
    ],
)
async def test_a_list_that_does_not_fit_stays_in_its_field_with_the_reason(
    program: AsyncClient, browser: AsyncClient, htmx: AsyncClient, text: str, sentence: str
) -> None:
    for client in (program, browser, htmx):
        lab = await make(client)
        before = await moment(client, lab)
        answer = await type_in(client, lab, 0, text)
        assert answer.status_code == 422
        if client is program:
            assert answer.json()["fields"] == {"dials": sentence}
        else:
            page = page_of(answer)
            assert (page["dials"].text.strip(), page["wrong-dials"].text) == (text, sentence)
        assert await moment(client, lab) == before


async def test_more_changes_than_a_run_takes_are_refused(program: AsyncClient) -> None:
    lab = await make(program, hidden=[16, 16])
    await press(program, lab, "go", 0, to=200)
    zeros = " ".join(["0"] * (16 * 3 + 16 * 17 + 17))
    answer = await type_in(program, lab, 200, zeros)
    assert answer.json()["fields"] == {"dials": tr(words.TOO_MANY_CHANGES, limit=CHANGES)}
    assert CHANGES < 16 * 17


async def test_without_scripts_setting_dials_leads_back_to_the_labs_own_address(browser: AsyncClient) -> None:
    lab = await make(browser)
    answer = await type_in(browser, lab, 0, IN_TURN)
    assert (answer.status_code, answer.headers["location"]) == (303, f"/labs/{lab}?panel=dials")
    assert (await moment(browser, lab))["parameters"] == {"w": W, "b": B}


async def test_a_list_and_a_file_are_sent_each_by_a_form_of_its_own(htmx: AsyncClient) -> None:
    page = page_of(await htmx.get(f"/labs/{await make(htmx)}", params={"panel": "dials"}))
    forms = [form for form in page.root.iter("form") if "/dials?" in form.get("action", "")]
    assert [[field.get("name") for field in form.iter() if field.get("name")] for form in forms] == [
        ["text"],
        ["file"],
    ]
