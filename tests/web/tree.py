"""A strict reader of HTML: what is misnested, left open or doubled is an error, not something to guess
about."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from html.parser import HTMLParser
from xml.etree import ElementTree
from xml.etree.ElementTree import Element, SubElement

VOID = {"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"}
POINTERS = {"for", "aria-labelledby", "aria-describedby", "form"}
SVG = re.compile(r"<svg.*?</svg>", re.DOTALL)


class NotValid(AssertionError):
    """Say what is wrong with a document."""


class _Reader(HTMLParser):
    """Read HTML; pictures are XML already, and wait to be put in where `<svg/>` stands."""

    def __init__(self, pictures: list[Element]) -> None:
        super().__init__(convert_charrefs=True)
        self.pictures, self.root = iter(pictures), Element("document")
        self.open, self.last = [self.root], None

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        names = [name for name, _ in attrs]
        if len(set(names)) != len(names):
            raise NotValid(f"<{tag}> has an attribute twice: {names}")
        self.last = SubElement(self.open[-1], tag, {name: value or "" for name, value in attrs})
        if tag not in VOID:
            self.open.append(self.last)
            self.last = None

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag != "svg" or attrs:
            raise NotValid(f"<{tag}/> closes itself outside of a picture")
        self.last = next(self.pictures)
        self.open[-1].append(self.last)

    def handle_endtag(self, tag: str) -> None:
        if self.open[-1].tag != tag:
            raise NotValid(f"</{tag}> closes <{self.open[-1].tag}>")
        self.last = self.open.pop()

    def handle_data(self, data: str) -> None:
        if self.last is None:
            self.open[-1].text = (self.open[-1].text or "") + data
        else:
            self.last.tail = (self.last.tail or "") + data


@dataclass(frozen=True)
class Page:
    """A document: its tree, and its elements by their ids."""

    root: Element
    ids: dict[str, Element]

    def __getitem__(self, wanted: str) -> Element:
        """Return the element with this id."""
        if wanted not in self.ids:
            raise NotValid(f"there is no {wanted!r}")
        return self.ids[wanted]


def read(html: str) -> Page:
    """Return the tree of a page or a fragment; every picture in it must be XML."""
    try:
        pictures = [ElementTree.fromstring(picture) for picture in SVG.findall(html)]
    except ElementTree.ParseError as error:
        raise NotValid(f"a picture is not XML: {error}") from None
    reader = _Reader(pictures)
    reader.feed(SVG.sub("<svg/>", html))
    reader.close()
    if reader.open != [reader.root]:
        raise NotValid(f"never closed: {[element.tag for element in reader.open[1:]]}")
    named = [(element.attrib["id"], element) for element in reader.root.iter() if "id" in element.attrib]
    page = Page(reader.root, dict(named))
    if len(page.ids) != len(named) or "" in page.ids:
        raise NotValid(
            f"an id is empty or there twice: {[id for id, element in named if page[id] is not element]}"
        )
    for element in reader.root.iter():
        for name in (
            POINTERS.intersection(element.attrib) if element.tag != "mo" else ()
        ):  # its form is another thing
            for wanted in element.attrib[name].split():
                page[wanted]  # what is pointed at must be there
    return page


def having(root: Element, *classes: str) -> list[Element]:
    """Return the elements below that have all these classes."""
    return [element for element in root.iter() if set(classes) <= set(element.get("class", "").split())]


def kinds(element: Element) -> set[str]:
    """Return an element's classes."""
    return set(element.get("class", "").split())


def text_of(element: Element) -> str:
    """Return all text inside as one line."""
    return " ".join("".join(element.itertext()).split())


def spoken(root: Element) -> Iterator[str]:
    """Yield every piece of text that somebody can see or hear: content, titles, labels, placeholders."""
    for element in root.iter():
        for text in (
            element.text,
            element.tail,
            *(element.get(name) for name in ("aria-label", "title", "alt", "data-tip")),
        ):
            if text and text.strip():
                yield text
