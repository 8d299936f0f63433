"""Words a third longer: in German nothing is cut off, sticks out or lies over anything else."""

from __future__ import annotations

import pytest

from tests.browser.conftest import Opener, kept
from tests.browser.test_access import DIGITS
from tests.browser.test_sizes import STICKS_OUT
from tests.browser.walk import AND, XOR, link

PAGES = {
    "home": "/",
    "recipe": "/recipe",
    "forward": link(XOR, place=4),
    "backward, pinned": link(XOR, place=7, lens="blame"),
    "inspected": link(AND, place=9, panel="inspect"),
    "race": link(AND, place=9, panel="race"),
    "a question": link(AND, place=2, ask=1),
    "digits": link(DIGITS, place=30),
}
SIZES = {"projector": (1280, 720), "light": (390, 844)}

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


@pytest.mark.parametrize("theme", SIZES)
def test_no_german_words_reach_beyond_their_button_their_box_or_the_window(visit: Opener, theme: str) -> None:
    wide, high = SIZES[theme]
    page, found = visit("/", theme=theme, locale="de-DE", viewport={"width": wide, "height": high}), {}
    for name, path in PAGES.items():
        page.goto(kept(page.context, path))
        assert page.locator("html").get_attribute("lang") == "de"
        found[name] = page.evaluate(TOO_LONG) + page.evaluate(STICKS_OUT)
    assert {name: marks for name, marks in found.items() if marks} == {}
