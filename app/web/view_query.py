"""How somebody looks at a lab, read from an address."""

from __future__ import annotations

from typing import Annotated, Literal

from fastapi import Query

from app.analysis.surface import NARROWEST, WIDEST
from app.lab.dials import PATTERN
from app.limits import ITERATIONS, ROWS
from app.page.view import View


def view_of(
    lens: Literal["", "activation", "error", "blame", "gradient", "weights"] = "",
    pace: Annotated[
        Literal["neuron", "layer", "phase", "iteration"], Query(description="how far one step goes")
    ] = "layer",
    example: Annotated[int, Query(ge=1, le=ROWS, description="which of the batch is drawn, from 1")] = 1,
    play: Literal["0", "1"] = "0",
    speed: Annotated[int, Query(ge=1, le=3)] = 2,
    pick: Annotated[
        str, Query(pattern=f"^{PATTERN}$", description="the mark looked at, such as n-1-2 or w-1-2-1")
    ] = "",
    panel: Literal[
        "", "inspect", "downhill", "surface", "model", "tables", "dials", "race", "words", "share"
    ] = "",
    voice: Literal["", "maths"] = "",
    epsilon: Annotated[str, Query(max_length=12, description="size of the nudge")] = "",
    run: Annotated[
        int, Query(ge=0, le=ITERATIONS, description="the iteration, from 0, a run still goes on to")
    ] = 0,
    across: Annotated[
        str, Query(pattern=f"^{PATTERN}$", description="the dial of the surface’s x axis")
    ] = "",
    up: Annotated[str, Query(pattern=f"^{PATTERN}$", description="the dial of the surface’s y axis")] = "",
    zoom: Annotated[
        int, Query(ge=NARROWEST, le=WIDEST, description="range of the surface, a power of two")
    ] = 0,
    below: Annotated[str, Query(max_length=12, description="the cost at which a run may stop")] = "",
    far: Annotated[int, Query(ge=0, le=ITERATIONS, description="the farthest iteration visited, from 0")] = 0,
    log: Literal["0", "1"] = "0",
    other_eta: Annotated[
        str, Query(max_length=12, description="learning rate of the run to compare with")
    ] = "",
    other_optimiser: Annotated[
        str, Query(max_length=12, description="optimiser of the run to compare with")
    ] = "",
    other_seed: Annotated[str, Query(max_length=10, description="seed of the run to compare with")] = "",
    maps: Annotated[
        Literal["", "beside", "inside", "1"], Query(description="where the response maps are; 1: beside")
    ] = "",
    digits: Annotated[int, Query(ge=3, le=8, description="significant digits of the numbers")] = 3,
    goal: Annotated[Literal["", "learned"], Query(description="what a run goes on until")] = "",
) -> View:
    """Read how somebody looks at a lab from the query."""
    return View(
        lens,
        pace,
        example,
        int(play),
        speed,
        pick,
        panel,
        voice,
        epsilon,
        below,
        run,
        across,
        up,
        zoom,
        far,
        int(log),
        other_eta.strip(),
        other_optimiser.strip(),
        other_seed.strip(),
        "beside" if maps == "1" else maps,
        digits,
        goal,
    )
