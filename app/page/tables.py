"""The moment's numbers as tables, beside the picture."""

from __future__ import annotations

from dataclasses import dataclass

from app.page.frame import Frame
from app.story.tables import Table, tables_of


@dataclass(frozen=True)
class Tables:
    """All tables of a moment."""

    tables: list[Table]


def build(frame: Frame) -> Tables:
    """Write the moment's numbers as tables."""
    return Tables(tables_of(frame.numbers, frame.example))
