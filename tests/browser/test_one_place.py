"""Nothing moves under the pointer: the big button has one place from the first screen on, and nothing else
ever comes to lie where a button of its row was."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import Opener, kept
from tests.browser.test_access import DIGITS
from tests.browser.walk import link, place, press, reach, rested, stands_at

SIZES = {"1440": (1440, 900, "light"), "1280": (1280, 720, "projector"), "390": (390, 844, "light")}
ROW = ("back", "next", "play", "run-until")
# What lies at five points of each place where a button of the row was first seen, but for that button itself.
UNDER = """boxes => Object.entries(boxes).flatMap(([id, b]) => [[.5, .5], [.1, .1], [.9, .1], [.1, .9],
    [.9, .9]].map(([x, y]) => document.elementFromPoint(b.x + x * b.width, b.y + y * b.height)
        ?.closest("a, button, summary, input, select")).filter(one => one && one.id !== id)
    .map(one => `${id}: ${one.outerHTML.slice(0, 80)}`))"""
COVERED = """() => [...document.querySelectorAll("#stage circle.paper")].filter(disc => {
    const box = disc.getBoundingClientRect(), there = [box.x + box.width / 2, box.y + box.height / 2];
    return !disc.ownerSVGElement.contains(document.elementFromPoint(...there)); }).length"""
STALE = """() => fetch(document.getElementById("next").getAttribute("formaction"),
    {method: "POST", headers: {"HX-Request": "true"}}).then(answer => answer.text()).then(() => true)"""


def opened(visit: Opener, size: str, path: str = "/") -> Page:
    width, height, theme = SIZES[size]
    return visit(path, theme=theme, viewport={"width": width, "height": height})


@pytest.mark.parametrize("size", SIZES)
def test_the_big_button_has_one_place_through_everything(visit: Opener, size: str) -> None:
    page = opened(visit, size)
    boxes = {one: page.locator(f"#{one}").bounding_box() for one in ROW}
    seen: dict[str, object] = {}

    def look(what: str) -> None:
        rested(page)
        found, under = page.locator("#next").bounding_box(), page.evaluate(UNDER, boxes)
        if found != boxes["next"] or under:
            seen[what] = (found, under)

    page.keyboard.press("Space")
    page.wait_for_url("**/labs/*")
    for step in range(8):
        look(f"step {step}")
        press(page, "Space")
    for key, there in (("v", "#voice-maths[aria-current]"), ("t", "#table-2"), ("3", "#lens-blame.pinned")):
        page.keyboard.press(key)
        expect(page.locator(there)).to_have_count(1)
        look(f"after {key}")
    for step in range(7):
        press(page, "Space")
        look(f"told as maths with an open drawer, step {step}")
    page.evaluate("document.getElementById('close').click()")
    expect(page.locator("#drawer")).to_have_count(0)
    look("closed")
    page.evaluate(STALE)
    page.keyboard.press("Space")
    expect(page.locator("#notice")).to_contain_text("already moved on")
    look("a notice")
    page.goto(kept(page.context, link(DIGITS, place=30)))
    look("another network")
    assert seen == {}


@pytest.mark.parametrize("size", SIZES)
def test_two_slow_clicks_on_the_upper_edge_of_the_first_screens_button_are_two_steps(
    visit: Opener, size: str
) -> None:
    page = opened(visit, size)
    box = page.locator("#next").bounding_box()
    for there in (2, 3):
        page.mouse.click(box["x"] + box["width"] / 2, box["y"] + 4)
        page.wait_for_timeout(1500)  # as slowly as somebody who looks in between
        stands_at(page, there)
    assert page.locator("#network strong").text_content().startswith("AND · 2 → 2 → 1")


def test_a_watchers_big_button_and_the_one_of_a_lab_that_plays_have_that_place_too(visit: Opener) -> None:
    page = opened(visit, "1280")
    box = page.locator("#next").bounding_box()
    page.click("#play")
    expect(page.locator("#play")).to_contain_text("Pause")
    assert page.locator("#next").bounding_box() == box
    page.wait_for_load_state()  # the first press leads to another page, which hears no key before its script
    page.keyboard.press("p")
    expect(page.locator("#play")).to_contain_text("Play")
    watcher = opened(visit, "1280", page.url)
    expect(watcher.locator("#notice")).to_contain_text("You are watching")
    assert watcher.locator("#next").bounding_box() == box


@pytest.mark.parametrize("path", ["/", "lab"])
def test_a_projector_shows_all_of_it_without_scrolling_to_a_watcher_too(visit: Opener, path: str) -> None:
    page = opened(visit, "1280")
    if path == "lab":
        page = opened(visit, "1280", visit(link({"data": "and"}, place=8)).url)
        assert page.evaluate("document.documentElement.scrollHeight <= innerHeight")
        copy = page.get_by_role("button", name="Make my own copy", exact=True)
        expect(copy).to_be_in_viewport(ratio=1)
    for one in ("#rail", "#stage", "#narration", "#next", "#cost-now", ".track", ".where"):
        expect(page.locator(one)).to_be_in_viewport(ratio=1)
    lowest = max(
        one.bounding_box()["y"] + one.bounding_box()["height"]
        for one in page.locator("#stage text, #stage circle.paper").all()
    )
    notice = page.locator("#notice")
    top = (
        notice.bounding_box()["y"] if notice.is_visible() else page.locator("#narration").bounding_box()["y"]
    )
    assert lowest <= top


def test_at_200_percent_the_picture_and_the_button_are_in_sight(visit: Opener) -> None:
    page = visit("/", viewport={"width": 720, "height": 450}, device_scale_factor=2)
    for _ in range(2):
        expect(page.locator("#next")).to_be_in_viewport(ratio=1)
        expect(page.locator("#stage")).to_be_in_viewport(ratio=0.6)
        assert page.evaluate(COVERED) == 0
        page.keyboard.press("Space")
        page.wait_for_url("**/labs/*")


def test_a_menu_that_is_open_covers_no_button_of_the_row_on_a_desk(visit: Opener) -> None:
    page = visit(link({"data": "and"}, place=4))
    boxes = {one: page.locator(f"#{one}").bounding_box() for one in ROW}
    for menu in ("#restart", "#open-help", "#task-xor"):
        reach(page, menu)
        expect(page.locator(menu)).to_be_visible()
        assert page.evaluate(UNDER, boxes) == []
    assert place(page) == 4
