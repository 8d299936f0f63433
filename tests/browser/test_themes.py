"""A theme that is chosen acts at once on every page, and the lab's keys do nothing where there is no lab."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import Opener
from tests.browser.walk import reach

PAGES = ["/", "/recipe", "/data", "/nowhere"]


@pytest.mark.parametrize("path", PAGES)
def test_a_theme_acts_as_soon_as_it_is_chosen(visit: Opener, path: str) -> None:
    page = visit(path)
    expect(page.locator(".themes button")).to_be_hidden()
    reach(page, "#theme")
    page.select_option("#theme", "projector")
    expect(page.locator("html")).to_have_attribute("data-theme", "projector")
    assert page.url.partition("?")[0].endswith("/" if path == "/nowhere" else path)


def test_a_theme_chosen_beside_a_mistake_leads_to_a_page_that_is_there(visit: Opener) -> None:
    page = visit("/recipe")
    page.fill("#eta", "0")
    page.click("#make")
    expect(page.locator(".field .wrong")).to_have_count(1)
    reach(page, "#theme")
    page.select_option("#theme", "dark")
    expect(page.locator("html")).to_have_attribute("data-theme", "dark")
    expect(page.locator("#make")).to_have_count(1)


@pytest.mark.parametrize("path", PAGES[1:])
def test_the_keys_of_the_lab_do_nothing_where_there_is_none(visit: Opener, path: str) -> None:
    page, faults = visit(path), []
    page.on("pageerror", lambda fault: faults.append(str(fault)))
    before = page.content()
    for key in [*"ipdmuteRgsv12345? ", "ArrowLeft", "ArrowRight", "Enter"]:
        page.keyboard.press(key)
    assert (page.url.endswith(path), faults, page.content() == before) == (True, [], True)
