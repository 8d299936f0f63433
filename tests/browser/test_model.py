"""The model panel and the maps beside the discs, by keyboard, for every eye and in any window."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import Opener
from tests.browser.test_access import DIGITS, violations_in_any_theme
from tests.browser.test_inspecting import tab_to
from tests.browser.test_sizes import sideways
from tests.browser.walk import AND, XOR, choose, click, link, press

MOONS = AND | {"data": "moons", "size": "60", "test": "0.2"}
SINE = AND | {"data": "sine", "size": "30", "test": "0.2", "output": "linear", "cost": "quadratic"}
PAGES = {
    name: link(recipe, place=9, panel="model", maps="1")
    for name, recipe in {"xor": XOR, "moons": MOONS, "sine": SINE}.items()
} | {
    "digits": link(DIGITS, place=9, panel="model"),
    "hidden": link(XOR, place=9, panel="model", pick="n-1-2"),
}


def test_m_opens_the_model_and_a_picked_map_is_drawn_large(visit: Opener) -> None:
    page = visit(link(XOR, place=3))
    page.keyboard.press("m")
    expect(page.locator("#model-title")).to_have_text("Decision map: ŷ over x₁ and x₂")
    page.locator("#map-1-3").focus()
    page.keyboard.press("Enter")
    expect(page.locator("#model-title")).to_have_text("h₃ over x₁ and x₂")
    expect(page.locator("#map-1-3")).to_be_focused()
    expect(page).to_have_url(re.compile("pick=n-1-3"))


def test_the_maps_are_switched_on_and_off_and_stay_through_steps_and_back(visit: Opener) -> None:
    page = visit(link(XOR))
    for stop in ("#view > summary", "#maps-beside"):
        tab_to(page, stop)
        page.keyboard.press("Enter")
    expect(page.locator("#stage .map")).to_have_count(5)
    press(page, "Space")
    press(page, "Space")
    expect(page.locator("#stage .spot")).to_have_count(5)
    press(page, "ArrowLeft")
    expect(page.locator("#stage .spot")).to_have_count(4)
    choose(page, "#maps-none")
    expect(page.locator("#stage .map")).to_have_count(0)


def test_the_table_of_examples_opens_by_keyboard_and_stays_open_while_stepping(visit: Opener) -> None:
    page = visit(link(XOR, panel="model"))
    page.locator("#examples summary").focus()
    page.keyboard.press("Enter")
    expect(page.locator("#answers")).to_be_visible()
    expect(page.locator("#answers tr.here td:nth-child(4)")).to_have_text("")
    click(page, "#next")
    click(page, "#next")
    expect(page.locator("#answers tr.here td:nth-child(4)")).not_to_have_text("")
    expect(page.locator("#answers")).to_be_visible()


def test_axe_finds_nothing_on_maps_curves_and_tables(visit: Opener) -> None:
    page, found = visit(), {}
    for name, path in PAGES.items():
        page.goto(path)
        if page.locator("#examples").count():
            page.locator("#examples summary").click()
        found[name] = violations_in_any_theme(page)
    assert {name: faults for name, faults in found.items() if faults} == {}


@pytest.mark.parametrize(("width", "theme"), [(320, "light"), (390, "dark"), (1280, "projector")])
def test_no_window_scrolls_sideways_because_of_the_model(visit: Opener, width: int, theme: str) -> None:
    assert sideways(visit("/", theme=theme, viewport={"width": width, "height": 720}), PAGES) == {}
