"""The exact dials beside the picture: all of them as text that somebody may type over."""

from __future__ import annotations

from dataclasses import dataclass

from app.analysis.predictions import dials_now
from app.lab.dial_list import dial_lines
from app.page.frame import Frame


@dataclass(frozen=True)
class Dials:
    """All dials as a person may type them, and what is wrong with the text where it is one that was sent."""

    text: str
    wrong: str = ""


def build(frame: Frame) -> Dials:
    """Write the dials down as they stand after what has happened; what could not be used stays as it was
    typed."""
    if "dials" in frame.wrong:
        return Dials(frame.typed, frame.wrong["dials"])
    return Dials(dial_lines(dials_now(frame.numbers), frame.numbers.network.sizes))
