"""What has just happened, told as a story, and what comes next."""

from __future__ import annotations

from dataclasses import dataclass

from app.analysis.rounding import same, tops
from app.lab.itinerary import Moment
from app.lab.replay import Numbers
from app.notation.language import N_, _, ngettext, tr
from app.story.blame import blamed, first_blame
from app.story.labels import PHASE_NAMES
from app.story.misses import miss
from app.story.next_step import announce
from app.story.speaker import Speaker
from app.story.turned import turned
from app.story.wording import counted, first_up, listed, told, told_apart

FEW = 2  # numbers in a sentence: layers with more neurons are told by their extremes
MANY = 3  # of so many each is named
LITTLE = 0.2  # a cost that falls by a smaller part than this is a little better

ASKED_AGAIN = {  # where nothing has changed that one could see, and where something has
    "answer": (
        N_("Asked the same again, {name} still says {new}: {judged}."),
        N_("Asked the same again, {name} now says {new} instead of {old}: {judged}."),
    ),
    "cost": (
        N_("Asked the same again, still the answer costs {new}: {judged}."),
        N_("Asked the same again, the answer costs {new} instead of {old}: {judged}."),
    ),
    "costs": (
        N_("Asked the same again, still they cost {new}: {judged}."),
        N_("Asked the same again, they cost {new} instead of {old}: {judged}."),
    ),
}


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
    return Narration(tr(PHASE_NAMES[last.phase]), [text], announce(numbers.network.sizes, coming))


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
    inputs = speaker.of(speaker.numbers.forward.a, 0)
    values = listed([told(value) for value in inputs]) if len(inputs) <= FEW else ""
    together, count, number = len(speaker.numbers.examples), counted(len(inputs)), len(inputs)
    if together > 1:
        all_of_them = counted(together)
        if not values:
            return f"{one_of(all_of_them, count)} {aim(speaker)}"
        given = ngettext(
            "One of {together} that are asked together: one input, {values}.",
            "One of {together} that are asked together: {count} inputs, {values}.",
            number,
            together=all_of_them,
            count=count,
            values=values,
        )
        return f"{given} {aim(speaker)}"
    given = _("{count} inputs.", count=first_up(count))
    if values:
        given = ngettext(
            "One input, {values}.", "{count} inputs, {values}.", number, count=first_up(count), values=values
        )
    return " ".join([given, aim(speaker), _("Let us see what the network says.")])


def one_of(together: str, count: str) -> str:
    """Tell one example among those that are asked together, and how many inputs it has."""
    return _("One of {together} that are asked together: {count} inputs.", together=together, count=count)


def aim(speaker: Speaker) -> str:
    """Tell the right answer."""
    targets = speaker.targets
    if speaker.numbers.recipe.dataset.one_hot:
        return _("The answer should be {answer}.", answer=speaker.name(speaker.last, targets.index(1.0) + 1))
    if len(targets) > FEW:
        return _("There are {count} right answers.", count=counted(len(targets)))
    if len(targets) == 1:
        return _("The answer should be {answer}.", answer=told(targets[0]) + brought(speaker, targets[0]))
    return _("The answers should be {answers}.", answers=listed([told(value) for value in targets]))


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
        return _("All of them are equally loud: each says {value}.", value=told(values[chosen[0] - 1]))
    if len(chosen) <= FEW:
        return both(speaker, layer, chosen)
    order = sorted(chosen, key=lambda j: -abs(values[j - 1]))
    return _(
        "{loudest} is the loudest of {count}, with {value}; {quietest} is the quietest.",
        loudest=speaker.name(layer, order[0]),
        count=counted(len(chosen)),
        value=told(values[order[0] - 1]),
        quietest=speaker.name(layer, order[-1]),
    )


def both(speaker: Speaker, layer: int, chosen: list[int]) -> str:
    """Tell what two hidden neurons say."""
    names = [speaker.name(layer, j) for j in chosen]
    values = [speaker.of(speaker.numbers.forward.a, layer)[j - 1] for j in chosen]
    text = _(
        "{first} says {value} and {second} says {other}.",
        first=names[0],
        value=told(values[0]),
        second=names[1],
        other=told(values[1]),
    )
    loud = tops(values)
    if len(loud) != 1:
        return text
    return " ".join([text, _("{name} is the loudest.", name=names[loud[0] - 1])])


def heard(speaker: Speaker, layer: int, j: int) -> str:
    """Tell what one hidden neuron makes of what it hears."""
    numbers = speaker.numbers
    terms = numbers.parameters.w[layer][j - 1] * numbers.forward.a[layer - 1][:, speaker.example]
    most, value = tops(terms), speaker.of(numbers.forward.a, layer)[j - 1]
    text = _("{name} adds up what it hears and says {value}.", name=speaker.name(layer, j), value=told(value))
    if len(terms) > 1 and len(most) == 1:
        return " ".join([text, _("It listens most to {name}.", name=speaker.name(layer - 1, most[0]))])
    return text


def answer(speaker: Speaker) -> str:
    """Tell what the outputs answer."""
    values, last = speaker.answers, speaker.last
    if speaker.sizes[-1] == 1 or len(values) < speaker.sizes[-1]:
        return answered(speaker, len(values), values[-1])
    loud = tops(values)
    if len(loud) == 1:
        name, value = speaker.name(last, loud[0]), told(values[loud[0] - 1])
        return _("The loudest output is {name}, with {value}.", name=name, value=value)
    if not loud:
        return _("Every output is silent.")
    if len(loud) <= MANY:
        return _("{names} are equally loud.", names=listed([speaker.name(last, j) for j in loud]))
    return _("All or many outputs are equally loud.")


def answered(speaker: Speaker, j: int, value: float) -> str:
    """Tell what one output answers, and whom it listens to."""
    last, before = speaker.last, speaker.sizes[speaker.last - 1]
    name, text = speaker.name(last, j), told(value)
    text += brought(speaker, value) if speaker.sizes[-1] == 1 else ""
    if before > MANY:
        return _(
            "{name} listens to all {count} before it and answers {value}.",
            name=name,
            count=counted(before),
            value=text,
        )
    names = listed([speaker.name(last - 1, k + 1) for k in range(before)])
    return _("{name} listens to {names} and answers {value}.", name=name, names=names, value=text)


def wrong(speaker: Speaker) -> str:
    """Tell how wrong the answer is, and what that costs."""
    values, targets, costs = speaker.answers, speaker.targets, speaker.numbers.costs
    assert costs is not None  # the comparison has happened
    if len(values) == 1:
        text = miss(speaker, 1, "only")
    elif speaker.numbers.recipe.dataset.one_hot:
        text = miss(speaker, targets.index(1.0) + 1, "right")
    else:
        off = [abs(value - right) for value, right in zip(values, targets, strict=True)]
        text = miss(speaker, off.index(max(off)) + 1, "worst")
    text += " " + _("That costs {cost}.", cost=told(float(costs[speaker.example])))
    if len(costs) > 1:
        count, mean = counted(len(costs)), told(float(costs.mean()))
        together = _("All {count} asked together cost {cost} on average.", count=count, cost=mean)
        return f"{text} {together}"
    return text


def better(speaker: Speaker) -> str:
    """Tell how many dials moved, and whether it got better."""
    numbers, example = speaker.numbers, speaker.example
    costs, again, costs_after = numbers.costs, numbers.again, numbers.costs_after
    assert costs is not None  # the descent has happened, so all are there
    assert again is not None
    assert costs_after is not None
    before, now = float(costs[example]), float(costs_after[example])
    how = "cost"
    if len(speaker.targets) == 1 and len(costs) == 1:
        how, pair = "answer", (speaker.answers[0], float(again.a[speaker.last][0, example]))
    else:
        if len(costs) > 1:
            how, before, now = "costs", float(costs.mean()), float(costs_after.mean())
        pair = (before, now)
    old, new = told_apart(*pair)
    asked = tr(
        ASKED_AGAIN[how][old != new],
        name=speaker.name(speaker.last, 1),
        old=old,
        new=new,
        judged=judged(before, now),
    )
    return f"{turned(speaker)} {asked}"


def judged(before: float, after: float) -> str:
    """Say whether a cost got better.

    >>> judged(0.5, 0.45), judged(0.5, 0.1), judged(0.5, 0.6), judged(0.5, 0.5)
    ('a little better', 'better', 'worse', 'no better and no worse')
    """
    if same(before, after):
        return _("no better and no worse")
    if after > before:
        return _("worse")
    return _("a little better") if before - after < LITTLE * before else _("better")
