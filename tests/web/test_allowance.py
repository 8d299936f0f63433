"""Making labs has its limits, for each browser or program and for each address."""

from __future__ import annotations

import pytest
from fastapi import FastAPI
from httpx import AsyncClient

from app.limits import BYTES_OF_ONE, LABS_OF_ADDRESS, LABS_OF_ONE
from app.web.allowance import Allowance
from tests.web.tree import text_of
from tests.web.visitor import page_of

HOME = "10.0.0.7"


class Clock:
    """A clock that goes when it is told to."""

    now = 0.0

    def __call__(self) -> float:
        return self.now


def test_a_browser_makes_thirty_at_once_and_two_a_second_after_that() -> None:
    clock = Clock()
    allowance = Allowance(clock)
    assert [allowance.take("me", HOME, 100) for _ in range(30)] == [0.0] * 30
    assert allowance.take("me", HOME, 100) == 0.5
    assert allowance.take("you", HOME, 100) == 0  # that is nobody else's concern
    clock.now = 1.0
    assert [allowance.take("me", HOME, 100) for _ in range(3)] == [0.0, 0.0, 0.5]
    clock.now = 1e6
    assert [allowance.take("me", HOME, 100) for _ in range(31)] == [0.0] * 30 + [0.5]  # no more is saved up


def test_large_labs_have_a_limit_of_their_own() -> None:
    clock = Clock()
    allowance = Allowance(clock)
    half = BYTES_OF_ONE.burst / 2
    assert [allowance.take("me", HOME, half) for _ in range(2)] == [0.0, 0.0]
    assert allowance.take("me", HOME, 10 * BYTES_OF_ONE.each_second) == 10.0
    clock.now = 10.0
    assert allowance.take("me", HOME, 10 * BYTES_OF_ONE.each_second) == 0


def test_a_whole_class_behind_one_address_begins_at_once_and_new_names_do_not_help_for_ever() -> None:
    allowance = Allowance(Clock())
    waits = [allowance.take(f"browser {at}", HOME, 100) for at in range(LABS_OF_ADDRESS.burst + 1)]
    assert waits == [0.0] * LABS_OF_ADDRESS.burst + [1 / LABS_OF_ADDRESS.each_second]
    assert allowance.take("", HOME, 100) > 0
    assert allowance.take("", "10.0.0.8", 100) == 0


@pytest.mark.anyio
async def test_who_is_too_fast_is_told_when_to_go_on_and_nothing_is_made(
    app: FastAPI, program: AsyncClient, browser: AsyncClient, visit
) -> None:
    app.state.labs.allowance = Allowance(Clock())
    for _ in range(LABS_OF_ONE.burst):
        program.cookies.clear()  # a program without one is known by its address
        assert (await program.post("/labs", json={})).status_code == 201
    program.cookies.clear()
    answer = await program.post("/labs", json={})
    assert (answer.status_code, answer.headers["retry-after"]) == (429, "1")
    assert answer.json()["detail"] == "That many labs at once are more than one person needs. Go on in 1 s."
    assert "set-cookie" not in answer.headers
    made = [await browser.post("/labs", data={"data": "xor"}) for _ in range(LABS_OF_ONE.burst + 2)]
    assert [one.status_code for one in made] == [303] * (LABS_OF_ONE.burst + 1) + [429]
    assert "Go on in 1 s." in text_of(page_of(made[-1]).root)
    answer = await browser.post("/at/next?data=xor")
    assert (answer.status_code, answer.headers["retry-after"]) == (429, "1")
