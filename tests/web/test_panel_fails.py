"""A panel that cannot be drawn never takes the lab with it."""

from __future__ import annotations

import logging
import re

import pytest
from fastapi import FastAPI
from httpx import AsyncClient

from app.page.panels import PANELS, Panel
from tests.web.tree import text_of
from tests.web.visitor import make, page_of, place_on

pytestmark = pytest.mark.anyio


def broken(frame: object) -> object:
    """Build what its template cannot be filled with."""
    return object()


def failing(frame: object) -> object:
    """Build nothing."""
    raise ZeroDivisionError


@pytest.mark.parametrize("build", [broken, failing])
async def test_the_lab_is_shown_without_it_with_a_sentence_and_a_number_that_is_logged(
    htmx: AsyncClient,
    browser: AsyncClient,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
    build,
) -> None:
    lab = await make(htmx)
    browser.cookies = htmx.cookies
    monkeypatch.setitem(PANELS, "count", Panel(key="count", word="Count", letter="c", build=build))
    for client, verb in ((htmx, "GET"), (browser, "GET"), (htmx, "POST")):
        step = "/next?at=0&panel=count" if verb == "POST" else "?panel=count"
        with caplog.at_level(logging.ERROR):
            answer = await client.request(verb, f"/labs/{lab}{step}")
        page = page_of(answer)
        assert answer.status_code == 200
        assert place_on(page) == (3 if verb == "POST" else 0)
        said = re.search(r"the lab is as it was\. .* quote number (\w{8})\.", text_of(page["notice"]))
        assert said
        assert f"panel count failed: {said[1]}" in caplog.text
        assert "drawer" not in page.ids
        assert "panel=count" not in page["next"].get("formaction")  # the next press does not meet it again


async def test_what_fails_elsewhere_is_a_failure_as_ever(
    app: FastAPI, htmx: AsyncClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    lab = await make(htmx)
    monkeypatch.setattr(app.state.labs, "history", None)
    answer = await htmx.get(f"/labs/{lab}")
    assert answer.status_code == 500
