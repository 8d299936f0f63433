"""The inspector's words: what a picked mark is, its worked step, its fingers and whether they agree."""

from __future__ import annotations

from dataclasses import dataclass

from app.lab import names
from app.lab.figures import figure, percent
from app.lab.fingers import Finger, Score
from app.lab.nudge import Nudge
from app.lab.picks import Pick
from app.lab.replay import Numbers
from app.story.equation import Equation
from app.story.labels import layer_name
from app.story.worked import MANY, Worker

FINGER_WORDS = {
    "signal": ("Signal", "w·a: who spoke"),
    "passed": ("Passed back", "w·δ: who is asked to change"),
    "tweaked": ("Tweaked", "a·δ: whose wire moves"),
}


@dataclass(frozen=True)
class Bar:
    """One upstream neuron under one finger. `ref` is the wire it was pointed at through."""

    name: str
    ref: str
    value: str
    share: str
    width: float
    side: str
    top: bool
    kept: str = ""


@dataclass(frozen=True)
class Pointing:
    """One finger: its word, what it means, and its bars, the largest first."""

    kind: str
    word: str
    meaning: str
    bars: list[Bar]


@dataclass(frozen=True)
class Inspection:
    """What the inspector shows of one mark."""

    pick: Pick
    title: str
    what: str
    equations: list[Equation]
    pointings: list[Pointing]
    disagreement: str
    locked: str
    pointer: str
    nudged: str
    stack: list[Bar]
    mean: str
    cancels: str


def inspect(
    numbers: Numbers, example: int, pick: Pick, locked: bool, pointer: Pick | None, found: list[Finger]
) -> Inspection:
    """Explain a mark as far as it has happened, and the fingers of the pointing neuron."""
    worker, sizes = Worker(numbers, example), numbers.network.sizes
    title, what = heading(numbers, example, pick)
    if pick.kind == "n":
        equations = worker.neuron(pick.layer, pick.to)
    elif pick.kind in ("w", "b"):
        equations = worker.dial(pick.kind, pick.layer, pick.to, max(pick.source, 1))
    else:
        equations = worker.cost()
    pointings = [pointing(sizes, pointer.layer, pointer.to, one) for one in found]
    return Inspection(
        pick,
        title,
        what,
        equations,
        pointings,
        disagreement(sizes, pointer.layer, found) if pointer else "",
        LOCKED if locked else "",
        names.neuron(sizes, pointer.layer, pointer.to) if pointer else "",
        f"z of {title}" if pick.kind == "n" else title,
        *stack_of(numbers, pick),
    )


def stack_of(numbers: Numbers, pick: Pick) -> tuple[list[Bar], str, str]:
    """Return each example's part of a dial's gradient, their mean, and a sentence where they cancel; for batches only."""
    delta = numbers.backward.delta.get(pick.layer, ())
    if pick.kind not in ("w", "b") or len(numbers.examples) < 2 or len(delta) < pick.to:
        return [], "", ""
    heard = numbers.forward.a[pick.layer - 1][pick.source - 1] if pick.kind == "w" else 1.0
    parts = (heard * delta[pick.to - 1]).tolist()
    named = [(f"example {number + 1}", part) for number, part in zip(numbers.examples, parts, strict=True)]
    if len(named) > MANY:  # the loudest by name, all others as one
        named.sort(key=lambda one: -abs(one[1]))
        named[MANY - 1 :] = [(REST.format(len(named) - MANY + 1), sum(part for _, part in named[MANY - 1 :]))]
    largest = max(abs(part) for _, part in named) or 1.0
    bars = [Bar(name, "", figure(part), "", round(100 * abs(part) / largest, 1), side_of(part), False) for name, part in named]
    block = getattr(numbers.backward.nabla, pick.kind)[pick.layer]
    mean, sizes = float(block[pick.to - 1, max(pick.source, 1) - 1]), sum(map(abs, parts)) / len(parts)
    return bars, figure(mean), CANCELS.format(figure(sizes)) if abs(mean) < 0.5 * sizes else ""


REST = "{} others together"
CANCELS = "They pull in different directions: the mean of their sizes is {}, so most of it cancels."


def side_of(value: float) -> str:
    """Return which way a blame pulls: "less" above zero, "more" below, "" for none."""
    return "less" if value > 0 else "more" if value < 0 else ""


LOCKED = "Padlock: its slope is below 5 % of the steepest, so whatever blame it receives, almost none gets through."


def heading(numbers: Numbers, example: int, pick: Pick) -> tuple[str, str]:
    """Return a mark's name and what it is."""
    sizes, last = numbers.network.sizes, numbers.network.last
    if pick.kind == "cost":
        return "C", "the cost"
    own = names.neuron(sizes, pick.layer, pick.to)
    if pick.kind == "n":
        if pick.layer == 0:
            return own, f"an input: this example has {figure(float(numbers.x[pick.to - 1, example]))}"
        return own, f"neuron {pick.to} of the {layer_name(last, pick.layer)}"
    if pick.kind == "y":
        return "y" + own[1:], f"the target of {own}: {figure(float(numbers.y[pick.to - 1, example]))}"
    if pick.kind == "b":
        now = figure(float(numbers.parameters.b[pick.layer][pick.to - 1, 0]))
        return names.bias(sizes, pick.layer, pick.to), f"the bias of {own}, now {now}"
    source = names.neuron(sizes, pick.layer - 1, pick.source)
    now = figure(float(numbers.parameters.w[pick.layer][pick.to - 1, pick.source - 1]))
    return names.weight(sizes, pick.layer, pick.to, pick.source), f"the weight from {source} to {own}, now {now}"


def pointing(sizes: tuple[int, ...], layer: int, j: int, found: Finger) -> Pointing:
    """Write a finger's bars, the largest share first."""
    bars = [
        Bar(
            names.neuron(sizes, layer - 1, k),
            f"w-{layer}-{j}-{k}",
            figure(value),
            percent(share),
            round(100 * share, 1),
            side_of(value),
            k in found.tops,
            figure(found.kept[k - 1]) if found.kept else "",
        )
        for k, (value, share) in enumerate(zip(found.values, found.shares, strict=True), 1)
    ]
    return Pointing(found.kind, *FINGER_WORDS[found.kind], sorted(bars, key=lambda bar: -bar.width))


def disagreement(sizes: tuple[int, ...], layer: int, found: list[Finger]) -> str:
    """Say in one sentence, with the numbers, where the fingers point at different neurons; "" where they agree."""
    tops = [(one.kind, one.tops[0], one.shares[one.tops[0] - 1], set(one.tops)) for one in found if one.tops]
    if len(tops) < 2 or set.intersection(*(top[3] for top in tops)):
        return ""
    said = [f"{FINGER_WORDS[kind][0]}: {names.neuron(sizes, layer - 1, k)} {percent(share)}." for kind, k, share, _ in tops]
    return " ".join([*said, "Being loud is not being guilty."])


def score_words(score: Score) -> list[str]:
    """Tell the running score of the claim that neurons blame the most active one."""
    found = []
    if score.asked:
        found.append(f"was passed the most blame {score.blamed} of {score.asked} times")
    if score.moved:
        found.append(f"had its wire tweaked most {score.tweaked} of {score.moved} times")
    return found


def nudge_words(found: Nudge, name: str) -> tuple[str, str]:
    """Tell what the nudge did, and what to make of it."""
    done = (
        f"{name} from {figure(found.value)} to {figure(found.value)} + {figure(found.epsilon)}: the cost moves by "
        f"{figure(found.after - found.before)}, that is ΔC/ε = {figure(found.measured, 6)}. "
        f"Backprop says {figure(found.slope, 6)}."
    )
    agree = f"They agree to {found.digits} digit{'' if found.digits == 1 else 's'}"
    if found.verdict == "good":
        return done, f"{agree}." if found.digits else "Both are next to nothing, less than a billionth apart."
    return done, f"{agree}: {DOUBTS[found.verdict]}"


DOUBTS = {
    "large": "ε is too large here, the cost bends within it. Try a smaller one.",
    "small": "ε is too small here, rounding drowns it. Try a larger one.",
    "kink": "this is the very spot where the function has its corner, and backprop takes the slope of the other side. "
    "Try an ε of the other sign.",
    "lost": "no ε settles it here. The larger ones bend, and the smaller ones drown in rounding.",
}
