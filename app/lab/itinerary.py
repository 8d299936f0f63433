"""The order of events in one iteration, as a printable tuple of moments, and how far one click goes."""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache
from typing import NamedTuple

from app.engine.network import Network

PHASES = ("input", "forward", "cost", "backward", "descent")
PACES = ("neuron", "layer", "phase", "iteration")


class Moment(NamedTuple):
    """What has just happened: a phase, and where it happened; layer and neuron count from 1, 0 is none.

    A softmax layer is one moment without a neuron, since its neurons only have activations together.
    """

    phase: str
    layer: int = 0
    neuron: int = 0


@lru_cache(maxsize=512)
def itinerary(network: Network) -> tuple[Moment, ...]:
    """Return every moment of one iteration in order, from the input to the descent."""

    def layer_moments(phase: str, layer: int) -> list[Moment]:
        if network.coupled(layer):
            return [Moment(phase, layer)]
        return [Moment(phase, layer, neuron) for neuron in range(1, network.sizes[layer] + 1)]

    ahead = [moment for layer in network.layers for moment in layer_moments("forward", layer)]
    astern = [moment for layer in reversed(network.layers) for moment in layer_moments("backward", layer)]
    return (Moment("input"), *ahead, Moment("cost"), *astern, Moment("descent"))


@lru_cache(maxsize=2048)
def stops(network: Network, pace: str) -> tuple[int, ...]:
    """Return the positions in the itinerary at which a walk of this pace comes to rest."""
    moments = itinerary(network)
    groups: dict[str, Callable[[int], object]] = {
        "neuron": lambda position: position,
        "layer": lambda position: moments[position][:2],
        "phase": lambda position: moments[position].phase,
        "iteration": lambda position: "all of it",
    }
    group = groups[pace]
    last = len(moments) - 1
    inner = [p for p in range(last) if group(p) != group(p + 1)]
    return (*inner, last)


def onward(network: Network, place: int, pace: str) -> int:
    """Return the next place after `place` at which this pace comes to rest."""
    length = len(itinerary(network))
    iteration, position = divmod(place, length)
    ahead = [stop for stop in stops(network, pace) if stop > position]
    return iteration * length + ahead[0] if ahead else (iteration + 1) * length + stops(network, pace)[0]


def backward_from(network: Network, place: int, pace: str) -> int:
    """Return the last place before `place` at which this pace comes to rest; 0 is always one."""
    length = len(itinerary(network))
    iteration, position = divmod(place, length)
    behind = [stop for stop in stops(network, pace) if stop < position]
    if behind:
        return iteration * length + behind[-1]
    return max(0, (iteration - 1) * length + stops(network, pace)[-1])


def doing(network: Network, place: int, pace: str) -> tuple[Moment, ...]:
    """Return the moments of the last click at this pace: those of this iteration it has walked through."""
    length = len(itinerary(network))
    iteration, position = divmod(place, length)
    begin = backward_from(network, place, pace) - iteration * length
    return itinerary(network)[max(begin, -1) + 1 : position + 1] if place else (Moment("input"),)
