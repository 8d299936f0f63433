"""Whole runs in a browser: run, scrub through the chart, compare with another run."""

from __future__ import annotations

from itertools import pairwise

from playwright.sync_api import Page, Route, expect

from tests.browser.conftest import Opener, kept
from tests.browser.walk import XOR, link, place, rested

LARGE = {"data": "digits", "hidden": "16, 16, 16, 16", "output": "softmax", "batch": "10"}
LENGTH = 133  # moments of one iteration of 7-16-16-16-16-10
SLOW = {"data": "circle", "size": "500", "hidden": "16, 16, 16, 16, 16, 16", "batch": "250"}
SLOW_LENGTH = 197  # moments of one iteration of 2-16-16-16-16-16-16-1


def stands_in(page: Page, iteration: int) -> None:
    expect(page.locator(".where")).to_contain_text(f"iteration {iteration:,} ")


def test_a_press_in_the_chart_goes_there_and_the_timeline_stays_as_long_as_it_was(visit: Opener) -> None:
    page = visit(link(XOR, panel="downhill"))
    page.click("#run-100")
    expect(page.locator("#timeline")).to_have_attribute("max", "101")
    box = page.locator("#timeline").bounding_box()
    page.mouse.click(box["x"] + box["width"] * 0.5, box["y"] + 40)
    stands_in(page, 51)
    expect(page.locator("#timeline")).to_have_attribute("max", "101")
    rested(page)
    page.reload()
    stands_in(page, 51)
    expect(page.locator("#timeline")).to_have_attribute("max", "101")
    page.focus("#timeline")
    page.keyboard.press("End")
    stands_in(page, 101)


def test_stopping_early_goes_back_to_where_the_test_cost_was_lowest(visit: Opener) -> None:
    overfit = {"data": "moons", "size": "40", "noise": "0.3", "test": "0.5", "hidden": "12", "batch": "20"}
    page = visit(link(overfit | {"optimiser": "adam", "eta": "0.05"}, panel="downhill"))
    page.click("#run-100")
    page.click("#stop-early")
    expect(page.locator("#stop-early")).to_have_count(0)
    lowest = page.locator("#lowest").inner_text().split("iteration ")[1].split(":")[0]
    stands_in(page, int(lowest))
    assert 1 < int(lowest) < 100
    expect(page.locator("#timeline")).to_have_attribute("max", "101")
    assert page.inner_text("#test-now") in page.inner_text("#lowest")


def test_a_press_is_heard_while_the_page_asks_for_more(visit: Opener) -> None:
    page = visit()
    held: list[Route] = []
    page.route(
        "**panel=downhill**", lambda route: held.append(route) if asks_again(route) else route.continue_()
    )
    with page.expect_request(lambda request: request.headers.get("hx-request") == "true"):
        page.goto(kept(page.context, link(LARGE, panel="downhill", place=1000 * LENGTH)))
    page.click("#run-10")
    stands_in(page, 1011)
    assert held[0].request.failure


def asks_again(route: Route) -> bool:
    """Tell whether a request is the page's own question for more."""
    return route.request.method == "GET" and route.request.headers.get("hx-request") == "true"


def test_a_run_is_stopped_by_its_button(visit: Opener) -> None:
    page = visit(link(SLOW, panel="downhill"))
    page.click("#run-1000")
    expect(page.locator("#play")).to_contain_text("Pause")
    page.click("#play")
    expect(page.locator("#play")).to_contain_text("Play")
    found = []
    for key, lens in (("2", "error"), ("3", "blame")) * 4:  # a slice that was on its way may still arrive
        page.keyboard.press(key)
        expect(page.locator(f"#lens-{lens}")).to_have_class("pinned")
        found.append(place(page))
        if found[-1:] == found[-2:-1]:
            break
    assert found[-2] == found[-1] < 1000 * SLOW_LENGTH


def test_a_race_is_one_press_and_a_run_of_ones_own_joins_it_and_opens_in_a_lab_of_its_own(
    visit: Opener,
) -> None:
    page = visit(link(XOR))
    page.keyboard.press("r")
    expect(page.locator("#verdict")).to_contain_text("After 300 iterations")
    expect(page.locator("#race-chart .name")).to_have_count(4)
    page.fill("#other_seed", "-3")
    page.click("#compare")
    expect(page.locator("#wrong-other_seed")).to_be_visible()
    page.fill("#other_seed", "3")
    page.keyboard.press("Enter")
    expect(page.locator("#race-chart .name")).to_have_text(["seed 0", "seed 3"])
    before = page.url
    page.click("#open-2")
    expect(page.locator("#other_seed")).to_have_value("0")
    expect(page.locator("#race-chart .name")).to_have_text(["seed 3", "seed 0"])
    assert page.url.split("?")[0] != before.split("?")[0]


def test_the_names_at_the_lines_ends_stand_clear_of_each_other_and_of_the_edge(visit: Opener) -> None:
    page = visit(link(XOR, panel="race", race="activation"))
    expect(page.locator("#verdict")).to_be_visible()
    chart = page.locator("#race-chart").bounding_box()
    boxes = [one.bounding_box() for one in page.locator("#race-chart :is(.name, .last)").all()]
    assert len(boxes) == 8
    assert all(box["x"] + box["width"] <= chart["x"] + chart["width"] for box in boxes)
    tops = sorted((box["y"], box["y"] + box["height"]) for box in boxes)
    middles = [(top + bottom) / 2 for top, bottom in tops]
    assert all(below - above >= 14 for above, below in pairwise(middles))
