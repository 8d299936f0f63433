"""The recipe page is one screen, no menu is cut, and what the chosen data has no use for is not there."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import Opener

CUT = """() => [...document.querySelectorAll("#recipe select")].flatMap(menu => {
    const pen = document.createElement("canvas").getContext("2d"), style = getComputedStyle(menu);
    pen.font = style.font;
    const room = menu.clientWidth - parseFloat(style.paddingLeft) - parseFloat(style.paddingRight) - 20;
    return [...menu.options].filter(one => pen.measureText(one.text).width > room).map(one => one.text); })"""


def shown(page: Page) -> list[str]:
    """Return the names of the fields that are there only for some choices, as far as they are in sight."""
    names = ("size", "noise", "data_seed", "test", "decay")
    return [name for name in names if page.locator(f"#{name}").is_visible()]


@pytest.mark.parametrize("scripts", [True, False], ids=["scripts", "no scripts"])
@pytest.mark.parametrize("query", ["", "?data=circle&regulariser=l2"], ids=["AND", "circle"])
def test_the_recipe_is_one_screen_and_no_menu_is_cut(visit: Opener, query: str, scripts: bool) -> None:
    page = visit("/recipe" + query, java_script_enabled=scripts)
    assert page.evaluate("document.documentElement.scrollHeight") <= 900
    assert page.evaluate(CUT) == []


@pytest.mark.parametrize("scripts", [True, False], ids=["scripts", "no scripts"])
def test_only_what_the_choices_have_a_use_for_is_shown_and_a_mistake_always(
    visit: Opener, scripts: bool
) -> None:
    page = visit("/recipe", java_script_enabled=scripts)
    assert shown(page) == []
    page.select_option("#data", "circle")
    page.select_option("#regulariser", "l1")
    assert shown(page) == ["size", "noise", "data_seed", "test", "decay"]
    page.fill("#noise", "7")
    page.select_option("#data", "xor")
    page.select_option("#regulariser", "none")
    assert shown(page) == []
    page.click("#make")
    expect(page.locator("#wrong-noise")).to_be_visible()


def test_what_was_kept_can_be_opened_there(visit: Opener) -> None:
    page = visit("/recipe")
    expect(page.locator("#text")).to_be_hidden()
    page.click("#kept summary")
    page.fill("#text", "nonsense")
    page.click("#open")
    expect(page.locator("#wrong-file")).to_be_visible()
    page.goto("/recipe#load")
    expect(page.locator("#text")).to_be_visible()
