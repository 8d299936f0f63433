"""The way downhill beside the picture: the run so far, and this iteration's gradient."""

from __future__ import annotations

from dataclasses import dataclass

from app.page.frame import Frame
from app.page.gradient import Gradient
from app.page.run import Run, run_of


@dataclass(frozen=True)
class Downhill:
    """A run with its cost, and the gradient as far as it has happened."""

    run: Run
    gradient: Gradient


def build(frame: Frame) -> Downhill:
    """Work for a slice on the run's charts, and look at the gradient."""
    return Downhill(run_of(frame.lab, frame.history, frame.view), Gradient(frame.numbers))
