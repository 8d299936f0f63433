"""All dials as text: how they are written down, and every way in which what somebody pasted can be read."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from itertools import chain

import numpy as np

from app.engine.parameters import Parameters, zeros
from app.lab.blocks import Block, blocks_of
from app.lab.dials import Dial
from app.lab.lines import Line, in_arrays, lines_of, read_line
from app.lab.matrices import Reading, Way, dealt, fitted, kind_of, orders, ways
from app.limits import Unusable
from app.notation import names
from app.notation.names import Sizes


def dial_lines(parameters: Parameters, sizes: Sizes) -> str:
    """Write all dials, one to a line with its name and every digit, those of a neuron together: its weights,
    then its bias.

    >>> print(dial_lines(zeros((2, 1)), (2, 1)))
    w₁: 0
    w₂: 0
    b: 0
    """
    found = []
    for layer, j in neurons_of(sizes):
        dials = dials_to(sizes, layer, j)
        found.append("\n".join(f"{dial.name(sizes)}: {short(dial.of(parameters))}" for dial in dials))
    return "\n\n".join(found)


def short(value: float) -> str:
    """Write a number with as few digits as read back to itself.

    >>> short(3.0), short(0.1), short(1 / 3)
    ('3', '0.1', '0.3333333333333333')
    """
    return str(value).removesuffix(".0")


def readings(text: str, sizes: Sizes, *, biases: bool = True) -> tuple[Reading, ...]:
    """Return every way to read a text as all dials of a network, each with other dials; raises Unusable.

    A list goes neuron by neuron, weights and then bias, in any lines, as `dial_lines` writes it. What has
    brackets, or names over its numbers, is matrices. Without `biases` the weights alone will do.
    """
    alone = () if biases else weights_alone(text, sizes)
    return alone or with_biases(text, sizes)


def weights_alone(text: str, sizes: Sizes) -> tuple[Reading, ...]:
    """Return the ways to read a text as weights and nothing else, with biases of 0; none where it is not."""
    lines = lines_of(text)
    if in_arrays(text, lines):
        return arrays_alone(blocks_of(text), sizes)
    found = [number for line in lines for number in read_line(line.rest, line.number)]
    labels = [line.label for line in lines]
    if len(labels) == len(found) and (by_their_names := by_name(labels, found, sizes, {"w"})):
        return (by_their_names,)
    kinds = [dial.kind for layer, j in neurons_of(sizes) for dial in dials_to(sizes, layer, j)]
    numbers = iter(found)
    if len(found) != kinds.count("w"):
        return ()
    return (in_turn([next(numbers) if kind == "w" else 0.0 for kind in kinds], sizes),)


def arrays_alone(blocks: Sequence[Block], sizes: Sizes) -> tuple[Reading, ...]:
    """Return the ways to read arrays as weights and nothing else, none where they are not."""
    labels, numbers = [block.name for block in blocks], [block.rows[0][0] for block in blocks]
    singly = {block.shape for block in blocks} == {(1, 1)}
    if singly and (by_their_names := by_name(labels, numbers, sizes, {"w"})):
        return (by_their_names,)
    if len(blocks) != len(sizes) - 1:
        return ()
    zero = [Block("", ((0.0,) * size,), True, 0) for size in sizes[1:]]
    found = []
    for order, sorted_so in orders(blocks):
        for way in ways(blocks, order, joined=False):
            dials, _, wrong = fitted(list(zip(sorted_so, zero, strict=True)), sizes, way)
            found += [] if wrong else [Reading(way, dials)]
    return apart(found)


def with_biases(text: str, sizes: Sizes) -> tuple[Reading, ...]:
    """Return the ways to read a text as weights and biases; raises Unusable."""
    lines = lines_of(text)
    if in_arrays(text, lines):
        return in_blocks(blocks_of(text), sizes)
    rows = [read_line(line.rest, line.number) for line in lines]
    singly = all(len(row) == 1 for row in rows)
    if singly and all(line.label for line in lines):
        return (named([line.label for line in lines], list(chain.from_iterable(rows)), sizes),)
    rows = [
        [-number + 0.0 for number in row] if kind_of(line.label) == "t" else row
        for line, row in zip(lines, rows, strict=True)
    ]
    if len(rows) == len(neurons_of(sizes)) and not singly:
        checked(lines, rows, sizes)
    matrices = [] if len(rows) == 1 or singly else cut_up(rows, sizes)
    listed = in_turn(list(chain.from_iterable(rows)), sizes)
    found = apart([*matrices, listed])
    if wrong := misnamed(lines, rows, sizes):
        own = listed.dials.vector().tolist()
        found = tuple(one for one in found if one.dials.vector().tolist() != own)
        if not found:
            raise wrong
    return found


def misnamed(lines: Sequence[Line], rows: Sequence[list[float]], sizes: Sizes) -> Unusable | None:
    """Return what is wrong with a list neuron by neuron in which a line begins with a weight and is called a
    bias, or the other way round; a whole phrase before a colon names nothing."""
    dials = [dial for layer, j in neurons_of(sizes) for dial in dials_to(sizes, layer, j)]
    for line, row in zip(lines, rows, strict=True):
        kind = kind_of(line.label).replace("t", "b") if len(line.label.split()) == 1 else ""
        if row and kind not in ("", dials[0].kind):
            return Unusable("dials", "dials-name", text=line.label.strip()[:20], dial=dials[0].name(sizes))
        dials = dials[len(row) :]
    return None


def apart(found: Iterable[Reading]) -> tuple[Reading, ...]:
    """Return readings without those that give the dials of an earlier one."""
    either: dict[bytes, Reading] = {}
    for one in found:
        either.setdefault(one.dials.vector().tobytes(), one)
    return tuple(either.values())


def in_blocks(blocks: Sequence[Block], sizes: Sizes) -> tuple[Reading, ...]:
    """Return the ways to read arrays: plain lists without names may be a list neuron by neuron."""
    numbers = [number for block in blocks for row in block.rows for number in row]
    if all(block.flat and not kind_of(block.name) for block in blocks):
        lengths = [block.shape[1] for block in blocks]
        if lengths in ([], [len(zeros(sizes))], [sizes[layer - 1] + 1 for layer, _ in neurons_of(sizes)]):
            either: list[Reading] = []
            with suppress(Unusable):
                either += dealt(blocks, sizes) if len(blocks) == 2 * len(sizes) - 2 else []
            return apart([*either, in_turn(numbers, sizes)])
    labels = [block.name for block in blocks]
    if len(numbers) == len(blocks) and all(labels):
        if found := by_name(labels, numbers, sizes):
            return (found,)
        if max(sizes) > 1:
            return (named(labels, numbers, sizes),)
    return dealt(blocks, sizes)


def neurons_of(sizes: Sizes) -> list[tuple[int, int]]:
    """Return (layer, number) of every neuron that has dials."""
    return [(layer, j) for layer in range(1, len(sizes)) for j in range(1, sizes[layer] + 1)]


def checked(lines: Sequence[Line], rows: Sequence[list[float]], sizes: Sizes) -> None:
    """Find all dials of a neuron in each line, or raise Unusable."""
    for line, row, (layer, j) in zip(lines, rows, neurons_of(sizes), strict=True):
        wanted = sizes[layer - 1] + 1
        if len(row) != wanted:
            facts = {"neuron": names.neuron(sizes, layer, j), "wanted": wanted, "found": len(row)}
            raise Unusable("dials", "dials-line", line=line.number, **facts)


def in_turn(found: Sequence[float], sizes: Sizes) -> Reading:
    """Read numbers neuron by neuron, its weights and then its bias; raises Unusable."""
    dials = zeros(sizes).map(np.copy)
    if len(found) != len(dials):
        raise Unusable("dials", "dials-count", wanted=len(dials), found=len(found))
    numbers = iter(found)
    for layer, j in neurons_of(sizes):
        dials.w[layer][j - 1] = [next(numbers) for _ in range(sizes[layer - 1])]
        dials.b[layer][j - 1] = next(numbers)
    return Reading(Way("lines"), dials)


def by_name(
    labels: Sequence[str], found: Sequence[float], sizes: Sizes, kinds: Iterable[str] = "wb"
) -> Reading | None:
    """Read numbers of some kinds by the dials' own names, in any order, all others as 0; None where other
    names are among them."""
    dials = [dial for layer, j in neurons_of(sizes) for dial in dials_to(sizes, layer, j)]
    if sorted(map(bare, labels)) != sorted(bare(one.name(sizes)) for one in dials if one.kind in kinds):
        return None
    numbers = dict(zip(map(bare, labels), found, strict=True))
    return in_turn([numbers.get(bare(one.name(sizes)), 0.0) for one in dials], sizes)


def named(labels: Sequence[str], found: Sequence[float], sizes: Sizes) -> Reading:
    """Read numbers that have a name each: by these, else in turn, weights and biases where they should be;
    raises Unusable."""
    if by_their_names := by_name(labels, found, sizes):
        return by_their_names
    dials, numbers = (dial for layer, j in neurons_of(sizes) for dial in dials_to(sizes, layer, j)), []
    for label, number, dial in zip(labels, found, dials, strict=False):
        kind = kind_of(label)
        if kind.replace("t", "b") not in ("", dial.kind):
            raise Unusable("dials", "dials-name", text=label.strip()[:20], dial=dial.name(sizes))
        numbers.append(-number + 0.0 if kind == "t" else number)
    return in_turn([*numbers, *found[len(numbers) :]], sizes)


def dials_to(sizes: Sizes, layer: int, j: int) -> list[Dial]:
    """Return the dials of a neuron: its weights, then its bias."""
    return [*(Dial("w", layer, j, k) for k in range(1, sizes[layer - 1] + 1)), Dial("b", layer, j)]


def bare(name: str) -> str:
    """Return a dial's name in plain letters and digits.

    >>> bare("w₁₂"), bare(" W_12 ")
    ('w12', 'w12')
    """
    return re.sub(r"[\s_]", "", unicodedata.normalize("NFKC", name).casefold())


def cut_up(rows: Sequence[list[float]], sizes: Sizes) -> Iterator[Reading]:
    """Yield the readings of lines that can be the rows of matrices, none where they cannot."""
    layers = range(1, len(sizes))
    for turned in (False, True):
        shapes = [(sizes[layer - turned], sizes[layer - 1 + turned]) for layer in layers]
        turns = [part for layer in layers for part in (shapes[layer - 1], (0, sizes[layer]))]
        after = [*shapes, *((0, sizes[layer]) for layer in layers)]
        for wanted in (turns, after):
            if blocks := cut(rows, wanted):
                yield from dealt(blocks, sizes, loosely=True)


def cut(rows: Sequence[list[float]], wanted: Sequence[tuple[int, int]]) -> list[Block]:
    """Return lines as blocks of the wanted (rows, columns), of which (0, n) is a row or a column of n; none
    where they do not fit."""
    found, at = [], 0
    for height, width in wanted:
        if not height:
            height, width = (1, width) if rows[at : at + 1] and len(rows[at]) == width else (width, 1)
        part = tuple(tuple(row) for row in rows[at : at + height])
        if [len(row) for row in part] != [width] * height:
            return []
        found.append(Block("", part, height == 1, at))
        at += height
    return found if at == len(rows) else []
