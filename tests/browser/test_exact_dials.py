"""The textbook exercise in a browser: all dials from a list, one dial in the inspector, wrong numbers
kept."""

from __future__ import annotations

import json
import re

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import Opener
from tests.browser.test_access import violations
from tests.browser.walk import AND, link, picture, place, stands_at

TEXTBOOK = "0,5 1/4 0\n1 2 3\n.1 .2 −.3\n1 1 1 1"


def size_of(size: tuple[int, int]) -> dict[str, int]:
    """Return a window's size as a browser takes it."""
    return {"width": size[0], "height": size[1]}


def test_a_list_of_dials_is_typed_in_and_a_wrong_one_keeps_what_was_typed(visit: Opener) -> None:
    page = visit(link(AND, place=4, lens="weights"))
    page.keyboard.press("e")
    page.fill("#dials", TEXTBOOK.replace("1/4", "a quarter"))
    page.click("#set-dials")
    expect(page.locator("#wrong-dials")).to_contain_text("Line 1: “a” is no number")
    page.fill("#dials", TEXTBOOK)
    page.click("#set-dials")
    expect(page.locator("#notice")).to_contain_text("12 dials changed, from the start of iteration 1.")
    expect(page.locator("#labels-1")).to_contain_text("w₁₂ 0.25")
    stands_at(page, 4)
    before = picture(page)
    page.reload()
    assert picture(page) == before


def test_one_dial_is_set_where_it_is_inspected(visit: Opener) -> None:
    page = visit(link(AND, place=4, lens="weights", pick="w-1-2-1"))
    page.fill("#dial", "two")
    page.keyboard.press("Enter")
    expect(page.locator("#wrong-dial")).to_be_visible()
    expect(page.locator("#dial")).to_have_value("two")
    page.fill("#dial", "2/3")
    page.keyboard.press("Enter")
    expect(page.locator("#labels-1")).to_contain_text("w₂₁ 0.667")
    assert place(page) == 4


def test_a_list_typed_after_a_file_was_loaded_is_the_one_that_is_set(visit: Opener) -> None:
    page = visit(link(AND, place=4, lens="weights", panel="dials"))
    w, b = {"1": [[1, 2], [4, 5], [7, 8]], "2": [[10, 11, 12]]}, {"1": [[3], [6], [9]], "2": [[0.5]]}
    page.fill("#dials", "half a list")
    file = {
        "name": "dials.json",
        "mimeType": "application/json",
        "buffer": json.dumps({"w": w, "b": b}).encode(),
    }
    page.set_input_files("#dials-file", file)
    page.click("#load-dials")
    expect(page.locator("#labels-1")).to_contain_text("w₁₁ 1")
    lines = "w₁₁: 1\nw₁₂: 2\nb₁: 3\n\nw₂₁: 4\nw₂₂: 5\nb₂: 6\n\nw₃₁: 7\nw₃₂: 8\nb₃: 9\n\n"
    lines += "v₁: 10\nv₂: 11\nv₃: 12\nc: 0.5"
    expect(page.locator("#dials")).to_have_value(lines)
    page.fill("#dials", TEXTBOOK)
    page.click("#set-dials")
    expect(page.locator("#labels-1")).to_contain_text("w₁₂ 0.25")


def test_a_square_matrix_is_asked_about_and_taken_as_chosen_by_keyboard(visit: Opener) -> None:
    page = visit(link({"data": "half-adder", "hidden": "2"}, panel="dials"))
    page.fill("#dials", "[[.11 .12]\n [.13 .14]]\n[.15 .16]\n[[.21 .22]\n [.23 .24]]\n[.25 .26]")
    page.click("#set-dials")
    expect(page.locator("#take [type=radio]").first).to_be_focused()
    assert violations(page) == []
    page.set_viewport_size({"width": 390, "height": 844})
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Tab")
    page.locator("#take-dials").press("Enter")
    expect(page.locator("#notice")).to_contain_text("12 dials changed, from the start of iteration 1.")
    expect(page.locator("#take")).to_have_count(0)
    expect(page.locator("#dials")).to_have_value(re.compile("^w₁₁: 0.11\nw₁₂: 0.13"))


@pytest.mark.parametrize("size", [(1440, 900), (1280, 720), (390, 844)])
def test_what_was_understood_is_in_sight_to_its_last_column(visit: Opener, size: tuple[int, int]) -> None:
    page = visit(link({"data": "half-adder", "hidden": "2"}, panel="dials"), viewport=size_of(size))
    page.locator("#dials").fill("[[1, 2], [3, 4]] [5, 6] [[7, 8], [9, 0]] [1, 2]")
    page.get_by_role("button", name="Set all dials").click()
    expect(page.locator("#understood-title")).to_be_visible()
    wide = page.locator(".understood .numbers").evaluate_all(
        "all => all.map(e => e.scrollWidth - e.clientWidth)"
    )
    assert wide
    assert max(wide) <= 0
