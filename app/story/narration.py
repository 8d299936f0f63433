"""What has just happened, told as a story, and what comes next."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from app.analysis.rounding import same, steps, tops
from app.engine.parameters import Array
from app.lab.itinerary import Moment
from app.lab.replay import Numbers
from app.story.blame import blamed, first_blame
from app.story.functions import optimisers, regularisers
from app.story.labels import PHASE_NAMES
from app.story.next_step import announce
from app.story.speaker import Speaker
from app.story.wording import counted, decimals, first_up, listed, many, told, told_apart

FEW = 2  # numbers in a sentence: layers with more neurons are told by their extremes
MANY = 3  # of so many each is named
LITTLE = 0.2  # a cost that falls by a smaller part than this is a little better


@dataclass(frozen=True)
class Narration:
    """A title ("Forward"), what happened, line by line, and what the next click will do."""

    title: str
    lines: list[str]
    next: str


def narrate(
    numbers: Numbers, example: int, recent: tuple[Moment, ...], coming: tuple[Moment, ...]
) -> Narration:
    """Tell the moments of the last click, for column `example` of the batch, and announce the next ones."""
    last, speaker = recent[-1], Speaker(numbers, example)
    neurons = [moment.neuron for moment in recent if moment[:2] == last[:2]]
    text = happened(speaker, last, neurons)
    return Narration(PHASE_NAMES[last.phase], [text], announce(numbers.network.sizes, coming))


def happened(speaker: Speaker, moment: Moment, neurons: list[int]) -> str:
    """Tell what happened at a moment, in the neurons of its layer that have just been walked through; 0 is
    all."""
    layer, last = moment.layer, speaker.last
    chosen = list(range(1, speaker.sizes[layer] + 1)) if 0 in neurons else neurons
    if moment.phase == "forward":
        return answer(speaker) if layer == last else said(speaker, layer, chosen)
    if moment.phase == "backward":
        return first_blame(speaker) if layer == last else blamed(speaker, layer, chosen)
    return {"input": shown, "cost": wrong, "descent": better}[moment.phase](speaker)


def shown(speaker: Speaker) -> str:
    """Tell the inputs and the right answer."""
    numbers, targets = speaker.numbers, speaker.targets
    inputs = speaker.of(numbers.forward.a, 0)
    given = first_up(many(len(inputs), "input"))
    given += f", {listed([told(value) for value in inputs])}" if len(inputs) <= FEW else ""
    if numbers.recipe.dataset.one_hot:
        right = f"The answer should be {speaker.name(speaker.last, targets.index(1.0) + 1)}"
    elif len(targets) > FEW:
        right = f"There are {many(len(targets), 'right answer')}"
    else:
        right = "The answer should be" if len(targets) == 1 else "The answers should be"
        right += f" {listed([told(value) for value in targets])}"
        right += brought(speaker, targets[0]) if len(targets) == 1 else ""
    together = len(numbers.examples)
    if together > 1:
        return f"One of {counted(together)} that are asked together: {given[0].lower()}{given[1:]}. {right}."
    return f"{given}. {right}. Let us see what the network says."


def brought(speaker: Speaker, value: float) -> str:
    """Return a number of the one output as somebody brought it, in brackets, "" where it is the same."""
    column = speaker.numbers.recipe.dataset.aims[0]
    if column.scaled:
        given = column.told(value) if value in speaker.targets else column.answered(value)
        return f" ({column.name} {given})".replace("( ", "(")
    return f" ({column.label(value)})" if column.words and value in (0, 1) else ""


def said(speaker: Speaker, layer: int, chosen: list[int]) -> str:
    """Tell what hidden neurons say."""
    values = speaker.of(speaker.numbers.forward.a, layer)
    if len(chosen) == 1:
        return heard(speaker, layer, chosen[0])
    if len({told(values[j - 1]) for j in chosen}) == 1:
        return f"All of them are equally loud: each says {told(values[chosen[0] - 1])}."
    if len(chosen) <= FEW:
        each = [f"{speaker.name(layer, j)} says {told(values[j - 1])}" for j in chosen]
        loud = tops([values[j - 1] for j in chosen])
        ending = f" {speaker.name(layer, chosen[loud[0] - 1])} is the loudest." if len(loud) == 1 else ""
        return f"{listed(each)}.{ending}"
    order = sorted(chosen, key=lambda j: -abs(values[j - 1]))
    loudest, quietest = speaker.name(layer, order[0]), speaker.name(layer, order[-1])
    with_most = f"{loudest} is the loudest of {counted(len(chosen))}, with {told(values[order[0] - 1])}"
    return f"{with_most}; {quietest} is the quietest."


def heard(speaker: Speaker, layer: int, j: int) -> str:
    """Tell what one hidden neuron makes of what it hears."""
    numbers = speaker.numbers
    terms = numbers.parameters.w[layer][j - 1] * numbers.forward.a[layer - 1][:, speaker.example]
    most, value = tops(terms), speaker.of(numbers.forward.a, layer)[j - 1]
    by = (
        f" It listens most to {speaker.name(layer - 1, most[0])}."
        if len(terms) > 1 and len(most) == 1
        else ""
    )
    return f"{speaker.name(layer, j)} adds up what it hears and says {told(value)}.{by}"


def answer(speaker: Speaker) -> str:
    """Tell what the outputs answer."""
    values, last, before = speaker.answers, speaker.last, speaker.sizes[speaker.last - 1]
    whom = f"all {counted(before)} before it"
    if before <= MANY:
        whom = listed([speaker.name(last - 1, k + 1) for k in range(before)])
    if speaker.sizes[-1] == 1 or len(values) < speaker.sizes[-1]:
        own = brought(speaker, values[-1]) if speaker.sizes[-1] == 1 else ""
        return f"{speaker.name(last, len(values))} listens to {whom} and answers {told(values[-1])}{own}."
    loud = tops(values)
    if len(loud) == 1:
        return f"The loudest output is {speaker.name(last, loud[0])}, with {told(values[loud[0] - 1])}."
    who = listed([speaker.name(last, j) for j in loud]) if 0 < len(loud) <= MANY else "All or many outputs"
    return f"{who} are equally loud." if loud else "Every output is silent."


def miss(speaker: Speaker, j: int) -> str:
    """Tell what an output said, what it should have said, and by how much it is off."""
    value, right = speaker.answers[j - 1], speaker.targets[j - 1]
    off = round(value, decimals()) - round(right, decimals()) or value - right
    if same(value, right):
        return f"said {told(value)}, as it should: exactly right"
    too = "loud" if off > 0 else "quiet"
    return f"said {told(value)} and should say {told(right)}: {told(abs(off))} too {too}"


def wrong(speaker: Speaker) -> str:
    """Tell how wrong the answer is, and what that costs."""
    values, targets, costs = speaker.answers, speaker.targets, speaker.numbers.costs
    assert costs is not None  # the comparison has happened
    if len(values) == 1:
        text = f"It {miss(speaker, 1)}."
    elif speaker.numbers.recipe.dataset.one_hot:
        j = targets.index(1.0) + 1
        text = f"The right one, {speaker.name(speaker.last, j)}, {miss(speaker, j)}."
    else:
        off = [abs(value - right) for value, right in zip(values, targets, strict=True)]
        j = off.index(max(off)) + 1
        text = f"{speaker.name(speaker.last, j)} is most wrong: it {miss(speaker, j)}."
    text += f" That costs {told(float(costs[speaker.example]))}."
    if len(costs) > 1:
        text += f" All {counted(len(costs))} asked together cost {told(float(costs.mean()))} on average."
    return text


def better(speaker: Speaker) -> str:
    """Tell how many dials moved, and whether it got better."""
    numbers, example = speaker.numbers, speaker.example
    costs, again, costs_after = numbers.costs, numbers.again, numbers.costs_after
    assert costs is not None  # the descent has happened, so all are there
    assert again is not None
    assert costs_after is not None
    moved = steps(numbers)
    assert moved is not None
    free = len(numbers.parameters) - held_count(numbers)
    text = turned(speaker, free, int(np.count_nonzero(moved.vector())))
    before, now = float(costs[example]), float(costs_after[example])
    if len(speaker.targets) == 1 and len(costs) == 1:
        value, new = speaker.answers[0], float(again.a[speaker.last][0, example])
        old_text, new_text = told_apart(value, new)
        name = speaker.name(speaker.last, 1)
        how = (
            f"still says {new_text}" if old_text == new_text else f"now says {new_text} instead of {old_text}"
        )
        return f"{text} Asked the same again, {name} {how}: {judged(before, now)}."
    whose = "the answer costs"
    if len(costs) > 1:
        whose, before, now = "they cost", float(costs.mean()), float(costs_after.mean())
    old_text, new_text = told_apart(before, now)
    how = f"still {whose} {new_text}" if old_text == new_text else f"{whose} {new_text} instead of {old_text}"
    return f"{text} Asked the same again, {how}: {judged(before, now)}."


def held_count(numbers: Numbers) -> int:
    """Return how many dials are held still."""
    still = numbers.recipe.still
    return 0 if still is None else int(still.vector().sum())


def turned(speaker: Speaker, dials: int, count: int) -> str:
    """Say how many dials have moved, and by whose rule."""
    recipe = speaker.numbers.recipe
    rules = [optimisers.told(recipe.optimiser).name] * (recipe.optimiser != "descent")
    rules += [regularisers.told(recipe.regulariser).name] * (recipe.regulariser != "none")
    if not dials:
        return "No dial moved: all are held still."
    if not count:
        why = "the steps were too small" if free_part(speaker).any() else "no blame came"
        return f"No dial moved: {why}."
    free = "free " if recipe.held else ""
    if count == dials:
        all_of_them = f"All {counted(dials)} {free}dials"
        who, but = {1: f"The only {free}dial", 2: f"Both {free}dials"}.get(dials, all_of_them), ""
    else:
        who = f"{first_up(counted(count))} of {counted(dials)} {free}dials"
        blamed = int(np.count_nonzero(free_part(speaker)))
        but = "; the steps of the others were too small" if blamed == dials else ""
    return f"{who} moved, by {listed(rules)}{but}." if rules else f"{who} moved{but}."


def free_part(speaker: Speaker) -> Array:
    """Return the gradient of the dials that may move, and 0 for those that are held."""
    still = speaker.numbers.recipe.still
    nabla = speaker.real.nabla.vector()
    return nabla if still is None else nabla * (1 - still.vector())


def judged(before: float, after: float) -> str:
    """Say whether a cost got better.

    >>> judged(0.5, 0.45), judged(0.5, 0.1), judged(0.5, 0.6), judged(0.5, 0.5)
    ('a little better', 'better', 'worse', 'no better and no worse')
    """
    if same(before, after):
        return "no better and no worse"
    if after > before:
        return "worse"
    return "a little better" if before - after < LITTLE * before else "better"
