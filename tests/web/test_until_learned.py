"""A run until all is learned, over HTTP: from home and press by press, and what is said at its end."""

from __future__ import annotations

import pytest
from httpx import AsyncClient

from app.lab.presets import PRESETS
from tests.web.checker import check_page
from tests.web.oracle import known
from tests.web.test_screen import AND, from_home
from tests.web.tree import having, text_of
from tests.web.visitor import make, page_of, place_on

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
