"""The backward pass as a story: who asks whom to be louder or quieter, who keeps most blame, and why."""

from __future__ import annotations

from app.analysis.blame import Blame, blame_of
from app.analysis.rounding import same, tops
from app.story.labels import layer_name
from app.story.speaker import Speaker
from app.story.wording import counted, first_up, listed, told, wish

MANY = 3  # of so many who share something each is named
FAINT = 0.05  # of the steepest slope: who has less hardly reacts


def first_blame(speaker: Speaker) -> str:
    """Tell what the cost asks of the outputs."""
    last = speaker.last
    deltas, said = speaker.of(speaker.real.delta, last), speaker.answers
    most = tops(deltas)
    if not most:
        off = any(not same(answer, target) for answer, target in zip(said, speaker.targets, strict=True))
        lost = "The answer is wrong, but no output reacts any more, so all the blame is lost."
        return lost if off else "Nothing is wrong here, so nobody gets any blame."
    j = most[0]
    if len(most) > 1:
        return f"{first_up(counted(len(most)))} outputs share the first blame alike."
    share = "most of the first blame" if len(deltas) > 1 else "the first blame"
    text = f"{speaker.name(last, j)} gets {share}: it should be {wish(deltas[j - 1])}."
    slope = speaker.slope(last, j)
    if slope is not None and slope < FAINT:
        text += " But it hardly reacts any more, so it keeps almost none of it."
    return text


def blamed(speaker: Speaker, layer: int, chosen: list[int]) -> str:
    """Tell who of a hidden layer is pointed at, and who ends up with most of the error."""
    deltas = speaker.of(speaker.real.delta, layer)
    if len(chosen) == 1 < speaker.sizes[layer] or len(deltas) < speaker.sizes[layer]:
        return alone(speaker, layer, chosen[-1])
    found = blame_of(speaker.numbers, speaker.example, layer)
    if not found.kept:
        return f"No blame comes through to the {layer_name(speaker.last, layer)}: nobody there reacts."
    if len(found.pointed) != 1 or len(found.kept) != 1:
        return shared(speaker, layer, found)
    pointer, pointed = speaker.name(layer + 1, found.pointer), speaker.name(layer, found.pointed[0])
    if found.reason:
        most = f"{speaker.name(layer, found.kept[0])} ends up with the most blame and should be"
        why = f"{pointed} reacts less" if found.reason == "slope" else "the others point at it more"
        return f"{pointer} points at {pointed}. Yet {most} {wish(deltas[found.kept[0] - 1])}: {why}."
    weight = float(speaker.numbers.parameters.w[layer + 1][found.pointer - 1, found.pointed[0] - 1])
    above = float(speaker.real.delta[layer + 1][found.pointer - 1, speaker.example])
    way = f"for {pointer} to be {wish(above)}, {pointed} should be {wish(weight * above)}"
    way = f"The weight is below zero, so {way}" if weight < 0 else first_up(way)
    return f"{pointer} points at {pointed}, through a weight of {told(weight)}. {way}."


def alone(speaker: Speaker, layer: int, j: int) -> str:
    """Tell the blame of one neuron."""
    kept, name = speaker.of(speaker.real.delta, layer)[j - 1], speaker.name(layer, j)
    if not kept:
        return f"No blame stays with {name}."
    return f"{name} gets blame back through the wires it spoke by: it should be {wish(kept)}."


def shared(speaker: Speaker, layer: int, found: Blame) -> str:
    """Tell a blame in which several share the first place."""
    kept, pointer = [speaker.name(layer, j) for j in found.kept], speaker.name(layer + 1, found.pointer)
    if len(kept) == 1:
        return f"{pointer} points at several alike; {kept[0]} ends up with the most blame."
    if len(kept) == speaker.sizes[layer] and len(kept) > 2:
        return f"All {counted(len(kept))} get the same blame."
    if len(kept) <= MANY:
        return f"{listed(kept)} get the same blame."
    return f"{first_up(counted(len(kept)))} share the most blame."
