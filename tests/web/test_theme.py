"""The theme: remembered by each browser, and no way to be led to another site."""

from __future__ import annotations

import pytest
from httpx import AsyncClient

from tests.web.conftest import Visit
from tests.web.visitor import make, page_of

pytestmark = pytest.mark.anyio


@pytest.mark.parametrize(
    "back_to",
    [
        "//evil.test",
        "/\\evil.test",
        "https://evil.test",
        "evil.test",
        "\\\\evil.test",
        "javascript:alert(1)",
        "",
        "http:/x",
        "///x",
    ],
)
async def test_the_theme_never_leads_to_another_site(browser: AsyncClient, back_to: str) -> None:
    answer = await browser.post("/theme", data={"to": "dark", "back_to": back_to})
    assert (answer.status_code, answer.headers["location"]) == (303, "/")


BLANKS = ["/\t/evil.test", "/\n/evil.test", "/a\r\nset-cookie: a=b", "/ /evil.test", "/\x00"]


@pytest.mark.parametrize("back_to", BLANKS)
async def test_an_address_with_blanks_in_it_is_refused(browser: AsyncClient, back_to: str) -> None:
    assert (await browser.post("/theme", data={"to": "dark", "back_to": back_to})).status_code == 422


async def test_the_theme_is_remembered_and_leads_back_to_where_one_was(
    browser: AsyncClient, visit: Visit
) -> None:
    lab = await make(browser)
    page = page_of(await browser.get(f"/labs/{lab}?lens=weights"))
    form = {
        field.get("name"): field.get("value")
        for field in page.root.find(".//form[@class='themes']").iter("input")
    }
    answer = await browser.post("/theme", data={**form, "to": "projector"})
    assert (answer.status_code, answer.headers["location"]) == (303, f"/labs/{lab}?lens=weights")
    for path in (answer.headers["location"], "/nowhere"):
        assert page_of(await browser.get(path)).root[0].get("data-theme") == "projector"
    assert page_of(await visit("text/html").get("/")).root[0].get("data-theme") == "auto"


@pytest.mark.parametrize(
    "path", ["/", "/recipe", "/data", "/exercise", "/nowhere", "/at?place=9&panel=words"]
)
async def test_a_theme_is_one_attribute_and_the_choice_of_it_and_all_else_is_the_same(
    browser: AsyncClient, path: str
) -> None:
    themes, pages = ("light", "dark", "projector"), []
    for theme in themes:
        browser.cookies.set("theme", theme)
        text = (await browser.get(path, headers={"accept": "text/html"})).text
        named = f'data-theme="{theme}"', f'<option value="{theme}" selected>'
        assert [text.count(one) for one in named] == [1, 1]
        pages.append(text.replace(named[0], "").replace(named[1], named[1].replace(" selected", "")))
    assert pages[0] == pages[1] == pages[2]
