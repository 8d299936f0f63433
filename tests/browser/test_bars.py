"""The gradient dial by dial, in a browser: signed bars that light their wire, and numbers that keep to their
card."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import Opener
from tests.browser.walk import AND, choose, link

VANISHING = {
    "data": "xor",
    "hidden": "6, 6, 6",
    "activation": "sigmoid",
    "regulariser": "l2",
    "decay": "0.0001",
}
OUT = """() => [...document.querySelectorAll('.side .card')].flatMap(card => {
    const edge = card.getBoundingClientRect().right + .5;
    return [...card.querySelectorAll('*')].filter(e => !e.closest('.unseen')
        && e.getBoundingClientRect().right > edge).map(e => e.outerHTML.slice(0, 80)); })"""
LIT = re.compile(r"\blit\b")
TOUCHING = """() => [...document.querySelectorAll('.moved tr')].filter(row => {
    const text = cell => { const range = document.createRange(); range.selectNodeContents(cell);
        return range.getBoundingClientRect(); };
    return row.cells.length > 4 && text(row.cells[2]).right + 3
        > text(row.cells[3].lastChild).left; }).map(row => row.innerText)"""


@pytest.fixture
def descended(visit: Opener) -> Page:
    """A lab after its first descent, beside it the way downhill."""
    return visit(link(AND, panel="downhill", place=10))


def test_a_bar_lights_its_wire_and_a_wire_its_bar(descended: Page) -> None:
    row, wire = descended.locator("tr[data-ref='w-1-2-1']"), descended.locator("#w-1-2-1")
    row.locator(".share").hover()
    expect(wire).to_have_class(LIT)
    descended.mouse.move(0, 0)
    expect(wire).not_to_have_class(LIT)
    descended.locator(".pill[data-ref='w-2-1-2']").hover()
    expect(descended.locator("tr[data-ref='w-2-1-2']")).to_have_class(LIT)


def test_a_bias_and_its_bar_light_each_other(descended: Page) -> None:
    descended.keyboard.press("5")  # the lens under which biases are written
    row, label = descended.locator("tr[data-ref='b-1-2']"), descended.locator("#stage [data-ref='b-1-2']")
    row.locator(".bar-cell").hover()
    expect(label).to_have_class(LIT)
    label.hover()
    expect(row).to_have_class(LIT)


@pytest.mark.parametrize("size", [(1280, 720), (1440, 900), (390, 844), (320, 700)])
def test_nothing_runs_out_of_its_card_and_no_sign_touches_the_next_number(
    visit: Opener, size: tuple[int, int]
) -> None:
    page = visit(link(VANISHING, panel="downhill", place=77), viewport={"width": size[0], "height": size[1]})
    choose(page, "#finish")
    expect(page.locator("#promise")).to_be_visible()
    assert page.evaluate(OUT) == []
    assert page.evaluate(TOUCHING) == []
