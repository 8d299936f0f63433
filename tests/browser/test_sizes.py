"""Narrow windows, large letters, and letters that can be read from where one sits."""

from __future__ import annotations

from itertools import pairwise

import pytest
from playwright.sync_api import Page

from tests.browser.conftest import Opener, kept
from tests.browser.test_access import DIGITS, PAGES
from tests.browser.walk import AND, XOR, link

DEEP = AND | {"hidden": "16, 16, 16, 16, 16, 16"}
ALL = PAGES | {"lab, deep": link(DEEP, place=60), "lab, deep, tables": link(DEEP, place=60, panel="tables")}

# What sticks out of the window to the right and is neither scrolled by something of its own nor hidden.
STICKS_OUT = """() => { const wide = document.documentElement.clientWidth;
    const rolls = e => e && e !== document.body
        && (getComputedStyle(e).overflowX !== "visible" || rolls(e.parentElement));
    return [...document.body.querySelectorAll("*")]
        .filter(e => e.getBoundingClientRect().right > wide + 1 && !rolls(e))
        .map(e => `${e.tagName} ${e.id || e.className} ${e.getBoundingClientRect().right}`); }"""

# What the window shows of a letter: its size in the picture times how much the picture is enlarged or shrunk.
LETTERS = """() => [...document.querySelectorAll("#stage text")].map(e => {
    const size = parseFloat(getComputedStyle(e).fontSize) * e.getScreenCTM().a;
    return [size, e.textContent]; })"""


# Letters, boxes and discs of the picture that lie over those of another mark, as the fonts at hand have drawn
# them.
TOUCHING = """() => { const marks = [...document.querySelectorAll(
        "#stage text:not(.hand), #stage rect, #stage circle.paper")]
        .filter(e => e.tagName !== "text" || e.textContent.trim())
        .map(e => ({e, box: e.getBoundingClientRect(), of: e.closest("a, [data-ref], .target, .cost") || e}));
    const across = (a, b) => Math.min(a.right, b.right) - Math.max(a.left, b.left);
    const down = (a, b) => Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top);
    return marks.flatMap((one, at) => marks.slice(at + 1)
        .filter(other => one.of !== other.of
            && across(one.box, other.box) > 1 && down(one.box, other.box) > 3)
        .map(other => [one, other].map(({e}) => `${e.tagName} ${e.textContent}`).join(" over "))); }"""


def sideways(page: Page, paths: dict[str, str]) -> dict[str, list[str]]:
    """Return the pages that scroll sideways or have something beyond their edge, and what it is."""
    found = {}
    for name, path in paths.items():
        page.goto(path)
        beyond = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
        found[name] = page.evaluate(STICKS_OUT) + [f"{beyond} px beyond"] * (beyond > 0)
    return {name: marks for name, marks in found.items() if marks}


def test_no_page_320_px_wide_scrolls_sideways(visit: Opener) -> None:
    assert sideways(visit("/", viewport={"width": 320, "height": 640}), ALL) == {}


def test_no_page_at_200_percent_scrolls_sideways(visit: Opener) -> None:
    assert sideways(visit("/", viewport={"width": 640, "height": 450}, device_scale_factor=2), ALL) == {}


@pytest.mark.parametrize(
    "size", [(1280, 720), (1024, 768), (1280, 800)], ids=lambda size: f"{size[0]} by {size[1]}"
)
def test_the_projectors_large_letters_make_no_page_scroll_sideways(
    visit: Opener, size: tuple[int, int]
) -> None:
    page = visit("/", theme="projector", viewport={"width": size[0], "height": size[1]})
    assert sideways(page, ALL) == {}


@pytest.mark.parametrize("theme", ["light", "projector"])
@pytest.mark.parametrize("hidden", ["3", "4, 2"], ids=["2-3-1", "2-4-2-1"])
def test_every_letter_of_the_picture_has_at_least_14_px_at_1280_by_720(
    visit: Opener, hidden: str, theme: str
) -> None:
    page = visit("/", theme=theme, viewport={"width": 1280, "height": 720})
    for place in (0, 4, 6, 8, 10, 15, 17):
        for lens in ("", "blame"):
            page.goto(kept(page.context, link(XOR | {"hidden": hidden}, place=place, lens=lens)))
            letters = page.evaluate(LETTERS)
            assert len(letters) > 12
            assert [letter for letter in letters if letter[0] < 13.995] == []


def test_the_controls_of_a_large_network_stay_in_sight(visit: Opener) -> None:
    page = visit(link(DIGITS, place=20), viewport={"width": 1280, "height": 720})
    for selector in ("#next", "#narration", "#stage"):
        box = page.locator(selector).bounding_box()
        assert box["y"] < 720
        if selector != "#stage":
            assert box["y"] + box["height"] <= 720


@pytest.mark.parametrize(
    "hidden", ["", "3", "5", "4, 2", "3, 3, 3", "8, 8", "3, 3, 3, 3", "16, 16, 16, 16, 16, 16"]
)
def test_nothing_in_the_picture_lies_over_anything_else(visit: Opener, hidden: str) -> None:
    page, found = visit("/", viewport={"width": 1280, "height": 720}), {}
    recipe = XOR | {"hidden": hidden, "eta": "0.0123", "optimiser": "descent"}
    for share in (0, 0.4, 0.7, 0.9, 1):
        length = 2 * (sum(map(int, hidden.split(","))) if hidden else 0) + 5
        for lens in ("", "blame", "gradient"):
            page.goto(kept(page.context, link(recipe, place=int(share * (length - 1)), lens=lens)))
            assert page.locator("#stage circle.paper").count() >= 3
            found[share, lens] = page.evaluate(TOUCHING)
    assert {where: marks for where, marks in found.items() if marks} == {}
    page.evaluate(
        "document.querySelector('#stage a').setAttribute('transform', cost.getAttribute('transform'))"
    )
    assert page.evaluate(TOUCHING) != []


NAMES = {"": "output layer", "3": "hidden layer", "3, 3, 3": "hidden layer 1", "3, 3, 3, 3": "hidden 1"}


@pytest.mark.parametrize("hidden", NAMES)
@pytest.mark.parametrize("maps", ["", "beside"])
def test_every_column_has_its_name_as_long_as_there_is_room(visit: Opener, hidden: str, maps: str) -> None:
    page = visit(link(XOR | {"hidden": hidden}, maps=maps))
    names = page.locator("#headings text").all_text_contents()
    layers = len(hidden.split(",")) if hidden else 0
    assert len(names) == layers + 3
    assert names[1] == NAMES[hidden]
    assert [name.split()[0] for name in names] == ["input", *["hidden"] * layers, "output", "target"]
    boxes = [one.bounding_box() for one in page.locator("#headings text").all()]
    assert all(left["x"] + left["width"] + 3 < right["x"] for left, right in pairwise(boxes))


def test_the_deepest_network_has_a_name_over_every_column(visit: Opener) -> None:
    names = visit(link(DEEP, maps="beside")).locator("#headings text").all_text_contents()
    assert names == ["input", *(f"hidden {layer}" for layer in range(1, 7)), "output", "target"]
