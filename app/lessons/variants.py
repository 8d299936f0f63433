"""The networks of a worksheet: one example with numbers as they are printed, this lab’s own or drawn anew."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import numpy as np
from numpy.random import RandomState

from app.datasets.own import own_from
from app.engine.backprop import backward, costs_of, forward
from app.engine.network import Network
from app.engine.parameters import Array, Parameters, zeros
from app.lab.recipe import Recipe
from app.lab.replay import Numbers
from app.notation.numbers import plain

DIGITS = 3  # that every printed number has at most
LEAST, MOST = 0.001, 1000.0  # no result is smaller or larger by size
LEFT = 0.2  # of the largest term of a sum is left at least: else rounding on the way shows in the result
OPEN = 0.25  # of its steepest slope a neuron keeps at least: none is saturated
TRIES = 300  # at one learning rate
RATES = (0.5, 1.0, 2.0, 5.0)  # taken in turn where a smaller one moves some dial by too little to be seen
BELOW = np.array([[-1.0]])
TENTHS = np.arange(2, 10) / 10
TWENTIETHS = np.arange(3, 20) / 20
HUNDREDTHS = np.array([n for n in range(11, 100) if n % 10]) / 100


class NoVariant(Exception):
    """Say that no numbers were found with which every step of a network is worth working out."""


def on_paper(numbers: Numbers, example: int) -> Recipe:
    """Return the network of a moment and one column of its batch, all numbers as they are printed, to be
    trained by plain descent."""
    dials = [plain(value, DIGITS) for value in numbers.parameters.vector().tolist()]
    inputs, targets = numbers.x[:, example].tolist(), numbers.y[:, example].tolist()
    return written(replace(numbers.recipe, eta=plain(numbers.eta, DIGITS)), dials, inputs, targets)


def written(recipe: Recipe, dials: list[float], inputs: list[float], targets: list[float]) -> Recipe:
    """Return a recipe of these numbers and of nothing but one example, rounded for print."""
    x, y = ([plain(value, DIGITS) + 0.0 for value in values] for values in (inputs, targets))
    if recipe.network.output.couples:  # shares make a whole, also when they are rounded
        y[-1] = plain(1.0 - sum(y[:-1]), DIGITS) + 0.0
    own = own_from({"inputs": [x], "targets": [y]})
    return Recipe(
        data=own.key,
        own=own,
        hidden=recipe.hidden,
        activation=recipe.activation,
        output=recipe.output,
        cost=recipe.cost,
        eta=recipe.eta,
        parameters=tuple(value + 0.0 for value in dials),
        biases=recipe.biases,
        held=recipe.held,
        test=0.0,
    )


def drawn(recipe: Recipe, seed: int, count: int) -> Iterator[Recipe]:
    """Yield a network like this one `count` times, each with numbers of its own; raises NoVariant. The n-th
    of a seed is always the same."""
    seen: set[tuple[object, ...]] = set()
    for number in range(1, count + 1):
        made = variant(recipe, RandomState([seed, number]), seen)
        recipe = replace(recipe, eta=made.eta)
        yield made


def variant(recipe: Recipe, random: RandomState, seen: set[tuple[object, ...]]) -> Recipe:
    """Return a network like this one, none of those `seen`, whose numbers are drawn until each step is worth
    working out."""
    network, data = recipe.network, recipe.dataset
    for eta in (recipe.eta, *(rate for rate in RATES if rate > recipe.eta)):
        for _ in range(TRIES):
            dials = dials_drawn(network, random, biases=recipe.biases)
            x = sized(random, network.sizes[0], TENTHS, signed=bool((data.x < 0).any()))
            y = data.y[:, random.randint(data.rows)]
            made, y = replace(recipe, eta=eta), np.array([plain(value, DIGITS) for value in y.tolist()])
            numbers = (*dials.vector().tolist(), *x.tolist(), *y.tolist())
            if numbers not in seen and clear(network, dials, x, y) and moves(made, dials, x, y):
                seen.add(numbers)
                return written(made, dials.vector().tolist(), x.tolist(), y.tolist())
    raise NoVariant


def dials_drawn(network: Network, random: RandomState, *, biases: bool) -> Parameters:
    """Return dials of one or two digits, those of a layer all of different size; the biases of neurons that
    are deaf below zero lift them above it."""
    found = zeros(network.sizes).map(np.copy)
    for layer in network.layers:
        to, sources = network.sizes[layer], network.sizes[layer - 1]
        values = sized(random, to * (sources + 1), TENTHS, signed=True)
        found.w[layer][...] = values[to:].reshape(to, sources)
        if biases:
            hearing = awake(network, layer, BELOW)
            found.b[layer][...] = (values[:to] if hearing else np.abs(values[:to]))[:, None]
    return found


def sized(random: RandomState, count: int, pool: Array, *, signed: bool) -> Array:
    """Draw so many numbers of different size, with as few digits as there are enough of."""
    pool = next((one for one in (pool, TWENTIETHS) if len(one) >= count), HUNDREDTHS)
    chosen: Array = random.choice(pool, count, replace=False)
    return chosen * random.choice([-1.0, 1.0], count) if signed else chosen


def clear(network: Network, dials: Parameters, x: Array, y: Array) -> bool:
    """Tell whether nothing in a pass to and fro is degenerate: no neuron saturated, no result too small to
    be written, and no two alike where a slip would then be right by chance."""
    inputs, target = x[:, None], y[:, None]
    reached = forward(network, dials, inputs)
    if any(not awake(network, layer, reached.z[layer]) for layer in network.layers):
        return False
    blamed = backward(network, dials, reached, target)
    if not legible(costs_of(network, reached, target)):
        return False
    if not lasting(np.hstack([reached.a[network.last], -target])):
        return False
    for layer in network.layers:
        z, a, delta = reached.z[layer], reached.a[layer], blamed.delta[layer]
        heard = np.hstack([dials.w[layer] * reached.a[layer - 1].T, dials.b[layer]])
        handed_on = dials.w[layer].T * delta.T
        if not lasting(heard) or (layer > 1 and not lasting(handed_on)):
            return False
        columns = [z, a, delta, np.hstack([blamed.nabla.w[layer], delta])]
        slope = network.activation(layer).slope(z)
        if not network.coupled(layer):
            columns.append(blamed.received[layer])
            if (slope != 1).all():  # else a is z, and δ is what is received
                columns += np.split(np.stack([z, a, slope], axis=1), len(z))
                columns += np.split(np.stack([blamed.received[layer], delta], axis=1), len(z))
        if not all(legible(column) and apart(column) for column in columns):
            return False
    return True


def awake(network: Network, layer: int, z: Array) -> bool:
    """Tell whether no neuron of a layer is saturated."""
    activation = network.activation(layer)
    return bool((np.abs(activation.slope(z)) >= OPEN * activation.steepest).all())


def lasting(terms: Array) -> bool:
    """Tell whether no sum, one in each row, is much smaller than its terms."""
    return bool((np.abs(terms.sum(axis=1)) >= LEFT * np.abs(terms).max(axis=1)).all())


def legible(values: Array) -> bool:
    """Tell whether numbers are of a size that is written without a power of ten."""
    size = np.abs(values)
    return bool((size >= LEAST).all() and (size < MOST).all())


def apart(values: Array) -> bool:
    """Tell whether no two numbers look alike in print."""
    found = values.ravel().tolist()
    return len({f"{value:.{DIGITS - 1}e}" for value in found}) == len(found)


def moves(recipe: Recipe, dials: Parameters, x: Array, y: Array) -> bool:
    """Tell whether one step can be seen in every dial that is free, in as many digits as are printed."""
    reached = forward(recipe.network, dials, x[:, None])
    nabla = backward(recipe.network, dials, reached, y[:, None]).nabla
    old, change = dials.vector(), recipe.eta * nabla.vector()
    free = np.ones(len(old), bool) if recipe.still is None else recipe.still.vector() == 0
    turned = np.stack([old[free], (old - change)[free]], axis=1)
    return legible(turned[:, 1]) and lasting(np.diff(turned, prepend=0)) and all(map(apart, turned))
