"""All that is said of the regularisers: words, the worked pull on a weight, and lines for scripts."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from app.notation.language import N_
from app.story.formulas.expression import Call, Formula, Num, Square
from app.story.functions.naming import name_from


@dataclass(frozen=True)
class ToldRegulariser:
    """All that is said of one regulariser. Where the law or lines are left out, values stand alone.

    pull(w) → the formula of its pull on a weight, per unit of η·λ; `numpy` and `torch` are the same of the
    weights {w} before the step. part(w) → a weight's part of the price, which is λ times their sum times
    `factor`.
    """

    key: str
    name: str
    sentence: str = ""
    formula: str = ""
    pull: Callable[[Num], Formula] | None = None
    numpy: str = ""
    torch: str = ""
    part: Callable[[Num], Formula] | None = None
    factor: float = 1.0


def told(key: str) -> ToldRegulariser:
    """Return what is said of a regulariser; of one that nobody has prepared, no more than a name."""
    return REGULARISERS.get(key) or ToldRegulariser(key, name_from(key))


REGULARISERS: dict[str, ToldRegulariser] = {
    entry.key: entry
    for entry in (
        ToldRegulariser(
            "none", N_("None"), N_("Weights may grow as large as the data ask for."), formula="0"
        ),
        ToldRegulariser(
            "l2",
            "L2",
            N_("Every weight shrinks by a small share of itself at each step, the large ones most."),
            formula="½·λ·Σw²",
            pull=lambda w: w,
            numpy="{w}",
            torch="{w}",
            part=Square,
            factor=0.5,
        ),
        ToldRegulariser(
            "l1",
            "L1",
            N_(
                "Each weight shrinks by the same amount at each step; a useless one then hops "
                "across 0 and back."
            ),
            formula="λ·Σ|w|",
            pull=lambda w: Call("sign", w),
            numpy="np.sign({w})",
            torch="torch.sign({w})",
            part=lambda w: Call("abs", w),
        ),
    )
}
