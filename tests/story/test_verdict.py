"""Who is blamed most: one, several alike, all alike, or nobody."""

from __future__ import annotations

import pytest

from app.story.narration import verdict, wish


@pytest.mark.parametrize(
    ("deltas", "said"),
    [
        ((0.1, -0.2, 0.0), "b is blamed most and should fire more ▲"),
        ((0.3, -0.2, 0.0), "a is blamed most and should fire less ▼"),
        ((0.3,), "a is blamed most and should fire less ▼"),
        ((0.3, -0.3, 0.0), "a and b are blamed most, and alike"),
        ((0.1 + 0.2, 0.3), "a and b are blamed most, and alike"),
        ((0.3, 0.2, 0.3, 0.3), "a, c and d are blamed most, and alike"),
        ((0.3, -0.3, 0.3), "All are blamed alike"),
        ((0.0, 0.0), "Nobody keeps any"),
        ((0.3, 0.3000001), "b is blamed most and should fire less ▼"),
    ],
)
def test_who_is_blamed_most_and_ties_are_told(deltas: tuple[float, ...], said: str) -> None:
    assert verdict(dict(zip("abcd", deltas, strict=False))) == said


def test_no_error_asks_for_nothing() -> None:
    assert wish(0.0) == "has nothing to answer for"
