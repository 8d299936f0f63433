"""A step changes the page and does not replace it: focus, nodes, transitions and the place of things
survive."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import Opener
from tests.browser.walk import AND, XOR, choose, click, link, place, press, reach, rested, stands_at

MARKED = (
    "#next",
    "#stage",
    "#n-1-2",
    "#n-1-2 .fill",
    "#w-1-2-1",
    "#w-2-1-1",
    "#narration",
    "#go-descent-1",
    "#eta",
)
MARK = "selectors => { for (const s of selectors) document.querySelector(s).mark = s; }"
UNMARKED = "selectors => selectors.filter(s => document.querySelector(s)?.mark !== s)"

# Watch the transitions that a step starts: what moves, how long it says it takes, and one value on the way.
WATCH = """() => { window.seen = []; document.addEventListener("transitionrun", event => {
    const [moving] = event.target.getAnimations().filter(a => a.transitionProperty === event.propertyName);
    const timing = moving.effect.getTiming();
    moving.pause();
    moving.currentTime = timing.duration / 2;
    const halfway = +getComputedStyle(event.target)[event.propertyName].replace("px", "");
    moving.play();
    const mark = event.target.closest("[id]").id;
    window.seen.push({ mark, name: event.propertyName, takes: timing.duration + timing.delay, halfway });
}); }"""


def test_the_pressed_button_keeps_the_focus(visit: Opener) -> None:
    page = visit(link(AND))
    for button in ("#next", "#finish-phase", "#go-cost-1", "#back", "#finish", "#next"):
        click(page, button)
        expect(page.locator(button)).to_be_focused()
    choose(page, "#lens-blame")
    expect(page.locator("#lens-blame")).to_have_class("pinned")
    expect(page.locator("#lens-blame")).to_be_focused()


def test_the_same_nodes_stand_before_and_after_every_step_of_an_iteration(visit: Opener) -> None:
    page = visit(link(AND))
    page.evaluate(MARK, MARKED)
    for _ in range(8):
        press(page, "Space")
        assert page.evaluate(UNMARKED, MARKED) == []
    press(page, "ArrowLeft")
    page.keyboard.press("3")
    expect(page.locator("#lens-blame")).to_have_class("pinned")
    assert page.evaluate(UNMARKED, MARKED) == []


def test_a_reload_makes_new_nodes(visit: Opener) -> None:
    page = visit(link(AND))
    page.evaluate(MARK, MARKED)
    page.reload()
    assert page.evaluate(UNMARKED, MARKED) == list(MARKED)


def transitions(page: Page, mark: str, name: str) -> list[dict]:
    """Wait until such a transition has begun, and return all of them."""
    page.wait_for_function(
        "([m, n]) => window.seen.some(s => s.mark === m && s.name === n)", arg=[mark, name]
    )
    return [seen for seen in page.evaluate("window.seen") if (seen["mark"], seen["name"]) == (mark, name)]


def test_ink_wires_and_rings_change_gradually_and_within_400_ms(visit: Opener) -> None:
    page = visit(link(AND), reduced_motion="no-preference")
    page.evaluate(WATCH)
    press(page, "Space")
    (fill,) = transitions(page, "n-1-1", "fill-opacity")
    opacity = float(page.locator("#n-1-1 .fill").get_attribute("fill-opacity") or "")
    assert 0 < fill["halfway"] < opacity
    for _ in range(3):
        press(page, "Space")
    (ring,) = transitions(page, "n-2-1", "stroke-width")
    assert ring["halfway"] > 0
    thin = float(page.locator("#w-2-1-1").get_attribute("stroke-width") or "")
    page.evaluate("window.seen = []")
    press(page, "Space")
    (wire,) = transitions(page, "w-2-1-1", "stroke-width")
    assert thin < wire["halfway"] < float(page.locator("#w-2-1-1").get_attribute("stroke-width") or "")
    durations = {seen["takes"] for seen in page.evaluate("window.seen")}
    assert durations
    assert all(0 < takes <= 400 for takes in durations)


def test_nothing_moves_for_who_asked_for_less_motion(visit: Opener) -> None:
    page = visit(link(AND), reduced_motion="reduce")
    page.evaluate(WATCH)
    for _ in range(6):
        press(page, "Space")
    assert page.evaluate("window.seen") == []
    longest = """() => Math.max(...[...document.querySelectorAll("*")].flatMap(e =>
        getComputedStyle(e).transitionDuration.split(",").map(parseFloat)))"""
    assert page.evaluate(longest) == 0


@pytest.mark.parametrize("recipe", [AND, XOR, XOR | {"hidden": "4, 2"}], ids=["AND", "XOR", "XOR 2-4-2-1"])
def test_nothing_jumps_during_an_iteration(visit: Opener, recipe: dict) -> None:
    page = visit(link(recipe))
    tops: dict[str, set[float]] = {"#stage": set(), "#next": set(), "#narration": set()}
    steps = 2 * (page.locator(".segment").count() + 1)
    for _ in range(steps):
        for selector, seen in tops.items():
            seen.add(round(page.locator(selector).bounding_box()["y"], 1))
        press(page, "Space")
    spread = {selector: max(seen) - min(seen) for selector, seen in tops.items()}
    assert all(distance <= 2 for distance in spread.values()), spread


@pytest.mark.parametrize("size", [(900, 500), (390, 600)], ids=["desktop", "phone"])
def test_a_step_does_not_scroll_the_page(visit: Opener, size: tuple[int, int]) -> None:
    page = visit(link(AND), viewport={"width": size[0], "height": size[1]})
    page.evaluate("scrollTo(0, 100)")
    assert page.evaluate("scrollY") == 100
    press(page, "Space")
    page.keyboard.press("2")
    expect(page.locator("#lens-error")).to_have_class("pinned")
    assert page.evaluate("scrollY") == 100


def test_the_pictures_own_scroll_survives_a_step_and_another_lens(visit: Opener) -> None:
    page = visit(link(AND | {"hidden": "16, 16"}), viewport={"width": 1280, "height": 560})
    page.locator(".scroller").evaluate("e => { e.scrollTop = 20; }")
    press(page, "Space")
    page.keyboard.press("5")
    expect(page.locator("#lens-weights")).to_have_class("pinned")
    assert page.locator(".scroller").evaluate("e => e.scrollTop") == 20


def test_another_learning_rate_keeps_the_focus_in_its_field(visit: Opener) -> None:
    page = visit(link(AND, place=9, voice="maths"))
    reach(page, "#eta")
    page.fill("#eta", "0.5")
    page.keyboard.press("Enter")
    expect(page.locator("#eta")).to_be_focused()
    rested(page)
    page.locator("#eta").blur()
    press(page, "Space")
    expect(page.locator("#narration")).to_contain_text("η · ∂C/∂c = 0 − 0.5 ·")


def test_a_network_of_another_shape_is_drawn_whole(visit: Opener) -> None:
    page = visit(link(AND, place=9, lens="weights"))
    reach(page, ".shape")
    page.get_by_role("button", name="One neuron more in hidden layer 1").click()
    expect(page.locator("#network strong")).to_contain_text("2 → 4 → 1")
    stands_at(page, 0)
    for mark in ("#n-1-4 .paper", "#w-2-1-4", "#labels-2 .pill >> nth=3"):
        box = page.locator(mark).bounding_box()
        assert box["width"] > 10, mark
    press(page, "Space")
    assert place(page) == 4
    expect(page.locator("#n-1-4")).to_have_class(re.compile(r"\bnow\b"))
