"""A run until all is learned, over HTTP: from home and press by press, and what is said at its end."""

from __future__ import annotations

import pytest
from httpx import AsyncClient

from app.lab.presets import PRESETS
from tests.web.checker import check_page
from tests.web.oracle import known
from tests.web.test_screen import AND, from_home
from tests.web.tree import having, text_of
from tests.web.visitor import follow, make, page_of, place_on

pytestmark = pytest.mark.anyio


async def test_without_a_script_a_run_until_learned_comes_to_its_verdict_press_by_press(
    browser: AsyncClient,
) -> None:
    where, page = await from_home(browser)
    lab, presses = where.split("/")[2], 0
    while "Learned!" not in text_of(page["notice"]):
        answer = await browser.post(page["run-until"].get("formaction"))
        assert answer.status_code == 200
        page, presses = page_of(answer), presses + 1
        assert text_of(page["notice"])
        assert presses < 100
    place = place_on(page)
    true = known(AND, place)
    assert (true.phase, true.layer) == ("forward", true.network.last)  # the picture stands answered
    assert text_of(page["notice"]) == f"{true.iteration} iterations: 4 of 4 right. Learned!"
    assert [text_of(row[-1]) for row in having(page.root, "rows")[0].findall("tbody/tr")] == ["✓ right"] * 4
    check_page(page, true, lens="activation")
    answer = await browser.post(
        page["run-until"].get("formaction")
    )  # it is: nothing moves, and the page says so
    assert place_on(page_of(answer)) == place
    assert "Learned!" in text_of(page_of(answer)["notice"])
    assert place_on(page_of(await browser.get(f"/labs/{lab}"))) == place


async def test_run_until_learned_on_home_runs_at_once_and_a_reload_does_not_begin_again(
    browser: AsyncClient, htmx: AsyncClient
) -> None:
    where, page = await from_home(browser, "run-until")
    assert page["onward-0"].get("hx-post").startswith(f"/labs/{where.split('/')[2].split('?')[0]}/skip?at=0&")
    htmx.cookies = browser.cookies
    while onward := [one for name, one in page.ids.items() if name.startswith("onward-")]:
        answer = await htmx.post(onward[0].get("hx-post"))
        page = page_of(answer)
    assert "Learned!" in text_of(page["notice"])
    assert "goal" not in answer.headers["hx-replace-url"]
    again = page_of(await browser.get(where))
    assert not [name for name in again.ids if name.startswith("onward-")]
    assert "goal=" not in again["play"].get("href")


async def test_a_stuck_run_is_told_as_stuck_with_what_to_try(browser: AsyncClient) -> None:
    lab = await make(browser, **PRESETS["stuck"].as_json())
    page = page_of(await browser.get(f"/labs/{lab}"))
    for _ in range(100):
        page = page_of(await browser.post(page["run-until"].get("formaction")))
        if "stuck" in text_of(page["notice"]):
            break
    said, true = text_of(page["notice"]), known(PRESETS["stuck"], place_on(page))
    assert said.startswith(f"{true.iteration:,} iterations, and the cost no longer falls: stuck with ")
    assert "all alike" in said
    assert "Try " in said
    check_page(page, true, lens="activation")


async def verdict_of(browser: AsyncClient, program: AsyncClient, **recipe: object) -> str:
    """Run until learned, and return what is said at the end."""
    lab = await make(program, **recipe)
    browser.cookies = program.cookies
    address = f"/labs/{lab}/skip?at=0&iterations=5000&goal=learned"
    for _ in range(50):
        page = page_of(await browser.post(address))
        said = text_of(page["notice"])
        if "press Run again" not in said:
            return said + str(page.ids["remedy"].get("href") if "remedy" in page.ids else "")
        address = page["run-until"].get("formaction")
    raise AssertionError(said)


async def test_a_cost_that_only_rises_is_told_and_where_nothing_helps_nothing_is_offered(
    browser: AsyncClient, program: AsyncClient
) -> None:
    best = {"inputs": [[1.0]], "targets": [[0.5]]}
    more = {"hidden": [], "output": "linear", "cost": "quadratic", "initialiser": "equal"}
    said = await verdict_of(browser, program, data=best, regulariser="l2", decay=1.0, **more)
    assert "the cost is higher than at the start. The learning rate η = 0.3 is too large here" in said
    assert not said.endswith("place=0")


async def test_unscaled_inputs_are_blamed_and_a_press_scales_them(
    browser: AsyncClient, program: AsyncClient
) -> None:
    people = {"inputs": [[25, 30_000], [40, 85_000], [60, 99_000]], "targets": [[0], [1], [1]]}
    more = {"hidden": [2], "activation": "linear", "output": "linear", "cost": "quadratic"}
    said = await verdict_of(browser, program, data=people, **more)
    assert "The inputs are unscaled, up to 99000" in said
    better = await follow(browser, said[said.index("/at?") :])
    assert better.status_code == 303
    found = (await program.get(better.headers["location"] + ".json")).json()
    assert max(abs(value) for row in found["recipe"]["data"]["inputs"] for value in row) == 1.0
