"""On paper: few pages, numbered, with a line for a name; of the lab the task, its place and the picture."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect

from app.lab.presets import PRESETS
from tests.browser.conftest import Opener
from tests.browser.walk import AND, XOR, link

MOST = {"digits": 6, "vanishing": 5}
FOOT = """() => [...document.styleSheets].flatMap(sheet => [...sheet.cssRules])
    .flatMap(rule => [rule, ...rule.cssRules || []]).filter(rule => rule instanceof CSSPageRule)
    .map(rule => rule.cssText).join(" ")"""


def pages(page: Page) -> int:
    """Count the pages that the page in sight takes on paper."""
    return len(re.findall(rb"/Type\s*/Page\b(?!s)", page.pdf(prefer_css_page_size=True)))


def solution(visit: Opener, recipe: dict[str, str], query: str = "") -> Page:
    """Open the worked solution of a recipe's whole first iteration."""
    page = visit(link(recipe, pace="iteration"))
    page.click("#next")
    expect(page.locator("#lab")).to_have_class(re.compile("phase-descent"))
    page.goto(re.search(r"/labs/[^?]+", page.url)[0] + "/export/worked" + query)
    return page


@pytest.mark.parametrize("key", ["and", "circle", "cancelling", "vanishing", "digits", "overfit"])
def test_a_worked_solution_is_few_pages(visit: Opener, key: str) -> None:
    assert pages(solution(visit, PRESETS[key].as_fields())) <= MOST.get(key, 4)


def test_all_of_it_is_one_press_away_and_back(visit: Opener) -> None:
    page = solution(visit, PRESETS["overfit"].as_fields())
    expect(page.locator("#how-much")).to_contain_text("in short")
    few = page.locator(".step").count()
    page.click("#whole")
    expect(page.locator("#how-much")).to_contain_text("all of it")
    page.wait_for_load_state()  # it comes piece by piece
    assert page.locator(".step").count() > 100 > 4 * few
    page.click("#in-short")
    expect(page.locator(".step")).to_have_count(few)


def test_paper_has_page_numbers_a_line_for_a_name_and_no_torn_paragraph(visit: Opener) -> None:
    page = solution(visit, AND)
    assert "counter(page)" in page.evaluate(FOOT)
    expect(page.locator(".signed")).to_be_hidden()
    page.emulate_media(media="print")
    expect(page.locator(".signed")).to_contain_text("Name:")
    for words in (
        "AND: say 1 only when both inputs are 1",
        "η 0.3",
        "iteration 1",
        "example 1 of 4",
        "cost 0.",
    ):
        expect(page.locator(".solution")).to_contain_text(words)
    torn = """() => [...document.querySelectorAll("p")]
        .filter(p => getComputedStyle(p).breakInside !== "avoid").length"""
    assert page.evaluate(torn) == 0


@pytest.mark.parametrize("view", [{}, {"panel": "words"}], ids=["", "drawer open"])
def test_the_lab_on_paper_says_what_it_is_and_has_nothing_to_press(visit: Opener, view: dict) -> None:
    page = visit(link(XOR, place=12, **view))
    assert pages(page) == 1
    page.emulate_media(media="print")
    text = page.inner_text("body")
    for words in ("Learning XOR", "η 0.1", "iteration 1", "example 1 of 4"):
        assert words in text
    for there in ("#rail", "#stage", "#narration", "#cost", ".track"):
        expect(page.locator(there)).to_be_visible()
    assert page.locator("#drawer:visible, button:visible:not(.segment), summary kbd:visible").count() == 0
    for gone in ("Run until learned", "View", "Share", "Set η", "Keys and help"):
        assert gone not in text
