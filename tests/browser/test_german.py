"""German has room: nothing that is pressed or read at a glance is cut off, and one may choose English."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import Opener, kept
from tests.browser.test_access import DIGITS
from tests.browser.test_sizes import STICKS_OUT
from tests.browser.walk import AND, XOR, link, press

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


PAGES = {
    "recipe": "/recipe",
    "forward": link(XOR, place=4),
    "backward, pinned": link(XOR, place=7, lens="blame"),
    "inspected": link(AND, place=9, panel="inspect"),
    "race": link(AND, place=9, panel="race"),
    "a question": link(AND, place=2, ask=1),
    "digits": link(DIGITS, place=30),
}
THEMES = {"projector": (1280, 720), "light": (390, 844)}

# Words beyond the edge of their button, of what looks like one, of a phase's name, or of the cost's box.
TOO_LONG = """() => { const seen = e => e.checkVisibility({visibilityProperty: true})
        && !e.closest(".unseen, .skip") && getComputedStyle(e).clipPath === "none";
    const words = e => { const walker = document.createTreeWalker(e, NodeFilter.SHOW_TEXT), found = [];
        while (walker.nextNode()) { const text = walker.currentNode;
            if (!text.textContent.trim() || !seen(text.parentElement)) continue;
            const range = document.createRange(); range.selectNodeContents(text);
            found.push(range.getBoundingClientRect()); }
        return found; };
    return [...document.querySelectorAll(
            "button, .button, summary, .tabs a, .paces a, .phase-name, #cost, .where")].filter(seen)
        .flatMap(e => { const box = (e.querySelector(".box") || e).getBoundingClientRect();
            return words(e).filter(one => one.left < box.left || one.right > box.right + 1)
                .map(one => `${e.id || e.className} ${e.textContent.trim()} ${one.left - box.left} ${
                    box.right - one.right}`); }); }"""


@pytest.mark.parametrize("theme", THEMES)
def test_no_german_words_reach_beyond_their_button_their_box_or_the_window(visit: Opener, theme: str) -> None:
    wide, high = THEMES[theme]
    page, found = visit("/", theme=theme, locale="de-DE", viewport={"width": wide, "height": high}), {}
    for name, path in PAGES.items():
        page.goto(kept(page.context, path))
        assert page.locator("html").get_attribute("lang") == "de"
        found[name] = page.evaluate(TOO_LONG) + page.evaluate(STICKS_OUT)
    assert {name: marks for name, marks in found.items() if marks} == {}
