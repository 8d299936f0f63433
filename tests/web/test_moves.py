"""Two moves of one lab at the very same time: the loser is shown where the lab really stands, and moves
nothing."""

from __future__ import annotations

import pytest
from fastapi import FastAPI
from httpx import AsyncClient

from app.store.labs import StoredLab
from app.story.notices import STALE
from tests.web.tree import text_of
from tests.web.visitor import change, make, moment, page_of, place_on, press

pytestmark = pytest.mark.anyio
WINNER = 5  # where somebody else goes meanwhile


@pytest.fixture
def overtaken(app: FastAPI, monkeypatch: pytest.MonkeyPatch) -> list[StoredLab]:
    """Let somebody else move a lab between its loading and its move; return the rows as they leave it."""
    labs, rows = app.state.labs.store.labs, []
    move = labs.move

    def beaten(lab: StoredLab, **more: object) -> StoredLab | None:
        rows.append(move(lab, place=WINNER))
        return move(lab, **more)

    monkeypatch.setattr(labs, "move", beaten)
    return rows


async def test_a_program_that_lost_is_told_where_the_lab_stands(
    app: FastAPI, program: AsyncClient, overtaken: list[StoredLab]
) -> None:
    lab = await make(program)
    answer = await press(program, lab, "next", 0)
    assert (answer.status_code, answer.json()["place"]) == (200, WINNER)
    assert answer.json() == await moment(program, lab)
    assert [app.state.labs.store.labs.get(lab)] == overtaken


async def test_a_person_who_lost_sees_where_the_lab_stands_and_why(
    app: FastAPI, browser: AsyncClient, htmx: AsyncClient, overtaken: list[StoredLab]
) -> None:
    for client in (browser, htmx):
        lab = await make(client)
        answer = await press(client, lab, "next", 0, lens="weights")
        page = page_of(answer)
        assert (answer.status_code, place_on(page), text_of(page["notice"])) == (200, WINNER, STALE)
        assert ("hx-replace-url" in answer.headers, "html" in answer.text[:15]) == (False, client is browser)
        assert page["lens-weights"].get("aria-current") == "true"
        assert app.state.labs.store.labs.get(lab) == overtaken[-1]


async def test_a_change_that_lost_changes_no_recipe(
    app: FastAPI, program: AsyncClient, overtaken: list[StoredLab]
) -> None:
    lab = await make(program)
    answer = await change(program, lab, 0, "eta", 0.125)
    assert (answer.status_code, answer.json()["place"]) == (200, WINNER)
    assert "changes" not in answer.json()["recipe"]
    assert [app.state.labs.store.labs.get(lab)] == overtaken


async def test_a_runs_own_slice_that_lost_says_nothing(htmx: AsyncClient, overtaken: list[StoredLab]) -> None:
    lab = await make(htmx)
    page = page_of(await press(htmx, lab, "skip", 0, iterations=50, run=50))
    assert (place_on(page), text_of(page["notice"])) == (WINNER, "")
    assert len(overtaken) == 1
