"""German has room: nothing that is pressed or read at a glance is cut off, and one may choose English."""

from __future__ import annotations

from playwright.sync_api import expect

from tests.browser.conftest import Opener
from tests.browser.walk import press

SIZES = ((1440, 900), (1280, 720), (390, 844))
CUT = """() => [...document.querySelectorAll("button, .button, summary, h1, .phase-name, .paces a, .tabs a")]
    .filter(e => e.checkVisibility() && !e.closest(".unseen") && (e.getBoundingClientRect().right > innerWidth
        || e.scrollWidth > e.clientWidth + 1 && getComputedStyle(e).display !== "inline"))
    .map(e => e.textContent.trim())"""
BESIDE = """() => [...document.querySelectorAll("#costs, #targets > *, #hands > *, .pill")].filter(e => {
    const [text] = [...e.querySelectorAll("text")].slice(-1), box = e.querySelector("rect");
    return text.getBBox().width > box.getBBox().width; }).map(e => e.textContent.trim())"""


def test_no_word_is_cut_off_and_english_can_be_chosen(visit: Opener) -> None:
    page = visit("/", locale="de-DE", viewport={"width": 1440, "height": 900})
    expect(page.locator("#rail-title")).to_have_text("Was es lernen soll")
    for step in range(7):
        for width, height in SIZES:
            page.set_viewport_size({"width": width, "height": height})
            assert page.evaluate(CUT) == [], (step, width)
            assert page.evaluate(BESIDE) == [], (step, width)
            assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), (step, width)
        if step:
            press(page, "Space")
        else:
            page.keyboard.press("Space")
            page.wait_for_url("**/labs/*")
    page.locator("#view > summary").click()
    assert page.evaluate(CUT) == []
    page.click("#speak-en")
    expect(page.locator("#rail-title")).to_have_text("What it should learn")
