"""What has changed between two states of a lab's page: what a step has to send.

Where nothing but attributes and texts of an element have changed, these are named by the element's place
among all. Where there are others than before, the smallest element with an id around them comes as a whole.
"""

from __future__ import annotations

import html
import json
import re
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

TOKEN = re.compile(r"<[^>]*>|[^<]+")
NAME = re.compile(r"</?([\w-]+)")
ID = re.compile(r' id="([^"]*)"')
ATTRIBUTE = re.compile(r' ([\w:-]+)(?:="([^"]*)")?')
EMPTY = {"input", "br", "hr", "img", "link", "meta", "wbr", "col", "source"}  # elements that are never closed
OWN = {"input", "option", "select", "textarea", "details"}  # what a person has done to them is no attribute
ROOT = "lab"

Change = list[int | str | dict[str, str | None]]


@dataclass(frozen=True, eq=False)
class Outline:
    """A page's text in tokens: tags, and texts between them.

    `spots`: of a tag twice its element's number in the document; the same of a text that is an element's
    first child, and one more of a text that follows it. `ends`: the token after each element with an id, by
    the token it begins at. `drawn`: those of them that stand in an svg. `count`: all elements.
    """

    tokens: list[str]
    spots: list[int]
    ends: dict[int, int]
    drawn: set[int]
    count: int


class Part(NamedTuple):
    """An element with an id that is in both pages, from where it begins to the token after it, and how many
    changes were known before it."""

    begin: int
    end: int
    begins: int
    ends: int
    changes: int
    wholes: int


@lru_cache(maxsize=64)
def outline(text: str) -> Outline:
    """Take a page apart."""
    tokens = TOKEN.findall(text)
    spots, ends, drawn = [], {}, set()
    stack: list[tuple[int, int, bool]] = []
    count = spot = 0
    inside = False
    for at, token in enumerate(tokens):
        if token[0] != "<":
            spots.append(spot)
        elif token[1] == "/":
            number, begin, inside = stack.pop()
            spot = 2 * number + 1
            spots.append(2 * number)
            if begin in ends:
                ends[begin] = at + 1
        else:
            number, spot = count, 2 * count
            count += 1
            spots.append(spot)
            if ' id="' in token:
                ends[at] = at + 1
                if inside:
                    drawn.add(at)
            if token[-2] == "/" or name_of(token) in EMPTY:
                spot += 1
            else:
                stack.append((number, at, inside))
                inside = inside or token.startswith("<svg")
    return Outline(tokens, spots, ends, drawn, count)


def name_of(tag: str) -> str:
    """Return the name of a tag's element."""
    found = NAME.match(tag)
    return found[1] if found else ""


def id_of(tag: str) -> str:
    """Return the id in a tag, "" where it has none."""
    found = ID.search(tag)
    return found[1] if found else ""


def attributes(tag: str) -> dict[str, str]:
    """Return a tag's attributes."""
    return {name: html.unescape(value) for name, value in ATTRIBUTE.findall(tag)}


def change(one: str, other: str) -> str | dict[str, str | None] | None:
    """Return how a token becomes another: its text or its attributes; None where it is another element."""
    if one[0] != "<":
        return None if other[0] == "<" else html.unescape(other)
    name = name_of(one)
    if other[0] != "<" or "/" in (one[1], other[1]) or name != name_of(other) or name in OWN:
        return None
    if id_of(one) != id_of(other):
        return None
    had, has = attributes(one), attributes(other)
    found: dict[str, str | None] = {key: value for key, value in has.items() if had.get(key) != value}
    return found | dict.fromkeys(had.keys() - has.keys())


@lru_cache(maxsize=256)
def difference(before: str, after: str) -> str | None:
    """Return what makes one page the other as htmx takes it, None where all of it is to come."""
    old, new = outline(before), outline(after)
    found = changes(old, new)
    if found is None:
        return None
    changed, wholes = found
    told = html.escape(
        json.dumps([old.count, *changed], ensure_ascii=False, separators=(",", ":")), quote=False
    )
    return f"<hx-changes>{told}</hx-changes>" + "".join(
        partial("".join(new.tokens[begin : new.ends[begin]]), drawn=begin in new.drawn) for begin in wholes
    )


def partial(text: str, *, drawn: bool) -> str:
    """Return an element that takes the place of the one of its id."""
    inside = f"<svg>{text}</svg>" if drawn else text
    strip = " strip:true" if drawn else ""
    return f'<hx-partial hx-target="#{id_of(text)}" hx-swap="outerMorph{strip}">{inside}</hx-partial>'


def changes(old: Outline, new: Outline) -> tuple[list[Change], list[int]] | None:
    """Return the changes of texts and attributes, and where elements begin that come as a whole; None where
    the page itself is one of them."""
    found: list[Change] = []
    wholes: list[int] = []
    parts: list[Part] = []
    i = j = 0
    while i < len(old.tokens) and j < len(new.tokens):
        while parts and (i, j) == (parts[-1].end, parts[-1].ends):
            parts.pop()
        if i >= len(old.tokens) or j >= len(new.tokens):
            break
        one, other, end, ends = old.tokens[i], new.tokens[j], old.ends.get(i), new.ends.get(j)
        beyond = parts and (i == parts[-1].end or j == parts[-1].ends)
        changed = {} if one == other else change(one, other)
        if beyond or changed is None:
            if len(parts) < 2:  # the innermost is the page itself
                return None
            part = parts.pop()
            del found[part.changes :], wholes[part.wholes :]
            wholes.append(part.begins)
            i, j = part.end, part.ends
        elif end and ends and old.tokens[i:end] == new.tokens[j:ends]:
            i, j = end, ends
        else:
            if end and ends:
                parts.append(Part(i, end, j, ends, len(found), len(wholes)))
            if changed:
                found.append([old.spots[i], changed])
            i, j = i + 1, j + 1
    return found, wholes
