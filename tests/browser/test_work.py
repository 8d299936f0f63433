"""Working a neuron out by keyboard: the field keeps the focus from step to step and says what was wrong."""

from __future__ import annotations

from playwright.sync_api import expect

from tests.browser.conftest import Opener
from tests.browser.walk import AND, link, rested


def test_results_are_typed_one_after_another_and_wrong_ones_are_told(visit: Opener) -> None:
    page = visit(link(AND, place=2, pick="n-1-1"))
    page.locator("#work").press("Enter")
    field = page.locator("[name=tried]")
    expect(field).to_be_visible()
    expect(page.locator("#stage")).not_to_contain_text("0.878")
    field.fill("-1,37")
    field.press("Enter")
    expect(page.locator("#told")).to_contain_text("Turned a sign")
    expect(field).to_have_value("-1,37")
    expect(field).to_be_focused()
    field.fill("1,12 + 0,253")
    field.press("Enter")
    expect(page.locator("#told")).to_contain_text("Right")
    expect(page.locator("#working label")).to_have_text("h₁ =")
    expect(field).to_be_focused()
    expect(field).to_have_value("")
    page.locator("#show-step").press("Enter")
    expect(page.locator("#worked-out")).to_be_visible()
    expect(page.locator("#stage")).to_contain_text("0.878")
    rested(page)
    page.reload()
    expect(page.locator("#worked-out")).to_be_visible()
