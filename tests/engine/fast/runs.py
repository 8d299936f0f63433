"""Runs to test with: the fast way beside the readable one."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from app.engine.descent import first_memory
from app.engine.fast.run import Run
from tests.engine.networks import Case, network, seeded_case
from tests.engine.rounding import reckoned


def drawn(
    keys: tuple[str, str, str], sizes: tuple[int, ...], rows: int, seed: int, sure: bool = True
) -> Case:
    """Return a case of so many examples; `sure`: its targets are 0 or 1."""
    case = seeded_case(network(sizes, *keys), rows, seed)
    return replace(case, y=(case.y > 0.5).astype(float)) if sure else case


def run_of(case: Case, batch: int, optimiser: str = "descent", *more, **way) -> Run:
    """Return a run that stands at the case's dials."""
    way |= dict(zip(("regulariser", "decay"), more, strict=False))
    run = Run(case.network, case.x, case.y, batch, optimiser=optimiser, **way)
    run.load(case.parameters, first_memory(optimiser, case.parameters))
    return run


def follow(case: Case, batch: int, iterations: int, *, first: int = 0, eta: float = 0.1, **way) -> bool:
    """Go iteration by iteration, and have the readable way reckon each once more. Tell whether all were
    compared."""
    dials, memory = case.parameters, first_memory(way["optimiser"], case.parameters)
    runs = ways_of(case, batch, **way)
    for t in range(1, iterations + 1):
        turn = [(first + (t - 1) * batch + step) % case.x.shape[1] for step in range(batch)]
        with np.errstate(all="ignore"):
            found = reckoned(
                case.network, dials, memory, case.x[:, turn], case.y[:, turn], eta=eta, t=t, **way
            )
        if found is None or not found[0].finite() or np.abs(found[0].vector()).max() > 1e3:
            return False
        for run in runs:
            run.load(dials, memory)
            run.go(1, first=turn[0], eta=eta, t=t)
            assert (np.abs(run.parameters().vector() - found[0].vector()) <= found[2]).all()
            for mine, other in zip(run.remembered(), found[1], strict=True):
                np.testing.assert_allclose(mine.vector(), other.vector(), rtol=1e-12, atol=1e-12)
        dials, memory = runs[0].parameters(), runs[0].remembered()
    return True


def ways_of(case: Case, batch: int, *more, **way) -> list[Run]:
    """Return the run, and where it goes without arrays a second one that does not."""
    run, other = run_of(case, batch, *more, **way), run_of(case, batch, *more, **way)
    if run.straight is None:
        return [run]
    other.straight = None
    return [run, other]


def bits(run: Run) -> bytes:
    """Return all that a run has come to."""
    return b"".join(part.vector().tobytes() for part in (run.parameters(), *run.remembered()))
