"""Questions about where a descent leads: the whole set's cost, another example's output, the best η."""

from __future__ import annotations

import numpy as np

from app.engine.backprop import backward, forward
from app.engine.gradcheck import mean_cost
from app.engine.parameters import Parameters
from app.lab.recipe import Recipe
from app.lab.replay import Numbers
from app.lessons.question import Choice, Posed, Question, chance
from app.notation import names
from app.notation.language import _
from app.notation.numbers import figure, moved

FACTOR = 4  # between one η of three and the next
POWERS = range(-4, 7)  # of it, by which the recipe's η is tried


def falls(numbers: Numbers, example: int) -> Posed | None:
    """Ask whether a step on this batch makes the cost of all examples fall."""
    data = numbers.recipe.dataset
    if numbers.after is None:
        return None
    old, new = (
        mean_cost(numbers.network, dials, data.x, data.y) for dials in (numbers.parameters, numbers.after)
    )
    if figure(old) == figure(new) or not np.isfinite(new):
        return None
    if new < old and chance(numbers, "falls") % 4 == 0:
        return None  # it falls more often than not
    told = {"move": moved(old, new)}
    if new < old:
        why = _("It falls, {move}: what this step learned helps the others too.", **told)
        wrong = _("A step on a few examples may raise the others’ cost, and this time it did not.")
    else:
        why = _("It rises, {move}: what this step learned, the others have paid for.", **told)
        wrong = _("Descent promises a fall only for the examples that it was taken on, and for small steps.")
    return Posed(
        text=_("After this step, will the cost of all the examples together fall or rise?"),
        choices=(Choice("falls", _("it falls")), Choice("rises", _("it rises"))),
        right=frozenset({"falls" if new < old else "rises"}),
        why=why,
        wrong={"": wrong},
    )


def elsewhere(numbers: Numbers, example: int) -> Posed | None:
    """Ask whether an output for another example rises or falls."""
    data, network, drawn = numbers.recipe.dataset, numbers.network, chance(numbers, "elsewhere")
    if numbers.after is None:
        return None
    others = [at for at in range(data.rows) if at not in numbers.examples]
    other, at = others[drawn % len(others)], drawn // 1000 % network.sizes[-1]
    x = data.x[:, other : other + 1]
    old, new = (
        float(forward(network, dials, x).a[network.last][at, 0])
        for dials in (numbers.parameters, numbers.after)
    )
    if figure(old) == figure(new):
        return None
    told = {
        "neuron": names.neuron(network.sizes, network.last, at + 1),
        "number": other + 1,
        "move": moved(old, new),
    }
    if new > old:
        why = _("For example {number} {neuron} rises, {move}.", **told)
    else:
        why = _("For example {number} {neuron} falls, {move}.", **told)
    return Posed(
        text=_(
            "After this step, will {neuron} rise or fall for example {number}, which takes no part in it?",
            **told,
        ),
        choices=(Choice("rises", _("it rises")), Choice("falls", _("it falls"))),
        right=frozenset({"rises" if new > old else "falls"}),
        why=why,
        wrong={
            "": _(
                "All examples share the same weights: a step on one moves the answers to the others, "
                "mostly the way of its own."
            )
        },
    )


def full_step(numbers: Numbers) -> Parameters:
    """Return the gradient over all examples."""
    data, network, dials = numbers.recipe.dataset, numbers.network, numbers.parameters
    return backward(network, dials, forward(network, dials, data.x), data.y).nabla


def rate(numbers: Numbers, example: int) -> Posed | None:
    """Ask which learning rate of three would be best for one full step."""
    data, nabla = numbers.recipe.dataset, full_step(numbers)
    rates = [numbers.eta * float(FACTOR) ** power for power in POWERS]
    with np.errstate(over="ignore", invalid="ignore"):
        costs = [
            mean_cost(numbers.network, numbers.parameters - eta * nabla, data.x, data.y) for eta in rates
        ]
    best = int(np.argmin(np.nan_to_num(costs, nan=np.inf)))
    begin = best - chance(numbers, "rate") % 3
    three, found = rates[max(begin, 0) : begin + 3], costs[max(begin, 0) : begin + 3]
    told = [figure(cost) for cost in found]
    if len(three) < 3 or told.count(figure(costs[best])) > 1:
        return None
    keys = ("small", "middle", "large")
    return Posed(
        text=_(
            "Of these three learning rates, with which would one full step on all examples lower the cost "
            "most?"
        ),
        choices=tuple(Choice(key, f"η = {figure(eta)}") for key, eta in zip(keys, three, strict=True)),
        right=frozenset({keys[best - begin]}),
        why=_(
            "The cost would become {first}, {second} and {third}: η = {best} leaves the least.",
            first=told[0],
            second=told[1],
            third=told[2],
            best=figure(rates[best]),
        ),
        wrong={
            "small": _("A small step is safe, but it leaves some of the way down unused."),
            "middle": _(
                "The middle one need not be the best: only the cost’s curve along the gradient tells."
            ),
            "large": _("A long step can go beyond the bottom of the valley and up on the other side."),
        },
    )


def parted(recipe: Recipe) -> bool:
    """Tell whether a batch is not all the examples."""
    return recipe.batch < recipe.dataset.rows


FALLS = Question(key="falls", phase="descent", fits=parted, pose=falls)
ELSEWHERE = Question(key="elsewhere", phase="descent", fits=parted, pose=elsewhere)
RATE = Question(key="rate", phase="descent", fits=lambda recipe: True, pose=rate)
