"""The share panel shows the short link of what is seen, and no other."""

from __future__ import annotations

from urllib.parse import parse_qs, urlencode, urlsplit

import pytest
import segno
from fastapi import FastAPI
from httpx import AsyncClient

from app.picture.qr_code import EDGE
from tests.web.conftest import Visit
from tests.web.test_exports import RECIPE, lab_at
from tests.web.test_short_links import short, target
from tests.web.tree import text_of
from tests.web.visitor import page_of, press

pytestmark = pytest.mark.anyio


async def test_a_browser_is_shown_its_short_link_in_the_share_panel(
    program: AsyncClient, browser: AsyncClient
) -> None:
    where = await lab_at(program, RECIPE, 12)
    before = page_of(await browser.get(f"{where}?panel=share&before=downhill&lens=weights"))
    assert "short" not in before.ids
    form = next(one for one in before.root.iter("form") if one.get("class") == "shortly")
    answer = await browser.post(form.get("action"))
    assert answer.status_code == 303
    assert answer.headers["location"] == f"{where}?lens=weights&panel=share&before=downhill"
    page = page_of(await browser.get(answer.headers["location"]))
    address = page["short"].get("value")
    led = parse_qs(urlsplit(await target(browser, address.rpartition("/")[2])).query)
    assert (led["lens"], led["panel"]) == (["weights"], ["downhill"])
    code = next(one for one in page["large"].iter("svg") if one.get("class") == "code")
    size = len(segno.make_qr(address, error="L", mode="byte").matrix) + 2 * EDGE
    assert code.get("viewBox") == f"0 0 {size} {size}"
    assert text_of(page["large"]).strip() == address
    assert text_of(page["share-12"]).startswith("http://labs.test/at?")


async def test_it_is_shown_for_this_moment_and_this_view_only(
    program: AsyncClient, htmx: AsyncClient
) -> None:
    where = await lab_at(program, RECIPE, 12)
    await short(program, where)
    assert "short" in page_of(await htmx.get(f"{where}?panel=share")).ids
    assert "short" not in page_of(await htmx.get(f"{where}?panel=share&lens=error")).ids
    moved = await press(program, where.rpartition("/")[2], "next", 12)
    assert moved.status_code == 200
    assert "short" not in page_of(await htmx.get(f"{where}?panel=share")).ids


async def test_a_page_that_is_remembered_shows_a_link_made_since(
    program: AsyncClient, htmx: AsyncClient
) -> None:
    where = await lab_at(program, RECIPE, 12)
    for there in (False, False, True, True):
        if there:
            await short(program, where)
        assert ("short" in page_of(await htmx.get(f"{where}?panel=share")).ids) is there


async def test_share_remembers_the_panel_whose_place_it_takes(
    program: AsyncClient, browser: AsyncClient
) -> None:
    where = await lab_at(program, RECIPE, 12)
    page = page_of(await browser.get(f"{where}?panel=surface"))
    assert page["tab-share"].get("href") == f"{where}?panel=share&before=surface"
    page = page_of(await browser.get(page["tab-share"].get("href")))
    assert page["tab-share"].get("href") == f"{where}?panel=share&before=surface"
    assert page["tab-race"].get("href") == f"{where}?panel=race"
    assert page["close"].get("href") == where


async def test_a_moment_that_nobody_keeps_has_one_without_becoming_a_lab(browser: AsyncClient) -> None:
    query = urlencode({**RECIPE.as_fields(), "place": "12", "panel": "share"})
    answer = await browser.post(f"/at/short?{query}")
    assert answer.status_code == 303
    assert not answer.cookies
    page = page_of(await browser.get(answer.headers["location"]))
    led = await target(browser, page["short"].get("value").rpartition("/")[2])
    assert led == f"/at?{urlencode(RECIPE.as_fields())}&place=12&lang=en"


async def test_the_panel_does_without_where_the_store_does_not_answer(
    app: FastAPI, browser: AsyncClient
) -> None:
    await short(browser, "/at")
    app.state.labs.store.database.trouble.begins("gone", 9.0)
    answer = await browser.get("/at?panel=share")
    assert answer.status_code == 200
    assert "short" not in page_of(answer).ids


async def test_all_links_begin_with_the_address_that_was_set(app: FastAPI, visit: Visit) -> None:
    app.state.public_url = "https://blame.example"
    try:
        made = await short(visit(), "/at", data="and")
        page = page_of(await visit("text/html").get("/at?data=and&panel=share"))
    finally:
        app.state.public_url = ""
    assert made["address"] == f"https://blame.example/s/{made['code']}"
    assert page["short"].get("value") == made["address"]
    assert text_of(page["share-0"]).startswith("https://blame.example/at?data=and")
    assert "here-only" not in page.ids
