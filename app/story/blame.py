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
    if len(deltas) < speaker.sizes[last]:  # the other outputs have not had theirs
        return alone(speaker, last, len(deltas))
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
    slope, off_by = speaker.slope(last, j), abs(said[j - 1] - speaker.targets[j - 1])
    if slope is not None and slope < FAINT and abs(deltas[j - 1]) < FAINT * off_by:
        text += " But it hardly reacts any more, so it keeps almost none of it."
    return text


def blamed(speaker: Speaker, layer: int, chosen: list[int]) -> str:
    """Tell who of a hidden layer is pointed at, and who ends up with most of the error."""
    deltas = speaker.of(speaker.real.delta, layer)
    if len(chosen) == 1 < speaker.sizes[layer] or len(deltas) < speaker.sizes[layer]:
        return alone(speaker, layer, chosen[-1])
    found = blame_of(speaker.numbers, speaker.example, layer)
    pointer = speaker.name(layer + 1, found.pointer)
    if not found.pointed:
        return f"{pointer} points at nobody. {unasked(speaker, layer, found)}"
    points = f"{pointer} points at {together(speaker, layer, found.pointed)}"
    if found.reason:
        return f"{points}. Yet {ending(speaker, layer, found)}."
    if found.pointed != found.kept:
        return f"{points}. {first_up(ending(speaker, layer, found))}."
    if len(found.kept) > 1:
        return f"{points}, and they get the same blame."
    return f"{points}, {asked(speaker, layer, found, deltas[found.kept[0] - 1])}."


def alone(speaker: Speaker, layer: int, j: int) -> str:
    """Tell the blame of one neuron."""
    kept, name = speaker.of(speaker.real.delta, layer)[j - 1], speaker.name(layer, j)
    if not kept:
        return f"No blame stays with {name}."
    way = "from the cost" if layer == speaker.last else "back through the wires it spoke by"
    return f"{name} gets blame {way}: it should be {wish(kept)}."


def asked(speaker: Speaker, layer: int, found: Blame, kept: float) -> str:
    """Tell what the pointer wants of the one whom it points at and who keeps most, its error `kept`."""
    pointer, pointed = speaker.name(layer + 1, found.pointer), speaker.name(layer, found.pointed[0])
    weight = float(speaker.numbers.parameters.w[layer + 1][found.pointer - 1, found.pointed[0] - 1])
    above = float(speaker.real.delta[layer + 1][found.pointer - 1, speaker.example])
    if weight * above * kept < 0:
        return f"for it to be {wish(weight * above)}. Yet all above together ask it to be {wish(kept)}"
    way = f"for {pointer} to be {wish(above)}, {pointed} should be {wish(kept)}"
    way = f"The weight is below zero, so {way}" if weight < 0 else first_up(way)
    return f"through a weight of {told(weight)}. {way}"


def ending(speaker: Speaker, layer: int, found: Blame) -> str:
    """Tell who ends up with most of the error, and where it is not who was pointed at, why."""
    if not found.kept:
        why = "who gets it does not react" if found.reason == "slope" else "all above together cancel it"
        return f"no blame stays in the {layer_name(speaker.last, layer)}: {why}"
    most = together(speaker, layer, found.kept)
    text = f"{most} {'end' if len(found.kept) > 1 else 'ends'} up with the most blame"
    wishes = {wish(speaker.of(speaker.real.delta, layer)[k - 1]) for k in found.kept}
    text += f" and should be {wishes.pop()}" if len(wishes) == 1 else ""
    lost = [speaker.name(layer, k) for k in found.pointed if k not in found.kept]
    if found.reason == "slope":
        return f"{text}: {lost[0]} reacts less"
    return f"{text}: all above together send it more" if found.reason else text


def unasked(speaker: Speaker, layer: int, found: Blame) -> str:
    """Tell the blame of a layer at whom its loudest blamer does not point."""
    if found.kept:
        return f"{first_up(ending(speaker, layer, found))}."
    return f"No blame comes to the {layer_name(speaker.last, layer)}."


def together(speaker: Speaker, layer: int, neurons: list[int]) -> str:
    """Name who shares a place.

    Of many only how many they are is told, and of a whole layer that it is all of them.
    """
    if len(neurons) == 1:
        return speaker.name(layer, neurons[0])
    if len(neurons) == speaker.sizes[layer] and len(neurons) > 2:
        return f"all {counted(len(neurons))} alike"
    if len(neurons) <= MANY:
        return f"{listed([speaker.name(layer, j) for j in neurons])} alike"
    return f"{counted(len(neurons))} alike"
