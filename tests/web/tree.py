"""A strict reader of HTML: what is misnested, left open or doubled is an error, not something to guess about."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from html.parser import HTMLParser
from xml.etree import ElementTree
from xml.etree.ElementTree import Element, TreeBuilder

VOID = {"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"}
POINTERS = {"for", "aria-labelledby", "aria-describedby", "form"}
SVG = re.compile(r"<svg.*?</svg>", re.DOTALL)


class NotValid(AssertionError):
    """Say what is wrong with a document."""


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.builder, self.open, self.ids = TreeBuilder(), ["document"], set()
        self.builder.start("document", {})

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        names = [name for name, _ in attrs]
        if len(set(names)) != len(names):
            raise NotValid(f"<{tag}> has an attribute twice: {names}")
        found = {name: "" if value is None else value for name, value in attrs}
        if "id" in found:
            if found["id"] in self.ids or not found["id"]:
                raise NotValid(f"id {found['id']!r} is there twice, or empty")
            self.ids.add(found["id"])
        self.builder.start(tag, found)
        if tag in VOID:
            self.builder.end(tag)
        else:
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if "svg" not in self.open:
            raise NotValid(f"<{tag}/> closes itself outside of a picture")
        self.handle_starttag(tag, attrs)
        self.handle_endtag(tag)

    def handle_endtag(self, tag: str) -> None:
        if self.open[-1] != tag:
            raise NotValid(f"</{tag}> closes <{self.open[-1]}>")
        self.builder.end(self.open.pop())

    def handle_data(self, data: str) -> None:
        self.builder.data(data)


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
    """Return the tree of a page or a fragment; every picture in it must be XML too."""
    reader = _Reader()
    reader.feed(html)
    reader.close()
    if reader.open != ["document"]:
        raise NotValid(f"never closed: {reader.open[1:]}")
    for picture in SVG.findall(html):
        try:
            ElementTree.fromstring(picture)
        except ElementTree.ParseError as error:
            raise NotValid(f"a picture is not XML: {error}") from None
    reader.builder.end("document")
    root = reader.builder.close()
    page = Page(root, {element.get("id", ""): element for element in root.iter() if element.get("id")})
    for element in root.iter():
        for name in POINTERS.intersection(element.keys()):
            for wanted in element.get(name, "").split():
                page[wanted]  # what is pointed at must be there
    return page


def having(root: Element, *classes: str) -> list[Element]:
    """Return the elements below that have all these classes."""
    return [element for element in root.iter() if set(classes) <= set(element.get("class", "").split())]


def text_of(element: Element) -> str:
    """Return all text inside as one line."""
    return " ".join("".join(element.itertext()).split())


def spoken(root: Element) -> Iterator[str]:
    """Yield every piece of text that somebody can see or hear: content, titles, labels, placeholders."""
    for element in root.iter():
        for text in (element.text, element.tail, *(element.get(name) for name in ("aria-label", "title", "alt"))):
            if text and text.strip():
                yield text
