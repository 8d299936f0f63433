"""The glossary beside the picture."""

from __future__ import annotations

from dataclasses import dataclass

from app.page.frame import Frame
from app.story.glossary import GLOSSARY
from app.story.plain_words import Entry


@dataclass(frozen=True)
class Words:
    """The words that a page explains."""

    entries: list[Entry]


def build(frame: Frame) -> Words:
    """Return the whole glossary, whatever the frame."""
    return Words(list(GLOSSARY.values()))
