"""How wide texts are, in whatever font a browser takes, and whether they stand clear of each other."""

from __future__ import annotations

from functools import lru_cache
from itertools import pairwise

LEAST_TEXT = 14.0
WORD_GAP = 9.0  # between the names of two columns
DIGIT, BOLD = 0.64, 1.1
WIDTHS = {  # of the widest font in use (DejaVu Sans), in em; a digit's and most letters' is DIGIT
    **dict.fromkeys(".,; ‚", 0.32),
    **dict.fromkeys("−→<>", 0.84),
    **dict.fromkeys("₀₁₂₃₄₅₆₇₈₉⁰¹²³⁴⁵⁶⁷⁸⁹", 0.41),
    **dict.fromkeys("il", 0.3),
    **dict.fromkeys("tr", 0.42),
    "w": 0.82,
    "m": 0.98,
    "%": 0.95,
    "▲": 0.77,
    "▼": 0.77,
}


@lru_cache(maxsize=4096)
def breadth(text: str) -> float:
    """Return how wide a text is, in em.

    >>> round(breadth("w₁₁ −0.62"), 2)
    5.04
    """
    return sum(WIDTHS.get(letter, DIGIT) for letter in text)


def side_by_side(middles: tuple[float, ...], texts: list[str]) -> bool:
    """Tell whether texts in one line, each around its middle, stand clear of each other.

    >>> side_by_side((0, 100), ["input", "output"]), side_by_side((0, 50), ["input", "output"])
    (True, False)
    """
    halves = [LEAST_TEXT * breadth(text) / 2 for text in texts]
    pairs = pairwise(zip(middles, halves, strict=True))
    return all(right - left - half - other >= WORD_GAP for (left, half), (right, other) in pairs)
