"""Whoever is asked of their own network sees it in the class's page, and is led to their lab once told."""

from __future__ import annotations

import pytest

from tests.web.conftest import Visit
from tests.web.schoolroom import PHASES, opened

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
