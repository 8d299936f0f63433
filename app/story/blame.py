"""The backward pass as a story: who asks whom to be louder or quieter, who keeps most blame, and why."""

from __future__ import annotations

from app.analysis.blame import Blame, blame_of
from app.analysis.rounding import same, tops
from app.notation.language import N_, _, tr
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
        if off:
            return _("The answer is wrong, but no output reacts any more, so all the blame is lost.")
        return _("Nothing is wrong here, so nobody gets any blame.")
    j = most[0]
    if len(most) > 1:
        return _("{count} outputs share the first blame alike.", count=first_up(counted(len(most))))
    name, wanted = speaker.name(last, j), wish(deltas[j - 1])
    if len(deltas) > 1:
        text = _("{name} gets most of the first blame: it should be {wish}.", name=name, wish=wanted)
    else:
        text = _("{name} gets the first blame: it should be {wish}.", name=name, wish=wanted)
    slope, off_by = speaker.slope(last, j), abs(said[j - 1] - speaker.targets[j - 1])
    if slope is not None and slope < FAINT and abs(deltas[j - 1]) < FAINT * off_by:
        return " ".join([text, _("But it hardly reacts any more, so it keeps almost none of it.")])
    return text


def blamed(speaker: Speaker, layer: int, chosen: list[int]) -> str:
    """Tell who of a hidden layer is pointed at, and who ends up with most of the error."""
    deltas = speaker.of(speaker.real.delta, layer)
    if len(chosen) == 1 < speaker.sizes[layer] or len(deltas) < speaker.sizes[layer]:
        return alone(speaker, layer, chosen[-1])
    found = blame_of(speaker.numbers, speaker.example, layer)
    pointer = speaker.name(layer + 1, found.pointer)
    if not found.pointed:
        nobody = _("{pointer} points at nobody.", pointer=pointer)
        return f"{nobody} {unasked(speaker, layer, found)}"
    whom = together(speaker, layer, found.pointed)
    points = _("{pointer} points at {whom}.", pointer=pointer, whom=whom)
    if found.reason:
        return f"{points} {otherwise(speaker, layer, found)}"
    if found.pointed != found.kept:
        return f"{points} {ending(speaker, layer, found)}"
    if len(found.kept) > 1:
        return _("{pointer} points at {whom}, and they get the same blame.", pointer=pointer, whom=whom)
    return asked(speaker, layer, found, deltas[found.kept[0] - 1])


def alone(speaker: Speaker, layer: int, j: int) -> str:
    """Tell the blame of one neuron."""
    kept, name = speaker.of(speaker.real.delta, layer)[j - 1], speaker.name(layer, j)
    if not kept:
        return _("No blame stays with {name}.", name=name)
    if layer == speaker.last:
        return _("{name} gets blame from the cost: it should be {wish}.", name=name, wish=wish(kept))
    return _(
        "{name} gets blame back through the wires it spoke by: it should be {wish}.",
        name=name,
        wish=wish(kept),
    )


def asked(speaker: Speaker, layer: int, found: Blame, kept: float) -> str:
    """Tell what the pointer wants of the one whom it points at and who keeps most, its error `kept`."""
    pointer, pointed = speaker.name(layer + 1, found.pointer), speaker.name(layer, found.pointed[0])
    weight = float(speaker.numbers.parameters.w[layer + 1][found.pointer - 1, found.pointed[0] - 1])
    above = float(speaker.real.delta[layer + 1][found.pointer - 1, speaker.example])
    if weight * above * kept < 0:
        first = _(
            "{pointer} points at {whom}, for it to be {wish}.",
            pointer=pointer,
            whom=pointed,
            wish=wish(weight * above),
        )
        return " ".join([first, _("Yet all above together ask it to be {wish}.", wish=wish(kept))])
    first = _(
        "{pointer} points at {whom}, through a weight of {weight}.",
        pointer=pointer,
        whom=pointed,
        weight=told(weight),
    )
    way = ASKED[weight < 0]
    return f"{first} {tr(way, pointer=pointer, above=wish(above), whom=pointed, wish=wish(kept))}"


ASKED = (
    N_("For {pointer} to be {above}, {whom} should be {wish}."),
    N_("The weight is below zero, so for {pointer} to be {above}, {whom} should be {wish}."),
)


def otherwise(speaker: Speaker, layer: int, found: Blame) -> str:
    """Tell who ends up with most of the error where it is not who was pointed at, and why."""
    slope = found.reason == "slope"
    if not found.kept:
        sentences = NONE_STAYS if speaker.last == 2 else NONE_STAYS_IN
        return tr(sentences[slope], number=layer)
    lost = [speaker.name(layer, k) for k in found.pointed if k not in found.kept]
    wanted = wishes(speaker, layer, found)
    sentences = YET_WISHED[len(found.kept) > 1] if wanted else YET
    most = together(speaker, layer, found.kept)
    return tr(sentences[slope], most=most, lost=lost[0], wish=wanted)


NONE_STAYS = (  # as all above cancel it, or as who gets it does not react
    N_("Yet no blame stays in the hidden layer: all above together cancel it."),
    N_("Yet no blame stays in the hidden layer: who gets it does not react."),
)
NONE_STAYS_IN = (
    N_("Yet no blame stays in the hidden layer {number}: all above together cancel it."),
    N_("Yet no blame stays in the hidden layer {number}: who gets it does not react."),
)
YET = (  # several, of whom not the same is asked
    N_("Yet {most} end up with the most blame: all above together send it more."),
    N_("Yet {most} end up with the most blame: {lost} reacts less."),
)
YET_WISHED = (  # one, then several
    (
        N_("Yet {most} ends up with the most blame and should be {wish}: all above together send it more."),
        N_("Yet {most} ends up with the most blame and should be {wish}: {lost} reacts less."),
    ),
    (
        N_("Yet {most} end up with the most blame and should be {wish}: all above together send it more."),
        N_("Yet {most} end up with the most blame and should be {wish}: {lost} reacts less."),
    ),
)


def ending(speaker: Speaker, layer: int, found: Blame) -> str:
    """Tell who ends up with most of the error."""
    most, wanted = first_up(together(speaker, layer, found.kept)), wishes(speaker, layer, found)
    if not wanted:
        return _("{most} end up with the most blame.", most=most)
    return tr(MOST_WISHED[len(found.kept) > 1], most=most, wish=wanted)


MOST_WISHED = (  # one, then several
    N_("{most} ends up with the most blame and should be {wish}."),
    N_("{most} end up with the most blame and should be {wish}."),
)


def wishes(speaker: Speaker, layer: int, found: Blame) -> str:
    """Return what is asked of all who keep most of the error, "" where it is not the same."""
    wanted = {wish(speaker.of(speaker.real.delta, layer)[k - 1]) for k in found.kept}
    return wanted.pop() if len(wanted) == 1 else ""


def unasked(speaker: Speaker, layer: int, found: Blame) -> str:
    """Tell the blame of a layer at whom its loudest blamer does not point."""
    if found.kept:
        return ending(speaker, layer, found)
    if speaker.last == 2:
        return _("No blame comes to the hidden layer.")
    return _("No blame comes to the hidden layer {number}.", number=layer)


def together(speaker: Speaker, layer: int, neurons: list[int]) -> str:
    """Name who shares a place.

    Of many only how many they are is told, and of a whole layer that it is all of them.
    """
    if len(neurons) == 1:
        return speaker.name(layer, neurons[0])
    if len(neurons) == speaker.sizes[layer] and len(neurons) > 2:
        return _("all {count} alike", count=counted(len(neurons)))
    if len(neurons) <= MANY:
        return _("{names} alike", names=listed([speaker.name(layer, j) for j in neurons]))
    return _("{count} alike", count=counted(len(neurons)))
