"""Who of a layer is blamed most, and what that asks of a neuron."""

from __future__ import annotations

from app.lab.fingers import CLOSE


def wish(delta: float) -> str:
    """Say what an error asks of its neuron."""
    if delta == 0:
        return "has nothing to answer for"
    return "should fire less ▼" if delta > 0 else "should fire more ▲"


def verdict(deltas: dict[str, float]) -> str:
    """Say who is blamed most, given errors by name; those that differ by nothing but rounding share the
    blame.

    >>> verdict({"h₁": -0.2, "h₂": 0.1}), verdict({"h₁": -0.2, "h₂": 0.2})
    ('h₁ is blamed most and should fire more ▲', 'h₁ and h₂ are blamed most, and alike')
    """
    top = max(map(abs, deltas.values()))
    alike = [name for name, delta in deltas.items() if abs(delta) >= top * (1 - CLOSE)]
    if not top:
        return "Nobody keeps any"
    if len(alike) == 1:
        return f"{alike[0]} is blamed most and {wish(deltas[alike[0]])}"
    if len(alike) == len(deltas) > 2:
        return "All are blamed alike"
    return f"{', '.join(alike[:-1])} and {alike[-1]} are blamed most, and alike"
