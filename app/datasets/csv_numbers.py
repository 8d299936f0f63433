"""The numbers of a pasted table: which marks part decimals and thousands, and what says there is none."""

from __future__ import annotations

import re
from functools import lru_cache

from app.notation.numbers import typed_number

# which mark stands before decimals; the other one then parts thousands. "mixed": both stand before decimals
READINGS = ("point", "comma", "mixed")
MISSING = {"", "na", "n/a", "#n/a", "nan", "null", "none", "nil", "?", "-", "–", "—", ".", ".."}
GROUPS = {"point": re.compile(r"[+-]?[1-9]\d{0,2}(?:,\d{3})+(?:\.\d*)?", re.ASCII)}
GROUPS["comma"] = re.compile(r"[+-]?[1-9]\d{0,2}(?:\.\d{3})+(?:,\d*)?", re.ASCII)
SPACED = re.compile(r"[+-]?[1-9]\d{0,2}(?:[ \u00a0\u2009\u202f'’]\d{3})+(?:[.,]\d*)?", re.ASCII)
PLAIN = re.compile(r"-?\d{1,15}(?:\.\d{1,15})?", re.ASCII)  # most numbers, for speed
OTHER = {"point": ",", "comma": "."}  # the mark that parts thousands
AROUND = "$€£¥% \u00a0"  # what may stand before or behind a number


def missing(cell: str) -> bool:
    """Tell whether a cell says that nothing is known.

    >>> missing("NA"), missing(" "), missing("0")
    (True, True, False)
    """
    return cell.strip().casefold() in MISSING


@lru_cache(maxsize=65536)
def number_in(cell: str, reading: str = "mixed") -> float | None:
    """Return a cell's number by one of the readings, None where it is none.

    >>> number_in("1,234", "point"), number_in("1,234", "comma"), number_in("1.234.567,8", "comma")
    (1234.0, 1.234, 1234567.8)
    >>> number_in("1 234,5"), number_in("$1,50"), number_in("45 %"), number_in("1,5", "point")
    (1234.5, 1.5, 45.0, None)
    """
    if reading != "comma" and PLAIN.fullmatch(cell):
        return float(cell) + 0.0  # there is only one zero
    text = cell.strip(AROUND).replace("−", "-")
    if SPACED.fullmatch(text):
        text = re.sub(r"[\s'’]", "", text)
    if reading in GROUPS:
        if GROUPS[reading].fullmatch(text):
            text = text.replace(OTHER[reading], "")
        elif OTHER[reading] in text:
            return None
    try:
        return typed_number(text)
    except ValueError:
        return None


def is_number(cell: str) -> bool:
    """Tell whether a cell is a number by any reading."""
    return any(number_in(cell, reading) is not None for reading in READINGS)


def readings_of(cells: list[str]) -> list[str]:
    """Return the readings by which all numbers of a table are numbers, each of which says something else, the
    likeliest first.

    >>> readings_of(["1.5", "2"]), readings_of(["1,234", "850"]), readings_of(["1.234", "2,5"])
    (['point'], ['point', 'comma'], ['comma', 'mixed'])
    """
    marked = {cell for cell in cells if "," in cell or "." in cell}
    odd = [cell for cell in marked if "," in cell or cell.count(".") > 1]
    if not any(is_number(cell) for cell in odd):
        return ["point"]  # a point alone stands before decimals, however many there are
    numbers = sorted(filter(is_number, marked))
    told = {one: tuple(number_in(cell, one) for cell in numbers) for one in READINGS}
    fewest = min(values.count(None) for values in told.values())
    fitting = {values: one for one, values in reversed(told.items()) if values.count(None) == fewest}
    return sorted(fitting.values(), key=READINGS.index)
