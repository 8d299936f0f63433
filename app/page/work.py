"""Work it out: a page on which what is asked for has not happened yet, wherever it would be told."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from app.lab.lab import Lab
from app.lab.replay import Numbers
from app.lessons.working import work_out
from app.page.frame import Frame

TELLING = ("downhill", "surface", "model", "race")  # panels that would tell what is asked for


def covered(frame: Frame, numbers_at: Callable[[Lab], Numbers]) -> Frame:
    """Return a frame as it was before the first result that is still to be worked out, the lab's moves as
    they are; the frame itself where nothing is."""
    if not (frame.view.work and frame.drawer):
        return frame
    view, pick = replace(frame.view, tried=""), frame.selection.pick
    work = work_out(frame.numbers, frame.example, pick, solved=view.solved, tried=frame.view.tried)
    found = replace(frame, view=replace(view, solved=work.solved), work=work)
    if work.open is None:
        return found
    return replace(found, numbers=numbers_at(replace(frame.lab, place=work.before)))


def closed(frame: Frame) -> bool:
    """Tell whether the panel beside the picture would tell what is asked for."""
    return frame.work is not None and frame.work.open is not None and frame.drawer in TELLING
