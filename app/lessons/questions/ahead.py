"""Questions about the way forward: on which side the output errs, and which hidden neuron it needs most."""

from __future__ import annotations

import numpy as np

from app.engine.costs import cost_terms
from app.engine.parameters import Array
from app.lab.replay import Numbers
from app.lessons.question import Choice, Posed, Question, chance, leader, neurons, several_hidden
from app.notation import names
from app.notation.language import _
from app.notation.numbers import figure


def side(numbers: Numbers, example: int) -> Posed | None:
    """Ask whether an output will be above its target or below."""
    last, targets = numbers.network.last, numbers.y[:, example]
    drawn = chance(numbers, "side")
    at = int(targets.argmax()) if drawn % 2 else drawn // 2 % len(targets)
    said, target = float(numbers.forward.a[last][at, example]), float(targets[at])
    if figure(said) == figure(target):
        return None
    named = {"neuron": names.neuron(numbers.network.sizes, last, at + 1)}
    told = {**named, "answer": figure(said), "target": figure(target)}
    low, high = numbers.network.output.span
    if target in (low, high):
        wrong = _(
            "{neuron} can only answer between {low} and {high}: beside a target at one end it can err on one "
            "side alone.",
            **named,
            low=figure(low),
            high=figure(high),
        )
    else:
        wrong = _("The target does not tell the side: weights and biases decide what {neuron} says.", **named)
    if said > target:
        why = _("{neuron} says {answer} and should say {target}: too high.", **told)
    else:
        why = _("{neuron} says {answer} and should say {target}: too low.", **told)
    return Posed(
        text=_("Will {neuron} answer too high or too low?", **named),
        choices=(Choice("high", _("too high")), Choice("low", _("too low"))),
        right=frozenset({"high" if said > target else "low"}),
        why=why,
        wrong={"": wrong},
    )


def without(numbers: Numbers, example: int) -> Array:
    """Return an example's cost without each neuron of the last hidden layer in turn, shape (n_H,)."""
    network, last = numbers.network, numbers.network.last
    heard = numbers.forward.a[last - 1][:, example : example + 1] * (1 - np.eye(network.sizes[last - 1]))
    z = numbers.parameters.w[last] @ heard + numbers.parameters.b[last]
    y = np.repeat(numbers.y[:, example : example + 1], z.shape[1], axis=1)
    found: Array = cost_terms(network.cost, network.output, z, network.output.value(z), y).sum(axis=0)
    return found


def unplug(numbers: Numbers, example: int) -> Posed | None:
    """Ask without which hidden neuron the cost would be largest."""
    if numbers.costs is None:
        return None
    cost, costs = float(numbers.costs[example]), without(numbers, example)
    choices = neurons(numbers, numbers.network.last - 1)
    best = leader((costs - cost).tolist())
    if best is None or figure(costs[best]) == figure(cost):
        return None
    busiest = int(np.abs(numbers.forward.a[numbers.network.last - 1][:, example]).argmax())
    told = {"neuron": choices[best].name, "cost": figure(cost), "more": figure(costs[best])}
    wrong = {
        choice.key: _(
            "Without {neuron} the cost would be {cost}: what counts is what the outputs hear of it, and "
            "whether that helps.",
            neuron=choice.name,
            cost=figure(costs[at]),
        )
        for at, choice in enumerate(choices)
    }
    wrong[choices[busiest].key] = _(
        "{neuron} is the busiest, but being loud is not being needed: without it the cost would be {cost}.",
        neuron=choices[busiest].name,
        cost=figure(costs[busiest]),
    )
    return Posed(
        text=_("Which hidden neuron, if it were unplugged, would make this example’s cost rise most?"),
        choices=choices,
        right=frozenset({choices[best].key}),
        why=_(
            "Without {neuron} the cost would be {more} instead of {cost}; without any other hidden neuron it "
            "would be lower.",
            **told,
        ),
        wrong=wrong,
    )


SIDE = Question(key="side", phase="forward", fits=lambda recipe: True, pose=side)
UNPLUG = Question(key="unplug", phase="cost", fits=several_hidden, pose=unplug)
