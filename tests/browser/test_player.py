"""The player: it goes on by itself, and anything else that is pressed stops it."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import Opener
from tests.browser.walk import AND, choose, link, place, press, rested, says


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
    for key, lens in (
        ("5", "weights"),
        ("4", "gradient"),
    ):  # a step that was already on its way may still arrive
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
    choose(page, press_this)
    rests(page)


def test_another_speed_goes_on_playing(visit: Opener) -> None:
    page = visit(link(AND, speed=2))
    page.keyboard.press("p")
    expect(page.locator("#play")).to_contain_text("Pause")
    choose(page, "#speed-3")
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


def test_an_address_that_plays_is_not_kept(visit: Opener) -> None:
    """Play may be pressed before htmx is ready: then the whole page comes, playing, and a reload must stop it
    all the same."""
    page = visit(link(AND, speed=3))
    page.evaluate("location.href += '&play=1'")
    playing(page)
    assert "play" not in page.url
    page.reload()
    rests(page)


def test_what_comes_next_can_be_pressed_while_the_player_plays(visit: Opener) -> None:
    page = visit(link(AND, speed=1, place=4))
    page.keyboard.press("p")
    expect(page.locator("#play")).to_contain_text("Pause")
    press(page, "Space")
    says(page, "Backward: output layer")
    rests(page)
