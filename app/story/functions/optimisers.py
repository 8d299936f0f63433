"""All that is said of the optimisers: words, the worked terms of a step, and lines for scripts."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from app.engine.optimisers import ADAM_DECAYS, EPSILON, MOMENTUM, RMSPROP_DECAY
from app.notation.language import N_
from app.story.formulas.equation import Equation
from app.story.formulas.expression import Call, Formula, Num, Ratio, Row, Square, times, total
from app.story.functions.naming import name_from

Direction = tuple[list[Equation], Formula]


@dataclass(frozen=True)
class ToldOptimiser:
    """All that is said of one optimiser. Where the law or lines are left out, values stand alone.

    direction(gradient, memory, t) → of one dial, the equations of the running averages, and the direction it
    then moves against. `numpy` sets `direction` from the gradient g and the `old` averages of one array of
    dials. `torch` makes PyTorch's optimiser, `state` names the averages in it, and `counts` tells whether it
    keeps the number of its steps beside them.
    """

    key: str
    name: str
    sentence: str = ""
    formula: str = ""
    direction: Callable[[Num, list[float], int], Direction] | None = None
    numpy: str = ""
    torch: str = ""
    state: tuple[str, ...] = ()
    counts: bool = True


def told(key: str) -> ToldOptimiser:
    """Return what is said of an optimiser; of one that nobody has prepared, no more than a name."""
    return OPTIMISERS.get(key) or ToldOptimiser(key, name_from(key))


# --- worked laws -----------------------------------------------------------------------------------------


def plain(gradient: Num, memory: list[float], t: int) -> Direction:
    """Return the gradient itself."""
    return [], gradient


def momentum(gradient: Num, memory: list[float], t: int) -> Direction:
    """Return the velocity."""
    velocity, old = Num("velocity", MOMENTUM * memory[0] + gradient.value), Num("velocity_old", memory[0])
    return [Equation(velocity, total(times(Num("", MOMENTUM), old), gradient))], velocity


def average(name: str, decay: float, old: float, term: Formula, value: float) -> tuple[Equation, Num]:
    """Return a running average's equation and its new value."""
    new = Num(name, decay * old + (1 - decay) * value)
    parts = times(Num("", decay), Num(f"{name}_old", old)), times(Num("", round(1 - decay, 6)), term)
    return Equation(new, total(*parts)), new


def rmsprop(gradient: Num, memory: list[float], t: int) -> Direction:
    """Return the gradient by the root of the average of its squares."""
    equation, square = average("square", RMSPROP_DECAY, memory[0], Square(gradient), gradient.value**2)
    return [equation], Ratio(gradient, Row("+", (Call("√", square), Num("", EPSILON))))


def adam(gradient: Num, memory: list[float], t: int) -> Direction:
    """Return the average by the root of that of the squares, both corrected for their start."""
    first, second = ADAM_DECAYS
    one, mean = average("mean", first, memory[0], gradient, gradient.value)
    two, square = average("square", second, memory[1], Square(gradient), gradient.value**2)
    fixed = [(raw, Num("", 1 - decay**t)) for raw, decay in ((mean, first), (square, second))]
    corrected = [
        Equation(Num(f"{raw.name}_corrected", raw.value / by.value), Ratio(raw, by)) for raw, by in fixed
    ]
    above, below = (equation.result for equation in corrected)
    return [one, two, *corrected], Ratio(above, Row("+", (Call("√", below), Num("", EPSILON))))


# --- the entries -----------------------------------------------------------------------------------------

OPTIMISERS: dict[str, ToldOptimiser] = {
    entry.key: entry
    for entry in (
        ToldOptimiser(
            "descent",
            N_("Gradient descent"),
            N_("Every dial moves against its own gradient, by η times its size."),
            formula="−η·∇",
            direction=plain,
            numpy="direction = g",
            torch="torch.optim.SGD(dials, lr=eta)",
        ),
        ToldOptimiser(
            "momentum",
            N_("Momentum"),
            N_("Steps add up like a rolling ball: nine tenths of the last push stay."),
            formula=N_(
                "velocity ← 0.9·velocity + ∇, then −η·velocity (η outside the velocity, as in PyTorch)"
            ),
            direction=momentum,
            numpy="direction = 0.9 * old[0] + g",
            torch="torch.optim.SGD(dials, lr=eta, momentum=0.9)",
            state=("momentum_buffer",),
            counts=False,
        ),
        ToldOptimiser(
            "rmsprop",
            "RMSProp",
            N_("Each dial's step is divided by how large its gradients lately were."),
            formula=N_(
                "square ← 0.9·square + 0.1·∇², then −η·∇ / (√square + 10⁻⁸), α = 0.9, ε outside the root"
            ),
            direction=rmsprop,
            numpy="square = 0.9 * old[0] + (1 - 0.9) * g**2\ndirection = g / (np.sqrt(square) + 1e-8)",
            torch="torch.optim.RMSprop(dials, lr=eta, alpha=0.9, eps=1e-8)",
            state=("square_avg",),
        ),
        ToldOptimiser(
            "adam",
            "Adam",
            N_("Momentum and RMSProp together, both corrected for their start at zero."),
            formula=N_(
                "mean ← 0.9·mean + 0.1·∇, square ← 0.999·square + 0.001·∇², both corrected "
                "(by 1 − 0.9ᵗ and 1 − 0.999ᵗ), then −η·mean / (√square + 10⁻⁸)"
            ),
            direction=adam,
            numpy="mean = 0.9 * old[0] + (1 - 0.9) * g\n"
            "square = 0.999 * old[1] + (1 - 0.999) * g**2\n"
            "direction = (mean / (1 - 0.9**t)) / (np.sqrt(square / (1 - 0.999**t)) + 1e-8)",
            torch="torch.optim.Adam(dials, lr=eta, betas=(0.9, 0.999), eps=1e-8)",
            state=("exp_avg", "exp_avg_sq"),
        ),
    )
}
