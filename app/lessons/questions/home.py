"""Questions about the error's way home: who gets most of it, who is choked, how much is left, which wire."""

from __future__ import annotations

import numpy as np

from app.lab.recipe import Recipe
from app.lab.replay import Numbers
from app.lessons.question import (
    AHEAD,
    Choice,
    Posed,
    Question,
    chance,
    leader,
    neurons,
    several_hidden,
    wires,
)
from app.notation import names
from app.notation.language import _
from app.notation.numbers import figure

SAME = 1e-9  # errors no farther apart than this part of them are the same
MOST = 4  # neurons among which the busiest is the most blamed often enough for a question
PARTS = (1 / 2, 1 / 8, 1 / 50)  # of the error that may be left
CLOSE = 0.05  # so near to one of these nobody is asked


def blamed(numbers: Numbers, example: int) -> Posed | None:
    """Ask which neuron of the last hidden layer gets the most error."""
    layer = numbers.network.last - 1
    errors = np.abs(numbers.backward.delta[layer][:, example])
    choices = neurons(numbers, layer)
    most, alike = leader(errors.tolist()), bool(np.ptp(errors) <= SAME * errors.max()) and errors.max() > 0
    if most is None and not alike:
        return None
    busiest = int(np.abs(numbers.forward.a[layer][:, example]).argmax())
    heard = int(np.abs(numbers.parameters.w[numbers.network.last]).sum(axis=0).argmax())
    wrong = {
        "": _("A neuron’s error is what those that listen to it pass back, times its own slope."),
        choices[heard].key: _(
            "{neuron} has the thickest wire, but its slope counts as well: it multiplies what comes back.",
            neuron=choices[heard].name,
        ),
        choices[busiest].key: _(
            "{neuron} is the busiest, but how loud a neuron is does not decide its error: its wire and its "
            "slope do.",
            neuron=choices[busiest].name,
        ),
    }
    if most is None:
        why = _("All of them get the same: their errors are {error} in size.", error=figure(errors.max()))
    else:
        why = _(
            "{neuron} gets the most: its error is {error} in size, the next largest {next}.",
            neuron=choices[most].name,
            error=figure(errors[most]),
            next=figure(sorted(errors)[-2]),
        )
    return Posed(
        text=_("Which hidden neuron will get the most blame?"),
        choices=(*choices, Choice("same", _("the same"))),
        right=frozenset(
            {"same"} | {choice.key for choice in choices} if most is None else {choices[most].key}
        ),
        why=why,
        wrong=wrong,
    )


def loudest(numbers: Numbers, example: int) -> Posed | None:
    """Ask whether the busiest neuron of the last hidden layer is the most blamed."""
    layer = numbers.network.last - 1
    errors, signals = (
        np.abs(table[layer][:, example]).tolist() for table in (numbers.backward.delta, numbers.forward.a)
    )
    most, busiest, size = leader(errors), leader(signals), len(errors)
    if most is None or busiest is None:
        return None
    if most != busiest and chance(numbers, "loudest") % (2 * size) >= size + 2:
        return None  # with many neurons "no" would nearly always be right
    choices = neurons(numbers, layer)
    told = {
        "busiest": choices[busiest].name,
        "error": figure(errors[busiest]),
        "most": choices[most].name,
        "largest": figure(errors[most]),
    }
    if most == busiest:
        why = _("Yes: {busiest} has the largest error, {error} in size.", **told)
        wrong = _("Loud and blamed can fall together: nothing forbids it, and nothing promises it.")
    else:
        why = _("No: {busiest} has an error of {error} in size, {most} of {largest}.", **told)
        wrong = _("How loud a neuron is does not decide its error: the weights behind it and its slope do.")
    return Posed(
        text=_("{busiest} is the busiest hidden neuron. Will it also be the most blamed?", **told),
        choices=(Choice("yes", _("yes")), Choice("no", _("no"))),
        right=frozenset({"yes" if most == busiest else "no"}),
        why=why,
        wrong={"": wrong},
    )


def choked(numbers: Numbers, example: int) -> Posed | None:
    """Ask which neuron of the last hidden layer lets the least of its blame through."""
    layer = numbers.network.last - 1
    slopes = np.abs(numbers.network.activation(layer).slope(numbers.forward.z[layer])[:, example])
    least, choices = int(slopes.argmin()), neurons(numbers, layer)
    if np.partition(slopes, 1)[1] <= AHEAD * slopes[least]:
        return None
    return Posed(
        text=_("Whose share of the blame will be choked most, multiplied by the smallest slope?"),
        choices=choices,
        right=frozenset({choices[least].key}),
        why=_(
            "{neuron}’s slope is the smallest, {slope}; the next smallest is {next}.",
            neuron=choices[least].name,
            slope=figure(slopes[least]),
            next=figure(np.partition(slopes, 1)[1]),
        ),
        wrong={
            choice.key: _(
                "{neuron}’s slope is {slope}: the slope belongs to where its weighted input is, not to how "
                "thick its wire is.",
                neuron=choice.name,
                slope=figure(slopes[at]),
            )
            for at, choice in enumerate(choices)
        },
    )


def rms(values: np.ndarray) -> float:
    """Return the root of the mean of the squares."""
    return float(np.sqrt(np.mean(values**2)))


def left(numbers: Numbers, example: int) -> Posed | None:
    """Ask how much of the output's error is left in layer 1."""
    delta = numbers.backward.delta
    first, last = (rms(delta[layer][:, example]) for layer in (1, numbers.network.last))
    if not last:
        return None
    part = first / last
    if any(abs(part / edge - 1) < CLOSE for edge in PARTS):
        return None
    keys = ("most", "half", "eighth", "little")
    return Posed(
        text=_("Of the output’s error, how much will be left in layer 1?"),
        choices=(
            Choice("most", _("more than 1/2")),
            Choice("half", _("1/8 to 1/2")),
            Choice("eighth", _("1/50 to 1/8")),
            Choice("little", _("less than 1/50")),
        ),
        right=frozenset({keys[sum(part < edge for edge in PARTS)]}),
        why=_(
            "The output’s error is {last} in size, that of layer 1 {first}: {part} of it.",
            last=figure(last),
            first=figure(first),
            part=figure(part),
        ),
        wrong={
            "": _("At every layer the error is multiplied by weights and by slopes: it can shrink or grow.")
        },
    )


def wire(numbers: Numbers, example: int) -> Posed | None:
    """Ask which wire into an output gets the largest gradient."""
    last = numbers.network.last
    at = chance(numbers, "wire") % numbers.network.sizes[-1]
    error, heard = float(numbers.backward.delta[last][at, example]), numbers.forward.a[last - 1][:, example]
    weights = np.abs(numbers.parameters.w[last][at])
    choices, best = wires(numbers, last, at + 1), leader(np.abs(error * heard).tolist())
    if best is None:
        return None
    thickest = int(weights.argmax())
    return Posed(
        text=_(
            "Which wire into {neuron} will this example want to move most?",
            neuron=names.neuron(numbers.network.sizes, last, at + 1),
        ),
        choices=choices,
        right=frozenset({choices[best].key}),
        why=_(
            "{wire}: its gradient is error times signal, {error} · {signal}, the largest of them all.",
            wire=choices[best].name,
            error=figure(error),
            signal=figure(float(heard[best])),
        ),
        wrong={
            "": _(
                "All these wires meet the same error: what differs is the signal that each of them carries."
            ),
            choices[thickest].key: _(
                "{wire} is the thickest, but how far a weight moves is decided by the signal through it, not "
                "by its size.",
                wire=choices[thickest].name,
            ),
        },
    )


def few_hidden(recipe: Recipe) -> bool:
    """Tell whether the last hidden layer has a few neurons."""
    return several_hidden(recipe) and recipe.hidden[-1] <= MOST


def curved(recipe: Recipe) -> bool:
    """Tell whether slopes differ from neuron to neuron in the last hidden layer."""
    return several_hidden(recipe) and recipe.activations[-1] not in ("linear", "step", "relu", "leaky-relu")


BLAMED = Question(key="blamed", phase="backward", layer=-1, fits=several_hidden, pose=blamed)
LOUDEST = Question(key="loudest", phase="backward", layer=-1, fits=few_hidden, pose=loudest)
CHOKED = Question(key="choked", phase="backward", layer=-1, fits=curved, pose=choked)
LEFT = Question(key="left", phase="backward", layer=1, fits=lambda recipe: bool(recipe.hidden), pose=left)
WIRE = Question(key="wire", phase="backward", fits=several_hidden, pose=wire)
