"""What a step has just computed is in sight, and the button for the next one stays where it is."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page

from tests.browser.conftest import Opener, kept
from tests.browser.test_access import violations
from tests.browser.walk import AND, XOR, link, place, press, rested

PHONE = {"width": 390, "height": 844}
SIZES = {"1440 by 900": (1440, 900), "1280 by 720": (1280, 720), "390 by 844": (390, 844)}
FOURS = XOR | {"batch": "4"}
# How far the middles of the marks just computed are outside of what the picture's window shows.
OUTSIDE = """() => { const view = document.querySelector(".scroller").getBoundingClientRect();
    return [...document.querySelectorAll("#stage .now:not(path)")].map(e => e.getBoundingClientRect())
        .map(box => Math.max(view.left - box.x - box.width / 2, box.x + box.width / 2 - view.right)); }"""


def test_on_a_phone_every_step_happens_in_sight(visit: Opener) -> None:
    page, seen = visit(link(AND), viewport=PHONE), 0
    for _ in range(6):
        outside = page.evaluate(OUTSIDE)
        assert all(far < 0 for far in outside), place(page)
        assert page.evaluate("scrollY") == 0
        seen += bool(outside)
        press(page, "Space")
    assert seen == 6  # all but the descent have marks of their own


def test_on_a_phone_the_whole_picture_fits_the_width(visit: Opener) -> None:
    page = visit("/", viewport=PHONE)
    for recipe, where in ((AND, 0), (AND, 6), (XOR | {"hidden": "16, 16, 16, 16, 16, 16"}, 60)):
        page.goto(kept(page.context, link(recipe, place=where)))
        box, room = (page.locator(one).bounding_box() for one in ("#stage", ".scroller"))
        assert room["x"] <= box["x"]
        assert box["x"] + box["width"] <= room["x"] + room["width"]
        assert box["width"] > 320


def lens_of(page: Page, key: str) -> None:
    """Look through another lens."""
    page.keyboard.press(key)
    page.wait_for_url("**lens=weights**")
    rested(page)


FRAME = "() => new Promise(requestAnimationFrame)"
BUTTON = "scrollY + document.querySelector('#next').getBoundingClientRect().top"
# How far the lowest letter or disc of the picture is above the narration; below 0 it is covered.
CLEAR = """() => document.querySelector("#narration").getBoundingClientRect().top - Math.max(
    ...[...document.querySelectorAll("#stage text, #stage circle.paper")]
    .map(e => e.getBoundingClientRect().bottom))"""


@pytest.mark.parametrize("size", SIZES.values(), ids=SIZES)
@pytest.mark.parametrize(("theme", "voice"), [("light", ""), ("light", "maths"), ("projector", "maths")])
def test_the_big_button_stands_still_over_a_whole_iteration(
    visit: Opener, size: tuple[int, int], theme: str, voice: str
) -> None:
    page = visit("/", theme=theme, viewport={"width": size[0], "height": size[1]})
    for recipe in (AND, FOURS):
        page.goto(kept(page.context, link(recipe, voice=voice)))
        tops, clear = [], []
        for _ in range(7):
            tops.append(page.evaluate(BUTTON))
            clear.append(page.evaluate(CLEAR))
            press(page, "Space")
        assert set(tops) == {tops[0]}
        assert min(clear) >= 0  # and the whole picture is seen


def test_a_narration_that_is_too_long_rolls_by_keyboard_and_each_step_begins_at_its_top(
    visit: Opener,
) -> None:
    page = visit(link(FOURS, place=7, voice="maths"), viewport=PHONE)
    narration = page.locator("#narration")
    assert narration.evaluate("e => e.scrollHeight > e.clientHeight + 20")
    narration.focus()
    rolled = page.evaluate_handle(
        "({done: new Promise(done => { narration.onscroll = () => done(narration.scrollTop); })})"
    )
    page.keyboard.press("End")
    assert rolled.evaluate("({done}) => done") > 0
    assert violations(page) == []
    press(page, "Space")
    page.evaluate(FRAME)
    assert narration.evaluate("e => [e.scrollHeight > e.clientHeight + 20, e.scrollTop]") == [True, 0]


def test_paper_has_all_of_the_narration(visit: Opener) -> None:
    page = visit(link(FOURS, place=7, voice="maths"), viewport=PHONE)
    page.emulate_media(media="print")
    assert page.locator("#narration").evaluate("e => e.scrollHeight <= e.clientHeight")


def test_looking_around_leaves_the_narration_rolled(visit: Opener) -> None:
    page = visit(link(FOURS, place=7, voice="maths"), viewport=PHONE)
    rolled = page.locator("#narration").evaluate("e => e.scrollTop = 15")
    lens_of(page, "5")
    page.evaluate(FRAME)
    assert page.locator("#narration").evaluate("e => e.scrollTop") == rolled
