"""All that is said of the cost functions: words, the worked laws of cost and slope, lines for scripts."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import NamedTuple

from app.engine.activations import Activation
from app.engine.costs import Cost
from app.notation.language import N_
from app.story.formulas.equation import MOST_DIGITS
from app.story.formulas.expression import Call, Formula, Num, Ratio, Square, less, times, total
from app.story.functions.activations import CLOSE, GONE, ONE, rest, share
from app.story.functions.naming import name_from

Term = tuple[Formula, str]  # an output's part of the cost, and a remark's message, "" for none
HALF, MINUS_ONE, TWO = Num("", 0.5), Num("", -1.0), Num("", 2.0)
NEAR_ONE = N_("So close to 1, the logarithm −ln(a) is 1 − a itself, and that is σ(−z).")
NEAR_ZERO = N_("So close to 0, the logarithm −ln(1 − a) is a itself.")
FAR_BELOW = N_("So far below 0, the logarithm −ln(a) is −z itself.")
FAR_ABOVE = N_("So far above 0, the logarithm −ln(1 − a) is z itself.")
NEAR_WHOLE = N_(
    "So close to 1, the logarithm −ln(a) is 1 − a itself, and that is all the other shares together."
)
NO_SHARE = N_(
    "Too small a share for its logarithm: −ln(a) is how far its sum lies below the largest, and ln(S) more."
)


class Output(NamedTuple):
    """One output: what it says, its weighted input, its target."""

    a: Num
    z: Num
    y: Num


@dataclass(frozen=True)
class CostLaw:
    """How a cost is worked out from an output's a, z and target y, and as lines of a script.

    term(outputs, at) → the part of the cost of one of all outputs, None where it has none; slope, the same →
    its ∂C/∂a; error, the same → its δ at once, where ∂C/∂a or the slope is beyond all numbers. The lines set
    `costs`, one per example; the slopes are what is then ∂C/∂a of all outputs, the error is δ where it need
    not go by them. `outputs` lists the output activations it is written for; empty means any. `short` is the
    one with which an output's δ is a − y, since its slope and the cost's cancel, "" for none.
    """

    term: Callable[[list[Output], int], Term | None]
    slope: Callable[[list[Output], int], Formula]
    error: Callable[[list[Output], int], Formula] | None = None
    numpy: str = ""
    numpy_slope: str = ""
    numpy_error: str = ""
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
        near, gone = 1 - a.value < CLOSE, a.value < GONE
        plain = times(MINUS_ONE, y, z if gone else Call("ln", a))
        found.append(times(y, rest(a, z)) if near else plain)
        note = NEAR_ONE if near else FAR_BELOW if gone else note
    if y.value != 1:
        near, gone = a.value < CLOSE, z.value > 0 and rest(a, z).compute(MOST_DIGITS) < GONE
        other = less(ONE, y)
        plain = times(other, z) if gone else times(MINUS_ONE, other, Call("ln", rest(a, z)))
        found.append(times(other, a) if near else plain)
        note = NEAR_ZERO if near else FAR_ABOVE if gone else note
    return total(*found), note


def surprise_error(a: Num, z: Num, y: Num) -> Formula:
    """Return a sigmoid's δ under the cross-entropy at once: (1 − y)·a − y·(1 − a)."""
    too_loud, too_quiet = times(less(ONE, y), a), times(y, rest(a, z))
    if y.value == 1:
        return times(MINUS_ONE, *too_quiet.terms)
    return too_loud if y.value == 0 else less(too_loud, too_quiet)


def surprise_slope(a: Num, z: Num, y: Num) -> Formula:
    """Return ∂C/∂a of the same; where a is at the end it should be at, the other end's part is left out."""
    wrong, right = Ratio(less(ONE, y), rest(a, z)), Ratio(y, a)
    if y.value == 1 and 1 - a.value < CLOSE:
        return times(MINUS_ONE, right)
    return wrong if y.value == 0 and a.value < CLOSE else less(wrong, right)


def mean_term(outputs: list[Output], at: int) -> Term:
    """Return an output's part of the mean over all n outputs."""
    return times(Ratio(ONE, Num("", float(len(outputs)))), Square(less(outputs[at].a, outputs[at].y))), ""


def others(outputs: list[Output], at: int) -> Formula:
    """Return the sum of all shares but one."""
    return total(*(output.a for place, output in enumerate(outputs) if place != at))


def surprise_of_share(outputs: list[Output], at: int) -> Term | None:
    """Return a share's part of the cross-entropy: only what should have a share has one."""
    a, z, y = outputs[at]
    if not y.value:
        return None
    if 1 - a.value < CLOSE:
        return times(y, others(outputs, at)), NEAR_WHOLE
    if a.value >= GONE:
        return times(MINUS_ONE, y, Call("ln", a)), ""
    zs = [output.z for output in outputs]
    largest, (powers, _) = max(zs, key=lambda one: one.value), share(zs, at + 1)
    return times(y, less(total(largest, Call("ln", powers.result)), z)), NO_SHARE


def share_error(outputs: list[Output], at: int) -> Formula:
    """Return a share's δ under the cross-entropy at once: (1 − y)·a − y·(all other shares)."""
    a, _, y = outputs[at]
    too_loud, too_quiet = times(less(ONE, y), a), times(y, others(outputs, at))
    if y.value == 1:
        return times(MINUS_ONE, *too_quiet.terms)
    return too_loud if y.value == 0 else less(too_loud, too_quiet)


def share_slope(a: Num, z: Num, y: Num) -> Formula:
    """Return ∂C/∂a of a share; where a is 0, so is y, and 0 / 0 here means 0."""
    return times(MINUS_ONE, Ratio(y, a) if a.value else y)


# --- the entries -----------------------------------------------------------------------------------------

COSTS: dict[str, ToldCost] = {
    entry.key: entry
    for entry in (
        ToldCost(
            "quadratic",
            N_("Quadratic"),
            N_("Half the squared distance to the target: twice as wrong costs four times as much."),
            formula="½‖a − y‖²",
            law=CostLaw(
                term=lambda outputs, at: (times(HALF, Square(less(outputs[at].a, outputs[at].y))), ""),
                slope=lambda outputs, at: less(outputs[at].a, outputs[at].y),
                numpy="costs = (0.5 * (a[L] - y) ** 2).sum(axis=0)",
                numpy_slope="a[L] - y",
                torch="costs = (0.5 * (a[L] - y) ** 2).sum(dim=0)",
            ),
        ),
        ToldCost(
            "squared-error",
            N_("Squared error"),
            N_("The squared distance to the target without the half: gradients are twice the quadratic’s."),
            formula="‖a − y‖²",
            law=CostLaw(
                term=lambda outputs, at: (Square(less(outputs[at].a, outputs[at].y)), ""),
                slope=lambda outputs, at: times(TWO, less(outputs[at].a, outputs[at].y)),
                numpy="costs = ((a[L] - y) ** 2).sum(axis=0)",
                numpy_slope="2 * (a[L] - y)",
                torch="costs = ((a[L] - y) ** 2).sum(dim=0)",
            ),
        ),
        ToldCost(
            "mean-squared-error",
            N_("Mean squared error"),
            N_("The squared distance to the target, as a mean over the outputs, as libraries have it."),
            formula="‖a − y‖² / n",
            law=CostLaw(
                term=mean_term,
                slope=lambda outputs, at: Ratio(
                    times(TWO, less(outputs[at].a, outputs[at].y)), Num("", float(len(outputs)))
                ),
                numpy="costs = ((a[L] - y) ** 2).mean(axis=0)",
                numpy_slope="2 * (a[L] - y) / len(y)",
                torch="costs = ((a[L] - y) ** 2).mean(dim=0)",
            ),
        ),
        ToldCost(
            "cross-entropy",
            N_("Cross-entropy"),
            N_(
                "The surprise at the target: being sure and wrong costs without limit, so a saturated output "
                "still learns."
            ),
            formula="−y·ln a − (1 − y)·ln(1 − a)",
            law=CostLaw(
                term=lambda outputs, at: surprise(*outputs[at]),
                slope=lambda outputs, at: surprise_slope(*outputs[at]),
                error=lambda outputs, at: surprise_error(*outputs[at]),
                numpy="rest = sigmoid(-z[L])  # 1 - a, also where a is almost 1\n"
                "costs = (y * np.logaddexp(0.0, -z[L]) + (1 - y) * np.logaddexp(0.0, z[L])).sum(axis=0)",
                short="sigmoid",
                numpy_slope="(1 - y) / np.where(y == 1, 1.0, rest) - y / np.where(y == 0, 1.0, a[L])",
                numpy_error="(1 - y) * a[L] - y * rest",
                torch="rest = torch.sigmoid(-z[L])  # 1 - a, also where a is almost 1\n"
                "none = torch.zeros_like(y)\n"
                "parts = y * torch.logaddexp(none, -z[L]) + (1 - y) * torch.logaddexp(none, z[L])\n"
                "costs = parts.sum(dim=0)",
                torch_slope="(1 - y) / torch.where(y == 1, 1.0, rest) - y / torch.where(y == 0, 1.0, a[L])",
                outputs=("sigmoid",),
            ),
            categorical=CostLaw(
                term=surprise_of_share,
                slope=lambda outputs, at: share_slope(*outputs[at]),
                error=share_error,
                numpy="others = 1 - np.eye(len(y))\n"
                "rivals = np.where(others[:, :, None] == 1, z[L], -np.inf)  # for each output, all others\n"
                "costs = (y * np.logaddexp(0.0, np.logaddexp.reduce(rivals, axis=1) - z[L])).sum(axis=0)",
                short="softmax",
                numpy_slope="-y / np.where(y == 0, 1.0, a[L])",
                numpy_error="a[L] * (others @ y) - y * (others @ a[L])",
                torch="others = 1 - torch.eye(len(y))\n"
                "rivals = torch.where(others[:, :, None] == 1, z[L], -torch.inf)  # of each output\n"
                "lead = rivals.logsumexp(dim=1) - z[L]\n"
                "costs = (y * torch.logaddexp(torch.zeros_like(y), lead)).sum(dim=0)",
                torch_slope="-y / torch.where(y == 0, 1.0, a[L])",
            ),
        ),
    )
}
