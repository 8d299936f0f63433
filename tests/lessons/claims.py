"""What a lesson's card claims, in figures: two products with < > = or != between."""

from __future__ import annotations

import math
import operator
import re

from app.lab.replay import Replay
from app.lessons.lesson import Lesson
from app.lessons.placeholders import Asked

CLAIM = re.compile(r"(.+?) (<|>|=|!=) (.+)")
HOLDS = {
    "<": operator.lt,
    ">": operator.gt,
    "=": lambda one, other: one == other if isinstance(one, str) else math.isclose(one, other, rel_tol=1e-9),
    "!=": operator.ne,
}


def holds(claim: str, lesson: Lesson, card: int, replay: Replay) -> bool:
    """Tell whether a claim is so."""

    def term(text: str) -> float | str:
        size, name, spec = re.fullmatch(r"(\|?)([a-z_]+)(?::(.*))?", text).groups(default="")
        return Asked(name, lesson, card, replay).found(size + spec)

    def side(text: str) -> float | str:
        found = [float(one) if re.fullmatch(r"[\d.]+", one) else term(one) for one in text.split(" * ")]
        return found[0] if len(found) == 1 else math.prod(found)

    one, sign, other = CLAIM.fullmatch(claim).groups()
    return HOLDS[sign](side(one), side(other))


def figures_in(words: str) -> list[tuple[str, str]]:
    """Return the figures in a sentence as (name, place)."""
    return re.findall(r"\{([a-z_]+)(?::([^}]*))?\}", words)
