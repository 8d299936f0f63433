"""A worksheet: sheets from one lab, this network’s own numbers or many drawn anew, and one table of keys."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from urllib.parse import urlencode

from app.lab.dials import dials_of
from app.lab.recipe import DRAWN, Recipe
from app.lab.replay import Numbers
from app.lessons.sheet import PARTS, Sheet, sheet_of
from app.lessons.variants import NoVariant, drawn, on_paper
from app.limits import SHEET_DIALS, SHEET_NEURONS
from app.notation.language import _
from app.picture.qr_code import Code, code_of

OPENED = {"place": "0", "panel": "inspect", "work": "1"}  # "let me do it", from the very start
ABREAST = 8  # sheets beside each other in a table of keys


@dataclass(frozen=True)
class Worksheet:
    """What a worksheet is made of: the networks, which parts are blank, or why there is none.

    `digits` carried on the way give three that are right, or one more or less in the last."""

    recipes: tuple[Recipe, ...]
    blanks: tuple[str, ...]
    refusal: str = ""
    digits: int = 4

    def sheets(self) -> Iterator[Sheet]:
        """Make the sheets one after the other."""
        for number, recipe in enumerate(self.recipes, 1):
            yield sheet_of(recipe, number, self.blanks)


@dataclass(frozen=True)
class Keys:
    """A part of the table of keys: the numbers of some sheets, and for each result its name and values."""

    numbers: tuple[int, ...]
    rows: tuple[tuple[str, tuple[str, ...]], ...]


def worksheet(numbers: Numbers, example: int, blanks: Iterable[str], sheets: int, seed: int) -> Worksheet:
    """Prepare a worksheet from a moment: one of its own numbers, or `sheets` with numbers drawn by a seed."""
    asked = tuple(part for part in PARTS if part in set(blanks)) or tuple(PARTS)
    if said := too_large(numbers):
        return Worksheet((), asked, said)
    if not sheets:
        return Worksheet((on_paper(numbers, example),), asked, digits=6)  # nobody chose them
    try:
        return Worksheet(tuple(drawn(numbers.recipe, seed, sheets)), asked)
    except NoVariant:
        return Worksheet((), asked, none_found())


def too_large(numbers: Numbers) -> str:
    """Return why a network has no room on three pages, "" where it has."""
    sizes = numbers.network.sizes
    neurons, dials = sum(sizes[1:]), len(dials_of(sizes))
    if neurons <= SHEET_NEURONS and dials <= SHEET_DIALS:
        return ""
    return _(
        "This network is too large to be worked out by hand on three pages: without its inputs it has "
        "{neurons} neurons, and {dials} weights and biases. Up to {most} neurons and {mostdials} weights "
        "and biases have room.",
        neurons=neurons,
        dials=dials,
        most=SHEET_NEURONS,
        mostdials=SHEET_DIALS,
    )


def none_found() -> str:
    """Say that no numbers were found that are worth working out."""
    return _(
        "No numbers were found for this network with which every step is worth working out: somewhere a "
        "neuron stays silent or saturated, or two results are always alike. Print it with its own numbers."
    )


def address_of(recipe: Recipe) -> str:
    """Return the address, without its beginning, that opens a sheet’s network to be worked out; the example
    stands in it, so that it holds for ever and everywhere."""
    usual, rows = Recipe().as_fields(), json.dumps(recipe.dataset.as_rows(), separators=(",", ":"))
    telling = {"data": rows, "output": recipe.output, "cost": recipe.cost}  # else these follow from the data
    fields = {
        name: text
        for name, text in (recipe.as_fields() | telling).items()
        if name in telling or (name not in DRAWN and usual.get(name) != text)
    }
    return f"/at?{urlencode(fields | OPENED, safe=',:')}"


def code_for(origin: str, recipe: Recipe) -> Code | None:
    """Return the QR code that opens a sheet’s network."""
    return code_of(origin + address_of(recipe))


def keys_of(sheets: list[Sheet]) -> Iterator[Keys]:
    """Yield the table of keys, some sheets beside each other. All have the same blanks, but for laws that
    only some of their numbers need."""
    for first in range(0, len(sheets), ABREAST):
        some = sheets[first : first + ABREAST]
        found = [dict(sheet.key()) for sheet in some]
        names = dict.fromkeys(name for key in found for name in key)
        rows = tuple((name, tuple(key.get(name, "") for key in found)) for name in names)
        yield Keys(tuple(sheet.number for sheet in some), rows)
