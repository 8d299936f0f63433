"""Where the focus goes, which keys are heard and when, and help that opens where one is."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, Route, expect

from tests.browser.conftest import Opener
from tests.browser.test_access import violations
from tests.browser.test_inspecting import tab_to
from tests.browser.walk import AND, choose, link, place, press, reach, rested, says, stands_at

RINGS = """() => [...document.querySelectorAll(":focus-visible")].filter(e => e !== document.body)
    .map(e => e.outerHTML.slice(0, 80))"""
OPEN = "() => [...document.querySelectorAll(':popover-open')].map(e => e.id)"
NEAR = """one => { const tip = document.getElementById("tip").getBoundingClientRect(),
    word = one.getBoundingClientRect(), gap = (a, b, c, d) => Math.max(a - d, c - b, 0);
    return [gap(tip.left, tip.right, word.left, word.right), gap(tip.top, tip.bottom, word.top, word.bottom),
        tip.left >= 0 && tip.top >= 0 && tip.right <= innerWidth && tip.bottom <= innerHeight]; }"""
NAMES = """() => [...document.querySelectorAll("button, summary, .button")].map(e => e.ariaLabel ||
    [...e.childNodes].filter(n => n.ariaHidden !== "true").map(n => n.textContent).join(""))"""


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


def test_a_button_pressed_by_its_own_key_waits_too_and_a_key_held_down_does_not_pile_up(
    visit: Opener,
) -> None:
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
    page.route("**/labs", made.append)
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


@pytest.mark.parametrize("size", [(1440, 900), (390, 844)], ids=["desk", "phone"])
def test_a_word_is_explained_where_it_stands_and_escape_leads_back(visit: Opener, size: tuple) -> None:
    page = visit(link(AND, place=9), viewport={"width": size[0], "height": size[1]})
    word = page.locator("#narration a.word").first
    tab_to(page, "#narration a.word")
    page.keyboard.press("Enter")
    expect(page.locator("#tip")).to_be_visible()
    across, down, inside = word.evaluate(NEAR)
    assert (across, inside) == (0, True)
    assert down <= 16
    expect(page.locator("#tip")).to_contain_text(word.get_attribute("data-tip") or "?")
    assert violations(page) == []
    page.keyboard.press("Tab")
    expect(page.locator("#tip a")).to_be_focused()
    page.keyboard.press("Escape")
    expect(page.locator("#tip")).to_be_hidden()
    expect(word).to_be_focused()
    word.click()
    press(page, "Space")
    expect(page.locator("#tip")).to_be_hidden()  # it explained a word that is gone
    assert "panel=" not in page.url


def test_a_hand_is_explained_where_it_points(visit: Opener) -> None:
    page = visit(link(AND, place=9))
    hand = page.locator("#hands .hand").first
    hand.click()
    expect(page.locator("#tip")).to_be_visible()
    across, down, inside = hand.evaluate(NEAR)
    assert (across, inside) == (0, True)
    assert down <= 16
    page.keyboard.press("Escape")
    expect(page.locator("#tip")).to_be_hidden()
    stands_at(page, 9)
    hand.click()
    page.mouse.click(5, 700)
    expect(page.locator("#tip")).to_be_hidden()


def test_help_opens_by_key_and_by_button_and_escape_leads_back_to_where_one_was(visit: Opener) -> None:
    page = visit(link(AND, place=9))
    tab_to(page, "#next")
    page.keyboard.press("?")
    expect(page.locator("#help")).to_be_visible()
    assert violations(page) == []
    page.keyboard.press("Escape")
    expect(page.locator("#help")).to_be_hidden()
    expect(page.locator("#next")).to_be_focused()
    reach(page, "#open-help")
    page.focus("#open-help")
    page.keyboard.press("Enter")
    expect(page.locator("#help")).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.locator("#help")).to_be_hidden()
    expect(page.locator("#open-help")).to_be_focused()  # in a menu that is still open
    page.keyboard.press("Escape")
    expect(page.locator("#open-help")).to_be_hidden()
    expect(page.locator("#view > summary")).to_be_focused()


def test_menus_close_by_escape_by_a_press_beside_them_and_by_each_other(visit: Opener) -> None:
    page = visit(link(AND, place=9))
    for menu in ("tasks", "network", "view"):
        summary = page.locator(f"#{menu} > summary")
        summary.focus()
        page.keyboard.press("Enter")
        expect(page.locator(f"#{menu} .pop")).to_be_visible()
        expect(page.locator(".menu .pop:visible")).to_have_count(1)
        page.keyboard.press("Escape")
        expect(page.locator(f"#{menu} .pop")).to_be_hidden()
        expect(summary).to_be_focused()
        summary.click()
    expect(page.locator(".menu .pop:visible")).to_have_count(1)
    page.mouse.click(700, 700)
    expect(page.locator(".menu .pop:visible")).to_have_count(0)
    stands_at(page, 9)


def test_a_pinned_lens_and_a_picked_wire_show_it_and_are_let_go_by_one_press(visit: Opener) -> None:
    page = visit(link(AND, place=9))
    page.keyboard.press("3")
    expect(page.locator("#view > summary")).to_have_text("View Blame pinned")
    page.keyboard.press("3")
    expect(page.locator("#view > summary")).to_have_text("View")
    rested(page)
    expect(page.locator("#labels-1 .pill")).to_have_count(0)
    page.locator("#w-1-2-1").dispatch_event("click")
    expect(page.locator("#w-1-2-1")).to_have_class(re.compile(r"\bpicked\b"))
    for where in (9, 10, 11):
        stands_at(page, where)
        wire = page.locator("#w-1-2-1")
        assert wire.evaluate("e => getComputedStyle(e).filter") != "none"
        expect(page.locator("#labels-1 .pill[data-ref='w-1-2-1']")).to_be_visible()
        rested(page)
        page.keyboard.press("ArrowRight") if where < 11 else None
        if where == 10:
            break
    choose(page, "#close")
    expect(page.locator(".picked, #drawer")).to_have_count(0)
    assert "pick=" not in page.url


def test_a_picked_bias_bears_its_number_until_it_is_let_go(visit: Opener) -> None:
    page = visit(link(AND, place=9, pick="b-1-2"))
    expect(page.locator("#stage .below.dial.picked")).to_have_text("b₂ 0")
    page.click("#unpick")
    expect(page.locator("#stage .below.dial")).to_have_count(0)


@pytest.mark.parametrize("path", ["/", link(AND, place=9, panel="downhill")], ids=["home", "lab"])
def test_names_of_buttons_are_words_and_the_track_says_its_phases(visit: Opener, path: str) -> None:
    page = visit(path)
    assert [name for name in page.evaluate(NAMES) if re.search(r"[▶◀⏸⟲☚]", name)] == []
    for name in ("Back", "Play", "Run until learned"):
        expect(page.get_by_role("button", name=name, exact=True)).to_have_count(1)
    big = "Forward: hidden layer" if path == "/" else "Descent"
    expect(page.locator("#moves").get_by_role("button", name=big, exact=True)).to_have_id("next")
    track = page.locator(".track .segment")
    said = [one.get_attribute("aria-label").partition(":")[0] for one in track.all()]
    assert list(dict.fromkeys(said)) == ["Input", "Forward", "Cost", "Backward", "Descent"]
    assert len({one.get_attribute("aria-label") for one in track.all()}) == len(said)
