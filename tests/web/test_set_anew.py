"""A new η or example: from when it holds is said, and head and field show what will be."""

from __future__ import annotations

import pytest
from httpx import AsyncClient

from tests.web.tree import having, text_of
from tests.web.visitor import change, make, page_of, press

pytestmark = pytest.mark.anyio
DESCENT = 10  # the last moment of an iteration of 2-3-1


@pytest.mark.parametrize(
    ("at", "what", "value", "words"),
    [
        (4, "eta", "0,9", "η is 0.9 from this iteration on."),
        (DESCENT, "eta", "0,9", "η is 0.9 from the next iteration on."),
        (DESCENT, "example", "3", "Example 3 is taken in the next iteration."),
        (4, "example", "3", ""),
    ],
)
async def test_from_when_it_holds_is_said(
    htmx: AsyncClient, browser: AsyncClient, at: int, what: str, value: str, words: str
) -> None:
    for client in (htmx, browser):
        lab = await make(client)
        await press(client, lab, "go", 0, to=at)
        answer = await change(client, lab, at, what, value)
        assert answer.status_code == (303 if client is browser and not words else 200)
        if answer.status_code == 200:
            assert text_of(page_of(answer)["notice"]) == words


async def test_head_and_field_show_the_eta_that_will_be(htmx: AsyncClient) -> None:
    lab = await make(htmx, eta=0.3)
    assert "η 0.3 · batch" in text_of(page_of(await press(htmx, lab, "go", 0, to=DESCENT))["network"])
    page = page_of(await change(htmx, lab, DESCENT, "eta", "0,9"))
    assert page["eta"].get("value") == "0.9"
    assert "η 0.3 → 0.9 · batch" in text_of(page["network"])
    assert "changes=" in page["recipe"].get("href")
    for to, shown in ((DESCENT + 1, "η 0.9 ·"), (4, "η 0.3 ·")):
        at = DESCENT if to > DESCENT else DESCENT + 1
        assert shown in text_of(page_of(await press(htmx, lab, "go", at, to=to))["network"])


async def test_a_whole_page_names_its_recipe_once(browser: AsyncClient) -> None:
    lab = await make(browser, changes=[[0, "eta", 0.4]])
    answer = await browser.get(f"/labs/{lab}")
    page = page_of(answer)
    assert [text_of(one).count("η 0.4 ·") for one in (page["network"], *having(page.root, "on-paper"))] == [
        1,
        1,
    ]
    assert answer.text.count("η 0.4 ·") == 2  # once on the screen, once on paper
