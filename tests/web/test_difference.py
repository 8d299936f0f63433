"""What has changed between two pages is enough to make the one of the other, and hardly more."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import replace
from html import unescape
from itertools import pairwise
from xml.etree.ElementTree import Element, tostring

import pytest

from app.analysis.history import History
from app.lab.lab import Lab
from app.lab.presets import PRESETS
from app.lab.recipe import Recipe
from app.lab.replay import Replay
from app.page.frame import Frame
from app.page.panels import panel_of
from app.page.view import View
from app.web.difference import difference
from app.web.render import ENVIRONMENT
from tests.web.tree import parsed, read

HISTORY = History(Replay())
CHANGES = re.compile(r"<hx-changes>(.*?)</hx-changes>", re.DOTALL)
PART = re.compile(
    r'<hx-partial hx-target="#([^"]*)" hx-swap="outerMorph( strip:true)?">(.*?)</hx-partial>', re.DOTALL
)


def page_of(recipe: Recipe, place: int, **seen: str | int) -> str:
    lab = Lab(recipe, place)
    numbers = HISTORY.replay.numbers(lab)
    frame = Frame(id="abc", lab=lab, numbers=numbers, view=View(**seen), history=HISTORY, page=f"p{place}")
    return ENVIRONMENT.get_template("lab/_lab.html").render(frame=frame, panel=panel_of(frame), theme="auto")


def changed(before: str, sent: str) -> Element:
    """Return the page that a browser makes of the one before and of what was sent."""
    root = read(before)["lab"]
    every, above = list(root.iter()), {child: parent for parent in root.iter() for child in parent}
    count, *changes = json.loads(unescape(CHANGES.match(sent)[1]))
    assert count == len(every)
    for spot, to in changes:
        one = every[spot // 2]
        if isinstance(to, str):
            setattr(one, "tail" if spot % 2 else "text", to)
            continue
        for name, value in to.items():
            if value is None:
                del one.attrib[name]
            else:
                one.set(name, value)
    for id, strip, text in PART.findall(sent):
        new = next(one for one in parsed(text).iter() if one.get("id") == id)
        old = next(one for one in every if one.get("id") == id)
        assert bool(strip) == (new.tag in ("g", "a"))
        parent, new.tail = above[old], old.tail
        parent[list(parent).index(old)] = new
    return root


def plain(root: Element) -> str:
    """Return a tree as text, its attributes in one order."""
    for one in root.iter():
        for name in sorted(one.attrib):
            one.set(name, one.attrib.pop(name))
    root.tail = None
    return tostring(root, encoding="unicode")


def walks() -> Iterator[tuple[Recipe, dict[str, str | int]]]:
    """Yield recipes and ways to look at them."""
    yield from ((preset, {}) for preset in PRESETS.values())
    two = replace(PRESETS["xor"], batch=2)
    for panel in ("inspect", "surface", "model", "tables", "dials", "count", "words", "share"):
        yield two, {"panel": panel, "pick": "w-1-2-1", "digits": 5}
    for lens in ("activation", "error", "blame", "gradient", "weights"):
        yield two, {"lens": lens, "pace": "neuron", "voice": "maths", "maps": "beside", "play": 1}


@pytest.mark.no_cover  # twice as fast: shorter tests run these lines
def test_a_page_and_what_was_sent_make_the_next_page() -> None:
    sent, whole = [], []
    for recipe, seen in walks():
        length = len(Lab(recipe).moments)
        places = [*range(min(length, 14)), length - 2, length - 1, length, length + 1]
        pages = [page_of(recipe, place, **seen) for place in places]
        for before, after in [*pairwise(pages), (pages[3], pages[1])]:
            found = difference(before, after)
            assert found is not None, (recipe, seen)
            assert plain(changed(before, found)) == plain(read(after)["lab"])
            sent.append(len(found))
            whole.append(len(after))
    assert sum(sent) < 0.35 * sum(whole)


@pytest.mark.parametrize(
    ("before", "after", "sent"),
    [
        ("<b>1</b>", "<b>1</b>", [2]),
        ("<b>1</b>", "<b>&lt;2&gt;</b>", [2, [2, "<2>"]]),
        ("<b>1</b> of 3", "<b>1</b> of 4", [2, [3, " of 4"]]),
        ('<b class="on">1</b>', '<b title="&#34;">1</b>', [2, [2, {"title": '"', "class": None}]]),
        ("<br>1", "<br>2", [2, [3, "2"]]),
    ],
)
def test_attributes_and_texts_are_named_by_their_element(before: str, after: str, sent: list) -> None:
    found = difference(f'<div id="lab">{before}</div>', f'<div id="lab">{after}</div>')
    assert json.loads(unescape(CHANGES.fullmatch(found)[1])) == sent


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("<p>1</p>", "<p>1</p><p>2</p>"),
        ("<p>1</p><p>2</p>", "<p>1</p>"),
        ("<p>1</p>", "<i>1</i>"),
        ("<p></p>", "<p>1</p>"),
        ('<input value="1">', '<input value="2">'),
        ('<p id="a">1</p>', '<p id="b">1</p>'),
        ('<p id="a">1</p>', "<p>1</p>"),
        ('<p id="a">1</p>', '<p class="on" id="b">1</p>'),
    ],
)
def test_where_elements_are_others_the_smallest_around_them_with_an_id_comes_as_a_whole(
    before: str, after: str
) -> None:
    inside, other = f'<div id="in"><b>0</b>{before}</div>', f'<div id="in"><b>9</b>{after}</div>'
    found = difference(f'<div id="lab"><i>0</i>{inside}</div>', f'<div id="lab"><i>9</i>{other}</div>')
    assert json.loads(unescape(CHANGES.match(found)[1]))[1:] == [[2, "9"]]
    assert PART.findall(found) == [("in", "", other)]
    assert difference(inside, other) is None  # the page itself


def test_a_part_of_a_picture_stays_a_part_of_a_picture() -> None:
    def page(inside: str) -> str:
        return f'<div id="lab"><svg id="stage"><g id="wires"><g id="one">{inside}</g></g></svg></div>'

    found = difference(page("<path/>"), page("<path/><path/>"))
    assert PART.findall(found) == [("one", " strip:true", '<svg><g id="one"><path/><path/></g></svg>')]
