"""The first lesson by mouse, as who is here for the first time does it."""

from __future__ import annotations

import re

from playwright.sync_api import Page, expect

from tests.browser.conftest import Opener
from tests.browser.walk import rested


def stands_on(page: Page, card: int) -> None:
    """Wait until a card of the lesson is shown."""
    expect(page.locator("#lesson .far span").first).to_have_text(f"{card} of 9")


def test_the_first_lesson_is_walked_by_mouse_and_what_one_does_oneself_counts(visit: Opener) -> None:
    page = visit("/")
    page.click("#first-lesson")
    stands_on(page, 1)
    expect(page.locator("#lesson-on")).to_have_text("Do it for me")
    page.click("#next")
    expect(page.locator("#lesson-on")).to_have_text("On")
    for card in (2, 3, 4):
        rested(page)
        page.click("#lesson-on")
        stands_on(page, card)
    page.locator("#network > summary").click()
    page.fill("#eta", "0.3")
    page.click("#set-eta")
    expect(page.locator("#network[open]")).to_have_count(0)  # it would lie over the card
    expect(page.locator("#lesson-on")).to_have_text("On")
    for card in range(5, 10):
        rested(page)
        page.locator("#lesson-on").click()
        stands_on(page, card)
    expect(page).to_have_url(re.compile("card=9"))
    card_box, button_box = (page.locator(one).bounding_box() for one in ("#lesson", "#lesson-next"))
    assert button_box["x"] + button_box["width"] < card_box["x"] + card_box["width"]  # however long the title
    page.click("#lesson-next")
    expect(page.locator("#lesson-title")).to_have_text(re.compile("^Lesson 2"))
