"""What is said about a run stays to be read until somebody does something."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import Opener
from tests.browser.walk import choose, link, reach, rested

SINE = {"data": "sine", "hidden": "8", "activation": "relu", "batch": "10", "data_seed": "3"}
MOONS = {"data": "moons", "size": "60", "noise": "0.2", "test": "0.3", "hidden": "8", "batch": "10"}


def settled(page: Page) -> None:
    """Wait until the page has asked for all that it draws."""
    rested(page)
    expect(page.locator("#lengths")).to_be_visible()
    expect(page.locator("[id^='more-']")).to_have_count(0)
    rested(page)


@pytest.mark.parametrize(
    ("recipe", "view", "words"),
    [
        (SINE | {"eta": "10", "seed": "4711"}, {}, "The run stopped by itself."),
        (
            MOONS | {"eta": "0.5", "seed": "4712"},
            {"below": "0,3"},
            "The cost fell below 0,3 at the start of iteration",
        ),
    ],
)
def test_why_a_run_ended_stays_until_the_next_action(
    visit: Opener, recipe: dict, view: dict, words: str
) -> None:
    page = visit(link(recipe, panel="downhill", **view))
    with page.expect_request(lambda request: "div#more" in request.headers.get("hx-source", "")):
        page.click("#run-1000")
    settled(page)
    expect(page.locator("#notice")).to_contain_text(words)
    choose(page, "#lens-weights")
    expect(page.locator("#notice")).to_have_text("")


def test_the_menu_follows_a_new_learning_rate(visit: Opener) -> None:
    page = visit(link(MOONS | {"eta": "0.05"}, place=9))
    reach(page, "#eta")
    page.fill("#eta", "0,9")
    choose(page, "#set-eta")
    expect(page.locator("#notice")).to_have_text("η is 0.9 from this iteration on.")
    expect(page.locator("#network .quiet").first).to_contain_text("η 0.9 ·")
    expect(page.locator("#network strong")).to_have_count(1)
    expect(page.locator("#eta")).to_have_value("0.9")


def test_the_cost_to_stop_at_goes_along_with_a_run_and_is_not_run_past_twice(visit: Opener) -> None:
    page = visit(link(MOONS | {"eta": "0.5", "seed": "4713"}, panel="downhill"))
    top = page.locator("#run-1000").bounding_box()["y"]
    page.fill("#below", "0,4")
    page.click("#run-1000")
    expect(page.locator("#notice")).to_contain_text("The cost fell below 0,4 at the start of iteration")
    settled(page)
    assert "below=0%2C4" in page.url
    where = page.inner_text(".where")
    page.click("#run-10")
    expect(page.locator("#notice")).to_contain_text("The cost is below 0,4 already")
    settled(page)
    assert page.inner_text(".where") == where
    assert page.locator("#run-1000").bounding_box()["y"] == top
    page.fill("#below", "low")
    page.click("#run-10")
    expect(page.locator("#wrong-below")).to_contain_text("This must be a number above 0.")
    expect(page.locator("#below")).to_have_value("low")
