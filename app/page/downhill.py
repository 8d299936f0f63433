"""The way downhill beside the picture: the run so far, and this iteration's gradient."""

from __future__ import annotations

from dataclasses import dataclass

from app.page.frame import Frame
from app.page.gradient import DialBar, Gradient
from app.page.run import Run, run_of


@dataclass(frozen=True)
class Downhill:
    """A run with its cost, and the gradient as far as it has happened: dial by dial in `layers`, what became
    of its `promise`, and each layer's mean error."""

    run: Run
    gradient: Gradient
    layers: list[tuple[int, list[DialBar]]]
    promise: list[tuple[str, str, str]]
    errors: list[tuple[str, str, float]]


def build(frame: Frame) -> Downhill:
    """Work for a slice on the run's charts, and look at the gradient."""
    gradient = Gradient(frame.numbers)
    return Downhill(
        run=run_of(frame.lab, frame.history, frame.view),
        gradient=gradient,
        layers=gradient.gradient,
        promise=gradient.promise,
        errors=gradient.errors,
    )
