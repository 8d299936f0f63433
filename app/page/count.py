"""The count beside the picture: nudging every dial against backpropagation, counted, timed and drawn."""

from __future__ import annotations

from dataclasses import dataclass

from app.analysis import count as analysis
from app.page.frame import Frame
from app.picture.charts import growth_lines


@dataclass(frozen=True)
class Count:
    """What both ways cost this network, timed here and now, and the growth of nudging and of backpropagation
    as lines."""

    found: analysis.Count
    lines: list[str]


def build(frame: Frame) -> Count:
    """Count and time both ways; takes some milliseconds."""
    found = analysis.count(frame.numbers)
    lines = [[(dials, way[at]) for dials, *way in found.growth] for at in (0, 1)]
    return Count(found, growth_lines(lines))
