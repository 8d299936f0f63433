"""What of the picture is looked at."""

from __future__ import annotations

from app.lab.dials import Pick
from app.lab.itinerary import Moment
from app.lab.replay import Numbers


def natural_pick(numbers: Numbers, example: int, recent: tuple[Moment, ...]) -> Pick:
    """Return what to look at when nobody chose: of the neurons just computed the one with most to say, by its
    activation or its error; after a descent the dial that moved most."""
    phase, layer, _ = recent[-1]
    if phase in ("forward", "backward"):
        table = numbers.forward.a if phase == "forward" else numbers.backward.delta
        sizes = abs(table[layer][:, example])
        chosen = [m.neuron for m in recent if m[:2] == (phase, layer)]
        if 0 in chosen:
            chosen = list(range(1, len(sizes) + 1))
        return Pick("n", layer, max(chosen, key=lambda j: sizes[j - 1]))
    if phase == "cost":
        return Pick("cost")
    if phase == "descent":
        moves = (numbers.after - numbers.parameters).map(abs)
        found = [
            (float(block.max()), kind, at, *divmod(int(block.argmax()), block.shape[1]))
            for kind, blocks in (("w", moves.w), ("b", moves.b))
            for at, block in sorted(blocks.items())
        ]
        _, kind, at, row, place = max(found, key=lambda entry: entry[0])
        return Pick(kind, at, row + 1, place + 1 if kind == "w" else 0)
    return Pick("n", 0, 1)
