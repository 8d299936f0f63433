"""A far iteration is worked out in slices: the page shows how far it is and goes on by itself, programs are
told to ask again."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from httpx import AsyncClient, Response

from app.datasets.own import own_from
from app.lab.budget import LONG
from app.lab.lab import Lab
from app.lab.recipe import Recipe
from app.lab.replay import Replay
from app.web.moment_json import moment_json
from tests.web.visitor import make, moment, page_of, place, place_on, press, until_there

pytestmark = pytest.mark.anyio
HEAVY = {"data": "xor", "hidden": [16, 16, 16, 16]}
XOR = Recipe(data="xor", hidden=(16, 16, 16, 16))
LENGTH = len(Lab(XOR).moments)
FAR = f"/at?data=xor&hidden=16,16,16,16&place={5000 * LENGTH}"


@pytest.fixture
def busy() -> Iterator[None]:
    """Somebody works long just now, so that others get a little at a time."""
    with LONG:
        yield


def reached(answer: Response, wanted: str = "5,001") -> int:
    """Return the iteration that an answer says is worked out."""
    assert (answer.status_code, answer.headers["retry-after"]) == (202, "1")
    progress = next(page_of(answer).root.iter("progress"))
    assert progress.get("max") == wanted.replace(",", "")
    assert f"Working out iteration {int(progress.get('value')):,} of {wanted} …" in answer.text
    return int(progress.get("value"))


@pytest.mark.usefixtures("busy")
async def test_a_far_moment_shows_its_progress_and_asks_again_by_itself(browser: AsyncClient) -> None:
    came = 0
    while (answer := await browser.get(FAR)).status_code == 202:
        came, before = reached(answer), came
        assert came > before
        refresh = next(one for one in page_of(answer).root.iter("meta") if one.get("http-equiv") == "refresh")
        assert refresh.get("content") == f"0;url={FAR}"
    assert came
    assert place_on(page_of(answer)) == 5000 * LENGTH


@pytest.mark.usefixtures("busy")
async def test_a_program_is_told_when_to_ask_again_and_gets_the_very_numbers(
    program: AsyncClient, visit
) -> None:
    any_kind = await visit("*/*").get(f"/at/export/csv{FAR[3:]}")
    assert (any_kind.status_code, any_kind.headers["retry-after"]) == (503, "1")
    said = (await program.get(FAR)).json()
    assert said["detail"] == f"Working out iteration {said['iteration']:,} of 5,001 …"
    assert said["of"] == 5001
    found = (await until_there(lambda: program.get(FAR))).json()
    lab = Lab(XOR, 5000 * LENGTH)
    assert found == moment_json("new", lab, Replay().numbers(lab))


@pytest.mark.usefixtures("busy")
async def test_a_visit_moves_nothing_until_it_is_there_and_then_goes_by_itself(htmx: AsyncClient) -> None:
    lab = await make(htmx, **HEAVY)
    answer = await htmx.post(f"/labs/{lab}/visit?at=0&lens=weights", data={"iteration": "5001"})
    page = page_of(answer)
    assert answer.status_code == 202
    assert (place_on(page), await place(htmx, lab)) == (0, 0)
    assert "of 5,001 …" in page["notice"].find("p").text
    again = next(one for name, one in page.ids.items() if name.startswith("again-"))
    assert again.get("hx-trigger") == "load delay:50ms, every 2s"
    assert page["go-on"].get("formaction") == again.get("hx-post")  # for whoever has no JavaScript
    answer = await until_there(lambda: htmx.post(again.get("hx-post")))
    assert place_on(page_of(answer)) == await place(htmx, lab) == 5000 * LENGTH
    assert page_of(answer)["lens-weights"].get("aria-current") == "true"
    assert "far=5000" in page_of(answer)["lens-error"].get("href")  # the timeline is that long now


@pytest.mark.usefixtures("busy")
async def test_a_program_s_visit_is_asked_for_again(program: AsyncClient) -> None:
    lab = await make(program, **HEAVY)
    answer = await program.post(f"/labs/{lab}/visit?at=0", data={"iteration": "5001"})
    assert (answer.status_code, answer.headers["retry-after"], await place(program, lab)) == (503, "1", 0)
    assert (await press(program, lab, "go", 0, to=5000 * LENGTH)).json()["place"] == 5000 * LENGTH


async def test_a_lab_that_nobody_remembers_comes_back_in_slices(
    app, htmx: AsyncClient, browser: AsyncClient, program: AsyncClient
) -> None:
    lab = await make(htmx, **HEAVY)
    await press(htmx, lab, "go", 0, to=5000 * LENGTH)
    app.state.labs.replay, app.state.labs.replay.shelf = Replay(), None  # as after a restart
    app.state.labs.history.replay = app.state.labs.replay
    with LONG:
        for method, verb in (("GET", "?panel=surface"), ("POST", f"/next?at={5000 * LENGTH}&panel=surface")):
            answer = await htmx.request(method, f"/labs/{lab}{verb}")
            assert reached(answer)
            way = next(one for name, one in page_of(answer).ids.items() if name.startswith("way-"))
            assert way.get("hx-get") == f"/labs/{lab}?panel=surface"
            assert way.get("hx-trigger") == "load delay:50ms, every 2s"
        assert reached(await browser.get(f"/labs/{lab}"))
        assert (await program.get(f"/labs/{lab}.json")).status_code == 503
    answer = await until_there(lambda: htmx.get(way.get("hx-get")))
    assert place_on(page_of(answer)) == 5000 * LENGTH
    assert (await moment(program, lab))["place"] == 5000 * LENGTH


@pytest.mark.usefixtures("busy")
async def test_a_lab_cooked_far_out_is_waited_for_where_it_is_shown(
    browser: AsyncClient, program: AsyncClient
) -> None:
    fields = {"data": "xor", "hidden": "16, 16, 16, 16", "place": str(5000 * LENGTH), "seed": "5"}
    made = await browser.post("/labs?lens=weights", data=fields)
    assert made.status_code == 303
    assert re.match(r"/at\?data=xor&.*&place=\d+&lens=weights$", made.headers["location"])
    assert not browser.cookies
    assert reached(await browser.get(made.headers["location"]))
    assert (await program.post("/labs", data=fields)).status_code == 503
    own = {"inputs": [[0, 1], [1, 0]], "targets": [[0], [1]]}  # somebody's own examples wait there too
    await make(program, data=own)
    wanted = {"data": own_from(own).key, "hidden": "16, 16, 16, 16", "place": str(1000 * LENGTH)}
    made = await browser.post("/labs", data=wanted)
    assert made.status_code == 303
    assert reached(await browser.get(made.headers["location"]), "1,001")


async def test_a_panel_that_takes_long_is_waited_for_beside_the_lab(app, htmx: AsyncClient) -> None:
    recipe = Recipe(data="xor", hidden=(2,))
    length, lab = len(Lab(recipe).moments), await make(htmx, data="xor", hidden=[2])
    await press(htmx, lab, "go", 0, to=19_000 * length)
    start = app.state.labs.replay.start(recipe, 19_000)
    app.state.labs.replay.cache.clear()  # of the way there nothing is remembered, of the place itself all
    app.state.labs.replay.shelf = None
    app.state.labs.replay.keep(recipe, 19_000, start)
    with LONG:
        answer = await htmx.get(f"/labs/{lab}?panel=surface")
    page = page_of(answer)
    assert answer.status_code == 200
    assert place_on(page) == 19_000 * length
    assert "surface" not in page.ids
    assert list(page["drawer"].iter("progress"))
    more = [one for name, one in page.ids.items() if name.startswith("more-")]
    assert more[0].get("hx-trigger") == "load delay:100ms, every 2s"
    for _ in range(200):
        page = page_of(await htmx.get(more[0].get("hx-get")))
        if "surface" in page.ids:
            break
    assert "surface" in page.ids
