"""Is a typed value right, and if not, which slip is it?"""

from __future__ import annotations

from dataclasses import dataclass
from math import isfinite

from app.lessons.reach import Digits, Span, half_unit, reach, within
from app.lessons.slips.registry import SLIPS, Leads
from app.lessons.steps import Step
from app.notation.language import N_, _, tr
from app.notation.numbers import chosen, plain
from app.notation.sums import worked_out
from app.story.formulas.equation import Equation

CARRIED = 0.05  # of a result: what numbers of fewer digits, carried over from the steps before, may blur
RIGHT = N_("Right.")
NO_SLIP = N_(
    "Not right, and none of the usual slips leads there. Work it out once more from the printed numbers, or "
    "have it shown."
)
NOT_READ = N_("This is neither a number nor a sum. Write it such as 0.35, 1/3 or 0.5·0.2 + 0.1.")
NOT_HERE = N_("This network has nothing of this kind.")
NOT_YET = N_("This has not happened yet, so there is nothing to compare with.")


@dataclass(frozen=True)
class Verdict:
    """What to say of a value: whether it is right, the keys of the slips that lead to it, and why."""

    right: bool
    slips: tuple[str, ...]
    why: str


def judge(step: Step, value: float) -> Verdict:
    """Judge a value for a step."""
    if any(within(value, span) for one in step.equations for span in spans(step, one)):
        return Verdict(True, (), tr(RIGHT))
    digits = step.equation.shown
    if cut_short(value, step.equation.result.value, range(1, digits)):
        return Verdict(False, (), _("Right as far as it goes. Give {n} digits that count.", n=digits))
    found = tuple(key for key, slip in SLIPS.items() if slips_to(value, step, slip.leads.get(step.quantity)))
    said = " ".join(f"{tr(SLIPS[key].name)}. {tr(SLIPS[key].sentence)}" for key in found)
    return Verdict(False, found, said or tr(NO_SLIP))


def judge_typed(step: Step, text: str) -> Verdict:
    """Judge what somebody typed."""
    try:
        value = worked_out(text)
    except ValueError:
        return Verdict(False, (), tr(NOT_READ))
    return judge(step, value)


def spans(step: Step, equation: Equation) -> list[Span | None]:
    """Return where a right value may lie: what the printed numbers lead to, those one carries over from the
    steps before, and near the exact result."""
    exact, redone = equation.result.value, equation.formula.compute(equation.digits)
    near = [(one, half_unit(one, equation.shown)) for one in (exact, redone) if isfinite(one)]
    found, carried = (
        reach(equation.formula, Digits(printed, chosen(), equation.shown, strict=step.quantity == "after"))
        for printed in (equation.digits, chosen())
    )
    blurred = carried and carried[1] - carried[0] > CARRIED * abs(exact)
    if blurred or step.quantity == "after":  # where a small move would be lost
        carried = None
    return [found, carried, *((one - half, one + half) for one, half in near)]


def slips_to(value: float, step: Step, leads: Leads | None) -> bool:
    """Tell whether a slip leads to a value."""
    if leads is None:
        return False
    fine = step.equation.digits if step.quantity == "after" else chosen()
    digits = Digits(fine, chosen(), step.equation.shown)
    reached = [(formula, span) for formula in leads(step) if (span := reach(formula, digits))]
    return any(
        within(value, span) or cut_short(value, formula.compute(digits.printed), range(2, digits.result))
        for formula, span in reached
    )


def cut_short(value: float, exact: float, lengths: range) -> bool:
    """Tell whether a value is another one in fewer digits."""
    return value != 0 and any(plain(exact, digits) == value for digits in lengths)
