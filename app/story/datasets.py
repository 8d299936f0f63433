"""Words about a person's own examples: what was read from a table or set on the plane, and what could not
be."""

from __future__ import annotations

from app.datasets.csv_examples import Bad, Reading
from app.datasets.dataset import Dataset
from app.datasets.points import Point
from app.limits import BODY_BYTES, NOTE, ROWS, Problem
from app.notation.numbers import figure
from app.story.refusals import SENTENCES
from app.story.wording import listed

SHEET = {
    "sheet-empty": "Paste a table, or choose a file.",
    "sheet-large": f"That is too much at once: up to {BODY_BYTES // 1024} KB are taken.",
    "sheet-narrow": "No line can be cut into columns here. Say what stands between them; at least two "
    "are needed, "
    "an input and a target.",
    "sheet-column": "There is no column “{name}”. Write headings, or numbers from 1 to {columns}, such "
    "as 1, 2 or 1-3.",
    "sheet-overlap": "At least one column must be an input, and the target cannot be one.",
    "sheet-inputs": "These are {found} inputs; there can be 1 to {most}.",
    "sheet-targets": "These are {found} targets; there can be 1 to {most}.",
    "sheet-classes": "There are {found} different names in the target column; there can be 2 to {most} "
    "classes.",
    "sheet-bad": "{found} of the lines cannot be read; nothing was made of the others yet. Mend them, or "
    "leave them out.",
}
FAULTS = {
    "cells": "has {found} cells, and the first line has {wanted}",
    "empty": "has nothing in column {column}",
    "number": "has “{cell}” in column {column}, which is no number",
    "size": "has {cell} in column {column}, and numbers go up to a million",
}
SHOWN = 12  # bad lines that are listed one by one


def sheet_sentence(problem: Problem) -> str:
    """Say what is wrong with a table or a wish."""
    return {**SENTENCES, **SHEET}[problem.why].format(**problem.facts)


def bad_lines(bad: tuple[Bad, ...]) -> list[str]:
    """Say of each bad line what is wrong with it; of many, of the first ones."""
    said = [f"Line {one.line} {FAULTS[one.why].format(**one.facts)}." for one in bad[:SHOWN]]
    return said + ([f"And {len(bad) - SHOWN} more."] if len(bad) > SHOWN else [])


def note_of(reading: Reading) -> str:
    """Say what examples from a table are: the inputs and how they were scaled, and what the targets stand
    for."""
    inputs = [heading(*column) for column in reading.columns]
    if reading.ranges:
        spans = zip(inputs, reading.ranges, strict=True)
        inputs = [f"{name} ({figure(low)} to {figure(high)})" for name, (low, high) in spans]
    aims = listed([heading(*column) for column in reading.aims])
    scaled = ", each scaled to −1 … 1" if reading.ranges else ""
    text = f"From a table. Inputs: {listed(inputs)}{scaled}. Target: {aims}"
    if len(reading.classes) == 2:
        text += f", 1 for {reading.classes[1]} and 0 for {reading.classes[0]}"
    elif reading.classes:
        text += f"; the outputs stand for {listed(reading.classes)}"
    left = (
        f" {reading.skipped} bad {'line was' if reading.skipped == 1 else 'lines were'} left out."
        if reading.skipped
        else ""
    )
    return f"{text[: NOTE - len(left) - 1]}.{left}"


def heading(number: int, name: str) -> str:
    """Name a column."""
    return name or f"column {number}"


def told(data: Dataset) -> str:
    """Tell of somebody's own examples: how many there are, of what shape, and what was noted about them."""
    parts = ((data.rows, "example"), (len(data.x), "input"), (len(data.y), "target"))
    examples, inputs, targets = (f"{count} {name}{'' if count == 1 else 's'}" for count, name in parts)
    return f"{examples} with {inputs} and {targets}. {data.note}".strip()


NOTE_OF_POINTS = "Points set by hand: 1 for the filled ones and 0 for the empty ones."
WRONG_POINTS = "These points cannot be read; they were put aside."
WRONG_PLACE = "x and y must be numbers from −1 to 1."
TOO_MANY = f"There can be up to {ROWS} points."
BOTH_NEEDED = "Set at least one point of each class first."
CLEARED = "All points are gone."
NONE_NEAR = "There is no point near ({x}, {y})."
ADDED, ERASED = "Set at ({x}, {y}): {kind}.", "Erased near ({x}, {y})."
KINDS = ("an empty point, class 0", "a filled point, class 1")


def at(sentence: str, x: float, y: float, kind: int = 0) -> str:
    """Say what happened at a place."""
    return sentence.format(x=figure(x), y=figure(y), kind=KINDS[kind])


def count_of(points: list[Point]) -> str:
    """Count the points.

    >>> count_of([Point(1, 0, 0)])
    '1 point: 0 of class 0, 1 of class 1.'
    """
    ones = sum(point.kind for point in points)
    many = "point" if len(points) == 1 else "points"
    return f"{len(points)} {many}: {len(points) - ones} of class 0, {ones} of class 1."
