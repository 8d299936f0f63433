"""A preset says what to look for on its tile and in the lab made from it, for as long as the lab is that
preset."""

from __future__ import annotations

import pytest
from httpx import AsyncClient

from app.lab.presets import PRESETS
from app.story.presets import NAMES, SENTENCES
from tests.web.tree import text_of
from tests.web.visitor import change, make, page_of

pytestmark = pytest.mark.anyio


@pytest.mark.parametrize("key", PRESETS)
async def test_the_lab_of_a_tile_says_what_to_look_for(browser: AsyncClient, key: str) -> None:
    made = await browser.post("/labs", data=PRESETS[key].as_fields())
    assert made.status_code == 303
    page = page_of(await browser.get(made.headers["location"]))
    assert text_of(page["look-for"]) == f"{NAMES[key]}. {SENTENCES[key]}"


async def test_what_was_changed_is_that_preset_no_longer(htmx: AsyncClient) -> None:
    lab = await make(htmx, **PRESETS["and"].as_json())
    assert "look-for" in page_of(await htmx.get(f"/labs/{lab}?panel=model")).ids
    await change(htmx, lab, 0, "eta", 0.2)
    assert "look-for" not in page_of(await htmx.get(f"/labs/{lab}")).ids
    assert "look-for" not in page_of(await htmx.get(f"/labs/{await make(htmx, seed=3)}")).ids


async def test_without_hidden_neurons_the_outputs_function_is_the_one_that_is_named(
    browser: AsyncClient,
) -> None:
    home = page_of(await browser.get("/"))
    assert "1 → 1 · linear" in text_of(home["preset-overshoot"])
    assert "2 → 2 → 1 · sigmoid" in text_of(home["preset-and"])
    made = await browser.post("/labs", data=PRESETS["overshoot"].as_fields())
    assert "1 → 1 · linear" in text_of(page_of(await browser.get(made.headers["location"]))["network"])
