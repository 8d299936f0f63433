"""The names of neurons and dials, as a textbook would write them: x₁, h₂, ŷ, w₁₂, b₁."""

from __future__ import annotations

from functools import lru_cache

SUBSCRIPTS = str.maketrans("0123456789,", "₀₁₂₃₄₅₆₇₈₉‚")
SUPERSCRIPTS = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")

Sizes = tuple[int, ...]


@lru_cache(maxsize=65536)
def neuron(sizes: Sizes, layer: int, number: int) -> str:
    """Name a neuron, counted from 1. Hidden layers carry their number only where there are several.

    >>> neuron((2, 3, 1), 0, 2), neuron((2, 3, 1), 1, 3), neuron((2, 3, 1), 2, 1), neuron((2, 3, 4, 1), 2, 4)
    ('x₂', 'h₃', 'ŷ', 'h²₄')
    """
    last = len(sizes) - 1
    letter = "x" if layer == 0 else "ŷ" if layer == last else "h"
    above = str(layer).translate(SUPERSCRIPTS) if letter == "h" and last > 2 else ""
    below = str(number).translate(SUBSCRIPTS) if sizes[layer] > 1 else ""
    return letter + above + below


@lru_cache(maxsize=65536)
def weight(sizes: Sizes, layer: int, to: int, source: int) -> str:
    """Name the weight to neuron `to` of `layer` from neuron `source` of the layer before it.

    With one hidden layer the letters are w and v; with more, w carries the layer's number. An index
    that can only be 1 is left out.

    >>> weight((2, 3, 1), 1, 3, 2), weight((2, 3, 1), 2, 1, 3), weight((2, 3, 4, 1), 2, 4, 3)
    ('w₃₂', 'v₃', 'w²₄₃')
    """
    indices = [str(n) for n, size in ((to, sizes[layer]), (source, sizes[layer - 1])) if size > 1]
    return _letter(sizes, layer, "wv") + (",".join if to > 9 or source > 9 else "".join)(indices).translate(
        SUBSCRIPTS
    )


@lru_cache(maxsize=65536)
def bias(sizes: Sizes, layer: int, number: int) -> str:
    """Name the bias of a neuron: b and c with one hidden layer, as w and v are its weights.

    >>> bias((2, 3, 1), 1, 2), bias((2, 3, 1), 2, 1), bias((2, 3, 4, 1), 3, 1)
    ('b₂', 'c', 'b³')
    """
    return _letter(sizes, layer, "bc") + (str(number).translate(SUBSCRIPTS) if sizes[layer] > 1 else "")


def example(number: int) -> str:
    """Return the mark of what belongs to one example, counted from 1, among several.

    >>> "δ" + example(12)
    'δ⁽¹²⁾'
    """
    return f"⁽{str(number).translate(SUPERSCRIPTS)}⁾"


def _letter(sizes: Sizes, layer: int, letters: str) -> str:
    last = len(sizes) - 1
    if last <= 2:
        return letters[layer - 1]
    return letters[0] + str(layer).translate(SUPERSCRIPTS)
