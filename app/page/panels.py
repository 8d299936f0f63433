"""What can stand beside the picture. To add a panel: its module, templates/panels/_NAME.html, a line here."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from app.lab.budget import NotYet
from app.page import count, dials, downhill, inspect, model, race, share, surface, tables, words
from app.page.frame import Frame


@dataclass(frozen=True, kw_only=True)
class Panel:
    """A panel: its key in a view and the word and the letter that open it; `build` makes what its template
    receives, a frozen dataclass in which all that takes time is worked out already."""

    key: str
    word: str
    letter: str
    build: Callable[[Frame], object]


PANELS = {
    panel.key: panel
    for panel in (
        Panel(key="inspect", word="Inspect", letter="i", build=inspect.build),
        Panel(key="downhill", word="Downhill", letter="d", build=downhill.build),
        Panel(key="surface", word="Surface", letter="u", build=surface.build),
        Panel(key="model", word="Model", letter="m", build=model.build),
        Panel(key="tables", word="Tables", letter="t", build=tables.build),
        Panel(key="dials", word="Dials", letter="e", build=dials.build),
        Panel(key="race", word="Race", letter="r", build=race.build),
        Panel(key="count", word="Count", letter="c", build=count.build),
        Panel(key="words", word="Words", letter="g", build=words.build),
        Panel(key="share", word="Share", letter="s", build=share.build),
    )
}


@dataclass(frozen=True)
class Waiting:
    """Stand in for a panel whose numbers are still being worked out: how far, of how many iterations."""

    progress: int
    wanted: int
    complete: bool = False


def panel_of(frame: Frame) -> object:
    """Build the panel that stands beside a frame's picture, None where none does; one that is not worked out
    yet is waited for. What is beyond all numbers there is no fault."""
    try:
        with np.errstate(over="ignore", invalid="ignore", divide="ignore"):
            shown = frame.drawer and not frame.asking.closes(frame.drawer)
            return PANELS[frame.drawer].build(frame) if shown else None
    except NotYet as error:
        return Waiting(error.iteration + 1, error.wanted + 1)
