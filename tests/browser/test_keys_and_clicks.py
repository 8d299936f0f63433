"""Keys that know when to keep still, clicks that come twice or late, and the player."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import Opener
from tests.browser.walk import AND, link, place, press, rested, says, stands_at

TWICE = """address => Promise.all([1, 2].map(() => fetch(address, {method: "POST", headers: {"HX-Request": "true"}})
    .then(answer => answer.text())))"""


def test_keys_keep_still_while_a_field_has_the_focus(visit: Opener) -> None:
    page = visit(link(AND, place=4))
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


def playing(page: Page) -> None:
    """Wait until the player has taken two steps by itself."""
    expect(page.locator("#play")).to_contain_text("Pause")
    for _ in range(2):
        before = place(page)
        expect(page.locator("#next")).not_to_have_attribute("formaction", re.compile(rf"\bat={before}\b"))


def rests(page: Page) -> None:
    """See that the player is stopped: it offers to play, and the lab stands where it stood a look before."""
    expect(page.locator("#play")).to_contain_text("Play")
    expect(page.locator("[id^=tick]")).to_have_count(0)
    found = []
    for key, lens in (("5", "weights"), ("4", "gradient")):  # a step that was already on its way may still arrive
        rested(page)
        page.keyboard.press(key)
        expect(page.locator(f"#lens-{lens}")).to_have_class("pinned")
        found.append(place(page))
    assert found[0] == found[1]


def test_p_plays_and_p_pauses(visit: Opener) -> None:
    page = visit(link(AND, speed=3))
    page.keyboard.press("p")
    playing(page)
    page.keyboard.press("P")
    rests(page)


def test_play_and_pause_by_mouse(visit: Opener) -> None:
    page = visit(link(AND, speed=3))
    page.click("#play")
    playing(page)
    page.click("#play")
    rests(page)


def test_pause_is_heard_while_a_step_of_the_player_is_on_its_way(visit: Opener) -> None:
    page = visit(link(AND, speed=3))
    tick = re.compile(r"/next\?.*play=1")
    page.route(tick, lambda route: None)  # neither sent on nor answered
    with page.expect_request(tick) as held:
        page.keyboard.press("p")
    page.keyboard.press("p")
    rests(page)
    assert held.value.failure


@pytest.mark.parametrize("press_this", ["#back", "#go-cost-1", "#pace-phase", "#lens-blame", "#set-eta"])
def test_any_other_click_stops_the_player(visit: Opener, press_this: str) -> None:
    page = visit(link(AND, speed=3))
    page.keyboard.press("p")
    playing(page)
    page.click(press_this)
    rests(page)


def test_another_speed_goes_on_playing(visit: Opener) -> None:
    page = visit(link(AND, speed=2))
    page.keyboard.press("p")
    expect(page.locator("#play")).to_contain_text("Pause")
    page.click("#speed-3")
    expect(page.locator("#speed-3")).to_have_attribute("aria-current", "true")
    playing(page)
    page.keyboard.press("p")
    rests(page)


def test_a_reload_stops_the_player(visit: Opener) -> None:
    page = visit(link(AND, speed=3))
    page.keyboard.press("p")
    playing(page)
    page.reload()
    rests(page)


def test_what_comes_next_can_be_pressed_while_the_player_plays(visit: Opener) -> None:
    page = visit(link(AND, speed=1, place=4))
    page.keyboard.press("p")
    expect(page.locator("#play")).to_contain_text("Pause")
    press(page, "Space")
    says(page, "Backward: output layer")
    rests(page)


def test_another_theme_keeps_the_place_and_the_way_of_looking(visit: Opener) -> None:
    page = visit(link(AND, place=4))
    page.keyboard.press("5")
    expect(page.locator("#lens-weights")).to_have_class("pinned")
    rested(page)
    page.click("#pace-neuron")
    expect(page.locator("#pace-neuron")).to_have_attribute("aria-current", "true")
    press(page, "Space")
    page.select_option("#theme", "dark")
    expect(page.locator("html")).to_have_attribute("data-theme", "dark")
    stands_at(page, 5)
    expect(page.locator("#lens-weights")).to_have_class("pinned")
    expect(page.locator("#pace-neuron")).to_have_attribute("aria-current", "true")
