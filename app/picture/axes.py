"""The square that surfaces and maps are drawn in, and room around it for labels. SVG user units."""

from __future__ import annotations

import math
from dataclasses import dataclass

from app.picture.text_width import LEAST_TEXT, breadth

SIZE = 300.0
PANEL = 338.0  # pixels, the least that a drawing beside the picture is wide on a screen of 1280 × 720


@dataclass(frozen=True)
class Edges:
    """Room around a square of SIZE for its axes' labels: the drawing's viewBox, their size, and the line they
    stand on."""

    box: str
    size: float
    foot: float


def edges_of(upward: list[str], spare: float) -> Edges:
    """Make room for the labels of the upward axis, wide ones too, and `spare` around the rest; none gets too
    small to read.

    The size follows from: size · PANEL / width ≥ LEAST_TEXT, where the width grows with the labels.
    """
    widest = max(map(breadth, upward))
    size = math.ceil(10 * LEAST_TEXT * (SIZE + spare + 8) / (PANEL - LEAST_TEXT * widest)) / 10
    left, foot = math.ceil(size * widest + 8), SIZE + spare + size
    return Edges(f"{-left:g} {-spare:g} {left + SIZE + spare:g} {spare + foot + 6:g}", size, foot)
