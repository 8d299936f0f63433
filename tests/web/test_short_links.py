"""Short links: the same moment, looked at in the same way, behind a few signs."""

from __future__ import annotations

import re
from itertools import repeat
from urllib.parse import parse_qs, parse_qsl, urlsplit

import pytest
from fastapi import FastAPI
from httpx import ASGITransport, AsyncClient

from app.lab.recipe import Recipe
from app.store.connection import StoreUnavailable
from app.store.short_links import DAY
from app.web.allowance import Allowance
from app.web.short_codes import short_link
from tests.web.conftest import Visit
from tests.web.test_exports import RECIPE, lab_at
from tests.web.tree import text_of
from tests.web.visitor import make, page_of, place

pytestmark = pytest.mark.anyio

VIEW = {
    "pace": "neuron",
    "lens": "weights",
    "voice": "maths",
    "panel": "downhill",
    "digits": "5",
    "lang": "de",
}
DONE = {
    "play": "1",
    "run": "90",
    "undo": "4",
    "score": "3-4",
    "solved": "",
    "asked": "3-cost",
    "answered": "2",
    "goal": "learned",
    "tried": "0.5",
    "sure": "3",
}
OWN = {"inputs": [[0, 1], [1, 0]], "targets": [[1], [0]]}


async def short(client: AsyncClient, where: str, **view: str) -> dict[str, str]:
    """Make a short link as a program does."""
    answer = await client.post(f"{where}/short", params=view, headers={"accept": "application/json"})
    assert answer.status_code == 201, answer.text
    assert urlsplit(answer.json()["address"]).path == answer.headers["location"]
    return answer.json()


async def target(client: AsyncClient, code: str) -> str:
    """Return where a short link leads."""
    answer = await client.get(f"/s/{code}")
    assert answer.status_code == 303, answer.text
    return answer.headers["location"]


async def test_a_short_link_keeps_recipe_place_and_the_whole_view(program: AsyncClient) -> None:
    made = await short(program, await lab_at(program, RECIPE, 12), **VIEW)
    assert re.fullmatch(r"http://labs\.test/s/[B-DF-HJ-NP-TV-Z2-9]{6}", made["address"])
    led = urlsplit(await target(program, made["code"]))
    assert led.path == "/at"
    assert dict(parse_qsl(led.query)) == {**RECIPE.as_fields(), "place": "12", **VIEW}


async def test_what_it_leads_to_is_the_moment_that_was_seen(
    program: AsyncClient, browser: AsyncClient
) -> None:
    where = await lab_at(program, RECIPE, 12)
    made = await short(program, where, lens="weights", voice="maths", panel="tables")
    seen = page_of(await browser.get(where, params={"lens": "weights", "voice": "maths", "panel": "tables"}))
    led = page_of(await browser.get(await target(browser, made["code"])))
    for spot in ("narration", "drawer-said", "legend"):
        assert text_of(led[spot]) == text_of(seen[spot])


async def test_nothing_of_what_was_done_goes_along(program: AsyncClient) -> None:
    made = await short(program, await lab_at(program, RECIPE, 12), **DONE)
    led = dict(parse_qsl(urlsplit(await target(program, made["code"])).query))
    assert led == {**RECIPE.as_fields(), "place": "12", "lang": "en"}


async def test_the_same_moment_seen_the_same_way_has_the_same_code(
    program: AsyncClient, visit: Visit
) -> None:
    first, second = [await lab_at(program, RECIPE, place) for place in (12, 12)]
    code = (await short(program, first, lens="weights"))["code"]
    assert (await short(visit(), second, lens="weights"))["code"] == code
    assert (await short(program, first, lens="error"))["code"] != code
    query = {**RECIPE.as_fields(), "place": "12", "lens": "weights"}
    assert (await short(program, "/at", **query))["code"] == code


async def test_it_speaks_the_language_it_was_made_in(program: AsyncClient, visit: Visit) -> None:
    german = visit(**{"accept-language": "de"})
    made = await short(german, await lab_at(german, RECIPE, 3))
    answer = await visit("text/html").get(await target(program, made["code"]))
    assert answer.headers["content-language"] == "de"


@pytest.mark.parametrize("typed", ["{}", "{:.3}-{}", "{:.3} {}"])
async def test_a_code_may_be_typed_in_any_case(program: AsyncClient, typed: str) -> None:
    code = (await short(program, "/at"))["code"].lower()
    text = code if typed == "{}" else typed.format(code, code[3:])
    assert await target(program, text) == await target(program, code.upper())


@pytest.mark.parametrize("code", ["BBBBBB", "KX7FR", "recipe", "%00", "aeiouy", "x" * 500])
async def test_any_other_code_is_answered_with_a_sentence(browser: AsyncClient, code: str) -> None:
    answer = await browser.get(f"/s/{code}")
    assert answer.status_code == 404
    assert "There is no short link with this code." in answer.text


async def test_a_place_beyond_the_end_leads_to_the_end(program: AsyncClient) -> None:
    made = await short(program, "/at", **RECIPE.as_fields(), place=str(10**8))
    led = parse_qs(urlsplit(await target(program, made["code"])).query)
    assert int(led["place"][0]) < 10**8


@pytest.mark.parametrize(
    ("where", "status"), [("/at/short?data=nothing", 422), ("/at/short?lens=x", 422), ("/labs/no/short", 404)]
)
async def test_what_cannot_be_shortened_is_answered_in_words(
    program: AsyncClient, where: str, status: int
) -> None:
    answer = await program.post(where)
    assert answer.status_code == status
    assert answer.json()["detail"]


async def test_anybody_who_sees_a_lab_may_share_it_and_it_stays_where_it_is(
    program: AsyncClient, visit: Visit
) -> None:
    where = await lab_at(program, RECIPE, 12)
    await short(visit(), where)
    assert await place(program, where.rpartition("/")[2]) == 12


async def test_one_that_is_used_stays_with_its_examples(app: FastAPI, program: AsyncClient) -> None:
    lab = await make(program, data=OWN, hidden=[2])
    store = app.state.labs.store
    for where in (f"/labs/{lab}", "/at"):
        code = (await short(program, where))["code"]
        store.database.mark += 40 * DAY + DAY * (not store.database.mark)
        assert store.short_links.find(code).rested
        led = await target(program, code)
        assert not store.short_links.find(code).rested
        key = parse_qs(urlsplit(led).query)["data"][0]
        if where != "/at":
            assert not store.examples.sweep(store.database.now() - DAY, 9)
            assert store.examples.get(key)


async def test_making_them_is_limited_as_labs_are(app: FastAPI, program: AsyncClient) -> None:
    app.state.labs.allowance = Allowance(repeat(0.0).__next__)
    answers = [await program.post(f"/at/short?place={place}") for place in range(31)]
    assert [answer.status_code for answer in answers] == [201] * 30 + [429]
    assert answers[-1].json()["detail"].startswith("That many links at once")
    assert answers[-1].headers["retry-after"] == "1"


async def test_a_code_that_is_taken_is_drawn_again(app: FastAPI) -> None:
    labs = app.state.labs
    assert short_link(labs, "/rooms/new?a=1", lambda: "KX7FRW") == "KX7FRW"
    drawn = iter(["KX7FRW", "KX7FRW", "BCDFGH"])
    assert short_link(labs, "/rooms/new?a=2", drawn.__next__) == "BCDFGH"
    assert short_link(labs, "/rooms/new?a=1") == "KX7FRW"
    with pytest.raises(StoreUnavailable):
        short_link(labs, "/rooms/new?a=3", lambda: "KX7FRW")


async def test_no_host_that_is_told_leads_elsewhere(app: FastAPI, program: AsyncClient) -> None:
    code = (await short(program, "/at"))["code"]
    async with AsyncClient(transport=ASGITransport(app), base_url="http://labs.test") as other:
        answer = await other.get(f"/s/{code}", headers={"host": "evil.example"})
    assert answer.headers["location"].startswith("/at?")


async def test_the_largest_recipe_has_one_too(program: AsyncClient) -> None:
    recipe = Recipe(hidden=(16, 16), parameters=tuple(1 / number for number in range(3, 340)))
    made = await short(program, await lab_at(program, recipe, 0))
    led = parse_qs(urlsplit(await target(program, made["code"])).query)
    assert led["parameters"] == [recipe.as_fields()["parameters"]]
