"""The words of pointing: whom a neuron points at by each finger, whether they agree, the score, and an
example's part."""

from __future__ import annotations

from dataclasses import dataclass

from app.analysis.fingers import Finger, Score, side_of
from app.analysis.rounding import ROUNDING, real
from app.lab.dials import Dial, Pick
from app.lab.replay import Numbers
from app.notation import names
from app.notation.numbers import figure, percents
from app.story.formulas.equation import Equation
from app.story.formulas.expression import Num, Ratio, total
from app.story.formulas.worked import MANY

FINGER_WORDS = {
    "signal": ("Signal", "w·a: who spoke"),
    "passed": ("Passed back", "w·δ: who is asked to change"),
    "tweaked": ("Tweaked", "a·δ: whose wire moves"),
}


@dataclass(frozen=True)
class Bar:
    """One upstream neuron under one finger. `ref` is the wire it was pointed at through, `through` that
    wire's name."""

    name: str
    ref: str
    value: str
    share: str
    width: float
    side: str
    top: bool
    kept: str = ""
    through: str = ""


@dataclass(frozen=True)
class Pointing:
    """One finger: its word, what it means, and its bars, the largest first."""

    kind: str
    word: str
    meaning: str
    bars: list[Bar]


def pointing(sizes: tuple[int, ...], layer: int, j: int, found: Finger) -> Pointing:
    """Write a finger's bars, the largest share first."""
    order = sorted(range(len(found.shares)), key=lambda at: -found.shares[at])
    bars = [
        Bar(
            names.neuron(sizes, layer - 1, k),
            Dial("w", layer, j, k).mark,
            figure(value),
            percent,
            round(100 * share, 1),
            side_of(value * bool(share)),
            k in found.tops,
            figure(found.kept[k - 1]) if found.kept else "",
            Dial("w", layer, j, k).name(sizes),
        )
        for k, (value, share, percent) in enumerate(
            zip(found.values, found.shares, percents(found.shares), strict=True), 1
        )
    ]
    return Pointing(found.kind, *FINGER_WORDS[found.kind], [bars[at] for at in order])


LOUD = "Being loud is not being guilty."
HEARD = "The loudest need not be heard most: a wire’s weight has its say."


def disagreement(sizes: tuple[int, ...], layer: int, found: list[Finger]) -> str:
    """Say with the numbers where the fingers point at different neurons, and what is to be learned.

    Return "" where they agree. The loudest is whose wire is tweaked most, since all hear the same δ; the
    guilty is who is passed most blame.
    """
    tops = [
        (one.kind, one.tops[0], percents(one.shares)[one.tops[0] - 1], set(one.tops))
        for one in found
        if one.tops
    ]
    if len(tops) < 2 or set.intersection(*(top[3] for top in tops)):
        return ""
    said = [
        f"{FINGER_WORDS[kind][0]}: {names.neuron(sizes, layer - 1, k)} {share}." for kind, k, share, _ in tops
    ]
    first = {kind: shared for kind, _, _, shared in tops}
    guilty = "passed" in first and first["passed"].isdisjoint(first["tweaked"])
    return " ".join([*said, LOUD if guilty else HEARD])


def alone_of(numbers: Numbers, example: int) -> str:
    """Say whose fingers these are, where the batch has more than one example; else ""."""
    return f"example {numbers.examples[example] + 1} alone" if len(numbers.examples) > 1 else ""


def score_words(score: Score) -> list[str]:
    """Tell the running score of the claim that neurons blame the most active one."""
    found = []
    if score.asked:
        found.append(f"was passed the most blame {score.blamed} of {score.asked} times")
    if score.moved:
        found.append(f"had its wire tweaked most {score.tweaked} of {score.moved} times")
    return found


def stack_of(numbers: Numbers, pick: Pick) -> tuple[list[Bar], str, str]:
    """Return each example's part of a dial's gradient, their mean, and a sentence where they cancel; for
    batches only."""
    delta = numbers.backward.delta.get(pick.layer, ())
    if pick.dial is None or len(numbers.examples) < 2 or len(delta) < pick.to:
        return [], "", ""
    heard = numbers.forward.a[pick.layer - 1][pick.source - 1] if pick.kind == "w" else 1.0
    blame, parts = real(numbers), (heard * delta[pick.to - 1]).tolist()
    named = [(f"example {number + 1}", part) for number, part in zip(numbers.examples, parts, strict=True)]
    if len(named) > MANY:  # the loudest by name, all others as one
        named.sort(key=lambda one: -abs(one[1]))
        named[MANY - 1 :] = [(REST.format(len(named) - MANY + 1), sum(part for _, part in named[MANY - 1 :]))]
    largest = max(abs(part) for _, part in named) or 1.0
    mean, sizes = pick.dial.of(numbers.backward.nabla), sum(map(abs, parts)) / len(parts)
    size = Num("", float(len(parts)))
    digits = Equation(Num("", mean), total(*(Ratio(Num("", part), size) for _, part in named))).digits
    felt = blame.delta[pick.layer][pick.to - 1].any()  # else the errors themselves are only rounding
    bars = [
        Bar(name, "", figure(part, digits), "", round(100 * (abs(part) / largest), 1), side, False)
        for name, part in named
        for side in [side_of(part) if felt and abs(part) > ROUNDING * sizes * len(parts) else ""]
    ]
    left = pick.dial.of(blame.nabla)
    cancels = CANCELS.format(figure(sizes), "most" if left else "all") if abs(mean) < 0.5 * sizes else ""
    return bars, figure(mean), cancels


REST = "{} others together"
CANCELS = "They pull in different directions: the mean of their sizes is {}, so {} of it cancels."
