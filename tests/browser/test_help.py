"""Help that opens where one is, menus that close, and marks that show they are held."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import Opener
from tests.browser.test_access import violations
from tests.browser.test_inspecting import tab_to
from tests.browser.walk import AND, choose, link, press, reach, rested, stands_at

NEAR = """one => { const tip = document.getElementById("tip").getBoundingClientRect(),
    word = one.getBoundingClientRect(), gap = (a, b, c, d) => Math.max(a - d, c - b, 0);
    return [gap(tip.left, tip.right, word.left, word.right), gap(tip.top, tip.bottom, word.top, word.bottom),
        tip.left >= 0 && tip.top >= 0 && tip.right <= innerWidth && tip.bottom <= innerHeight]; }"""
NAMES = """() => [...document.querySelectorAll("button, summary, .button")].map(e => e.ariaLabel ||
    [...e.childNodes].filter(n => n.ariaHidden !== "true").map(n => n.textContent).join(""))"""


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
    tab_to(page, "#open-help")
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
        tab_to(page, f"#{menu} > summary")
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
        assert page.locator("#w-1-2-1").evaluate("e => getComputedStyle(e).filter") != "none"
        expect(page.locator("#labels-1 .pill[data-ref='w-1-2-1']")).to_be_visible()
        press(page, "ArrowRight")
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
