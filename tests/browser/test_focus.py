"""Where the focus goes, and which keys are heard and when."""

from __future__ import annotations

from playwright.sync_api import Page, Route, expect

from tests.browser.conftest import Opener
from tests.browser.test_inspecting import tab_to
from tests.browser.walk import AND, choose, link, place, press, rested, says, stands_at

RINGS = """() => [...document.querySelectorAll(":focus-visible")].filter(e => e !== document.body)
    .map(e => e.outerHTML.slice(0, 80))"""
OPEN = "() => [...document.querySelectorAll(':popover-open')].map(e => e.id)"


def test_after_the_first_press_by_enter_the_focus_is_still_on_the_button(visit: Opener) -> None:
    page = visit("/")
    tab_to(page, "#next")
    page.keyboard.press("Enter")
    page.wait_for_url("**/labs/*")
    expect(page.locator("#next")).to_be_focused()
    assert len(page.evaluate(RINGS)) == 1
    press(page, "Enter")  # and it is its own key: one step, not the end of the iteration
    says(page, "Cost: compare")
    expect(page.locator("#next")).to_be_focused()
    page.go_back()
    says(page, "Forward: hidden layer")
    tab_to(page, "#next")
    page.keyboard.press("Enter")
    page.wait_for_url("**/labs/*")
    stands_at(page, 2)


def test_after_the_first_press_by_mouse_there_is_no_ring_and_tab_goes_on_from_there(visit: Opener) -> None:
    page = visit("/")
    page.click("#next")
    page.wait_for_url("**/labs/*")
    stands_at(page, 2)
    assert page.evaluate(RINGS) == []
    press(page, "Space")
    assert page.evaluate(RINGS) == []
    page.keyboard.press("Tab")
    expect(page.locator("#play")).to_be_focused()


def test_no_ring_comes_to_a_link_left_by_mouse_when_a_key_is_pressed(visit: Opener) -> None:
    page = visit(link(AND, place=4))
    for selector in ("#panel-share", "#lens-blame", "#tab-tables"):
        rested(page)
        choose(page, selector)
        expect(page.locator(selector)).to_be_focused()
        rested(page)
        press(page, "Space")
        assert page.evaluate(RINGS) == []


def test_a_link_that_is_a_button_is_pressed_by_space(visit: Opener) -> None:
    page = visit(link(AND, place=4, speed=1))
    page.focus("#next")
    page.keyboard.press("Tab")
    expect(page.locator("#play")).to_be_focused()
    page.keyboard.press("Space")
    expect(page.locator("#play")).to_contain_text("Pause")
    stands_at(page, 4)


def test_keys_of_one_letter_can_be_switched_off_and_on(visit: Opener) -> None:
    page = visit(link(AND, place=4))
    page.keyboard.press("?")
    page.uncheck("#letters")
    page.keyboard.press("Escape")
    for again in range(2):
        for key in ("5", "t", "v", "p", "?"):
            page.keyboard.press(key)
        press(page, "ArrowRight")
        press(page, "ArrowLeft")
        assert page.evaluate(OPEN) == []
        assert page.locator(".pinned, #drawer, #voice-maths[aria-current]").count() == 0
        expect(page.locator("#play")).to_contain_text("Play")
        if not again:
            page.reload()
    choose(page, "#open-help")
    expect(page.locator("#letters")).not_to_be_checked()
    page.check("#letters")
    page.keyboard.press("Escape")
    page.keyboard.press("5")
    expect(page.locator("#lens-weights")).to_have_class("pinned")


def held_back(page: Page) -> list[Route]:
    """Keep the next answer from coming until its route is continued; those after it come as always."""
    expect(page.locator("[id^='more-']")).to_have_count(0)  # nothing comes by itself any more
    rested(page)
    routes: list[Route] = []
    page.route("**/labs/*", lambda route: routes.append(route) if not routes else route.continue_())
    return routes


def test_keys_pressed_while_an_answer_is_under_way_are_not_lost(visit: Opener) -> None:
    page = visit(link(AND))
    routes = held_back(page)
    with page.expect_request("**/labs/*"):
        page.keyboard.press("i")
    for _ in range(4):
        page.keyboard.press("Space")
    assert place(page) == 0
    routes[0].continue_()
    stands_at(page, 6)
    expect(page.locator("#inspector")).to_be_visible()
    rested(page)
    stands_at(page, 6)


def test_a_button_pressed_by_its_own_key_waits_too_and_a_held_key_does_not_pile_up(visit: Opener) -> None:
    page = visit(link(AND))
    routes = held_back(page)
    with page.expect_request("**/labs/*"):
        page.keyboard.press("t")
    for _ in range(20):
        page.keyboard.down("Space")  # all but the first are repeats
    page.keyboard.up("Space")
    page.focus("#next")
    page.keyboard.press("Tab")
    page.keyboard.press("Shift+Tab")
    page.keyboard.press("Enter")
    routes[0].continue_()
    stands_at(page, 4)
    rested(page)
    page.wait_for_timeout(300)
    rested(page)
    stands_at(page, 4)


def test_keys_pressed_while_the_first_lab_is_made_are_not_lost(visit: Opener) -> None:
    page = visit("/")
    made: list[Route] = []
    page.route("**/labs", lambda route: made.append(route))
    with page.expect_request("**/labs"):
        page.keyboard.press("Space")
    page.keyboard.press("Space")
    page.keyboard.press("Space")
    made[0].continue_()
    page.wait_for_url("**/labs/*")
    stands_at(page, 4)
    assert len(made) == 1


def test_a_key_that_leads_nowhere_keeps_none_of_those_after_it(visit: Opener) -> None:
    page = visit(link(AND))
    routes = held_back(page)
    with page.expect_request("**/labs/*"):
        page.keyboard.press("t")
    page.keyboard.press("ArrowLeft")
    page.keyboard.press("Space")
    routes[0].continue_()
    stands_at(page, 3)
