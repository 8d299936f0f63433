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
ID = re.compile(r' id="([^"]*)"')
ATTRIBUTE = re.compile(r' ([\w:-]+)(?:="([^"]*)")?')
EMPTY = ("<input", "<br", "<hr", "<img", "<link", "<meta", "<wbr", "<col ", "<source")  # are never closed
OWN = {"<input", "<option", "<select", "<textarea", "<details"}  # what a person does to them is no attribute

Change = list[int | str | dict[str, str | None]]


class Part(NamedTuple):
    """An element with an id: its first token and the one after it, the part it stands in, and whether that is
    a picture's."""

    id: str
    begin: int
    end: int
    outer: str
    drawn: bool


@dataclass(frozen=True, eq=False)
class Outline:
    """A page's text in tokens: tags, and texts between them.

    `spots`: of a tag twice its element's number in the document; the same of a text that is an element's
    first child, and one more of a text that follows it. `homes`: the ids of the smallest parts they stand in.
    `parts`: by their ids. `count`: all elements.
    """

    tokens: list[str]
    spots: list[int]
    homes: list[str]
    parts: dict[str, Part]
    count: int


@lru_cache(maxsize=128)
def outline(text: str) -> Outline:
    """Take a page apart."""
    tokens, spots, homes = TOKEN.findall(text), [], []
    parts: dict[str, Part] = {}
    stack: list[tuple[int, int, str, bool]] = []
    count = spot = 0
    home, drawn = "", False
    for at, token in enumerate(tokens):
        if token[0] != "<":
            spots.append(spot)
            homes.append(home)
        elif token[1] == "/":
            number, begin, outer, was = stack.pop()
            spot = 2 * number + 1
            spots.append(spot - 1)
            homes.append(home)
            if home != outer:
                parts[home] = Part(home, begin, at + 1, outer, was)
            home, drawn = outer, was
        else:
            spot = 2 * count
            spots.append(spot)
            if token[-2] == "/" or token.startswith(EMPTY):
                homes.append(home)
                spot += 1
            else:
                stack.append((count, at, home, drawn))
                found = ID.search(token)
                home, drawn = found[1] if found else home, drawn or token.startswith("<svg")
                homes.append(home)
            count += 1
    return Outline(tokens, spots, homes, parts, count)


def change(one: str, other: str) -> str | dict[str, str | None] | None:
    """Return how a token becomes another: its text or its attributes; None where it is another element."""
    if one[0] != "<":
        return None if other[0] == "<" else html.unescape(other)
    name = one.partition(" ")[0]
    if name != other.partition(" ")[0] or name in OWN or one[-2] != other[-2]:
        return None
    had, has = dict(ATTRIBUTE.findall(one)), dict(ATTRIBUTE.findall(other))
    if had.get("id") != has.get("id"):
        return None
    found: dict[str, str | None] = {
        key: html.unescape(value) for key, value in has.items() if had.get(key) != value
    }
    return found | dict.fromkeys(had.keys() - has.keys())


def difference(before: str, after: str) -> str | None:
    """Return what makes one page the other as htmx takes it, None where all of it is to come."""
    old, new = outline(before), outline(after)
    found = changes(old, new)
    if found is None:
        return None
    changed, wholes = found
    told = json.dumps([old.count, *changed], ensure_ascii=False, separators=(",", ":"))
    parts = "".join(partial("".join(new.tokens[part.begin : part.end]), part) for part in wholes)
    return f"<hx-changes>{html.escape(told, quote=False)}</hx-changes>{parts}"


def partial(text: str, part: Part) -> str:
    """Return an element that takes the place of the one of its id."""
    inside, strip = (f"<svg>{text}</svg>", " strip:true") if part.drawn else (text, "")
    return f'<hx-partial hx-target="#{part.id}" hx-swap="outerMorph{strip}">{inside}</hx-partial>'


def changes(old: Outline, new: Outline) -> tuple[list[Change], list[Part]] | None:
    """Return the changes of texts and attributes, and the parts that come as a whole; None where the page
    itself is one of them."""
    found: list[tuple[int, Change]] = []
    wholes: list[Part] = []
    olds, news = old.tokens, new.tokens
    i = j = 0
    while i < len(olds) and j < len(news):
        one, other = olds[i], news[j]
        if one != other:
            changed = change(one, other)
            if changed is None:
                both = around(old, i, new, j)
                if both is None:
                    return None
                part, whole = both
                while found and found[-1][0] >= part.begin:
                    found.pop()
                while wholes and wholes[-1].begin >= whole.begin:
                    wholes.pop()
                wholes.append(whole)
                i, j = part.end, whole.end
                continue
            found.append((i, [old.spots[i], changed]))
        i, j = i + 1, j + 1
    return ([one for _, one in found], wholes) if i == len(olds) and j == len(news) else None


def around(old: Outline, i: int, new: Outline, j: int) -> tuple[Part, Part] | None:
    """Return the smallest part around both tokens, as it was and as it is; None where that is the page."""
    part = old.parts.get(old.homes[i])
    while part and part.outer:
        whole = new.parts.get(part.id)
        if whole and whole.begin < j < whole.end and part.begin < i < part.end:
            return part, whole
        part = old.parts.get(part.outer)
    return None
