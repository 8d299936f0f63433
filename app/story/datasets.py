"""Words about a person's own examples: what was read from a table or set on the plane, and what could not
be."""

from __future__ import annotations

from typing import NamedTuple

from app.datasets.csv_examples import Bad, Reading, Used
from app.datasets.dataset import Dataset
from app.datasets.own import NAME
from app.datasets.points import Point
from app.limits import INPUTS, NOTE, ROWS, TABLE_BYTES, Problem
from app.notation.language import tr
from app.notation.numbers import figure, given
from app.story.refusals import said
from app.story.wording import counted, listed, many

SHEET = {
    "sheet-empty": "Paste a table, or choose a file.",
    "sheet-large": f"That is too much at once: up to {TABLE_BYTES // 1024 // 1024} MB are taken.",
    "sheet-narrow": "No line can be cut into columns here. Say what stands between them; at least two "
    "are needed, an input and a target.",
    "sheet-wide": "This table has {found:,} columns; up to {most:,} are read.",
    "sheet-column": "There is no column “{name}”. Write headings, or numbers from 1 to {columns}, such "
    "as 1, 2 or 1-3.",
    "sheet-overlap": "At least one column must be an input, and the target cannot be one.",
    "sheet-inputless": "No column is left to be an input. Column {column}, with “{cell}”, {reason}. Add a "
    "column of numbers or of a few words.",
    "sheet-inputs": "These are {found} inputs; there can be 1 to {most}.",
    "sheet-words": "Column {column} holds {found} different words; up to {most} can become inputs.",
    "sheet-targets": "These are {found} targets; there can be 1 to {most}.",
    "sheet-classes": "There are {found} different names in the target column; there can be 2 to {most} "
    "classes.",
    "sheet-bad": "{found} of the lines cannot be read; nothing was made of the others yet. Mend them, or "
    "leave them out.",
    "sheet-none": "None of the lines can be read as an example; the list says why. Does another column hold "
    "the target, or something else stand between the columns?",
    "file-kind": "This is no table but {kind}.",
    "file-broken": "This file is broken or locked by a password. Open it in a spreadsheet, save it as CSV.",
    "file-far": "This sheet reaches too far to be read. Copy its table alone into a new one, and save that.",
    "file-blank": "The sheets of this file are empty.",
}
ANEW = "Open it in {} and save the table as CSV"
FILES = {
    "numpy": 'arrays of NumPy. In Python, numpy.savetxt("table.csv", array, delimiter=",") makes a CSV file',
    "pickle": 'a pickle of Python. There, frame.to_csv("table.csv", index=False) makes a CSV file',
    "parquet": "a Parquet or Arrow file. In Python, pandas reads it, and "
    'frame.to_csv("table.csv", index=False) makes a CSV file',
    "hdf": f"an HDF file. {ANEW.format('the program that made it')}",
    "r": 'data of R. There, write.csv(table, "table.csv", row.names = FALSE) makes a CSV file',
    "stata": f"data of Stata. {ANEW.format('Stata')}",
    "spss": f"data of SPSS. {ANEW.format('SPSS')}",
    "matlab": 'data of MATLAB. There, writematrix(A, "table.csv") makes a CSV file',
    "database": f"a database. {ANEW.format('a program for SQLite')}",
    "packed": "a packed file. Unpack it, and choose the CSV file or the spreadsheet in it",
    "picture": "a picture. Copy the numbers into a spreadsheet and save it as CSV",
    "pdf": "a PDF. Copy its table into a spreadsheet and save it as CSV",
    "page": "a web page or XML. Copy its table and paste it here",
    "json": "JSON. Open it in a spreadsheet or in Python, and save the table as CSV",
    "binary": f"a file that is no text. {ANEW.format('the program that made it')}",
}
FAULTS = {
    "cells": "has {found} cells, and the first line has {wanted}",
    "empty": "has nothing in column {column}",
    "number": "has “{cell}” in column {column}, which is no number",
    "size": "has {cell} in column {column}, and numbers go up to a million",
}
WHY = {
    "index": "only counts or names the lines",
    "gaps": "has nothing in more than a third of the lines",
    "same": "says the same in every line",
    "words": "holds too many different words",
    "neither": "holds dates or codes",
    "room": "has no room: there can be {} inputs",
}
NAMED = 6  # columns left out that are named
LISTED = 100  # columns left out that stand in the table of what was understood
SHOWN = 12  # bad lines that are listed one by one


def sheet_sentence(problem: Problem) -> str:
    """Say what is wrong with a table, a file or a wish."""
    facts = dict(problem.facts)
    if "kind" in facts:
        facts["kind"] = FILES[facts["kind"]]
    if "reason" in facts:
        facts["reason"] = WHY[facts["reason"]]
    return tr(SHEET[problem.why], **facts) if problem.why in SHEET else said(problem.why, **facts)


def bad_lines(bad: tuple[Bad, ...]) -> list[str]:
    """Say of each bad line what is wrong with it; of many, of the first ones."""
    said = [f"Line {one.line} {FAULTS[one.why].format(**one.facts)}." for one in bad[:SHOWN]]
    return said + ([f"And {len(bad) - SHOWN} more."] if len(bad) > SHOWN else [])


def note_of(reading: Reading) -> str:
    """Say what examples from a table are: the inputs and how they were scaled, what the targets stand for,
    and what was left out."""
    inputs = listed([spanned(one) for one in reading.columns])
    text = f"From a table. Inputs: {inputs}{how_scaled(reading.columns)}"
    text += f". Target: {listed([spanned(one) for one in reading.aims])}"
    if len(reading.classes) == 2:
        text += f", 1 for {reading.classes[1]} and 0 for {reading.classes[0]}"
    elif reading.classes:
        text += f"; the outputs stand for {listed(reading.classes)}"
    text += how_scaled(reading.aims)
    left = " ".join(["", *left_out(reading)])
    if len(left) > NOTE // 2:
        left = f"{left[: NOTE // 2 - 2]} …"
    return f"{text[: NOTE - len(left) - 1]}.{left}"


def spanned(used: Used) -> str:
    """Name a used column, with the range it was scaled from, or with the words it became inputs of."""
    name, first = heading(used.number, used.name), used.units[0]
    if first.scaled:
        return f"{name} ({given(first.low)} to {given(first.high)})"
    if first.name in ("", used.name[:NAME]):
        return name
    return first.name if len(used.units) == 1 else f"{name} ({len(used.units)} words)"


def how_scaled(columns: list[Used]) -> str:
    """Say that columns were scaled: all of them, or those with a range."""
    scaled = [used.units[0].scaled for used in columns]
    if not any(scaled):
        return ""
    which = "" if len(columns) == 1 else "each " if all(scaled) else "those with a range "
    return f", {which}scaled to −1 … 1"


def left_out(reading: Reading) -> list[str]:
    """Say what of a table was left out, a sentence for each kind."""
    found, bad = [], len(reading.bad)
    if bad:
        found.append(f"{bad} bad {'line was' if bad == 1 else 'lines were'} left out.")
    if reading.usable > len(reading.inputs) or reading.lines:
        rows = max(reading.usable, reading.lines)
        found.append(f"A sample: {len(reading.inputs)} of {rows:,} lines, drawn by chance (seed 0).")
    if reading.titles:
        first, count = reading.titles[0][:NAME], len(reading.titles)
        alone, more = f"The line “{first}” above the table was", f"{count} lines above the table were"
        found.append(f"{alone} left out." if count == 1 else f"{more} left out, from “{first}” on.")
    reasons: dict[str, list[str]] = {}
    for one in reading.left:
        reasons.setdefault(one.why, []).append(heading(one.number, one.name)[:NAME])
    for why, names in reasons.items():
        which = "which" if len(names) == 1 else "each of which"
        if len(names) > NAMED:
            names = [*names[: NAMED - 1], f"{len(names) - NAMED + 1} more"]
        found.append(f"Left out: {listed(names)}, {which} {WHY[why].format(INPUTS)}.")
    return found


class Became(NamedTuple):
    """A column as it was understood: its heading, what becomes of it, and its cells in the first rows."""

    heading: str
    becomes: str
    cells: list[str]


class Understanding(NamedTuple):
    """A table as it was understood: in a sentence, column by column, what was left out, and by the field what
    could be meant otherwise, each answer's key with its words, the guess first."""

    said: str
    columns: list[Became]
    left: list[str]
    questions: dict[str, list[tuple[str, str]]]


def understanding(reading: Reading) -> Understanding:
    """Say how a table was understood."""
    left = reading.left[:LISTED]
    told = {one.number: (one.name, f"left out: {WHY[one.why].format(INPUTS)}") for one in left}
    told |= {used.number: (used.name, becoming("input", used)) for used in reading.columns}
    told |= {used.number: (used.name, aiming(used, reading.classes)) for used in reading.aims}
    columns = [
        Became(heading(number, name), text, [row[number - 1] for row in reading.first])
        for number, (name, text) in sorted(told.items())
    ]
    asked = {"numbers": readers_told(reading), "kind": kinds_told(reading)}
    questions = {name: answers for name, answers in asked.items() if answers}
    return Understanding(summed_up(reading), columns, left_out(reading), questions)


def aiming(used: Used, classes: list[str]) -> str:
    """Say what a target becomes."""
    if len(classes) == 2:
        return f"target: 1 for {classes[1]}, 0 for {classes[0]}"
    return f"target, an output for each class: {listed(classes)}" if classes else becoming("target", used)


def becoming(role: str, used: Used) -> str:
    """Say what a used column becomes."""
    first = used.units[0]
    if len(used.units) > 1:
        return f"{len(used.units)} inputs, each 0 or 1: {', '.join(unit.name for unit in used.units)}"
    if first.scaled:
        return f"{role}: {given(first.low)} to {given(first.high)} scaled to −1 … 1"
    return role if first.name in ("", used.name[:NAME]) else f"{role}: 1 for {first.name}, else 0"


def summed_up(reading: Reading) -> str:
    """Say in a sentence how many examples there are, and what the network is to say."""
    classes, rows = len(reading.classes), len(reading.inputs)
    goal = f"which of {counted(classes)} classes it is" if classes else many(len(reading.aims), "number")
    if not classes and {tuple(row) for row in reading.targets} == {(0.0,), (1.0,)}:
        goal = "0 or 1"
    examples = f"{rows} example{'' if rows == 1 else 's'}"
    return f"{examples} with {many(len(reading.inputs[0]), 'input')}; the network is to say {goal}."


def readers_told(reading: Reading) -> list[tuple[str, str]]:
    """Return the ways to read a table's numbers, each with what it makes of some cells."""
    return [
        (reader.key, ", ".join(f"“{cell}” is {given(value)}" for cell, value in reader.samples))
        for reader in reading.readers
    ]


def kinds_told(reading: Reading) -> list[tuple[str, str]]:
    """Return what a target of a few whole numbers may be; none where that is no question."""
    if not reading.whole:
        return []
    classes = ("classes", f"a class: {listed(reading.whole)} are only names")
    numbers = ("numbers", f"a number: {reading.whole[-1]} is more than {reading.whole[0]}")
    return [classes, numbers] if reading.classes else [numbers, classes]


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
