"""The words of pointing: whom a neuron points at by each finger, whether they agree, the score, and an
example's part."""

from __future__ import annotations

from dataclasses import dataclass

from app.analysis.fingers import Finger, Score, side_of
from app.analysis.rounding import ROUNDING, real
from app.lab.dials import Dial, Pick
from app.lab.replay import Numbers
from app.notation import names
from app.notation.language import N_, _, tr
from app.notation.numbers import figure, percents
from app.story.formulas.equation import Equation
from app.story.formulas.expression import Num, Ratio, total
from app.story.formulas.worked import MANY

FINGER_WORDS = {
    "signal": (N_("Signal"), N_("w·a: who spoke")),
    "passed": (N_("Passed back"), N_("w·δ: who is asked to change")),
    "tweaked": (N_("Tweaked"), N_("a·δ: whose wire moves")),
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
    word, meaning = FINGER_WORDS[found.kind]
    return Pointing(found.kind, tr(word), tr(meaning), [bars[at] for at in order])


LOUD = N_("Being loud is not being guilty.")
HEARD = N_("The loudest need not be heard most: a wire’s weight has its say.")


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
        f"{tr(FINGER_WORDS[kind][0])}: {names.neuron(sizes, layer - 1, k)} {share}."
        for kind, k, share, _shared in tops
    ]
    first = {kind: shared for kind, _k, _share, shared in tops}
    guilty = "passed" in first and first["passed"].isdisjoint(first["tweaked"])
    return " ".join([*said, tr(LOUD) if guilty else tr(HEARD)])


def alone_of(numbers: Numbers, example: int) -> str:
    """Say whose fingers these are, where the batch has more than one example; else ""."""
    if len(numbers.examples) < 2:
        return ""
    return _("example {number} alone", number=numbers.examples[example] + 1)


def score_told(score: Score, alone: str) -> str:
    """Tell the running score of the claim that neurons blame the most active one; `alone`: whose fingers
    these are, "" where there is one example only. Return "" before there is a score."""
    if not score.asked and not score.moved:
        return ""
    which = "both" if score.asked and score.moved else "asked" if score.asked else "moved"
    return tr(
        (SCORE_ALONE if alone else SCORE)[which],
        alone=alone,
        blamed=score.blamed,
        asked=score.asked,
        tweaked=score.tweaked,
        moved=score.moved,
    )


SCORE = {
    "asked": N_(
        "This iteration so far, the most active neuron was passed the most blame {blamed} of {asked} times."
    ),
    "moved": N_(
        "This iteration so far, the most active neuron had its wire tweaked most {tweaked} of {moved} times."
    ),
    "both": N_(
        "This iteration so far, the most active neuron was passed the most blame {blamed} of {asked} times, "
        "and had its wire tweaked most {tweaked} of {moved} times."
    ),
}
SCORE_ALONE = {
    "asked": N_(
        "This iteration so far, by {alone}, the most active neuron was passed the most blame "
        "{blamed} of {asked} times."
    ),
    "moved": N_(
        "This iteration so far, by {alone}, the most active neuron had its wire tweaked most "
        "{tweaked} of {moved} times."
    ),
    "both": N_(
        "This iteration so far, by {alone}, the most active neuron was passed the most blame "
        "{blamed} of {asked} times, and had its wire tweaked most {tweaked} of {moved} times."
    ),
}


def stack_of(numbers: Numbers, pick: Pick) -> tuple[list[Bar], str, str]:
    """Return each example's part of a dial's gradient, their mean, and a sentence where they cancel; for
    batches only."""
    delta = numbers.backward.delta.get(pick.layer, ())
    if pick.dial is None or len(numbers.examples) < 2 or len(delta) < pick.to:
        return [], "", ""
    heard = numbers.forward.a[pick.layer - 1][pick.source - 1] if pick.kind == "w" else 1.0
    blame, parts = real(numbers), (heard * delta[pick.to - 1]).tolist()
    named = [
        (_("example {number}", number=number + 1), part)
        for number, part in zip(numbers.examples, parts, strict=True)
    ]
    if len(named) > MANY:  # the loudest by name, all others as one
        named.sort(key=lambda one: -abs(one[1]))
        rest = named[MANY - 1 :]
        others = _("{count} others together", count=len(rest))
        named[MANY - 1 :] = [(others, sum(one[1] for one in rest))]
    largest = max(abs(one[1]) for one in named) or 1.0
    mean, sizes = pick.dial.of(numbers.backward.nabla), sum(map(abs, parts)) / len(parts)
    size = Num("", float(len(parts)))
    digits = Equation(Num("", mean), total(*(Ratio(Num("", one[1]), size) for one in named))).digits
    felt = blame.delta[pick.layer][pick.to - 1].any()  # else the errors themselves are only rounding
    bars = [
        Bar(name, "", figure(part, digits), "", round(100 * (abs(part) / largest), 1), side, False)
        for name, part in named
        for side in [side_of(part) if felt and abs(part) > ROUNDING * sizes * len(parts) else ""]
    ]
    left = pick.dial.of(blame.nabla)
    cancels = tr(CANCELS[bool(left)], mean=figure(sizes)) if abs(mean) < 0.5 * sizes else ""
    return bars, figure(mean), cancels


CANCELS = (  # wholly, or for the most part
    N_("They pull in different directions: the mean of their sizes is {mean}, so all of it cancels."),
    N_("They pull in different directions: the mean of their sizes is {mean}, so most of it cancels."),
)
