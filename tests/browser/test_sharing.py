"""A short link is copied by one press, over plain http too, and its code fills the screen."""

from __future__ import annotations

import re
from types import SimpleNamespace

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import Opener
from tests.browser.program import Program
from tests.browser.test_access import violations
from tests.browser.walk import AND, link

SIZES = {"desk": (1440, 900), "projector": (1280, 720), "phone": (390, 844)}
BOX = "one => { const box = one.getBoundingClientRect(); return [box.left, box.top, box.right, box.bottom]; }"


def shortened(page: Page) -> str:
    """Make a short link by keyboard; return its address."""
    page.locator("#shorten").focus()
    page.keyboard.press("Enter")
    expect(page.locator("#short")).to_be_visible()
    return page.locator("#short").input_value()


def test_one_press_makes_it_and_the_next_copies_it_over_plain_http(visit: Opener, served: Program) -> None:
    elsewhere = SimpleNamespace(url=f"http://labs.test:{served.port}")
    page = visit("/recipe", at=elsewhere)
    page.goto(link(AND, place=9, panel="share", before="tables"))
    assert page.evaluate("[isSecureContext, navigator.clipboard]") == [False, None]
    at = page.evaluate("location.href")
    address = shortened(page)
    assert re.fullmatch(rf"http://labs\.test:{served.port}/s/\w{{6}}", address)
    assert page.url == at
    expect(page.locator("#shorten")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.locator("#copied")).to_have_text("Copied.")
    page.goto("/recipe#load")
    field = page.locator("textarea").first
    field.focus()
    page.keyboard.press("Control+V")
    expect(field).to_have_value(address)
    page.goto(address.upper().replace("HTTP://LABS.TEST", "http://labs.test").replace("/S/", "/s/"))
    expect(page.locator("#drawer-said")).to_have_text("Tables, beside the picture")


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("theme", ["light", "dark", "projector"])
def test_its_code_fills_the_screen_until_escape(visit: Opener, size: str, theme: str) -> None:
    width, height = SIZES[size]
    seed = str(100 * width + len(theme))  # a moment that nobody has shared yet
    page = visit(
        link(AND | {"seed": seed}, place=9, panel="share"),
        theme=theme,
        viewport={"width": width, "height": height},
    )
    address = shortened(page)
    page.locator("#enlarge").click()
    large = page.locator("#large")
    expect(large).to_be_visible()
    assert large.evaluate(BOX) == [0, 0, width, height]
    left, top, right, bottom = large.locator("svg.code").evaluate(BOX)
    assert min(right - left, bottom - top) > 0.8 * min(width, height)
    text = large.locator("p")
    expect(text).to_have_text(address)
    box = text.evaluate(BOX)
    assert box[1] >= bottom
    assert 0 <= box[0] < box[2] <= width
    assert box[3] <= height
    assert violations(page) == []
    page.keyboard.press("Escape")
    expect(large).to_be_hidden()
    expect(page.locator("#enlarge")).to_be_focused()


def test_without_scripts_a_short_link_is_made_and_shown_too(plain: Opener) -> None:
    page = plain(link(AND | {"seed": "99"}, place=9, panel="share"))
    page.locator("#shorten").click()
    expect(page.locator("#short")).to_have_value(re.compile(r"/s/\w{6}$"))
    expect(page.locator("#shorten")).to_be_hidden()
    page.locator("#enlarge").click()
    expect(page.locator("#large")).to_be_visible()
