"""A GET makes and moves nothing: a link shows its moment, and the first press makes a lab of it."""

from __future__ import annotations

from urllib.parse import parse_qs, urlsplit

import pytest
from fastapi import FastAPI
from httpx import AsyncClient
from sqlalchemy import func, select

from app.lab.lab import Lab
from app.lab.recipe import Recipe
from app.store.schema import labs
from tests.web.oracle import known
from tests.web.tree import text_of
from tests.web.visitor import make, moment, page_of, place, place_on, press

pytestmark = pytest.mark.anyio
XOR = Recipe(data="xor", hidden=(2,))
AT = "/at?data=xor&hidden=2&place=4"
HERE = {"referer": "http://labs.test/labs/x"}
ELSEWHERE = {"referer": "http://elsewhere.test/"}


def stored(app: FastAPI) -> int:
    """Return how many labs there are in the store."""
    with app.state.labs.store.labs._database.connection() as connection:
        return connection.execute(select(func.count()).select_from(labs)).scalar_one()


async def test_looking_makes_nothing_however_one_looks(
    app: FastAPI, browser: AsyncClient, htmx: AsyncClient, program: AsyncClient
) -> None:
    lab = await make(program)
    for client in (browser, htmx, program):
        for path in ("/", AT, AT + "&panel=share&play=1", f"/labs/{lab}/copy", f"/labs/{lab}?play=1&run=99"):
            answer = await client.get(path)
            assert answer.status_code in (200, 303)
            assert "set-cookie" not in answer.headers
    assert stored(app) == 1
    assert await place(program, lab) == 0


async def test_the_moment_is_shown_as_a_lab_would_be(browser: AsyncClient, program: AsyncClient) -> None:
    page, lab = page_of(await browser.get(AT + "&pick=n-1-1")), await make(program, data="xor", hidden=[2])
    await press(program, lab, "go", 0, to=4)
    true = page_of(await browser.get(f"/labs/{lab}?pick=n-1-1"))
    for part in ("narration", "inspector", "rail"):
        assert text_of(page[part]) == text_of(true[part])
    assert (await program.get(AT)).json() == {**await moment(program, lab), "id": "new"}


async def test_looking_around_keeps_recipe_and_place(browser: AsyncClient) -> None:
    page = page_of(await browser.get(AT))
    for one, field in (
        ("lens-blame", "lens"),
        ("panel-model", "panel"),
        ("n-1-1", "pick"),
        ("digits-5", "digits"),
    ):
        address = page[one].get("href")
        found = parse_qs(urlsplit(address).query)
        assert (urlsplit(address).path, found["place"], found["data"]) == ("/at", ["4"], ["xor"])
        assert field in found
        assert place_on(page_of(await browser.get(address))) == 4
    sent = {one.get("name"): one.get("value") for one in page["picker"].iter("input")}
    assert (page["picker"].get("action"), sent["data"], sent["place"]) == ("/at", "xor", "4")
    assert place_on(page_of(await browser.get("/at", params={**sent, "pick": "n-1-2"}))) == 4


@pytest.mark.parametrize(
    ("button", "leads"), [("next", 5), ("back", 3), ("go-input-1", 0), ("finish", len(Lab(XOR).moments) - 1)]
)
async def test_the_first_press_makes_a_lab_and_is_carried_out(
    browser: AsyncClient, program: AsyncClient, button: str, leads: int
) -> None:
    page = page_of(await browser.get(AT + "&lens=weights"))
    answer = await browser.post(page[button].get("formaction"))
    assert (answer.status_code, "set-cookie" in answer.headers) == (307, True)  # the same again, over there
    answer = await browser.post(answer.headers["location"])
    lab, _, query = answer.headers["location"].removeprefix("/labs/").partition("?")
    assert (answer.status_code, query) == (303, "lens=weights")
    assert (await moment(program, lab))["place"] == leads
    assert (await moment(program, lab))["recipe"] == XOR.as_json()


async def test_a_form_s_fields_come_along_and_the_page_gets_the_lab_s_address(
    htmx: AsyncClient, program: AsyncClient
) -> None:
    htmx.follow_redirects = True
    page = page_of(await htmx.get(AT))
    action = next(one for one in page.root.iter("form") if "/change?" in one.get("action", "")).get("action")
    asking = {"hx-current-url": f"http://labs.test{AT}"}
    answer = await htmx.post(action, data={"what": "eta", "value": "0.7"}, headers=asking)
    lab = answer.headers["hx-push-url"].removeprefix("/labs/")
    assert (await moment(program, lab))["recipe"]["changes"] == [[0, "eta", 0.7]]
    answer = await htmx.post(
        page_of(answer)["next"].get("formaction"), headers={"hx-current-url": "http://[:"}
    )
    assert "hx-push-url" not in answer.headers  # it has it


async def test_a_step_from_a_link_gets_its_address_too(htmx: AsyncClient, program: AsyncClient) -> None:
    htmx.follow_redirects = True
    asking = {"hx-current-url": f"http://labs.test{AT}"}
    answer = await htmx.post(page_of(await htmx.get(AT))["next"].get("formaction"), headers=asking)
    assert await place(program, answer.headers["hx-push-url"].removeprefix("/labs/")) == 5


async def test_it_leaves_as_a_file_without_being_kept(app: FastAPI, browser: AsyncClient) -> None:
    page = page_of(await browser.get(AT + "&panel=share"))
    assert "json" not in page.ids
    found = (await browser.get(page["export-json"].get("href"))).json()
    assert (found["id"], found["place"], found["z"]["1"]) == ("new", 4, known(XOR, 4).forward.z[1].tolist())
    worked = page_of(await browser.get(page["export-worked"].get("href")))
    back = next(one for one in worked.root.iter("a") if text_of(one) == "Back to the lab")
    assert place_on(page_of(await browser.get(back.get("href")))) == 4
    assert stored(app) == 0


async def test_a_moment_too_long_for_every_link_opens_by_a_press(
    app: FastAPI, browser: AsyncClient, program: AsyncClient
) -> None:
    drawn = Recipe(data="digits", hidden=(12,), output="softmax")
    given = {**drawn.as_json(), "parameters": (await moment(program, await make(program, **drawn.as_json())))}
    given["parameters"] = given["parameters"]["parameters"]
    lab, before = await make(program, **given), stored(app)
    await press(program, lab, "go", 0, to=3)
    page = page_of(await browser.get(f"/labs/{lab}?panel=share"))
    opened = await browser.get(page["link"].get("href") + "&lens=weights")
    assert len(opened.text) < 2 * len(page["link"].get("href")) + 10_000
    form = next(one for one in page_of(opened).root.iter("form") if one.get("action", "").startswith("/labs"))
    fields = {one.get("name"): one.get("value") for one in form.iter("input")}
    assert stored(app) == before
    made = await browser.post(form.get("action"), data=fields)
    where, _, query = made.headers["location"].partition("?")
    assert query == "lens=weights"
    found = await moment(program, where.removeprefix("/labs/"))
    assert {**found, "id": lab} == await moment(program, lab)
    assert (await browser.get(f"/labs/{lab}/copy")).headers["location"] == f"/labs/{lab}"


async def test_a_copy_is_looked_at_first(browser: AsyncClient, program: AsyncClient) -> None:
    lab = await make(program, data="xor", hidden=[2])
    await press(program, lab, "go", 0, to=4)
    answer = await browser.get(f"/labs/{lab}/copy?lens=blame")
    assert (answer.status_code, urlsplit(answer.headers["location"]).path) == (303, "/at")
    assert place_on(page_of(await browser.get(answer.headers["location"]))) == 4
    assert (await browser.get("/labs/nothing/copy")).status_code == 404


@pytest.mark.parametrize(
    ("headers", "heard"),
    [
        (HERE, True),
        (ELSEWHERE, False),
        ({}, False),
        ({"referer": "http://[:"}, False),
        ({"sec-fetch-site": "same-origin"}, True),
        ({"sec-fetch-site": "cross-site", **HERE}, False),
        ({"sec-fetch-site": "none"}, False),
    ],
)
@pytest.mark.parametrize(("query", "mover"), [("play=1", "tick-"), ("run=300&goal=learned", "onward-")])
async def test_an_address_plays_and_runs_only_where_a_page_of_ours_led_to_it(
    browser: AsyncClient, headers: dict[str, str], heard: bool, query: str, mover: str
) -> None:
    lab = await make(browser)
    page = page_of(await browser.get(f"/labs/{lab}?{query}", headers=headers))
    assert any(name.startswith(mover) for name in page.ids) == heard


async def test_only_what_can_be_pressed_makes_a_lab(app: FastAPI, program: AsyncClient) -> None:
    for wrong in ("/at/next?eta=fast", "/at/next?data=nothing"):
        assert (await program.post(wrong)).status_code == 422
    assert (await program.post("/at/fly?data=xor")).status_code == 404
    assert (await program.post("/at/worksheet?data=xor")).status_code == 405
    assert stored(app) == 0
