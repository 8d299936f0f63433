"""All that is said of the activation functions: words, the worked laws of value and slope, script lines."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from app.engine.activations import LEAK
from app.notation.language import N_, tr
from app.story.formulas.equation import MOST_DIGITS, Equation
from app.story.formulas.expression import Call, Formula, Num, Square, less, times, total
from app.story.functions.naming import name_from

CLOSE = 1e-9  # nearer to an end than this, ten digits of a do not tell 1 − a any more
GONE = 1e-300  # nearer to 0 than this, a float64 has fewer digits, and soon none
FAR_OUT = 25.0  # beyond this, e^−z is nothing beside 1
LARGE = 100.0  # e to the power of much more is beyond a pocket calculator
ONE = Num("", 1.0)
FAR = N_(
    "These sums are too large for a calculator’s eˣ: measured from the largest of them, all shares "
    "stay the same."
)


@dataclass(frozen=True)
class ToldActivation:
    """All that is said of one activation. Where a law or lines are left out, values stand alone.

    value(z) → the formula of a, slope(a, z) → that of f′(z). Where neurons are coupled, `share(zs, j)` stands
    for `value`: the equation of the sum they are shares of, and neuron j's part of it, from 1.
    `numpy` defines a function named like the key, and its `_pull`, ∂C/∂z from ∂C/∂a; `torch` is the function.
    """

    key: str
    name: str
    sentence: str = ""
    formula: str = ""
    slope_formula: str = ""
    value: Callable[[Num], Formula] | None = None
    slope: Callable[[Num, Num], Formula] | None = None
    share: Callable[[list[Num], int], tuple[Equation, Formula]] | None = None
    numpy: str = ""
    torch: str = ""


def told(key: str) -> ToldActivation:
    """Return what is said of an activation; of one that nobody has prepared, no more than a name."""
    return ACTIVATIONS.get(key) or ToldActivation(key, name_from(key))


# --- worked laws -----------------------------------------------------------------------------------------


def rest(a: Num, z: Num) -> Formula:
    """Return 1 − a of a sigmoid, from z where it is too small to be seen in a."""
    return less(ONE, a) if 1 - a.value >= CLOSE else Call("σ", times(Num("", -1.0), z))


def tanh_slope(a: Num, z: Num) -> Formula:
    """Return 1 − a² of a tanh, from z where it is too small to be seen in a."""
    if 1 - abs(a.value) >= CLOSE:
        return less(ONE, Square(a))
    both = (Call("σ", times(Num("", way), z)) for way in (2.0, -2.0))
    return times(Num("", 4.0), *both)


def softplus(z: Num) -> Formula:
    """Return ln(1 + e^z); far below 0 that is e^z itself, far above z."""
    if z.value > FAR_OUT:
        return z
    return Call("exp", z) if z.value < -FAR_OUT else Call("ln", total(ONE, Call("exp", z)))


def share(zs: list[Num], j: int) -> tuple[Equation, Formula]:
    """Return the sum S of all powers of a softmax, and the power of neuron j, from 1, that is divided by it.

    Very large sums are measured from the largest, which leaves all shares as they are.
    """
    largest = max(zs, key=lambda z: z.value)
    far = max(abs(z.value) for z in zs) > LARGE
    powers = [Call("exp", less(z, largest) if far else z) for z in zs]
    whole = total(*powers)
    return Equation(Num("S", whole.compute(MOST_DIGITS)), whole, tr(FAR) if far else ""), powers[j - 1]


# --- lines for scripts -----------------------------------------------------------------------------------

SIGMOID = """
def sigmoid(z):
    small = np.exp(-np.abs(z))
    return np.where(z >= 0, 1.0, small) / (1.0 + small)
"""

SOFTMAX = """
def softmax(z):
    powers = np.exp(z - z.max(axis=0))
    return powers / powers.sum(axis=0)


def softmax_pull(z, received):
    a = softmax(z)
    return a * (received - (a * received).sum(axis=0))
"""


def valued(name: str, value: str) -> str:
    """Return the definition of an elementwise function of one line."""
    return f"\ndef {name}(z):\n    return {value}\n"


def sloped(name: str, slope: str) -> str:
    """Return the definition of an elementwise function's pull, to stand below the function."""
    return f"\n\ndef {name}_pull(z, received):\n    return received * ({slope})\n"


# --- the entries -----------------------------------------------------------------------------------------

ACTIVATIONS: dict[str, ToldActivation] = {
    entry.key: entry
    for entry in (
        ToldActivation(
            "sigmoid",
            N_("Sigmoid"),
            N_("Squeezes any sum into 0 … 1, and saturates at both ends."),
            formula="1 / (1 + e⁻ᶻ)",
            slope_formula="a·(1 − a)",
            value=lambda z: Call("σ", z),
            slope=lambda a, z: times(a, rest(a, z)),
            numpy=SIGMOID + sloped("sigmoid", "sigmoid(z) * sigmoid(-z)"),
            torch="torch.sigmoid",
        ),
        ToldActivation(
            "tanh",
            "Tanh",
            N_("Squeezes any sum into −1 … 1, so a quiet neuron says 0."),
            formula="tanh(z)",
            slope_formula="1 − a²",
            value=lambda z: Call("tanh", z),
            slope=tanh_slope,
            numpy=valued("tanh", "np.tanh(z)")
            + sloped("tanh", "4.0 * np.exp(-2.0 * np.abs(z)) / (1.0 + np.exp(-2.0 * np.abs(z))) ** 2"),
            torch="torch.tanh",
        ),
        ToldActivation(
            "relu",
            "ReLU",
            N_("Passes what is positive and is silent below zero, where it also passes no blame."),
            formula="max(0, z)",
            slope_formula=N_("1 if z > 0, else 0"),
            value=lambda z: Call("max(0, ·)", z),
            numpy=valued("relu", "np.maximum(z, 0.0)") + sloped("relu", "(z > 0)"),
            torch="torch.relu",
        ),
        ToldActivation(
            "leaky-relu",
            N_("Leaky ReLU"),
            N_("A ReLU that still whispers below zero, so it never goes quite deaf to blame."),
            formula=N_("z if z > 0, else 0.01·z"),
            slope_formula=N_("1 if z > 0, else 0.01"),
            value=lambda z: z if z.value > 0 else times(Num("", LEAK), z),
            numpy=valued("leaky_relu", "np.where(z > 0, z, 0.01 * z)")
            + sloped("leaky_relu", "np.where(z > 0, 1.0, 0.01)"),
            torch="torch.nn.functional.leaky_relu",
        ),
        ToldActivation(
            "softplus",
            "Softplus",
            N_("A ReLU with its corner rounded off, so that nobody is ever quite silent."),
            formula="ln(1 + eᶻ)",
            slope_formula="σ(z)",
            value=softplus,
            slope=lambda a, z: Call("σ", z),
            numpy=valued("softplus", "np.logaddexp(0.0, z)")
            + sloped("softplus", "0.5 * (1.0 + np.tanh(0.5 * z))"),
            torch="lambda z: torch.logaddexp(torch.zeros_like(z), z)",
        ),
        ToldActivation(
            "sine",
            N_("Sine"),
            N_("Waves: more signal may mean less answer, and blame may change its sign on the way."),
            formula="sin(z)",
            slope_formula="cos(z)",
            value=lambda z: Call("sin", z),
            slope=lambda a, z: Call("cos", z),
            numpy=valued("sine", "np.sin(z)") + sloped("sine", "np.cos(z)"),
            torch="torch.sin",
        ),
        ToldActivation(
            "step",
            N_("Step"),
            N_("Fires or does not; its slope is 0 everywhere, so no blame gets through and nothing learns."),
            formula=N_("1 if z > 0, else 0"),
            slope_formula="0",
            value=lambda z: Num("", float(z.value > 0)),
            numpy=valued("step", "(z > 0).astype(float)") + sloped("step", "0.0 * z"),
            torch="lambda z: (z > 0).to(z.dtype) + 0.0 * z",
        ),
        ToldActivation(
            "linear",
            N_("Linear"),
            N_("Says its weighted input as it is; without a bend, layers add nothing to each other."),
            formula="z",
            slope_formula="1",
            value=lambda z: z,
            numpy=valued("linear", "z + 0.0") + sloped("linear", "1.0"),
            torch="torch.clone",
        ),
        ToldActivation(
            "softmax",
            "Softmax",
            N_("Turns the output layer into shares that add up to 1; for the output only."),
            formula="eᶻ / Σ eᶻ",
            slope_formula=N_("a·(1 − a) for its own z, −a·aᵢ for the others"),
            share=share,
            numpy=SOFTMAX,
            torch="lambda z: torch.softmax(z, dim=0)",
        ),
    )
}
