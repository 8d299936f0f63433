"""What is known at a moment, worked out anew from the engine alone: neither replay, itinerary nor lab is
asked."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

import numpy as np

from app.datasets.dataset import Dataset, divided
from app.datasets.generated import generated
from app.datasets.tables import DATASETS
from app.engine.activations import ACTIVATIONS
from app.engine.backprop import Backward, Forward, backward, costs_of, forward
from app.engine.costs import COSTS
from app.engine.descent import first_memory
from app.engine.fast.run import Run
from app.engine.initialisers import initial
from app.engine.network import Network
from app.engine.optimisers import Memory
from app.engine.parameters import Parameters
from app.lab.recipe import Recipe

LENS_OF = {
    "input": "activation",
    "forward": "activation",
    "cost": "activation",
    "backward": "error",
    "descent": "gradient",
}
PHASES = tuple(LENS_OF)


@dataclass(frozen=True)
class Known:
    """Everything that has happened up to a place, and nothing else; arrays as the engine keeps them."""

    sizes: tuple[int, ...]
    network: Network
    iteration: int
    phase: str
    layer: int | None
    neuron: int | None
    examples: list[int]  # from 1
    data: Dataset
    eta: float
    eta_next: float  # what is in force next; before the descent this iteration's
    x: np.ndarray
    y: np.ndarray
    before: Parameters
    forward: Forward
    backward: Backward = field(default_factory=Backward)
    costs: np.ndarray | None = None
    after: Parameters | None = None
    costs_after: np.ndarray | None = None
    again: Forward | None = None  # the batch asked once more, with the new dials
    fall: tuple[
        float, ...
    ] = ()  # mean cost over all examples at the start of each iteration; then the new one
    memory: Memory = ()  # what the optimiser remembers, before the descent and after it
    optimiser: str = "descent"
    decay: float = 0.0
    regulariser: str = "none"
    biased: bool = True  # whether its neurons have biases
    held: Parameters | None = None  # 1 for each dial that keeps its value
    coming: tuple[int, ...] = ()  # the next iteration's examples, from 1

    @property
    def rows(self) -> int:
        """Count the examples to learn from."""
        return self.data.rows

    def finite(self) -> bool:
        """Tell whether all of it can be written down."""
        blocks = [*self.forward.z.values(), *self.forward.a.values()]
        blocks += [rows for layer, rows in self.backward.received.items() if layer < self.network.last]
        blocks += [*self.backward.delta.values(), *self.backward.nabla.blocks(), *self.before.blocks()]
        blocks += [] if self.costs is None else [self.costs]
        blocks += [] if self.after is None else [*self.after.blocks(), self.costs_after]
        return all(np.isfinite(block).all() for block in blocks)


def moments_of(network: Network) -> list[tuple[str, int | None, int | None]]:
    """List (phase, layer, neuron) of one iteration."""
    ahead, last = [], network.last
    for layer in range(1, last + 1):
        together = layer == last and network.output.key == "softmax"
        ahead += [(layer, None)] if together else [(layer, j) for j in range(1, network.sizes[layer] + 1)]
    astern = sorted(ahead, key=lambda at: (-at[0], at[1] or 0))
    found = [("forward", *at) for at in ahead], [("backward", *at) for at in astern]
    return [("input", None, None), *found[0], ("cost", None, None), *found[1], ("descent", None, None)]


def data_of(recipe: Recipe) -> Dataset:
    """Return the examples of a recipe."""
    if recipe.data in DATASETS:
        return DATASETS[recipe.data]
    if recipe.own is not None:
        return divided(recipe.own, recipe.data_seed, recipe.test)
    return generated(recipe.data, recipe.size, recipe.noise, recipe.data_seed, recipe.test)


def network_of(recipe: Recipe) -> Network:
    """Return the network of a recipe, put together from its keys."""
    data = data_of(recipe)
    sizes = (len(data.x), *recipe.hidden, len(data.y))
    keys = recipe.activation.split(",")
    inside = tuple(ACTIVATIONS[keys[min(at, len(keys) - 1)]] for at in range(len(recipe.hidden)))
    return Network(sizes, inside, ACTIVATIONS[recipe.output], COSTS[recipe.cost])


def in_force(recipe: Recipe, what: str, iteration: int) -> tuple[int, float] | None:
    """Return (since, value) of the newest change of this kind, None without one."""
    found = [(c.iteration, c.value) for c in recipe.changes if c.what == what and c.iteration <= iteration]
    return found[-1] if found else None


def eta_of(recipe: Recipe, iteration: int) -> float:
    """Return the learning rate of an iteration."""
    return (in_force(recipe, "eta", iteration) or (0, recipe.eta))[1]


def way_of(recipe: Recipe) -> dict[str, Any]:
    """Return what a step downhill is made of, but for its length."""
    return {"optimiser": recipe.optimiser, "regulariser": recipe.regulariser, "decay": recipe.decay}


def examples_of(recipe: Recipe, iteration: int) -> list[int]:
    """Return the columns of an iteration's examples, from 0."""
    since, first = in_force(recipe, "example", iteration) or (0, 1)
    begin = int(first) - 1 + (iteration - since) * recipe.batch
    return [(begin + step) % data_of(recipe).rows for step in range(recipe.batch)]


def typed(recipe: Recipe, dials: Parameters, iteration: int) -> Parameters:
    """Return the dials with those replaced that were typed in."""
    dials = dials.map(np.array)
    for at, what, value in recipe.changes:
        kind, *index = what.split("-")
        if at == iteration and index:
            layer, *place = map(int, index)
            getattr(dials, kind)[layer][tuple(number - 1 for number in (*place, 1)[:2])] = value
    return dials


def held(recipe: Recipe, dials: Parameters) -> Parameters | None:
    """Return 1 for each dial that keeps its value, 0 for the others; None where all may move."""
    still = dials.map(np.zeros_like)
    for layer in still.b:
        still.b[layer][...] = not recipe.biases
    for mark in recipe.held:
        kind, layer, *place = mark.split("-")
        block = getattr(still, kind).get(int(layer))
        at = tuple(int(number) - 1 for number in (*place, 1)[:2])
        if block is not None and at[0] < block.shape[0] and at[1] < block.shape[1]:
            block[at] = 1.0
    return still if any(block.any() for block in still.blocks()) else None


def cost_over_all(network: Network, data: Dataset, dials: Parameters) -> float:
    """Return the mean cost over the examples to learn from."""
    with np.errstate(all="ignore"):
        return float(costs_of(network, forward(network, dials, data.x), data.y).mean())


def known(recipe: Recipe, place: int) -> Known:
    """Work out the whole run up to a place."""
    network, data = network_of(recipe), data_of(recipe)
    moments = moments_of(network)
    dials = initial(recipe.initialiser, network.sizes, recipe.seed)
    if not recipe.biases:
        dials = Parameters(dials.w, {layer: b * 0.0 for layer, b in dials.b.items()})
    if recipe.parameters is not None:
        dials = dials.filled(np.array(recipe.parameters))
    memory, iteration, way = first_memory(recipe.optimiser, dials), place // len(moments), way_of(recipe)
    fall: list[float] = []
    run = Run(network, data.x, data.y, recipe.batch, **way, held=held(recipe, dials))
    for now in range(
        iteration + 1
    ):  # every descent goes the fast way; others test that it leads where the readable one does
        before, old, eta = typed(recipe, dials, now), memory, eta_of(recipe, now)
        fall.append(cost_over_all(network, data, before))
        run.load(before, old)
        run.go(1, first=examples_of(recipe, now)[0], eta=eta, t=now + 1)
        dials, memory = run.parameters(), run.remembered()
    after, columns = dials, examples_of(recipe, iteration)
    with np.errstate(all="ignore"):
        x, y = data.x[:, columns], data.y[:, columns]
        phase, layer, neuron = moments[place % len(moments)]
        step, cursor = PHASES.index(phase), None if layer is None else (layer, neuron)
        stop = {"input": (0, 0), "forward": cursor}.get(phase)
        reached, again = forward(network, before, x, stop), forward(network, after, x) if step == 4 else None
        return Known(
            network.sizes,
            network,
            iteration,
            phase,
            layer,
            neuron,
            examples=[column + 1 for column in columns],
            data=data,
            eta=eta,
            eta_next=eta_of(recipe, iteration + (step == 4)),
            x=x,
            y=y,
            before=before,
            forward=reached,
            backward=backward(network, before, reached, y, cursor) if step >= 3 else Backward(),
            costs=costs_of(network, reached, y) if step >= 2 else None,
            after=after if step == 4 else None,
            costs_after=costs_of(network, again, y) if again else None,
            again=again,
            fall=(*fall, *([cost_over_all(network, data, after)] if again else [])),
            memory=(*old, *memory) if step == 4 else (),
            optimiser=recipe.optimiser,
            decay=recipe.decay,
            regulariser=recipe.regulariser,
            biased=recipe.biases,
            held=held(recipe, before),
            coming=tuple(column + 1 for column in examples_of(recipe, iteration + 1)),
        )
