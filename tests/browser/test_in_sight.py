"""What a step has just computed is in sight, and the button for the next one stays where it is."""

from __future__ import annotations

from playwright.sync_api import Page

from tests.browser.conftest import Opener
from tests.browser.walk import AND, link, place, press, rested

PHONE = {"width": 390, "height": 844}
# How far the middles of the marks just computed are outside of what the picture's window shows.
OUTSIDE = """() => { const view = document.querySelector(".scroller").getBoundingClientRect();
    return [...document.querySelectorAll("#stage .now:not(path)")].map(e => e.getBoundingClientRect())
        .map(box => Math.max(view.left - box.x - box.width / 2, box.x + box.width / 2 - view.right)); }"""
SCROLLED = "document.querySelector('.scroller').scrollLeft"


def test_on_a_phone_every_step_happens_in_sight(visit: Opener) -> None:
    page, seen = visit(link(AND), viewport=PHONE), 0
    for _ in range(6):
        outside = page.evaluate(OUTSIDE)
        assert all(far < 0 for far in outside), place(page)
        assert page.evaluate("scrollY") == 0
        seen += bool(outside)
        press(page, "Space")
    assert seen == 6  # all but the descent have marks of their own


def test_on_a_phone_a_link_to_a_moment_opens_where_it_happens(visit: Opener) -> None:
    for place_, reached in ((0, False), (5, True), (6, True)):
        page = visit(link(AND, place=place_), viewport=PHONE)
        assert all(far < 0 for far in page.evaluate(OUTSIDE))
        assert (page.evaluate(SCROLLED) > 100) == reached


def test_looking_around_leaves_the_picture_where_a_person_has_put_it(visit: Opener) -> None:
    page = visit(link(AND, place=6), viewport=PHONE)
    page.evaluate("document.querySelector('.scroller').scrollLeft = 7")
    lens_of(page, "5")
    assert page.evaluate(SCROLLED) == 7
    press(page, "Space")
    assert page.evaluate(SCROLLED) > 7


def lens_of(page: Page, key: str) -> None:
    """Look through another lens."""
    page.keyboard.press(key)
    page.wait_for_url("**lens=weights**")
    rested(page)
