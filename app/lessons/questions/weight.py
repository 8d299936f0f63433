"""Questions about one weight in the descent: which way it goes, and by how much."""

from __future__ import annotations

from app.lab.dials import Dial, dials_of
from app.lab.recipe import Recipe
from app.lab.replay import Numbers
from app.lessons.question import Choice, Posed, Question, chance
from app.notation.language import _
from app.notation.numbers import figure, moved

SEEN = 1e-4  # a weight that moves, but by less, is not asked about
TYPED = 5e-3  # by how much a weight has to move for its move to be guessed as a number


def drawn(numbers: Numbers, key: str) -> Dial:
    """Return the weight that is asked about in this iteration."""
    weights = [dial for dial in dials_of(numbers.network.sizes) if dial.kind == "w"]
    return weights[chance(numbers, key) % len(weights)]


def move_of(numbers: Numbers, dial: Dial) -> float:
    """Return by how much a dial moves in the descent."""
    return dial.of(numbers.after or numbers.parameters) - dial.of(numbers.parameters)


def way(numbers: Numbers, example: int) -> Posed | None:
    """Ask whether a weight goes up, goes down or stays."""
    dial = drawn(numbers, "way")
    old, by = dial.of(numbers.parameters), move_of(numbers, dial)
    if by and abs(by) < SEEN:
        return None
    slope = dial.of(numbers.backward.nabla)
    told = {
        "weight": dial.name(numbers.network.sizes),
        "move": moved(old, old + by),
        "gradient": figure(slope),
        "value": figure(old),
    }
    if not by and slope:
        why = _("{weight} stays at {value}: it is held still, or too little moves it.", **told)
        wrong = _("A gradient says where a weight would go; the rule of descent decides whether it does.")
    elif by * slope > 0:
        why = _("It does not go against its gradient, {gradient}: {move}.", **told)
        wrong = _("Earlier gradients and the pull towards small weights have a say in the move as well.")
    elif not by:
        why = _("{weight} stays at {value}; its gradient is {gradient}.", **told)
        wrong = _("Only what a wire carries can be blamed on it: a silent sender’s weight has no gradient.")
    elif by > 0:
        why = _("{weight} goes up, {move}; its gradient is {gradient}.", **told)
        wrong = _("A weight goes against its gradient: where that is below zero, up lowers the cost.")
    else:
        why = _("{weight} goes down, {move}; its gradient is {gradient}.", **told)
        wrong = _("A weight goes against its gradient: where that is above zero, down lowers the cost.")
    return Posed(
        text=_("Will {weight} go up, go down or stay?", **told),
        choices=(Choice("up", _("up")), Choice("down", _("down")), Choice("stay", _("it stays"))),
        right=frozenset({"stay" if not by else "up" if by > 0 else "down"}),
        why=why,
        wrong={"": wrong},
    )


def amount(numbers: Numbers, example: int) -> Posed | None:
    """Ask by how much a weight changes."""
    weights = [dial for dial in dials_of(numbers.network.sizes) if dial.kind == "w"]
    begin = chance(numbers, "amount") % len(weights)
    moving = [dial for dial in weights[begin:] + weights[:begin] if abs(move_of(numbers, dial)) >= TYPED]
    if not moving:
        return None
    dial = moving[0]
    by = move_of(numbers, dial)
    told = {
        "weight": dial.name(numbers.network.sizes),
        "change": figure(by),
        "eta": figure(numbers.eta),
        "gradient": figure(dial.of(numbers.backward.nabla)),
    }
    if numbers.recipe.optimiser == "descent" and numbers.recipe.regulariser == "none":
        why = _("{weight} changes by {change}: −η times its gradient, −{eta} · {gradient}.", **told)
    else:
        why = _("{weight} changes by {change}; its gradient is {gradient}.", **told)
    return Posed(
        text=_("By how much will {weight} change? Near enough will do.", **told),
        value=by,
        why=why,
        wrong={
            "": _(
                "A weight changes by −η · δ · a: the sign turned round, the learning rate, the error, the "
                "signal."
            )
        },
    )


def free(recipe: Recipe) -> bool:
    """Fit every recipe."""
    return bool(recipe.sizes)


WAY = Question(key="way", phase="descent", fits=free, pose=way)
AMOUNT = Question(key="amount", phase="descent", fits=free, pose=amount)
