"""What is wrong with a table that somebody brought, with its file or with a wish about it."""

from __future__ import annotations

from typing import Any

from app.datasets.csv_examples import Bad
from app.limits import INPUTS, TABLE_BYTES, Problem
from app.notation.language import N_, _, tr
from app.notation.numbers import grouped
from app.story.refusals import said

SHEET = {
    "sheet-empty": N_("Paste a table, or choose a file."),
    "sheet-large": N_("That is too much at once: up to {limit} MB are taken."),
    "sheet-narrow": N_(
        "No line can be cut into columns here. Say what stands between them; at least two "
        "are needed, an input and a target."
    ),
    "sheet-wide": N_("This table has {found} columns; up to {most} are read."),
    "sheet-column": N_(
        "There is no column “{name}”. Write headings, or numbers from 1 to {columns}, such as 1, 2 or 1-3."
    ),
    "sheet-overlap": N_("At least one column must be an input, and the target cannot be one."),
    "sheet-inputless": N_(
        "No column is left to be an input. Column {column}, with “{cell}”, {reason}. Add a "
        "column of numbers or of a few words."
    ),
    "sheet-inputs": N_("These are {found} inputs; there can be 1 to {most}."),
    "sheet-words": N_("Column {column} holds {found} different words; up to {most} can become inputs."),
    "sheet-targets": N_("These are {found} targets; there can be 1 to {most}."),
    "sheet-classes": N_(
        "There are {found} different names in the target column; there can be 2 to {most} classes."
    ),
    "sheet-bad": N_(
        "{found} of the lines cannot be read; nothing was made of the others yet. Mend them, or "
        "leave them out."
    ),
    "sheet-none": N_(
        "None of the lines can be read as an example; the list says why. Does another column hold "
        "the target, or something else stand between the columns?"
    ),
    "file-broken": N_(
        "This file is broken or locked by a password. Open it in a spreadsheet, save it as CSV."
    ),
    "file-far": N_(
        "This sheet reaches too far to be read. Copy its table alone into a new one, and save that."
    ),
    "file-blank": N_("The sheets of this file are empty."),
}
FILES = {  # what is no table
    "numpy": N_(
        "This is no table but arrays of NumPy. In Python, "
        'numpy.savetxt("table.csv", array, delimiter=",") makes a CSV file.'
    ),
    "pickle": N_(
        "This is no table but a pickle of Python. There, "
        'frame.to_csv("table.csv", index=False) makes a CSV file.'
    ),
    "parquet": N_(
        "This is no table but a Parquet or Arrow file. In Python, pandas reads it, and "
        'frame.to_csv("table.csv", index=False) makes a CSV file.'
    ),
    "hdf": N_(
        "This is no table but an HDF file. Open it in the program that made it and save the table as CSV."
    ),
    "r": N_(
        "This is no table but data of R. There, "
        'write.csv(table, "table.csv", row.names = FALSE) makes a CSV file.'
    ),
    "stata": N_("This is no table but data of Stata. Open it in Stata and save the table as CSV."),
    "spss": N_("This is no table but data of SPSS. Open it in SPSS and save the table as CSV."),
    "matlab": N_('This is no table but data of MATLAB. There, writematrix(A, "table.csv") makes a CSV file.'),
    "database": N_(
        "This is no table but a database. Open it in a program for SQLite and save the table as CSV."
    ),
    "packed": N_(
        "This is no table but a packed file. Unpack it, and choose the CSV file or the spreadsheet in it."
    ),
    "picture": N_("This is no table but a picture. Copy the numbers into a spreadsheet and save it as CSV."),
    "pdf": N_("This is no table but a PDF. Copy its table into a spreadsheet and save it as CSV."),
    "page": N_("This is no table but a web page or XML. Copy its table and paste it here."),
    "json": N_(
        "This is no table but JSON. Open it in a spreadsheet or in Python, and save the table as CSV."
    ),
    "binary": N_(
        "This is no table but a file that is no text. "
        "Open it in the program that made it and save the table as CSV."
    ),
}
FAULTS = {
    "cells": N_("Line {line} has {found} cells, and the first line has {wanted}."),
    "empty": N_("Line {line} has nothing in column {column}."),
    "number": N_("Line {line} has “{cell}” in column {column}, which is no number."),
    "size": N_("Line {line} has {cell} in column {column}, and numbers go up to a million."),
}
WHY = {  # what of a column cannot be used: its verb and what follows, for a sentence with the column in it
    "index": N_("only counts or names the lines"),
    "gaps": N_("has nothing in more than a third of the lines"),
    "same": N_("says the same in every line"),
    "words": N_("holds too many different words"),
    "neither": N_("holds dates or codes"),
    "room": N_("has no room: there can be {inputs} inputs"),
}
SHOWN = 12  # bad lines that are listed one by one


def reason(why: str) -> str:
    """Say what a column does that cannot be used."""
    return tr(WHY[why], inputs=INPUTS)


def sheet_sentence(problem: Problem) -> str:
    """Say what is wrong with a table, a file or a wish."""
    facts: dict[str, Any] = dict(problem.facts)
    if problem.why == "file-kind":
        return tr(FILES[facts["kind"]])
    if problem.why not in SHEET:
        return said(problem.why, **facts)
    if problem.why == "sheet-wide":
        facts = {name: grouped(number) for name, number in facts.items()}
    if "reason" in facts:
        facts["reason"] = reason(facts["reason"])
    return tr(SHEET[problem.why], limit=TABLE_BYTES // 1024 // 1024, **facts)


def bad_lines(bad: tuple[Bad, ...]) -> list[str]:
    """Say of each bad line what is wrong with it; of many, of the first ones."""
    told = [tr(FAULTS[one.why], line=one.line, **one.facts) for one in bad[:SHOWN]]
    return told + ([_("And {count} more.", count=len(bad) - SHOWN)] if len(bad) > SHOWN else [])
