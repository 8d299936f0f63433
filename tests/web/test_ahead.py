"""The moment that the big button leads to is written while nobody waits, for whoever can press it."""

from __future__ import annotations

from types import SimpleNamespace

import pytest
from fastapi import FastAPI

from app.web import ahead, replies
from tests.web.conftest import Visit
from tests.web.test_pages import HTMX, looked, name_in, stepped
from tests.web.visitor import make, press

pytestmark = pytest.mark.anyio
XOR = {"data": "xor", "hidden": [3]}


def written(app: FastAPI) -> int:
    """Return how many pages are remembered, each by what it depends on and by its name."""
    return len(app.state.labs.pages.pages) // 2


async def test_a_step_is_only_sent_and_what_comes_after_it_may_fail_unheard(
    app: FastAPI, visit: Visit, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    ada = visit()
    lab = await make(ada, **XOR)
    shown = name_in(await looked(ada, lab))
    assert (written(app), len(app.state.labs.pages.steps)) == (2, 1)
    monkeypatch.setattr(replies, "panel_of", None)  # from here on nothing can be written
    answer = await stepped(ada, lab, 0, shown)
    assert answer.status_code == 200
    assert answer.text.startswith("<hx-changes>")
    assert [record.message for record in caplog.records] == ["a moment could not be written ahead"]


async def test_each_step_finds_its_page_and_leaves_the_next_one(app: FastAPI, visit: Visit) -> None:
    ada = visit()
    lab = await make(ada, **XOR)
    shown, at = name_in(await looked(ada, lab)), 0
    for count in range(3, 8):
        answer = await stepped(ada, lab, at, shown, pace="layer")
        at = app.state.labs.store.labs.get(lab).place
        shown = name_in(answer)
        assert (written(app), len(app.state.labs.pages.steps)) == (count, count - 1)


async def test_nobody_else_and_no_program_has_it_written(app: FastAPI, visit: Visit) -> None:
    ada, program, stranger = visit("text/html"), visit(), visit()
    lab = await make(ada, **XOR)
    await program.get(f"/labs/{lab}.json")
    await press(program, lab, "next", 0)
    assert written(app) == 0
    await looked(stranger, lab)
    assert written(app) == 1
    await ada.get("/at?data=xor&hidden=3")
    assert written(app) == 1


async def test_while_somebody_is_answered_it_waits_for_its_press(
    app: FastAPI, visit: Visit, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(ahead, "current_default_thread_limiter", lambda: SimpleNamespace(borrowed_tokens=1))
    ada = visit()
    lab = await make(ada, **XOR)
    shown = name_in(await looked(ada, lab))
    assert written(app) == 1
    await stepped(ada, lab, 0, shown)
    assert written(app) == 2


async def test_where_a_run_runs_away_the_press_is_told_and_no_look_before(
    visit: Visit, caplog: pytest.LogCaptureFixture
) -> None:
    ada = visit()
    lab = await make(ada, data="sine", hidden=[4], eta=100)
    at, statuses = 0, []
    while not statuses or statuses[-1] == 200:
        ada.headers.update(HTMX)
        answer = await press(ada, lab, "next", at, pace="iteration")
        statuses.append(answer.status_code)
        at = (await ada.get(f"/labs/{lab}.json", headers={"accept": "application/json"})).json()["place"]
    assert statuses[-1] == 409
    assert caplog.records == []
