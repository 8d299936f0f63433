"""The same walk with JavaScript switched off: every button is a form, every answer a page."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import Opener, kept
from tests.browser.walk import AND, WORDS, XOR, choose, click, link, picture, place, reach, says, stands_at


def test_a_browser_of_this_file_runs_no_scripts(plain: Opener) -> None:
    page = plain(link(AND))
    expect(page.locator("html")).not_to_have_class(re.compile("has-script"))


def test_the_first_press_of_a_first_visit_makes_the_lab(plain: Opener) -> None:
    page = plain("/")
    page.click("#next")
    page.wait_for_url(re.compile(r"/labs/[\w-]+$"))
    says(page, "Forward: output layer")


@pytest.mark.parametrize("preset", ["and", "xor"])
def test_the_big_button_walks_a_whole_iteration(plain: Opener, preset: str) -> None:
    page = plain("/")
    page.click(f"#preset-{preset}")
    for words in (*WORDS, WORDS[0]):
        says(page, words)
        click(page, "#next")
    expect(page.locator(".where")).to_contain_text("iteration 2")
    assert "/labs/" in page.url
    assert "at=" not in page.url


def test_back_over_the_descent_and_forth_again_shows_the_very_same_pictures(plain: Opener) -> None:
    page = plain(link(AND, place=6))
    seen = {place(page): picture(page)}
    for _ in range(5):
        click(page, "#next")
        seen[place(page)] = picture(page)
    for button, way in (("#back", sorted(seen)[-2::-1]), ("#next", sorted(seen)[1:])):
        for there in way:
            click(page, button)
            assert (place(page), picture(page)) == (there, seen[there])


def test_a_picture_is_the_same_with_and_without_javascript(plain: Opener, visit: Opener) -> None:
    pages = plain("/recipe"), visit("/recipe")
    for where in (0, 4, 6, 11, 12):
        for page in pages:
            page.goto(kept(page.context, link(XOR, place=where)))
        assert picture(pages[0]) == picture(pages[1])


def test_finish_jump_and_restart_are_buttons_too(plain: Opener) -> None:
    page = plain(link(AND))
    click(page, "#finish-phase")
    says(page, "Cost: compare")
    click(page, "#finish")
    says(page, "Next example")
    click(page, "#go-backward-1")
    says(page, "Backward: hidden layer")
    click(page, "#restart")
    stands_at(page, 0)


def test_all_five_lenses_are_links_and_pressed_again_they_follow_the_phase(plain: Opener) -> None:
    page = plain(link(AND, place=9))
    for lens in ("activation", "error", "blame", "gradient", "weights"):
        choose(page, f"#lens-{lens}")
        expect(page.locator("#stage")).to_have_class(re.compile(f"lens-{lens}"))
        expect(page.locator(f"#lens-{lens}")).to_have_class("pinned")
    click(page, "#next")
    expect(page.locator("#stage")).to_have_class(re.compile("lens-weights"))
    choose(page, "#lens-weights")
    expect(page.locator("#stage")).to_have_class(re.compile("lens-gradient"))


@pytest.mark.parametrize(("pace", "there"), [("neuron", 1), ("layer", 3), ("phase", 4), ("iteration", 10)])
def test_a_pace_is_a_link_and_holds_for_the_next_press(plain: Opener, pace: str, there: int) -> None:
    page = plain(link(AND))
    choose(page, f"#pace-{pace}")
    expect(page.locator(f"#pace-{pace}")).to_have_attribute("aria-current", "true")
    click(page, "#next")
    stands_at(page, there)
    expect(page.locator(f"#pace-{pace}")).to_have_attribute("aria-current", "true")


@pytest.mark.parametrize("pace", ["neuron", "layer", "phase"])
def test_no_button_that_can_be_pressed_leads_out_of_turn(plain: Opener, pace: str) -> None:
    page = plain(link(AND, pace=pace))
    statuses: set[int] = set()
    page.context.on("response", lambda response: statuses.add(response.status))
    for button in (
        "#next",
        "#back",
        "#next",
        "#finish-phase",
        "#next",
        "#back",
        "#finish-phase",
        "#next",
        "#finish",
        "#next",
    ):
        click(page, button)
        expect(page.locator("#notice")).to_have_text("")
    assert statuses <= {200, 303}


def test_the_player_which_needs_javascript_is_not_offered(plain: Opener) -> None:
    page = plain(link(AND, place=4))
    expect(page.locator("#play")).to_be_hidden()
    reach(page, "#pace-layer")
    expect(page.locator("#pace-layer")).to_be_visible()
    expect(page.locator("#speed-1")).to_be_hidden()


def test_a_stale_page_says_so_and_moves_nothing(plain: Opener) -> None:
    page = plain(link(AND, place=4))
    second = page.context.new_page()
    second.goto(page.url)
    click(second, "#next")
    page.click("#next")
    expect(page.locator("#notice")).to_contain_text("This lab had already moved on")
    stands_at(page, 5)
    click(page, "#next")
    expect(page.locator("#notice")).to_have_text("")
    says(page, "Backward: hidden layer")
