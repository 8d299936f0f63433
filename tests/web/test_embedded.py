"""What other sites’ pages get from here: links lead here, and nothing is shown inside them."""

from __future__ import annotations

import pytest
from fastapi import FastAPI
from httpx import AsyncClient

from tests.web.visitor import make

pytestmark = pytest.mark.anyio


@pytest.mark.parametrize(
    ("mode", "dest", "site", "seen"),
    [
        ("navigate", "document", "cross-site", True),
        ("no-cors", "image", "cross-site", False),
        ("no-cors", "image", "same-site", False),
        ("navigate", "iframe", "cross-site", False),
        ("cors", "empty", "same-origin", True),
        ("no-cors", "image", "same-origin", True),
    ],
)
async def test_another_site_s_page_may_link_here_and_holds_nothing_of_ours_in_it(
    app: FastAPI, browser: AsyncClient, mode: str, dest: str, site: str, seen: bool
) -> None:
    headers = {"sec-fetch-mode": mode, "sec-fetch-dest": dest, "sec-fetch-site": site}
    before = app.state.labs.replay.replayed
    answer = await browser.get("/at?data=xor&hidden=4&place=900", headers=headers)
    assert (answer.status_code == 200, answer.status_code == 403) == (seen, not seen)
    assert (app.state.labs.replay.replayed > before) == seen  # what is refused costs nothing
    picture = f"/labs/{await make(browser)}/export/svg?at=0"  # a notebook shows it
    for given in ("/static/icon.svg", picture):
        assert (await browser.get(given, headers=headers)).status_code == 200
