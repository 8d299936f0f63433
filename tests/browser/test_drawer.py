"""What stands in the drawer keeps to it, has heads over its columns, and says its name when it opens."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import Opener
from tests.browser.walk import AND, link

VANISHING = {"data": "xor", "hidden": "3, 3, 3, 3, 3, 3", "activation": "sigmoid"}
DIGITS = {"data": "digits", "hidden": "16, 16", "output": "softmax"}
LAST = 40  # the descent of the network with seven layers
OUT = """() => { const edge = document.querySelector("#drawer").getBoundingClientRect().right;
    return [...document.querySelectorAll("#drawer *")].filter(e => !e.closest(".unseen, .numbers, math")
        && e.getBoundingClientRect().right > edge + .5).map(e => e.outerHTML.slice(0, 90)); }"""
ROLLS = """() => [...document.querySelectorAll("#drawer .card, #drawer textarea")]
    .filter(e => e.scrollWidth > e.clientWidth || (e.matches(".card") && e.scrollHeight > e.clientHeight + 1))
    .map(e => `${e.id || e.className} ${e.scrollWidth}`)"""
BARE = """() => [...document.querySelectorAll("#drawer table")].filter(table => {
    const head = table.tHead?.rows[0];
    return !head || [...table.tBodies[0].rows].some(row => [...row.cells].some((cell, at) =>
        at && cell.innerText.trim() && !head.cells[at]?.innerText.trim()));
    }).map(e => e.outerHTML.slice(0, 90))"""


@pytest.mark.parametrize("theme", ["light", "projector"])
@pytest.mark.parametrize("pick", ["n-2-1", "n-6-2", "w-3-1-2"])
def test_fingers_keep_to_the_drawer_and_need_no_rolling(visit: Opener, theme: str, pick: str) -> None:
    page = visit(link(VANISHING, place=LAST, pick=pick), theme=theme)
    expect(page.locator(".finger.passed")).to_be_visible()
    assert page.evaluate(OUT) == []
    assert page.evaluate(ROLLS) == []


@pytest.mark.parametrize("recipe", [AND, DIGITS], ids=["AND", "digits"])
def test_no_exact_dial_is_cut_off(visit: Opener, recipe: dict[str, str]) -> None:
    page = visit(link(recipe, panel="dials"))
    expect(page.locator("#dials")).to_be_visible()
    assert page.evaluate(ROLLS) == []
    assert page.evaluate(OUT) == []


@pytest.mark.parametrize(
    "view",
    [{"pick": "n-1-1"}, {"pick": "w-1-1-1"}, {"panel": "downhill"}, {"panel": "tables"}, {"panel": "race"}],
)
def test_every_column_of_numbers_has_a_head(visit: Opener, view: dict[str, str]) -> None:
    page = visit(link(AND | {"batch": "2"}, place=10, **view))
    expect(page.locator("#drawer table").first).to_be_visible()
    assert page.evaluate(BARE) == []


def test_the_last_heading_of_the_glossary_stands_apart_from_the_last_word(visit: Opener) -> None:
    page = visit(link(AND, panel="words"))
    words, heading = page.locator(".words").bounding_box(), page.locator("#why").bounding_box()
    assert heading["y"] - words["y"] - words["height"] >= 16


def test_a_panel_says_its_name_politely_when_it_opens_and_when_another_takes_its_place(visit: Opener) -> None:
    page = visit(link(AND))
    for letter, word in (("t", "Tables"), ("g", "Words")):
        page.keyboard.press(letter)
        said = page.locator("#drawer-said")
        expect(said).to_have_text(f"{word}, beside the picture")
        expect(page.get_by_role("complementary", name=f"{word}, beside the picture")).to_be_visible()


def test_no_two_buttons_have_one_name(visit: Opener) -> None:
    page = visit(link(AND, place=4, panel="downhill"))
    texts = page.locator("button:visible").all_inner_texts()
    names = [text.split("\n")[0] for text in texts if text.strip()]
    assert sorted(set(names)) == sorted(names)
    assert [name for name in names if "compare" in name.lower()] == ["Cost: compare"]
