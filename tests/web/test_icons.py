"""Icons are drawn, never letters that a machine's fonts may lack."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

TEMPLATES = Path(__file__).parents[2] / "templates"
# Pictures, arrows, media keys, hands, geometric shapes; ▲ and ▼ are the signs of blame, on every page.
LETTERS = re.compile(
    "[\u2190-\u21ff\u2300-\u23ff\u2460-\u25b1\u25b3-\u25bb\u25bd-\u2712\u2718-\u27bf\u2b00-\u2bff\U0001f000-\U0001faff]"
)


@pytest.mark.parametrize("part", ["panels", "recipe", "datasets"])
def test_no_letter_stands_for_an_icon(part: str) -> None:
    found = {path.name: LETTERS.findall(path.read_text()) for path in sorted((TEMPLATES / part).iterdir())}
    assert {name: letters for name, letters in found.items() if letters} == {}
