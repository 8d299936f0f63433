"""A table of numbers and names as people paste it (CSV and its relatives), read as examples."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
from numpy.random import RandomState

from app.datasets.csv_cells import SEPARATORS, Row, best_rows, has_header, mostly_numbers, number_in, rows_in
from app.limits import BODY_BYTES, INPUTS, OUTPUTS, ROWS, VALUE, Unusable
from app.notation.numbers import typed_number


class Bad(NamedTuple):
    """A line that cannot be used, why (a key of the story's table), and the facts its sentence names."""

    line: int
    why: str
    facts: dict[str, object]


@dataclass(frozen=True)
class Wishes:
    """How a table is to be read: "auto" finds out by itself, columns are names or numbers, "" is the last as
    the target and all others as inputs. `kind` of the target: "auto", "classes" or "numbers"."""

    separator: str = "auto"
    header: str = "auto"
    inputs: str = ""
    target: str = ""
    kind: str = "auto"
    scale: bool = False
    shuffle: bool = False
    skip: bool = False


@dataclass(frozen=True)
class Reading:
    """What was read: rows, each column's heading ("" without one) and number from 1, the inputs' ranges where
    they were scaled to −1 … 1, the classes in the order of the outputs (of two, the second is 1), and how
    many lines were left out."""

    inputs: list[list[float]]
    targets: list[list[float]]
    columns: list[tuple[int, str]]
    aims: list[tuple[int, str]]
    ranges: list[tuple[float, float]]
    classes: list[str]
    skipped: int


def picked(field: str, text: str, names: list[str]) -> list[int]:
    """Return the columns, from 0, that a list of names, numbers or ranges such as 2-4 stands for."""
    known, found = {name.casefold(): at for at, name in reversed(list(enumerate(names))) if name}, []
    for part in filter(None, (part.strip() for part in re.split(r"[,;]", text))):
        match = re.fullmatch(r"(\d{1,3})(?:\s*[-–]\s*(\d{1,3}))?", part, re.ASCII)
        span = range(int(match[1]), int(match[2] or match[1]) + 1) if match else range(0)
        if part.casefold() in known:
            found.append(known[part.casefold()])
        elif span and span[0] >= 1 and span[-1] <= len(names):
            found += [number - 1 for number in span]
        else:
            raise Unusable(field, "sheet-column", name=part[:40], columns=len(names))
    return list(dict.fromkeys(found))


def read_sheet(text: str, wishes: Wishes) -> Reading:
    """Read a table as examples; raises Unusable."""
    if not text.strip():
        raise Unusable("text", "sheet-empty")
    if len(text.encode("utf-8", "replace")) > BODY_BYTES:
        raise Unusable("text", "sheet-large")
    rows = best_rows(text) if wishes.separator == "auto" else rows_in(text, SEPARATORS[wishes.separator])
    width = len(rows[0].cells) if rows else 0
    if width < 2:
        raise Unusable("separator", "sheet-narrow")
    headed = has_header(rows) if wishes.header == "auto" else wishes.header == "yes"
    names, rows = (rows[0].cells, rows[1:]) if headed else ([""] * width, rows)
    aims = picked("target", wishes.target, names) or [width - 1]
    columns = picked("inputs", wishes.inputs, names) or [at for at in range(width) if at not in aims]
    if not columns or set(columns) & set(aims):
        raise Unusable("inputs", "sheet-overlap")
    if len(columns) > INPUTS:
        raise Unusable("inputs", "sheet-inputs", found=len(columns), most=INPUTS)
    named = wishes.kind == "classes" or (wishes.kind == "auto" and not mostly_numbers(rows, aims[0]))
    named = named and len(aims) == 1
    return examples(rows, names, columns, aims, named, wishes)


def examples(
    rows: list[Row], names: list[str], columns: list[int], aims: list[int], named: bool, wishes: Wishes
) -> Reading:
    """Turn lines into rows of numbers; raises Unusable with every `bad` line that cannot be one."""
    faults = [(row, fault(row, len(names), columns, aims, named)) for row in rows]
    bad, good = tuple(found for _, found in faults if found), [row for row, found in faults if not found]
    if bad and not wishes.skip:
        raise Unusable("text", "sheet-bad", bad=bad, found=len(bad))
    if not 1 <= len(good) <= ROWS:
        raise Unusable("text", "own-rows", found=len(good))
    inputs = np.array([[typed_number(row.cells[at]) for at in columns] for row in good])
    classes: list[str] = []
    if named:
        labels = [row.cells[aims[0]] for row in good]
        classes = sorted(
            set(labels), key=lambda label: (number_in(label) is None, number_in(label) or 0.0, label)
        )
        if not 2 <= len(classes) <= OUTPUTS:
            raise Unusable("target", "sheet-classes", found=len(classes), most=OUTPUTS)
        shown = classes[1:] if len(classes) == 2 else classes
        targets = [[float(label == one) for one in shown] for label in labels]
    elif len(aims) > OUTPUTS:
        raise Unusable("target", "sheet-targets", found=len(aims), most=OUTPUTS)
    else:
        targets = [[typed_number(row.cells[at]) for at in aims] for row in good]
    ranges = (
        list(zip(inputs.min(axis=0).tolist(), inputs.max(axis=0).tolist(), strict=True))
        if wishes.scale
        else []
    )
    for at, (low, high) in enumerate(ranges):
        inputs[:, at] = (inputs[:, at] - low) / (high - low) * 2 - 1 if high > low else 0.0
    order = RandomState(0).permutation(len(good)) if wishes.shuffle else range(len(good))
    return Reading(
        inputs=[inputs[at].tolist() for at in order],
        targets=[targets[at] for at in order],
        columns=[(at + 1, names[at]) for at in columns],
        aims=[(at + 1, names[at]) for at in aims],
        ranges=ranges,
        classes=classes,
        skipped=len(bad),
    )


def fault(row: Row, width: int, columns: list[int], aims: list[int], named: bool) -> Bad | None:
    """Return what is wrong with a line, None where nothing is."""
    if len(row.cells) != width:
        return Bad(row.line, "cells", {"found": len(row.cells), "wanted": width})
    for at in [*columns, *aims]:
        cell = row.cells[at]
        if not cell:
            return Bad(row.line, "empty", {"column": at + 1})
        if named and at in aims:
            continue
        value = number_in(cell)
        if value is None:
            return Bad(row.line, "number", {"column": at + 1, "cell": cell[:20]})
        if abs(value) > VALUE:
            return Bad(row.line, "size", {"column": at + 1, "cell": cell[:20]})
    return None
