"""Whole runs in a browser: run, scrub through the chart, compare with another run."""

from __future__ import annotations

from playwright.sync_api import Page, Route, expect

from tests.browser.conftest import Opener
from tests.browser.walk import XOR, link, place, rested

LARGE = {"data": "digits", "hidden": "16, 16, 16, 16", "output": "softmax", "batch": "10"}
LENGTH = 133  # moments of one iteration of 7-16-16-16-16-10


def stands_in(page: Page, iteration: int) -> None:
    expect(page.locator(".where")).to_contain_text(f"iteration {iteration} ")


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
        page.goto(link(LARGE, panel="downhill", place=1000 * LENGTH))
    page.click("#run-10")
    stands_in(page, 1011)
    assert held[0].request.failure


def asks_again(route: Route) -> bool:
    """Tell whether a request is the page's own question for more."""
    return route.request.method == "GET" and route.request.headers.get("hx-request") == "true"


def test_a_run_is_stopped_by_its_button(visit: Opener) -> None:
    page = visit(link(LARGE, panel="downhill"))
    page.click("#run-1000")
    page.click("#stop")
    expect(page.locator("#progress")).to_have_count(0)
    found = []
    for key, lens in (("2", "error"), ("3", "blame")):  # a slice that was already on its way may still arrive
        page.keyboard.press(key)
        expect(page.locator(f"#lens-{lens}")).to_have_class("pinned")
        found.append(place(page))
    assert found[0] == found[1] < 1000 * LENGTH


def test_another_run_joins_the_chart_and_opens_in_a_lab_of_its_own(visit: Opener) -> None:
    page = visit(link(XOR, panel="downhill"))
    page.click("#run-10")
    expect(page.locator("#timeline")).to_have_attribute("max", "11")
    page.fill("#other_seed", "-3")
    page.click("#compare")
    expect(page.locator("#wrong-other_seed")).to_be_visible()
    page.fill("#other_seed", "3")
    page.keyboard.press("Enter")
    expect(page.locator(".line.other")).to_have_count(1)
    before = page.url
    page.click("#open-rival")
    stands_in(page, 11)
    assert page.url.split("?")[0] != before.split("?")[0]
    expect(page.locator(".line.other")).to_have_count(1)
    expect(page.locator("#other_seed")).to_have_value("0")
