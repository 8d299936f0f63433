"""Whoever is asked of their own network sees it in the class's page, and is led to their lab once told."""

from __future__ import annotations

import pytest
from fastapi import FastAPI

from tests.web.conftest import Visit
from tests.web.schoolroom import BROWSER, PHASES, opened

pytestmark = pytest.mark.anyio


@pytest.mark.parametrize("phase", PHASES)
async def test_nobody_is_led_round_in_circles(visit: Visit, phase: str) -> None:
    room, student = await opened(visit, "own"), visit("text/html")
    await room.let_in(student)
    await room.comes_to(phase, "falls", own=True)
    answer = await student.get(f"/rooms/{room.code}", follow_redirects=True)
    assert answer.status_code == 200
    asked = phase not in ("", "reveal")
    assert str(answer.url.path).startswith("/rooms/" if asked else "/labs/")
    assert (f'/rooms/{room.code}/vote"' in answer.text) == (phase in ("guess", "guess again"))


async def test_once_told_everybodys_network_takes_the_step_whether_they_answered_or_not(
    app: FastAPI, visit: Visit
) -> None:
    room, answers = await opened(visit, "own"), visit(BROWSER)
    silent, late = visit(BROWSER), visit(BROWSER)
    for one in (answers, silent):
        await room.let_in(one)
        await one.get(f"/rooms/{room.code}")
    await room.comes_to("guess", "falls", own=True)
    await room.votes(answers, "falls")
    for to in ("hold", "reveal"):
        await room.does("advance", to=to)
    await room.let_in(late)
    pages = [await one.get(f"/rooms/{room.code}", follow_redirects=True) for one in (answers, silent, late)]
    labs = app.state.labs.store.labs
    places = [labs.get(str(page.url.path).rpartition("/")[2]).place for page in pages]
    assert places == [labs.get(room.lab).place] * 3 != [0] * 3
    kicker, guess = [[words in page.text for page in pages] for words in ("The answer", "Your guess:")]
    assert (kicker, guess) == ([False, True, False], [True, False, False])
    again = await silent.get(f"/rooms/{room.code}", follow_redirects=True)
    assert labs.get(str(again.url.path).rpartition("/")[2]).place == places[1]
    assert "falls" in (await room.teacher.get(f"/rooms/{room.code}.csv")).text
    stored = app.state.classes.store.rooms.by_code(room.code)
    assert len(app.state.classes.store.ballots.votes(stored.id)) == 1  # saying nothing is no vote
