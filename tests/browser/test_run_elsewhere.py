"""A run goes on while something else is looked at, and is stopped where it can be seen."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, Route, expect

from tests.browser.conftest import Opener
from tests.browser.walk import choose, link, rested

SLOW = {"data": "spiral", "size": "400", "hidden": "16, 16, 16, 16", "batch": "300"}
ENOUGH = 90_000  # ms; how fast a run is on a busy machine is not what is asked here


@pytest.fixture
def running(visit: Opener) -> Page:
    """A run of many slices, on its way."""
    page = visit(link(SLOW, panel="downhill"), viewport={"width": 1280, "height": 720})
    top = page.locator("#run-1000").bounding_box()["y"]
    page.click("#run-1000")
    expect(page.locator("#play")).to_contain_text("Pause")
    assert page.locator("#run-1000").bounding_box()["y"] == top
    return page


def test_a_run_goes_on_in_another_panel_and_under_another_lens(running: Page) -> None:
    for press in ("#panel-surface", "#panel-model", "#lens-weights"):
        choose(running, press)
        expect(running.locator(press)).to_have_attribute("aria-current", "true")
    expect(running.locator(".where")).to_contain_text("iteration 1,001 ", timeout=ENOUGH)
    expect(running.locator("#play")).to_contain_text("Play")
    expect(running.locator("#notice")).to_have_text("")
    assert "run=" not in running.url


def test_a_reload_does_not_run_on(running: Page) -> None:
    choose(running, "#panel-surface")
    expect(running.locator("#surface")).to_be_visible()
    assert "run=" not in running.url
    running.goto(running.url + "&run=900")
    expect(running.locator("#play")).to_contain_text("Play")


def test_a_slice_whose_answer_was_not_heard_does_not_end_the_run(visit: Opener) -> None:
    page = visit(link(SLOW, panel="downhill"))
    slices: list[str] = []

    def lose(route: Route) -> None:
        slices.append(route.request.url)
        if len(slices) == 2:
            route.fetch()
            route.fulfill(status=204)
        else:
            route.continue_()

    page.route("**/skip**", lose)
    page.click("#run-1000")
    expect(page.locator(".where")).to_contain_text("iteration 1,001 ", timeout=ENOUGH)
    assert len(slices) > 3
    expect(page.locator("#notice")).to_have_text("")


def test_it_is_stopped_from_another_panel(running: Page) -> None:
    choose(running, "#panel-surface")
    expect(running.locator("#surface")).to_be_visible()
    running.click("#play")
    expect(running.locator("#play")).to_contain_text("Play")
    rested(running)
    expect(running.locator("#surface")).to_be_visible()
