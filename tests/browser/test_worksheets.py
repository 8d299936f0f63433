"""A worksheet in the browser: chosen by a form, every sheet and the key on pages of their own on paper."""

from __future__ import annotations

import re

from playwright.sync_api import Page, expect

from tests.browser.conftest import Opener
from tests.browser.walk import AND, link

WHOLE = """() => [...document.querySelectorAll(".line, .turn, .sheet .start, .sheet-key tr")]
    .filter(one => getComputedStyle(one).breakInside !== "avoid").length"""
BEGINS = """() => [...document.querySelectorAll(".sheet + .sheet, .sheet-key")]
    .filter(one => getComputedStyle(one).breakBefore === "page").length"""
WIDE = """() => [...document.querySelectorAll(".sheet *, .sheet-key *")].filter(one =>
    one.getBoundingClientRect().right > document.documentElement.clientWidth + 1).length"""


def pages(page: Page, paper: str) -> int:
    """Count the pages on paper."""
    return len(re.findall(rb"/Type\s*/Page\b(?!s)", page.pdf(format=paper)))


def test_three_sheets_are_chosen_and_printed_on_two_pages_each_and_the_key_on_one(plain: Opener) -> None:
    page = plain(link(AND, panel="share"))
    page.click("#worksheet")
    expect(page.locator(".sheet")).to_have_count(1)
    page.fill("#sheets", "3")
    page.click("#make")
    expect(page.locator(".sheet")).to_have_count(3)
    expect(page.locator(".sheet .code")).to_have_count(3)
    page.wait_for_load_state()  # with the key, which comes last
    assert [pages(page, paper) for paper in ("A4", "Letter")] == [7, 7]
    page.emulate_media(media="print")
    expect(page.locator("#choices")).to_be_hidden()
    expect(page.locator("#sheet-3 .signed")).to_contain_text("Name:")
    page.set_viewport_size({"width": 688, "height": 900})  # of A4, between its margins
    assert page.evaluate(WHOLE) == 0
    assert page.evaluate(BEGINS) == 3
    assert page.evaluate(WIDE) == 0
    page.emulate_media(media="screen")
    page.set_viewport_size({"width": 390, "height": 844})
    assert page.evaluate(WIDE) == 0
