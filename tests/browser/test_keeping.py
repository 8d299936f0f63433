"""Sharing and keeping in a real browser: the field and its code follow the steps, files come down, paper is
light."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import Opener
from tests.browser.test_access import violations_in_any_theme
from tests.browser.walk import AND, XOR, link, place, press

WORKED = "/export/worked"


def address(page: Page) -> str:
    """Return what the share panel's field holds."""
    return page.locator("textarea.address").input_value()


def lab(page: Page) -> str:
    """Return the address of the lab on the page."""
    return page.url.split("?")[0]


def test_the_field_and_the_code_follow_every_step(visit: Opener) -> None:
    page = visit(link(AND, place=3, panel="share"))
    seen = set()
    for at in (4, 5, 6):
        press(page, "Space")
        assert place(page) >= at
        assert address(page).endswith(f"place={place(page)}")
        seen.add(page.locator("#code path").get_attribute("d"))
    assert len(seen) == 3


def test_another_person_opens_the_link_and_stands_at_the_same_moment(visit: Opener) -> None:
    page = visit(link(XOR, place=20, panel="share"))
    other = visit(address(page))
    assert place(other) == place(page) == 20
    assert lab(other) != lab(page)
    assert other.locator("#cost").text_content() == page.locator("#cost").text_content()


def test_a_kept_file_is_taken_back_by_the_recipe_page(visit: Opener, tmp_path: Path) -> None:
    page = visit(link(XOR, place=20, panel="share"))
    with page.expect_download() as download:
        page.click("#export-json")
    file = tmp_path / download.value.suggested_filename
    download.value.save_as(file)
    page.goto("/recipe#load")
    page.set_input_files("#file", file)
    page.click("#open")
    expect(page.locator("#stage")).to_be_visible()
    assert place(page) == 20


def test_a_picture_file_is_drawn_by_itself(visit: Opener, tmp_path: Path) -> None:
    page = visit(link(AND, place=9, panel="share"), theme="dark")
    with page.expect_download() as download:
        page.click("#export-svg")
    file = tmp_path / "picture.svg"
    download.value.save_as(file)
    page.goto(file.as_uri())
    painted = page.evaluate("""() => ['.ground', '.disc .paper', '.disc.more .ring'].map(
        one => { const look = getComputedStyle(document.querySelector(one));
            return [look.fill, look.stroke]; })""")
    assert painted[0][0] == painted[1][0] == "rgb(255, 255, 255)"
    assert painted[1][1] == "rgb(28, 25, 23)"
    assert painted[2] == ["none", "rgb(0, 114, 178)"]


def test_axe_finds_nothing_on_the_share_panel_and_the_worked_solution(visit: Opener) -> None:
    page = visit(link(AND, place=9, panel="share"))
    assert violations_in_any_theme(page) == []
    page.goto(lab(page) + WORKED)
    expect(page.locator("article.solution")).to_be_visible()
    assert violations_in_any_theme(page) == []


def test_a_dark_page_is_dark_ink_on_paper(visit: Opener) -> None:
    page = visit(link(AND, place=9), theme="dark")
    page.goto(lab(page) + WORKED)
    ink = (
        "() => [getComputedStyle(document.body).color, getComputedStyle(document.querySelector('.disc "
        ".paper')).stroke]"
    )
    assert page.evaluate(ink) == ["rgb(241, 243, 246)", "rgb(248, 250, 252)"]
    page.emulate_media(media="print")
    assert page.evaluate(ink) == ["rgb(28, 35, 51)", "rgb(28, 25, 23)"]
    expect(page.locator(".top")).to_be_hidden()


@pytest.mark.parametrize("width", [320, 1280])
def test_no_page_is_wider_than_its_window(visit: Opener, width: int) -> None:
    page = visit(link(AND, place=9, panel="share"), viewport={"width": width, "height": 720})
    fits = "() => document.documentElement.scrollWidth <= innerWidth"
    assert page.evaluate(fits)
    worked, shared = lab(page) + WORKED, page.locator("#code").bounding_box()
    assert shared["width"] == pytest.approx(shared["height"], abs=1)
    page.goto(worked)
    assert page.evaluate(fits)
    page.goto("/recipe#load")
    assert page.evaluate(fits)
