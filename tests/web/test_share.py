"""The share panel: a whole link, the same as a code, and words where it would not help."""

from __future__ import annotations

import re

import pytest
import segno
from fastapi import FastAPI
from httpx import ASGITransport, AsyncClient

from app.lab.recipe import Recipe
from app.picture.qr_code import EDGE, MASK, code_of
from tests.web.test_exports import RECIPE, lab_at
from tests.web.tree import Page, read, text_of
from tests.web.visitor import follow

pytestmark = pytest.mark.anyio


async def panel(browser: AsyncClient, where: str) -> Page:
    """Return the page with the share panel open."""
    return read((await browser.get(f"{where}?panel=share&lens=weights")).text)


def field(page: Page):
    """Return the field that holds the link."""
    return next(element for element in page.root.iter("textarea"))


async def test_the_link_is_whole_and_opens_a_copy_standing_there(
    program: AsyncClient, browser: AsyncClient
) -> None:
    page = await panel(browser, await lab_at(program, RECIPE, 12))
    address = field(page).text
    assert "readonly" in field(page).attrib
    assert address == "http://labs.test" + page["link"].get("href")
    opened = await follow(browser, address)
    assert opened.status_code == 303
    mine = (await browser.get(opened.headers["location"] + ".json")).json()
    assert (mine["place"], mine["recipe"]) == (12, RECIPE.as_json())


async def test_the_code_says_the_same_as_the_link(program: AsyncClient, browser: AsyncClient) -> None:
    page = await panel(browser, await lab_at(program, RECIPE, 12))
    matrix = segno.make_qr(field(page).text, error="L", mode="byte", mask=MASK).matrix
    size = len(matrix) + 2 * EDGE
    drawn = [[0] * size for _ in range(size)]
    for x, y, length in re.findall(r"M(\d+) (\d+)h(\d+)v1h-\d+z", page["code"].find("path").get("d")):
        for at in range(int(x), int(x) + int(length)):
            drawn[int(y)][at] = 1
    assert page["code"].get("viewBox") == f"0 0 {size} {size}"
    assert [row[EDGE:-EDGE] for row in drawn[EDGE:-EDGE]] == [list(row) for row in matrix]
    assert sum(map(sum, drawn)) == sum(map(sum, matrix))


async def test_the_panel_needs_no_style_of_its_own(program: AsyncClient, browser: AsyncClient) -> None:
    page = await panel(browser, await lab_at(program, RECIPE, 12))
    assert not [
        element.tag for element in page.root.iter() if "style" in element.attrib or element.tag == "style"
    ]


async def test_a_link_too_long_for_a_code_says_so(program: AsyncClient, browser: AsyncClient) -> None:
    recipe = Recipe(hidden=(16, 16), parameters=tuple(1 / number for number in range(3, 340)))
    page = await panel(browser, await lab_at(program, recipe, 0))
    assert "code" not in page.ids
    assert text_of(page["no-code"]).endswith("Copy the link instead.")
    assert len(field(page).text) > 2953


def test_the_longest_text_that_fits_gets_a_code() -> None:
    assert code_of("x" * 2953).size == 177 + 2 * EDGE
    assert code_of("x" * 2954) is None


@pytest.mark.parametrize(
    ("host", "warned"), [("localhost:8000", True), ("[::1]:8000", True), ("192.168.1.7:8000", False)]
)
async def test_the_link_follows_the_address_of_the_page(
    app: FastAPI, program: AsyncClient, host: str, warned: bool
) -> None:
    where = await lab_at(program, RECIPE, 3)
    async with AsyncClient(transport=ASGITransport(app), base_url=f"http://{host}") as other:
        page = await panel(other, where)
    assert field(page).text.startswith(f"http://{host}/at?")
    assert ("here-only" in page.ids) is warned


@pytest.mark.parametrize("host", ['"><script>', "[", "a b", "", "x" * 300])
async def test_a_strange_host_breaks_nothing(app: FastAPI, program: AsyncClient, host: str) -> None:
    where = await lab_at(program, RECIPE, 3)
    async with AsyncClient(transport=ASGITransport(app), base_url="http://labs.test") as other:
        answer = await other.get(f"{where}?panel=share", headers={"host": host, "accept": "text/html"})
    assert answer.status_code == 200
    assert "<script>" not in answer.text.replace('<script src="', "")


@pytest.mark.parametrize("kind", ["worked", "svg", "csv", "json", "numpy", "torch"])
async def test_every_export_is_a_link_of_the_panel(
    program: AsyncClient, browser: AsyncClient, kind: str
) -> None:
    page = await panel(browser, await lab_at(program, RECIPE, 12))
    answer = await browser.get(page[f"export-{kind}"].get("href"))
    assert answer.status_code == 200
    assert "lens=weights" in page[f"export-{kind}"].get("href")
