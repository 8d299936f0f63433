"""Keys that know when to keep still, and clicks that come twice or late."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import Opener
from tests.browser.walk import AND, choose, link, press, reach, rested, stands_at

TWICE = """address => Promise.all([1, 2].map(() => fetch(address,
    {method: "POST", headers: {"HX-Request": "true"}})
    .then(answer => answer.text())))"""


def test_keys_keep_still_while_a_field_has_the_focus(visit: Opener) -> None:
    page = visit(link(AND, place=4))
    reach(page, "#eta")
    page.focus("#eta")
    page.fill("#eta", "")
    page.keyboard.type("1 5 p?")
    page.keyboard.press("ArrowLeft")
    page.focus("#example")
    page.keyboard.press("ArrowRight")
    page.keyboard.press("2")
    expect(page.locator("#eta")).to_have_value("1 5 p?")
    expect(page.locator("#lens-activation")).not_to_have_class("pinned")
    expect(page.locator("#help .keys")).to_be_hidden()
    page.locator("#example").blur()
    press(page, "Space")
    stands_at(page, 5)


def test_keys_leave_the_browsers_own_shortcuts_alone(visit: Opener) -> None:
    page = visit(link(AND, place=4))
    for shortcut in ("Control+ArrowRight", "Alt+p", "Meta+1"):
        page.keyboard.press(shortcut)
    press(page, "Space")
    stands_at(page, 5)
    expect(page.locator(".pinned")).to_have_count(0)


def test_a_button_left_by_mouse_does_not_swallow_space(visit: Opener) -> None:
    page = visit(link(AND, place=4))
    page.click("#back")
    stands_at(page, 3)
    press(page, "Space")
    stands_at(page, 4)
    press(page, "Space")
    stands_at(page, 5)


@pytest.mark.parametrize("key", ["Space", "Enter"])
def test_a_button_reached_by_tab_keeps_its_own_space_and_enter(visit: Opener, key: str) -> None:
    page = visit(link(AND, place=4))
    page.click("#back")
    stands_at(page, 3)
    page.keyboard.press("Tab")
    page.keyboard.press("Shift+Tab")
    expect(page.locator("#back")).to_be_focused()
    page.keyboard.press(key)
    stands_at(page, 0)


def test_a_double_click_moves_one_step(visit: Opener) -> None:
    page = visit(link(AND, place=4))
    page.dblclick("#next")
    stands_at(page, 5)
    press(page, "Space")
    stands_at(page, 6)


def test_a_slow_double_click_moves_one_step_though_the_answer_came_between(visit: Opener) -> None:
    page = visit(link(AND, place=4))
    page.hover("#next")
    for count, place in ((1, 5), (2, 5), (3, 6)):
        rested(page)
        page.mouse.down(click_count=count)
        page.mouse.up(click_count=count)
        stands_at(page, place)
    rested(page)
    stands_at(page, 6)


def test_the_second_of_two_requests_from_the_same_place_moves_nothing(visit: Opener) -> None:
    page = visit(link(AND, place=4))
    answers = page.evaluate(TWICE, page.get_attribute("#next", "formaction"))
    assert sorted("This lab had already moved on" in answer for answer in answers) == [False, True]
    page.reload()
    stands_at(page, 5)


def test_a_stale_tab_says_so_and_moves_nothing(visit: Opener) -> None:
    page = visit(link(AND, place=4))
    second = page.context.new_page()
    second.goto(page.url)
    press(second, "Space")
    press(second, "Space")
    stands_at(second, 6)
    page.keyboard.press("Space")
    expect(page.locator("#notice")).to_contain_text("This lab had already moved on")
    stands_at(page, 6)
    press(page, "Space")
    expect(page.locator("#notice")).to_have_text("")
    stands_at(page, 9)


def test_another_theme_keeps_the_place_and_the_way_of_looking(visit: Opener) -> None:
    page = visit(link(AND, place=4))
    page.keyboard.press("5")
    expect(page.locator("#lens-weights")).to_have_class("pinned")
    rested(page)
    choose(page, "#pace-neuron")
    expect(page.locator("#pace-neuron")).to_have_attribute("aria-current", "true")
    press(page, "Space")
    reach(page, "#theme")
    page.select_option("#theme", "dark")
    expect(page.locator("html")).to_have_attribute("data-theme", "dark")
    stands_at(page, 5)
    expect(page.locator("#lens-weights")).to_have_class("pinned")
    expect(page.locator("#pace-neuron")).to_have_attribute("aria-current", "true")
