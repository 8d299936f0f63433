"""The first minute is calm: few controls, few words, and dots that show the way and hold nobody up."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page

from tests.browser.conftest import Opener
from tests.browser.walk import AND, link, press, rested, stands_at

# What can be pressed in the window; the picture is one stop of Tab, and one control.
CONTROLS = """() => [...document.querySelectorAll("a[href], button, summary, input, select")].filter(e => {
    const box = e.getBoundingClientRect();
    return e.checkVisibility({visibilityProperty: true}) && e.tabIndex >= 0 && box.width > 1 && box.height > 1
        && box.bottom > 0 && box.top < innerHeight; }).map(e => e.id || e.textContent.trim())"""
WORDS = """() => { const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT), found = [];
    while (walker.nextNode()) { const text = walker.currentNode, range = document.createRange();
        range.selectNodeContents(text); const box = range.getBoundingClientRect();
        if (box.width > 1 && box.bottom > 0 && box.top < innerHeight
            && text.parentElement.checkVisibility({visibilityProperty: true})
            && !text.parentElement.closest("title, .unseen, .skip"))
            found.push(...(text.textContent.match(/\\S*\\p{L}\\S*/gu) || [])); }
    return found; }"""

# Note every dot: the layer of its wire, which way it goes, and when; and how many there are before a request.
WATCH = """() => { window.dots = []; window.left = [];
    document.addEventListener("htmx:before:request",
        () => window.left.push(document.querySelectorAll("#motion .dot").length), true);
    new MutationObserver(seen => { for (const dot of seen.flatMap(one => [...one.addedNodes])) {
        const [moving] = dot.getAnimations(), path = getComputedStyle(dot).offsetPath;
        const wire = [...document.querySelectorAll("#stage .wire")].find(w => { const probe = dot.cloneNode();
            probe.style.offsetPath = `path("${w.getAttribute("d")}")`; document.body.append(probe);
            const same = getComputedStyle(probe).offsetPath === path; probe.remove(); return same; });
        const time = moving.effect.getTiming();
        window.dots.push({ layer: +wire.id.split("-")[1], begins: time.delay, takes: time.duration,
            back: moving.effect.getKeyframes()[0].offsetDistance === "100%" }); } })
        .observe(document.getElementById("motion"), { childList: true }); }"""


@pytest.mark.parametrize("size", [(1440, 900), (1280, 720), (390, 844)], ids=lambda size: str(size[0]))
def test_few_controls_and_few_words_are_in_sight_before_and_after_the_first_press(
    visit: Opener, size: tuple[int, int]
) -> None:
    page = visit("/", viewport={"width": size[0], "height": size[1]})
    for step in range(8):
        controls, words = page.evaluate(CONTROLS), page.evaluate(WORDS)
        assert 12 <= len(controls) <= 19, controls
        assert 40 <= len(words) <= 130, words
        if step:
            press(page, "Space")
        else:
            page.keyboard.press("Space")
            page.wait_for_url("**/labs/*")


def dots(page: Page) -> list[dict]:
    """Return the dots that have set out, and forget them."""
    return page.evaluate("() => window.dots.splice(0)")


def test_dots_travel_along_the_wires_layer_by_layer_and_back(visit: Opener) -> None:
    page = visit(link(AND, pace="phase"), reduced_motion="no-preference")
    page.evaluate(WATCH)
    press(page, "Space")
    forward = dots(page)
    assert len(forward) == 9
    assert not any(dot["back"] for dot in forward)
    begins = {layer: {dot["begins"] for dot in forward if dot["layer"] == layer} for layer in (1, 2)}
    assert all(len(times) == 1 for times in begins.values())
    assert max(begins[1]) < min(begins[2])
    assert {dot["takes"] for dot in forward} <= set(range(300, 401))
    press(page, "Space")  # the cost
    dots(page)
    press(page, "Space")
    backward = dots(page)
    assert len(backward) == 3
    assert all(dot["back"] and dot["layer"] == 2 for dot in backward)
    page.wait_for_function("() => !document.querySelector('#motion .dot')")


def test_a_next_press_does_not_wait_for_the_dots(visit: Opener) -> None:
    page = visit(link(AND), reduced_motion="no-preference")
    page.evaluate("document.getAnimations().forEach(one => one.finish())")
    page.evaluate(WATCH)
    # the dots stand still on their way: whoever waited for them would wait for ever
    page.evaluate("""() => new MutationObserver(() => document.querySelectorAll("#motion .dot").forEach(
        dot => dot.getAnimations().forEach(one => one.pause())))
        .observe(document.getElementById("motion"), { childList: true })""")
    for there in (3, 4, 5):
        press(page, "Space")
        stands_at(page, there)
    rested(page)
    assert page.evaluate("window.left") == [0, 6, 3]


def test_no_dot_sets_out_for_who_asked_for_less_motion_or_only_looks_around(visit: Opener) -> None:
    still, moving = visit(link(AND)), visit(link(AND, place=4), reduced_motion="no-preference")
    still.evaluate(WATCH)
    for _ in range(6):
        press(still, "Space")
    assert dots(still) == []
    moving.evaluate(WATCH)
    moving.keyboard.press("5")
    moving.wait_for_selector("#lens-weights.pinned", state="attached")
    rested(moving)
    assert dots(moving) == []
