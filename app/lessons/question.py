"""What a question is: about a moment that comes, decided by that moment's numbers."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from zlib import crc32

from app.engine.network import Network
from app.lab.dials import dials_of
from app.lab.itinerary import Moment
from app.lab.recipe import Recipe
from app.lab.replay import Numbers
from app.notation.names import neuron
from app.notation.numbers import typed_number

AHEAD = 1.1  # by which the largest is ahead of the next, so that nobody disputes it
NEAR, NEAREST = 0.1, 5e-4  # how far from a number a guess may be: as a part of it, and at least


@dataclass(frozen=True)
class Choice:
    """One possible answer: its key, which is a mark where it is in the picture, and its name."""

    key: str
    name: str


@dataclass(frozen=True, kw_only=True)
class Posed:
    """A question as it is asked; nothing but `text` and `choices` may be shown before it is answered.

    Without choices a number is typed: `value`. `wrong` has the misconception behind each wrong answer, under
    "" that behind any other.
    """

    text: str
    choices: tuple[Choice, ...] = ()
    right: frozenset[str] = frozenset()
    value: float | None = None
    why: str
    wrong: dict[str, str] = field(default_factory=dict)

    def takes(self, answer: str) -> bool:
        """Tell whether an answer is one that can be given."""
        return self.guess(answer) is not None if self.value is not None else answer in self.keys

    @property
    def keys(self) -> set[str]:
        """Return the keys of the choices."""
        return {choice.key for choice in self.choices}

    def guess(self, answer: str) -> float | None:
        """Return a typed answer as a number, None where it is none."""
        try:
            return typed_number(answer)
        except ValueError:
            return None

    def kept(self, answer: str) -> str:
        """Return an answer as it is counted: numbers that are the same as the same."""
        guess = None if self.value is None else self.guess(answer)
        return answer if guess is None else f"{guess:.6g}"

    def is_right(self, answer: str) -> bool:
        """Tell whether an answer is right."""
        if self.value is None:
            return answer in self.right
        guess = self.guess(answer)
        return guess is not None and abs(guess - self.value) <= max(NEAR * abs(self.value), NEAREST)

    def name(self, answer: str) -> str:
        """Return an answer as its button says it, a typed one as it is."""
        return next((choice.name for choice in self.choices if choice.key == answer), answer)

    def misconception(self, answer: str) -> str:
        """Return in a sentence what is behind a wrong answer, "" where nobody knows."""
        return self.wrong.get(answer, self.wrong.get("", ""))


@dataclass(frozen=True, kw_only=True)
class Question:
    """One kind of question: the phase and the layer whose numbers decide it, counted from 1 or, from the
    output, from 0 down; which recipes it fits; and `pose`, which asks it of a moment's numbers and one of
    their examples, None where it cannot be decided."""

    key: str
    phase: str
    layer: int = 0
    fits: Callable[[Recipe], bool]
    pose: Callable[[Numbers, int], Posed | None]

    def about(self, network: Network) -> tuple[str, int]:
        """Return the phase and the layer, 0 for none, whose numbers decide it."""
        if self.phase not in ("forward", "backward"):
            return self.phase, 0
        return self.phase, self.layer if self.layer > 0 else network.last + self.layer

    def comes(self, recipe: Recipe, moments: Sequence[Moment], coming: Sequence[Moment]) -> bool:
        """Tell whether all that decides it comes with the next step, and nothing of it is known yet."""
        about = self.about(recipe.network)
        own = [moment for moment in moments if moment[:2] == about]
        return set(own) <= set(coming) and bool(own) and self.fits(recipe)

    def known(self, numbers: Numbers, moments: Sequence[Moment]) -> bool:
        """Tell whether a moment knows all that decides it."""
        about = self.about(numbers.network)
        ends = [at for at, moment in enumerate(moments) if moment[:2] == about]
        return bool(ends) and moments.index(numbers.moment) >= ends[-1] and self.fits(numbers.recipe)


def chance(numbers: Numbers, key: str) -> int:
    """Return a number that looks drawn and is the same whenever one comes to this iteration again."""
    return crc32(f"{numbers.recipe.key()} {numbers.iteration} {key}".encode())


def leader(sizes: Sequence[float]) -> int | None:
    """Return which of several sizes is clearly the largest, None where none is.

    >>> leader([0.1, 0.5, 0.2]), leader([0.5, 0.49]), leader([0.0, 0.0])
    (1, None, None)
    """
    ordered = sorted(sizes, reverse=True)
    clear = ordered[0] > max(0.0, ordered[1]) * AHEAD
    return list(sizes).index(ordered[0]) if clear and ordered[0] > 0 else None


def neurons(numbers: Numbers, layer: int) -> tuple[Choice, ...]:
    """Return the neurons of a layer as choices."""
    sizes = numbers.network.sizes
    return tuple(Choice(f"n-{layer}-{j}", neuron(sizes, layer, j)) for j in range(1, sizes[layer] + 1))


def wires(numbers: Numbers, layer: int, to: int) -> tuple[Choice, ...]:
    """Return the wires into a neuron, counted from 1, as choices."""
    sizes = numbers.network.sizes
    into = [dial for dial in dials_of(sizes) if dial[:3] == ("w", layer, to)]
    return tuple(Choice(dial.mark, dial.name(sizes)) for dial in into)


def several_hidden(recipe: Recipe) -> bool:
    """Tell whether the last hidden layer has neurons to choose from."""
    return bool(recipe.hidden) and recipe.hidden[-1] > 1
