"""What can stand beside the picture. To add a panel: its module, templates/panels/_NAME.html, a line here."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from app.lab.budget import NotYet
from app.notation.language import N_
from app.page import count, dials, downhill, inspect, model, race, share, surface, tables, words
from app.page.frame import Frame
from app.page.work import closed


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
        Panel(key="inspect", word=N_("Inspect"), letter="i", build=inspect.build),
        Panel(key="downhill", word=N_("Downhill"), letter="d", build=downhill.build),
        Panel(key="surface", word=N_("Surface"), letter="u", build=surface.build),
        Panel(key="model", word=N_("Model"), letter="m", build=model.build),
        Panel(key="tables", word=N_("Tables"), letter="t", build=tables.build),
        Panel(key="dials", word=N_("Dials"), letter="e", build=dials.build),
        Panel(key="race", word=N_("Race"), letter="r", build=race.build),
        Panel(key="count", word=N_("Count"), letter="c", build=count.build),
        Panel(key="words", word=N_("Words"), letter="g", build=words.build),
        Panel(key="share", word=N_("Share"), letter="s", build=share.build),
    )
}


@dataclass(frozen=True)
class Waiting:
    """Stand in for a panel whose numbers are still being worked out: how far, of how many iterations;
    of none for one that is closed."""

    progress: int
    wanted: int
    complete: bool = False


def panel_of(frame: Frame) -> object:
    """Build the panel that stands beside a frame's picture, None where none does; one that is not worked out
    yet is waited for, and one that would tell what is worked out stays closed. What is beyond all numbers
    there is no fault."""
    if closed(frame):
        return Waiting(0, 0, complete=True)
    try:
        with np.errstate(over="ignore", invalid="ignore", divide="ignore"):
            shown = frame.drawer and not frame.asking.closes(frame.drawer)
            return PANELS[frame.drawer].build(frame) if shown else None
    except NotYet as error:
        return Waiting(error.iteration + 1, error.wanted + 1)
