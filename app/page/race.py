"""The race beside the picture: nudging every dial against backpropagation, counted, timed and drawn."""

from __future__ import annotations

from dataclasses import dataclass

from app.analysis import race as analysis
from app.page.frame import Frame
from app.picture.charts import growth_lines


@dataclass(frozen=True)
class Race:
    """The race for this network, timed here and now, and the growth of nudging and of backpropagation as
    lines."""

    found: analysis.Race
    lines: list[str]


def build(frame: Frame) -> Race:
    """Run the race; takes some milliseconds."""
    found = analysis.race(frame.numbers)
    lines = [[(dials, way[at]) for dials, *way in found.growth] for at in (0, 1)]
    return Race(found, growth_lines(lines))
