"""A store that does not answer and a lab of a newer program: in words, on a page, in the banner or as
`detail`."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest
from fastapi import FastAPI
from httpx import AsyncClient

from app.store.schema import SCHEMA
from app.store.store import Store
from app.story.refusals import NEWER, UNAVAILABLE
from app.web.saved_labs import SavedLabs
from tests.web.tree import read, text_of
from tests.web.visitor import make, page_of

pytestmark = pytest.mark.anyio
Spoil = Callable[[str], None]
TROUBLES = [("DROP TABLE labs", UNAVAILABLE), (f"UPDATE labs SET schema = {SCHEMA + 1}", NEWER)]
ROUTES = [("GET", ""), ("POST", "/next?at=0"), ("POST", "/copy"), ("GET", "/export/csv")]


@pytest.fixture
def spoil(database_file: Path) -> Spoil:
    """Run a statement on the database behind the application's back."""

    def run(statement: str) -> None:
        with closing(sqlite3.connect(database_file)) as connection, connection:
            connection.execute(statement)

    return run


@pytest.mark.parametrize(("statement", "words"), TROUBLES)
async def test_what_the_store_cannot_do_is_a_503_in_words_for_everybody(
    program: AsyncClient, browser: AsyncClient, htmx: AsyncClient, spoil: Spoil, statement: str, words: str
) -> None:
    lab = await make(program)
    spoil(statement)
    for method, path in ROUTES:
        answer = await program.request(method, f"/labs/{lab}{path}")
        assert (answer.status_code, answer.json()) == (503, {"detail": words})
        answer = await browser.request(method, f"/labs/{lab}{path}")
        assert (answer.status_code, answer.headers["cache-control"]) == (503, "no-store")
        page = page_of(answer)
        assert text_of(page["main"]) == f"That did not work {words} Back to the start"
        answer = await htmx.request(method, f"/labs/{lab}{path}")
        headers = {name: text for name, text in answer.headers.items() if name.startswith("hx-")}
        assert (answer.status_code, headers) == (503, {"hx-retarget": "#notice", "hx-reswap": "innerHTML"})
        assert text_of(read(answer.text).root) == words


async def test_the_page_around_a_lab_has_a_banner_for_what_failed(browser: AsyncClient) -> None:
    page = page_of(await browser.get(f"/labs/{await make(browser)}"))
    around = next(element for element in page.root.iter("div") if page["lab"] in list(element))
    assert around.get("hx-status:5xx:inherited") == "target:#banner swap:innerHTML"
    assert "banner" in page.ids


async def test_a_store_that_cannot_be_opened_is_no_health(
    app: FastAPI, program: AsyncClient, tmp_path: Path
) -> None:
    # A store of its own: nobody sweeps it, so that no connection to it can be left in the pool.
    file = tmp_path / "unopened.sqlite3"
    app.state.labs = SavedLabs(Store(f"sqlite:///{file}"))
    app.state.labs.store.close()
    for one in tmp_path.glob(f"{file.name}*"):
        one.unlink()
    file.mkdir()
    answer = await program.get("/readyz")
    assert (answer.status_code, answer.json()) == (503, {"detail": UNAVAILABLE})
