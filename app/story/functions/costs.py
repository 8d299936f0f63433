"""All that is said of the cost functions: words, the worked laws of cost and slope, lines for scripts."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from app.engine.activations import Activation
from app.engine.costs import Cost
from app.story.formulas.expression import Call, Formula, Num, Ratio, Square, less, times, total
from app.story.functions.activations import CLOSE, ONE, rest
from app.story.functions.naming import name_from

Term = tuple[Formula, str]  # an output's part of the cost, and a remark, "" for none
HALF, MINUS_ONE = Num("", 0.5), Num("", -1.0)
NEAR_ONE = "So close to 1, the logarithm −ln(a) is 1 − a itself, and that is σ(−z)."
NEAR_ZERO = "So close to 0, the logarithm −ln(1 − a) is a itself."


@dataclass(frozen=True)
class CostLaw:
    """How a cost is worked out from an output's a, z and target y, and as lines of a script.

    term(a, z, y) → its part of the cost, None where it has none; slope(a, z, y) → ∂C/∂a. The lines set
    `costs`, one per example; the slopes are what is then ∂C/∂a of all outputs. `outputs` lists the output
    activations it is written for; empty means any. `short` is the one with which an output's δ is a − y,
    since its slope and the cost's cancel, "" for none.
    """

    term: Callable[[Num, Num, Num], Term | None]
    slope: Callable[[Num, Num, Num], Formula]
    numpy: str = ""
    numpy_slope: str = ""
    torch: str = ""
    torch_slope: str = "a[L].grad"
    outputs: tuple[str, ...] = ()
    short: str = ""


@dataclass(frozen=True)
class ToldCost:
    """All that is said of one cost; `categorical` is its law where outputs are shares of one whole (softmax).

    Where a law is left out, values stand alone.
    """

    key: str
    name: str
    sentence: str = ""
    formula: str = ""
    law: CostLaw | None = None
    categorical: CostLaw | None = None


def told(key: str) -> ToldCost:
    """Return what is said of a cost; of one that nobody has prepared, no more than a name."""
    return COSTS.get(key) or ToldCost(key, name_from(key))


def law_of(cost: Cost, output: Activation) -> CostLaw | None:
    """Return the law by which a cost judges these outputs, None where nobody has written it down."""
    said = told(cost.key)
    law = said.categorical if output.couples and cost.categorical else said.law
    return None if law is None or (law.outputs and output.key not in law.outputs) else law


# --- worked laws -----------------------------------------------------------------------------------------


def surprise(a: Num, z: Num, y: Num) -> Term:
    """Return a sigmoid's part of the cross-entropy, and what to say where a logarithm is too close to 0."""
    found: list[Formula] = []
    note = ""
    if y.value:
        near = 1 - a.value < CLOSE
        found.append(times(y, rest(a, z)) if near else times(MINUS_ONE, y, Call("ln", a)))
        note = NEAR_ONE if near else note
    if y.value != 1:
        near = a.value < CLOSE
        other = less(ONE, y)
        found.append(times(other, a) if near else times(MINUS_ONE, other, Call("ln", rest(a, z))))
        note = NEAR_ZERO if near else note
    return total(*found), note


def surprise_slope(a: Num, z: Num, y: Num) -> Formula:
    """Return ∂C/∂a of the same; where a is at the end it should be at, the other end's part is left out."""
    wrong, right = Ratio(less(ONE, y), rest(a, z)), Ratio(y, a)
    if y.value == 1 and 1 - a.value < CLOSE:
        return times(MINUS_ONE, right)
    return wrong if y.value == 0 and a.value < CLOSE else less(wrong, right)


def surprise_of_share(a: Num, z: Num, y: Num) -> Term | None:
    """Return a share's part of the cross-entropy: only the true one has one."""
    return (times(MINUS_ONE, y, Call("ln", a)), "") if y.value else None


def share_slope(a: Num, z: Num, y: Num) -> Formula:
    """Return ∂C/∂a of a share; where a is 0, so is y, and 0 / 0 here means 0."""
    return times(MINUS_ONE, Ratio(y, a) if a.value else y)


# --- the entries -----------------------------------------------------------------------------------------

COSTS: dict[str, ToldCost] = {
    entry.key: entry
    for entry in (
        ToldCost(
            "quadratic",
            "Quadratic",
            "Half the squared distance to the target: twice as wrong costs four times as much.",
            formula="½‖a − y‖²",
            law=CostLaw(
                term=lambda a, z, y: (times(HALF, Square(less(a, y))), ""),
                slope=lambda a, z, y: less(a, y),
                numpy="costs = (0.5 * (a[L] - y) ** 2).sum(axis=0)",
                numpy_slope="a[L] - y",
                torch="costs = (0.5 * (a[L] - y) ** 2).sum(dim=0)",
            ),
        ),
        ToldCost(
            "cross-entropy",
            "Cross-entropy",
            "The surprise at the target: being sure and wrong costs without limit, so a saturated output "
            "still learns.",
            formula="−y·ln a − (1 − y)·ln(1 − a)",
            law=CostLaw(
                term=surprise,
                slope=surprise_slope,
                numpy="rest = sigmoid(-z[L])  # 1 - a, also where a is almost 1\n"
                "costs = -(y * np.log(np.where(y == 0, 1.0, a[L])) + (1 - y) * np.log(np.where(y == 1, 1.0, "
                "rest))).sum(axis=0)",
                short="sigmoid",
                numpy_slope="(1 - y) / np.where(y == 1, 1.0, rest) - y / np.where(y == 0, 1.0, a[L])",
                torch="rest = torch.sigmoid(-z[L])  # 1 - a, also where a is almost 1\n"
                "rest.retain_grad()\n"
                "one = torch.ones_like(y)\n"
                "surprise = y * torch.log(torch.where(y == 0, one, a[L])) + (1 - y) * torch.log(torch.where("
                "y == 1, one, rest))\n"
                "costs = -surprise.sum(dim=0)",
                torch_slope="a[L].grad - rest.grad",
                outputs=("sigmoid",),
            ),
            categorical=CostLaw(
                term=surprise_of_share,
                slope=share_slope,
                numpy="costs = -(y * np.log(np.where(y == 0, 1.0, a[L]))).sum(axis=0)",
                short="softmax",
                numpy_slope="-y / np.where(y == 0, 1.0, a[L])",
                torch="costs = -(y * torch.log(torch.where(y == 0, torch.ones_like(y), a[L]))).sum(dim=0)",
            ),
        ),
    )
}
