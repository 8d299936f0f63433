"""What has changed between two states of a lab's page: what a step has to send.

Where nothing but attributes and texts of an element have changed, these are named by the element's place
among all. Where there are others than before, the smallest element with an id around them comes as a whole.
Both pages are gone through side by side, in pieces: most lines are as they were and are passed by at once;
one that is not is cut before every tag. As long as the elements are the same, both stand within the same.
"""

from __future__ import annotations

import json
import re
from functools import lru_cache

ID = re.compile(r'[^>]*? id="([^"]*)"')
ATTRIBUTE = re.compile(r' ([\w:-]+)(?:="([^"]*)")?')
EMPTY = ("input", "br", "hr", "img", "link", "meta", "wbr", "col ", "source")  # are never closed
OWN = {"input", "option", "select", "textarea", "details"}  # what a person does to them is no attribute

Attributes = dict[str, str | None]
Change = list[int | str | Attributes]
Opened = tuple[int, int, int]  # an open element: its number, the piece it begins before, and the one after


def difference(before: str, after: str) -> str | None:
    """Return what makes one page the other as htmx takes it, None where all of it is to come."""
    found = changes([*lines(before), ""], [*lines(after), ""])
    if found is None:
        return None
    count, every = found
    told = [count, *[one for one in every if not isinstance(one, str)]]
    wholes = [one for one in every if isinstance(one, str)]
    # The words are HTML as they stand on the page; a quotation mark among them must not end one of JSON's.
    words = json.dumps(told, ensure_ascii=False, separators=(",", ":")).replace("&#34;", r"\&#34;")
    return f"<hx-changes>{words}</hx-changes>{''.join(wholes)}"


@lru_cache(maxsize=128)
def lines(page: str) -> list[str]:
    """Cut a page before each tag that begins a line; a piece goes without the first character of its tag."""
    return [line + "\n" for line in page[1:].split("\n<")]


def cut(pieces: list[str], at: int) -> None:
    """Cut a piece before each of its tags."""
    pieces[at : at + 1] = pieces[at].split("<")


def deeper(piece: str) -> int:
    """Return by how much deeper a tag's text stands than what comes before the tag."""
    if piece[0] == "/":
        return -1
    return 0 if piece[piece.find(">") - 1] == "/" or piece.startswith(EMPTY) else 1


@lru_cache(maxsize=8192)
def shape(piece: str) -> tuple[int, int] | None:
    """Return how many elements begin in a piece, and by how much deeper it leads: 1 where only its first one
    stays open, -1 and less where it closes others. None where it has to be cut to tell."""
    begun, depth, lowest = 0, 0, 1
    for tag in piece.split("<"):
        step = deeper(tag)
        begun, depth = begun + (step >= 0), depth + step
        if depth < lowest:
            lowest = depth
    return (begun, depth) if depth == lowest else None


def turned(one: str, other: str) -> Attributes | None:
    """Return how a tag's attributes become another's; None where that is another element."""
    if one == other:
        return {}
    name = one.partition(" ")[0]
    if name != other.partition(" ")[0] or name in OWN or one[-1] != other[-1]:
        return None
    had, has = one.split('"'), other.split('"')
    if had[::2] == has[::2]:  # the same attributes in the same order, as nearly always
        both = zip(had[::2], had[1::2], has[1::2], strict=False)
        found: Attributes = {key.rpartition(" ")[2][:-1]: to for key, value, to in both if value != to}
        return None if "id" in found else found
    old, new = dict(ATTRIBUTE.findall(one)), dict(ATTRIBUTE.findall(other))
    if old.get("id") != new.get("id"):
        return None
    found = {key: to for key, to in new.items() if old.get(key) != to}
    return found | dict.fromkeys(old.keys() - new.keys())


def changes(olds: list[str], news: list[str]) -> tuple[int, list[Change | str]] | None:
    """Return the number of elements before; the changes of texts and attributes, and as texts the parts that
    come as a whole; None where the page itself is one of them. Both pages end with an empty piece."""
    found: list[tuple[int, Change | str]] = []
    stack: list[Opened] = []
    i = j = count = 0
    while one := olds[i]:
        other = news[j]
        if one == other and (known := shape(one)):
            begun, step = known
            if step:
                passed(step, stack, (count, i, j))
            i, j, count = i + 1, j + 1, count + begun
            continue
        if one == other or "<" in one or "<" in other:
            cut(olds, i)
            cut(news, j)
            continue
        (tag, _, text), (to_tag, _, to_text) = one.partition(">"), other.partition(">")
        to = turned(tag, to_tag)
        if to is not None:
            if to:
                found.append((i, [2 * count, to]))
            spot = passed(deeper(one), stack, (count, i, j))
            i, j, count = i + 1, j + 1, count + (one[0] != "/")
            if text == to_text:
                continue
            if text and to_text:
                found.append((i - 1, [spot, to_text]))
                continue
        inner, id, drawn = around(olds, stack)
        if not id:
            return None
        _, begin, to_begin = stack[-1]
        (begun, i), (_, j) = closing(olds, i, inner), closing(news, j, inner)
        count += begun
        while found and found[-1][0] >= begin:
            found.pop()
        found.append((begin, partial(id, news[to_begin : j + 1], drawn)))
    return count, [one for _, one in found]


def passed(step: int, stack: list[Opened], here: Opened) -> int:
    """Note what a piece that begins here opens or closes, and return the spot of the text behind it."""
    if step < 0:
        number = stack[step][0]
        del stack[step:]
        return 2 * number + 1
    if step:
        stack.append(here)
    return 2 * here[0] + 1 - step


def around(olds: list[str], stack: list[Opened]) -> tuple[int, str, bool]:
    """Leave the smallest part with an id as the last open element: return how many are to be closed, it among
    them, its id, and whether it is a picture's; no id where it is the page itself."""
    for level in range(len(stack) - 1, 0, -1):
        if found := ID.match(olds[stack[level][1]]):
            inner, drawn = len(stack) - level, any(olds[i].startswith("svg") for _, i, _ in stack[:level])
            del stack[level + 1 :]
            return inner, found[1], drawn
    return 0, "", False


def closing(pieces: list[str], at: int, depth: int) -> tuple[int, int]:
    """Return how many elements begin from a piece on until so many open ones are closed, and the piece that
    closes the last of them, cut from others."""
    count = 0
    while True:
        known = shape(pieces[at])
        if known is None or (depth + known[1] <= 0 and "<" in pieces[at]):
            cut(pieces, at)
            continue
        count, depth = count + known[0], depth + known[1]
        if not depth:
            return count, at
        at += 1


def partial(id: str, pieces: list[str], drawn: bool) -> str:
    """Return an element, of these pieces, that takes the place of the one of its id."""
    text = "<".join(["", *pieces[:-1], pieces[-1].partition(">")[0]]) + ">"
    inside, strip = (f"<svg>{text}</svg>", " strip:true") if drawn else (text, "")
    return f'<hx-partial hx-target="#{id}" hx-swap="outerMorph{strip}">{inside}</hx-partial>'
