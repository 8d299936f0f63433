"""Blocks of numbers dealt to layers: which array holds whose weights and biases, and what fits several
ways."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Literal, NamedTuple

import numpy as np

from app.engine.parameters import Array, Parameters
from app.lab.blocks import Block
from app.limits import Unusable
from app.notation.names import Sizes

KINDS = {  # the last of these words in a block's name tells what it holds
    **dict.fromkeys(("w", "v", "weight", "weights", "kernel", "kernels", "coef", "coefs"), "w"),
    **dict.fromkeys(("b", "c", "bias", "biases", "intercept", "intercepts", "offset", "offsets"), "b"),
    **dict.fromkeys(("theta", "thetas", "θ", "threshold", "thresholds"), "t"),  # a bias with its sign turned
}
SAYS = {"rows": r"\.weight\b|Parameter containing", "columns": r"kernel|\bcoefs?_"}  # what a neuron is there
Pairs = Sequence[tuple[Block, Block | None]]
Order = Literal["", "turns", "after", "letters"]


class Way(NamedTuple):
    """How a text can be read: a neuron's weights are a row or a column, or come `lines` by lines; where its
    bias stands if in the same array; whether weights and biases take turns, or all biases come after, or the
    letters tell, whatever stands first."""

    neurons: Literal["rows", "columns", "lines"]
    bias: Literal["", "last", "first"] = ""
    order: Order = ""

    @property
    def key(self) -> str:
        """Return the way as a form sends it.

        >>> Way("rows", "last").key
        'rows-last'
        """
        return "-".join(filter(None, self))


@dataclass(frozen=True)
class Reading:
    """Dials, and the way a text was read to get them."""

    way: Way
    dials: Parameters


class Misfit(NamedTuple):
    """A block of the wrong shape: what was wanted of it, "w", "b" or "joined", and for which layer."""

    block: Block
    what: str
    layer: int


def kind_of(name: str) -> str:
    """Return what a name says its block holds: "w", "b", "t" for thresholds, or "".

    >>> kind_of("fc1.weight"), kind_of("b₂"), kind_of("hidden layer")
    ('w', 'b', '')
    """
    parts = re.findall(r"[^\W\d_]+", unicodedata.normalize("NFKC", name).casefold())
    return next((KINDS[part] for part in reversed(parts) if part in KINDS), "")


def dealt(blocks: Sequence[Block], sizes: Sizes, *, loosely: bool = False) -> tuple[Reading, ...]:
    """Return every way in which blocks are the dials of a network, each with other dials; raises Unusable.

    Where they fit as they are, a plain list is not taken for a matrix of one row as well, unless `loosely`.
    """
    best: dict[int, dict[bytes, Reading]] = {}
    worst: list[tuple[list[Misfit], Way]] = []
    for order, pairs in pairings(blocks, len(sizes) - 1):
        for way in ways(blocks, order, joined=pairs[0][1] is None):
            dials, loose, wrong = fitted(pairs, sizes, way)
            if wrong:
                worst.append((wrong, way))
            else:
                found = best.setdefault(0 if loosely else loose, {})
                found.setdefault(dials.vector().tobytes(), Reading(way, dials))
    if best:
        return tuple(best[min(best)].values())
    if worst:
        wrong, way = min(worst, key=lambda one: len(one[0]))
        raise misfit(wrong[0], way, blocks, sizes)
    named = [(block.name, at, *block.shape) for at, block in enumerate(blocks, 1)]
    raise Unusable("dials", "dials-blocks", layers=len(sizes) - 1, arrays=named)


def ways(blocks: Sequence[Block], order: Order, *, joined: bool) -> Iterator[Way]:
    """Yield the ways that may be tried: both for rows and columns where no name says which."""
    said = [neurons for neurons, name in SAYS.items() if any(re.search(name, block.name) for block in blocks)]
    for neurons in ("rows", "columns"):
        if not said or neurons in said:
            for bias in ("last", "first") if joined else ("",):
                yield Way(neurons, bias, order)


def pairings(blocks: Sequence[Block], layers: int) -> Iterator[tuple[Order, Pairs]]:
    """Yield the ways to give each layer its weights and its biases (None: in the same array)."""
    kinds = [kind_of(block.name) for block in blocks]
    if "w" in kinds and "" not in kinds and set(kinds) != {"w"}:
        weights = [block for block in blocks if kind_of(block.name) == "w"]
        biases = numbered([block for block in blocks if kind_of(block.name) != "w"])
        if len(biases) == 1 < layers == len(biases[0].rows):  # a row for each layer
            biases = [biases[0]._replace(rows=(row,), flat=True) for row in biases[0].rows]
        if len(weights) == len(biases) == layers:
            for order, turned in orders(weights):
                own = by_letter(biases, "bc") if order == "letters" else []
                yield order, list(zip(turned, own or biases, strict=True))
        return
    if len(blocks) == layers and "b" not in kinds:
        yield "", [(block, None) for block in numbered(blocks)]
    if len(blocks) == 2 * layers:
        halves: dict[Order, tuple[slice, slice]] = {
            "turns": (slice(0, None, 2), slice(1, None, 2)),
            "after": (slice(0, layers), slice(layers, None)),
        }
        for order, (first, second) in list(halves.items())[:layers]:
            if set(kinds[first]) <= {"", "w"} and set(kinds[second]) <= {"", "b", "t"}:
                yield order, list(zip(blocks[first], blocks[second], strict=True))


def numbered(blocks: Sequence[Block]) -> list[Block]:
    """Return blocks in the order of the numbers in their names, where each has its own."""
    numbers = [tuple(map(int, re.findall(r"\d+", block.name))) for block in blocks]
    if () in numbers or len(set(numbers)) < len(numbers):
        return list(blocks)
    return [block for _, block in sorted(zip(numbers, blocks, strict=True), key=lambda pair: pair[0])]


def orders(blocks: Sequence[Block]) -> Iterator[tuple[Order, list[Block]]]:
    """Yield the orders in which blocks of weights can be the layers'."""
    yield "", numbered(blocks)
    if lettered := by_letter(blocks, "wv"):
        yield "letters", lettered


def by_letter(blocks: Sequence[Block], letters: str) -> list[Block]:
    """Return blocks whose names are just these letters in the letters' order, none where they are not, or
    stand so already.

    >>> one, other = (Block(name, ((1.0,),), True, 1) for name in "VW")
    >>> [block.name for block in by_letter([one, other], "wv")], by_letter([other, one], "wv")
    (['W', 'V'], [])
    """
    found = {block.name.strip().casefold(): block for block in blocks}
    turned = [found[letter] for letter in letters] if found.keys() == set(letters) else []
    return turned if turned != list(blocks) else []


def fitted(pairs: Pairs, sizes: Sizes, way: Way) -> tuple[Parameters, int, list[Misfit]]:
    """Return the dials read one way, how many blocks fit only loosely, and those that do not fit at all."""
    w: dict[int, Array] = {}
    b: dict[int, Array] = {}
    wrong, loose = [], 0
    for layer, (first, second) in enumerate(pairs, 1):
        to, sources = sizes[layer], sizes[layer - 1]
        found = table(first, to, sources + (second is None), way)
        loose += first.flat
        if found is None:
            wrong.append(Misfit(first, "w" if second else "joined", layer))
        elif second is None:
            at = sources if way.bias == "last" else 0
            w[layer], b[layer] = np.delete(found, at, axis=1), found[:, at : at + 1]
        else:
            w[layer] = found
        if second:
            biases = column(second, to)
            if biases is None:
                wrong.append(Misfit(second, "b", layer))
            else:
                b[layer] = biases + 0.0
    return Parameters(w, b), loose, wrong


def table(block: Block, to: int, sources: int, way: Way) -> Array | None:
    """Return a block as an array (to, sources), None where its shape is another; a plain list may be the one
    row or column."""
    found = np.array(block.rows)
    if block.flat and 1 in (to, sources) and found.size == to * sources:
        return found.reshape(to, sources)
    found = found if way.neurons == "rows" else found.T
    return found if found.shape == (to, sources) else None


def column(block: Block, to: int) -> Array | None:
    """Return a block as biases (to, 1), None where its shape is another; one number that is called a bias is
    everybody's."""
    found = np.array(block.rows).reshape(-1, 1)
    sign = -1 if kind_of(block.name) == "t" else 1
    if len(found) == 1 and kind_of(block.name):
        found = np.repeat(found, to, axis=0)
    return found * sign if 1 in block.shape and len(found) == to else None


def misfit(found: Misfit, way: Way, blocks: Sequence[Block], sizes: Sizes) -> Unusable:
    """Return what is wrong with a block that does not fit, read one way."""
    to, sources = sizes[found.layer], sizes[found.layer - 1]
    at = next((at for at, block in enumerate(blocks, 1) if block is found.block), 0)
    facts: dict[str, Any] = {"array": (found.block.name, at, *found.block.shape), "layer": found.layer}
    facts |= {"to": to, "sources": sources + (found.what == "joined"), "neurons": way.neurons}
    return Unusable("dials", f"dials-shape-{found.what}", **facts)
