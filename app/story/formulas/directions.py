"""Each optimiser's own terms in a worked descent: its running averages and the direction it moves a dial
in."""

from __future__ import annotations

from collections.abc import Callable

from app.engine.optimisers import ADAM_DECAYS, EPSILON, MOMENTUM, RMSPROP_DECAY
from app.story.formulas.equation import Equation
from app.story.formulas.expression import Call, Formula, Num, Ratio, Row, Square, times, total

Direction = tuple[list[Equation], Formula]


def plain(gradient: Num, memory: list[float], t: int) -> Direction:
    return [], gradient


def momentum(gradient: Num, memory: list[float], t: int) -> Direction:
    velocity = Num("v", MOMENTUM * memory[0] + gradient.value)
    return [Equation(velocity, total(times(Num("", MOMENTUM), Num("v_old", memory[0])), gradient))], velocity


def average(name: str, decay: float, old: float, term: Formula, value: float) -> tuple[Equation, Num]:
    """Return a running average's equation and its new value."""
    new = Num(name, decay * old + (1 - decay) * value)
    parts = times(Num("", decay), Num(f"{name}_old", old)), times(Num("", round(1 - decay, 6)), term)
    return Equation(new, total(*parts)), new


def rmsprop(gradient: Num, memory: list[float], t: int) -> Direction:
    equation, square = average("s", RMSPROP_DECAY, memory[0], Square(gradient), gradient.value**2)
    return [equation], Ratio(gradient, Row("+", (Call("√", square), Num("", EPSILON))))


def adam(gradient: Num, memory: list[float], t: int) -> Direction:
    first, second = ADAM_DECAYS
    one, mean = average("m", first, memory[0], gradient, gradient.value)
    two, square = average("v", second, memory[1], Square(gradient), gradient.value**2)
    hats = [Num("m̂", mean.value / (1 - first**t)), Num("v̂", square.value / (1 - second**t))]
    fixed = [Num("", 1 - first**t), Num("", 1 - second**t)]
    corrected = [
        Equation(hat, Ratio(raw, by)) for hat, raw, by in zip(hats, (mean, square), fixed, strict=True)
    ]
    return [one, two, *corrected], Ratio(hats[0], Row("+", (Call("√", hats[1]), Num("", EPSILON))))


DIRECTIONS: dict[str, Callable[[Num, list[float], int], Direction]] = {
    "descent": plain,
    "momentum": momentum,
    "rmsprop": rmsprop,
    "adam": adam,
}
